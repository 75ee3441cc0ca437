// The people of the samples: different bodies, ages, skins and hair, all in plain base clothes.
import { GROUND, arms, hands, legs, measure, neck } from "./body.mjs";
import { seated } from "./chair.mjs";
import { hairBehind, head } from "./head.mjs";
import { freshSheet, mix, place } from "./pen.mjs";
import { boots, dress, hat, tee, trainers, trench, trousers } from "./wear.mjs";

/** The tones of a skin from its middle one. */
const skin = (base, red = "#b5523f") => ({
  base, shade: mix(base, red, 0.27), blush: mix(base, "#d4574d", 0.45), line: mix(mix(base, red, 0.5), "#2c1a2e", 0.25),
});

const SKINS = { porcelain: skin("#f1cdb4"), sand: skin("#e6b892"), olive: skin("#d29c72"), amber: skin("#b87d52"),
  umber: skin("#87553a", "#5a2620"), ebony: skin("#653f30", "#38140f") };

/** A soft studio: wall, floor and a pool of light. */
export function studio(wall, content, width = 768, height = 1024) {
  const floor = mix(wall, "#b9a58c", 0.24);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}"><defs>` +
    `<radialGradient id="wall" cx=".42" cy=".34" r=".85"><stop offset="0" stop-color="${mix(wall, "#ffffff", 0.5)}"/><stop offset="1" stop-color="${wall}"/></radialGradient>` +
    `<linearGradient id="floor" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="${floor}" stop-opacity="0"/><stop offset=".4" stop-color="${floor}"/>` +
    `<stop offset="1" stop-color="${mix(floor, "#ffffff", 0.2)}"/></linearGradient>` +
    `<filter id="soft" x="-50%" y="-50%" width="200%" height="200%"><feGaussianBlur stdDeviation="13"/></filter></defs>` +
    `<rect width="${width}" height="${height}" fill="url(#wall)"/><rect y="${height * 0.83}" width="${width}" height="${height * 0.17}" fill="url(#floor)"/>${content}</svg>`;
}

const shadow = (x, y, rx) =>
  `<g filter="url(#soft)"><ellipse cx="${x + 24}" cy="${y}" rx="${rx}" ry="15" fill="#5d4630" opacity=".34"/></g>` +
  `<ellipse cx="${x + 4}" cy="${y + 1}" rx="${rx * 0.62}" ry="7" fill="#4a3526" opacity=".32"/>`;

/** Head and neck at their place; what is worn on the head comes along with its tilt. */
function top(b, look, tones, worn = "") {
  const height = b.unit * b.head;
  return place(0, b.y.chin, place(0, 0, head(look, tones, height) + worn, 1, 0));
}

const back = (b, look) => place(0, b.y.chin, hairBehind(look, b.unit * b.head));

/** Somebody standing, in a T-shirt and what covers the legs. */
function standing({ kind, measures, tones, look, wall, shirt, bottom, cut, jeans, shoes }) {
  freshSheet();
  const b = measure(kind, measures);
  const from = cut === "shorts" ? b.y.knee - 60 : b.y.calf;
  const body = back(b, look) + legs(b, tones, from) + trainers(b, ...shoes) + arms(b, tones) +
    trousers(b, bottom, cut, { jeans, seams: jeans ? "#d9a766" : undefined }) + neck(b, tones) +
    tee(b, shirt) + top(b, look, tones);
  return studio(wall, shadow(384, GROUND - 3, b.hip + 44) + place(384, 0, body));
}

