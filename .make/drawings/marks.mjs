// What the line drawings are made of. They carry no colour of their own: `drawing__line` is drawn with the text's
// colour, `drawing__accent` with the accent, `drawing__fill` is a soft ground, and an element may be two of them.
const CLASSES = { l: "drawing__line", a: "drawing__accent", f: "drawing__fill" };

const classes = (kinds) => [...kinds].map((kind) => CLASSES[kind]).join(" ");

export const path = (kinds, d) => `<path class="${classes(kinds)}" d="${d}"/>`;
export const circle = (kinds, cx, cy, r) => `<circle class="${classes(kinds)}" cx="${cx}" cy="${cy}" r="${r}"/>`;
export const rect = (kinds, x, y, width, height, rx = 0) =>
  `<rect class="${classes(kinds)}" x="${x}" y="${y}" width="${width}" height="${height}" rx="${rx}"/>`;
export const ellipse = (kinds, cx, cy, rx, ry) =>
  `<ellipse class="${classes(kinds)}" cx="${cx}" cy="${cy}" rx="${rx}" ry="${ry}"/>`;
export const move = (x, y, scale, content) => `<g transform="translate(${x} ${y}) scale(${scale})">${content}</g>`;
export const turn = (degrees, x, y, content) => `<g transform="rotate(${degrees} ${x} ${y})">${content}</g>`;

/** Shows only what lies inside a box; an inner `svg` cuts without an id. */
export const cut = (x, y, width, height, content) =>
  `<svg x="${x}" y="${y}" width="${width}" height="${height}" viewBox="${x} ${y} ${width} ${height}">${content}</svg>`;

/** Without the line breaks that keep long outlines readable here. */
export const flat = (text) => text.replace(/\n\s*/g, "");

/** A whole drawing of this size. */
export const drawing = (width, height, content) =>
  `<svg class="drawing" viewBox="0 0 ${width} ${height}" aria-hidden="true" focusable="false">${flat(content)}</svg>\n`;

/** The four corners of a viewfinder. */
export function corners(kinds, x, y, width, height, arm = 8) {
  const [right, bottom] = [x + width, y + height];
  return path(kinds, [
    `M${x} ${y + arm}v${3 - arm}q0-3 3-3h${arm - 3}`,
    `M${right - arm} ${y}h${arm - 3}q3 0 3 3v${arm - 3}`,
    `M${right} ${bottom - arm}v${arm - 3}q0 3-3 3h${3 - arm}`,
    `M${x + arm} ${bottom}h${3 - arm}q-3 0-3-3v${3 - arm}`,
  ].join(""));
}

/** The verdict on a photo: a tick or a cross, told by form and not by colour alone. */
export const good = (x, y) => circle("fa", x, y, 8) + path("a", `m${x - 3.5} ${y + 0.3} 2.6 2.7 4.6-5.4`);
export const bad = (x, y) =>
  circle("fl", x, y, 8) + path("l", `m${x - 2.8} ${y - 2.8} 5.6 5.6m0-5.6-5.6 5.6`);

const HEAD = "M-5.4 6.2C-5.4 1.8-2.9-.2 0-.2s5.4 2 5.4 6.4c0 4.6-2.2 8-5.4 8s-5.4-3.4-5.4-8Z";
const HAIR = `M-5.7 8.5C-7.6 1-3.4-2.2.2-2.2
  c4.2 0 7.4 3 5.6 10.7-.5-3.2-1.6-4.7-3-5.7-1.7 1.5-5.5 1.9-6.6 1.9-1 .8-1.7 1.9-1.9 3.8Z`;
