// What the clock demands: expiry, the cron, the alarm, and ends that visitors set themselves.
import assert from "node:assert/strict";
import { test } from "node:test";
import { World } from "./harness.mjs";
import {
  DAY_MS, HOUR_MS, QUICK, arm, cancel, cleared, creates, eventually, finish, forgetCalls, get, inState,
  nothingLeft, placed, remove, row, settings, tasks, triesUsed, untilHour,
} from "./trouble.mjs";

const start = (t) => World.start(t, { vars: QUICK, sandbox: { "latency-ms": 50 } });

async function delivered(world) {
  const order = await placed(world);
  await inState(world, order.id, "delivered");
  return order;
}

test("expiry", async (t) => {
  const world = await start(t);

  await t.test("48 hours to the millisecond: the order, its page, its stream and its pictures", async () => {
    const { id, order } = await delivered(world);
    const expiresAt = Date.parse(order.expires_at);
    assert.equal(expiresAt - Date.parse(order.created_at), 2 * DAY_MS);
    const skew = expiresAt - Date.now() - 1_500;
    await world.clock(skew);
    const view = (await get(world, id)).json();
    const readable = new Set(["/", "/events", "page", ...view.images.map(({ url }) => url)]);
    for (const image of view.images) assert.ok(Date.parse(image.url_expires_at) <= expiresAt);
    const path = { "/": `/api/orders/${id}`, "/events": `/api/orders/${id}/events`, page: `/orders/${id}` };
    const seen = new Set();
    while (readable.size > 0) {
      for (const name of readable) {
        const began = Date.now() + skew;
        const { status, stream } = await world.request(path[name] ?? name, { stream: true });
        stream.destroy();
        if (status === 200) {
          assert.ok(began < expiresAt, `${name} was read too late`);
          seen.add(name);
        } else {
          assert.equal(status, 410, name);
          // Links end with the whole second.
          const tolerance = name.startsWith("/i/") ? 1_000 : 0;
          assert.ok(Date.now() + skew >= expiresAt - tolerance, `${name} was gone too early`);
          readable.delete(name);
        }
      }
    }
    assert.equal(seen.size, 3 + view.images.length, "each was readable before");
    assert.equal((await world.files()).length, 2, "unreadable does not wait for the cron");
    await world.scheduled();
    assert.equal(await row(world, id), undefined);
    assert.deepEqual(await world.files(), []);
    assert.equal((await get(world, id)).status, 410);
    await world.clock(skew + 29 * DAY_MS);
    assert.equal((await get(world, id)).status, 410, "for 30 days");
    await world.clock(skew + 31 * DAY_MS);
    assert.equal((await get(world, id)).status, 404, "and no longer");
    await world.clock(0);
  });

  await t.test("a cron that did not run for long, then twice at once", async () => {
    const orders = [await delivered(world), await delivered(world), await delivered(world)];
    const before = world.logLines().filter(({ to }) => to === "closed").length;
    await world.clock(2 * DAY_MS + 5 * HOUR_MS);
    const runs = await Promise.all([world.scheduled(), world.scheduled(), world.scheduled()]);
    assert.deepEqual(runs.map(({ outcome }) => outcome), ["ok", "ok", "ok"]);
    await nothingLeft(world);
    const closed = world.logLines().filter(({ to }) => to === "closed").length;
    assert.equal(closed - before, orders.length, "each closed once");
    await world.clock(0);
  });

  await t.test("an order that still waits because the provider takes no work", async () => {
    await settings(world, { credits: 0 });
    const { id } = await placed(world);
    await world.logged(({ event }) => event === "provider_outage");
    await inState(world, id, "placed");
    await world.clock(2 * DAY_MS + 1_000);
    assert.equal((await get(world, id)).status, 410);
    await world.scheduled();
    await nothingLeft(world, { cron: true });
    await world.clock(0);
    await settings(world, { credits: 1_000 });
  });

  await t.test("the files of an hour cannot be listed: whose time is over ends all the same", async () => {
    await delivered(world);
    await world.clock(untilHour(2 * DAY_MS));
    await world.faults({ binding: "FILES", method: "list", when: "before" });
    await world.scheduled();
    assert.deepEqual(await world.pendingFaults(), []);
    await nothingLeft(world);
    assert.equal(world.logLines().filter(({ event }) => event === "sweep_failed").length, 1);
    await world.clock(0);
  });

  await t.test("a young order keeps its files when the hour is swept", async () => {
    const { id } = await delivered(world);
    await world.clock(untilHour(0));
    await world.scheduled();
    const line = world.logLines().filter(({ event }) => event === "sweep").at(-1);
    assert.deepEqual([line.woken, line.orphans], [0, 0]);
    assert.equal((await world.files()).length, 2);
    await world.clock(0);
    await cleared(world, id);
  });
});

