// What would be deployed: its size, its settings, and what `make deploy` refuses.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { gzipSync } from "node:zlib";
import { experimental_readRawConfig, unstable_readConfig } from "wrangler";
import { DRY, complaints, productionConfig } from "../../.make/deploy.mjs";
import { ROOT, World } from "./harness.mjs";

// What it is made of: 447 KB without accounts; jwt-simple and its RSA 77; the pages, letters and texts of accounts in four
// languages, exports, deletion and the data map the rest. The platform takes 3 MB, free accounts too.
const WASM_GZIPPED_MAX = 850_000;
const CONFIG = join(ROOT, "wrangler.toml");
const { rawConfig: development } = experimental_readRawConfig({ config: CONFIG });

test("the WASM stays within its budget", () => {
  const { length } = gzipSync(readFileSync(join(ROOT, "build/index_bg.wasm")), { level: 9 });
  assert.ok(length <= WASM_GZIPPED_MAX, `${length} bytes gzipped, at most ${WASM_GZIPPED_MAX}`);
});

test("invocation logs, which hold secret URLs, are off in production too", async () => {
  const { env, observability } = await productionConfig(DRY);
  assert.deepEqual(observability.logs, { enabled: true, invocation_logs: false });
  assert.ok(!("observability" in env.production), "production inherits it");
});

test("production binds the same names as development, to other things", async () => {
  const { production } = (await productionConfig(DRY)).env;
  const names = (config) => ({
    vars: Object.keys(config.vars),
    databases: config.d1_databases.map(({ binding }) => binding),
    buckets: config.r2_buckets.map(({ binding }) => binding),
    objects: config.durable_objects.bindings,
    mail: config.send_email.map(({ name }) => name),
    fences: config.ratelimits.map(({ name, simple }) => ({ name, simple })),
  });
  assert.deepEqual(names(production), names(development));
  const things = ({ name, d1_databases: [database], r2_buckets: [bucket] }) =>
    [name, database.database_id, database.database_name, bucket.bucket_name];
  for (const [index, thing] of things(production).entries()) {
    assert.notEqual(thing, things(development)[index]);
  }
});

test("no command reaches production by itself", () => {
  assert.match(development.d1_databases[0].database_id, /^[0-]+$/);
  assert.throws(() => unstable_readConfig({ config: CONFIG, env: "production" }), /bucket_name/);
});

const REFUSED = {
  "a result origin without TLS": { RESULT_ORIGINS: "https://files.example,http://files.example" },
  "a result origin with a path": { RESULT_ORIGINS: "https://files.example/results" },
  "a provider without TLS": { PROVIDER_URL: "http://api.example" },
  "a public origin without TLS": { PUBLIC_ORIGIN: "http://anytryon.example" },
  "a database id that is none": { D1_DATABASE_ID: "anytryon" },
  "a bucket that is not named": { R2_BUCKET: "" },
  "nobody to write to": { CONTACT_ADDRESS: "" },
  "an address that is none": { CONTACT_ADDRESS: "nobody@localhost" },
  "no client id at Google": { GOOGLE_CLIENT_ID: "" },
  "a sender that is no address": { MAIL_FROM: "AnyTryOn" },
  "an identity provider without TLS": { IDENTITY_ISSUER: "http://accounts.example" },
};

for (const [what, settings] of Object.entries(REFUSED)) {
  test(`a deployment is refused for ${what}`, async () => {
    const [name] = Object.keys(settings);
    const named = new RegExp(`^Not deployed:\n  ${name} `);
    await assert.rejects(productionConfig({ ...DRY, ...settings }), { message: named });
  });
}

/** What the pages tell in words and figures. */
const TOLD = [
  "RETENTION_MS", "TRIAL_ORDERS", "TRIAL_WINDOW_MS", "DEADLINE_MS", "GONE_MS", "SESSION_IDLE_MS", "SESSION_LIFE_MS",
  "DELETION_DELAY_MS", "EXPORT_LIFE_MS", "RECEIPT_LIFE_MS", "ACCOUNT_ORDERS", "TRASH_MS",
];

test("a deployment is refused for a setting that would make the pages untrue", () => {
  const { vars } = development.env.production;
  const good = { ...vars, PUBLIC_ORIGIN: DRY.PUBLIC_ORIGIN };
  assert.deepEqual(complaints(DRY, good), []);
  for (const name of TOLD) {
    const [complaint, ...more] = complaints(DRY, { ...good, [name]: "1" });
    assert.match(complaint, new RegExp(`^${name} must not be set: .* Remove it .*src/domain/rules\\.rs`));
    assert.deepEqual(more, []);
  }
});

const UNTRUE = TOLD.map((name) => ({ PUBLIC_ORIGIN: "https://anytryon.example", [name]: "1" }));

for (const vars of [...UNTRUE, { CONTACT_ADDRESS: "" }]) {
  const name = Object.keys(vars).at(-1);
  test(`a Worker whose ${name} is "${vars[name]}" serves nobody, and tells its operator`, async (t) => {
    const world = await World.start(t, { sandbox: false, vars });
    assert.equal((await world.request("/status")).status, 503);
    const told = await world.logged(({ event }) => event === "misconfigured");
    assert.equal(told.variable, name);
  });
}

test("the command ends with the refusal, and deploys nothing", () => {
  const { status, stderr } = spawnSync("node", [".make/deploy.mjs", "--dry-run"], {
    cwd: ROOT,
    env: { ...process.env, RESULT_ORIGINS: "http://files.example" },
    encoding: "utf8",
  });
  assert.equal(status, 1);
  assert.match(stderr, /^Not deployed:\n {2}RESULT_ORIGINS .*http:\/\/files\.example$/m);
});

test("the bucket's backstop: anonymous files two days, exports nine, incomplete uploads one", () => {
  const { rules } = JSON.parse(readFileSync(join(ROOT, ".make/r2-lifecycle.json"), "utf8"));
  const day = 86_400;
  const ages = rules.map(({ enabled, conditions, ...rule }) => [
    enabled,
    conditions.prefix,
    rule.deleteObjectsTransition?.condition ?? rule.abortMultipartUploadsTransition.condition,
  ]);
  assert.deepEqual(ages, [
    [true, "anon/", { type: "Age", maxAge: 2 * day }],
    [true, "exports/", { type: "Age", maxAge: 9 * day }],
    [true, "", { type: "Age", maxAge: day }],
  ]);
});
