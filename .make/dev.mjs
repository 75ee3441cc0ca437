// Runs the whole product on this machine: the Worker under `wrangler dev`, the outside world in the
// sandbox. Ends with everything it started, by Ctrl-C or however else.
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { build } from "./build.mjs";
import { Groups } from "./groups.mjs";
import { setUp } from "./setup.mjs";
import { ENV, Stop, TARGET, at, command, digest, filesBelow, once, run, step } from "./step.mjs";

const STATE = ".dev/state";
const PORT = Number(process.env.PORT || 8787);
const ORIGIN = `http://localhost:${PORT}`;
// Also for wrangler, which builds again after a change.
const SITE_ENV = { ...ENV, PUBLIC_ORIGIN: ORIGIN };
const READY_MS = 60_000;
const POLL_MS = 100;
const CRON_MS = 60_000;
// Development is one visitor who places many orders; the trial stays 3.
const PREFIX_ORDERS = 1_000;
const KEYS = [
  "LINK_KEY", "ADDRESS_KEY", "KIE_API_KEY", "KIE_WEBHOOK_KEY", "GOOGLE_CLIENT_SECRET", "RECEIPT_KEY", "OPERATOR_KEY",
];

function portIsFree(host) {
  return new Promise((done) => {
    const server = createServer();
    server.once("error", (error) => done(error.code !== "EADDRINUSE"));
    server.listen(PORT, host, () => server.close(() => done(true)));
  });
}

async function checkPort() {
  if (!Number.isInteger(PORT) || PORT < 1 || PORT > 65_535) {
    throw new Stop(`PORT=${process.env.PORT} is not a port.`);
  }
  // wrangler listens where `localhost` leads, which is either.
  if (!((await portIsFree("127.0.0.1")) && (await portIsFree("::1")))) {
    throw new Stop(`Port ${PORT} is in use. Choose another one: make dev PORT=${PORT + 1}`);
  }
}

function migrate() {
  const files = filesBelow("migrations");
  return step("Apply the migrations to the local database", () =>
    once(".dev/migrations-stamp", digest(files), at(STATE), () =>
      run(at("node_modules/.bin/wrangler"), [
        "d1", "migrations", "apply", "DB", "--local", "--persist-to", STATE,
      ]),
    ),
  );
}

// Kept between starts, so that links and cookies of yesterday still work. One that an older start did not know is added.
function keys() {
  const path = at(".dev/keys.json");
  const known = existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : {};
  const fresh = KEYS.map((name) => [name, randomBytes(32).toString("base64url")]);
  const all = { ...Object.fromEntries(fresh), ...known };
  mkdirSync(at(".dev"), { recursive: true });
  writeFileSync(path, JSON.stringify(all), { mode: 0o600 });
  return all;
}

/** The first line of the sandbox: where it answers. */
function startSandbox(groups, secrets) {
  const env = {
    ...ENV,
    SANDBOX_API_KEY: secrets.KIE_API_KEY,
    SANDBOX_WEBHOOK_KEY: secrets.KIE_WEBHOOK_KEY,
    SANDBOX_CLIENT_SECRET: secrets.GOOGLE_CLIENT_SECRET,
  };
  const child = groups.start(join(TARGET, "debug/sandbox"), ["--exit-with-stdin"], {
    env,
    stdin: "pipe",
  });
  const urls = new Promise((done, failed) => {
    let said = "";
    child.stderr.on("data", (chunk) => (said += chunk));
    child.once("exit", (code) => failed(new Stop(`${said}The sandbox ended with ${code}.`)));
    createInterface({ input: child.stdout }).once("line", (line) => done(JSON.parse(line)));
  });
  return { child, urls };
}

function writeVars(secrets, sandbox) {
  const vars = {
    ...secrets,
    PUBLIC_ORIGIN: ORIGIN,
    PROVIDER_URL: sandbox.api,
    RESULT_ORIGINS: sandbox.results,
    IDENTITY_ISSUER: sandbox.identity,
    MAIL_URL: `${sandbox.mail}/mail`,
    // The site was built for this one.
    ...(process.env.PROVIDER_MODEL && { PROVIDER_MODEL: process.env.PROVIDER_MODEL }),
    PREFIX_ORDERS_HOUR: PREFIX_ORDERS,
    PREFIX_ORDERS_DAY: PREFIX_ORDERS,
  };
  const lines = Object.entries(vars).map(([name, value]) => `${name}="${value}"\n`);
  writeFileSync(at(".dev.vars"), `# Written by make dev at each start.\n${lines.join("")}`, {
    mode: 0o600,
  });
}

function startWorker(groups) {
  const child = groups.start(at("node_modules/.bin/wrangler"), [
    "dev", "--port", String(PORT), "--persist-to", STATE, "--test-scheduled",
    "--show-interactive-dev-session=false",
  ], { env: SITE_ENV });
  const output = { text: "", show: false };
  const take = (chunk) => (output.show ? process.stdout.write(chunk) : (output.text += chunk));
  child.stdout.on("data", take);
  child.stderr.on("data", take);
  return { child, output };
}

async function answersHealth(url) {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(2_000) })).ok;
  } catch {
    return false;
  }
}

async function untilReady({ child, output }, url) {
  const until = performance.now() + READY_MS;
  let ended = false;
  child.once("exit", () => (ended = true));
  while (!(await answersHealth(url))) {
    if (ended || performance.now() > until) {
      throw new Stop(`${output.text}\nThe Worker does not answer at ${url}.`);
    }
    await new Promise((done) => setTimeout(done, POLL_MS));
  }
}

// `wrangler dev` fires no cron by itself.
function startCron() {
  const url = `${ORIGIN}/__scheduled?cron=*+*+*+*+*`;
  setInterval(() => fetch(url).catch(() => {}), CRON_MS);
}

async function start(groups) {
  await setUp();
  await checkPort();
  await build(SITE_ENV);
  await migrate();
  const secrets = keys();
  let sandbox;
  let urls;
  await step("Start the sandbox", async () => {
    sandbox = startSandbox(groups, secrets);
    urls = await sandbox.urls;
  });
  writeVars(secrets, urls);
  let worker;
  await step("Start the Worker", async () => {
    worker = startWorker(groups);
    await untilReady(worker, `${ORIGIN}/api/health`);
  });
  worker.output.show = true;
  startCron();
  console.log(`
  AnyTryOn   ${ORIGIN}
  Sandbox    ${urls.api} (pictures take about 3 s; nothing leaves this machine)
  Mailbox    ${urls.mail}/mailbox (every mail that the product sends)
  Limits     orders per network raised to ${PREFIX_ORDERS} an hour and a day; the trial stays 3
  Ctrl-C ends everything.
`);
  return new Promise((_, failed) => {
    for (const [name, { child }] of Object.entries({ sandbox, Worker: worker })) {
      child.once("exit", (code) => failed(new Stop(`The ${name} ended with ${code}.`)));
    }
  });
}

await command(async () => {
  const groups = new Groups();
  const stop = (code) => groups.end().then(() => process.exit(code));
  process.once("SIGINT", () => stop(130));
  process.once("SIGTERM", () => stop(143));
  process.once("SIGHUP", () => stop(129));
  // When make is killed outright, nobody tells us: our parent changes.
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && stop(1), 1_000).unref();
  try {
    await start(groups);
  } finally {
    await groups.end();
  }
});
