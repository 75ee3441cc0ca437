// Runs the parts of the test suite that are named, all of them without a name, each to its end; fails
// when one has failed.
import { spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import { NATIVE, build } from "./build.mjs";
import { findChromium, setUp } from "./setup.mjs";
import { ENV, ROOT, Stop, at, command } from "./step.mjs";

// Each file of these has a Worker and a sandbox of its own; two fill the two cores of a small machine.
const FILES_AT_ONCE = 2;

function show(program, args, env = ENV) {
  return new Promise((done) => {
    const child = spawn(program, args, { cwd: ROOT, env, stdio: "inherit" });
    child.on("error", () => done(false));
    child.on("exit", (code) => done(code === 0));
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
    ...env,
    WRANGLER_LOG: "error",
  });
}

const PARTS = {
  lint: () =>
    inOrder(
      ["cargo", "fmt", "--all", "--check"],
      ["cargo", "clippy", "--workspace", "--all-targets", "--locked", "--", "-D", "warnings"],
      ["cargo", "clippy", "--lib", "--release", "--target", "wasm32-unknown-unknown", "--locked", "--",
        "-D", "warnings"],
    ),
  native: () => show("cargo", ["test", ...NATIVE]),
  workerd: () => nodeTests("workerd"),
  browser: async () => nodeTests("browser", { ...ENV, CHROMIUM: await findChromium() }),
  deploy: () => show("node", [".make/deploy.mjs", "--dry-run"]),
};

await command(async () => {
  const wanted = process.argv.slice(2);
  const names = wanted.length > 0 ? wanted : Object.keys(PARTS);
  await setUp({ lint: names.includes("lint"), browser: names.includes("browser") });
  const results = [];
  for (const name of names) {
    console.log(`\n── ${name}`);
    const began = performance.now();
    const passed = await PARTS[name]().catch((error) => {
      console.error(error instanceof Stop ? error.message : error);
      return false;
    });
    results.push({ name, passed, seconds: ((performance.now() - began) / 1000).toFixed(1) });
  }
  console.log("");
  for (const { name, passed, seconds } of results) {
    console.log(`  ${passed ? "✓" : "✗"} ${name} ${seconds} s`);
  }
  if (results.some(({ passed }) => !passed)) throw new Stop("Some tests failed.");
});
