// Composed files in the real runtime: stored and streamed from real objects, whole or not at all, in bounded memory.
// `zip_plan.json` is a plan of the product, which a native test holds against the code that makes it.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { createWriteStream, readFileSync } from "node:fs";
import http from "node:http";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { ROOT, World } from "./harness.mjs";
import { growth } from "./process_memory.mjs";
import { entriesOf } from "./zip_entries.mjs";

const MB = 1024 * 1024;
const PART_BYTES = 8 * MB;
const GROWTH_MAX_MB = 64;
const BLOCK_BYTES = 1_000_003;
const FILE_BLOCKS = 10;
const FILES = 30;
// A client that left is noticed when he is to get more than the buffers on the way hold.
const LEFT_MS = 3_000;

const zip = JSON.parse(readFileSync(join(ROOT, "tests/workerd/zip_plan.json"), "utf8"));

/** What is stored under the key `kept/<number>`, one block of it. */
function blockOf(number) {
  const block = Buffer.alloc(BLOCK_BYTES);
  for (let at = 0; at < block.length; at += 1) block[at] = (at * 31 + (at >> 8) + number * 17) & 255;
  return block;
}

const fileOf = (number) => Buffer.concat(Array(FILE_BLOCKS).fill(blockOf(number)));

const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");

/** The digest of the whole, made from what was stored. */
function expected({ segments }) {
  const hash = createHash("sha256");
  for (const { bytes, key, offset, length } of segments) {
    if (bytes !== undefined) hash.update(Buffer.from(bytes, "base64"));
    else hash.update(fileOf(Number(key.split("/")[1])).subarray(offset, offset + length));
  }
  return hash.digest("hex");
}

async function started(t, files = FILES) {
  const world = await World.start(t, { sandbox: false, entry: "tests/workerd/zip_entry.mjs" });
  for (let number = 0; number < files; number += 1) {
    const path = `/api/file/kept/${number}`;
    const { status } = await world.request(path, { method: "PUT", body: fileOf(number) });
    assert.equal(status, 200);
  }
  await world.resetCalls();
  return world;
}

// workerd closes a connection behind an answer that took some seconds.
const ask = (world, step, plan, options = {}) =>
  world.request(`/api/${step}`, {
    method: "POST", body: JSON.stringify(plan), headers: { connection: "close" }, ...options,
  });

/** A plan of the first files, with some bytes between them. */
function small(files, { length, key = (number) => `kept/${number}` } = {}) {
  const segments = Array.from({ length: files }, (_, number) => [
    { bytes: Buffer.from(`file ${number}: `).toString("base64") },
    { key: key(number), offset: 5, length: 1_000_000 },
  ]).flat();
  const whole = segments.reduce((sum, one) => sum + (one.length ?? Buffer.from(one.bytes, "base64").length), 0);
  return { segments, length: length ?? whole };
}

test("a zip of 300 MB", async (t) => {
  assert.ok(zip.length > 300_000_000, `${zip.length} bytes`);
  // Before the first connection, which would be given up during seconds without a turn of the event loop.
  const whole = expected(zip);
  const wanted = zip.entries.map(({ name, text, key, offset, length }) => {
    if (text !== undefined) return { name, sha256: sha256(text) };
    return { name, sha256: sha256(fileOf(Number(key.split("/")[1])).subarray(offset, offset + length)) };
  });
  const world = await started(t);

  await t.test("is stored whole, with its digest, in parts of one size", async () => {
    const { result, grown } = await growth(() => ask(world, "stored/export/1", zip));
    console.log(`stored: ${grown.toFixed(0)} MB more at its highest`);
    assert.equal(result.status, 200, result.text);
    assert.equal(result.json().sha256, whole);
    assert.ok(grown <= GROWTH_MAX_MB, `${grown} MB`);
    const { r2_class_a, r2_class_b } = await world.counts();
    assert.equal(r2_class_a, Math.ceil(zip.length / PART_BYTES) + 2);
    assert.equal(r2_class_b, zip.segments.filter(({ key }) => key).length);
  });

  await t.test("is read back as a zip", async () => {
    const path = join(world.folder, "stored.zip");
    const body = JSON.stringify("export/1");
    const { stream } = await world.request("/__test/file", { method: "POST", body, stream: true });
    await pipeline(stream, createWriteStream(path));
    const entries = await entriesOf(path);
    assert.deepEqual(entries.map(({ name, sha256: digest }) => ({ name, sha256: digest })), wanted);
  });

  await t.test("is streamed whole to who reads slowly, and told its length", async () => {
    const hash = createHash("sha256");
    let size = 0;
    const { result, grown } = await growth(async () => {
      const answer = await ask(world, "streamed", zip, { stream: true });
      await pause(LEFT_MS);
      for await (const chunk of answer.stream) {
        hash.update(chunk);
        size += chunk.length;
      }
      return answer;
    });
    console.log(`streamed: ${grown.toFixed(0)} MB more at its highest`);
    assert.equal(result.headers["content-length"], String(zip.length));
    assert.equal(size, zip.length);
    assert.equal(hash.digest("hex"), whole);
    assert.ok(grown <= GROWTH_MAX_MB, `${grown} MB`);
  });
});

