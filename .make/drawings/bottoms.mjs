// Trousers, skirts, dresses, shoes and what goes with them, laid flat.
import { both, laid } from "./alone.mjs";
import { curve, dark, even, fill, flipped, fold, light, mirrored, mix, oval, place, shape, stitch,
  stroke } from "./pen.mjs";

function wideTrousers() {
  const colour = "#8b8468";
  const tone = dark(colour, 0.2);
  const right = [[112, -400, 1], [146, -250], [168, -90], [196, 400, 1], [26, 406, 1], [10, -70], [0, -112, 1]];
  const creases = both((way) => stroke(`M${way * 66} -330Q${way * 92} 0 ${way * 108} 402`, tone, 2.6) +
    fill(fold(way * 62, -352, way * 64, -260, way * 78, -190, 9) +
    fold(way * 88, -352, way * 98, -270, way * 108, -220, 7), tone) +
    fill(fold(way * 8, -96, way * 50, -86, way * 96, -116, 10) +
      fold(way * 30, 20, way * 62, 160, way * 56, 396, 14) +
      fold(way * 150, 60, way * 150, 200, way * 166, 396, -12), tone, 0.7));
  const pockets = both((way) => stroke(`M${way * 122} -352Q${way * 128} -270 ${way * 152} -232`, tone, 3) +
    stitch(`M${way * 115} -352Q${way * 120} -268 ${way * 146} -226`, dark(colour, 0.34), 1.8));
  const fly = stroke("M0-352V-112", tone, 2.6) + stitch("M16-352V-210Q14-180 2-170", dark(colour, 0.34), 1.8);
  const hems = both((way) => stroke(`M${way * 20} 378H${way * 210}`, tone, 2));
  const waist = fill("M-200-410H200V-352H-200Z", light(colour, 0.08)) + stroke("M-200-352H200", tone, 2.6);
  const loops = [-86, -40, 40, 86].map((x) => fill(`M${x - 5}-404h10v56h-10Z`, dark(colour, 0.12))).join("");
  const body = shape(curve([...right, ...mirrored(right.slice(0, -1))]), colour, { band: 15, tone, glow: 5,
    on: creases + pockets + fly + hems + waist + loops });
  return laid("#e9e4da", body + `<circle cx="0" cy="-378" r="9" fill="#5d4a35"/>`);
}

function pleatedSkirt() {
  const colour = "#b8574a";
  const tone = dark(colour, 0.2);
  const pleat = (index) => {
    const [from, to] = [-104 + index * 20.8, -104 + (index + 0.5) * 20.8];
    const wide = (x) => x * 2.42;
    return fill(`M${from}-282Q${wide(from) * 0.8} 20 ${wide(from)} 330L${wide(to)} 330Q${wide(to) * 0.8} 20 ${to}-282Z`, tone, 0.75) +
      stroke(`M${from}-282Q${wide(from) * 0.8} 20 ${wide(from)} 330`, dark(colour, 0.34), 1.6) +
        stroke(`M${to}-282Q${wide(to) * 0.8} 20 ${wide(to)} 330`, light(colour, 0.16), 2);
  };
  const right = [[104, -282, 1], [136, -180], [200, 80], [254, 300, 1]];
  const hem = Array.from({ length: 11 }, (_, index) => [254 - (index + 0.5) * 46.2, 306 + (index % 2 ? 2 : 12)]);
  const body = shape(curve([...right, ...hem, ...mirrored(right)]), colour, { band: 16, tone: dark(colour, 0.26),
    on: Array.from({ length: 10 }, (_, index) => pleat(index)).join("") });
  const waist = shape(curve([[-106, -330, 1], [0, -322], [106, -330, 1], [107, -278, 1], [0, -270], [-107, -278,
    1]]), dark(colour, 0.1), { band: 7, on: stitch("M-106-322Q0-314 106-322M-107-286Q0-278 107-286", light(colour,
    0.2), 1.8) });
  return laid("#ece6dd", place(0, 8, body + waist));
}

const BLOSSOMS = [[-60, -180], [40, -230], [-110, -40], [10, -120], [84, -150], [-20, 20], [90, 0], [-150, 130],
  [-60, 130], [40, 110], [140, 130], [-200, 260], [-110, 240],
  [-10, 220], [90, 230], [190, 250], [-160, 350], [-50, 330], [50, 340], [150, 350], [-90, -270], [100, -280], [-180,
    190], [0, -300], [0, 290], [-230, 340], [230, 350]];

function blossom([x, y], index) {
  const petals = [0, 72, 144, 216, 288].map((turn) =>
    `<ellipse cx="0" cy="-7" rx="4.6" ry="6.5" transform="rotate(${turn})" fill="${index % 3 ? "#fdf7ea" : "#e2936f"}"/>`).join("");
  const leaf = fill("M8 6q10-2 14 8-11 2-14-8Z", "#3f6a54");
  return place(x, y, petals + `<circle r="3.2" fill="#c98a3c"/>${leaf}`, 1.1, index * 37);
}

