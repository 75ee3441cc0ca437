// Small drawings for choices: what kind of garment, how it was photographed, which part is shown, which file.
import {
  TOP_ALONE, circle, corners, cut, drawing, move, path, person, rect,
} from "./marks.mjs";

const icon = (content) => drawing(48, 48, content);

const TEE = "M19 8c-3 1-6.5 2-8.5 4L5 21.5l6 4 3.5-4V40h19V21.5l3.5 4 6-4-5.5-9.5c-2-2-5.5-3-8.5-4q-5 5-10 0Z";
const TROUSERS = "M15 7h18l3.5 34h-9L24 20l-3.5 21h-9Z";
const DRESS = "M18 6v5l-2 3 3 9-8.5 17.5q13.5 3.5 27 0L29 23l3-9-2-3V6q-2 5-6 5t-6-5Z";
const COAT = "M19 6c-3 1-6 2-7.5 4L8 29l5 1 1.5-8.5V42h19V21.5L35 30l5-1-3.5-19c-1.5-2-4.5-3-7.5-4l-5 7Z";
const SNEAKER = "M6 19.5q3 3 8 1l3-3 12 9c3 1.5 12 1 13 6.5v4H7.5Q5 37 5 34.5q0-9 1-15Z";
const BAG = "M9 20h30l2.5 20.5h-35ZM17 24v-8a7 7 0 0 1 14 0v8";

const CATEGORY_SHAPES = {
  auto: path("fa", "M24 20v-3.2a4.3 4.3 0 1 0-4.3-4.3M24 20l17 12.3a2 2 0 0 1-1.2 3.7H8.2A2 2 0 0 1 7 32.3L24 20Z"),
  tops: path("fa", TEE) + path("l", "M19 8q5 5 10 0M14.5 36.5h19"),
  bottoms: path("fa", TROUSERS) + path("l", "M14.6 11h18.8M24 11v9M15 15.5q3 .5 3.5-4M33 15.5q-3 .5-3.5-4"),
  "one-pieces": path("fa", DRESS) + path("l", "M19 23h10M21 26l-3 14M27 26l3 14"),
  outerwear: path("fa", COAT) + path("l", `
    M24 13v29M19 6l-2.5 6 7.5 6 7.5-6L29 6M17 31.5h3.5M27.5 31.5H31`) + circle("l", 27, 23, 0.4) +
    circle("l", 27, 28, 0.4),
  footwear: path("fa", SNEAKER) + path("l", `M5.2 33h36.5M20 20l-3 3.5M23.5 22.7l-3 3.5M27 25.3l-3 3.5M32 27.5
    q-1 3 1.5 5.5`),
  accessories: path("fa", BAG) + path("l", "M8.2 27h31.6M21.5 27v4h5v-4"),
};

const focus = (box, content) => drawing(48, 64, content + corners("a", ...box));
const body = (scale, y) => move(24, y, scale, person({ top: "fl" }));
/** Outlines only, for the part of the body that the picture leaves out. */
const inside = ([x, y, width, height], content) => cut(x, y, width, height, content);
const FOCUS_BOXES = {
  "full-body": [7, 3, 34, 58],
  "upper-body": [7, 4, 34, 38],
  "lower-body": [7, 24, 34, 37],
  details: [9, 14, 30, 30],
};

const focusShapes = {
  "full-body": focus(FOCUS_BOXES["full-body"], body(0.52, 6)),
  "upper-body": focus(FOCUS_BOXES["upper-body"], inside([8, 5, 32, 36], body(0.74, 9))),
  "lower-body": focus(FOCUS_BOXES["lower-body"], inside([8, 25, 32, 35], body(0.62, -4))),
  details: focus(FOCUS_BOXES.details, inside([10, 15, 28, 28], path("fl", "M8 12h32v34H8Z") +
    path("l", "M24 26v22M24 26 16 12M24 26l8-14M13 12l-1 14 12 6 12-6-1-14") + circle("l", 27, 36, 1) +
    circle("l", 27, 41.5, 1))),
};

const photoTypes = {
  auto: drawing(48, 64, rect("f", 5, 6, 28, 38, 4) + rect("l", 5, 6, 28, 38, 4) +
    move(19, 25, 0.5, path("fa", TOP_ALONE)) +
    rect("f", 17, 24, 26, 35, 4) + rect("l", 17, 24, 26, 35, 4) + move(30, 28, 0.27, person())),
  "flat-lay": drawing(48, 64, rect("f", 5, 6, 38, 52, 4) + rect("l", 5, 6, 38, 52, 4) +
    move(24, 32, 0.7, path("fa", TOP_ALONE))),
  model: drawing(48, 64, rect("f", 5, 6, 38, 52, 4) + rect("l", 5, 6, 38, 52, 4) + move(24, 11, 0.43, person())),
};

const sheet = (content) => drawing(48, 48, path("fl", "M11 6h18l9 9v25a2 2 0 0 1-2 2H13a2 2 0 0 1-2-2ZM29 6v9h9") +
  content);
const formats = {
  jpeg: sheet(circle("a", 19.5, 22, 2.2) + path("a", "m14 36 7-7 4 4 4-5 6 7")),
  png: sheet(path("a", "M16 20h5v5h-5ZM26 20h5v5h-5ZM21 25h5v5h-5ZM31 25h3M16 30h5v5h-5ZM26 30h5v5h-5Z")),
};

const square = (inner) => icon(rect("l", 6, 6, 36, 36, 4) + inner);
const resolutions = {
  "1k": square(rect("fa", 6, 28, 14, 14, 3)),
  "2k": square(rect("fa", 6, 19, 23, 23, 3.5)),
  "4k": square(rect("fa", 6, 6, 36, 36, 4) + path("l", "M26 14h8v8M34 14 22 26")),
};

const named = (prefix, drawings, make = (content) => content) =>
  Object.fromEntries(Object.entries(drawings).map(([name, content]) => [`${prefix}-${name}`, make(content)]));

export const CATEGORIES = named("category", CATEGORY_SHAPES, icon);
export const FORMATS = {
  ...named("focus", focusShapes),
  ...named("photo-type", photoTypes),
  ...named("format", formats),
  ...named("resolution", resolutions),
};
