// Writes every drawing of the site: `make drawings`. The files are committed, so nothing else needs this to run. The same
// drawing gives the same file, and what is no longer drawn is removed.
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { sprite } from "./drawings/icons.mjs";
import { LINES } from "./drawings/lines.mjs";
import { at, command, isMain, step } from "./step.mjs";

const SNIPPETS = at("src/pages/drawings");

/** Makes `folder` hold exactly these files. */
function fill(folder, files) {
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(folder)) if (!(name in files)) rmSync(`${folder}/${name}`);
  for (const [name, content] of Object.entries(files)) writeFileSync(`${folder}/${name}`, content);
}

async function drawings() {
  await step("Draw the icons and the line drawings", () => {
    mkdirSync(at("public/img"), { recursive: true });
    writeFileSync(at("public/img/icons.svg"), sprite());
    fill(SNIPPETS, Object.fromEntries(Object.entries(LINES).map(([name, svg]) => [`${name}.svg`, svg])));
  });
}

if (isMain(import.meta.url)) await command(drawings);