test("what cannot be stored whole is not stored", async (t) => {
  const world = await started(t, 12);
  const key = "export/1";
  const refused = async (plan, why) => {
    const { status, text } = await ask(world, `stored/${key}`, plan);
    assert.equal(status, 500, text);
    assert.match(text, why);
    assert.deepEqual(await world.files("export/"), []);
  };
  const called = async (method) => (await world.calls()).filter((call) => call.method === method).length;
  const missing = (at) => ({ key: (number) => (number === at ? "kept/none" : `kept/${number}`) });

  for (const [size, files] of [["one part", 3], ["more parts", 12]]) {
    await t.test(`${size}: a file is missing`, async () => {
      for (const at of [0, files - 1]) await refused(small(files, missing(at)), /A file is missing/);
    });
    await t.test(`${size}: a file is too short`, async () => {
      const plan = small(files);
      plan.segments.at(-1).offset = FILE_BLOCKS * BLOCK_BYTES - 999_999;
      await refused(plan, /A file is too short/);
    });
    await t.test(`${size}: the length is not what was told`, async () => {
      const { length } = small(files);
      await refused(small(files, { length: length + 1 }), /fewer than was told/);
      await refused(small(files, { length: length - 1 }), /more than was told/);
    });
    await t.test(`${size}: the storage fails`, async () => {
      for (const when of ["before", "after"]) {
        const method = files === 3 ? "put" : "uploadPart";
        // A put whose answer is lost has stored the whole.
        if (method === "put" && when === "after") continue;
        await world.faults({ binding: "FILES", method, skip: files === 3 ? 0 : 1, when });
        await refused(small(files), /Network connection lost/);
      }
      await world.faults({ binding: "FILES", method: "get", skip: 2, when: "before" });
      await refused(small(files), /Network connection lost/);
    });
    await t.test(`${size}: it takes too long`, async () => {
      await world.faults({ binding: "FILES", method: "get", skip: 2, when: "hang_before" });
      await refused({ ...small(files), ms: 1_000 }, /TimeoutError/);
    });
  }
  assert.equal(await called("abort"), await called("createMultipartUpload"), "no upload is left open");
  assert.equal(await called("complete"), 0);

  await t.test("and can be stored when all is well again, more than once", async () => {
    await world.faults();
    for (const files of [12, 12, 3, 0]) {
      const plan = small(files);
      const answer = await ask(world, `stored/${key}`, plan);
      assert.deepEqual(answer.json(), { sha256: expected(plan) });
      assert.equal(sha256(await world.file(key)), expected(plan));
    }
  });
});

test("a stream that breaks off", async (t) => {
  const world = await started(t, 12);
  const plan = small(12);
  const lines = () => world.logLines().filter(({ event }) => event === "zip_broken");

  await t.test("is noticed by its reader and logged without the key", async () => {
    const lost = small(12, { key: (number) => (number === 6 ? "kept/none" : `kept/${number}`) });
    await assert.rejects(ask(world, "streamed", lost), /aborted|reset|hang up/i);
    const line = await world.logged(({ event }) => event === "zip_broken");
    assert.deepEqual(line, { level: "error", event: "zip_broken", route: "/probe", error: "A file is missing." });
    const { r2_class_b } = await world.counts();
    assert.equal(r2_class_b, 7, "what comes after is not read");
  });

  await t.test("in the middle of a file as well", async (t) => {
    const server = http.createServer((_, response) => {
      response.writeHead(200, { "content-length": 1_000_000 });
      response.write(Buffer.alloc(500_000), () => response.destroy());
    });
    t.after(() => server.close());
    await once(server.listen(0, "127.0.0.1"), "listening");
    const lost = small(12, { key: (number) => (number === 6 ? "kept/broken" : `kept/${number}`) });
    const before = lines().length;
    const broken = `http://127.0.0.1:${server.address().port}`;
    await assert.rejects(ask(world, "streamed", { ...lost, broken }), /aborted|reset|hang up/i);
    await world.logged(() => lines().length > before);
  });

  await t.test("because its reader leaves is no error, and nothing more is read", async () => {
    const before = lines().length;
    await world.resetCalls();
    const { stream } = await ask(world, "streamed", zip12(), { stream: true });
    await once(stream, "data");
    stream.destroy();
    await pause(LEFT_MS);
    const { r2_class_b } = await world.counts();
    assert.ok(r2_class_b < 12, `${r2_class_b} files were read`);
    assert.equal(lines().length, before);
  });

  await t.test("and the next one comes whole", async () => {
    const { bytes } = await ask(world, "streamed", plan);
    assert.equal(sha256(bytes), expected(plan));
  });
});

/** All of twelve files: more than the buffers between the Worker and its client hold. */
function zip12() {
  const length = FILE_BLOCKS * BLOCK_BYTES;
  const segments = Array.from({ length: 12 }, (_, number) => ({ key: `kept/${number}`, offset: 0, length }));
  return { segments, length: 12 * length };
}
