// Uploads at a time, of which one instance takes so many bytes: who comes beyond is told to come again at once, those
// that were let in are not disturbed, and every upload that ends, however it ends, gives its room back.
import assert from "node:assert/strict";
import { once } from "node:events";
import net from "node:net";
import { test } from "node:test";
import { World } from "./harness.mjs";
import { orderForm, person, place } from "./orders.mjs";

const MB = 1024 * 1024;
// The limit, and what an upload needs beside its body: three pieces of it.
const ALL_MAX = 48 * MB;
const PIECES = 3 * 256 * 1024;
const SURPLUS = 8;
// Where nobody is refused, nobody is told of it.
const TEST_MS_MAX = 60_000;
const OPEN_NETWORK = { PREFIX_ORDERS_HOUR: "1000", PREFIX_ORDERS_DAY: "1000" };

const encoded = new Response(orderForm({ person_image: Buffer.concat([person, Buffer.alloc(2 * MB)]) }));
const type = encoded.headers.get("content-type");
const body = Buffer.from(await encoded.arrayBuffer());
const ROOM_FOR = Math.floor(ALL_MAX / (body.length + PIECES));

/** An order but for its last byte; `answer` is the first that comes back, `finish` sends that byte. */
async function begin(world) {
  const socket = net.connect(world.port, "127.0.0.1");
  socket.on("error", () => {});
  await once(socket, "connect");
  const answer = new Promise((done) => {
    let text = "";
    socket.on("data", (data) => {
      text += data;
      // Its headers may come before its JSON.
      if (text.endsWith("}")) done(text);
    });
  });
  socket.write(`POST /api/orders HTTP/1.1\r\nHost: test\r\nContent-Type: ${type}\r\n` +
    `Content-Length: ${body.length}\r\nAccept: application/json\r\n\r\n`);
  socket.write(body.subarray(0, -1));
  return { socket, answer, finish: () => socket.write(body.subarray(-1)) };
}

/** Begins as many as there is room for and some more; those that are let in, when the others have their answers. */
async function fill(world) {
  const all = await Promise.all(Array.from({ length: ROOM_FOR + SURPLUS }, () => begin(world)));
  const refused = new Map();
  await new Promise((done) => {
    for (const upload of all) {
      upload.answer.then((text) => {
        refused.set(upload, text);
        if (refused.size === SURPLUS) done();
      });
    }
  });
  const open = all.filter((upload) => !refused.has(upload));
  return { open, refused: [...refused.values()] };
}

const logged = (world, known, status) =>
  world.logged((line) => line.event === "request" && line.status === status && !known.has(line.request_id));
const knownTo = (world) => new Set(world.logLines().map((line) => line.request_id));

test("beyond the limit: 503 at once, and everybody who was let in is served", { timeout: TEST_MS_MAX }, async (t) => {
  const world = await World.start(t, { sandbox: { "latency-ms": 600_000 }, vars: OPEN_NETWORK });
  const { open, refused } = await fill(world);
  for (const text of refused) {
    assert.match(text, /^HTTP\/1.1 503/);
    assert.match(text, /^Retry-After: 2\r$/im);
    assert.match(text, /"code":"unavailable".*"retryable":true/);
  }
  assert.equal(open.length, ROOM_FOR);
  assert.deepEqual(await world.files(), [], "nothing of anybody is stored");

  await Promise.all(open.map(async ({ answer, finish }) => {
    finish();
    assert.match(await answer, /^HTTP\/1.1 201/);
  }));
  assert.equal((await world.d1("SELECT id FROM orders")).length, ROOM_FOR);

  // All of them have ended, so there is room for as many again, or for one of the largest size.
  const again = await fill(world);
  assert.equal(again.open.length, ROOM_FOR);
  const known = knownTo(world);
  for (const { socket } of again.open) socket.destroy();
  await logged(world, known, 422);
});

test("whoever leaves in the middle of an upload gives its room back", { timeout: TEST_MS_MAX }, async (t) => {
  const world = await World.start(t, { sandbox: { "latency-ms": 600_000 }, vars: OPEN_NETWORK });
  const { open } = await fill(world);
  const [first] = open;
  const known = knownTo(world);
  first.socket.destroy();
  await logged(world, known, 422);
  const { order } = await place(world, { person_image: Buffer.concat([person, Buffer.alloc(2 * MB)]) });
  assert.equal(order.status, "queued");
  for (const { socket } of open) socket.destroy();
});

test("an upload that goes silent is ended, and its room is free", { timeout: TEST_MS_MAX }, async (t) => {
  const vars = { ...OPEN_NETWORK, UPLOAD_TIMEOUT_MS: "3000" };
  const world = await World.start(t, { sandbox: { "latency-ms": 600_000 }, vars });
  const { open } = await fill(world);
  const answers = await Promise.all(open.map(({ answer }) => answer));
  for (const text of answers) assert.match(text, /"detail":"The photos came too slowly/);
  assert.deepEqual(answers.map((text) => text.slice(0, 12)), Array(ROOM_FOR).fill("HTTP/1.1 503"));
  const large = Buffer.concat([person, Buffer.alloc(9 * MB)]);
  await place(world, { person_image: large, garment_images: [large] });
});
