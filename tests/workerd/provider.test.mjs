// Every way in which the provider goes wrong before there is a result.
import assert from "node:assert/strict";
import { test } from "node:test";
import { World } from "./harness.mjs";
import {
  QUICK, arm, cleared, creates, disarm, eventually, finish, forgetCalls, get, inState, nothingLeft,
  placed, providerCalls, row, settings, tasks, triesUsed,
} from "./trouble.mjs";

const SANDBOX = { "latency-ms": 50 };
const CREATE = { path: "createTask" };
const says = (code, msg) => ["body_code", { code, msg, ...CREATE }];
const RECORD = { path: "recordInfo" };
// Outages last until the test ends them.
const FOR_EVER = { times: 1_000 };

const health = async (world) => (await world.request("/api/health")).json();

/** Places an order under armed faults; its row once it has ended, and the calls that it cost. */
async function ends(world, faults) {
  await disarm(world);
  await forgetCalls(world);
  for (const [fault, options] of faults) await arm(world, fault, options);
  const { id, cookie } = await placed(world);
  const { state, error } = await inState(world, id, ["delivered", "failed"]);
  const calls = await creates(world);
  const made = calls.filter(({ taskId }) => taskId).length;
  const tries = await triesUsed(world, cookie);
  await cleared(world, id);
  return { state, error, calls: calls.length, made, tries };
}

const delivered = (calls, made) => ({ state: "delivered", error: null, calls, made, tries: 1 });
const failed = (error, calls, made) => ({ state: "failed", error, calls, made, tries: 0 });

// No callback can come here, so nothing is gained by waiting for one.
const SILENT = {
  "createTask's answer tells nothing, and there is no task: one more after the grace": [
    ["HTTP 500", [["http_status", { status: 500, ...CREATE }]], delivered(2, 1)],
    ["HTTP 503", [["http_status", { status: 503, ...CREATE }]], delivered(2, 1)],
    ["a gateway's page", [["html_502", CREATE]], delivered(2, 1)],
    ["code 500", [["body_code", { code: 500, ...CREATE }]], delivered(2, 1)],
    ["code 200 without an id", [["create_without_task_id"]], delivered(2, 1)],
    ["a dropped connection", [["connection_dropped", CREATE]], delivered(2, 1)],
    ["twice", [["html_502", { ...CREATE, times: 2 }]], failed("provider_timeout", 2, 0)],
  ],
  "createTask's answer and the callback are lost": [
    ["once: a second task", [["create_answer_lost"], ["callback_missing"]], delivered(2, 2)],
    ["twice: never a third", [["create_answer_lost", { times: 2 }], ["callback_missing", { times: 2 }]],
      failed("provider_timeout", 2, 2)],
  ],
};

