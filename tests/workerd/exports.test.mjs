// "Download my data" in the real runtime: 300 MB of pictures, built by the alarm of the account's own object and read
// back whole, in bounded memory; and an object that dies in the middle.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { crc32 } from "node:zlib";
import { World } from "./harness.mjs";
import { Browser } from "./people.mjs";
import { growth } from "./process_memory.mjs";
import { entriesOf } from "./zip_entries.mjs";

const FILE_BYTES = 10_000_000;
const PERSON_BYTES = 4_000_000;
// Rows, plan and pieces on their way; the pictures are 300 MB.
const GROWTH_MAX_MB = 96;
const READY_MS = 120_000;
const HOUR_MS = 3_600_000;
// Of ids: base64url in the order of its codes.
const SORTED = "-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz";

const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");

/** The id of an order placed at `at`: eight characters of its time, and others. */
function orderId(at, number) {
  const time = Array.from({ length: 8 }, (_, place) => SORTED[Math.floor(at / 64 ** (7 - place)) % 64]);
  return time.join("") + String(number).padStart(32, "0");
}

function image(role, key, offset, bytes) {
  return {
    role, key, offset, format: "jpeg", width: 8, height: 8,
    bytes: bytes.length, sha256: sha256(bytes), crc32: crc32(bytes),
  };
}

/** Keeps orders with two files of 10 MB each for the account; name in the zip and digest of each picture. */
async function keepOrders(world, account, orders) {
  const bucket = await world.miniflare.getR2Bucket("FILES");
  const database = await world.miniflare.getD1Database("DB");
  const pictures = [];
  for (let number = 0; number < orders; number += 1) {
    const at = Date.now() - HOUR_MS + number;
    const id = orderId(at, number);
    const keys = ["inputs", "output"].map((name) => {
      const file = `${name}-${number}`.padStart(22, "A").slice(-21).padEnd(22, "A");
      return { hour: 498_000, id: file, kept: true };
    });
    const bytes = keys.map((_, file) => Buffer.alloc(FILE_BYTES, `order ${number} file ${file} `));
    // The way into the runtime takes no Buffer.
    const stored = bytes.map((file) => new Uint8Array(file));
    for (const [index, key] of keys.entries()) await bucket.put(`kept/${key.hour}/${key.id}`, stored[index]);
    const images = [
      image("person", keys[0], 0, bytes[0].subarray(0, PERSON_BYTES)),
      image("garment", keys[0], PERSON_BYTES, bytes[0].subarray(PERSON_BYTES)),
      image("output", keys[1], 0, bytes[1]),
    ];
    const row = database.prepare(
      `INSERT INTO orders (id, version, state, options, prompt_version, model, images, metadata_removed, result_key,
       callback_token, tasks, parked, created_at, completed_at, account, kept)
       VALUES (?1, 1, 'delivered', '{}', 1, 'nano-banana-2', ?2, '[]', ?3, 'secret', 1, 0, ?4, ?4, ?5, 1)`,
    );
    await row.bind(id, JSON.stringify(images), JSON.stringify(keys[1]), at, account).run();
    const folder = `pictures/${new Date(at).toISOString().slice(0, 10)}-${id}`;
    const names = ["person", "garment-1", "output"];
    names.forEach((name, index) => pictures.push({ name: `${folder}/${name}.jpg`, sha256: images[index].sha256 }));
  }
  return pictures;
}

async function started(t, orders) {
  const world = await World.start(t);
  const browser = await Browser.of(world);
  const [{ id }] = await world.d1("SELECT id FROM accounts");
  const stranger = await Browser.of(world, "ben");
  return { world, browser, stranger, pictures: await keepOrders(world, id, orders) };
}

// A connection that was idle while pictures were made or read may be gone.
const CLOSED = { headers: { connection: "close" } };

async function first(browser) {
  const answer = await browser.request("/api/account/exports", CLOSED);
  assert.equal(answer.status, 200, answer.text);
  return answer.json().exports[0];
}

async function ready(browser) {
  for (const end = Date.now() + READY_MS; Date.now() < end; await pause(200)) {
    const one = await first(browser);
    assert.notEqual(one.state, "failed", one.reason);
    if (one.state === "ready") return one;
  }
  throw new Error("the export is not ready");
}

async function requested(browser) {
  const answer = await browser.request("/api/account/exports", { method: "POST", ...CLOSED });
  assert.equal(answer.status, 202, answer.text);
}

/** The part in a file, whose digest is what was told. */
async function downloaded(world, browser, part) {
  const path = join(world.folder, "part.zip");
  const answer = await browser.request(part.url, { stream: true, ...CLOSED });
  assert.equal(answer.status, 200);
  assert.equal(answer.headers["content-type"], "application/zip");
  const hash = createHash("sha256");
  answer.stream.on("data", (piece) => hash.update(piece));
  await pipeline(answer.stream, createWriteStream(path));
  assert.equal(hash.digest("hex"), part.sha256);
  return path;
}

/** Holds the zip against its manifest and against what was stored. */
async function hold(path, pictures) {
  const entries = new Map((await entriesOf(path)).map((entry) => [entry.name, entry]));
  const manifest = JSON.parse(entries.get("manifest.json").text);
  assert.deepEqual(manifest.missing, []);
  assert.equal(manifest.files.length + 1, entries.size);
  for (const { name, bytes, sha256: told } of manifest.files) {
    assert.deepEqual([entries.get(name)?.bytes, entries.get(name)?.sha256], [bytes, told], name);
  }
  for (const { name, sha256: wanted } of pictures) assert.equal(entries.get(name)?.sha256, wanted, name);
  assert.equal(JSON.parse(entries.get("data/orders-1.json").text).length, pictures.length / 3);
}

test("an export of 300 MB is built by an alarm and read back whole, in bounded memory", async (t) => {
  const { world, browser, stranger, pictures } = await started(t, 15);
  const built = await growth(async () => {
    await requested(browser);
    return ready(browser);
  });
  console.log(`built: ${built.grown.toFixed(0)} MB more at its highest`);
  assert.ok(built.grown <= GROWTH_MAX_MB, `${built.grown} MB`);
  const [part] = built.result.parts;
  assert.ok(part.bytes > 300_000_000 && part.bytes < 301_000_000, `${part.bytes} bytes`);
  const read = await growth(() => downloaded(world, browser, part));
  console.log(`read: ${read.grown.toFixed(0)} MB more at its highest`);
  assert.ok(read.grown <= GROWTH_MAX_MB, `${read.grown} MB`);
  await hold(read.result, pictures);
  assert.equal((await stranger.request(part.url, CLOSED)).status, 404);
  assert.equal((await world.request(part.url, CLOSED)).status, 401);
});

test("an export goes on after the object that built it has died", async (t) => {
  const { world, browser, pictures } = await started(t, 2);
  const [hangs] = await world.faults({ binding: "FILES", from: "Exporter", method: "uploadPart", when: "hang_before" });
  await requested(browser);
  await hangs;
  assert.equal((await first(browser)).state, "building");
  await world.restart();
  // The platform repeats an alarm that died; here the cron finds it when its time is over.
  await world.clock(17 * 60_000);
  await world.scheduled();
  const one = await ready(browser);
  await hold(await downloaded(world, browser, one.parts[0]), pictures);
  assert.equal((await world.files("exports/")).length, 1);
});
