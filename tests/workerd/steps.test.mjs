// Every step of an order's life fails once, before and after it took effect. The steps are those that
// a normal run makes, so they follow the code.
import assert from "node:assert/strict";
import { test } from "node:test";
import { World, besideTheHour } from "./harness.mjs";
import {
  QUICK, creates, forgetCalls, get, inState, nothingLeft, post, remove,
} from "./trouble.mjs";

// Worlds side by side: each order mostly waits.
const WORLDS = 4;
// A life has at least so many different steps; fewer would mean that the recording is broken.
const STEPS_MIN = 25;
// An alarm fires once, and sets another one at most.
const RESTARTS_MAX = 4;

/** What names a call in every run: without the ids of one. */
function shapeOf({ binding, from, method, subject }) {
  const known = {
    FILES: () => "anon/",
    Internet: () => /createTask|recordInfo|chat\/credit|\/p\//.exec(subject)[0],
    DB: () => subject,
  };
  return { binding, from, method, contains: (known[binding] ?? (() => ""))() };
}

// What is asked again and again: one failure stands for all.
const isRepeated = ({ method, contains }) =>
  /^(get|list|limit)$/.test(method) || /^SELECT|recordInfo/.test(contains);

// Each of a day's 16 Limiters sets one alarm, and a network's hash chooses among them: only a world in
// which none was ever asked surely sets one.
const isOnceADay = ({ binding, method }) => binding === "Limiter.storage" && /alarm/i.test(method);

/** The steps of a recorded life, each with `skip`: how many of its shape come before it. */
function stepsOf(calls) {
  const seen = new Map();
  const steps = [];
  // Work behind an answer is recorded for its time: what it does is steps of their own.
  const isStep = (call) => call.binding !== "Worker" && call.method !== "waitUntil";
  for (const call of calls.filter(isStep)) {
    const shape = shapeOf(call);
    const name = JSON.stringify(shape);
    const skip = seen.get(name) ?? 0;
    seen.set(name, skip + 1);
    if (skip === 0 || !isRepeated(shape)) steps.push({ ...shape, skip });
  }
  return steps;
}

const nameOf = ({ binding, from, method, contains, skip }) =>
  `${from || "-"} > ${binding}.${method} ${contains.slice(0, 60)} #${skip + 1}`;

/** An order from its placing to the last trace of it; what fails on the way is retried or healed. */
async function live(world, { cron = true } = {}) {
  let answer = await post(world);
  if (answer.status !== 201) {
    assert.ok(answer.status === 503 && answer.json().retryable, answer.text);
    assert.deepEqual([await world.files(), await world.d1("SELECT id FROM orders")], [[], []]);
    answer = await post(world);
    assert.equal(answer.status, 201, answer.text);
  }
  const { id } = answer.json();
  await inState(world, id, ["delivered", "failed"], { cron });
  let view = await get(world, id);
  if (view.status === 503) view = await get(world, id);
  assert.equal(view.json().status, "completed", view.text);
  assert.equal((await world.request(view.json().images.at(-1).url)).status, 200);
  let gone = await remove(world, id);
  if (gone.status === 503) gone = await remove(world, id);
  assert.ok([204, 410].includes(gone.status), gone.text);
  await nothingLeft(world, { cron });
  let last = await get(world, id);
  if (last.status === 503) last = await get(world, id);
  assert.equal(last.status, 410);
}

/** A world whose first cron, which notes that the announcements of a new database have been mailed, is over. */
async function start(t) {
  const world = await World.start(t, { vars: QUICK, sandbox: { "latency-ms": 50 } });
  await world.scheduled();
  return world;
}

/**
 * The steps of a life in a fresh world, where nobody remembers anything, and in one that is awake; `cold`: whether they
 * are surely made only in a fresh one. The runtime may have put the Dispatcher to sleep between the two, so what it did
 * in the second life is no proof that it would do it awake.
 */
async function record(world) {
  const lives = [];
  await world.clock(besideTheHour());
  for (let count = 0; count < 2; count += 1) {
    await world.resetCalls();
    await live(world, { cron: false });
    await world.scheduled();
    lives.push(stepsOf(await world.calls()));
  }
  await world.clock(0);
  const [cold, warm] = lives.map((steps) => new Map(steps.map((step) => [nameOf(step), step])));
  const isCold = (name, { from }) => cold.has(name) && (from === "Dispatcher" || !warm.has(name));
  return [...new Map([...cold, ...warm])].map(([name, step]) => ({ ...step, cold: isCold(name, step) }));
}

/** Arms a fault while the Dispatcher sleeps: an alarm of the life before may wake it as soon as the Worker is back. */
async function armAsleep(world, fault) {
  for (let restarts = 0; restarts < RESTARTS_MAX; restarts += 1) {
    await world.restart();
    await world.faults(fault);
    if (!(await world.calls()).some(({ from }) => from === "Dispatcher")) return;
  }
  throw new Error("the Dispatcher was awake after every restart");
}

/** One life with one fault. */
async function survive(world, { cold, ...step }, when) {
  await forgetCalls(world);
  await (cold ? armAsleep(world, { ...step, when }) : world.faults({ ...step, when }));
  await live(world);
  await world.scheduled();
  assert.deepEqual(await world.pendingFaults(), [], "the step was reached");
  await world.faults();
  const made = (await creates(world)).length;
  // A task whose input cannot be read fails and costs nothing; the next one gets fresh links.
  const most = step.contains === "createTask" || step.method === "get" ? 2 : 1;
  assert.ok(made >= 1 && made <= most, `${made} createTask calls`);
}

test("every step fails once", async (t) => {
  const worlds = await Promise.all(Array.from({ length: WORLDS }, () => start(t)));
  const steps = await record(worlds[0]);
  assert.ok(steps.length >= STEPS_MIN, `only ${steps.length} steps`);
  const cases = steps.flatMap((step) => ["before", "after"].map((when) => ({ step, when })));
  const failures = [];
  const work = worlds.map(async (mine) => {
    for (let next = cases.shift(); next; next = cases.shift()) {
      const world = isOnceADay(next.step) ? await start(t) : mine;
      try {
        await survive(world, next.step, next.when);
      } catch (error) {
        failures.push(`${nameOf(next.step)} ${next.when}: ${error.message}`);
        const rows = await world.d1("SELECT id FROM orders");
        await world.faults();
        for (const { id } of rows) await remove(world, id);
        await nothingLeft(world, { cron: true }).catch(() => {});
      }
    }
  });
  await Promise.all(work);
  assert.deepEqual(failures, []);
});
