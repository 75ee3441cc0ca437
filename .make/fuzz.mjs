// Schemathesis against /openapi.json of the running product: every operation with what the document allows and with
// what it does not, once as nobody and once as somebody who is signed in, all checks.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { spawn } from "node:child_process";
import { build } from "./build.mjs";
import { setUp } from "./setup.mjs";
import { ENV, Stop, at, command, once, run, step } from "./step.mjs";

const VERSION = "4.32.5";
const VENV = ".tools/schemathesis";
const PROGRAM = join(at(VENV), "bin/schemathesis");
// Each operation is asked some hundred times in this time.
const SECONDS = Number(process.env.SECONDS || 120);
/** No limit stops it: the fence is counted per network and minute, and all of it comes from one. */
const OPEN = { PREFIX_ORDERS_HOUR: "1000000", PREFIX_ORDERS_DAY: "1000000", GLOBAL_ORDERS_HOUR: "1000000" };

function install() {
  return step(`Install Schemathesis ${VERSION}`, () =>
    once(".tools/schemathesis-stamp", VERSION, PROGRAM, async () => {
      if (!existsSync(at(VENV))) await run("python3", ["-m", "venv", at(VENV)]);
      await run(join(at(VENV), "bin/pip"), ["install", "--quiet", `schemathesis==${VERSION}`]);
    }),
  );
}

/** Runs it to its end, with what it says on this terminal. */
function fuzz(world, headers) {
  const given = Object.entries(headers).flatMap(([name, value]) => ["--header", `${name}: ${value}`]);
  const child = spawn(PROGRAM, [
    "--config-file", at(".make/schemathesis.toml"),
    "run", `${world.origin}/openapi.json`, "--url", world.origin, "--max-time", String(SECONDS), ...given,
  ], { stdio: "inherit", env: ENV });
  return new Promise((done) => child.once("exit", done));
}

await command(async () => {
  await setUp();
  await install();
  await build(ENV);
  const { World } = await import("../tests/workerd/harness.mjs");
  const { Browser } = await import("../tests/workerd/people.mjs");
  const ends = [];
  const world = await World.start({ after: (end) => ends.push(end) }, { vars: OPEN });
  try {
    const signedIn = (await Browser.of(world)).headers;
    for (const [who, headers] of [["nobody", { "sec-fetch-site": "same-origin" }], ["somebody", signedIn]]) {
      console.log(`\n  As ${who}:`);
      if ((await fuzz(world, headers)) !== 0) throw new Stop(`Schemathesis found something, as ${who}.`);
    }
  } finally {
    for (const end of ends) await end();
  }
});
