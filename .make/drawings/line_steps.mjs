// The three steps of how it works, 240 by 160.
import { TOP_ALONE, TROUSERS_ALONE, circle, corners, cut, dressed, drawing, move, path, person, rect,
  turn } from "./marks.mjs";

const phone = (x, y, content) => rect("f", x, y, 74, 138, 11) + rect("l", x, y, 74, 138, 11) +
  path("l", `M${x + 30} ${y + 6.5}h14`) + content;
const table = path("l", "M16 151h208");

const choosePhoto = table + path("f", "M30 151q-6-60 40-86t92 4 52 82Z") +
  phone(83, 11, rect("fl", 89, 24, 62, 96, 4) + cut(89, 24, 62, 96, path("l", "M90 112h60") +
    move(120, 30, 0.85, person())) +
    corners("a", 95, 28, 50, 88) + circle("fa", 120, 134, 7)) +
  rect("fl", 26, 84, 38, 51, 4) + cut(26, 84, 38, 51, move(45, 91, 0.62, dressed({ dress: "fl" }))) +
  turn(8, 193, 110, rect("fl", 174, 84, 38, 51, 4) + cut(174, 84, 38, 51, move(193, 91, 0.62, person({ top: "fl" }))));

const hanging = (x, width, kinds, d, extra = "") =>
  path("l", `M${x} 30v-2.5a3 3 0 1 0-3-3M${x} 30l${width} 10M${x} 30l-${width} 10`) +
    move(x, 58, 1.25, path(kinds, d) + extra);
const DRESS = "M-7-17l-1.5 6 3 10L-14 27q14 4 28 0L5.5-1l3-10L7-17q-3 5-7 5t-7-5Z";
const COAT = "M-6-17c-4 1-8 2-10 4.5L-20 12l6 1.5 3-14V36h22V-.5l3 14L20 12l-4-24.5C14-15 10-16 6-17l-6 9Z";

const chooseClothes = path("l", "M22 151V18h196v133M14 151h16M210 151h16M22 22h196") +
  path("f", "M40 151q10-22 80-22t80 22Z") +
  hanging(58, 20, "fl", TOP_ALONE) + hanging(102, 11, "fl", DRESS, path("l", "M-5.5-1h11")) +
  hanging(146, 20, "fa", COAT, path("l", "M0-8v44M-6-17l-3 7L0-3l9-7-3-7")) + hanging(190, 13, "fl", TROUSERS_ALONE) +
  path("fl", "M70 143q5 3 11 0l4-3 10 7q12 1 13 7H70ZM70 151h38M150 154v-18h26v18ZM156 136v-5a7 7 0 0 1 14 0v5") +
  circle("fa", 172, 96, 9) + path("a", "m168 96.5 3 3 5.5-6.5");

const seePicture = table + rect("f", 40, 14, 160, 128, 6) + rect("l", 40, 14, 160, 128, 6) +
  cut(41, 15, 79, 126, path("l", "M41 134h80") + move(120, 26, 1.08, person({ top: "fl", long: true }))) +
  cut(120, 15, 79, 126, path("l", "M120 134h80") + move(120, 26, 1.08, dressed())) +
  path("a", "M120 14v128") + circle("fa", 120, 112, 9) +
    path("a", "m117 108.5-3.5 3.5 3.5 3.5M123 108.5l3.5 3.5-3.5 3.5") +
  path("l", "M58 142l-8 9M182 142l8 9");

export const STEPS = {
  "step-photo": drawing(240, 160, choosePhoto),
  "step-clothes": drawing(240, 160, chooseClothes),
  "step-picture": drawing(240, 160, seePicture),
};
