// The Worker dies between two steps, as by a power cut, and comes back with what was stored. What it
// has acknowledged holds, and the alarm or the cron ends what it had begun.
import assert from "node:assert/strict";
import { test } from "node:test";
import { World } from "./harness.mjs";
import {
  DAY_MS, HOUR_MS, QUICK, arm, cleared, creates, forgetCalls, get, inState, nothingLeft, placed, post,
  remove, row, tasks, triesUsed, untilHour,
} from "./trouble.mjs";

const PUT = { binding: "FILES", method: "put" };
const INSERT = { binding: "DB", contains: "INTO orders" };
const UPDATE = { binding: "DB", contains: "UPDATE orders" };

const start = (t) => World.start(t, { vars: QUICK, sandbox: { "latency-ms": 50 } });

/** Kills the Worker at the moment at which the fault's call hangs; `work()` dies with it. */
async function killedAt(world, fault, work) {
  const [moment] = await world.faults(fault);
  const dying = work().catch(() => null);
  await moment;
  await world.restart();
  assert.equal(await dying, null, "nobody was answered");
}

/**
 * How far it is to the first minute of an hour in which this hour's files are swept: 48 hours of
 * retention and two more after it. Three hours are swept, so it may strike meanwhile.
 */
const sweepOfOrphans = () => untilHour(2 * DAY_MS + 2 * HOUR_MS);

test("while placing", async (t) => {
  const world = await start(t);

  const before = [
    ["the inputs", { ...PUT, when: "hang_before" }, 0],
    ["the inputs, stored", { ...PUT, when: "hang_after" }, 1],
    ["the commit", { ...INSERT, when: "hang_before" }, 1],
  ];
  for (const [what, fault, files] of before) {
    await t.test(`at ${what}: no order, and its files go with their hour`, async () => {
      await killedAt(world, fault, () => post(world));
      assert.deepEqual(await world.d1("SELECT id FROM orders"), []);
      assert.equal((await world.files()).length, files);
      await world.clock(sweepOfOrphans() - 90_000);
      await world.scheduled();
      assert.equal((await world.files()).length, files, "another minute than the hour's first");
      await world.clock(sweepOfOrphans());
      await world.scheduled();
      await world.clock(0);
      assert.deepEqual(await world.files(), []);
    });
  }

  await t.test("after the commit: the order that nobody was told of is made and expires", async () => {
    await killedAt(world, { ...INSERT, when: "hang_after" }, () => post(world));
    const [{ id }] = await world.d1("SELECT id FROM orders");
    await world.scheduled();
    await inState(world, id, "delivered", { cron: true });
    await cleared(world, id);
  });

  await t.test("right after the answer: 201 is durable", async () => {
    const { id } = await placed(world);
    await world.restart();
    assert.equal((await get(world, id)).status, 200);
    await inState(world, id, "delivered", { cron: true });
    assert.equal((await creates(world)).length <= 3, true);
    await cleared(world, id);
  });
});