test("the alarm is lost: the cron goes on", async (t) => {
  // A pause that is worth an alarm.
  const vars = { ...QUICK, BUSY_PAUSE_MS: "1500" };
  const world = await World.start(t, { vars, sandbox: { "latency-ms": 50 } });
  await world.faults({ binding: "Dispatcher.storage", method: "setAlarm", when: "lost" });
  await arm(world, "create_429");
  const { id } = await placed(world);
  await eventually(world, "the alarm is lost", async () => (await world.pendingFaults()).length === 0);
  await eventually(world, "the pause is over", async () => (await row(world, id)).due_at < Date.now());
  assert.equal((await row(world, id)).state, "placed");
  assert.equal((await world.calls()).filter(({ method }) => method === "alarm").length, 0);
  await world.scheduled();
  await inState(world, id, "delivered");
  assert.equal((await creates(world)).length, 2);
});

test("the cron finds nothing to do, and does nothing", async (t) => {
  const world = await start(t);
  // The first one notes that the announcement has been mailed to everybody there is.
  await world.scheduled();
  await world.resetCalls();
  assert.equal((await world.scheduled()).outcome, "ok");
  const { d1_rows_written, object_requests } = await world.counts();
  assert.deepEqual([d1_rows_written, object_requests], [0, 0]);
});

test("cancel and delete", async (t) => {
  const world = await start(t);

  await t.test("while it waits: never sent, the try given back", async () => {
    await forgetCalls(world);
    await settings(world, { credits: 0 });
    const { id, cookie } = await placed(world);
    await world.logged(({ event }) => event === "provider_outage");
    await inState(world, id, "placed");
    assert.equal(await triesUsed(world, cookie), 1);
    for (const count of ["once", "twice"]) {
      const answer = await cancel(world, id);
      assert.deepEqual([answer.status, answer.json().status], [202, "canceled"], count);
    }
    assert.equal(await triesUsed(world, cookie), 0);
    await settings(world, { credits: 1_000 });
    const next = await delivered(world);
    const accepted = (await creates(world)).filter(({ code }) => code === 200);
    assert.equal(accepted.length, 1, "the other order's alone");
    assert.equal((await row(world, id)).state, "canceled");
    await remove(world, next.id);
    await cleared(world, id);
  });

  await t.test("while the provider works: the result is thrown away, the try is used", async () => {
    await arm(world, "task_never_ends");
    const { id, cookie } = await placed(world);
    const { task_id: taskId } = await inState(world, id, "submitted");
    assert.equal((await cancel(world, id)).status, 202);
    assert.equal((await cancel(world, id)).json().status, "canceled");
    await finish(world, taskId);
    await eventually(world, "the callback was taken", async () =>
      (await tasks(world)).at(-1).callbacks.some(({ status }) => status === 200));
    await eventually(world, "no result stays", async () => (await world.files()).length === 1);
    const view = (await get(world, id)).json();
    assert.deepEqual([view.status, view.images.length], ["canceled", 2]);
    assert.equal(await triesUsed(world, cookie), 1);
    await cleared(world, id);
  });

  for (const [what, act, files] of [["cancel", cancel, 1], ["delete", remove, 0]]) {
    await t.test(`${what} while the result is being stored: it does not stay`, async () => {
      const [moment] = await world.faults({ binding: "FILES", from: "Dispatcher", method: "put", when: "hang_after" });
      const { id } = await placed(world);
      const goOn = await moment;
      assert.equal((await world.files()).length, 2, "it is stored");
      assert.ok([202, 204].includes((await act(world, id)).status));
      goOn();
      await eventually(world, "it is gone", async () => (await world.files()).length === files);
      if (files > 0) await cleared(world, id);
      assert.equal((await get(world, id)).status, 410);
    });
  }

  await t.test("what has ended cannot be canceled, and what is gone neither", async () => {
    const { id } = await delivered(world);
    const answer = await cancel(world, id);
    assert.deepEqual([answer.status, answer.json().code], [409, "order_final"]);
    await cleared(world, id);
    assert.equal((await cancel(world, id)).status, 410);
    assert.equal((await remove(world, id)).status, 410);
    assert.equal((await cancel(world, "A".repeat(40))).status, 404);
  });
});
