// Callbacks as strangers, networks and the provider itself may send them. Polls are a matter of hours
// here, so whatever happens to an order happens through a callback.
import assert from "node:assert/strict";
import { test } from "node:test";
import { World } from "./harness.mjs";
import {
  QUICK, WEBHOOK_KEY, arm, callBack, cancel, cleared, creates, eventually, finish, forgetCalls, get,
  inState, knock, nothingLeft, placed, providerCalls, remove, row, signed, tasks,
} from "./trouble.mjs";

const DAY_MS = 86_400_000;
const HOURS = "7200000";
const PATIENT = { ...QUICK, POLL_PAUSE_MS: HOURS, DEADLINE_MS: HOURS, GRACE_MS: "60000" };
// Tasks end when the test says so.
const SANDBOX = { "latency-ms": 600_000 };

/** An order whose task is under way. */
async function running(world) {
  const { id } = await placed(world);
  const { task_id: taskId, callback_token: token } = await inState(world, id, "submitted");
  return { id, taskId, token };
}

/** Ends a task without a word to the Worker. */
async function endSilently(world, taskId) {
  await arm(world, "callback_missing");
  await finish(world, taskId);
  const ended = async () => (await tasks(world)).find((task) => task.taskId === taskId && task.completeTime);
  return eventually(world, "the task has ended", ended);
}

/** An order whose task has ended while nobody noticed. */
async function unnoticed(world) {
  const order = await running(world);
  const task = await endSilently(world, order.taskId);
  await forgetCalls(world);
  return { ...order, task };
}

const asked = async (world) =>
  (await providerCalls(world)).filter(({ path }) => path.endsWith("/recordInfo")).length;
const fetched = async (world) =>
  (await providerCalls(world)).filter(({ port }) => port === "results").map(({ path }) => path);
const deliveries = (world) =>
  world.logLines().filter(({ event, to }) => event === "order_step" && to === "delivered").length;

