// Clothes as they are worn, cut to the measures of a body.
import { armLine, side } from "./body.mjs";
import {
  curve, dark, edges, fill, fold, light, line, mirrored, oval, place, shape, stitch,
  stroke,
} from "./pen.mjs";

const both = (draw) => draw(-1) + draw(1);

/** A sleeve down to `end` (0 shoulder, 1 elbow, 2 wrist): the line of the shoulder runs on into the arm. */
function sleeve(b, way, colour, end, ease, more = {}) {
  const spine = armLine(b, end, ease).slice(1);
  const sides = edges(spine);
  const last = sides.length - 1;
  const outer = sides.map(([[x, y]], index) => [x, y, index === last ? 1 : 0]);
  const inner = sides.map(([, [x, y]], index) => [x, y, index === last ? 1 : 0]).reverse();
  const { shoulder } = b.y;
  const right = [
    [b.shoulder * 0.6, shoulder - 4, 1], [b.shoulder * 0.84, shoulder + 5], [b.shoulder + ease[0] * 0.4,
      shoulder + 29], ...outer, ...inner,
    [b.chest + 3, b.y.armpit + 4, 1], [b.shoulder - 23, b.y.armpit - 40],
  ];
  return shape(curve(right.map(([x, y, corner]) =>
    [x * way, y, corner])), colour, { band: way < 0 ? b.arm * 0.3 : b.arm * 0.55, ...more });
}

/** The front of a top from the neckline to the hem. */
function front(b, { ease = 6, hem = b.y.hip - 8, depth = 20, width = 14, shoulder = 10 }) {
  const right = [
    [b.neck + width, b.y.collar + 6, 1], [b.shoulder * 0.62, b.y.shoulder - 4], [b.shoulder - shoulder - 10,
      b.y.shoulder + 10, 1],
    [b.chest + ease - 2, b.y.armpit + 4, 1], ...side(b, b.y.armpit + 20, hem, ease).slice(0, -1), [side(b, hem, hem,
      ease)[0][0] - 1, hem, 1],
  ];
  return curve([[0, b.y.collar + depth], ...right, [0, hem + 4], ...mirrored(right)]);
}

/** Folds that every soft top has: from the armpits and over the waist. */
const softFolds = (b, hem) => [
  fold(-b.chest, b.y.armpit + 10, -b.chest * 0.6, b.y.bust + 26, -b.chest * 0.3, b.y.bust + 26, 9),
  fold(b.chest, b.y.armpit + 10, b.chest * 0.6, b.y.bust + 34, b.chest * 0.25, b.y.bust + 34, -9),
  fold(-b.waist, b.y.waist - 4, -b.waist * 0.4, b.y.waist + 18, -b.waist * 0.1, b.y.waist + 10, 8),
  fold(b.waist, b.y.waist + 14, b.waist * 0.5, b.y.waist + 34, b.waist * 0.1, b.y.waist + 32, -9),
  fold(-b.hip * 0.3, hem, -b.hip * 0.34, hem - 46, -b.hip * 0.5, hem - 76, 7),
].join("");

/** A T-shirt. */
export function tee(b, colour, hem = b.y.hip - 10) {
  const tone = dark(colour);
  const cuff = (way) => {
    const [x, y] = armLine(b, 0.56, [8, 0, 0]).at(-1);
    return stroke(`M${way * (x - b.arm - 8)} ${y - 7}q${way * (b.arm + 6)} 7 ${way * (b.arm * 2 + 14)}-5`, tone, 2);
  };
  const neckline = line([-b.neck - 14, b.y.collar + 6], [-b.neck * 0.5, b.y.collar + 19], [0, b.y.collar + 21],
    [b.neck * 0.5, b.y.collar + 19], [b.neck + 14, b.y.collar + 6]);
  const ribs = stroke(neckline, tone, 9) + stroke(neckline, light(colour, 0.25), 5.5);
  const hemline = stroke(`M${-b.hip - 10} ${hem - 9}Q0 ${hem - 3} ${b.hip + 10} ${hem - 9}`, tone, 1.8);
  return shape(front(b, { hem }), colour, { band: 13, on: fill(softFolds(b, hem), tone) + hemline + ribs }) +
    both((way) => sleeve(b, way, colour, 0.6, [5, 8, 8], { on: cuff(way) }) + armhole(b, way, tone));
}