const TALKING = {
  "createTask is refused, no task exists": [
    ["429 in the body", [["create_429"]], delivered(2, 1)],
    ["429 as the status", [["http_status", { status: 429, ...CREATE }]], delivered(2, 1)],
    ["429 thrice", [["create_429", { times: 3 }]], delivered(4, 1)],
    ["a field", [says(422, "This field is required")], failed("provider_rejected", 1, 0)],
    ["a value, as 500", [says(500, "resolution is not within the range of allowed options")],
      failed("provider_rejected", 1, 0)],
    ["the model", [says(422, "The model name you specified is not supported.")], failed("provider_rejected", 1, 0)],
  ],
  "createTask's answer tells nothing, and the task exists: its callback names it": [
    ["the connection is lost", [["create_answer_lost"]], delivered(1, 1)],
    ["half of the JSON", [["truncated_json", CREATE]], delivered(1, 1)],
    ["an empty body", [["empty_body", CREATE]], delivered(1, 1)],
    ["code 500", [["create_500_but_created"]], delivered(1, 1)],
    ["an answer after the time-out", [["slow_answer", { ms: 3_000, ...CREATE }]], delivered(1, 1)],
    ["no answer at all", [["create_answer_hangs"]], delivered(1, 1)],
  ],
  "the task fails by policy: the visitor must change something, no new task": [
    ["OpenAI's", [["fail_openai_policy"]], failed("content_moderation", 1, 1)],
    ["flagged", [["fail_content_policy"]], failed("content_moderation", 1, 1)],
    ["prohibited", [["fail_prompt_prohibited"]], failed("content_moderation", 1, 1)],
    ["not processed", [["fail_not_processed"]], failed("content_moderation", 1, 1)],
  ],
  "the task trips: one new task": [
    ["try again", [["fail_try_again"]], delivered(2, 2)],
    ["internal", [["fail_internal"]], delivered(2, 2)],
    ["501", [["fail_generation"]], delivered(2, 2)],
    ["Google", [["fail_google"]], delivered(2, 2)],
    ["twice: never a third", [["fail_internal", { times: 2 }]], failed("provider_failed", 2, 2)],
  ],
  "the provider cannot fetch the photos: fresh links, once more": [
    ["media unavailable", [["fail_media_unavailable"]], delivered(2, 2)],
    ["image fetch failed", [["fail_image_fetch"]], delivered(2, 2)],
    ["twice", [["fail_image_fetch", { times: 2 }]], failed("provider_failed", 2, 2)],
  ],
  "recordInfo says nothing of use: asked again": [
    ["not visible yet", [["record_null", { times: 2 }]], delivered(1, 1)],
    ["not found", [["record_404"]], delivered(1, 1)],
    ["429", [["record_429", { times: 2 }]], delivered(1, 1)],
    ["HTTP 500", [["http_status", { status: 500, ...RECORD }]], delivered(1, 1)],
    ["a gateway's page", [["html_502", RECORD]], delivered(1, 1)],
    ["half of the JSON", [["truncated_json", RECORD]], delivered(1, 1)],
    ["a dropped connection", [["connection_dropped", RECORD]], delivered(1, 1)],
    ["an unknown state", [["record_state"]], delivered(1, 1)],
    ["another task's record", [["record_wrong_task"]], delivered(1, 1)],
    ["no link", [["record_no_urls"]], delivered(1, 1)],
    ["a broken result", [["record_result_broken"]], delivered(1, 1)],
    ["no result", [["record_result_null"]], delivered(1, 1)],
    ["a result that is an object", [["record_result_object"]], delivered(1, 1)],
    ["408: upstream was silent, a new task", [["record_408"]], delivered(2, 2)],
  ],
};

/** One test for each group, and in it one for each case. */
async function each(t, world, groups) {
  for (const [group, cases] of Object.entries(groups)) {
    await t.test(group, async (t) => {
      for (const [what, faults, expected] of cases) {
        await t.test(what, async () => assert.deepEqual(await ends(world, faults), expected));
      }
    });
  }
}

test("one order under one fault, and no callback", async (t) => {
  const vars = { ...QUICK, CREATE_TIMEOUT_MS: "1000", GRACE_MS: "50" };
  await each(t, await World.start(t, { vars, sandbox: SANDBOX }), SILENT);
});

test("one order under one fault", async (t) => {
  const world = await World.start(t, { vars: QUICK, sandbox: SANDBOX });
  await each(t, world, TALKING);

  for (const era of ["2026-04", "2026-09"]) {
    await t.test(`recordInfo as of ${era}`, async () => {
      await settings(world, { era });
      assert.deepEqual(await ends(world, []), delivered(1, 1));
    });
  }

  await t.test("a success that turns into a failure stays a success", async () => {
    await arm(world, "task_flips", { ms: 300 });
    const { id } = await placed(world);
    const { version } = await inState(world, id, "delivered");
    await eventually(world, "both callbacks came", async () => (await tasks(world)).at(-1).callbacks.length === 2);
    assert.equal((await row(world, id)).version, version);
    await cleared(world, id);
  });
});

