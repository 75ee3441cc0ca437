// The end of an account in the real runtime: every row and every object goes, a cancel counts until the last moment, and
// what is left is a receipt that anybody can verify.
import assert from "node:assert/strict";
import { createPublicKey, verify } from "node:crypto";
import { test } from "node:test";
import { World } from "./harness.mjs";
import { place } from "./orders.mjs";
import { Browser } from "./people.mjs";
import { seen } from "./provider.mjs";

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const DELAY_MS = 72 * HOUR_MS;
/** As long as a request that was let in before the end may still write. */
const QUIET_MS = 21 * MINUTE_MS;
const FRESH = "?fresh=on";

const start = (t) => World.start(t, { sandbox: { "latency-ms": 50 } });

/** Somebody with an order whose files lie where an account's are kept. */
async function arrive(world, person) {
  const browser = new Browser(world);
  assert.equal((await browser.signIn(person, FRESH)).status, 303);
  const { id } = (await place(world, { headers: browser.headers })).order;
  const row = async () => (await world.d1("SELECT account, kept FROM orders WHERE id = ?", id))[0];
  await seen(world, row, ({ kept }) => kept === 1);
  return { browser, account: (await row()).account, order: id };
}

/** Tables in which this text is found. */
async function traces(world, text) {
  const tables = await world.d1("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE '\\_cf%' ESCAPE '\\'");
  const found = [];
  for (const { name } of tables) {
    const rows = await world.d1(`SELECT * FROM "${name}"`);
    if (JSON.stringify(rows).includes(text)) found.push(name);
  }
  return found;
}

const segment = (text) => Buffer.from(text, "base64url");

test("an account that is over leaves a receipt and nothing else", async (t) => {
  const world = await start(t);
  const ben = await arrive(world, "ben");
  const bens = await world.files();
  const ada = await arrive(world, "ada");
  const view = (await ada.browser.request(`/api/orders/${ada.order}`)).json();
  const picture = view.images.at(-1).url;
  assert.equal((await world.request(picture)).status, 200);
  const asked = await ada.browser.request("/api/account/deletion", { method: "PUT" });
  assert.equal(asked.status, 202, asked.text);
  const { claim } = asked.json();

  // Canceled in the last second, and asked for again: the first date is forgotten.
  const skew = DELAY_MS - 2_000;
  await world.clock(skew);
  const canceled = await ada.browser.request("/api/account/deletion", { method: "DELETE" });
  assert.ok(canceled.status < 300, canceled.text);
  await world.clock(skew + HOUR_MS);
  await world.scheduled();
  assert.equal((await ada.browser.request("/api/account")).status, 200);
  assert.deepEqual((await world.files()).filter((key) => bens.includes(key)), bens);
  await world.clock(0);
  const again = (await ada.browser.request("/api/account/deletion", { method: "PUT" })).json();
  assert.notEqual(again.claim, claim);

  await world.clock(DELAY_MS + 1_000);
  assert.equal((await ada.browser.request("/api/account")).status, 401);
  assert.equal((await world.request(picture)).status, 410, "before anybody has swept");
  await world.scheduled();
  assert.deepEqual(await world.files(), bens, "nothing of hers, all of his");
  await world.clock(DELAY_MS + QUIET_MS);
  await world.scheduled();
  await world.scheduled();
  for (const trace of [ada.account, ada.order, "ada@"]) assert.deepEqual(await traces(world, trace), [], trace);
  assert.ok((await traces(world, ben.account)).includes("accounts"));

  const body = (code) => ({
    method: "POST",
    headers: { "content-type": "application/json", "sec-fetch-site": "same-origin" },
    body: JSON.stringify({ claim: code }),
  });
  assert.equal((await world.request("/api/receipts", body(claim))).status, 404, "of the one that was canceled");
  const { receipt } = (await world.request("/api/receipts", body(again.claim))).json();
  const [header, payload, signature] = receipt.split(".");
  const key = createPublicKey((await world.request("/api/receipt-key")).text);
  assert.ok(verify(null, Buffer.from(`${header}.${payload}`), key, segment(signature)));
  const says = JSON.parse(segment(payload));
  assert.equal(says.rows_deleted.orders, 1);
  assert.ok(says.objects_deleted.count >= 3, "two photos and a picture");

  // Who comes back is somebody new.
  await world.clock(0);
  const anew = new Browser(world);
  assert.equal((await anew.signIn("ada")).status, 303);
  const [{ id }] = await world.d1("SELECT id FROM accounts WHERE id <> ?", ben.account);
  assert.notEqual(id, ada.account);
});
