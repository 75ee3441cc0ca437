// Heads: a hundred units from the crown (0) to the chin, forty to a side. Faces are few and friendly lines.
import { curve, dark, even, fill, light, mix, oval, place, shape, stroke, within } from "./pen.mjs";

const INK = "#2b2024";

const skull = (jaw) => [
  [0, 0], [21, 3.5], [34, 19], [37, 40], [35.5, 58], [29 + jaw, 77], [19 + jaw, 91], [8.5 + jaw * 0.6, 98.8], [0, 100],
];

const eye = (x, look) =>
  `<ellipse cx="${x}" cy="52" rx="2.9" ry="3.5" fill="${INK}"/><circle cx="${x + 1}" cy="50.7" r=".9" fill="#fff" opacity=".85"/>` +
  stroke(`M${x - 5} 49.5q5-4.3 10.3-.3`, INK, look.lash ?? 1.5);

const brow = (side, look) => stroke(`M${side * 8.5} 41.5q${side * 7}-4 ${side * 14} 0`, look.brow,
  look.browWidth ?? 2.6);

function face(look, skin) {
  const lip = look.lip ?? mix(skin.line, "#b4534d", 0.45);
  const nose = fill("M1 45q1.5 10 5.5 17.5 1.5 3.5-2.5 4.5-2.5.5-5-.5 3.5-1 3-4.5Z", skin.shade, 0.9) +
    stroke("M-3.8 66.6q3.8 2.6 8 .2", skin.line, 1.7);
  const mouth = stroke("M-8.5 78.3q8.5 5.2 17 0", lip, 2.6) + stroke("M-3.5 85.2q3.5 1.6 7 0", skin.shade, 2.2);
  const cheeks = oval(-21, 67, 7.5, 5, skin.blush, 0.5) + oval(21.5, 67, 7.5, 5, skin.blush, 0.5);
  const age = look.lines
    ? stroke(`
      M-13.5 68q-3 5-2.5 9M13.5 68q3 5 2.5 9M-24 56q-2 1.5-4 1.5M24 56q2 1.5 4 1.5M-8 30q8-2 16 0`, skin.shade, 1.7)
    : "";
  return cheeks + nose + eye(-15, look) + eye(15, look) + brow(-1, look) + brow(1, look) + mouth + age;
}

const ear = (side, skin, ring) =>
  shape(curve([[side * 34, 47], [side * 40.5, 45.5], [side * 42, 54], [side * 38.5, 64], [side * 34, 64]]),
    skin.base, { band: 3, tone: skin.shade }) +
  (ring ? `<circle cx="${side * 39}" cy="68" r="2.6" fill="${ring}"/>` : "");

const GLASSES = `M-25.5 46h19q1 14-9.5 14.5T-25.5 46ZM6.5 46h19q1 14-9.5 14.5T6.5 46ZM-6.5 49q6.5-4 13 0M-25.5 48
  l-10-1.5M25.5 48l10-1.5`;
const BEARD = [[-36, 50, 1], [-34, 66], [-29, 82], [-16, 98], [0, 103], [16, 98], [29, 82], [34, 66], [36, 50, 1],
  [31.5, 60], [24, 71], [11, 72.5],
  [0, 71], [-11, 72.5], [-24, 71], [-31.5, 60]];

/** Locks of hair: thin darker or lighter lines along it. */
const locks = (colour, ...lines) => lines.map((d) => stroke(d, colour, 1.9)).join("");

