// The looks of a picture as small scenes, 96 by 64.
import { circle, cut, dressed, drawing, ellipse, move, path, person, rect } from "./marks.mjs";

const scene = (content) => drawing(96, 64, cut(0, 0, 96, 64, content));
const ground = path("l", "M8 57h80");

const LEAVES = [
  `M20 57c0-12-1-20-4-28M19 44c-6 0-9-3-10-8 6 0 9 3 10 8ZM20 48c5-1 8-4 8-9-5 0-8 3-8 9ZM17.5 36
    c-5-1-8-4-8-8.5 5 .5 8 4 8 8.5ZM16.5 33c4-1 6-4 6-8-4 1-6 4-6 8Z`,
];
const SKYLINE = `M4 57V31h11v-8h12v34M69 57V19h13v9h10v29M8 36h3M8 42h3M19 29h4M19 35h4M73 25h4M73 31h4M73 37h4
  M86 34h2M86 40h2`;
const LAMP = "M38 57V18q0-5 5-5h3M44 13h6l1.5 3.5h-9Z";
const SOFTBOX = "M10 15l18-5 3 17-18 4ZM21 30l-4 27M12 57h11M21 42l-7 15";
const MOON = "M82 15.5A8.5 8.5 0 1 1 72.5 6a7 7 0 0 0 9.5 9.5Z";
const GARLAND = "M4 12q12 12 26 6t24-8";

const STYLE_SCENES = {
  natural: path("fl", "M52 8h32v36H52ZM68 8v36M52 26h32") + path("a", "M60 50l-7 7M72 50l-7 7M84 50l-7 7") +
    path("fa", LEAVES[0]) +
    ground + move(40, 12, 0.45, dressed({ dress: "fl" })),
  studio: path("f", "M36 6h46v38q0 8 8 13H28q8-5 8-13Z") + path("l", "M34 6h50M36 6v38q0 8-8 13M82 6v38q0 8 8 13") +
    path("fa", SOFTBOX) + move(59, 11, 0.45, person({ top: "fl" })),
  street: path("fl", SKYLINE) + path("a", LAMP) + ground + move(56, 12, 0.45, person({ top: "fa" })),
  editorial: rect("fl", 28, 3, 40, 58, 2) + path("l", "M34 10h28M34 54h9M34 57.5h14") +
    cut(29, 12, 38, 40, move(50, 16, 0.62, dressed())) +
    path("a", "M14 20v24M10 32h8M82 20v24M78 32h8"),
  evening: path("fa", MOON) + path("l", GARLAND) + circle("fa", 12, 19.5, 1.8) + circle("fa", 24, 21.5, 1.8) +
    circle("fa", 36, 17.5, 1.8) +
    path("l", "M62 57V40h14M62 40q7-9 14 0M69 57V40M76 57V40") + ellipse("f", 44, 57, 20, 2.5) +
    ground + move(44, 12, 0.45, dressed()),
};

export const STYLES = Object.fromEntries(Object.entries(STYLE_SCENES).map(([name, content]) =>
  [`style-${name}`, scene(content)]));
