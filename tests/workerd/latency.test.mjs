// How long a finished picture is on its way: from the provider's end of the task to the event at the
// visitor's browser.
import assert from "node:assert/strict";
import { test } from "node:test";
import { World } from "./harness.mjs";
import { place, until } from "./orders.mjs";
import { arm, seen, tasks } from "./provider.mjs";

// Ends spread over the seconds of the event stream and the pauses between two polls.
const LATENCIES_MS = [700, 1_900, 3_100, 4_300, 8_500];
const WITH_CALLBACK_MS = 1_500;
const WITHOUT_CALLBACK_MS = 12_000;

/** Places an order for each latency; how long after its task's end each was seen as completed. */
async function waits(world) {
  const placed = [];
  for (const ms of LATENCIES_MS) {
    await arm(world, { fault: "task_latency", with: { ms } });
    const { order } = await place(world);
    placed.push(seenAt(world, order.id));
    // The next fault is for the next task.
    await seen(world, tasks, (all) => all.length === placed.length);
  }
  const seenTimes = await Promise.all(placed);
  const ended = await tasks(world);
  const tokens = await world.d1("SELECT id, task_id FROM orders");
  return seenTimes.map(({ id, at }) => {
    const { task_id } = tokens.find((row) => row.id === id);
    return at - ended.find(({ taskId }) => taskId === task_id).completeTime;
  });
}

async function seenAt(world, id) {
  await until(world, id, (view) => view.status === "completed", 60_000);
  return { id, at: Date.now() };
}

function report(name, waited) {
  const sorted = [...waited].sort((a, b) => a - b);
  console.log(`${name}: median ${sorted[sorted.length >> 1]} ms of ${sorted.join(", ")}`);
}

test("with callbacks a finished picture is on the page within 1.5 s", async (t) => {
  const world = await World.start(t);
  const waited = await waits(world);
  report("with callbacks", waited);
  for (const ms of waited) assert.ok(ms < WITH_CALLBACK_MS, `${ms} ms`);
});

test("without callbacks it is within 12 s", async (t) => {
  const world = await World.start(t);
  await arm(world, { fault: "callback_missing", times: 100 });
  const waited = await waits(world);
  report("without callbacks", waited);
  for (const { callbacks } of await tasks(world)) assert.deepEqual(callbacks, []);
  for (const ms of waited) assert.ok(ms < WITHOUT_CALLBACK_MS, `${ms} ms`);
  // Otherwise something else told: a callback after all, or a test that measures nothing.
  assert.ok(Math.max(...waited) > WITH_CALLBACK_MS, "no order had to wait for a poll");
});
