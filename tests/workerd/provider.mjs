// The sandbox's control interface, as the tests read it.
import { setTimeout as pause } from "node:timers/promises";
import assert from "node:assert/strict";

// Between two looks at the sandbox, which tells nobody by itself.
const LOOK_MS = 20;

async function control(world, method, path, value) {
  const body = value === undefined ? undefined : JSON.stringify(value);
  const answer = await fetch(`${world.sandbox.api}/_control/${path}`, { method, body });
  assert.equal(answer.status, 200, `${method} ${path}`);
  return answer.json();
}

/** Every task with its state, times, callbacks and input fetches, oldest first. */
export const tasks = (world) => control(world, "GET", "tasks");

/** The log of calls, oldest first. */
export const calls = (world) => control(world, "GET", "calls");

/** The createTask calls of the log. */
export async function createCalls(world) {
  return (await calls(world)).filter(({ path }) => path.endsWith("/createTask"));
}

/** Arms one fault: `{ fault, times, skip, with }`. */
export const arm = (world, fault) => control(world, "POST", "faults", fault);

/** Changes settings such as `latency_ms`. */
export const set = (world, settings) => control(world, "POST", "settings", settings);

/** Ends a task now. */
export const finish = (world, taskId) => control(world, "POST", `tasks/${taskId}/finish`, {});

/** Looks with `look(world)` until `wanted` holds of what it brings. */
export async function seen(world, look, wanted, timeoutMs = 30_000) {
  for (const end = Date.now() + timeoutMs; ; await pause(LOOK_MS)) {
    const found = await look(world);
    if (wanted(found)) return found;
    if (Date.now() > end) throw new Error(`not seen in ${timeoutMs} ms: ${JSON.stringify(found)}`);
  }
}
