// What pictures, large photos and listeners who leave cost the memory of the process that serves them.
import assert from "node:assert/strict";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { test } from "node:test";
import { World } from "./harness.mjs";
import { place, until } from "./orders.mjs";
import { memory, workerd } from "./process_memory.mjs";
import { eventually, row, settings } from "./trouble.mjs";

const MB = 1024 * 1024;
const OPEN = { PREFIX_ORDERS_HOUR: 1_000, PREFIX_ORDERS_DAY: 1_000 };
const GROWTH_MAX_MB = 96;
const WARMING = 20;
const READERS = 16;
const READERS_GROWTH_MAX_MB = 40;
const ROUNDS = 4;
const LEAVING = 250;
// Streams of one round may still be over there when the next begins; what a stream takes is some 3 KB.
const LEFT_MAX_MB = 0.8;

const segment = (code, ...payload) => {
  const bytes = Buffer.concat(payload.map((part) => Buffer.from(part)));
  const head = Buffer.of(0xff, code, 0, 0);
  head.writeUInt16BE(bytes.length + 2, 2);
  return Buffer.concat([head, bytes]);
};

const u16 = (value) => [value >> 8, value & 255];

/**
 * A grey baseline JPEG of 4096 × 4096 that every decoder shows. Each block has no difference of its
 * mean (code 0) and 63 coefficients of four bits (code 0, value 1010): 316 bits, and two blocks are
 * 79 bytes. `variant` makes two photos two.
 */
function largePhoto(variant) {
  const side = 4_096;
  const block = `0${"01010".repeat(63)}`;
  const two = (block + block).match(/.{8}/g).map((byte) => parseInt(byte, 2));
  const blocks = (side / 8) ** 2;
  const lengths = (...counts) => [...counts, ...Array(16 - counts.length).fill(0)];
  return Buffer.concat([
    Buffer.of(0xff, 0xd8),
    segment(0xdb, [0], Array(64).fill(1 + variant)),
    segment(0xc0, [8], u16(side), u16(side), [1, 1, 0x11, 0]),
    segment(0xc4, [0x00], lengths(1), [0]),
    segment(0xc4, [0x10], lengths(1), [0x04]),
    segment(0xda, [1, 1, 0, 0, 63, 0]),
    Buffer.alloc((blocks / 2) * two.length, Buffer.from(two)),
    Buffer.of(0xff, 0xd9),
  ]);
}

/** The headers of a network that is nobody else's. */
const network = (number) => ({ "cf-connecting-ip": `10.0.${number}.1` });

/** Begins to read a picture and holds it there; the function reads the rest and tells how long it was. */
async function begin(world, url) {
  const { status, stream } = await world.request(url, { stream: true });
  assert.equal(status, 200);
  return async () => {
    let size = 0;
    for await (const chunk of stream) size += chunk.length;
    return size;
  };
}

test("a picture that is read costs memory that does not grow with its size", async (t) => {
  const world = await World.start(t, { sandbox: { "latency-ms": 600_000 } });
  const photo = largePhoto(0);
  const { order } = await place(world, { person_image: photo });
  const large = order.images.find(({ role }) => role === "person").url;
  const small = order.images.find(({ role }) => role === "garment").url;
  // All wait before the first is read: what a Worker that collects its answers holds is all of them.
  const readAll = async (url) => {
    const pid = workerd();
    const before = memory(pid, "VmRSS");
    writeFileSync(`/proc/${pid}/clear_refs`, "5");
    const begun = await Promise.all(Array.from({ length: READERS }, () => begin(world, url)));
    const sizes = await Promise.all(begun.map((rest) => rest()));
    return { growth: memory(pid, "VmHWM") - before, sizes };
  };
  await readAll(small);
  const { growth, sizes } = await readAll(large);
  console.log(`${READERS} readers of ${(sizes[0] / MB).toFixed(1)} MB: ${growth.toFixed(0)} MB more at its highest`);
  assert.deepEqual(sizes, Array(READERS).fill(photo.length));
  assert.ok(growth <= READERS_GROWTH_MAX_MB, `${growth} MB`);
});

test("two photos of 10 MB grow the process by at most 96 MB", async (t) => {
  const world = await World.start(t, {
    sandbox: { "latency-ms": 600_000 },
    vars: OPEN,
  });
  const [person, garment] = [largePhoto(0), largePhoto(1)];
  assert.ok(person.length > 9.8 * MB && person.length < 10 * MB);
  for (let times = 0; times < WARMING; times += 1) await place(world);

  const pid = workerd();
  const before = memory(pid, "VmRSS");
  writeFileSync(`/proc/${pid}/clear_refs`, "5");
  const { order } = await place(world, { person_image: person, garment_images: [garment] });
  const growth = memory(pid, "VmHWM") - before;
  console.log(`${before.toFixed(0)} MB before, ${growth.toFixed(0)} MB more at its highest`);
  assert.deepEqual(order.images.map(({ width, height }) => [width, height]), [[4_096, 4_096], [4_096, 4_096]]);
  // It did hold them: what is measured is this process.
  assert.ok(growth > (person.length + garment.length) / MB / 2, `${growth} MB`);
  assert.ok(growth <= GROWTH_MAX_MB, `${growth} MB`);
});

test("streams whose listeners leave in the middle leave nothing in memory", async (t) => {
  const vars = { ...OPEN, OUTAGE_PAUSE_MS: "500" };
  const world = await World.start(t, { sandbox: { "latency-ms": 1_500 }, vars });
  const sizes = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    // It waits in the queue at first, so that the streams have two things to tell: that somebody has left is noticed
    // when he is to be told the first, and what waits then must not wait for ever.
    await settings(world, { credits: 0 });
    const { order } = await place(world);
    await eventually(world, "it waits", async () => (await row(world, order.id)).due_at > Date.now());
    const path = `/api/orders/${order.id}/events`;
    for (let left = 0; left < LEAVING; left += 1) {
      const { status, stream } = await world.request(path, { stream: true, headers: network(round) });
      assert.equal(status, 200);
      const [first] = await once(stream, "data");
      assert.match(first.toString(), /"status":"queued"/);
      stream.destroy();
    }
    await settings(world, { credits: 1_000 });
    await until(world, order.id, (view) => view.status === "completed");
    sizes.push((await (await fetch(`${world.origin}/__test/wasm_bytes`)).json()) / MB);
  }
  console.log(`after each ${LEAVING} streams: ${sizes.map((mb) => mb.toFixed(1)).join(", ")} MB`);
  const left = sizes.at(-1) - sizes[0];
  assert.ok(left < LEFT_MAX_MB, `${left} MB`);
});
