// The pages that the site builder made, as a visitor addresses them: whoever judges all pages walks these, so that a
// new page and a new language are judged without another word.
import { createHash } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import { join, relative } from "node:path";
import { gzipSync } from "node:zlib";
import { ROOT } from "../workerd/harness.mjs";

/** The content types of example pictures: photos, which no budget of bytes counts; drawings (SVG) are counted. */
export const EXAMPLE_PICTURE = /^image\/(jpeg|png|webp|avif)\b/;

export const SITE = join(ROOT, "build/site");

const files = (ending) =>
  readdirSync(SITE, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && ending.test(entry.name))
    .map((entry) => relative(SITE, join(entry.parentPath ?? entry.path, entry.name)));

/** The addresses of all static pages, the start page first; the one that goes with every 404 is not among them. */
export function staticPages() {
  const paths = files(/\.html$/).filter((file) => !/(^|\/)404\.html$/.test(file)).map(addressOf);
  if (!paths.includes("/")) throw new Error("There is no start page in build/site: make build");
  return paths.sort();
}

// `html_handling = "auto-trailing-slash"`: an index at its folder, any other page without its ending.
const addressOf = (file) => `/${file.replace(/(^|\/)index\.html$/, "$1").replace(/\.html$/, "")}`;

/** Every script of the site once, at however many addresses it is: its path and its size when gzipped. */
export function siteScripts() {
  const found = new Map();
  for (const path of files(/\.m?js$/)) {
    const bytes = readFileSync(join(SITE, path));
    found.set(createHash("sha256").update(bytes).digest("hex"), { path, gzipped: gzipSync(bytes).length });
  }
  return [...found.values()];
}
