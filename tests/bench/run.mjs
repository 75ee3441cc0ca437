// `make bench`: measures, and says so where a target is missed. Measuring never fails; what must hold everywhere and at
// all times is asserted by the tests. PART=name runs one part, PART=a,b some; results of the others are kept.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { cpus, loadavg, totalmem } from "node:os";
import { join } from "node:path";
import { build } from "../../.make/build.mjs";
import { findChromium, setUp } from "../../.make/setup.mjs";
import { ENV, Stop, TARGET, command } from "../../.make/step.mjs";

const RESULTS = join(TARGET, "bench/results.json");

// Above this share of the cores, others take time from what is measured.
const BUSY_SHARE = 0.5;

/**
 * The parts by name: a module whose `measure()` resolves to `{ versions, results, headline, rows, notes }`. `results`
 * are kept under the part's name, `headline` (if any) beside the parts; a row is `[what, measured, target, met]`, where
 * `target` may be null; `notes` are lines for the reader.
 */
const PARTS = {
  cpu: () => import("./cpu.mjs"),
  // Its bill has the processor times of the part before.
  cost: () => import("./cost.mjs"),
  growth: () => import("./growth.mjs"),
  pages: () => import("./pages.mjs"),
};

function wanted() {
  const names = process.env.PART ? process.env.PART.split(",") : Object.keys(PARTS);
  const unknown = names.filter((name) => !Object.hasOwn(PARTS, name));
  if (unknown.length > 0) throw new Stop(`There is no part ${unknown}; there are: ${Object.keys(PARTS).join(", ")}`);
  return names;
}

function verdict(target, met) {
  if (target === null) return "";
  return met ? "met" : "MISSED";
}

function table(rows) {
  const lines = rows.map(([what, measured, target, met]) => [what, measured, target ?? "", verdict(target, met)]);
  const all = [["", "measured", "target", ""], ...lines];
  const widths = [0, 1, 2].map((column) => Math.max(...all.map((line) => line[column].length)));
  const [first, second, third] = widths;
  return all
    .map(([what, measured, target, said]) =>
      `  ${what.padEnd(first)}  ${measured.padStart(second)}  ${target.padStart(third)}  ${said}`.trimEnd())
    .join("\n");
}

function keep(part, value, headline) {
  const before = existsSync(RESULTS) ? JSON.parse(readFileSync(RESULTS, "utf8")) : {};
  mkdirSync(join(RESULTS, ".."), { recursive: true });
  writeFileSync(RESULTS, `${JSON.stringify({ ...before, ...headline, [part]: value }, null, 2)}\n`);
}

/** What the times depend on; taken before a part, which is a load itself. */
const machine = () => ({
  cpu: cpus()[0]?.model ?? "unknown",
  cores: cpus().length,
  memory_gb: Math.round(totalmem() / 2 ** 30),
  load_before: loadavg()[0],
  node: process.version,
});

await command(async () => {
  const names = wanted();
  await setUp({ browser: true });
  await build();
  process.env.CHROMIUM = (await findChromium()) ?? "";
  Object.assign(process.env, ENV);
  for (const name of names) {
    console.log(`\n── ${name}`);
    const on = machine();
    const { measure } = await PARTS[name]();
    const { versions, results, headline, rows, notes } = await measure();
    keep(name, { measured_at: new Date().toISOString(), machine: on, versions, ...results }, headline);
    console.log(`\n${table(rows)}\n`);
    for (const note of notes) console.log(`  ${note}`);
    if (on.load_before > BUSY_SHARE * on.cores) {
      const load = on.load_before.toFixed(1);
      console.log(`  The machine was busy (load ${load}): these times are longer than they should be.`);
    }
    const missed = rows.filter(([, , target, met]) => target !== null && !met);
    console.log(missed.length > 0 ? `  ${missed.length} of the targets MISSED.` : "  Every target is met.");
  }
  console.log(`\n  ${RESULTS}`);
});
