// Runs the parts of the test suite that are named, all of them without a name, each to its end; fails
// when one has failed.
import { spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import { availableParallelism } from "node:os";
import { NATIVE, build } from "./build.mjs";
import { findChromium, setUp } from "./setup.mjs";
import { ENV, ROOT, Stop, at, command } from "./step.mjs";

// Each file of these has a Worker and a sandbox of its own, and fills a core.
const FILES_AT_ONCE = Math.max(2, availableParallelism());

/** Runs a program; whether it succeeded. What it says goes to `kept`, in pieces, or else to the screen. */
function show(program, args, { env = ENV, kept = null } = {}) {
  return new Promise((done) => {
    const child = spawn(program, args, { cwd: ROOT, env, stdio: kept ? ["ignore", "pipe", "pipe"] : "inherit" });
    for (const stream of kept ? [child.stdout, child.stderr] : []) stream.on("data", (piece) => kept.push(piece));
    child.on("error", () => done(false));
    child.on("close", (code) => done(code === 0));
  });
}

async function inOrder(...commands) {
  for (const [program, ...args] of commands) {
    if (!(await show(program, args))) return false;
  }
  return true;
}

async function nodeTests(folder, env = ENV) {
  const files = readdirSync(at("tests", folder)).filter((name) => name.endsWith(".test.mjs"));
  const paths = files.sort().map((name) => `tests/${folder}/${name}`);
  if (paths.length === 0) throw new Stop(`There is no test in tests/${folder}.`);
  await build();
  return show("node", ["--test", `--test-concurrency=${FILES_AT_ONCE}`, ...paths], {
    env: { ...env, WRANGLER_LOG: "error" },
  });
}

const SIMULATIONS = [
  "simulation::every_seed_holds_every_invariant",
  "account_lives::every_life_holds_every_invariant",
];

/**
 * The simulations take minutes of every core and no notice of the time: they run beside the parts that follow, on what
 * these leave, which the lowest priority sees to, and are shown when they end.
 */
async function simulate() {
  const kept = [];
  const args = ["test", ...NATIVE, "--test", "native", "--", "--exact", ...SIMULATIONS];
  const passed = await show("nice", ["-n", "19", "cargo", ...args], { kept });
  return { passed, said: Buffer.concat(kept) };
}

const PARTS = {
  lint: () =>
    inOrder(
      ["cargo", "fmt", "--all", "--check"],
      ["cargo", "clippy", "--workspace", "--all-targets", "--locked", "--", "-D", "warnings"],
      ["cargo", "clippy", "--lib", "--release", "--target", "wasm32-unknown-unknown", "--locked", "--",
        "-D", "warnings"],
    ),
  native: () => show("cargo", ["test", ...NATIVE, "--", ...SIMULATIONS.flatMap((name) => ["--skip", name])]),
  workerd: () => nodeTests("workerd"),
  browser: async () => nodeTests("browser", { ...ENV, CHROMIUM: await findChromium() }),
  deploy: () => show("node", [".make/deploy.mjs", "--dry-run"]),
};

/** Runs a part and says how long it took. */
async function timed(name, part) {
  const began = performance.now();
  const passed = await part().catch((error) => {
    console.error(error instanceof Stop ? error.message : error);
    return false;
  });
  return { name, passed, seconds: ((performance.now() - began) / 1000).toFixed(1) };
}

await command(async () => {
  const wanted = process.argv.slice(2);
  const names = wanted.length > 0 ? wanted : Object.keys(PARTS);
  const [lint, native, browser] = ["lint", "native", "browser"].map((name) => names.includes(name));
  await setUp({ lint, native, browser });
  const results = [];
  let simulation = null;
  for (const name of names) {
    console.log(`\n── ${name}`);
    results.push(await timed(name, PARTS[name]));
    // Compiled by now.
    if (name === "native") simulation = simulate();
  }
  if (simulation) {
    console.log("\n── simulations, which ran beside them");
    results.push(await timed("the rest of the simulations", async () => {
      const { passed, said } = await simulation;
      process.stdout.write(said);
      return passed;
    }));
  }
  console.log("");
  for (const { name, passed, seconds } of results) {
    console.log(`  ${passed ? "✓" : "✗"} ${name} ${seconds} s`);
  }
  if (results.some(({ passed }) => !passed)) throw new Stop("Some tests failed.");
});
