// Placing and deleting under faults of D1, R2 and Durable Objects: all of it or nothing of it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { World } from "./harness.mjs";
import {
  QUICK, address, cleared, get, inState, placed, post, remove, row,
} from "./trouble.mjs";

// One order an hour and network: a second one passes only when the first was given back.
const ONE_AN_HOUR = { ...QUICK, PREFIX_ORDERS_HOUR: "1" };
const PUT = { binding: "FILES", method: "put" };
const INSERT = { binding: "DB", method: "batch", contains: "INTO orders" };

/** What is stored: orders and what counts as a try of them or of those that are gone, and files. */
async function stored(world) {
  const [{ orders }] = await world.d1("SELECT count(*) AS orders FROM orders");
  const [{ tries }] = await world.d1(
    "SELECT (SELECT count(*) FROM orders WHERE given_back = 0) + (SELECT count(*) FROM spent_tries) AS tries");
  return { orders, tries, files: (await world.files()).length };
}

test("placing", async (t) => {
  const world = await World.start(t, { vars: ONE_AN_HOUR, sandbox: { "latency-ms": 100 } });

  /** A visitor who has a cookie and a key, on a network of his own. */
  async function visitor() {
    const session = await world.request("/api/session");
    const cookie = session.headers["set-cookie"][0].split(";")[0];
    const key = `key-${Math.random()}`;
    return { headers: { cookie, "cf-connecting-ip": address(), "idempotency-key": key } };
  }

  /** The order is refused for now with nothing left of it, and the very same request then passes. */
  async function refusedThenPlaced(fault) {
    const before = await stored(world);
    const asks = await visitor();
    await world.faults(fault);
    const refused = await post(world, asks);
    assert.equal(refused.status, 503, refused.text);
    assert.equal(refused.json().code, "unavailable");
    assert.equal(refused.json().retryable, true);
    assert.ok(Number(refused.headers["retry-after"]) > 0);
    assert.deepEqual(await world.pendingFaults(), []);
    assert.deepEqual(await stored(world), before);
    const { id } = await placed(world, asks);
    await cleared(world, id);
    await assertLimited(asks.headers["cf-connecting-ip"]);
  }

  /** The limit is real: what passed above passed because the first try was given back. */
  async function assertLimited(from) {
    const refused = await post(world, { headers: { "cf-connecting-ip": from } });
    assert.equal(refused.status, 429, refused.text);
  }

  // First of all: the Dispatcher reads its counts once, when it has just begun.
  await t.test("the Dispatcher cannot read its counts", () =>
    refusedThenPlaced({ binding: "Dispatcher.storage", method: "get", when: "before" }));

  for (const when of ["before", "after"]) {
    await t.test(`the inputs fail ${when} they are stored`, () => refusedThenPlaced({ ...PUT, when }));
    await t.test(`the Dispatcher fails ${when} it has counted the order`, () =>
      refusedThenPlaced({ binding: "DISPATCHER", from: "fetch", method: "fetch", when }));
  }

  await t.test("the batch fails before the commit, each time", () =>
    refusedThenPlaced({ ...INSERT, when: "before", times: 3 }));

  await t.test("the batch fails before the commit, once: nobody notices", async () => {
    await world.faults({ ...INSERT, when: "before" });
    const { id } = await placed(world);
    assert.deepEqual(await world.pendingFaults(), []);
    await cleared(world, id);
  });

  await t.test("the batch's answer is lost after the commit: one order, one try", async () => {
    const before = await stored(world);
    const asks = await visitor();
    await world.faults({ ...INSERT, when: "after" });
    const { id } = await placed(world, asks);
    assert.deepEqual(await world.pendingFaults(), []);
    const after = await stored(world);
    assert.deepEqual([after.orders, after.tries], [before.orders + 1, before.tries + 1]);
    const again = await placed(world, asks);
    assert.equal(again.id, id, "the same key is the same order");
    await cleared(world, id);
  });

  await t.test("a statement that the database refuses for ever", async () => {
    const before = await stored(world);
    const message = "D1_ERROR: no such table: orders: SQLITE_ERROR";
    await world.faults({ ...INSERT, when: "before", message });
    const answer = await post(world);
    assert.equal(answer.status, 500);
    assert.doesNotMatch(answer.text, /SQLITE|table/, "internal text stays inside");
    assert.deepEqual(await stored(world), before);
  });
});