const PEOPLE = {
  "person-1": {
    kind: "woman", measures: { height: 880 }, tones: SKINS.sand, wall: "#e9e2d5", shirt: "#f8f4ec",
      bottom: "#6783a3", cut: "straight", jeans: true, shoes: ["#f4efe6"],
    look: { hair: "waves", colour: "#4a2f27", brow: "#4a2f27", lash: 2.1, lip: "#b9594f", jaw: -2 },
  },
  "person-2": {
    kind: "man", measures: { height: 905, shoulder: 116, chest: 90, waist: 82, hip: 82, thigh: 43, arm: 24,
      elbow: 19, neck: 31 }, tones: SKINS.umber, wall: "#e4e3d8",
    shirt: "#b9c4b4", bottom: "#39465c", cut: "straight", shoes: ["#efe9de"], look: { hair: "fade",
      colour: "#1d1718", brow: "#1d1718", beard: "#261c1b", jaw: 3, browWidth: 3.2 },
  },
  "person-3": {
    kind: "woman", measures: { height: 868, shoulder: 107, chest: 93, waist: 92, hip: 113, thigh: 57, knee: 34,
      calf: 33, ankle: 17, arm: 25, elbow: 20, forearm: 18, wrist: 11, neck: 24, stance: 46, head: 1 },
    tones: SKINS.porcelain, wall: "#ece0d6", shirt: "#7d9c86", bottom: "#33343b", cut: "slim", shoes: ["#e7c9b9"],
    look: { hair: "curls", colour: "#a4532f", brow: "#8c4527", lash: 2.1, lip: "#c0584f", jaw: 4, ring: "#d6a24a" },
  },
  "person-4": {
    kind: "man", measures: { heads: 7.9, height: 932, shoulder: 98, chest: 70, waist: 60, hip: 66, thigh: 33,
      knee: 23, calf: 24, ankle: 14, arm: 17, elbow: 14, forearm: 14, wrist: 10, neck: 23 },
    tones: SKINS.olive, wall: "#dfe4e2", shirt: "#fbf8f1", bottom: "#c3a885", cut: "shorts", shoes: ["#4b5a52"],
      look: { hair: "quiff", colour: "#211b20", brow: "#211b20", jaw: 1, browWidth: 3 },
  },
  "person-5": {
    kind: "woman", measures: { heads: 7.2, height: 842, shoulder: 92, chest: 73, waist: 69, hip: 84, thigh: 41,
      knee: 25, arm: 18, head: 1.04 }, tones: SKINS.amber, wall: "#e6e0e0", shirt: "#8fa3b8",
    bottom: "#efe6d6", cut: "straight", shoes: ["#8a5d45"], look: { hair: "silver", colour: "#c9c6c4",
      brow: "#99928e", lines: true, glasses: "#4c3a33", lip: "#9c4a44", lash: 1.7, jaw: 1 },
  },
};

const SEATED = {
  measures: { shoulder: 98, chest: 78, waist: 68, hip: 92, arm: 21, elbow: 17, forearm: 16, wrist: 11, neck: 24,
    head: 0.98 }, tones: SKINS.ebony, shirt: "#d6a24a",
  bottom: "#4f6a86", footwear: "#c46f4e", look: { hair: "afro", colour: "#241a1c", brow: "#1c1416", lash: 2.1,
    lip: "#8d3f3c", jaw: -1, ring: "#d6a24a" },
};

const sitting = () => studio("#e3e5dc", shadow(384, GROUND - 3, 236) + place(384, 0, seated(SEATED)));

/** The picture of each person. */
export const people = () => ({
  ...Object.fromEntries(Object.entries(PEOPLE).map(([name, look]) => [name, standing(look)])),
  "person-6": sitting(),
});

const SHE = {
  measures: { height: 880 }, tones: SKINS.amber, wall: "#e8e3d8", look: { hair: "bob", colour: "#2c2022",
    brow: "#2c2022", lash: 2.1, lip: "#a44c45", jaw: -2, ring: "#d6a24a" },
};

/** The same figure in the same light, before and after: only the clothes differ. */
export function example() {
  const b = measure("woman", SHE.measures);
  const { tones, look } = SHE;
  const scene = (below, clothes) =>
    studio(SHE.wall, shadow(384, GROUND - 3, b.hip + 44) + place(384, 0, back(b, look) + legs(b, tones, below) +
      clothes));
  freshSheet();
  const before = scene(b.y.calf, trainers(b, "#f4efe6") + arms(b, tones) +
    trousers(b, "#6783a3", "straight", { jeans: true, seams: "#d9a766" }) + neck(b, tones) + tee(b, "#f8f4ec") +
      top(b, look, tones));
  freshSheet();
  const after = scene(b.y.knee, boots(b, "#5b3a2e") + hands(b, tones) + neck(b, tones) + dress(b, "#1f5a45") +
    trench(b, "#c9a678") +
    top(b, look, tones, hat("#7a4a35", b.unit * b.head)));
  return { before, after };
}