const LONG_HAIR = "M-5.6 6C-7 12-7.8 15-7.4 18.5q3 1.5 5.2-.5V13h4.4v5q2.2 2 5.2.5C7.8 15 7 12 5.6 6Z";
const FRINGE = "M-5.8 9C-7.4.5-3.4-2.2 0-2.2S7.4.5 5.8 9C5.4 5.5 3.5 3 .8 2-1.5 4.5-4.8 5.5-5.8 9Z";
const FACE = "M-2.2 6.6v.5M2.2 6.6v.5M-1.8 10.2q1.8 1.3 3.6 0";
const ARMS = `M-13.8 31.5-15.4 43l-.6 8.5q-.3 3.5 1.3 3.5t2-3.3l1.9-9 .8-8M13.8 31.5 15.4 43l.6 8.5
  q.3 3.5-1.3 3.5t-2-3.3l-1.9-9-.8-8`;
const TEE = `M-3.8 16.6c-4 1-6.8 1.7-8 3.6-1.6 2.6-2.7 7.5-3.2 11.6l5 .9.9-4.7.2 19.5h17.8L9.1 28l.9 4.7 5-.9
  c-.5-4.1-1.6-9-3.2-11.6-1.2-1.9-4-2.6-8-3.6q-3.8 3.4-7.6 0Z`;
const TROUSERS = "M-8.9 47.5c-.8 6-1.2 11-1 17l1.6 29h5.6L-.4 61h.8l2.3 32.5h5.6l1.6-29c.2-6-.2-11-1-17Z";
const SHOES = `M-8.4 93.5c-.8 2.5-2.3 3-2.3 4.7 0 .9.6 1.3 1.5 1.3h4.7c1.3 0 1.8-.7 1.8-1.8v-4.2M8.4 93.5
  c.8 2.5 2.3 3 2.3 4.7 0 .9-.6 1.3-1.5 1.3H4.5c-1.3 0-1.8-.7-1.8-1.8v-4.2`;
const NECK = "M-2.2 13.5v3.2q2.2 2 4.4 0v-3.2";
const DRESS = `M-4.5 16.8c-2.3.6-4.5 1.4-5.3 3.2l2.5 9.5c.4 3.5-.4 6.5-1.2 9.5L-14.5 72q14.5 4 29 0L8.5 39
  c-.8-3-1.6-6-1.2-9.5l2.5-9.5c-.8-1.8-3-2.6-5.3-3.2q-4.5 5.5-9 0Z`;
const BARE_ARMS = `M-9.8 20c-2 2.5-3 7-3.6 12l-1.5 12-.6 8q-.2 3 1.1 3t1.9-3l1.7-8.5 1.7-11M9.8 20
  c2 2.5 3 7 3.6 12l1.5 12 .6 8q.2 3-1.1 3t-1.9-3l-1.7-8.5-1.7-11`;
const BARE_LEGS = "M-8 73.5l.7 20M-2 74.5l-.7 19M8 73.5l-.7 20M2 74.5l.7 19";

const head = (face, hair = HAIR) => path("f", HEAD) + path("l", HEAD) + path("fl", hair) + (face
  ? path("l", FACE) : "");

/** Somebody in T-shirt and trousers, 100 high from (0, 0) at the crown; `top` and `bottom` are how the clothes look. */
export const person = ({ top = "fa", bottom = "fl", face = true, long = false } = {}) =>
  (long ? path("fl", LONG_HAIR) : "") + path("l", NECK) + path("l", ARMS) + path("l", SHOES) +
    path(bottom, TROUSERS) + path(top, TEE) +
  head(face, long ? FRINGE : HAIR);

/** Somebody in a dress, of the same size. */
export const dressed = ({ dress = "fa", face = true } = {}) =>
  path("fl", LONG_HAIR) + path("l", NECK) + path("l", BARE_ARMS) + path("l", BARE_LEGS) + path("l", SHOES) +
  path(dress, DRESS) + head(face, FRINGE);

/** Garments alone, about 40 wide around (0, 0). */
export const TOP_ALONE = `M-6-17c-4 1.2-8.6 2.5-10.5 4.6L-21-1l7.5 3 3-5.5V18h21V-3.5l3 5.5L21-1l-4.5-11.4
  C14.6-14.5 10-15.8 6-17q-6 6-12 0Z`;
export const TROUSERS_ALONE = "M-9.5-19h19l3 38h-9L0-5l-3.5 24h-9Z";
