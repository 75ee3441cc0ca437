// Somebody who uses a wheelchair, facing us: the knees come towards the viewer, so the thighs are short.
import { arms, measure, neck } from "./body.mjs";
import { hairBehind, head } from "./head.mjs";
import { curve, dark, fill, fold, freshSheet, light, oval, place, shape, stroke, tube } from "./pen.mjs";
import { tee } from "./wear.mjs";

const both = (draw) => draw(-1) + draw(1);
const sided = (way, points) => points.map(([x, y, more]) => [x * way, y, more]);

const FRAME = "#3b4047";
const ACCENT = "#1f5a45";
/** How far the seat is below where the standing body ends, so that the wheels stand on the ground. */
const DROP = 208;
/** How much shorter a trunk is that sits. */
const SLUMP = 44;

function wheel(way) {
  const tyre = `<ellipse rx="30" ry="176" fill="#2b2c30"/><ellipse cx="${way * -5}" rx="21" ry="163" fill="#d9d3c8"/>` +
    `<ellipse cx="${way * -7}" rx="16" ry="156" fill="#c3bbad"/>` +
    stroke([-140, -95, -45, 0, 45, 95, 140].map((y) =>
      `M${way * -7} 0L${way * -7 + (y % 2 ? 11 : -11)} ${y}`).join(""), "#8d877d", 1.8) +
    `<ellipse cx="${way * 19}" rx="20" ry="140" fill="none" stroke="#aeb3b3" stroke-width="6"/>` +
      oval(way * -4, 0, 9, 15, FRAME);
  return place(way * 186, 586, tyre, 1, way * -5);
}

/** What stands behind the body: back, handles, wheels. */
const behind = () =>
  both((way) => stroke(`M${way * 109} 470V206`, FRAME, 13) +
    shape(tube([[way * 109, 196, 10], [way * 111, 236, 10]], 9), "#24262a", { band: 5 })) +
  shape(curve([[-104, 250, 1], [0, 240], [104, 250, 1], [112, 470, 1], [-112, 470, 1]]), "#2f3b38", { band: 10 }) +
    both(wheel) +
  shape(curve([[-140, 440, 1], [140, 440, 1], [146, 488, 1], [-146, 488, 1]]), "#2a2d30", { band: 8 }) +
  stroke("M-176 560H176", FRAME, 12);

/** What is before the legs: the tubes, the plate under the feet, the small wheels. */
const before = () =>
  both((way) => shape(curve(sided(way, [[116, 660, 1], [140, 660, 1], [138, 712, 1], [120, 712, 1]])), FRAME,
    { band: 6 }) +
    oval(way * 128, 722, 14, 37, "#2b2c30") + oval(way * 127, 722, 5, 18, "#c3bbad") +
      stroke(`M${way * 130} 500V664`, ACCENT, 13) + stroke(`M${way * 126} 506V650`, light(ACCENT, 0.3), 3) +
    stroke(`M${way * 128} 640Q${way * 112} 700 ${way * 92} 742`, ACCENT, 12)) +
  shape("M-104 738H104q10 12-4 18H-100q-14-6-4-18Z", FRAME, { band: 6 });

function legs(b, colour) {
  const tone = dark(colour, 0.2);
  const lower = (way) => {
    const spine = [[64, 452, 46], [64, 510, 47], [60, 580, 40], [55, 660, 33], [52, 712, 31]];
    const folds = fill(fold(way * 62 - 34, 690, way * 56, 704, way * 52 + 28, 686, 8) +
      fold(way * 60 - 36, 556, way * 60, 580, way * 60 + 30, 566, 9), tone);
    const under = fill(curve([[way * 64 - 60, 470, 1], [way * 64 + 60, 470, 1], [way * 64 + 50, 548], [way * 64,
      566], [way * 64 - 50, 548]]), tone);
    return shape(tube(sided(way, spine).map(([x, y, half]) =>
      [x, y, half])), colour, { band: 13, tone, on: folds + under });
  };
  const thigh = (way) => {
    const outline = curve(sided(way, [[2, 372, 1], [b.hip + 6, 372, 1], [118, 426], [118, 492], [96, 528], [62, 536],
      [28, 526], [10, 490], [3, 440]]));
    const folds = fill(fold(way * 8, 400, way * 40, 414, way * 84, 398, 9) +
      fold(way * 20, 470, way * 60, 452, way * 100, 474, 9), tone);
    return shape(outline, light(colour, 0.07), { band: 13, tone, on: folds });
  };
  return both(lower) + both(thigh);
}

const SHOE = [[-24, -22, 1], [24, -22, 1], [34, 2], [44, 26], [40, 38, 1], [-30, 38, 1], [-32, 20], [-29, 0]];

const shoes = (colour) => both((way) => place(way * 54, 704, `<g transform="scale(${way} 1)">` +
  shape(curve(SHOE), colour, { band: 9, on: fill("M-32 34Q-24 8 6 7t38 27Z", light(colour, 0.35)) +
    stroke("M-14-10q14 7 26 0M-16 0q16 8 30 0", "#ffffff", 4) }) +
  shape("M-33 30Q6 36 45 30q3 11-3 14-34 4-70 0-8-4-5-14Z", "#f7f2e8", { band: 6 }) + "</g>"));

/** The person and the chair, the middle of the seat at x = 0. */
export function seated({ measures, tones, look, shirt, bottom, footwear }) {
  freshSheet();
  const b = measure("woman", { ...measures, height: 1082 });
  const { shoulder } = b.joints;
  b.joints = { shoulder, elbow: [shoulder[0] + 27, b.y.waist - 26], wrist: [b.hip * 0.82, b.y.hip - 30] };
  const height = b.unit * b.head;
  const back = place(0, b.y.chin + SLUMP, hairBehind(look, height));
  const upper = arms(b, tones) + neck(b, tones) + tee(b, shirt, b.y.waist + 76) +
    place(0, b.y.chin, head(look, tones, height));
  return place(0, DROP, behind() + back + legs(b, bottom) + shoes(footwear) + before() + place(0, SLUMP, upper));
}
