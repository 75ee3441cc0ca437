// A body by its measures, standing and facing us. Lengths are pixels around the middle line x = 0; a head is the unit of
// height, and everything else follows from where the joints are.
import { curve, even, fill, shape, stroke, tube, within, flipped, place } from "./pen.mjs";

const LEVELS = {
  chin: 1, collar: 1.255, shoulder: 1.385, armpit: 2, bust: 2.05, waist: 2.9, hip: 3.65, crotch: 3.92, knee: 5.5,
    calf: 5.95, ankle: 7.12, sole: 7.46,
};

const WOMAN = {
  heads: 7.5, height: 890, shoulder: 87, chest: 64, waist: 52, hip: 77, thigh: 39, knee: 24, calf: 24, ankle: 13,
  arm: 16, elbow: 13.5, forearm: 13, wrist: 9, neck: 20, head: 0.98, hand: 0.68, stance: 34,
};
const MAN = {
  heads: 7.5, height: 905, shoulder: 107, chest: 80, waist: 69, hip: 74, thigh: 40, knee: 27, calf: 27, ankle: 15.5,
  arm: 21, elbow: 17, forearm: 16.5, wrist: 11.5, neck: 27, head: 1.02, hand: 0.74, stance: 38,
};

/** The height of the ground in a picture. */
export const GROUND = 968;

/** The measured body: `y` of every level, half widths, and the joints of arms and legs. */
export function measure(kind, own = {}) {
  const b = { ...(kind === "man" ? MAN : WOMAN), ...own };
  b.unit = b.height / b.heads;
  b.top = GROUND - b.height;
  b.y = Object.fromEntries(Object.entries(LEVELS).map(([name, level]) => {
    const scaled = level > 1 ? 1 + ((level - 1) * (b.heads - 1)) / 6.5 : level;
    return [name, b.top + scaled * b.unit];
  }));
  const joint = [b.shoulder - b.arm - 3, b.y.shoulder + b.arm + 12];
  const elbow = [Math.max(joint[0] + 13, b.waist + b.elbow + 13), b.y.waist + 4];
  const wrist = [Math.max(elbow[0] + 7, b.hip + b.wrist + 12), b.y.hip + 0.12 * b.unit];
  b.joints = { shoulder: joint, elbow, wrist };
  const thigh = Math.max(b.hip - b.thigh, b.thigh - 2);
  b.leg = { hip: [thigh, b.y.crotch], knee: [(thigh + b.stance) / 2, b.y.knee], ankle: [b.stance, b.y.ankle] };
  return b;
}

/** Half the width of the trunk at a height. */
export function trunk(b, y) {
  const stops = [[b.y.shoulder, b.shoulder - 8], [b.y.armpit, b.chest], [b.y.waist, b.waist], [b.y.hip, b.hip],
    [b.y.sole, b.hip]];
  const index = Math.max(1, stops.findIndex(([level]) => y <= level));
  const [[fromY, from], [toY, to]] = [stops[index - 1], stops[index]];
  const part = Math.min(1, Math.max(0, (y - fromY) / (toY - fromY)));
  return from + (to - from) * (0.5 - Math.cos(part * Math.PI) / 2);
}

/** The right arm's line from the shoulder down to `end` (0 shoulder, 1 elbow, 2 wrist), `ease` wider than the arm. */
export function armLine(b, end = 2, ease = [0, 0, 0]) {
  const { shoulder, elbow, wrist } = b.joints;
  const between = (one, other, part) => one.map((value, index) => value + (other[index] - value) * part);
  const muscle = [...between(shoulder, elbow, 0.45), b.arm + ease[0]];
  const fore = [...between(elbow, wrist, 0.3), b.forearm + (ease[1] + ease[2]) / 2];
  const full = [
    [0, [...shoulder, b.arm + 1 + ease[0]]], [0.45, muscle], [1, [...elbow, b.elbow + ease[1]]], [1.3, fore],
    [2, [...wrist, b.wrist + ease[2]]],
  ];
  const kept = full.filter(([part]) => part < end).map(([, point]) => point);
  const tip = end <= 1 ? between(shoulder, elbow, end) : between(elbow, wrist, end - 1);
  const wide = end <= 1 ? b.arm + (b.elbow - b.arm) * end : b.elbow + (b.wrist - b.elbow) * (end - 1);
  return [...kept, [...tip, wide + (end <= 1 ? ease[0] : ease[2])]];
}

