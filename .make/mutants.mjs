// Breaks each protection on purpose, one at a time, in a copy of the tree, and expects a named test to
// fail. A protection whose loss no test notices is not protected. `node .make/mutants.mjs NAME…` runs some.
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { execFileSync, spawnSync } from "node:child_process";
import { dirname, join } from "node:path";
import { ROOT, Stop, at, command, isMain, step } from "./step.mjs";
import { MUTANTS } from "./mutant_list.mjs";

const COPY = at(".dev/mutants");
const ENV = { ...process.env, CARGO_TARGET_DIR: at("target/mutants"), SIM_SEEDS: "400" };
// One mutant compiles the crate and its tests anew and runs one test.
const RUN_MS_MAX = 15 * 60_000;

function copyTree() {
  rmSync(COPY, { recursive: true, force: true });
  const listed = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"];
  const files = execFileSync("git", listed, { cwd: ROOT, encoding: "utf8" }).split("\0").filter(Boolean);
  for (const file of files.filter((file) => existsSync(at(file)))) {
    mkdirSync(dirname(join(COPY, file)), { recursive: true });
    // With a time of its own: cargo must see that what a former run left broken is whole again.
    cpSync(at(file), join(COPY, file));
  }
}

function runTests(names) {
  const args = ["test", "--locked", "--test", "native", "--", "--exact", ...names];
  const { status, stdout, stderr } = spawnSync("cargo", args, {
    cwd: COPY,
    env: ENV,
    encoding: "utf8",
    timeout: RUN_MS_MAX,
    maxBuffer: 64 * 1024 * 1024,
  });
  if (!/^running \d+ test/m.test(stdout)) throw new Stop(`The tests did not run:\n${stderr.slice(-2000)}`);
  return { passed: status === 0, output: stdout };
}

/** Asserts that what a break replaces is there, once. */
function isThere({ name, file, from }) {
  const count = readFileSync(join(COPY, file), "utf8").split(from).length - 1;
  if (count !== 1) throw new Stop(`${name}: ${file} holds ${count} times, not once:\n${from}`);
}

/** Whether the named test fails with the break in place. The tree is as before afterwards. */
function isCaught({ file, from, to, test }) {
  const path = join(COPY, file);
  const whole = readFileSync(path, "utf8");
  writeFileSync(path, whole.replace(from, () => to));
  try {
    return runTests([test]).output.includes(`test ${test} ... FAILED`);
  } finally {
    writeFileSync(path, whole);
  }
}

async function mutants() {
  const wanted = process.argv.slice(2);
  const chosen = wanted.length ? MUTANTS.filter(({ name }) => wanted.includes(name)) : MUTANTS;
  if (!chosen.length) throw new Stop(`Known: ${MUTANTS.map(({ name }) => name).join(", ")}`);
  copyTree();
  chosen.forEach(isThere);
  const tests = [...new Set(chosen.map(({ test }) => test))];
  await step("Unbroken, every named test passes", () => {
    const { passed, output } = runTests(tests);
    if (!passed) throw new Stop(output.slice(-3000));
    const ran = Number(output.match(/^running (\d+) test/m)[1]);
    if (ran !== tests.length) throw new Stop(`${tests.length} tests are named, ${ran} exist:\n${tests.join("\n")}`);
  });
  const survivors = [];
  for (const mutant of chosen) {
    await step(`${mutant.name}: ${mutant.what}`, () => {
      if (isCaught(mutant)) return;
      survivors.push(`${mutant.name} survives ${mutant.test}`);
      // Told now: a run that is broken off has no end at which to tell.
      console.log(`    ${survivors.at(-1)}`);
    });
  }
  console.log(`${chosen.length - survivors.length} passed, ${survivors.length} failed`);
  if (survivors.length) throw new Stop(survivors.join("\n"));
}

if (isMain(import.meta.url)) await command(mutants);
