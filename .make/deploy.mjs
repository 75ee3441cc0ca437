// Deploys to production, or with --dry-run checks everything short of it. The settings come from the
// environment or from .deploy.env (NAME=value lines); the README's deploying section lists them.
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { parseEnv } from "node:util";
import { build } from "./build.mjs";
import { setUp } from "./setup.mjs";
import { ENV, Stop, at, command, isMain, run, step } from "./step.mjs";

const CONFIG = ".wrangler-production.json";

// Stand-ins for the dry run, which reaches nothing.
export const DRY = {
  PUBLIC_ORIGIN: "https://anytryon.example",
  CONTACT_ADDRESS: "contact@anytryon.example",
  D1_DATABASE_ID: "00000000-0000-4000-8000-000000000000",
  R2_BUCKET: "anytryon",
  GOOGLE_CLIENT_ID: "1234567890-anytryon.apps.googleusercontent.com",
  MAIL_FROM: "AnyTryOn <hello@anytryon.example>",
};

const OPTIONAL = [
  "WORKER_NAME", "D1_DATABASE_NAME", "R2_JURISDICTION", "SITE_NAME", "PROVIDER_URL",
  "PROVIDER_MODEL", "RESULT_ORIGINS", "IDENTITY_ISSUER", "ANALYTICS_GA_ID", "ANALYTICS_CLARITY_ID",
];

function settings(dryRun) {
  const file = existsSync(at(".deploy.env")) ? readFileSync(at(".deploy.env"), "utf8") : "";
  const given = { ...(dryRun ? DRY : {}), ...parseEnv(file) };
  for (const name of [...Object.keys(DRY), ...OPTIONAL]) {
    if (process.env[name]) given[name] = process.env[name];
  }
  return given;
}

/** What the pages tell visitors in words and figures, in every language; so has `Rules::first_untold`. */
const TOLD = [
  "RETENTION_MS", "TRIAL_ORDERS", "TRIAL_WINDOW_MS", "DEADLINE_MS", "GONE_MS", "SESSION_IDLE_MS", "SESSION_LIFE_MS",
  "DELETION_DELAY_MS", "EXPORT_LIFE_MS", "RECEIPT_LIFE_MS", "ACCOUNT_ORDERS", "TRASH_MS",
];

const isAddress = (text) => /^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/.test(text);
const isOrigin = (text) => URL.canParse(text) && new URL(text).origin === text;

/** Everything that is wrong with the settings, as sentences for the deployer. */
export function complaints(given, vars) {
  const found = [];
  for (const name of Object.keys(DRY)) {
    if (!given[name]) found.push(`${name} is not set.`);
  }
  const id = given.D1_DATABASE_ID ?? "";
  if (id && !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)) {
    found.push(`D1_DATABASE_ID is not a database id: ${id}`);
  }
  const contact = given.CONTACT_ADDRESS ?? "";
  if (contact && !isAddress(contact)) {
    found.push(`CONTACT_ADDRESS is not a mail address: ${contact}`);
  }
  for (const name of TOLD) {
    if (vars[name] === undefined) continue;
    found.push(
      `${name} must not be set: the pages promise the value that is built in. Remove it from wrangler.toml, or change ` +
        "it in src/domain/rules.rs together with the words in src/pages/text.",
    );
  }
  const sender = (given.MAIL_FROM ?? "").replace(/^.*<(.*)>$/, "$1");
  if (sender && !isAddress(sender)) found.push(`MAIL_FROM is not a mail address: ${given.MAIL_FROM}`);
  if (vars.MAIL_URL) found.push("MAIL_URL is for development: in production the binding MAIL sends.");
  const origins = {
    PUBLIC_ORIGIN: [vars.PUBLIC_ORIGIN],
    PROVIDER_URL: [vars.PROVIDER_URL],
    IDENTITY_ISSUER: [vars.IDENTITY_ISSUER],
  };
  origins.RESULT_ORIGINS = vars.RESULT_ORIGINS.split(",");
  for (const [name, values] of Object.entries(origins)) {
    for (const value of values) {
      if (value && (!isOrigin(value) || !value.startsWith("https://"))) {
        found.push(`${name} must be https://host and nothing more: ${value}`);
      }
    }
  }
  return found;
}

/** wrangler.toml with its production environment filled in; throws Stop when that cannot be. */
export async function productionConfig(given) {
  const { experimental_readRawConfig } = await import("wrangler");
  const { rawConfig } = experimental_readRawConfig({ config: at("wrangler.toml") });
  const production = rawConfig.env.production;
  for (const name of Object.keys(production.vars)) {
    if (given[name]) production.vars[name] = given[name];
  }
  const wrong = complaints(given, production.vars);
  if (wrong.length > 0) {
    throw new Stop(
      `Not deployed:\n  ${wrong.join("\n  ")}\n` +
        "Settings are read from the environment and from .deploy.env; see the README, Deploying.",
    );
  }
  if (given.WORKER_NAME) production.name = given.WORKER_NAME;
  const [database] = production.d1_databases;
  database.database_id = given.D1_DATABASE_ID;
  if (given.D1_DATABASE_NAME) database.database_name = given.D1_DATABASE_NAME;
  const [bucket] = production.r2_buckets;
  bucket.bucket_name = given.R2_BUCKET;
  if (given.R2_JURISDICTION) bucket.jurisdiction = given.R2_JURISDICTION;
  const { host } = new URL(given.PUBLIC_ORIGIN);
  if (host.endsWith(".workers.dev")) production.workers_dev = true;
  else production.routes = [{ pattern: host, custom_domain: true }];
  return rawConfig;
}

async function deploy() {
  const dryRun = process.argv.includes("--dry-run");
  await setUp();
  const config = await productionConfig(settings(dryRun));
  // Also for wrangler, which builds once more before it bundles.
  const env = { ...ENV, ...config.env.production.vars };
  await build(env);
  const wrangler = (...args) =>
    run(at("node_modules/.bin/wrangler"), [...args, "--env", "production", "--config", CONFIG], { env });
  writeFileSync(at(CONFIG), JSON.stringify(config, null, 2));
  try {
    if (dryRun) {
      await step("Deploy, dry run", async () => {
        const output = await wrangler("deploy", "--dry-run", "--outdir", at("build/deploy"));
        const size = output.match(/Total Upload: .*/);
        if (!size) throw new Stop(`wrangler did not say the size:\n${output}`);
        console.log(`    ${size[0]}`);
      });
      return;
    }
    await step("Migrate the production database", () =>
      wrangler("d1", "migrations", "apply", "DB", "--remote"),
    );
    await step("Deploy", async () => console.log(await wrangler("deploy")));
  } finally {
    rmSync(at(CONFIG), { force: true });
  }
}

if (isMain(import.meta.url)) await command(deploy);
