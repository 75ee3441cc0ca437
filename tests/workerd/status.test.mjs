// The counters of /status on D1: what a reading of a full day costs, and that each end and each report
// is counted once, whoever races whom and whichever answer is lost.
import assert from "node:assert/strict";
import { test } from "node:test";
import { World } from "./harness.mjs";
import { QUICK, address, cancel, finish, inState, placed, row, tasks } from "./trouble.mjs";
import { eventually } from "./trouble.mjs";

const HOUR_MS = 3_600_000;
const MODELS = 6;
const HOURS = 24;
const RING_HOURS = 2 * HOURS;
const CLASSES = 34;
const OTHER_ENDS = 7;
const PROBLEMS = 5;
const COUNTED_MAX = 500;
// As `app::status::ROWS_MAX` has it: each counter of a day read and sorted, the hours of two readings, two counts of
// the queue, the provider.
const ROWS_MAX = 2 * HOURS * MODELS * (CLASSES + OTHER_ENDS + PROBLEMS) + 2 * 2 * HOURS + 2 * (COUNTED_MAX + 1) + 1;

const numbers = (name, count) =>
  `${name} (${name}) AS (SELECT 0 UNION ALL SELECT ${name} + 1 FROM ${name} WHERE ${name} + 1 < ${count})`;

/** Every counter that the ring has room for, with 2 orders each: those of a day, and of another that nobody reads. */
async function fill(world) {
  const hour = Math.floor(Date.now() / HOUR_MS);
  const hours = `WITH RECURSIVE ${numbers("h", RING_HOURS)}, ${numbers("m", MODELS)}`;
  const slot = `(?1 - h) % ${RING_HOURS}`;
  await world.d1(
    `${hours}, ${numbers("c", CLASSES)} INSERT INTO outcomes (slot, hour, model, outcome, seconds, orders)
     SELECT ${slot}, ?1 - h, 'model-' || m, 'completed', 5 * (c + 1), 2 FROM h, m, c`, hour);
  const ends = ["content_moderation", "provider_rejected", "provider_failed", "provider_timeout", "provider_busy"]
    .map((code) => `failed:${code}`).concat("canceled", "expired");
  assert.equal(ends.length, OTHER_ENDS);
  await world.d1(
    `${hours} INSERT INTO outcomes (slot, hour, model, outcome, seconds, orders)
     SELECT ${slot}, ?1 - h, 'model-' || m, value, 0, 2 FROM h, m, json_each(?2)`, hour, JSON.stringify(ends));
  const problems = ["body_changed", "old_garment_left", "wrong_garment", "face_changed", "other"];
  await world.d1(
    `${hours} INSERT INTO reports (slot, hour, model, problem, orders)
     SELECT ${slot}, ?1 - h, 'model-' || m, value, 2 FROM h, m, json_each(?2)`, hour, JSON.stringify(problems));
}

/** `count` copies of an order, in this state and far from due. */
async function crowd(world, id, state, count) {
  const at = Date.now() + 40 * HOUR_MS;
  await world.d1(
    `WITH RECURSIVE ${numbers("n", count)} INSERT INTO orders (id, version, state, options, prompt_version, model,
       images, metadata_removed, result_key, callback_token, tasks, task_id, parked, created_at, submitted_at,
       expires_at, due_at, wake_at)
     SELECT printf('%s%039d', substr(?2, 1, 1), n), 1, ?2, options, prompt_version, model, images,
       metadata_removed, result_key, 'token', 1, 'task', 0, created_at, created_at, ?3,
       CASE ?2 WHEN 'placed' THEN ?3 END, CASE ?2 WHEN 'placed' THEN NULL ELSE ?3 END
     FROM orders, n WHERE id = ?1`, id, state, at);
}

