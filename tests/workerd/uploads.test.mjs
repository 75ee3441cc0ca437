// Uploads that no well-meaning browser sends: without a length, with a wrong one, without an end, or
// broken off. Limits are counted on bytes, and what is no order leaves nothing.
import assert from "node:assert/strict";
import { once } from "node:events";
import http from "node:http";
import net from "node:net";
import { test } from "node:test";
import { World } from "./harness.mjs";
import { orderForm } from "./orders.mjs";
import { seen } from "./provider.mjs";

const MB = 1024 * 1024;
// What is read of a form at most, 64 MB so that its texts can be shown again after photos that are too large, and a
// piece of each reader on the way.
const TAKEN_MAX = 65 * MB;
const BOUNDARY = "a-boundary";
const TYPE = { "content-type": `multipart/form-data; boundary=${BOUNDARY}` };

const head = (name, file) =>
  `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"${file ? '; filename="a.jpg"' : ""}\r\n\r\n`;
const END = `\r\n--${BOUNDARY}--\r\n`;

/**
 * Sends the pieces as chunks, no faster than they are taken: the Worker's status from its log, and the
 * answer's text. That is empty when the connection was cut before it was read: whoever sends on without
 * an end cannot count on an answer. With `endless` the body does not end where the pieces do: an
 * answer that needs more than them never comes.
 */
async function pour(world, pieces, { path = "/api/orders", endless = false } = {}) {
  const logged = new Set(world.logLines());
  const request = http.request(new URL(path, world.origin), { method: "POST", agent: false, headers: TYPE });
  let over = false;
  const chunks = [];
  const ended = new Promise((done) => {
    request.on("response", (response) => {
      over = true;
      response.on("data", (chunk) => chunks.push(chunk));
      response.on("close", done);
      response.on("end", done);
    });
    request.on("error", () => {
      over = true;
      done();
    });
  });
  for (const piece of pieces) {
    if (over) break;
    if (!request.write(piece)) await Promise.race([once(request, "drain").catch(() => {}), ended]);
  }
  if (!endless) request.end();
  await ended;
  request.destroy();
  const known = [...logged].map(({ request_id }) => request_id);
  const { status } = await world.logged((line) => line.event === "request" && !known.includes(line.request_id));
  return { status, text: Buffer.concat(chunks).toString() };
}

/** As many of the pieces as fit into so many bytes. */
function* within(bytes, pieces) {
  let left = bytes;
  for (const piece of pieces) {
    left -= piece.length;
    if (left < 0) return;
    yield piece;
  }
}

function* noise(bytes) {
  const piece = Buffer.alloc(64 * 1024, 0x5a);
  for (let sent = 0; sent < bytes; sent += piece.length) yield piece;
}

/** A connection of our own on which half a request may be sent. */
async function connect(world) {
  const socket = net.connect(world.port, "127.0.0.1");
  socket.on("error", () => {});
  await once(socket, "connect");
  return socket;
}

async function encoded() {
  const form = new Response(orderForm());
  return { type: form.headers.get("content-type"), body: Buffer.from(await form.arrayBuffer()) };
}

const startOf = (type, length) =>
  `POST /api/orders HTTP/1.1\r\nHost: test\r\nContent-Type: ${type}\r\nContent-Length: ${length}\r\n\r\n`;

