// The time-outs of the platform's calls: all of an event under one timer.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Calls, within } from "../../src/edge/boundary.js";
import { callProvider, sendMail } from "../../src/edge/platform.js";

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

test("a call whose end cannot be told does not take the others' time-outs away", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const [calls, told] = [new Calls(), []];
  const dead = () => {
    throw new WebAssembly.RuntimeError("unreachable");
  };
  const tell = (number, fulfilled, value) => told.push([number, fulfilled, value.name]);
  calls.settle(never(), 1_000, 1, dead);
  calls.settle(never(), 1_000, 2, tell);
  calls.settle(never(), 2_000, 3, tell);
  for (let second = 0; second < 2; second += 1) t.mock.timers.tick(1_000);
  assert.deepEqual(told, [[2, false, "TimeoutError"]]);
  t.mock.timers.tick(1_000);
  assert.deepEqual(told[1], [3, false, "TimeoutError"]);
});

/** How many timers were set from now on, and how many of them are left. */
function timers(t) {
  const [left, found] = [new Set(), { set: 0, left: 0 }];
  const [set, clear] = [globalThis.setTimeout, globalThis.clearTimeout];
  t.mock.method(globalThis, "setTimeout", (work, ms) => {
    const timer = set(work, ms);
    left.add(timer);
    found.set += 1;
    found.left = left.size;
    return timer;
  });
  t.mock.method(globalThis, "clearTimeout", (timer) => {
    left.delete(timer);
    found.left = left.size;
    clear(timer);
  });
  return found;
}

test("at the end of an event no timer is left, and what was open is told to nobody", async (t) => {
  const found = timers(t);
  const [calls, told] = [new Calls(), []];
  let answer = () => {};
  calls.settle(new Promise((resolve) => (answer = resolve)), 1_000, 1, (...all) => told.push(all));
  assert.deepEqual(found, { set: 1, left: 1 });
  calls.end();
  answer("late");
  await settled();
  assert.deepEqual([found.left, told], [0, []]);
});

test("nor after a single call", async (t) => {
  const found = timers(t);
  assert.equal(await within(Promise.resolve("rows")), "rows");
  await assert.rejects(within(Promise.reject(new Error("no"))), { message: "no" });
  assert.deepEqual(found, { set: 2, left: 0 });
});

test("nor after a call to the provider, however it ends", async (t) => {
  const found = timers(t);
  t.mock.method(globalThis, "fetch", async () => new Response("taken", { status: 201 }));
  const [status, bytes] = await callProvider("https://provider.example/", "key", "{}", 60_000, 100);
  assert.deepEqual([status, Buffer.from(bytes).toString()], [201, "taken"]);
  t.mock.method(globalThis, "fetch", async () => Promise.reject(new TypeError("refused")));
  await assert.rejects(callProvider("https://provider.example/", "key", "{}", 60_000, 100), { name: "TypeError" });
  assert.deepEqual(found, { set: 2, left: 0 });
});

test("a provider that does not answer is given up in time", async (t) => {
  const found = timers(t);
  const untilAborted = (_, { signal }) =>
    new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
  t.mock.method(globalThis, "fetch", untilAborted);
  await assert.rejects(callProvider("https://provider.example/", "key", "{}", 10, 100), { name: "TimeoutError" });
  assert.deepEqual(found, { set: 1, left: 0 });
});

test("a recipient to whom the platform never sends is told from what may be better later", async () => {
  const mail = JSON.stringify({ to: "somebody@example.com", subject: "S", text: "T", html: "<p>T" });
  const send = (binding) => sendMail(binding, undefined, "us@example.com", mail, 1_000).then(
    () => "taken",
    (error) => error.name,
  );
  const throwing = (code) => ({ send: () => Promise.reject(Object.assign(new Error("no"), { code })) });
  for (const code of ["E_RECIPIENT_SUPPRESSED", "E_RECIPIENT_NOT_ALLOWED", "RCPT_NOT_ALLOWED"]) {
    assert.equal(await send(throwing(code)), "MailRefused", code);
  }
  for (const code of ["E_RATE_LIMIT_EXCEEDED", "E_DAILY_LIMIT_EXCEEDED", "E_INTERNAL_SERVER_ERROR", undefined]) {
    assert.equal(await send(throwing(code)), "Error", code);
  }
  const sent = [];
  assert.equal(await send({ send: async (message) => sent.push(message) }), "taken");
  assert.equal(sent[0].to, "somebody@example.com");
});
