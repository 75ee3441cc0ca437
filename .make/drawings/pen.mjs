// The hand that draws the pictures: smooth outlines, colours in two tones, seams and folds. The light comes from the upper
// left, so every shape has its darker tone along its right edges.

const round = (number) => Math.round(number * 10) / 10;
const at = ([x, y]) => `${round(x)} ${round(y)}`;

/** The direction in which the curve passes a point; a corner (third value 1) has none. */
function tangent(before, point, after) {
  if (point[2]) return [0, 0];
  const [x, y] = [after[0] - before[0], after[1] - before[1]];
  const length = Math.hypot(x, y) || 1;
  return [x / length, y / length];
}

/** A smooth curve through points `[x, y]`; `[x, y, 1]` is a corner. */
export function curve(points, closed = true) {
  const count = points.length;
  const near = (index) => points[closed ? (index + count) % count : Math.min(Math.max(index, 0), count - 1)];
  const tangents = points.map((point, index) => tangent(near(index - 1), point, near(index + 1)));
  let d = `M${at(points[0])}`;
  for (let index = 0; index < (closed ? count : count - 1); index++) {
    const [from, to] = [points[index], near(index + 1)];
    const reach = Math.hypot(to[0] - from[0], to[1] - from[1]) / 3;
    const [out, into] = [tangents[index], tangents[(index + 1) % count]];
    const first = [from[0] + out[0] * reach, from[1] + out[1] * reach];
    const second = [to[0] - into[0] * reach, to[1] - into[1] * reach];
    d += `C${at(first)} ${at(second)} ${at(to)}`;
  }
  return closed ? `${d}Z` : d;
}

/** The same points on the other side of the middle, in the order that continues the outline. */
export const mirrored = (points) => points.map(([x, y, corner]) => [-x, y, corner]).reverse();

/** A closed outline from its right half, given from top to bottom. */
export const even = (right) => curve([...right, ...mirrored(right.filter(([x]) => x !== 0))]);

/** Both edges of a limb along `[x, y, half width]`, the right one first where it hangs down. */
export function edges(spine) {
  return spine.map(([x, y, half], index) => {
    const before = spine[Math.max(index - 1, 0)];
    const after = spine[Math.min(index + 1, spine.length - 1)];
    const [dx, dy] = [after[0] - before[0], after[1] - before[1]];
    const length = Math.hypot(dx, dy) || 1;
    const [nx, ny] = [(dy / length) * half, (-dx / length) * half];
    return [[x + nx, y + ny], [x - nx, y - ny]];
  });
}

/** The outline of a limb or a sleeve; `cap` rounds its beginning. */
export function tube(spine, cap = 0) {
  const sides = edges(spine);
  const last = sides.length - 1;
  const corner = (index) => (index === last || (index === 0 && !cap) ? 1 : 0);
  const one = sides.map(([side], index) => [...side, corner(index)]);
  const other = sides.map(([, side], index) => [...side, corner(index)]).reverse();
  const [x, y] = spine[0];
  const [ax, ay] = spine[1];
  const length = Math.hypot(ax - x, ay - y) || 1;
  const top = cap ? [[x - ((ax - x) / length) * cap, y - ((ay - y) / length) * cap]] : [];
  return curve([...top, ...one, ...other]);
}

const channels = (hex) => [1, 3, 5].map((start) => parseInt(hex.slice(start, start + 2), 16));

/** A colour between two, `part` of the way to the second. */
export function mix(one, other, part) {
  const to = channels(other);
  const mixed = channels(one).map((value, index) => Math.round(value + (to[index] - value) * part));
  return `#${mixed.map((value) => value.toString(16).padStart(2, "0")).join("")}`;
}

const SHADOW = "#2c1a2e";
const SUN = "#fff3de";
export const dark = (colour, part = 0.16) => mix(colour, SHADOW, part);
export const light = (colour, part = 0.3) => mix(colour, SUN, part);

let clips = 0;
/** A new picture begins: names inside it are counted from one. */
export const freshSheet = () => void (clips = 0);

/** Shows `content` only inside an outline. */
export function within(d, content) {
  clips += 1;
  return `<clipPath id="clip${clips}"><path d="${d}"/></clipPath><g clip-path="url(#clip${clips})">${content}</g>`;
}

export const fill = (d, colour, opacity = 1) =>
  `<path d="${d}" fill="${colour}"${opacity < 1 ? ` opacity="${opacity}"` : ""}/>`;

export const stroke = (d, colour, width = 2, more = "") =>
  `<path d="${d}" fill="none" stroke="${colour}" stroke-width="${width}" stroke-linecap="round" stroke-linejoin="round" ${more}/>`;

export const stitch = (d, colour, width = 1.6) => stroke(d, colour, width, 'stroke-dasharray="5 3.5"');

export const oval = (x, y, rx, ry, colour, opacity = 1) =>
  `<ellipse cx="${round(x)}" cy="${round(y)}" rx="${round(rx)}" ry="${round(ry)}" fill="${colour}" opacity="${opacity}"/>`;

export const place = (x, y, content, scale = 1, turn = 0) =>
  `<g transform="translate(${round(x)} ${round(y)}) rotate(${turn}) scale(${scale})">${content}</g>`;

export const flipped = (content) => `<g transform="scale(-1 1)">${content}</g>`;

const EVERYTHING = "M-2000-2000H3000V3000H-2000Z";

/** What of an outline lies beyond its own copy, moved: the side away from the light. */
const rim = (d, colour, x, y) =>
  `<path transform="translate(${x} ${y})" fill-rule="evenodd" fill="${colour}" d="${EVERYTHING}${d}"/>`;

/** A shape in two tones with what is drawn `on` it. */
export function shape(d, colour, { band = 10, tone = dark(colour), glow = 0, on = "" } = {}) {
  const lit = glow ? rim(d, light(colour, 0.2), glow, glow * 0.4) : "";
  return fill(d, colour) + within(d, lit + rim(d, tone, -band, -band * 0.25) + on);
}

/** A fold in cloth: a thin leaf from one point to another, bent towards a third, `width` at its widest. */
export const fold = (x1, y1, bendX, bendY, x2, y2, width) =>
  `M${at([x1, y1])}Q${at([bendX, bendY])} ${at([x2, y2])}Q${at([bendX + width, bendY + width * 0.4])} ${at([x1, y1])}Z`;

export const line = (...points) => curve(points.map(([x, y]) => [x, y]), false);
