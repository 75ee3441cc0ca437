// Tops and outerwear, laid flat.
import { bandOf, both, button, cutTop, inside, laid, onSide, ribs, sleeveOf, trunkOf } from "./alone.mjs";
import { curve, dark, fill, fold, light, place, shape, stitch, stroke } from "./pen.mjs";

const soft = (c) => [
  fold(-c.chest + 4, c.armpit + 12, -c.chest * 0.6, c.armpit + 60, -c.chest * 0.45, c.armpit + 130, 15),
  fold(c.chest - 4, c.armpit + 12, c.chest * 0.5, c.armpit + 80, c.chest * 0.35, c.armpit + 150, -15),
  fold(-c.hem * 0.3, c.bottom - 6, -c.hem * 0.42, c.bottom - 90, -c.hem * 0.36, c.bottom - 160, 11),
  fold(c.hem * 0.5, c.bottom - 6, c.hem * 0.42, c.bottom - 80, c.hem * 0.55, c.bottom - 150, 9),
].join("");

const along = (s, way, content) => {
  const [x, y] = s.end;
  return place(x * way, y, content, 1, -s.angle * way);
};

/** Sleeves with what lies on them, `detail(way)`. */
const sleeves = (s, colour, detail = () => "") => both((way) =>
  shape(curve(onSide(way, s.points)), colour, { band: 13, on: along(s, way, fill(fold(20, -250, -6, -225, -40, -232,
    14) + fold(-38, -196, -4, -180, 30, -196, 9), dark(colour, 0.13))) + detail(way) }));

function sweater() {
  const colour = "#c8795a";
  const c = cutTop({ drop: 34, neck: 66, hem: 166 });
  const s = sleeveOf(c, { cuff: 36, puff: 6, length: 500 });
  const tone = dark(colour, 0.18);
  const cable = (x) => Array.from({ length: 15 }, (_, row) => {
    const y = -216 + row * 33;
    return `M${x - 13} ${y}q26 8 26 33M${x + 13} ${y}q-6 2-10 6M${x - 13} ${y + 33}q0-10 7-17`;
  }).join("");
  const cables = [-104, -35, 35, 104].map((x) => stroke(cable(x), tone, 3.4) +
    stroke(`M${x - 22} -260V${c.bottom}M${x + 22} -260V${c.bottom}`, dark(colour, 0.1), 2)).join("");
  const hem = `M-260 ${c.bottom - 44}H260V400H-260Z`;
  const trunk = shape(trunkOf(c), colour, { band: 15, glow: 5, on: cables + fill(soft(c), tone, 0.5) +
    fill(hem, light(colour, 0.06)) + ribs(-180, c.bottom - 42, 360, 60, tone, 8) });
  const cuffs = (way) => shape(bandOf(s, 0.9, 1.02, 43, way), light(colour, 0.06), { band: 8, on: along(s, way,
    ribs(-46, -44, 92, 60, tone, 8)) });
  const collar = curve([[-c.neck - 8, c.top - 8, 1], [0, c.top - 22], [c.neck + 8, c.top - 8, 1], [c.neck - 14,
    c.top + 22], [0, c.top + c.drop + 14], [-c.neck + 14, c.top + 22]]);
  const throat = curve([[-c.neck + 8, c.top - 6], [0, c.top - 14], [c.neck - 8, c.top - 6], [0, c.top + 16]]);
  const neck = shape(collar, light(colour, 0.06), { band: 8, on: ribs(-80, c.top - 24, 160, 90, tone, 8) }) +
    fill(throat, dark(colour, 0.35));
  return laid("#efe7dc", place(0, -10, sleeves(s, colour) + both(cuffs) + trunk + neck));
}