test("while the Dispatcher works", async (t) => {
  const world = await start(t);
  const dispatching = { ...UPDATE, from: "Dispatcher" };
  // The last of each: how many tasks that do not fail there may be.
  const moments = [
    ["before it marks the order", { ...dispatching, when: "hang_before" }, 1],
    ["after it marked the order, before createTask", { ...dispatching, when: "hang_after" }, 1],
    ["before createTask leaves", { binding: "Internet", contains: "createTask", when: "hang_before" }, 1],
    ["after createTask, before it notes the task", { ...dispatching, skip: 1, when: "hang_before" }, 2],
    ["after it noted the task", { ...dispatching, skip: 1, when: "hang_after" }, 1],
    ["while it asks for the task", { binding: "Internet", contains: "recordInfo", when: "hang_before" }, 1],
    ["while it fetches the result", { binding: "Internet", contains: "/p/", when: "hang_after" }, 1],
    ["after the result is stored, before it is noted", { ...dispatching, skip: 2, when: "hang_before" }, 1],
    ["after the result is noted", { ...dispatching, skip: 2, when: "hang_after" }, 1],
  ];
  for (const [what, fault, most] of moments) {
    await t.test(what, async () => {
      await forgetCalls(world);
      const [moment] = await world.faults(fault);
      const { id } = await placed(world);
      await moment;
      await world.restart();
      await inState(world, id, "delivered", { cron: true });
      const view = (await get(world, id)).json();
      assert.equal((await world.request(view.images.at(-1).url)).status, 200);
      const made = (await creates(world)).filter(({ taskId }) => taskId);
      // A task that could not read its inputs while the Worker was dead has failed and is not billed.
      const failed = (await tasks(world)).filter(({ taskId, state }) =>
        state === "fail" && made.some((call) => call.taskId === taskId));
      assert.ok(made.length - failed.length <= most && made.length <= 2, `${made.length} createTask calls`);
      await cleared(world, id);
    });
  }

  await t.test("the alarm alone goes on, without the cron", async () => {
    const [moment] = await world.faults({ ...dispatching, skip: 1, when: "hang_after" });
    const { id } = await placed(world);
    await moment;
    await world.restart();
    await inState(world, id, "delivered");
    await cleared(world, id);
  });

  await t.test("twice, at both tasks: never a third", async () => {
    await forgetCalls(world);
    const fault = { binding: "Internet", contains: "createTask", when: "hang_after" };
    let [moment] = await world.faults(fault);
    // The callbacks die with it: without them nobody learns of the tasks.
    await arm(world, "callback_missing", { times: 2 });
    const { id, cookie } = await placed(world);
    await moment;
    await world.restart();
    [moment] = await world.faults(fault);
    await world.scheduled();
    await moment;
    await world.restart();
    const end = await inState(world, id, ["failed", "delivered"], { cron: true });
    assert.deepEqual([end.state, end.error], ["failed", "provider_timeout"]);
    assert.equal((await creates(world)).length, 2);
    assert.equal(await triesUsed(world, cookie), 0);
    await cleared(world, id);
  });
});

test("while deleting", async (t) => {
  const world = await start(t);
  const moments = [
    ["before the deletion's commit", { ...UPDATE, from: "fetch", when: "hang_before" }, 200],
    ["after the commit, before the files", { ...UPDATE, from: "fetch", when: "hang_after" }, 410],
    ["before the files go", { binding: "FILES", method: "delete", when: "hang_before" }, 410],
    ["after the files, before it closes", { binding: "FILES", method: "delete", when: "hang_after" }, 410],
    ["after it closed", { binding: "DB", contains: "DELETE FROM orders", when: "hang_after" }, 410],
  ];
  for (const [what, fault, status] of moments) {
    await t.test(what, async () => {
      const { id } = await placed(world);
      await inState(world, id, "delivered");
      await killedAt(world, fault, () => remove(world, id));
      assert.equal((await get(world, id)).status, status);
      if (status === 200) assert.equal((await remove(world, id)).status, 204);
      await world.scheduled();
      assert.equal(await row(world, id), undefined);
      assert.deepEqual(await world.files(), []);
      assert.equal((await get(world, id)).status, 410);
    });
  }

  await t.test("right after the answer: 204 is durable", async () => {
    const { id } = await placed(world);
    await inState(world, id, "delivered");
    assert.equal((await remove(world, id)).status, 204);
    await world.restart();
    assert.equal((await get(world, id)).status, 410);
    await nothingLeft(world);
  });

  await t.test("in the middle of the cron's deletion", async () => {
    const { id } = await placed(world);
    await inState(world, id, "delivered");
    await world.faults({ binding: "FILES", method: "delete", when: "before" });
    assert.equal((await remove(world, id)).status, 204);
    await killedAt(world, { binding: "FILES", method: "delete", when: "hang_after" }, () => world.scheduled());
    await world.scheduled();
    await nothingLeft(world);
    assert.equal((await get(world, id)).status, 410);
  });
});