test("a day of full counters and a long queue are read within the bound", async (t) => {
  const world = await World.start(t, { vars: QUICK, sandbox: { "latency-ms": 60_000 } });
  const { id } = await placed(world);
  await inState(world, id, "submitted");
  await fill(world);
  await crowd(world, id, "placed", COUNTED_MAX + 100);
  await crowd(world, id, "submitted", COUNTED_MAX + 100);
  await world.resetCalls();
  const answer = await world.request("/status", { headers: { accept: "application/json" } });
  assert.equal(answer.status, 200, answer.text);
  const { d1_rows_read, d1_rows_written } = await world.counts({ from: ["fetch"] });
  console.log(`/status reads ${d1_rows_read} rows of at most ${ROWS_MAX}`);
  assert.ok(d1_rows_read <= ROWS_MAX, `${d1_rows_read} rows`);
  assert.equal(d1_rows_written, 0);
  const { models, outcomes, queue } = answer.json();
  const orders = 2 * HOURS * (CLASSES + OTHER_ENDS);
  assert.deepEqual(models.map((model) => model.orders), Array(MODELS).fill(orders));
  assert.equal(outcomes.reduce((sum, one) => sum + one.orders, 0), MODELS * orders);
  assert.deepEqual(queue, { waiting: COUNTED_MAX, under_way: COUNTED_MAX, counted_up_to: COUNTED_MAX });
});

const outcomes = (world) => world.d1("SELECT outcome, orders FROM outcomes");
const reports = (world) => world.d1("SELECT problem, orders FROM reports");
const COUNTED = { binding: "DB", method: "batch" };

/** An order that the provider has, and its task. */
async function begun(world) {
  const { id } = await placed(world);
  const { task_id } = await inState(world, id, "submitted");
  return { id, task_id };
}

test("whoever loses the race for an order's end counts nothing", async (t) => {
  const world = await World.start(t, { vars: QUICK, sandbox: { "latency-ms": 600_000 } });
  const { id, task_id } = await begun(world);
  const [moment] = await world.faults({ ...COUNTED, contains: "INTO outcomes", when: "hang_before" });
  await finish(world, task_id);
  const goOn = await moment;
  assert.equal((await cancel(world, id)).status, 202);
  goOn();
  // The loser throws its picture away, so it has come to its end.
  await eventually(world, "the picture is thrown away", async () => (await world.files()).length === 1);
  assert.equal((await row(world, id)).state, "canceled");
  assert.deepEqual(await outcomes(world), [{ outcome: "canceled", orders: 1 }]);
});

test("an end whose commit is not answered is counted once", async (t) => {
  const world = await World.start(t, { vars: QUICK, sandbox: { "latency-ms": 0 } });
  await world.faults({ ...COUNTED, contains: "INTO outcomes", when: "after" });
  const { id } = await placed(world);
  await inState(world, id, "delivered");
  assert.deepEqual(await world.pendingFaults(), []);
  await eventually(world, "the Dispatcher is at rest", async () => (await tasks(world)).length === 1);
  assert.deepEqual(await outcomes(world), [{ outcome: "completed", orders: 1 }]);
});

test("of two reports at once one counts", async (t) => {
  const world = await World.start(t, { vars: QUICK, sandbox: { "latency-ms": 0 } });
  const { id } = await placed(world);
  await inState(world, id, "delivered");
  const report = (problem) => world.request(`/api/orders/${id}/reports`, {
    method: "POST",
    headers: { "cf-connecting-ip": address(), "content-type": "application/json" },
    body: JSON.stringify({ problems: [problem] }),
  });
  const [moment] = await world.faults({ ...COUNTED, contains: "INTO reports", when: "hang_before" });
  const slow = report("face_changed");
  const goOn = await moment;
  assert.equal((await report("other")).status, 204);
  goOn();
  assert.equal((await slow).status, 204);
  assert.deepEqual(await reports(world), [{ problem: "other", orders: 1 }]);
  assert.deepEqual(JSON.parse((await row(world, id)).problems), ["other"]);
});