function stripedShirt() {
  const [white, navy] = ["#f6f1e6", "#33445f"];
  const c = cutTop({ neck: 82, drop: 30, slope: 30, hem: 170, bottom: 284 });
  const s = sleeveOf(c, { cuff: 38, length: 490 });
  const stripes = Array.from({ length: 15 }, (_, row) => fill(`M-300 ${-196 + row * 31}H300v13H-300Z`, navy)).join("");
  const rings = (way) => along(s, way, Array.from({ length: 15 }, (_, row) =>
    fill(`M-120 ${-22 - row * 30}H120v-12H-120Z`, navy)).join(""));
  const trunk = shape(trunkOf(c), white, { band: 15, on: stripes + fill(soft(c), dark(white, 0.2), 0.5) +
    stroke(`M-200 ${c.bottom - 12}H200`, dark(white, 0.25), 2) });
  const shade = fill(`M${c.hem - 16} -300h60v700h-60Z`, "#2c1a2e", 0.1);
  const rim = stroke(curve([[-c.neck, c.top], [-c.neck * 0.5, c.top + c.drop * 0.8], [0, c.top + c.drop],
    [c.neck * 0.5, c.top + c.drop * 0.8], [c.neck, c.top]], false), dark(white, 0.14), 9);
  return laid("#e3e6e2", place(0, 0, inside(c, white) + sleeves(s, white, rings) +
    trunk.replace("</g>", `${shade}</g>`) + rim));
}

function blouse() {
  const colour = "#fbf8f1";
  const tone = dark(colour, 0.13);
  const c = cutTop({ neck: 52, drop: 60, chest: 172, hem: 184, bottom: 320 });
  const s = sleeveOf(c, { cuff: 30, puff: 18, length: 490 });
  const gathers = (way) => along(s, way, fill([-30, -12, 6, 24].map((x) =>
    fold(x * 0.8, -30, x * 1.5, -70, x * 1.8, -130, 7)).join(""), tone));
  const cuffs = (way) => shape(bandOf(s, 0.91, 1.03, 33, way), light(colour, 0.3), { band: 8 }) +
    along(s, way, button(-10, -14, "#d9cdb8", 5));
  const placket = fill(`M-17 ${c.top + 30}H17V${c.bottom + 20}H-17Z`, light(colour, 0.5)) +
    stroke(`M-17 ${c.top + 30}V${c.bottom + 20}M17 ${c.top + 30}V${c.bottom + 20}`, tone, 2);
  const yoke = both((way) => stroke(`M${way * 150} ${c.top + 62}Q${way * 90} ${c.top + 84} ${way * 18} ${c.top + 86}`, tone, 2.2) +
    fill([50, 84, 116].map((x) => fold(way * x, c.top + 86, way * (x + 2), c.top + 150, way * (x - 4), c.top + 220,
      6)).join(""), tone));
  const trunk = shape(trunkOf(c), colour, { band: 14, tone, on: fill(soft(c), tone) + placket + yoke });
  const collar = both((way) => shape(curve([[way * 3, c.top + 50, 1], [way * 36, c.top + 8], [way * (c.neck + 2),
    c.top - 12, 1], [way * (c.neck + 40), c.top + 54, 1], [way * 44, c.top + 92, 1]]), light(colour, 0.5), { band: 7,
    tone }));
  const buttons = [0, 1, 2, 3, 4].map((row) => button(0, c.top + 130 + row * 94, "#d9cdb8", 7)).join("");
  return laid("#dde3dc", place(0, -14, inside(c, colour, 60) + sleeves(s, colour, gathers) + both(cuffs) +
    trunk + collar + buttons));
}

function hoodie() {
  const colour = "#6f8f7b";
  const tone = dark(colour, 0.2);
  const c = cutTop({ neck: 74, drop: 60, shoulder: 178, chest: 192, hem: 178, bottom: 312 });
  const s = sleeveOf(c, { cuff: 38, puff: 12, length: 495 });
  const cuffs = (way) => shape(bandOf(s, 0.89, 1.02, 42, way), dark(colour, 0.08), { band: 8, on: along(s, way,
    ribs(-46, -50, 92, 66, tone, 9)) });
  const pocket = curve([[-64, 122, 1], [64, 122, 1], [108, 212, 1], [108, 268, 1], [-108, 268, 1], [-108, 212, 1]]);
  const pouch = shape(pocket, light(colour, 0.06), { band: 6 }) +
    stitch("M-60 130-102 214M60 130l42 84", dark(colour, 0.3), 2);
  const hem = fill(`M-260 ${c.bottom - 40}H260V400H-260Z`, dark(colour, 0.08)) +
    ribs(-198, c.bottom - 38, 396, 60, tone, 9);
  const trunk = shape(trunkOf(c), colour, { band: 16, glow: 5, tone, on: fill(soft(c), tone, 0.7) + pouch + hem });
  const hood = shape(curve([[-98, c.top + 36, 1], [-116, c.top - 46], [-66, c.top - 112], [0, c.top - 126], [66,
    c.top - 112], [116, c.top - 46], [98, c.top + 36, 1], [0, c.top + 76, 1]]), colour, { band: 14, tone,
    on: stroke(`M0 ${c.top - 126}V${c.top - 60}`, tone, 2) });
  const opening = curve([[0, c.top + 74, 1], [-70, c.top + 20], [-72, c.top - 36], [0, c.top - 76], [72, c.top - 36],
    [70, c.top + 20]]);
  const lining = shape(opening, dark(colour, 0.4), { band: -14, tone: dark(colour, 0.52) }) +
    stitch(opening, light(colour, 0.1), 2);
  const strings = both((way) => stroke(`M${way * 26} ${c.top + 50}q${way * 6} 46 ${way * -2} 108`, "#efe7d8", 6) +
    stroke(`M${way * 24} ${c.top + 150}v12`, "#b99b6c", 7));
  return laid("#ece5da", place(0, 34, sleeves(s, colour) + both(cuffs) + trunk + hood + lining + strings));
}

