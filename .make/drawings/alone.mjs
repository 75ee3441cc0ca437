// What the garments that lie alone have in common: the ground they lie on, their shadow, and how a top is cut.
import { curve, dark, fill, mirrored, mix, place, stroke } from "./pen.mjs";

/** A garment lying in the middle of a plain ground of this size. */
export function laid(ground, content, width = 768, height = 1024) {
  const middle = place(width / 2, height / 2, content);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}"><defs>` +
    `<radialGradient id="ground" cx=".4" cy=".35" r=".85"><stop offset="0" stop-color="${mix(ground, "#ffffff", 0.55)}"/>` +
    `<stop offset="1" stop-color="${ground}"/></radialGradient>` +
    `<filter id="lie" x="-20%" y="-20%" width="140%" height="140%"><feDropShadow dx="9" dy="13" stdDeviation="11" flood-color="#4a3526" flood-opacity=".3"/></filter>` +
    `</defs><rect width="${width}" height="${height}" fill="url(#ground)"/><g filter="url(#lie)">${middle}</g></svg>`;
}

export const both = (draw) => draw(-1) + draw(1);
export const onSide = (way, points) => points.map(([x, y, corner]) => [x * way, y, corner]);

const CUT = { neck: 62, drop: 46, shoulder: 168, top: -270, slope: 36, chest: 178, armpit: -80, hem: 174, bottom: 300 };

/** The measures of a top: half widths, and heights around the middle. */
export const cutTop = (own = {}) => ({ ...CUT, ...own });

/** The trunk of a top. */
export function trunkOf(c) {
  const right = [[c.neck, c.top, 1], [c.shoulder, c.top + c.slope, 1], [c.chest - 3,
    (c.top + c.slope + c.armpit) / 2 + 20], [c.chest, c.armpit, 1],
    [(c.chest + c.hem) / 2 - 3, (c.armpit + c.bottom) / 2], [c.hem, c.bottom, 1]];
  return curve([[0, c.top + c.drop], ...right, [0, c.bottom + 5], ...mirrored(right)]);
}

/** The right sleeve's outline and its end: where the cuff is, and how it is turned. */
export function sleeveOf(c, { length = 500, angle = 14, cuff = 40, puff = 0 } = {}) {
  const turn = (angle * Math.PI) / 180;
  const [ux, uy] = [Math.sin(turn), Math.cos(turn)];
  const end = [c.shoulder - 12 + ux * length, c.top + c.slope + uy * length];
  const along = (part, half) => [end[0] - ux * length * (1 - part) +
    uy * half, end[1] - uy * length * (1 - part) - ux * half];
  const points = [[c.shoulder - 16, c.top + c.slope - 5, 1], [c.shoulder + 22, c.top + c.slope + 18], [...along(0.55,
    56 + puff)], [...along(0.9, cuff + 6 + puff)],
    [...along(1, cuff), 1], [...along(1, -cuff), 1], [...along(0.9, -cuff - 5 - puff * 0.7)], [...along(0.5,
      -52 - puff * 0.4)], [c.chest - 10, c.armpit + 8, 1]];
  return { points, end, along, angle };
}

/** A cuff, or another band across a sleeve, from one part of its length to another. */
export function bandOf(sleeve, from, to, half, way) {
  const corner = (part, side) => [...sleeve.along(part, side), 1];
  return curve(onSide(way, [corner(from, half), corner(to, half), corner(to, -half), corner(from, -half)]));
}

/** Short ribs inside an outline, as of a knitted hem, `across` the way from (x, y). */
export const ribs = (x, y, width, height, colour, step = 9) =>
  stroke(Array.from({ length: Math.floor(width / step) }, (_, index) =>
    `M${x + (index + 0.5) * step} ${y}v${height}`).join(""), colour, 2);

/** A button with its four holes. */
export const button = (x, y, colour, radius = 8) => place(x, y, `<circle r="${radius}" fill="${colour}"/>` +
  `<circle r="${radius}" fill="none" stroke="${dark(colour, 0.3)}" stroke-width="1.6"/>` +
  [[-2, -2], [2, -2], [-2, 2], [2, 2]].map(([cx, cy]) =>
    `<circle cx="${cx}" cy="${cy}" r="1.1" fill="${dark(colour, 0.5)}"/>`).join(""));

/** The inside of the back at a neckline. */
export const inside = (c, colour, depth = 22) =>
  fill(curve([[-c.neck, c.top, 1], [0, c.top - 12], [c.neck, c.top, 1], [0, c.top + Math.max(c.drop, depth) +
    4]]), dark(colour, 0.3));