test("the provider takes no work: orders wait, and everybody is told", async (t) => {
  const world = await World.start(t, { vars: QUICK, sandbox: SANDBOX });
  const lines = (event) => world.logLines().filter((line) => line.event === event).length;

  const OUTAGES = {
    "no credits": ["out_of_credits", () => settings(world, { credits: 0 })],
    "no credits, as 500": ["out_of_credits", async () => {
      await settings(world, { credits: 0 });
      await arm(world, "create_402_as_500", FOR_EVER);
    }],
    "the key's own quota": ["out_of_credits", () => arm(world, "body_code", { code: 433, ...FOR_EVER })],
    "a bad key in the body": ["unauthorized", () => arm(world, "body_code", { code: 401, ...FOR_EVER })],
    "a bad key as the status": ["unauthorized", () => arm(world, "http_status", { status: 401, ...FOR_EVER })],
    "maintenance": ["maintenance", () => arm(world, "body_code", { code: 455, ...FOR_EVER })],
  };
  const over = async () => {
    await disarm(world);
    await settings(world, { credits: 1_000 });
  };

  for (const [what, [status, begin]] of Object.entries(OUTAGES)) {
    await t.test(what, async () => {
      await forgetCalls(world);
      const alerts = lines("provider_outage");
      await begin();
      const { id } = await placed(world);
      await eventually(world, "health says it", async () => (await health(world)).provider === status);
      assert.equal((await health(world)).status, "degraded");
      const probes = async () => (await providerCalls(world)).filter(({ path }) => path.endsWith("/credit"));
      await eventually(world, "the provider was asked twice more", async () => (await probes()).length >= 2);
      assert.equal((await get(world, id)).json().status, "queued");
      const { level, fix } = await world.logged(({ event }) => event === "provider_outage");
      assert.ok(level === "error" && fix.length > 0);
      assert.equal(lines("provider_outage"), alerts + 1, "told once, not with every question");
      assert.equal((await creates(world)).length, 1, "no task is risked meanwhile");
      await over();
      await inState(world, id, "delivered");
      assert.deepEqual(await health(world).then(({ status, provider }) => [status, provider]), ["ok", "ok"]);
      await cleared(world, id);
    });
  }

  await t.test("credits that end after a task was accepted", async () => {
    await forgetCalls(world);
    await arm(world, "task_latency", { ms: 1_000 });
    await arm(world, "fail_credits");
    const { id } = await placed(world);
    await inState(world, id, "submitted");
    await settings(world, { credits: 0 });
    await inState(world, id, "placed");
    await eventually(world, "health says it", async () => (await health(world)).provider === "out_of_credits");
    await over();
    await inState(world, id, "delivered");
    assert.equal((await creates(world)).length, 2);
    assert.equal((await health(world)).provider, "ok");
    await cleared(world, id);
  });

  await t.test("an outage that outlives the Worker is over when it is over", async () => {
    await settings(world, { credits: 0 });
    const { id } = await placed(world);
    await eventually(world, "health says it", async () => (await health(world)).provider === "out_of_credits");
    await world.restart();
    await over();
    await inState(world, id, "delivered", { cron: true });
    assert.equal((await health(world)).provider, "ok");
    await cleared(world, id);
  });
});

test("a task that never ends", async (t) => {
  const world = await World.start(t, { vars: { ...QUICK, DEADLINE_MS: "2000" }, sandbox: SANDBOX });
  await arm(world, "task_never_ends");
  const { id, cookie } = await placed(world);
  const began = Date.now();
  const { error } = await inState(world, id, "failed", { cron: true });
  assert.equal(error, "provider_timeout");
  assert.ok(Date.now() - began > 1_500, "not before its deadline");
  assert.equal(await triesUsed(world, cookie), 0);
  assert.deepEqual((await get(world, id)).json().error.retryable, true);
  const [{ taskId }] = await tasks(world);
  await finish(world, taskId);
  await eventually(world, "its late callback was taken", async () => {
    const [{ callbacks }] = await tasks(world);
    return callbacks.some(({ status }) => status === 200);
  });
  assert.equal((await row(world, id)).state, "failed");
  await cleared(world, id);
  await nothingLeft(world);
});
