// The harness itself: the Worker answers, what it does is counted, and faults reach it.
import assert from "node:assert/strict";
import test from "node:test";
import { World } from "./harness.mjs";

test("health answers, counted and with faults", async (t) => {
  const world = await World.start(t, { sandbox: false });

  await t.test("answers over a real connection", async () => {
    const answer = await world.request("/api/health");
    assert.equal(answer.status, 200);
    assert.equal(answer.headers["content-type"], "application/json");
    assert.equal(answer.json().status, "ok");
  });

  await t.test("a browser's navigation reaches the Worker too", async () => {
    const headers = { "sec-fetch-mode": "navigate", accept: "text/html" };
    assert.equal((await world.request("/api/health", { headers })).status, 200);
  });

  await t.test("counts what the bindings did, not what the test looked at", async () => {
    await world.resetCalls();
    await world.d1("SELECT name FROM sqlite_master");
    await world.request("/api/health");
    const counts = await world.counts();
    assert.equal(counts.worker_requests, 1);
    assert.equal(counts.d1_calls, 1);
    assert.equal(counts.object_requests, 0, "health asks no Durable Object");
  });

  for (const when of ["before", "after"]) {
    await t.test(`a database that fails ${when} the query degrades health once`, async () => {
      await world.faults({ binding: "DB", when });
      assert.equal((await world.request("/api/health")).status, 503);
      assert.deepEqual(await world.pendingFaults(), []);
      assert.equal((await world.request("/api/health")).status, 200);
    });
  }

  await t.test("the cron runs", async () => {
    await world.resetCalls();
    assert.equal((await world.scheduled()).outcome, "ok");
    assert.equal((await world.counts()).cron_runs, 1);
  });

  // Our entry goes past the generated Proxy: this leans on how worker-build guards each export.
  await t.test("after a trap the next request is answered by a fresh instance", async () => {
    const before = await world.instance();
    assert.equal(await world.trap(), "RuntimeError");
    assert.equal((await world.request("/api/health")).status, 200);
    assert.ok((await world.instance()) > before, "the instance was not replaced");
  });

  await t.test("killed in the middle of a query, it comes back with what it had stored", async () => {
    await world.d1("CREATE TABLE harness_probe (value INTEGER) STRICT");
    await world.d1("INSERT INTO harness_probe (value) VALUES (7)");
    const [hung] = await world.faults({ binding: "DB", when: "hang_before" });
    const lost = assert.rejects(world.request("/api/health"));
    await hung;
    await world.restart();
    await lost;
    assert.deepEqual(await world.d1("SELECT value FROM harness_probe"), [{ value: 7 }]);
    assert.equal((await world.request("/api/health")).status, 200);
  });
});