test("two orders of one visitor race for the last try", async (t) => {
  const vars = { ...QUICK, TRIAL_ORDERS: "1", PREFIX_ORDERS_HOUR: "2" };
  const world = await World.start(t, { vars, sandbox: { "latency-ms": 60_000 } });
  const session = await world.request("/api/session");
  const cookie = session.headers["set-cookie"][0].split(";")[0];
  const headers = { cookie, "cf-connecting-ip": address() };
  const [moment] = await world.faults({ ...INSERT, when: "hang_before" });
  const slow = post(world, { headers });
  const goOn = await moment;
  await placed(world, { headers });
  goOn();
  const refused = await slow;
  assert.equal(refused.status, 403, refused.text);
  assert.equal(refused.json().code, "trial_exhausted");
  assert.deepEqual(await stored(world), { orders: 1, tries: 1, files: 1 });
  // One of the network's two is used: somebody else's order passes, and no third.
  const others = { headers: { "cf-connecting-ip": headers["cf-connecting-ip"] } };
  await placed(world, others);
  assert.equal((await post(world, others)).status, 429);
});

test("deleting", async (t) => {
  const world = await World.start(t, { vars: QUICK, sandbox: { "latency-ms": 0 } });

  async function delivered() {
    const { id } = await placed(world);
    await inState(world, id, "delivered");
    const { images } = (await get(world, id)).json();
    return { id, url: images.at(-1).url };
  }

  /** Unreadable at once; what was left half-done is done by the next cron. */
  async function goneAfterCron({ id, url }) {
    assert.equal((await get(world, id)).status, 410);
    assert.equal((await remove(world, id)).status, 410);
    await world.scheduled();
    assert.equal(await row(world, id), undefined);
    assert.deepEqual(await world.files(), []);
    assert.equal((await get(world, id)).status, 410);
    assert.equal((await world.request(url)).status, 410);
    assert.equal((await world.d1("SELECT * FROM spent_tries")).length, 1, "what it has used counts, and once");
    await world.d1("DELETE FROM spent_tries");
  }

  for (const when of ["before", "after"]) {
    await t.test(`the files fail ${when} they are deleted`, async () => {
      const order = await delivered();
      await world.faults({ binding: "FILES", method: "delete", when });
      assert.equal((await remove(world, order.id)).status, 204);
      assert.deepEqual(await world.pendingFaults(), []);
      assert.equal((await row(world, order.id)).state, "delivered", "not closed yet");
      await goneAfterCron(order);
    });

    await t.test(`closing fails ${when} its commit`, async () => {
      const order = await delivered();
      await world.faults({ binding: "DB", contains: "DELETE FROM orders", when });
      assert.equal((await remove(world, order.id)).status, 204);
      assert.deepEqual(await world.pendingFaults(), []);
      await goneAfterCron(order);
    });
  }

  await t.test("the deletion itself cannot be written: nothing is half-deleted", async () => {
    const order = await delivered();
    await world.faults({ binding: "DB", contains: "UPDATE orders", when: "before", times: 5 });
    assert.equal((await remove(world, order.id)).status, 503);
    assert.equal((await get(world, order.id)).json().status, "completed");
    assert.equal((await world.request(order.url)).status, 200);
    assert.equal((await remove(world, order.id)).status, 204);
    await goneAfterCron(order);
  });

  await t.test("the answer to the deletion's commit is lost: it is deleted once", async () => {
    const order = await delivered();
    await world.faults({ binding: "DB", contains: "UPDATE orders", when: "after" });
    assert.equal((await remove(world, order.id)).status, 204);
    assert.equal(await row(world, order.id), undefined);
    await goneAfterCron(order);
  });

  await t.test("the cron's own deletion fails: the next one goes on", async () => {
    const order = await delivered();
    await world.faults({ binding: "FILES", method: "delete", when: "before", times: 2 });
    assert.equal((await remove(world, order.id)).status, 204);
    await world.scheduled();
    assert.deepEqual(await world.pendingFaults(), []);
    assert.equal((await world.files()).length, 2);
    await goneAfterCron(order);
  });
});