function summerDress() {
  const colour = "#e3b95f";
  const tone = dark(colour, 0.17);
  const right = [[58, -388, 1], [112, -366, 1], [124, -236, 1], [104, -110, 1], [150, 60], [246, 372, 1]];
  const hem = [[124, 394], [0, 388], [-124, 394]];
  const body = curve([[0, -296], [30, -318], ...right, ...hem, ...mirrored(right), [-30, -318]]);
  const folds = fill([-88, -44, 6, 50, 92].map((x) =>
  fold(x, -106, x * 1.5, 100, x * 2.2, 388, x < 0 ? 13 : -13)).join(""), tone, 0.8);
  const tier = stroke("M-200 196Q0 218 200 196", tone, 3) + fill(Array.from({ length: 13 }, (_, index) =>
    fold(-192 + index * 32, 204, -194 + index * 33, 230, -198 + index * 33.5, 260, 5)).join(""), tone);
  const trunk = shape(body, colour, { band: 15, tone, on: folds + BLOSSOMS.map(blossom).join("") + tier });
  const belt = shape(curve([[-106, -124, 1], [0, -116], [106, -124, 1], [107, -94, 1], [0, -86], [-107, -94, 1]]),
    dark(colour, 0.12), { band: 5 }) +
    shape(curve([[-4, -108, 1], [-58, -76], [-72, -20, 1], [-48, -26, 1], [-20, -78]]), dark(colour, 0.14),
      { band: 4 }) + shape(curve([[4, -108, 1], [42, -70], [40, 0, 1], [18, -16, 1], [0, -80]]), dark(colour, 0.14),
      { band: 4 }) +
    shape(curve([[-16, -118], [14, -118], [16, -94], [-14, -92]]), dark(colour, 0.2), { band: 4 });
  const puff = (way) => shape(curve([[way * 96, -374, 1], [way * 168, -372], [way * 206, -300], [way * 188, -240, 1],
    [way * 118, -256, 1]]), colour, { band: 10, tone,
    on: fill([0, 1, 2].map((index) =>
      fold(way * (132 + index * 20), -244, way * (134 + index * 20), -280, way * (120 + index * 18), -330,
      6)).join(""), tone) + blossom([way * 158, -316], 4) + blossom([way * 176, -268], 6) });
  const back = fill("M-58-388Q0-404 58-388L30-318Q0-290-30-318Z", dark(colour, 0.34));
  return laid("#e2e7e3", back + both(puff) + trunk + belt);
}

function eveningDress() {
  const colour = "#1f5a45";
  const tone = dark(colour, 0.3);
  const sheen = light(colour, 0.22);
  const right = [[70, -320, 1], [104, -262, 1], [84, -130], [110, -20], [118, 120], [156, 402, 1]];
  const body = curve([[0, -262], [40, -286], ...right, [60, 414], [-60, 414], ...mirrored(right), [-40, -286]]);
  const cowl = stroke(`
    M-62-304Q0-214 62-304M-78-290Q-4-176 80-286M-90-270Q-10-140 92-262`, tone, 4) + stroke("M-66-294Q-2-206 60-292", sheen, 3);
  const satin = fill(fold(-40, -120, -66, 100, -96, 400, 24) + fold(10, -60, 30, 160, 6, 410, 26), sheen, 0.75) +
    fill(fold(-84, -110, -30, -84, 30, -96, 15) + fold(78, -40, 34, 120, 64, 408, -22) +
      fold(-100, 60, -110, 220, -132, 400, 13) + fold(84, -140, 40, -110, -10, -120, 10), tone);
  const slit = stroke("M84 150Q92 280 104 410", dark(colour, 0.5), 4) + fill(fold(86, 160, 84, 300, 96, 410, 24), tone);
  const straps = both((way) => stroke(`M${way * 68} -316Q${way * 60} -376 ${way * 40} -408`, dark(colour, 0.15),
    6)) + stroke("M-40-408Q0-420 40-408", dark(colour, 0.3), 5);
  const back = fill("M-70-316Q0-270 70-316L60-250H-60Z", dark(colour, 0.5));
  return laid("#ece3db", straps + back + shape(body, colour, { band: 14, tone, glow: 6, on: satin + cowl + slit }));
}