/** The seam between the trunk and a sleeve. */
const armhole = (b, way, tone) => stroke(
  `M${way * b.shoulder * 0.8} ${b.y.shoulder + 4}Q${way * (b.shoulder - 27)} ${b.y.armpit - 42} ${way * (b.chest + 2)} ${b.y.armpit + 4}`, tone, 2.2);

/** The outline of trousers; `knee` and `hem` are how much wider than the leg they are. */
function trouserLine(b, { top, ease, knee, hem, end }) {
  const { knee: [kx, ky], ankle: [ax] } = b.leg;
  const at = b.y.ankle;
  const part = Math.min(1, (end - ky) / (at - ky));
  const x = kx + (ax - kx) * part;
  const half = b.knee + knee + (b.ankle + hem - b.knee - knee) * Math.max(0, part);
  const outer = [...side(b, top, b.y.hip, ease, 3).map(([px, py], index) =>
    [px, py, index === 0 ? 1 : 0]), [b.hip + ease, b.y.crotch],
    [(b.hip + ease + kx + b.knee + knee) / 2 + 1, (b.y.crotch + ky) / 2]];
  const below = end > ky + 20 ? [[kx + b.knee + knee, ky]] : [];
  const inner = end > ky + 20 ? [[kx - b.knee - knee, ky]] : [];
  const right = [...outer, ...below, [x + half, end, 1], [x - half, end + 3, 1], ...inner, ...(end > ky + 20 ? [[3,
    b.y.crotch + 110]] : []), [0, b.y.crotch + 14, 1]];
  return curve([...right, ...mirrored(right)]);
}

const PLAIN = { ease: 3, knee: 5, hem: 12 };

/** Trousers, jeans, leggings and shorts: `cut` is one of CUTS. */
const CUTS = {
  straight: (b) => ({ ...PLAIN, end: b.y.ankle + 4 }),
  wide: (b) => ({ ease: 6, knee: 17, hem: 30, end: b.y.ankle + 18 }),
  slim: (b) => ({ ease: 2, knee: 3, hem: 4, end: b.y.ankle - 8 }),
  shorts: (b) => ({ ease: 7, knee: 15, hem: 20, end: b.y.knee - 22 }),
};

export function trousers(b, colour, cut = "straight", { seams = dark(colour, 0.3), jeans = false } = {}) {
  const top = b.y.waist + 34;
  const sizes = { top, ...CUTS[cut](b) };
  const tone = dark(colour, 0.2);
  const { end } = sizes;
  const [kx, ky] = b.leg.knee;
  const crotch = fill([
    fold(-4, b.y.crotch + 22, -26, b.y.crotch + 14, -50, b.y.crotch + 2, 9), fold(4, b.y.crotch + 22, 26,
      b.y.crotch + 18, 52, b.y.crotch + 8, 9),
    fold(0, b.y.crotch + 20, -14, b.y.crotch + 40, -34, b.y.crotch + 48, 8),
  ].join(""), tone);
  const bends = end > ky ? both((way) =>
    fill(fold(way * (kx + b.knee), ky - 12, way * kx, ky + 6, way * (kx - b.knee * 0.6), ky - 2, 9) +
    fold(way * (kx - b.knee - 4), ky + 30, way * kx, ky + 34, way * (kx + b.knee * 0.4), ky + 22, 7) +
    fold(way * (b.stance - 18), end - 30, way * b.stance, end - 14, way * (b.stance + 18), end - 26, 6), tone)) : "";
  const fly = stroke(`M0 ${top}V${b.y.crotch + 20}`, tone, 2.2);
  const hems = cut === "slim" ? "" : both((way) => stitch(`M${way * 4} ${end - 12}H${way * 160}`, seams));
  const pockets = jeans ? both((way) =>
    stitch(`M${way * b.hip * 0.52} ${b.y.hip - 44}q${way * 4} 32 ${way * (b.hip * 0.52 + 4)} 34`, seams)) +
    stitch(`M9 ${top}V${b.y.crotch - 18}q-1 14-9 18`, seams) : "";
  return shape(trouserLine(b, sizes), colour, { band: b.knee * 0.62, tone, glow: 4,
    on: crotch + bends + fly + hems + pockets });
}

const SHOE = [[-15, -34, 1], [15, -34, 1], [18, -14], [27, 2], [33, 18], [33, 28, 1], [-20, 28, 1], [-22, 14], [-18,
  -8]];
