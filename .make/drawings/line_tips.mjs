// Tips for photos, in the format of a photo: 72 by 96, the verdict in the corner.
import {
  TOP_ALONE, TROUSERS_ALONE, bad, circle, corners, cut, dressed, drawing, good, move, path, person, rect, turn,
} from "./marks.mjs";

const photo = (verdict, content) =>
  drawing(72, 96, rect("f", 4, 4, 60, 84, 5) + content + corners("l", 4, 4, 60, 84) + verdict(62, 86));

const cropped = (content) => cut(5, 5, 58, 82, content);
const floor = path("l", "M14 80h40");

const CRUMPLED = "M25 30l7 3q5 4 9-1l6-4 5 7 6 3-1 9-7 3-3-3-1 6 3 7-6 7-8-2-9 4-9-4 2-9-4-5-5 3-5-7 5-8 7-3Z";
const CREASES = "M32 33q1 5 5 5.5t5-6M24 40l8 5M21 47l8-2M46 42l-7 6 2 8M30 52l6 4-1 8M47 47l-3 2M26 60l4-3";
const WINDOW = "M10 14h16v26H10ZM18 14v26M10 27h16";
const RAYS = "M31 22h5M31 30l5 1.5M30 38l5 3";
const UMBRELLA = `M13 56c0-13 10-22 22-22s22 9 22 22q-4-4-7.3 0-3.7-4-7.3 0-3.7-4-7.4 0-3.7-4-7.3 0-3.7-4-7.4 0
  Q17 52 13 56Z`;

export const TIPS = {
  "tip-person-whole": photo(good, floor + move(34, 12, 0.68, person())),
  "tip-person-cropped": photo(bad, cropped(move(34, 18, 1.35, person()))),
  "tip-person-front": photo(good, floor + path("a", "M34 6v3M34 83v3M12 44h7M49 44h7") + move(34, 13, 0.66, person())),
  "tip-person-turned": photo(bad, cropped(move(36, 18, 1.5, turned()))),
  "tip-light": photo(good, path("fl", WINDOW) + path("a", RAYS) + floor + move(48, 17, 0.63, person())),
  "tip-dark": photo(bad, move(34, 17, 0.63, person({ top: "l", bottom: "l", face: false })) +
    path("l", `M8 20 20 8M8 34 34 8M8 48 24 32M8 62l12-12M8 76l14-14M46 24 60 10M48 36l12-12M47 51l13-13M47 65
      l13-13`)),
  "tip-alone": photo(good, floor + move(34, 12, 0.68, dressed())),
  "tip-not-alone": photo(bad, path("l", "M10 80h48") + move(22, 14, 0.66, person()) +
    move(46, 14, 0.66, dressed({ dress: "fl" }))),
  "tip-covered": photo(bad, floor + move(34, 12, 0.68, person()) + path("fl", UMBRELLA) +
    path("l", "M35 31v3M35 53v16q0 3-3 3")),
  "tip-garment-flat": photo(good, move(34, 46, 1.15, path("fa", TOP_ALONE) + path("l", "M-10.5 14h21"))),
  "tip-garment-cropped": photo(bad, cropped(move(26, 64, 2, path("fa", TOP_ALONE)))),
  "tip-garment-one": photo(good, move(34, 46, 1.5, path("fa", TROUSERS_ALONE) + path("l", "M-9.8-15.5h19.6M0-19v6"))),
  "tip-garment-many": photo(bad, turn(-14, 26, 34, move(25, 32, 0.8, path("fa", TOP_ALONE))) +
    turn(12, 44, 60, move(42, 58, 1, path("fl", TROUSERS_ALONE)))),
  "tip-garment-crumpled": photo(bad, path("fl", CRUMPLED) + path("l", CREASES)),
  "tip-pair": drawing(72, 96, rect("f", 4, 16, 40, 56, 5) + corners("l", 4, 16, 40, 56) + move(24, 23, 0.42, person()) +
    rect("f", 40, 36, 28, 36, 4) + rect("l", 40, 36, 28, 36, 4) + move(54, 54, 0.54, path("fa", TOP_ALONE))),
};

/** Somebody seen from the side. */
function turned() {
  const body = "M-2.5 16.5c-4 1.5-6 5-6 10l-.5 21h14c.8-9 1.6-14 1.2-20-.3-5-2.4-9.5-5.7-11Z";
  const legs = "M-9 47.5l.5 46h6.5l2-30 1.5 30H8l-3-46Z";
  const arm = "M-3 22c-2.5 4-3 9-2.8 14l1.3 15q.6 4 2.2 3.7t1.3-4l-.2-14.7";
  const skull = `M5.4 5.5c0-4-3-6-6-6-3.6 0-6 3-5.8 6.8.2 4 2.4 7.5 6 7.9l3.6-.3c1.3-.2 1.6-1.2 1.5-2.4
    l-.1-1.3 1.4-.5-1.2-2.5Z`;
  const hair = `M5.4 4.2C5.4-.5 2.4-2.2-1-2.2c-4.5 0-7.2 3.7-6.8 8.2.3 3.2 1.5 5.5 3 6.5l1-5q1-2 2.2-.2l.4 1.2
    C.5 7 1 4.5.8 2.8q2.5 1.6 4.6 1.4Z`;
  return path("l", "M-3 13v4M2.5 13.5v3.5") + path("fl", legs) + path("fa", body) + path("l", arm) + path("f", skull) +
    path("l", skull) + path("fl", hair) + circle("l", 3, 6.2, 0.3);
}