function sneaker() {
  const colour = "#f5f0e5";
  const tone = dark(colour, 0.13);
  const upper = curve([[-232, -36, 1], [-226, -110], [-204, -126, 1], [-150, -96], [-104, -132, 1], [-78, -140], [18,
    -66], [110, -34], [206, -12], [240, 40, 1], [240, 58, 1], [-232, 58, 1]]);
  const toe = fill("M130-26Q196 0 250 60H150Q170 10 130-26Z", light(colour, 0.4)) +
    stroke("M130-26Q170 10 152 60", tone, 3);
  const side = fill("M-60 56Q-40-40 10-66L40-48Q0-20-10 56Z", "#1f5a45") +
    fill("M-236-40Q-190-30-160-92L-202-128-240-100Z", "#1f5a45") + stitch("M-156 52Q-140-20-112-84", tone, 2);
  const eyelets = [0, 1, 2, 3, 4].map((index) => {
    const [x, y] = [-70 + index * 30, -118 + index * 21];
    return stroke(`M${x - 18} ${y + 22}L${x + 10} ${y - 8}`, "#ffffff", 9) +
      stroke(`M${x - 18} ${y + 25}L${x + 12} ${y - 5}`, tone, 2) +
      `<circle cx="${x - 18}" cy="${y + 22}" r="4" fill="#b9a58c"/>`;
  }).join("");
  const tongue = shape(curve([[-104, -128, 1], [-112, -166], [-74, -168], [-40, -120, 1]]), light(colour, 0.2),
    { band: 6, tone });
  const lining = fill("M-204-126Q-150-90-104-132L-108-120Q-150-76-206-112Z", "#1f5a45");
  const sole = shape(`
    M-240 46Q0 62 246 46 256 78 232 92-4 102-228 92-250 80-240 46Z`, "#fffaf0", { band: 10, on: stroke("M-240 66Q0 80 250 66", "#c96f4e", 4) + stitch("M-236 56Q0 70 246 56", tone, 2) });
  const bow = stroke("M-84-134q-40-34-54-10t50 14q30-36 50-14t-44 12", "#ffffff", 6) +
    stroke("M-84-130q-40-34-54-10t50 14q30-36 50-14t-44 12", tone, 1.6);
  return tongue + shape(upper, colour, { band: 12, tone, on: side + toe + fill(fold(40, -40, 70, -10, 60, 20, 10),
    tone) }) + lining + eyelets + bow + sole;
}

const sneakers = () => laid("#e6e2da", place(-24, -150, flipped(sneaker()), 1.06, -6) +
  place(24, 160, sneaker(), 1.12, 4));

function feltHat() {
  const colour = "#8a5640";
  const brim = "M-310 96C-250 34-150 66 0 66S250 34 310 96C262 168 130 186 0 186S-262 168-310 96Z";
  const crown = `M-168 110C-172-20-150-150-104-172c36-16 66 12 104 12s68-28 104-12
    C150-150 172-20 168 110 90 140-90 140-168 110Z`;
  const band = "M-170 50Q0 88 170 50L168 112Q0 154-168 112Z";
  const dent = fill(fold(-50, -156, -30, -80, -44, -10, 30), dark(colour, 0.2)) +
    fill("M-60-160Q0-120 60-160 30-80 0-76T-60-160Z", dark(colour, 0.14));
  const ribbon = shape(band, "#2f2a2b", { band: 8, on: stroke("M-170 62Q0 100 170 62", "#4b4445", 2) }) +
    shape("M112 66l44-14 4 56-44 14Z", "#3a3435", { band: 5 });
  const feather = shape("M136 88C150 10 176-40 214-64 214-10 190 50 146 92Z", "#1f5a45", { band: 8 }) +
    stroke("M138 92Q170 20 212-62", "#dfe9e0", 2);
  return laid("#eae4d9", place(0, -10, shape(brim, dark(colour, 0.06), { band: 12, glow: 5,
    on: fill("M-180 90Q0 150 180 90L190 130Q0 176-190 130Z", dark(colour, 0.3)) }) +
    shape(crown, colour, { band: 16, glow: 6, on: dent }) + feather + ribbon));
}

function handbag() {
  const colour = "#1f5a45";
  const thread = "#a9c4b4";
  const body = even([[0, -60], [180, -66], [214, -40], [236, 200], [214, 226], [0, 232]]);
  const flap = even([[0, -74], [190, -76], [216, -50], [204, 40], [120, 96], [0, 106]]);
  const handle = stroke("M-118-66C-120-250-70-290 0-290S120-250 118-66", dark(colour, 0.22), 26) +
    stroke("M-120-68C-122-252-72-293-2-293S114-256 114-72", light(colour, 0.12), 6) +
    both((way) => `<circle cx="${way * 118}" cy="-70" r="19" fill="none" stroke="#d6b06a" stroke-width="8"/>`);
  const clasp = shape(even([[0, 66], [34, 68], [34, 132], [0, 134]]), "#d6b06a", { band: 7 }) +
    oval(0, 100, 9, 13, "#a67f3d");
  const stitches = stitch(even([[0, -60], [180, -62], [202, -42], [191, 34], [114, 84], [0, 93]]), thread, 2.4) +
    stitch(`M-218 30
    Q-226 140-222 192-214 216-190 217 0 222 190 217 214 216 222 192 226 140 218 30`, thread, 2.4);
  return laid("#ece4d8", place(0, 22, handle + shape(body, colour, { band: 16, glow: 5,
    on: fill("M-240 60Q0 150 240 60L240 96Q0 170-240 96Z", dark(colour, 0.36)) }) +
    shape(flap, mix(colour, "#ffffff", 0.06), { band: 14, glow: 5 }) + stitches + clasp));
}

/** The pictures of this file by the names of the garments. */
export const BOTTOMS = {
  "wide-trousers": wideTrousers, "pleated-skirt": pleatedSkirt, "summer-dress": summerDress,
    "evening-dress": eveningDress, sneakers, "felt-hat": feltHat, handbag,
};
