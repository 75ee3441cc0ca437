// Signing in against a provider that lies: whatever it does, nobody is signed in by it, and who is signed in stays it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { World } from "./harness.mjs";
import { Browser } from "./people.mjs";
import { arm, disarm } from "./trouble.mjs";

const control = async (world, method, path, body) => {
  const answer = await fetch(`${world.sandbox.api}/_control/${path}`, {
    method, body: body && JSON.stringify(body), headers: { "content-type": "application/json" },
  });
  assert.ok(answer.ok, `${path}: ${answer.status}`);
  return answer.json().catch(() => null);
};

const calls = async (world) => (await control(world, "GET", "identity")).calls;
const sessions = async (world) => (await world.d1("SELECT count(*) AS number FROM sessions"))[0].number;

async function assertNobody(world, browser, answer, why) {
  assert.ok([400, 403, 503].includes(answer.status), `${why}: ${answer.status} ${answer.text}`);
  assert.ok(!browser.cookies.has("__Host-session"), why);
  assert.equal(await sessions(world), 0, why);
}

/** What the provider can say that is not true, with an honest signature and without. */
const LIES = [
  "id_nonce_wrong", "id_nonce_missing", "id_nonce_earlier", "id_issuer_slash", "id_issuer_bare", "id_issuer_other",
  "id_issuer_missing", "id_audience_wrong", "id_audience_array_azp", "id_audience_missing",
  "id_azp_wrong", "id_expired", "id_exp_missing", "id_iat_future", "id_iat_missing", "id_nbf_future", "id_sub_missing",
  "id_sub_empty", "id_email_unverified", "id_alg_none", "id_hs256_public_key", "id_es256", "id_kid_unknown",
  "id_kid_path", "id_kid_missing", "id_jku", "id_x5u", "id_jwk", "id_crit", "id_signature_stripped",
  "id_signature_wrong", "id_signature_stranger", "id_payload_swapped", "id_two_parts", "id_garbage", "id_huge",
  "token_error", "token_without_id_token", "authorize_error", "authorize_state_wrong", "authorize_state_missing",
  "authorize_issuer_wrong", "authorize_code_missing",
];

test("a provider that lies signs nobody in", async (t) => {
  const world = await World.start(t);
  for (const fault of LIES) {
    await t.test(fault, async () => {
      await arm(world, fault);
      const browser = new Browser(world);
      await assertNobody(world, browser, await browser.signIn(), fault);
      const { armed } = await control(world, "GET", "faults");
      assert.deepEqual(armed, [], "the fault did not happen");
    });
  }
  assert.equal((await calls(world)).stranger, 0, "a key was fetched from where the token says");
  await disarm(world);
  assert.equal((await new Browser(world).signIn()).status, 303);
});

/** Endpoints that do not answer as they should. */
const OUTAGES = [
  { fault: "identity_status", path: "/token", status: 500 },
  { fault: "identity_html", path: "/token" },
  { fault: "identity_truncated", path: "/token" },
  { fault: "identity_redirect", path: "/token" },
  { fault: "identity_huge", path: "/token" },
  { fault: "identity_dropped", path: "/token" },
  { fault: "identity_hangs", path: "/token" },
];

test("a provider that is down ends a sign-in cleanly, and sessions live on", async (t) => {
  const world = await World.start(t);
  const signedIn = await Browser.of(world);
  for (const { fault, ...options } of OUTAGES) {
    await t.test(`${fault} at ${options.path}`, async () => {
      await arm(world, fault, options);
      const browser = new Browser(world);
      const answer = await browser.signIn("ben");
      assert.ok([403, 503].includes(answer.status), answer.text);
      assert.ok(!browser.cookies.has("__Host-session"));
      assert.equal((await signedIn.account()).name, "Ada Marlow");
      await disarm(world);
    });
  }
  assert.equal((await new Browser(world).signIn("ben")).status, 303);
});

test("keys that are down, wrong or ambiguous sign nobody in", async (t) => {
  for (const [fault, options] of [
    ["identity_status", { path: "certs", status: 500 }],
    ["identity_hangs", { path: "certs" }],
    ["identity_status", { path: "openid-configuration", status: 500 }],
    ["keys_none", {}], ["keys_duplicate_kid", {}],
    ["discovery_issuer", {}], ["discovery_missing", {}],
  ]) {
    await t.test(`${fault} ${options.path ?? ""}`, async (t) => {
      const world = await World.start(t);
      await arm(world, fault, { times: 99, ...options });
      const answer = await new Browser(world).request("/auth/google");
      assert.equal(answer.status, 503, answer.text);
      assert.equal(await sessions(world), 0);
    });
  }
});

test("a flood of invented keys costs one fetch of the keys a minute", async (t) => {
  const world = await World.start(t);
  await Browser.of(world);
  await control(world, "DELETE", "calls");
  await world.clock(61_000);
  await arm(world, "id_kid_unknown", { times: 99 });
  for (let turn = 0; turn < 10; turn += 1) {
    assert.equal((await new Browser(world).signIn()).status, 403);
  }
  assert.equal((await calls(world)).keys, 1);
});

test("new keys are found by themselves, and the old ones hold as long as they are published", async (t) => {
  const world = await World.start(t);
  await Browser.of(world);
  await world.clock(61_000);
  await control(world, "POST", "identity/keys/rotate", { publish: true });
  await Browser.of(world, "ben");
  await Browser.of(world, "chen");
  assert.equal((await calls(world)).keys, 2);
});

test("a code that was used, and a state that was, are good for nobody", async (t) => {
  const world = await World.start(t);
  const browser = new Browser(world);
  const query = await browser.allowed();
  const secret = browser.cookies.get("__Host-sign_in");
  const both = await Promise.all([browser.comeBack(query), browser.comeBack(query)]);
  assert.deepEqual(both.map(({ status }) => status).sort(), [303, 403], "of two at once one");
  assert.equal(await sessions(world), 1);
  const thief = new Browser(world);
  thief.cookies.set("__Host-sign_in", secret);
  assert.equal((await thief.comeBack(query)).status, 403);
  assert.equal(await sessions(world), 1);
});

test("signing in takes the browser's orders along, and signing out leaves nothing in it", async (t) => {
  const world = await World.start(t);
  const browser = new Browser(world);
  const { orderForm } = await import("./orders.mjs");
  const placed = await browser.request("/api/orders", { method: "POST", body: orderForm() });
  assert.equal(placed.status, 201, placed.text);
  const path = `/api/orders/${placed.json().id}`;
  await browser.signIn();
  assert.equal((await browser.request(path)).status, 200);
  assert.equal((await world.request(path)).status, 401);
  const out = await browser.request("/auth/sign-out", { method: "POST" });
  assert.equal(out.headers["clear-site-data"], '"cache", "cookies", "storage"');
  assert.equal((await browser.request(path)).status, 401);
});