function denimJacket() {
  const colour = "#5d7d9d";
  const tone = dark(colour, 0.2);
  const thread = "#d9a766";
  const c = cutTop({ neck: 66, drop: 30, hem: 162, bottom: 250 });
  const s = sleeveOf(c, { cuff: 41, length: 500 });
  const cuffs = (way) => shape(bandOf(s, 0.9, 1.02, 44, way), dark(colour, 0.06), { band: 9 }) +
    along(s, way, stitch("M-40-34H40", thread, 2) + button(way * -22, -16, "#c08a4e", 6));
  const seams = (way) => along(s, way, stitch("M6-40Q14-220 20-410", thread, 2));
  const flap = (way) => shape(curve([[way * 50, -150, 1], [way * 142, -150, 1], [way * 142, -126, 1], [way * 96,
    -106, 1], [way * 50, -126, 1]]), light(colour, 0.06), { band: 5 }) +
    stitch(`M${way * 54} ${-130}L${way * 96} ${-112} ${way * 138} ${-130}`, thread, 2) +
      button(way * 96, -122, "#c08a4e", 6) +
    stitch(`M${way * 56} -106L${way * 62} 206M${way * 136} -106L${way * 128} 206M${way * 96} -104V206`, thread, 2) +
      stroke(`M${way * 112} 130q${way * 10}-44 ${way * 26}-62`, tone, 4);
  const yoke = both((way) => stroke(`M${way * 18} -160H${way * 200}`, tone, 3) +
    stitch(`M${way * 18} -154H${way * 200}`, thread, 2));
  const middle = fill(`M-17 ${c.top}H17V${c.bottom + 20}H-17Z`, light(colour, 0.07)) +
    stitch(`M-13 ${c.top}V${c.bottom + 20}M13 ${c.top}V${c.bottom + 20}`, thread, 2) +
    stroke(`M17 ${c.top}V${c.bottom + 20}`, tone, 2.4);
  const waist = fill(`M-260 ${c.bottom - 42}H260V400H-260Z`, dark(colour, 0.07)) +
    stitch(`M-260 ${c.bottom - 37}H260M-260 ${c.bottom - 7}H260`, thread, 2) +
    stroke(`M-260 ${c.bottom - 42}H260`, tone, 2.5);
  const worn = [0.05, 0.04, 0.04].map((opacity, ring) =>
    `<ellipse cx="-84" cy="30" rx="${34 + ring * 26}" ry="${90 + ring * 50}" fill="#fff" opacity="${opacity}"/>`).join("");
  const trunk = shape(trunkOf(c), colour, { band: 14, tone, glow: 4, on: worn + fill(soft(c), tone, 0.45) +
  yoke + both(flap) + waist + middle });
  const collar = both((way) => shape(curve([[way * 2, c.top + 34, 1], [way * 30, c.top - 2], [way * (c.neck + 4),
    c.top - 16, 1], [way * (c.neck + 46), c.top + 42, 1], [way * 40, c.top + 84, 1]]), light(colour, 0.08),
    { band: 8, tone }) +
    stitch(`M${way * 8} ${c.top + 38}L${way * 41} ${c.top + 75} ${way * (c.neck + 37)} ${c.top + 40}`, thread, 2));
  const buttons = [0, 1, 2, 3].map((row) => button(0, c.top + 110 + row * 94, "#c08a4e", 8)).join("") +
    button(0, c.bottom - 20, "#c08a4e", 8);
  return laid("#eee6da", place(0, 4, inside(c, colour, 34) + sleeves(s, colour, seams) + both(cuffs) +
    trunk + collar + buttons));
}