/** Each style has what falls `behind` the head and what lies in `front`. */
export const HAIR = {
  crop: (c) => ({
    front: [`M-38.5 47C-43 22-36-7 2-9c33-1.5 43 22 38.5 56l-3.8-1
      c.3-10-1.7-18-6.7-24-12 4-33 3-45-4-9.5 4-16.5 13-19.5 28Z`, { band: 7,
      on: locks(light(c, 0.14), "M-30 22Q-22 2 4-2", "M-20 14Q-6 0 16 0") }],
  }),
  fade: (c) => ({
    front: [`M-37.5 44c-3-15-3-28 4-37C-24-5-10-8 1-8s25 4 33 15c6 9 6.5 22 3.5 37l-2.5-.5
      c-1-9-2-14-4-19-10-5-22-6.5-31-6.5s-21 1.5-31 6.5c-2 5-3 10-4 19Z`, { band: 6 }],
  }),
  quiff: (c) => ({
    front: [`M-38 46c-5-18-3-34 6-42C-24-10-2-17 18-12c17 4 26 20 20.5 58l-3.5-.5c0-11-1-19-5-25C17 24-6 21-16 12
      c-9 6-16 17-18.5 33.5Z`, { band: 7,
      on: locks(light(c, 0.18), "M-26 12Q-10-6 16-5", "M-14 9Q4-4 26 4", "M-33 26q1-10 6-15") }],
  }),
  bob: (c) => ({
    behind: shape(`
      M0-9c-38 0-47 28-46 60 .5 18-3 32-6 45q22 12 52 12t52-12c-3-13-6.5-27-6-45C47 19 38-9 0-9Z`, c, { band: 8, tone: dark(c, 0.22) }),
    front: [`M-7-8C-44-8-50 25-47 57c1 12-1 26-4 39q9 5 18 5c-4-12-5-27-4.5-42C-37 40-26 22-8 12
      c8 14 28 22 43.5 26 2 8 2 14 2 21 .5 15-.5 30-4.5 42q9 0 18-5c-3-13-5-27-4-39C50 25 40-8-7-8Z`, { band: 7,
      on: locks(light(c, 0.2), "M-42 60Q-44 22-18 2", "M-43 88q3-20 2-34", "M42 88q-3-20-2-34", "M-4 2Q26 6 38 30") }],
  }),
  waves: (c) => ({
    behind: shape(`M0-10c-40 0-50 30-48 62 1 20-10 30-9 48 .5 14 8 18 5 32q20 14 52 12 32 2 52-12
      c-3-14 4.5-18 5-32 1-18-10-28-9-48C50 20 40-10 0-10Z`, c, { band: 9, tone: dark(c, 0.22) }),
    front: [`M2-9C-38-10-50 22-47 52
      c1 18-9 30-9 48 0 12 7 18 5 32 8-2 15-7 17-15 3-12-5-19-4-32 .5-10 4-16 3.5-28C-33 38-22 22 2 11
      c24 11 33 27 34.5 46-.5 12 3 18 3.5 28 1 13-7 20-4 32 2 8 9 13 17 15-2-14 5-20 5-32 0-18-10-30-9-48
      C52 22 42-10 2-9Z`, { band: 7,
      on: locks(light(c, 0.2), "M-41 52Q-42 18-8 2", "M-50 104q0-14 7-28", "M-44 126q6-8 1-22", "M42 48Q40 18 12 2",
        "M49 104q0-14-6-28", "M45 124q-6-8-1-22") }],
  }),
  bun: (c) => ({
    behind: shape(curve([[-22, -14], [-17, -30], [0, -37], [17, -30], [22, -14], [0, -4]]), c, { band: 7,
      on: locks(light(c, 0.2), "M-14-14Q-8-28 8-28", "M-4-12q6-10 14-8") }),
    front: ["M-38.5 48C-43 16-30-9 0-9s43 25 38.5 57C35 32 27 20 0 15c-27 5-35 17-38.5 33Z", { band: 7,
      on: locks(light(c, 0.18), "M-33 28Q-20 6-2-8", "M-22 16Q-10 4 0-8", "M33 28Q20 6 2-8") }],
  }),
  silver: (c) => ({
    behind: shape(`
      M0-9c-36 0-46 24-45 50 0 14-2 22-3 34q20 12 48 12t48-12c-1-12-3-20-3-34C46 15 36-9 0-9Z`, c, { band: 8, tone: dark(c, 0.2) }),
    front: [`M4-10C-36-12-49 18-46 46c0 10-1 20-3 30 6 3 11 4 15 3-3-10-4-18-3.5-27C-36 40-20 34 0 26
      c12-4 18-9 22-14 9 9 14 20 15.5 40 .5 9-.5 17-3.5 27 4 1 9 0 15-3-2-10-3-20-3-30C49 18 40-8 4-10Z`, { band: 7,
      on: locks(dark(c, 0.12), "M-38 40Q-26 22 6 12", "M-41 66q2-14 2-24", "M-24 22Q-4 16 12-2",
        "M42 66q-2-14-2-24") }],
  }),
  curls: (c) => ({ behind: cloud(c, 1.02, 12), front: curlyFringe(c) }),
  afro: (c) => ({ behind: cloud(c, 1.14, 2), front: AFRO_EDGE }),
};

/** A cloud of curls around the head. */
function cloud(colour, size, drop) {
  const count = 17;
  const points = [];
  for (let index = 0; index < count; index++) {
    const angle = (index / count) * 2 * Math.PI;
    for (const [turn, reach] of [[-0.5, 1], [-0.22, 1.09], [0.22, 1.09]]) {
      const bent = angle + (turn * 2 * Math.PI) / count;
      points.push([Math.sin(bent) * 54 * size * reach, 36 + drop - Math.cos(bent) * (52 + drop) * size * reach,
        turn === -0.5 ? 1 : 0]);
    }
  }
  const marks = locks(light(colour, 0.16), "M-40 10q6-10 15-9", "M-20-6q7-8 16-5", "M-46 38q0-10 8-14",
    "M10-10q9-3 16 4", "M-44 70q-4-8 1-16", "M40 62q5-8 1-16");
  return shape(curve(points), colour, { band: 10, on: marks });
}

const curlyFringe = (c) =>
  [`M-39 50c-5-30 6-55 38-56s46 24 40 56
    c-3-3-4-8-4-13-5 1-9-2-10-7-5 3-11 1-13-4-4 5-11 5-14 0-4 5-11 5-14 0-3 5-9 6-13 4-2 8-6 14-10 20Z`, { band: 6,
    on: locks(light(c, 0.16), "M-28 18q4-9 12-9", "M-10 10q6-8 14-4", "M14 9q8-2 12 6") }];

const AFRO_EDGE = [even([[0, -8], [26, -4], [38, 18], [38.5, 46, 1], [35.5, 30], [28, 19], [14, 14.5], [0, 13.5]]),
  { band: 6 }];

/** The hair that falls behind neck and shoulders, for the same head. */
export function hairBehind(look, height) {
  const { behind = "" } = look.hair ? HAIR[look.hair](look.colour) : {};
  return place(0, 0, place(0, -height, behind, height / 100), 1, look.tilt ?? 0);
}

/** A head whose chin rests at (0, 0), `height` high. */
export function head(look, skin, height) {
  const hair = look.hair ? HAIR[look.hair](look.colour) : {};
  const outline = even(skull(look.jaw ?? 0));
  const [edge, more] = hair.front ?? [];
  const cast = edge ? within(outline, place(-1, 5, fill(edge, skin.shade))) : "";
  const parts = ear(-1, skin, look.ring) + ear(1, skin, look.ring) +
    shape(outline, skin.base, { band: 6, tone: skin.shade }) + cast +
    (look.beard ? shape(curve(BEARD), look.beard, { band: 5 }) : "") + face(look, skin) +
    (edge ? shape(edge, look.colour, more) : "") + (look.glasses ? stroke(GLASSES, look.glasses, 1.9) : "");
  return place(0, 0, place(0, -height, parts, height / 100), 1, look.tilt ?? 0);
}