test("uploads", async (t) => {
  const world = await World.start(t, { sandbox: { "latency-ms": 600_000 } });
  const nothingStored = async () => {
    assert.deepEqual(await world.files(), []);
    assert.deepEqual(await world.d1("SELECT id FROM orders"), []);
    assert.deepEqual(await world.d1("SELECT * FROM spent_tries"), []);
  };

  await t.test("a photo without an end is cut", async () => {
    const endless = function* () {
      yield head("person_image", true);
      yield* noise(1_000 * MB);
    };
    const { status, text } = await pour(world, within(TAKEN_MAX, endless()), { endless: true });
    assert.equal(status, 413, text);
    await nothingStored();
  });

  await t.test("so is a body of small parts without an end", async () => {
    const endless = function* () {
      for (;;) yield `${head("instructions", false)}${"x".repeat(1_000)}\r\n`;
    };
    const { status } = await pour(world, within(TAKEN_MAX, endless()), { endless: true });
    assert.ok([413, 422].includes(status), `${status}`);
    await nothingStored();
  });

  await t.test("so is what stands before the first part", async () => {
    const { status } = await pour(world, noise(TAKEN_MAX), { endless: true });
    assert.ok([413, 422].includes(status), `${status}`);
    await nothingStored();
  });

  await t.test("and the body of another route", async () => {
    for (const path of ["/api/waitlist", "/webhooks/kie/AAAAAAAAAAAAAAAAAAAAAA"]) {
      const { status } = await pour(world, noise(MB), { path, endless: true });
      assert.equal(status, 413, path);
    }
  });

  await t.test("a photo just over 10 MB is named, one of 10 MB is looked at", async () => {
    const form = function* (bytes) {
      yield head("person_image", true);
      yield Buffer.alloc(bytes, 0x5a);
      yield END;
    };
    const over = await pour(world, form(10 * MB + 1));
    assert.deepEqual([over.status, JSON.parse(over.text).code], [413, "image_too_large"]);
    assert.equal(JSON.parse(over.text).field, "person_image");
    const full = await pour(world, form(10 * MB));
    assert.notEqual(full.status, 413);
  });

  await t.test("photos of 25 MB together are too large", async () => {
    const form = function* () {
      for (const name of ["person_image", "garment_images", "garment_images"]) {
        yield head(name, true);
        yield Buffer.alloc(8 * MB + MB / 3, 0x5a);
        yield "\r\n";
      }
      yield END.slice(2);
    };
    const { status, text } = await pour(world, form());
    assert.deepEqual([status, JSON.parse(text).code], [413, "body_too_large"]);
    await nothingStored();
  });

  await t.test("a length that is too short ends the form early", async () => {
    const { type, body } = await encoded();
    const socket = await connect(world);
    socket.write(startOf(type, body.length - 500));
    socket.write(body.subarray(0, body.length - 500));
    const [answer] = await once(socket, "data");
    assert.match(answer.toString(), /^HTTP\/1.1 422/);
    socket.destroy();
    await nothingStored();
  });

  for (const [what, part] of [["half of it", 0.5], ["all but its last byte", 1]]) {
    await t.test(`a visitor who leaves after ${what} leaves nothing`, async () => {
      const { type, body } = await encoded();
      await world.resetCalls();
      const socket = await connect(world);
      socket.write(startOf(type, body.length));
      socket.write(body.subarray(0, Math.min(body.length - 1, Math.floor(body.length * part))));
      // The Worker has the request, and waits for the rest of its body.
      await seen(world, () => world.calls(), (calls) => calls.some(({ binding }) => binding === "FENCE_WRITES"));
      socket.destroy();
      await once(socket, "close");
      // Whoever comes next is served, and nothing of the other turns up beside it.
      assert.equal((await world.request("/api/health")).status, 200);
      await nothingStored();
      const touched = (await world.calls()).filter(({ binding }) => ["FILES", "LIMITER", "DISPATCHER"].includes(binding));
      assert.deepEqual(touched, []);
    });
  }

  await t.test("without a length, byte by byte at first, an order is an order", async () => {
    const { type, body } = await encoded();
    const slowly = async function* () {
      for (let at = 0; at < 300; at += 1) yield body.subarray(at, at + 1);
      for (let at = 300; at < body.length; at += 4_096) yield body.subarray(at, at + 4_096);
    };
    const headers = { "content-type": type };
    const answer = await world.request("/api/orders", { method: "POST", headers, body: slowly() });
    assert.equal(answer.status, 201, answer.text);
    const size = answer.json().images.reduce((sum, { bytes }) => sum + bytes, 0);
    const files = await Promise.all((await world.files()).map((key) => world.file(key)));
    assert.deepEqual(files.map(({ length }) => length), [size]);
  });
});