const SOLE = "M-23 21Q4 27 35.5 21q2.5 10-2 13-27 4-54 0-4.5-4-2.5-13Z";
const TOE = "M-21 22Q-14 6 6 5q20 0 28 16Q6 27-21 22Z";

/** Trainers, seen from the front with the toes a little outwards. */
export function trainers(b, colour, sole = "#f7f2e8", lace = "#ffffff") {
  const laces = [-20, -12, -4].map((y, index) =>
    stroke(`M${-8 - index} ${y}q${9 + index} 5 ${18 + index * 2} 1`, lace, 3)).join("");
  const one = shape(curve(SHOE), colour, { band: 8, on: fill(TOE, light(colour, 0.35)) +
    stroke("M-21 22Q-14 6 6 5q20 0 28 16", dark(colour), 1.6) + laces }) +
    shape(SOLE, sole, { band: 6 });
  const size = b.unit / 106;
  return both((way) => place(way * (b.stance + 2), b.y.sole - 29 * size,
    way < 0 ? `<g transform="scale(-1 1)">${one}</g>` : one, size));
}

const BOOT = [[-19, -74, 1], [20, -74, 1], [18, -40], [19, -16], [28, 4], [33, 20], [33, 28, 1], [-20, 28, 1], [-22,
  12], [-17, -12], [-18, -44]];

/** Ankle boots. */
export function boots(b, colour) {
  const tone = dark(colour, 0.3);
  const one = shape(curve(BOOT), colour, { band: 9, tone, glow: 3, on: stroke("M-18-10Q2 0 20-12", tone, 2) +
    stroke("M14-72V-22", tone, 2) }) +
    shape("M-23 23Q4 28 35.5 23q1.5 8-2 10-27 3-54 0-4-3-2.5-10Z", dark(colour, 0.5), { band: 5 });
  const size = b.unit / 106;
  return both((way) => place(way * (b.stance + 2), b.y.sole - 29 * size,
    way < 0 ? `<g transform="scale(-1 1)">${one}</g>` : one, size));
}

/** A soft dress to the middle of the calf. */
export function dress(b, colour, hem = b.y.calf - 14) {
  const tone = dark(colour, 0.18);
  const flare = b.hip + 34;
  const right = [[b.neck + 15, b.y.collar + 7, 1], [b.shoulder * 0.66, b.y.shoulder - 6], [b.shoulder - 20,
    b.y.shoulder + 10, 1], [b.chest + 3, b.y.armpit + 4, 1],
    [b.waist + 6, b.y.waist - 6, 1], [b.hip + 9, b.y.hip - 10], [flare, hem, 1]];
  const outline = curve([[0, b.y.collar + 44, 1], ...right, [flare * 0.5, hem + 9], [0, hem + 5], [-flare * 0.5,
    hem + 9], ...mirrored(right)]);
  const pleats = [-0.62, -0.3, 0.06, 0.4, 0.74].map((at) =>
    fold(at * b.waist, b.y.waist + 2, at * flare * 0.75, (b.y.waist + hem) / 2, at * flare, hem + 8, 14)).join("");
  const belt = curve([[-b.waist - 7, b.y.waist - 9, 1], [0, b.y.waist - 4], [b.waist + 7, b.y.waist - 9, 1],
    [b.waist + 7, b.y.waist + 7, 1], [0, b.y.waist + 12],
    [-b.waist - 7, b.y.waist + 7, 1]]);
  const wrap = stroke(`M${b.neck + 15} ${b.y.collar + 7}L${-b.waist * 0.5} ${b.y.waist - 8}`, tone, 2.4);
  const on = fill(pleats, tone) + wrap + shape(belt, dark(colour, 0.26), { band: 5 });
  return shape(outline, colour, { band: 14, tone, on }) + both((way) => sleeve(b, way, colour, 1.1, [6, 9, 9]) +
    armhole(b, way, tone));
}