test("callbacks", async (t) => {
  const world = await World.start(t, { vars: PATIENT, sandbox: SANDBOX });

  await t.test("forged ones are refused, and nobody is asked", async () => {
    const { id, taskId, token } = await unnoticed(world);
    const good = signed(taskId);
    const bad = {
      unsigned: {},
      "without a timestamp": { "x-webhook-signature": good["x-webhook-signature"] },
      "without a signature": { "x-webhook-timestamp": good["x-webhook-timestamp"] },
      "with another key": signed(taskId, { key: "another key" }),
      "with the empty key": signed(taskId, { key: "" }),
      "for another task": signed("f".repeat(32)),
      "with an altered time": { ...good, "x-webhook-timestamp": `${Number(good["x-webhook-timestamp"]) + 1}` },
      "with a cut signature": { ...good, "x-webhook-signature": good["x-webhook-signature"].slice(0, -4) },
      "signed 302 s ago": signed(taskId, { at: Date.now() - 302_000 }),
      "signed 302 s from now": signed(taskId, { at: Date.now() + 302_000 }),
    };
    for (const [what, headers] of Object.entries(bad)) {
      const answer = await knock(world, token, taskId, { headers });
      assert.equal(answer.status, 401, what);
      assert.equal(answer.json().code, "signature_invalid", what);
    }
    assert.equal(await asked(world), 0);
    assert.equal((await row(world, id)).state, "submitted");
    const answer = await knock(world, token, taskId, { headers: signed(taskId, { at: Date.now() - 290_000 }) });
    assert.equal(answer.status, 200, "inside the tolerance");
    await inState(world, id, "delivered");
    await cleared(world, id);
  });

  await t.test("one that holds no task is refused", async () => {
    const { id, taskId, token } = await running(world);
    for (const body of ["", "<html>", "{}", '{"data":null}', '{"data":{"taskId":""}}', '{"data":{"taskId":7}}']) {
      const answer = await world.request(`/webhooks/kie/${token}`, { method: "POST", headers: signed(taskId), body });
      assert.equal(answer.status, 401, body);
    }
    await cleared(world, id);
  });

  await t.test("five replays at once are one delivery", async () => {
    const { id, taskId, token } = await unnoticed(world);
    const before = deliveries(world);
    const headers = signed(taskId);
    const answers = await Promise.all(Array.from({ length: 5 }, () => knock(world, token, taskId, { headers })));
    assert.deepEqual(answers.map(({ status }) => status), [200, 200, 200, 200, 200]);
    await inState(world, id, "delivered");
    const { version } = await row(world, id);
    assert.equal((await knock(world, token, taskId, { headers })).status, 200, "and one much later");
    await forgetCalls(world);
    await callBack(world, taskId, { times: 2 });
    assert.equal((await row(world, id)).version, version);
    assert.equal(deliveries(world), before + 1);
    assert.deepEqual(await fetched(world), []);
    await cleared(world, id);
  });

  await t.test("a swapped body is not believed: state and links come from the provider", async () => {
    const { id, taskId, token, task } = await unnoticed(world);
    const evil = `${world.sandbox.results}/forged.png`;
    const data = { resultJson: JSON.stringify({ resultUrls: [evil] }), resultUrls: [evil], creditsConsumed: 0 };
    assert.equal((await knock(world, token, taskId, { data })).status, 200);
    await inState(world, id, "delivered");
    assert.deepEqual(await fetched(world), [new URL(task.resultUrls[0]).pathname]);
    const view = (await get(world, id)).json();
    assert.equal(view.facts.provider_credits, task.credits);
    const shown = await world.request(view.images.at(-1).url);
    const made = await fetch(task.resultUrls[0]);
    assert.deepEqual(shown.bytes, Buffer.from(await made.arrayBuffer()), "byte for byte");
    await cleared(world, id);
  });

  await t.test("a swapped state is not believed either", async () => {
    const { id, taskId, token } = await running(world);
    await forgetCalls(world);
    await knock(world, token, taskId, { data: { state: "fail", failCode: "422", failMsg: "prohibited content" } });
    await eventually(world, "the provider was asked", async () => (await asked(world)) > 0);
    await knock(world, token, taskId, { data: { state: "success" } });
    await eventually(world, "and again", async () => (await asked(world)) > 1);
    assert.equal((await row(world, id)).state, "submitted");
    await cleared(world, id);
  });

  await t.test("one of an unknown order or task learns and does nothing", async () => {
    const { id, taskId, token } = await unnoticed(world);
    for (const unknown of ["A".repeat(22), "x", `${token}A`, id]) {
      assert.equal((await knock(world, unknown, taskId)).status, 200);
    }
    assert.equal((await knock(world, token, "e".repeat(32))).status, 200);
    await world.logged(({ event }) => event === "task_of_another_order");
    assert.equal((await row(world, id)).state, "submitted");
    await cleared(world, id);
  });

  await t.test("one order's secret with another order's task: no picture of somebody else", async () => {
    const mine = await running(world);
    const theirs = await unnoticed(world);
    const lines = () => world.logLines().filter(({ event }) => event === "task_of_another_order").length;
    const before = lines();
    assert.equal((await knock(world, mine.token, theirs.taskId)).status, 200);
    await eventually(world, "it was found out", async () => lines() > before);
    assert.equal((await row(world, mine.id)).state, "submitted");
    assert.deepEqual(await fetched(world), []);
    await remove(world, mine.id);
    await cleared(world, theirs.id);
  });

  await t.test("the same while the order knows no task of its own, whose callback then heals it", async () => {
    const theirs = await unnoticed(world);
    await forgetCalls(world);
    await arm(world, "create_answer_lost");
    const { id } = await placed(world);
    const { callback_token: token } = await inState(world, id, "submitting");
    const [{ taskId }] = await eventually(world, "its task exists", async () => {
      const made = await creates(world);
      return made[0]?.taskId && made;
    });
    const lines = () => world.logLines().filter(({ event }) => event === "task_of_another_order").length;
    const before = lines();
    await knock(world, token, theirs.taskId);
    await eventually(world, "it was found out", async () => lines() > before);
    assert.equal((await row(world, id)).state, "submitting");
    await endSilently(world, taskId);
    await callBack(world, taskId);
    await inState(world, id, "delivered");
    assert.equal((await creates(world)).length, 1, "the lost answer cost no second task");
    await remove(world, theirs.id);
    await cleared(world, id);
  });

  await t.test("one comes before createTask's answer", async () => {
    await arm(world, "callback_before_answer");
    const { id } = await placed(world);
    await inState(world, id, "delivered");
    await cleared(world, id);
  });

  await t.test("one comes before createTask's answer, which is then lost", async () => {
    await forgetCalls(world);
    await arm(world, "callback_before_answer");
    await arm(world, "create_answer_lost");
    const { id } = await placed(world);
    await inState(world, id, "delivered");
    assert.equal((await creates(world)).length, 1);
    await cleared(world, id);
  });

  for (const [shape, options] of [["of 2025", { shape: "2025" }], ["with task_id", { snake_id: true }]]) {
    await t.test(`the shape ${shape} is understood`, async () => {
      const { id, taskId } = await unnoticed(world);
      await callBack(world, taskId, options);
      await inState(world, id, "delivered");
      await cleared(world, id);
    });
  }

  await t.test("one after the deletion brings nothing back", async () => {
    const { id, taskId, token } = await unnoticed(world);
    await cleared(world, id);
    assert.equal((await knock(world, token, taskId)).status, 200);
    assert.equal((await knock(world, token, taskId)).status, 200);
    await nothingLeft(world);
    assert.equal((await get(world, id)).status, 410);
  });

  await t.test("one after the cancellation leaves no result", async () => {
    const { id, taskId, token } = await unnoticed(world);
    assert.equal((await cancel(world, id)).status, 202);
    assert.equal((await knock(world, token, taskId)).status, 200);
    await eventually(world, "the provider was asked or the order known", async () => {
      const { state } = await row(world, id);
      return state === "canceled" && (await world.files()).length === 1;
    });
    assert.equal((await get(world, id)).json().status, "canceled");
    await cleared(world, id);
  });

  await t.test("one after the expiry brings nothing back", async () => {
    const { id, taskId, token } = await unnoticed(world);
    const skew = 2 * DAY_MS + 1_000;
    await world.clock(skew);
    const headers = signed(taskId, { at: Date.now() + skew });
    assert.equal((await knock(world, token, taskId, { headers })).status, 200);
    assert.equal((await get(world, id)).status, 410);
    await world.scheduled();
    await nothingLeft(world);
    await world.clock(0);
  });

  await t.test("during a rotation both keys are good, afterwards one", async () => {
    const old = await unnoticed(world);
    await world.restart({ vars: { KIE_WEBHOOK_KEY: "the new key", KIE_WEBHOOK_KEY_PREVIOUS: WEBHOOK_KEY } });
    const third = signed(old.taskId, { key: "a third key" });
    assert.equal((await knock(world, old.token, old.taskId, { headers: third })).status, 401);
    assert.equal((await knock(world, old.token, old.taskId)).status, 200);
    await inState(world, old.id, "delivered");
    await cleared(world, old.id);
    const fresh = await unnoticed(world);
    const headers = signed(fresh.taskId, { key: "the new key" });
    assert.equal((await knock(world, fresh.token, fresh.taskId, { headers })).status, 200);
    await inState(world, fresh.id, "delivered");
    await world.restart({ vars: { KIE_WEBHOOK_KEY_PREVIOUS: "" } });
    assert.equal((await knock(world, fresh.token, fresh.taskId)).status, 401);
    await cleared(world, fresh.id);
  });
});

test("a callback that is lost, of an order that nobody listens to, is healed by the cron", async (t) => {
  const world = await World.start(t, { vars: QUICK, sandbox: { "latency-ms": 500 } });
  await arm(world, "callback_missing");
  const { id } = await placed(world);
  await inState(world, id, "delivered", { cron: true });
  const [task] = await tasks(world);
  assert.deepEqual(task.callbacks, []);
});
