// What the fault tests share: quick durations, looking past the proxies, callbacks of one's own.
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { orderForm } from "./orders.mjs";

// Between two looks at what tells nobody by itself.
const LOOK_MS = 40;
// A cron a minute in production; a heartbeat a second where minutes are seconds.
const CRON_MS = 1_000;

export const WEBHOOK_KEY = "sandbox-webhook-key";

/** Every duration in seconds, every limit out of the way. */
export const QUICK = {
  CREATE_TIMEOUT_MS: "1500",
  RECORD_TIMEOUT_MS: "1500",
  RESULT_TIMEOUT_MS: "3000",
  GRACE_MS: "1000",
  DEADLINE_MS: "20000",
  POLL_PAUSE_MS: "300",
  BUSY_PAUSE_MS: "400",
  OUTAGE_PAUSE_MS: "600",
  PARK_PAUSE_MS: "500",
  PREFIX_ORDERS_HOUR: "1000",
  PREFIX_ORDERS_DAY: "1000",
  GLOBAL_ORDERS_HOUR: "10000",
};

export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;

/** How far it is to the first minute of an hour, the first that is at least so far away. */
export const untilHour = (leastMs) => Math.ceil((Date.now() + leastMs) / HOUR_MS) * HOUR_MS - Date.now() + 1_000;

let addresses = 0;

/** An address of a network that nobody has used before. */
export const address = () => `10.${(addresses >> 8) & 255}.${addresses++ & 255}.7`;

/** A POST of the order form from a network of its own, whatever the answer. */
export function post(world, { headers = {}, ...fields } = {}) {
  const all = { "cf-connecting-ip": address(), ...headers };
  return world.request("/api/orders", { method: "POST", headers: all, body: orderForm(fields) });
}

/** The same, accepted: the order's id and the visitor's cookie. */
export async function placed(world, options) {
  const answer = await post(world, options);
  assert.equal(answer.status, 201, answer.text);
  const cookie = answer.headers["set-cookie"][0].split(";")[0];
  return { id: answer.json().id, order: answer.json(), cookie };
}

// The fence before everything counts each network's writes too.
const write = (world, method, path) =>
  world.request(path, { method, headers: { "cf-connecting-ip": address() } });

export const get = (world, id) => world.request(`/api/orders/${id}`);
export const remove = (world, id) => write(world, "DELETE", `/api/orders/${id}`);
export const cancel = (world, id) => write(world, "POST", `/api/orders/${id}/cancellation`);

/** The row of an order, without asking the Worker. */
export async function row(world, id) {
  return (await world.d1("SELECT * FROM orders WHERE id = ?1", id))[0];
}

/** Looks until `look()` brings something truthy. With `cron` the cron runs each second meanwhile. */
export async function eventually(world, what, look, { timeoutMs = 30_000, cron = false } = {}) {
  let next = Date.now() + CRON_MS;
  for (const end = Date.now() + timeoutMs; Date.now() < end; await pause(LOOK_MS)) {
    const found = await look();
    if (found) return found;
    if (cron && Date.now() > next) {
      await world.scheduled();
      next = Date.now() + CRON_MS;
    }
  }
  throw new Error(`${what}: not within ${timeoutMs} ms`);
}

/** The row once it is in one of `states`. */
export function inState(world, id, states, options) {
  const look = async () => {
    const found = await row(world, id);
    return found && [states].flat().includes(found.state) && found;
  };
  return eventually(world, `the order is ${states}`, look, options);
}

/** Nothing of any order is left. */
export async function nothingLeft(world, options) {
  const look = async () => {
    const rows = await world.d1("SELECT id FROM orders");
    return rows.length === 0 && (await world.files()).length === 0;
  };
  await eventually(world, "nothing is left", look, options);
}

/** Deletes an order and sees it gone, so that the next test finds an empty world. */
export async function cleared(world, id) {
  assert.equal((await remove(world, id)).status, 204);
  await nothingLeft(world);
}

// ---- the provider ----

async function control(world, method, path, value) {
  const body = value === undefined ? undefined : JSON.stringify(value);
  const answer = await fetch(`${world.sandbox.api}/_control/${path}`, { method, body });
  assert.equal(answer.status, 200, `${method} ${path}`);
  return answer.json();
}

/** Arms one of the sandbox's faults. */
export const arm = (world, fault, { times = 1, skip = 0, ...options } = {}) =>
  control(world, "POST", "faults", { fault, times, skip, with: options });
export const disarm = (world) => control(world, "DELETE", "faults");
export const settings = (world, changes) => control(world, "POST", "settings", changes);
export const tasks = (world) => control(world, "GET", "tasks");
export const providerCalls = (world) => control(world, "GET", "calls");
export const forgetCalls = (world) => control(world, "DELETE", "calls");
export const finish = (world, taskId) => control(world, "POST", `tasks/${taskId}/finish`, {});
/** Lets the sandbox call back now; its attempts so far. */
export const callBack = (world, taskId, options = {}) =>
  control(world, "POST", `tasks/${taskId}/callback`, options);

/** The createTask calls since they were forgotten. */
export async function creates(world) {
  return (await providerCalls(world)).filter(({ path }) => path.endsWith("/createTask"));
}

/** The two headers of a callback about a task. */
export function signed(taskId, { key = WEBHOOK_KEY, at = Date.now() } = {}) {
  const timestamp = `${Math.floor(at / 1000)}`;
  const mac = createHmac("sha256", key).update(`${taskId}.${timestamp}`);
  return { "x-webhook-timestamp": timestamp, "x-webhook-signature": mac.digest("base64") };
}

/** Posts a callback as a stranger would; `headers` are sent as they are given. */
export function knock(world, token, taskId, { headers = signed(taskId), data = {} } = {}) {
  const body = JSON.stringify({ code: 200, msg: "success", data: { taskId, state: "success", ...data } });
  const all = { "content-type": "application/json", ...headers };
  return world.request(`/webhooks/kie/${token}`, { method: "POST", headers: all, body });
}

/** What one order of a cookie's trial is used. */
export async function triesUsed(world, cookie) {
  const answer = await world.request("/api/session", { headers: { cookie } });
  return answer.json().trial.used;
}
