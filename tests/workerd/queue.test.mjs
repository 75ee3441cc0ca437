// Many orders at once: the provider's limit is kept, everybody is served in fair order, and the
// positions that are shown are true.
import assert from "node:assert/strict";
import { test } from "node:test";
import { World } from "./harness.mjs";
import { place, until } from "./orders.mjs";
import { createCalls, seen } from "./provider.mjs";

const ORDERS = 20;
// Ours is lower than the provider's 20, and its window half a second longer than the provider's: by
// that much one call may travel faster than another.
const CALLS_MAX = 18;
const WINDOW_MS = 10_000;
// Calls that are under way at once overtake each other on the wire.
const ASKING_MAX = 6;

const address = (index) => ({ "cf-connecting-ip": `198.51.${index}.7` });

/** The most calls in any stretch of `ms`. */
function most(calls, ms) {
  const times = calls.map(({ time_ms }) => time_ms).sort((a, b) => a - b);
  return Math.max(...times.map((from) => times.filter((at) => at >= from && at - from < ms).length));
}

/** What the visitors who still wait are told, read at a moment at which the queue stood still. */
async function positions(world, ids) {
  for (let tries = 0; tries < 20; tries += 1) {
    const waiting = () => world.d1("SELECT id FROM orders WHERE state = 'placed' ORDER BY id");
    const before = await waiting();
    const views = await Promise.all(ids.map(async (id) => (await world.request(`/api/orders/${id}`)).json()));
    if (JSON.stringify(await waiting()) !== JSON.stringify(before)) continue;
    const queued = views.filter(({ status }) => status === "queued");
    assert.deepEqual(queued.map(({ id }) => id).sort(), before.map(({ id }) => id).sort());
    return queued.sort((a, b) => a.queue_position - b.queue_position);
  }
  throw new Error("the queue never stood still");
}

/**
 * These waiting orders in fair order: everybody's first before anybody's second, and an order that
 * the provider has is its visitor's turn too.
 */
async function fairly(world, ids) {
  const rows = await world.d1("SELECT id, visitor, created_at, state FROM orders");
  // Two of one millisecond go by their ids, which sort as text.
  rows.sort((a, b) => a.created_at - b.created_at || (a.id < b.id ? -1 : 1));
  const turns = new Map();
  for (const { state, visitor } of rows) {
    if (state === "submitting" || state === "submitted") turns.set(visitor, (turns.get(visitor) ?? 0) + 1);
  }
  const ranked = rows.filter(({ id }) => ids.includes(id)).map(({ id, visitor }) => {
    turns.set(visitor, (turns.get(visitor) ?? 0) + 1);
    return { id, turn: turns.get(visitor) };
  });
  // A sort keeps the order of equals.
  return ranked.sort((a, b) => a.turn - b.turn).map(({ id }) => id);
}

/** The orders in the order in which the provider was given them. */
async function served(world) {
  const rows = await world.d1("SELECT id, task_id FROM orders");
  const byTask = new Map(rows.map(({ id, task_id }) => [task_id, id]));
  return (await createCalls(world)).map(({ taskId }) => byTask.get(taskId));
}

test("twenty visitors at once, and some of them again", async (t) => {
  // Longer than the queue: the turns that were taken stay known until the last is served.
  const world = await World.start(t, { sandbox: { "latency-ms": 15_000 } });
  const began = Date.now();
  const visitors = Array.from({ length: ORDERS }, (_, index) => index);
  const first = await Promise.all(visitors.map((index) => place(world, { headers: address(index) })));
  console.log(`${ORDERS} orders placed in ${Date.now() - began} ms`);
  await seen(world, createCalls, (calls) => calls.length >= CALLS_MAX);

  // The window is full now. Two visitors order twice more, then six new ones come.
  const again = [];
  for (const visitor of [0, 1, 0, 1]) {
    const headers = { ...address(visitor), cookie: first[visitor].cookie };
    again.push((await place(world, { headers })).order.id);
  }
  const fresh = [];
  for (let index = ORDERS; index < ORDERS + 6; index += 1) {
    fresh.push((await place(world, { headers: address(index) })).order.id);
  }
  const ids = [...first.map(({ order }) => order.id), ...again, ...fresh];
  const queue = await positions(world, ids);
  assert.deepEqual(queue.map((view) => view.queue_position), queue.map((_, index) => index + 1));
  const places = queue.map(({ id }) => id);
  assert.equal(places.length, ids.length - CALLS_MAX);
  assert.deepEqual(places, await fairly(world, places));

  await Promise.all(ids.map((id) => until(world, id, (view) => view.status === "completed", 60_000)));
  const calls = await createCalls(world);
  assert.equal(calls.length, ids.length, "one task each");
  assert.ok(calls.every(({ code }) => code === 200), "no call was refused");
  assert.equal(most(calls, WINDOW_MS), CALLS_MAX);
  const turns = (await served(world)).filter((id) => places.includes(id));
  for (const [place, id] of places.entries()) {
    const turn = turns.indexOf(id);
    assert.ok(Math.abs(turn - place) < ASKING_MAX, `place ${place + 1} was served as number ${turn + 1}`);
  }
});
