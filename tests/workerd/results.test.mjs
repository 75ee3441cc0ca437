// Every way in which a finished picture goes wrong on its way, and each model's request.
import assert from "node:assert/strict";
import { test } from "node:test";
import { World } from "./harness.mjs";
import {
  QUICK, arm, cleared, creates, disarm, forgetCalls, get, inState, nothingLeft, placed,
  providerCalls, row, tasks, triesUsed,
} from "./trouble.mjs";

const MIB = 1024 * 1024;
const BYTES_MAX = 12 * MIB;
const VARS = { ...QUICK, RESULT_BYTES_MAX: `${BYTES_MAX}`, RESULT_TIMEOUT_MS: "1500" };
const MODELS = [
  "nano-banana-2", "nano-banana-pro", "nano-banana-2-lite", "google/nano-banana-edit",
  "seedream/5-pro-image-to-image", "gpt-image-2-image-to-image",
];

const start = (t, vars = {}) =>
  World.start(t, { vars: { ...VARS, ...vars }, sandbox: { "latency-ms": 50 } });

const fetched = async (world) => (await providerCalls(world)).filter(({ port }) => port === "results");

/** The delivered picture is byte for byte what the provider made. */
async function assertWhole(world, id) {
  const [url] = (await tasks(world)).at(-1).resultUrls;
  const made = Buffer.from(await (await fetch(url)).arrayBuffer());
  const image = (await get(world, id)).json().images.at(-1);
  const shown = await world.request(image.url);
  assert.equal(shown.status, 200);
  assert.equal(image.bytes, made.length);
  assert.ok(shown.bytes.equals(made), "byte for byte");
  return made.length;
}

test("a result goes wrong", async (t) => {
  const world = await start(t);

  async function ends(fault, options) {
    await disarm(world);
    await forgetCalls(world);
    await world.resetCalls();
    if (fault) await arm(world, fault, options);
    const { id, cookie } = await placed(world);
    const { state, error } = await inState(world, id, ["delivered", "failed"]);
    return { id, cookie, state, error };
  }

  const HEALED = [
    ["is not there yet", "result_status", { status: 404, times: 2 }],
    ["is forbidden at first", "result_status", { status: 403 }],
    ["meets a broken host", "result_status", { status: 503, times: 3 }],
    ["dribbles past the time-out", "result_slow", { ms: 6_000 }],
    ["never begins", "result_hangs"],
    ["is cut half way", "result_truncated"],
    ["is a page at first", "result_html"],
    ["is a page at first that calls itself a picture", "result_mislabelled"],
    ["is empty at first", "result_empty"],
    ["comes without its length", "result_chunked"],
  ];
  for (const [what, fault, options] of HEALED) {
    await t.test(`it ${what}: delivered whole, by one task`, async () => {
      const { id, state } = await ends(fault, options);
      assert.equal(state, "delivered");
      await assertWhole(world, id);
      assert.equal((await creates(world)).length, 1);
      await cleared(world, id);
    });
  }

  await t.test("it comes without its length and is larger than one part", async () => {
    const bytes = 7 * MIB;
    const { id, state } = await ends("result_huge", { bytes });
    assert.equal(state, "delivered");
    const image = (await get(world, id)).json().images.at(-1);
    const stored = await world.file((await world.files()).find((key) => key.endsWith(image.id)));
    const [url] = (await tasks(world)).at(-1).resultUrls;
    const start = Buffer.from(await (await fetch(url)).arrayBuffer());
    // The sandbox fills up with one byte what is missing behind the picture.
    assert.ok(stored.equals(Buffer.concat([start, Buffer.alloc(bytes - start.length, 0x5a)])), "byte for byte");
    const parts = (await world.calls()).filter(({ method }) => method === "uploadPart");
    assert.equal(parts.length, 2);
    await cleared(world, id);
  });

  const FINAL = [
    ["stays away", "result_status", { status: 404, times: 100 }, 5],
    ["is too large, and says so", "result_huge", { bytes: BYTES_MAX + 1, length: true }, 1],
    ["is too large without a word", "result_huge", { bytes: BYTES_MAX + 6 * MIB }, 1],
    ["stays a page", "result_html", { times: 100 }, 5],
    ["stays a page that calls itself a picture", "result_mislabelled", { times: 100 }, 5],
    ["stays empty", "result_empty", { times: 100 }, 5],
    ["is somewhere else", "result_redirect", {}, 1],
  ];
  for (const [what, fault, options, gets] of FINAL) {
    await t.test(`it ${what}: failed, nothing stored, the try given back`, async () => {
      const { id, cookie, state, error } = await ends(fault, options);
      assert.deepEqual([state, error], ["failed", "provider_failed"]);
      assert.equal((await world.files()).length, 1, "the inputs");
      assert.equal(await triesUsed(world, cookie), 0);
      const calls = await fetched(world);
      assert.equal(calls.length, gets);
      assert.ok(calls.every(({ host }) => host.startsWith("127.0.0.1:")), "no redirect is followed");
      assert.ok(calls.every(({ authorization }) => authorization === false), "our key is not shown");
      assert.equal((await creates(world)).length, 1);
      await cleared(world, id);
    });
  }

  for (const when of ["before", "after"]) {
    for (const method of ["createMultipartUpload", "uploadPart", "complete"]) {
      await t.test(`its ${method} fails ${when} it took effect: once more`, async () => {
        await world.faults({ binding: "FILES", method, when });
        const { id, state } = await ends("result_chunked", { times: 2 });
        assert.equal(state, "delivered");
        assert.deepEqual(await world.pendingFaults(), []);
        await assertWhole(world, id);
        await cleared(world, id);
      });
    }
  }
});

test("a result on a host that is not listed waits for the operator", async (t) => {
  const world = await start(t);
  await arm(world, "result_unlisted_host");
  const { id } = await placed(world);
  const alert = await world.logged(({ event }) => event === "result_on_unlisted_host");
  assert.equal(alert.level, "error");
  assert.match(alert.fix, /RESULT_ORIGINS/);
  assert.equal((await row(world, id)).parked, 1);
  assert.equal((await get(world, id)).json().status, "processing");
  assert.deepEqual(await fetched(world), [], "nothing is fetched from there");
  const other = world.sandbox.results.replace("127.0.0.1", "localhost");
  await world.restart({ vars: { RESULT_ORIGINS: `${world.sandbox.results},${other}` } });
  await inState(world, id, "delivered", { cron: true });
  await assertWhole(world, id);
  assert.equal((await creates(world)).length, 1);
});

test("each model's request has no field that the provider would ignore", async (t) => {
  const world = await start(t);
  for (const model of MODELS) {
    await t.test(model, async () => {
      await forgetCalls(world);
      await world.restart({ vars: { PROVIDER_MODEL: model } });
      const options = (await world.request("/api/options")).json();
      assert.equal(options.prices.model, model);
      const { id } = await placed(world, { output_format: options.output_format[0] });
      await inState(world, id, "delivered", { cron: true });
      const calls = await creates(world);
      assert.deepEqual(calls.map((call) => [call.model, call.unknown_fields]), [[model, []]]);
      const { facts } = (await get(world, id)).json();
      const [task] = (await tasks(world)).slice(-1);
      assert.deepEqual([facts.model, facts.provider_credits], [model, task.credits]);
      await cleared(world, id);
      await nothingLeft(world);
    });
  }
});
