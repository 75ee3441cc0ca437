// Schemathesis against /openapi.json of the running product: every operation with what the document allows and with
// what it does not, all checks; once as nobody, once as people who are signed in (and the operator).
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "./build.mjs";
import { python, setUp } from "./setup.mjs";
import { ENV, ROOT, Stop, at, command, once, run, step } from "./step.mjs";

const VERSION = "4.32.5";
const VENV = at(".tools/schemathesis");
const PROGRAM = join(VENV, "bin/schemathesis");

// The same seed asks the same questions of the same document.
const SEED = process.env.SEED || "20261122";
// Questions to an operation in each phase that makes them up; what it lists by itself (each limit of each field, what
// is missing, methods that are not there) comes on top.
const EXAMPLES = process.env.EXAMPLES || "25";
// The end of a run in each role, whatever it found: far more than it takes.
const MINUTES_MAX = 20;
const ROLES = process.env.ROLE ? [process.env.ROLE] : ["nobody", "somebody"];

// Nothing of this is about limits, and one network asks thousands of times.
const MANY = "1000000";
const LIMITS = {
  PREFIX_ORDERS_HOUR: MANY, PREFIX_ORDERS_DAY: MANY, GLOBAL_ORDERS_HOUR: MANY, TRIAL_ORDERS: MANY, ACCOUNT_ORDERS: MANY,
};
const OPEN_FENCE = { simple: { limit: Number(MANY), period: 60 } };

async function install() {
  await python();
  await step(`Install Schemathesis ${VERSION} into .tools (once)`, () =>
    once(".tools/schemathesis.stamp", VERSION, PROGRAM, async () => {
      await run("python3", ["-m", "venv", "--clear", VENV]);
      await run(join(VENV, "bin/pip"), ["install", "--quiet", "--disable-pip-version-check", `schemathesis==${VERSION}`]);
    }),
  );
}

// What no question comes to: each wants a secret that only a mail, a provider or an account that is gone has told.
const SECRET = [
  "GET /account/email-confirmation", "POST /account/email-confirmation", "POST /waitlist/confirmation",
  "GET /account/unsubscription", "POST /account/unsubscription", "GET /auth/google/callback",
  "POST /webhooks/kie/{order_token}", "POST /api/receipts", "POST /receipt",
];

/** A run in which an operation only ever refuses has asked it nothing: the names of those. */
function neverAnswered(answered) {
  const { paths } = JSON.parse(readFileSync(at("src/web/openapi.json"), "utf8"));
  const all = Object.entries(paths).flatMap(([path, item]) =>
    Object.keys(item).filter((key) => key !== "parameters").map((method) => `${method.toUpperCase()} ${path}`),
  );
  return all.filter((name) => !answered.has(name) && !SECRET.includes(name));
}

/** Runs it to its end, with what it says on this terminal; whether it found nothing. */
async function asks(world, role, operatorKey, answered) {
  const file = join(world.folder, "answered.json");
  const env = {
    // Its own notes belong to no run but that one, and not among the sources.
    ...ENV, HYPOTHESIS_STORAGE_DIRECTORY: at(".tools/hypothesis"), PYTHONDONTWRITEBYTECODE: "1",
    FUZZ_AS: role, FUZZ_ORIGIN: world.origin, FUZZ_SANDBOX: world.sandbox.api, FUZZ_OPERATOR_KEY: operatorKey,
    FUZZ_ANSWERED: file,
  };
  const child = spawn(PROGRAM, [
    "--config-file", at(".make/schemathesis.toml"), "run", `${world.origin}/openapi.json`, "--url", world.origin,
    "--seed", SEED, "--max-examples", EXAMPLES, "--header", "sec-fetch-site: same-origin",
    ...(process.env.ARGS ? process.env.ARGS.split(" ") : []),
  ], { stdio: "inherit", env, cwd: ROOT });
  const late = setTimeout(() => child.kill(), MINUTES_MAX * 60_000);
  const code = await new Promise((done) => child.once("exit", done));
  clearTimeout(late);
  for (const name of JSON.parse(readFileSync(file, "utf8"))) answered.add(name);
  return code === 0;
}

await command(async () => {
  await setUp();
  await install();
  await build(ENV);
  const { SECRETS, World } = await import("../tests/workerd/harness.mjs");
  const answered = new Set();
  console.log(`  SEED=${SEED} EXAMPLES=${EXAMPLES}`);
  for (const role of ROLES) {
    console.log(`\n  As ${role}:`);
    const ends = [];
    try {
      const world = await World.start({ after: (end) => ends.push(end) }, {
        vars: LIMITS,
        ratelimits: { FENCE_WRITES: OPEN_FENCE, FENCE_READS: OPEN_FENCE },
      });
      const began = performance.now();
      const isFine = await asks(world, role, SECRETS.OPERATOR_KEY, answered);
      console.log(`  As ${role}: ${((performance.now() - began) / 60_000).toFixed(1)} minutes`);
      if (!isFine) throw new Stop(`Schemathesis found something as ${role}. The same questions again: SEED=${SEED}`);
    } finally {
      for (const end of ends) await end();
    }
  }
  const never = ROLES.length > 1 ? neverAnswered(answered) : [];
  if (never.length > 0) throw new Stop(`Only ever refused, so nothing is known of them: ${never.join(", ")}`);
});