/** A trench coat, open over what is below it. */
export function trench(b, colour, hem = b.y.knee + 52) {
  const tone = dark(colour, 0.17);
  const seam = dark(colour, 0.3);
  const wide = b.hip + 40;
  const panel = (way) => {
    const points = [[way * (b.neck + 8), b.y.collar - 6, 1], [way * b.shoulder * 0.62, b.y.shoulder - 9],
      [way * (b.shoulder - 12), b.y.shoulder + 8, 1],
      [way * (b.chest + 12), b.y.armpit + 8, 1], [way * (b.waist + 15), b.y.waist], [way * (b.hip + 21), b.y.hip],
        [way * wide, hem, 1], [way * (wide * 0.62), hem + 9],
      [way * 34, hem + 5, 1], [way * 25, b.y.hip], [way * 17, b.y.waist, 1], [way * 20, b.y.bust + 12, 1]];
    const folds = fill(fold(way * (b.waist + 4), b.y.waist + 18, way * b.hip * 0.86, b.y.crotch, way * wide * 0.84,
      hem, 13) +
      fold(way * b.waist * 0.55, b.y.waist + 18, way * b.hip * 0.5, b.y.crotch, way * wide * 0.5, hem + 8, 11), tone);
    const pocket = stroke(`M${way * b.hip * 0.62} ${b.y.hip - 34}l${way * 26} 40`, seam, 3.5) +
      stitch(`M${way * 38} ${hem}Q${way * 30} ${b.y.hip} ${way * 24} ${b.y.waist + 16}`, seam, 1.6);
    return shape(curve(points), colour, { band: 14, tone, glow: way < 0 ? 5 : 0, on: folds + pocket });
  };
  const belt = (way) => shape(curve([[way * 15, b.y.waist - 9, 1], [way * (b.waist + 17), b.y.waist - 13, 1],
    [way * (b.waist + 18), b.y.waist + 7, 1], [way * 15, b.y.waist + 12, 1]]), dark(colour, 0.1), { band: 4,
    tone: seam });
  const lapel = (way) => shape(curve([[way * (b.neck + 5), b.y.collar - 14, 1], [way * (b.neck + 40),
    b.y.shoulder + 18, 1], [way * (b.neck + 48), b.y.shoulder + 52, 1],
    [way * 22, b.y.bust + 30, 1], [way * (b.neck - 3), b.y.shoulder + 22]]), light(colour, 0.2), { band: 6, tone });
  const collar = (way) => shape(curve([[way * (b.neck - 4), b.y.collar - 26, 1], [way * (b.neck + 20),
    b.y.collar - 4], [way * (b.neck + 46), b.y.shoulder + 14, 1], [way * (b.neck + 4), b.y.shoulder + 32, 1],
    [way * (b.neck - 6), b.y.collar + 10]]),
    light(colour, 0.12), { band: 6, tone });
  const cuff = (way) => {
    const [x, y] = armLine(b, 1.84, [12, 11, 9]).at(-1);
    return stroke(`M${way * (x - 24)} ${y - 14}q${way * 24} 7 ${way * 48} 0`, seam, 5);
  };
  const arm = (way) => sleeve(b, way, colour, 1.97, [8, 11, 9], { tone, on: cuff(way) +
    fill(fold(way * (b.joints.elbow[0] + 24), b.joints.elbow[1] - 10, way * b.joints.elbow[0], b.joints.elbow[1] + 8,
    way * (b.joints.elbow[0] - 20), b.joints.elbow[1] - 4, 9), tone) });
  const buttons = [0, 1].map((row) => both((way) => oval(way * 34, b.y.bust + 58 + row * 40, 5, 5, seam))).join("");
  return both(panel) + both((way) => arm(way) + armhole(b, way, seam)) +
    buttons + both(belt) + both(lapel) + both(collar);
}

/** A felt hat for a head whose chin rests at (0, 0), `height` high. */
export function hat(colour, height) {
  const brim = "M-66 22C-44 8-24 4 0 4s44 4 66 18C50 34 26 36.5 0 36.5S-50 34-66 22Z";
  const crown = "M-38 22C-37-6-31-27-18-31c7-2.5 11 1.5 18 1.5s11-4 18-1.5C31-27 37-6 38 22 14 28-14 28-38 22Z";
  const band = "M-38.5 10Q0 20 38.5 10L38 23Q0 31-38 23Z";
  const parts = shape(brim, dark(colour, 0.12), { band: 8 }) +
    shape(crown, colour, { band: 9, glow: 3, on: fill(fold(-12, -26, -4, -10, 0, -4, 8), dark(colour)) }) +
    shape(band, dark(colour, 0.45), { band: 5 });
  return place(0, -height * 0.995, parts, height / 100);
}