const HAND = [
  [-0.15, -0.06, 1], [-0.185, 0.16], [-0.27, 0.32], [-0.285, 0.47], [-0.22, 0.53], [-0.165, 0.44], [-0.15, 0.52],
    [-0.165, 0.72],
  [-0.13, 0.92], [-0.05, 0.985], [0.03, 1], [0.1, 0.95], [0.15, 0.86], [0.19, 0.62], [0.2, 0.36], [0.165, 0.14],
    [0.15, -0.06, 1],
];
const FINGERS = ["M-.06 .6Q-.075 .78-.05 .95", "M.035 .6Q.035 .8.045 .96", "M.115 .58Q.125 .75.115 .9",
  "M-.165 .44Q-.13 .36-.125 .28"];

/** A relaxed hand hanging from the wrist. */
function hand(b, skin) {
  const { elbow, wrist } = b.joints;
  const size = b.hand * b.unit;
  const turn = (Math.atan2(elbow[0] - wrist[0], wrist[1] - elbow[1]) * 180) / Math.PI;
  const joint = b.wrist / (0.15 * size);
  const scaled = HAND.map(([x, y, corner]) => [x * size * (y < 0 ? joint : 1), y * size, corner]);
  const lines = FINGERS.map((d) => stroke(d, skin.line, 1.4 / size, "")).join("");
  return place(wrist[0], wrist[1], shape(curve(scaled), skin.base, { band: 5, tone: skin.shade }) +
    place(0, 0, lines, size), 1, turn * 0.6);
}

/** Both arms with their hands; each has its own darker side, so the left one is not the right one turned over. */
export function arms(b, skin) {
  const tones = { band: b.arm * 0.5, tone: skin.shade };
  const arm = (way) => shape(tube(armLine(b).map(([x, y, half]) => [x * way, y, half]), b.arm), skin.base, tones);
  return arm(-1) + arm(1) + hands(b, skin);
}

/** The hands alone, for sleeves that cover the arms. */
export const hands = (b, skin) => flipped(hand(b, skin)) + hand(b, skin);

/** The right leg's outline from the hip, and its mirror image. */
function legOutline(b, side) {
  const { knee, ankle, hip } = b.leg;
  const spine = [
    [hip[0], b.y.hip, b.thigh], [hip[0], b.y.crotch + 20, b.thigh - 1], [(hip[0] + knee[0]) / 2,
      (b.y.crotch + b.y.knee) / 2, (b.thigh + b.knee) / 2 + 2],
    [...knee, b.knee], [(knee[0] * 2 + ankle[0]) / 3 + 1, b.y.calf, b.calf], [ankle[0], b.y.ankle - 20, b.ankle],
      [ankle[0], b.y.ankle + 14, b.ankle + 1],
  ];
  return tube(spine.map(([x, y, half]) => [x * side, y, half]));
}

/** Bare legs as far as they are seen below `from`. */
export function legs(b, skin, from = 0) {
  const kneecap = (side) => stroke(`M${side * b.leg.knee[0] - 9} ${b.y.knee + 10}q9 6 18 0`, skin.shade, 3);
  const below = `M-300 ${from}H300V1000H-300Z`;
  return within(below, [-1, 1].map((side) =>
    shape(legOutline(b, side), skin.base, { band: b.calf * 0.42, tone: skin.shade, on: kneecap(side) })).join(""));
}

/** Neck and the skin that a neckline shows. */
export function neck(b, skin) {
  const half = b.neck;
  const right = [[half * 0.96, b.y.chin - 0.25 * b.unit, 1], [half, b.y.collar - 10], [half + 12, b.y.collar + 8],
    [b.shoulder * 0.62, b.y.shoulder + 4, 1],
    [b.shoulder * 0.5, b.y.armpit, 1]];
  const outline = even(right);
  const under = curve([[-half - 8, b.y.chin - 40, 1], [half + 8, b.y.chin - 40, 1], [half + 8, b.y.chin + 6],
    [half * 0.4, b.y.chin + 0.16 * b.unit],
    [-half - 6, b.y.chin + 4]]);
  const bones = stroke(`M${-half} ${b.y.shoulder + 5}q${-half * 0.8}-1 ${-half * 1.2} ${-6}M${half} ${b.y.shoulder + 5}q${half * 0.8}-1 ${half * 1.2}-6`, skin.shade, 2.5);
  return shape(outline, skin.base, { band: 7, tone: skin.shade, on: fill(under, skin.shade) + bones });
}

/** A garment's side from `from` to `to`, `ease` wider than the trunk, as points of an outline. */
export function side(b, from, to, ease, steps = 5) {
  return Array.from({ length: steps + 1 }, (_, index) => {
    const y = from + ((to - from) * index) / steps;
    const loose = ease + Math.max(0, (b.hip - b.waist) * 0.12 * Math.sin(Math.PI * Math.min(1, index / steps)));
    return [trunk(b, y) + loose, y];
  });
}
