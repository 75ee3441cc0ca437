// The pages that the site builder made, as a visitor addresses them: whoever judges all pages walks these, so that a
// new page and a new language are judged without another word.
import { readdirSync } from "node:fs";
import { join, relative } from "node:path";
import { ROOT } from "../workerd/harness.mjs";

export const SITE = join(ROOT, "build/site");

/** The addresses of all static pages, the start page first; the one that goes with every 404 is not among them. */
export function staticPages() {
  const files = readdirSync(SITE, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".html"))
    .map((entry) => relative(SITE, join(entry.parentPath ?? entry.path, entry.name)));
  const paths = files.filter((file) => !/(^|\/)404\.html$/.test(file)).map(addressOf);
  if (!paths.includes("/")) throw new Error("There is no start page in build/site: make build");
  return paths.sort();
}

// `html_handling = "auto-trailing-slash"`: an index at its folder, any other page without its ending.
const addressOf = (file) => `/${file.replace(/(^|\/)index\.html$/, "$1").replace(/\.html$/, "")}`;
