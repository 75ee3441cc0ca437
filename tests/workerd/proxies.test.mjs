// The accounts and the faults of the proxies, against a Worker whose costs are known.
import assert from "node:assert/strict";
import test from "node:test";
import { World } from "./harness.mjs";

// An alarm is due a second after it was set; a machine under load may be late with it.
const ALARM_MS = 15_000;
// So is what goes on for 300 ms behind an answer.
const BEHIND_MS_MAX = 15_000;

test("the proxies", async (t) => {
  const world = await World.start(t, { sandbox: false, entry: "tests/workerd/probe_entry.mjs" });
  await world.d1("CREATE TABLE probe (value INTEGER PRIMARY KEY) STRICT");
  await world.d1("INSERT INTO probe (value) VALUES (1)");

  const did = async (path) => {
    await world.resetCalls();
    const { status, text } = await world.request(`/api/${path}`);
    return { status, text, counts: await world.counts(), calls: await world.calls() };
  };
  const rows = async () => (await world.d1("SELECT value FROM probe")).length;

  await t.test("a batch that fails before it took effect leaves nothing", async () => {
    await world.faults({ binding: "DB", method: "batch", contains: "INTO probe", when: "before" });
    const { status, calls } = await did("d1_batch");
    assert.equal(status, 500);
    assert.equal(calls.at(-1).fault, "0");
    assert.equal(await rows(), 1);
  });

  await t.test("a batch whose answer is lost has taken effect", async () => {
    await world.faults({ binding: "DB", method: "batch", when: "after", message: "gone away" });
    const { status, text, counts } = await did("d1_batch");
    assert.deepEqual([status, text], [500, "gone away"]);
    assert.equal(await rows(), 3);
    assert.equal(counts.d1_rows_written, 2);
  });

  await t.test("first() is counted and answers as the platform's", async () => {
    const { text, counts } = await did("d1_first");
    assert.equal(text, "2");
    assert.deepEqual([counts.d1_calls, counts.d1_rows_read, counts.d1_rows_written], [1, 1, 0]);
  });

  await t.test("R2 calls by class, deletes free", async () => {
    const { status, counts } = await did("r2");
    assert.equal(status, 200);
    assert.deepEqual([counts.r2_class_a, counts.r2_class_b], [5, 2]);
    assert.deepEqual(await world.files(), ["a/2"]);
  });

  await t.test("a fault can pass over calls, and picks by key", async () => {
    await world.faults(
      { binding: "FILES", method: "put", contains: "b/", when: "before" },
      { binding: "FILES", method: "get", contains: "a/", skip: 1, when: "before" },
    );
    assert.equal((await did("r2")).status, 200);
    assert.equal((await did("r2")).status, 500);
    assert.deepEqual((await world.pendingFaults()).map(({ id }) => id), ["0"]);
  });

  await t.test("a Durable Object's requests and rows, KV and SQL", async () => {
    await did("object/look");
    const kv = (await did("object/kv")).counts;
    assert.deepEqual(
      [kv.object_requests, kv.object_rows_read, kv.object_rows_written],
      [1, 3, 3],
    );
    const { text, counts } = await did("object/sql");
    assert.equal(text, '"3"');
    assert.deepEqual([counts.object_requests, counts.object_rows_written], [1, 6]);
  });

  await t.test("the time in which a Durable Object is awake, each moment once", async () => {
    await world.resetCalls();
    await Promise.all([1, 2, 3].map(() => world.request("/api/object/wait")));
    const { object_requests, limiter_awake_ms, dispatcher_awake_ms: awake } = await world.counts();
    assert.deepEqual([object_requests, limiter_awake_ms], [3, 0]);
    // Three waits of 300 ms at the same time, on a machine that may be busy.
    assert.ok(awake >= 290 && awake < 850, `${awake} ms`);
  });

  await t.test("what goes on behind an answer keeps a Durable Object awake", async () => {
    await world.resetCalls();
    assert.equal((await did("object/behind")).text, '"answered"');
    const until = Date.now() + BEHIND_MS_MAX;
    while (!(await world.calls()).some(({ method, ended_ms }) => method === "waitUntil" && ended_ms)) {
      assert.ok(Date.now() < until, "it did not end");
    }
    const { object_requests, dispatcher_awake_ms: awake } = await world.counts();
    assert.equal(object_requests, 1);
    assert.ok(awake >= 290, `${awake} ms`);
  });

  await t.test("a Durable Object's storage can fail, and so can the way to it", async () => {
    await world.faults({ binding: "Dispatcher.storage", method: "put", when: "before" });
    assert.equal((await did("object/kv")).status, 500);
    await world.faults({ binding: "DISPATCHER", contains: "/look", when: "before" });
    const { status, counts } = await did("object/look");
    assert.deepEqual([status, counts.object_requests], [500, 0]);
  });

  await t.test("log lines arrive, the structured ones parsed", async () => {
    await did("log");
    assert.equal((await world.logged(({ event }) => event === "probe")).value, 7);
  });

  await t.test("an alarm outlives the process, and is counted as a request", async () => {
    assert.equal((await did("object/arm")).counts.object_rows_written, 1);
    await world.restart();
    const until = Date.now() + ALARM_MS;
    while ((await world.counts()).object_requests === 0) {
      assert.ok(Date.now() < until, "the alarm did not fire after the restart");
    }
    assert.equal((await did("object/look")).text, '"1"');
  });
});
