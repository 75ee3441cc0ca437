// What the log says: one line a request, one a step, and nothing that anybody could be found by.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { ROOT, World } from "./harness.mjs";
import { garment, orderForm, person } from "./orders.mjs";
import {
  QUICK, WEBHOOK_KEY, arm, cancel, inState, knock, placed, remove, row, signed, tasks,
} from "./trouble.mjs";

// Planted where a visitor or the provider can put something.
const CANARIES = {
  "file name": "canary-file-name",
  instructions: "canary instructions",
  "idempotency key": "canary-idempotency-key",
  address: "2001:db8:ca:1234::17",
  "user agent": "canary-agent",
  referer: "canary-referer",
  email: "canary.ada@example.org",
  source: "canary-source",
  query: "canary-query",
  "unknown path": "canary-path",
  "failure text": "canary-failure-text",
  "header value": "canary-header",
};

/** The order form with a file name and a prompt that nobody may read in a log. */
function form(fields) {
  const body = orderForm({ instructions: CANARIES.instructions, ...fields });
  for (const [name, bytes] of [["person_image", person], ["garment_images", garment]]) {
    body.delete(name);
    body.append(name, new Blob([bytes]), `${CANARIES["file name"]}.jpg`);
  }
  return body;
}

const HEADERS = {
  "user-agent": CANARIES["user agent"],
  referer: `https://example.org/${CANARIES.referer}`,
  "cf-connecting-ip": CANARIES.address,
  "x-forwarded-for": CANARIES.address,
  "x-canary": CANARIES["header value"],
  // What is refused before its body was read takes its connection with it.
  connection: "close",
};

/** Route templates, as the interface's description has them, and what has none. */
function templates() {
  const { paths } = JSON.parse(readFileSync(join(ROOT, "src/web/openapi.json")));
  return new Set([...Object.keys(paths), "none"]);
}

