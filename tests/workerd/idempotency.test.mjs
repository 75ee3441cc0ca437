// A repeated request makes no second order, whatever happened to the first.
import assert from "node:assert/strict";
import { test } from "node:test";
import { World } from "./harness.mjs";
import { orderForm } from "./orders.mjs";

const FILES_OF_ONE = 1;

/** What is stored: orders and the files of them. */
async function stored(world) {
  return [(await world.d1("SELECT id FROM orders")).length, (await world.files()).length];
}

function assertCode(answer, status, code) {
  assert.deepEqual([answer.status, answer.json().code], [status, code], answer.text);
}

test("an Idempotency-Key", async (t) => {
  // No result arrives while the files are counted.
  const world = await World.start(t, { sandbox: { "latency-ms": 600_000 } });
  const visitor = async () => {
    const answer = await world.request("/api/session");
    const cookie = answer.headers["set-cookie"][0].split(";")[0];
    return (key, fields = {}) =>
      world.request("/api/orders", {
        method: "POST",
        headers: { cookie, "idempotency-key": key },
        body: orderForm(fields),
      });
  };
  let orders = 0;

  await t.test("same key and content: the same order", async () => {
    const post = await visitor();
    const first = await post("one");
    orders += 1;
    const again = await post("one");
    assert.deepEqual([first.status, again.status], [201, 201]);
    assert.equal(again.json().id, first.json().id);
    assert.equal(again.headers.location, first.headers.location);
    assert.deepEqual(await stored(world), [orders, orders * FILES_OF_ONE]);

    // The boundary of the form is another each time: what counts is what it says.
    assertCode(await post("one", { focus: "details" }), 422, "idempotency_conflict");
    assertCode(await post("one", { instructions: "Shorter sleeves" }), 422, "idempotency_conflict");
    assert.deepEqual(await stored(world), [orders, orders * FILES_OF_ONE]);
  });

  await t.test("the key belongs to the visitor", async () => {
    const [one, other] = [await visitor(), await visitor()];
    const answers = [await one("shared"), await other("shared", { focus: "details" })];
    assert.deepEqual(answers.map(({ status }) => status), [201, 201]);
    assert.notEqual(answers[0].json().id, answers[1].json().id);
    orders += 2;
  });

  await t.test("without a cookie it is ignored", async () => {
    const post = () => world.request("/api/orders", {
      method: "POST",
      headers: { "idempotency-key": "nobody" },
      body: orderForm(),
    });
    const answers = [await post(), await post()];
    assert.deepEqual(answers.map(({ status }) => status), [201, 201]);
    assert.notEqual(answers[0].json().id, answers[1].json().id);
    orders += 2;
  });

  await t.test("ten at the same time: one order, one set of files", async () => {
    const post = await visitor();
    const answers = await Promise.all(Array.from({ length: 10 }, () => post("parallel")));
    orders += 1;
    const accepted = answers.filter(({ status }) => status === 201);
    assert.ok(accepted.length >= 1);
    assert.equal(new Set(accepted.map((answer) => answer.json().id)).size, 1);
    for (const answer of answers.filter(({ status }) => status !== 201)) {
      assertCode(answer, 409, "idempotency_conflict");
      assert.equal(answer.json().retryable, true);
      assert.equal(answer.headers["retry-after"], "1");
    }
    assert.deepEqual(await stored(world), [orders, orders * FILES_OF_ONE]);
    assert.equal((await post("parallel")).json().id, accepted[0].json().id);
  });

  await t.test("while the first is still running: 409, then the first's order", async () => {
    const post = await visitor();
    const [hangs] = await world.faults({ binding: "FILES", method: "put", when: "hang_before" });
    const first = post("running");
    const letGo = await hangs;
    assertCode(await post("running"), 409, "idempotency_conflict");
    // Whatever it says, the key is taken until the first has ended.
    assertCode(await post("running", { focus: "details" }), 409, "idempotency_conflict");
    letGo();
    const { status, id } = { status: (await first).status, id: (await first).json().id };
    orders += 1;
    assert.equal(status, 201);
    assert.equal((await post("running")).json().id, id);
    assertCode(await post("running", { focus: "details" }), 422, "idempotency_conflict");
    assert.deepEqual(await stored(world), [orders, orders * FILES_OF_ONE]);
  });

  await t.test("after a first that failed the key is free", async () => {
    const post = await visitor();
    await world.faults({ binding: "FILES", method: "put", when: "before" });
    assertCode(await post("again"), 503, "unavailable");
    const second = await post("again");
    assert.equal(second.status, 201);
    orders += 1;
    assert.deepEqual(await stored(world), [orders, orders * FILES_OF_ONE]);
  });

  await t.test("of 256 characters is none", async () => {
    const post = await visitor();
    assertCode(await post("k".repeat(256)), 422, "input_invalid");
    assert.equal((await post("k".repeat(255))).status, 201);
  });
});
