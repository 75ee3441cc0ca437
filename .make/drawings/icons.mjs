// The interface's icons, 24 by 24, as one sprite. One line width and round ends; the colour is the text's.
import { flat } from "./marks.mjs";

const HANGER = "M12 10V8.4a2.2 2.2 0 1 0-2.2-2.2M12 10l9 6.4a1 1 0 0 1-.6 1.8H3.6a1 1 0 0 1-.6-1.8L12 10Z";
const CLOUD = "M7 18.5a4.2 4.2 0 0 1-.5-8.4 5.6 5.6 0 0 1 10.8-.6 4.5 4.5 0 0 1 .2 9H7Z";
const PIN = "M12 21s6.5-5.6 6.5-11.2a6.5 6.5 0 0 0-13 0C5.5 15.4 12 21 12 21Z";

const path = (...lines) => lines.map((d) => `<path d="${d}"/>`).join("");
const circle = (cx, cy, r) => `<circle cx="${cx}" cy="${cy}" r="${r}"/>`;
const rect = (x, y, width, height, rx) =>
  `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="${rx}"/>`;
const dot = (cx, cy, r = 1) => `<circle cx="${cx}" cy="${cy}" r="${r}" fill="currentColor" stroke="none"/>`;

/** What is inside each icon, by its name. */
export const ICONS = {
  camera: path(`M4.5 7.5h2.6l1.4-2.3a1 1 0 0 1 .9-.5h5.2a1 1 0 0 1 .9.5l1.4 2.3h2.6a1.5 1.5 0 0 1 1.5 1.5v9
    a1.5 1.5 0 0 1-1.5 1.5h-15A1.5 1.5 0 0 1 3 18V9a1.5 1.5 0 0 1 1.5-1.5Z`) + circle(12, 13.2, 3.6),
  upload: path("M12 15.5V4.5M7.5 9 12 4.5 16.5 9M4 15v3a2 2 0 0 0 2 2h12a2 2 0 0 0 2-2v-3"),
  plus: path("M12 5v14M5 12h14"),
  paste: path("M8.5 5H7a2 2 0 0 0-2 2v11.5a2 2 0 0 0 2 2h10a2 2 0 0 0 2-2V7a2 2 0 0 0-2-2h-1.5") +
    rect(8.5, 3.2, 7, 3.8, 1.2) + path("M9 12h6M9 16h4"),
  picture: rect(3.5, 4.5, 17, 15, 2) + circle(8.7, 9.5, 1.5) + path("m4 17 4.6-4.2 3.2 2.9 4.2-4.4 4.5 4.5"),
  trash: path(`M4.5 6.5h15M9.5 6.5v-2h5v2M6.5 6.5l.7 12.1a1.5 1.5 0 0 0 1.5 1.4h6.6a1.5 1.5 0 0 0 1.5-1.4l.7-12.1
    M10.2 10.5v5.5M13.8 10.5v5.5`),
  "arrow-left": path("M19.5 12h-15M10.5 5.5 4 12l6.5 6.5"),
  "arrow-right": path("M4.5 12h15M13.5 5.5 20 12l-6.5 6.5"),
  again: path("M19.5 12a7.5 7.5 0 1 1-2.2-5.3l2.2 2.2M19.5 4.2v4.7h-4.7"),
  download: path("M12 4.5v11M7.5 11 12 15.5 16.5 11M4 15.5V18a2 2 0 0 0 2 2h12a2 2 0 0 0 2-2v-2.5"),
  share: circle(6.2, 12, 2.4) + circle(17.3, 5.7, 2.4) + circle(17.3, 18.3, 2.4) +
    path("m8.3 10.8 6.9-3.9M8.3 13.2l6.9 3.9"),
  "zoom-in": circle(10.8, 10.8, 6.3) + path("m15.5 15.5 4.5 4.5M10.8 8.2v5.2M8.2 10.8h5.2"),
  eye: path("M2.8 12S6.3 5.8 12 5.8 21.2 12 21.2 12 17.7 18.2 12 18.2 2.8 12 2.8 12Z") + circle(12, 12, 2.9),
  person: circle(12, 7.8, 3.8) + path("M4.8 20a7.2 6.2 0 0 1 14.4 0"),
  hanger: path(HANGER),
  bell: path(`M12 3.8a5.7 5.7 0 0 0-5.7 5.7c0 4.8-1.8 6.8-1.8 6.8h15s-1.8-2-1.8-6.8A5.7 5.7 0 0 0 12 3.8ZM10 19.5
    a2.2 2.2 0 0 0 4 0`),
  flag: path(`M5.5 20.5v-16s1.8-1 4-1c3 0 4.5 2 7.5 2 1.3 0 2.3-.4 2.3-.4v9.2s-1 .5-2.6.5
    c-3 0-4.2-2-7.2-2-2.2 0-4 1-4 1`),
  link: path(`M10 14a4 4 0 0 0 5.7 0l3.2-3.2a4 4 0 0 0-5.7-5.7l-1.5 1.5M14 10a4 4 0 0 0-5.7 0l-3.2 3.2
    a4 4 0 0 0 5.7 5.7l1.5-1.5`),
  check: path("m4.8 12.5 4.7 4.7L19.2 7"),
  close: path("m6 6 12 12M18 6 6 18"),
  sun: circle(12, 12, 3.8) + path(`M12 3v1.8M12 19.2V21M3 12h1.8M19.2 12H21M5.6 5.6l1.3 1.3M17.1 17.1l1.3 1.3
    M5.6 18.4l1.3-1.3M17.1 6.9l1.3-1.3`),
  moon: path("M20 14.3A8.3 8.3 0 1 1 9.7 4a6.7 6.7 0 0 0 10.3 10.3Z"),
  half: circle(12, 12, 8) + `<path d="M12 4a8 8 0 0 1 0 16Z" fill="currentColor"/>`,
  globe: circle(12, 12, 8.5) + path(`M3.5 12h17M12 3.5c2.4 2.3 3.6 5.2 3.6 8.5S14.4 18.2 12 20.5
    C9.6 18.2 8.4 15.3 8.4 12S9.6 5.8 12 3.5Z`),
  menu: path("M4 7h16M4 12h16M4 17h16"),
  offline: path(CLOUD, "M4 4l16.5 16.5"),
  lock: rect(5, 10.5, 14, 9.5, 2) + path("M8 10.5V8a4 4 0 0 1 8 0v2.5") + dot(12, 15.2, 1.2),
  clock: circle(12, 12, 8.5) + path("M12 7v5.3l3.5 2"),
  "location-off": path(PIN, "M4 3.5l16.5 17") + circle(12, 9.8, 2.3),
  info: circle(12, 12, 8.5) + path("M12 11v5.2") + dot(12, 7.8, 1.1),
  warning: path("M12 4.2 2.9 19.5h18.2L12 4.2ZM12 10v4.6") + dot(12, 17, 1),
  up: path("m6 14.5 6-6 6 6"),
  down: path("m6 9.5 6 6 6-6"),
  expand: path("M14.5 4.5h5v5M9.5 19.5h-5v-5M19.5 4.5l-6 6M4.5 19.5l6-6"),
  phone: rect(7, 3, 10, 18, 2.2) + path("M11 18h2"),
  mail: rect(3.5, 5.5, 17, 13, 2) + path("m4.2 7 7.8 6 7.8-6"),
  compare: rect(3.5, 5, 17, 14, 2) + path("M12 3v18M8.7 9.8 6.5 12l2.2 2.2M15.3 9.8 17.5 12l-2.2 2.2"),
};

const PEN = 'fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round"';


/** The sprite: `<use href="/img/icons.svg#icon-camera"/>`. */
export function sprite() {
  const symbol = ([name, content]) =>
    `<symbol id="icon-${name}" viewBox="0 0 24 24"><g ${PEN}>${flat(content)}</g></symbol>`;
  return `<svg xmlns="http://www.w3.org/2000/svg">\n${Object.entries(ICONS).map(symbol).join("\n")}\n</svg>\n`;
}
