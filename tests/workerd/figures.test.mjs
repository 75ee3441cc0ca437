// What one order is billed, counted from the bindings: from its request to its closing, for a
// visitor who follows it by events, looks at the result once, and downloads nothing.
import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { World, besideTheHour } from "./harness.mjs";
import { events, place } from "./orders.mjs";
import { seen, tasks } from "./provider.mjs";

// The figures that the product has promised. Rows read: so many, and so many a second of waiting.
const BUDGET = {
  worker_requests: 8,
  // Of a request with its key, as the form sends it; the last one for the try of a deleted order.
  d1_rows_written: 12,
  r2_class_a: 3,
  r2_class_b: 6,
  object_requests: 5,
  object_rows_written: 6,
};
const ROWS_READ = 40;
const ROWS_READ_A_SECOND = 2;

// What it is today: one more of anything is a change that somebody must have meant.
const TODAY = {
  // One of them is the counter of how the order ended, one the try that outlives a deleted order.
  d1_rows_written: 12,
  // The inputs in one file, and the result; a deletion is free.
  r2_class_a: 2,
  // The provider fetches two inputs, the visitor looks at the result.
  r2_class_b: 3,
  // Two limiters on a network's first order of a day, the announcement, the callback.
  object_requests: 4,
  // The limiter's state and alarm, the Dispatcher's counts.
  object_rows_written: 3,
};
// Two days that are seconds, and the trial's window within them.
const OVER_SOON = { RETENTION_MS: 12_000, TRIAL_WINDOW_MS: 6_000 };
// The order, two inputs, the callback.
const REQUESTS = 4;
// Each minute of every day, and so the same whether one order is under way or a hundred.
// The orders take 6 of these, and each thing of accounts that the clock ends takes one or two: mails, announcements,
// exports, deletions, receipts, what is kept, sign-ins, wishes for another address.
const CRON_ROWS_READ = 13;
// The row of the order that it closes, and that in the index.
const CLOSED_ROWS_READ = 2;

/** Follows the order to its end as a browser does; how many streams that took, and the last view. */
async function follow(world, id) {
  for (let streams = 1; streams <= 3; streams += 1) {
    const { stream } = await world.request(`/api/orders/${id}/events`, { stream: true });
    for await (const view of events(stream)) {
      if (view.status === "completed") return { streams, view };
    }
  }
  throw new Error("the order did not end within three streams");
}

/** From the request to a result that was looked at. */
async function lookedAt(world) {
  await world.resetCalls();
  const began = Date.now();
  // As the form does it. A cookie says who asks, and nobody has to have given it out.
  const headers = { cookie: `__Host-anon_sid=${"A".repeat(22)}`, "idempotency-key": "figures" };
  const { order } = await place(world, { headers });
  const { streams, view } = await follow(world, order.id);
  const output = view.images.find(({ role }) => role === "output");
  assert.equal((await world.request(output.url)).status, 200);
  await seen(world, tasks, ([task]) => task.callbacks[0]?.status === 200);
  return { id: order.id, view, streams, seconds: Math.ceil((Date.now() - began) / 1_000) };
}

function check(name, counts, { requests, seconds, ...differs }) {
  const bound = ROWS_READ + ROWS_READ_A_SECOND * seconds;
  const budget = { ...BUDGET, d1_rows_read: bound };
  const table = Object.entries(budget).map(([what, most]) => [what, { counted: counts[what], budget: most }]);
  console.log(`${name}, ${seconds} s`);
  console.table(Object.fromEntries(table));
  assert.equal(counts.worker_requests, requests);
  for (const [what, most] of Object.entries(budget)) {
    assert.ok(counts[what] <= most, `${what}: ${counts[what]} of ${most}`);
  }
  for (const [what, count] of Object.entries({ ...TODAY, ...differs })) assert.equal(counts[what], count, what);
}

for (const seconds of [3, 60]) {
  test(`an order of ${seconds} s that its visitor deletes`, async (t) => {
    const world = await World.start(t, { sandbox: { "latency-ms": seconds * 1_000 } });
    const { id, streams, ...order } = await lookedAt(world);
    assert.equal((await world.request(`/api/orders/${id}`, { method: "DELETE" })).status, 204);
    assert.deepEqual(await world.files(), []);
    check("deleted", await world.counts(), { requests: REQUESTS + 2 + streams, seconds: order.seconds });
  });
}

test("an order of 3 s that expires", async (t) => {
  const world = await World.start(t, { sandbox: { "latency-ms": 3_000 }, vars: OVER_SOON });
  const skew = besideTheHour();
  await world.clock(skew);
  // The first cron of a new database notes that the announcements have been mailed.
  await world.scheduled();
  await world.resetCalls();
  const { view, streams, seconds } = await lookedAt(world);
  await pause(Date.parse(view.expires_at) - Date.now() - skew + 1);
  await world.scheduled();
  assert.deepEqual(await world.files(), []);
  assert.deepEqual(await world.d1("SELECT id FROM orders"), []);
  // The sweep reads for everybody, and lists files in an hour's first minute; what it writes, it writes for this order.
  const cron = await world.counts({ from: ["scheduled"] });
  console.log(`the cron that closes it: ${cron.d1_rows_read} rows read, ${cron.d1_rows_written} written`);
  assert.ok(cron.d1_rows_read <= CRON_ROWS_READ + CLOSED_ROWS_READ, `${cron.d1_rows_read} rows`);
  const { d1_rows_read, r2_class_a, ...all } = await world.counts();
  const own = { d1_rows_read: d1_rows_read - cron.d1_rows_read, r2_class_a: r2_class_a - cron.r2_class_a };
  const counts = { ...all, ...own };
  // No deletion that is marked before it is done: two rows less.
  check("expired", counts, { requests: REQUESTS + 1 + streams, seconds, d1_rows_written: 9 });
});

test("the cron, which is nobody's order", async (t) => {
  const world = await World.start(t, { sandbox: { "latency-ms": 60_000 } });
  const run = async (name, objectRequests) => {
    await world.resetCalls();
    await world.scheduled();
    const { d1_rows_read, d1_rows_written, r2_class_a } = await world.counts({ from: ["scheduled"] });
    const { object_requests } = await world.counts();
    console.log(`the cron, ${name}`);
    console.table({ d1_rows_read, d1_rows_written, r2_class_a, object_requests });
    assert.equal(d1_rows_written, 0);
    assert.ok(d1_rows_read <= CRON_ROWS_READ, `${d1_rows_read} rows`);
    assert.equal(object_requests, objectRequests);
  };
  await world.clock(besideTheHour());
  // The first one of a new database notes that the announcements have been mailed.
  await world.scheduled();
  await run("with nothing to do", 0);
  await place(world);
  await seen(world, tasks, ([task]) => task?.input_fetch_count === 2);
  await run("with an order under way", 0);
});