const lapelled = (colour, tone, c) => both((way) =>
  shape(curve([[way * 6, c.top + 176, 1], [way * 30, c.top + 30], [way * 50, c.top - 12, 1], [way * 104, c.top + 58,
    1], [way * 92, c.top + 92, 1], [way * 116, c.top + 104, 1]]), light(colour, 0.14), { band: 8, tone }) +
  shape(curve([[way * 30, c.top + 20, 1], [way * 40, c.top - 30], [way * 62, c.top - 26, 1], [way * 116, c.top + 50,
    1], [way * 88, c.top + 82, 1]]), light(colour, 0.22), { band: 7, tone }));

function trenchCoat() {
  const colour = "#cba97c";
  const tone = dark(colour, 0.17);
  const seam = dark(colour, 0.32);
  const c = cutTop({ neck: 56, drop: 90, top: -400, chest: 164, armpit: -220, shoulder: 152, hem: 206, bottom: 400 });
  const s = sleeveOf(c, { cuff: 38, length: 500, angle: 13 });
  const strap = (way) => shape(bandOf(s, 0.84, 0.9, 47, way), dark(colour, 0.08), { band: 4 }) +
    along(s, way, button(way * 18, -56, "#6e4a33", 6));
  const waist = curve([[-176, -50, 1], [0, -44], [176, -50, 1], [178, -14, 1], [0, -8], [-178, -14, 1]]);
  const belt = shape(waist, dark(colour, 0.09), { band: 5, tone: seam }) +
    stitch("M-176-44Q0-38 176-44M-178-20Q0-14 178-20", light(colour, 0.2), 1.8);
  const buckle = `<rect x="-32" y="-56" width="44" height="56" rx="7" fill="none" stroke="#6e4a33" stroke-width="8"/>` + stroke("M-10-28h36", "#6e4a33", 5) +
    shape(curve([[12, -48, 1], [62, -40], [74, 40, 1], [44, 46, 1], [36, -8], [12, -12, 1]]), dark(colour, 0.12),
      { band: 6, tone: seam });
  const skirt = fill([-150, -96, 60, 120].map((x) =>
    fold(x * 0.86, 0, x, 180, x * 1.16, 402, x < 0 ? 15 : -15)).join(""), tone);
  const pockets = both((way) => shape(curve([[way * 84, 60, 1], [way * 106, 52, 1], [way * 136, 148, 1], [way * 114,
    156, 1]]), light(colour, 0.1), { band: 5, tone: seam }));
  const front = stroke("M40 -224Q44 100 50 404", seam, 2.6) + stitch("M30 -200Q34 100 40 404", seam, 1.8);
  const flap = shape(curve([[-150, c.top + 46, 1], [-24, c.top + 90, 1], [-30, -196, 1], [-100, -196], [-158, -216,
    1]]), light(colour, 0.07), { band: 8, tone });
  const trunk = shape(trunkOf(c), colour, { band: 16, tone, glow: 5, on: skirt + front + flap + pockets });
  const buttons = [-180, -112, 40, 130].map((y) => button(-46, y, "#6e4a33", 9) +
    (y < 200 ? button(92, y, "#6e4a33", 9) : "")).join("");
  const epaulet = both((way) => shape(curve([[way * 92, c.top + 22, 1], [way * 150, c.top + 34, 1], [way * 150,
    c.top + 54, 1], [way * 92, c.top + 42, 1]]), dark(colour, 0.08), { band: 4 }));
  return laid("#e4e5df", place(0, 6, inside(c, colour, 90) + sleeves(s, colour) + both(strap) +
    trunk + epaulet + lapelled(colour, tone, c) + buttons + belt + buckle));
}

/** The pictures of this file by the names of the garments. */
export const TOPS = { "knit-sweater": sweater, "striped-shirt": stripedShirt, "white-blouse": blouse, hoodie,
  "denim-jacket": denimJacket, "trench-coat": trenchCoat };
