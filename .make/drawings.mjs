// Writes every drawing of the site: `make drawings`. The files are committed, so nothing else needs this to run. The same
// drawing gives the same file, and what is no longer drawn is removed.
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { ICON, card, squareIcon } from "./drawings/brand.mjs";
import { jpeg, png, withDarkroom } from "./drawings/develop.mjs";
import { sprite } from "./drawings/icons.mjs";
import { LINES } from "./drawings/lines.mjs";
import { example } from "./drawings/people.mjs";
import { samples } from "./drawings/samples.mjs";
import { at, command, isMain, step } from "./step.mjs";

const KB = 1000;
const PERSON = { width: 768, height: 1024, bytes: 60 * KB };
const GARMENT = { width: 768, height: 1024, bytes: 45 * KB };
const SMALL = { width: 192, height: 256, bytes: 8 * KB };
const EXAMPLE = { width: 900, height: 1200, bytes: 70 * KB };
const EXAMPLE_SMALL = { width: 480, height: 640, bytes: 25 * KB };
const CARD = { width: 1200, height: 630, bytes: 90 * KB };

/** Part of an icon that its mark fills, where the system cuts the corners and where it may cut a circle. */
const TOUCH_SCALE = 1.02;
const MASKABLE_SCALE = 0.82;

/** Makes `folder` hold exactly these files. */
function fill(folder, files) {
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(folder)) if (!(name in files)) rmSync(`${folder}/${name}`);
  for (const [name, content] of Object.entries(files)) writeFileSync(`${folder}/${name}`, content);
}

const image = (name, content) => writeFileSync(at("public/img", name), content);

function drawLines() {
  image("icons.svg", sprite());
  fill(at("src/pages/drawings"), Object.fromEntries(Object.entries(LINES).map(([name, svg]) => [`${name}.svg`, svg])));
}

async function drawSamples(page) {
  const files = {};
  for (const [name, svg] of Object.entries(samples())) {
    files[`${name}.jpg`] = await jpeg(page, svg, name.startsWith("person-") ? PERSON : GARMENT);
    files[`${name}-small.jpg`] = await jpeg(page, svg, SMALL);
  }
  fill(at("public/img/samples"), files);
}

async function drawExample(page) {
  const pair = example();
  for (const [name, svg] of Object.entries(pair)) {
    image(`example-${name}.jpg`, await jpeg(page, svg, EXAMPLE));
    image(`example-${name}-480.jpg`, await jpeg(page, svg, EXAMPLE_SMALL));
  }
  image("card.jpg", await jpeg(page, card(pair), CARD));
}

async function drawIcons(page) {
  writeFileSync(at("public/favicon.svg"), ICON);
  image("icon.svg", ICON);
  for (const size of [192, 512]) image(`icon-${size}.png`, await png(page, ICON, size));
  image("icon-maskable-512.png", await png(page, squareIcon(MASKABLE_SCALE), 512));
  image("apple-touch-icon.png", await png(page, squareIcon(TOUCH_SCALE), 180));
}

async function drawings() {
  mkdirSync(at("public/img"), { recursive: true });
  await step("Draw the lines", () => drawLines());
  await withDarkroom(async (page) => {
    await step("Develop the samples", () => drawSamples(page));
    await step("Develop the example", () => drawExample(page));
    await step("Develop the icons", () => drawIcons(page));
  });
}

if (isMain(import.meta.url)) await command(drawings);