test("the log of a full run", async (t) => {
  const world = await World.start(t, { vars: QUICK, sandbox: { "latency-ms": 50 } });
  const answers = [];
  const secrets = { "provider key": "sandbox-key", "webhook key": WEBHOOK_KEY };

  /** A request whose answer must have its one line. */
  async function ask(path, { method = "GET", headers = {}, ...options } = {}) {
    const all = { ...HEADERS, ...(secrets.cookie && { cookie: `__Host-anon_sid=${secrets.cookie}` }), ...headers };
    const answer = await world.request(path, { method, headers: all, ...options });
    answers.push({ method, path, answer });
    return answer;
  }

  await t.test("an order from end to end: a line for each step", async () => {
    const session = await ask("/api/session");
    secrets.cookie = session.headers["set-cookie"][0].split(/[=;]/)[1];
    const key = { "idempotency-key": CANARIES["idempotency key"] };
    const answer = await ask("/api/orders", { method: "POST", headers: key, body: form() });
    assert.equal(answer.status, 201, answer.text);
    const { id, images } = answer.json();
    assert.equal((await ask("/api/orders", { method: "POST", headers: key, body: form() })).json().id, id);
    const conflict = await ask("/api/orders", { method: "POST", headers: key, body: form({ focus: "details" }) });
    assert.equal(conflict.status, 422);
    const done = await inState(world, id, "delivered");
    const view = (await ask(`/api/orders/${id}`)).json();
    for (const [number, image] of view.images.entries()) {
      assert.equal((await ask(`${image.url}?download=${CANARIES.query}`)).status, 200);
      secrets[`link ${number}`] = image.url.split("/").at(-1);
      secrets[`image ${number}`] = image.id;
    }
    for (const [number, image] of images.entries()) secrets[`first link ${number}`] = image.url;
    await ask(`/api/orders/${id}/events`);
    await ask(`/orders/${id}`, { headers: { accept: "text/html" } });
    const [task] = await tasks(world);
    await knock(world, done.callback_token, done.task_id);
    Object.assign(secrets, {
      "order id": id,
      "callback token": done.callback_token,
      "task id": task.taskId,
      "result link": new URL(task.resultUrls[0]).pathname,
      visitor: done.visitor,
    });
    await ask(`/api/orders/${id}`, { method: "DELETE" });
    await ask(`/api/orders/${id}`);
    await ask(view.images[0].url);
    const steps = world.logLines().filter(({ event }) => event === "order_step");
    assert.deepEqual(
      steps.map(({ cause, from, to }) => [cause, from, to]),
      [
        ["dispatch_started", "placed", "submitting"],
        ["task_accepted", "submitting", "submitted"],
        ["result_stored", "submitted", "delivered"],
        ["delete_requested", "delivered", "delivered"],
        ["files_gone", "delivered", "closed"],
      ],
    );
  });

  await t.test("refusals", async () => {
    const post = (path, options) => ask(path, { method: "POST", ...options });
    await post("/api/orders", { body: form({ consent: undefined }) });
    await post("/api/orders", { body: form({ look_style: CANARIES.instructions }) });
    await post("/api/orders", { body: CANARIES.instructions, headers: { "content-type": "text/plain" } });
    const elsewhere = { origin: `https://${CANARIES.referer}.example`, "sec-fetch-site": "cross-site" };
    assert.equal((await post("/api/orders", { headers: elsewhere, body: "" })).status, 403);
    for (const email of [CANARIES.email, `${CANARIES.email}@`]) {
      const body = JSON.stringify({ email, source: CANARIES.source });
      await post("/api/waitlist", { body, headers: { "content-type": "application/json" } });
    }
    await ask(`/api/orders/${CANARIES["unknown path"]}`);
    await ask(`/api/${CANARIES["unknown path"]}?${CANARIES.query}`);
    await ask(`/i/${CANARIES["unknown path"]}`);
    const webhook = `/webhooks/kie/${CANARIES["unknown path"]}`;
    await post(webhook, { body: "{}" });
    const taskId = "a".repeat(32);
    const forged = JSON.stringify({ data: { taskId, failMsg: CANARIES["failure text"] } });
    await post(webhook, { headers: signed(taskId, { key: "x" }), body: forged });
    await ask("/api/health", { method: "PATCH" });
    await ask("/api/options");
  });

  await t.test("failures of everything", async () => {
    const message = "Network connection lost.";
    await world.faults({ binding: "FILES", method: "put", when: "before", message });
    await ask("/api/orders", { method: "POST", body: form() });
    await world.faults({ binding: "DB", when: "before", times: 2, message });
    await ask(`/api/orders/${secrets["order id"]}`);
    await world.faults({ binding: "LIMITER", when: "before", message });
    await ask("/api/orders", { method: "POST", body: form() });
    await world.faults();
    for (const fault of ["fail_internal", "create_answer_lost", "result_truncated", "result_unlisted_host"]) {
      await arm(world, fault);
      const { id } = await placed(world, { instructions: CANARIES.instructions });
      const { callback_token: token } = await row(world, id);
      secrets[`order id, ${fault}`] = id;
      secrets[`callback token, ${fault}`] = token;
      if (fault === "result_unlisted_host") {
        await world.logged(({ event }) => event === "result_on_unlisted_host");
        await cancel(world, id);
      } else {
        await inState(world, id, "delivered");
      }
    }
    await arm(world, "task_fails", { fail_code: "400", fail_msg: `${CANARIES["failure text"]} is prohibited content` });
    const { id } = await placed(world);
    await inState(world, id, "failed");
    await remove(world, id);
    await world.scheduled();
    for (const [number, { taskId, resultUrls }] of (await tasks(world)).entries()) {
      secrets[`task ${number}`] = taskId;
      if (resultUrls[0]) secrets[`result ${number}`] = new URL(resultUrls[0]).pathname;
    }
  });

  await t.test("each request has exactly one line, with its route's template", async () => {
    const known = templates();
    for (const { method, path, answer } of answers) {
      const requestId = answer.headers["x-request-id"];
      assert.ok(requestId, `${method} ${path}`);
      const isIts = ({ event, request_id }) => event === "request" && request_id === requestId;
      const line = await world.logged(isIts);
      assert.equal(world.logLines().filter(isIts).length, 1, `${method} ${path}`);
      assert.deepEqual([line.method, line.status], [method, answer.status], path);
      assert.ok(known.has(line.route), `${path} is logged as ${line.route}`);
      assert.ok(line.duration_ms >= 0);
    }
    const routes = new Set(world.logLines().map(({ route }) => route));
    for (const route of ["/api/orders/{id}", "/i/{token}", "/webhooks/kie/{order_token}", "none"]) {
      assert.ok(routes.has(route), route);
    }
  });

  await t.test("no line holds anything that was planted or secret", async () => {
    // What the last request wrote has arrived when a later one's line has.
    const last = await ask("/api/health");
    await world.logged(({ request_id }) => request_id === last.headers["x-request-id"]);
    assert.ok(world.logs.length > answers.length);
    const all = { ...CANARIES, ...secrets };
    for (const [what, value] of Object.entries(all)) {
      assert.ok(value?.length >= 8, `${what} is planted`);
      for (const spelling of new Set([value, encodeURIComponent(value), Buffer.from(value).toString("base64url")])) {
        const found = world.logs.find(({ message }) => message.includes(spelling));
        assert.equal(found?.message, undefined, `the ${what} is in the log`);
      }
    }
    assert.deepEqual(world.logs.filter(({ message }) => !message.startsWith("{")), [], "every line is JSON");
  });
});
