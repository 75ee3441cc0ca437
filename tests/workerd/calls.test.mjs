// The time-outs of the platform's calls: all of an event under one timer.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Calls } from "../../src/edge/boundary.js";

const STEP_MS = 100;

const never = () => new Promise(() => {});
/** Lets what is settled be told. */
const settled = () => new Promise((done) => setImmediate(done));

/** Calls under a clock that the test turns, and what was told of each. */
function begin(t) {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const [calls, told] = [new Calls(), []];
  const tell = (number, fulfilled, value) => told.push([number, fulfilled, value?.name ?? value]);
  const call = (number, promise, ms) => calls.settle(promise, ms, number, tell);
  // In steps: a timer that is set within a long one would start at its end.
  const pass = (ms) => {
    for (let step = 0; step < ms; step += STEP_MS) t.mock.timers.tick(STEP_MS);
  };
  return { told, call, pass };
}

test("an answer is told as it comes, a rejection too", async (t) => {
  const { told, call } = begin(t);
  call(1, Promise.resolve("rows"), 1_000);
  call(2, Promise.reject("no"), 1_000);
  await settled();
  assert.deepEqual(told, [[1, true, "rows"], [2, false, "no"]]);
});

test("each call has its own time-out, at most a tick late, and never early", async (t) => {
  const { told, call, pass } = begin(t);
  call(1, never(), 10_000);
  pass(900);
  call(2, never(), 1_000);
  pass(1_000);
  assert.deepEqual(told, []);
  pass(100);
  assert.deepEqual(told, [[2, false, "TimeoutError"]]);
  for (let second = 2; second < 10; second += 1) pass(1_000);
  assert.equal(told.length, 1);
  pass(1_000);
  assert.deepEqual(told[1], [1, false, "TimeoutError"]);
});

test("what comes after the time-out is told to nobody", async (t) => {
  const { told, call, pass } = begin(t);
  let answer = () => {};
  call(1, new Promise((resolve) => (answer = resolve)), 1_000);
  pass(1_000);
  pass(1_000);
  answer("late");
  await settled();
  assert.deepEqual(told, [[1, false, "TimeoutError"]]);
});

test("a call after a quiet while has a time-out again", async (t) => {
  const { told, call, pass } = begin(t);
  call(1, Promise.resolve("rows"), 1_000);
  await settled();
  pass(1_000);
  call(2, never(), 1_000);
  pass(1_000);
  pass(1_000);
  assert.deepEqual(told.at(-1), [2, false, "TimeoutError"]);
});
