// One order from two photos to a picture, in workerd against the sandbox, and what it is billed.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { crc32 } from "node:zlib";
import { World } from "./harness.mjs";
import { garment, orderForm, person, place, until } from "./orders.mjs";

test("an order is delivered, shown, downloaded and deleted", async (t) => {
  const world = await World.start(t, { sandbox: { "latency-ms": 300 } });
  const { order, cookie } = await place(world);
  assert.equal(order.status, "queued");
  assert.match(order.id, /^[A-Za-z0-9_-]{40}$/);
  const done = await until(world, order.id, (view) => view.status === "completed");
  const [inputs, output] = [done.images.slice(0, 2), done.images[2]];
  assert.deepEqual(inputs.map((image) => image.role), ["person", "garment"]);
  assert.equal(output.role, "output");
  const picture = await world.request(output.url);
  assert.equal(picture.status, 200);
  assert.equal(picture.headers["content-type"], "image/jpeg");
  assert.equal(picture.bytes.length, output.bytes);
  assert.deepEqual(picture.bytes, await world.file((await world.files()).find((key) => key.endsWith(output.id))));
  const [{ images }] = await world.d1("SELECT images FROM orders WHERE id = ?1", order.id);
  const stored = JSON.parse(images);
  assert.equal(stored.length, 3);
  assert.equal((await world.files()).length, 2, "the inputs, one after the other, and the result");
  for (const { key, offset, bytes: length, sha256, crc32: sum } of stored) {
    const bytes = (await world.file(`anon/${key.hour}/${key.id}`)).subarray(offset, offset + length);
    assert.deepEqual([sha256, sum], [createHash("sha256").update(bytes).digest("hex"), crc32(bytes)]);
  }

  const gone = await world.request(`/api/orders/${order.id}`, { method: "DELETE", headers: { cookie } });
  assert.equal(gone.status, 204);
  assert.deepEqual(await world.files(), []);
  assert.deepEqual(await world.d1("SELECT id FROM orders"), []);
  assert.equal((await world.request(`/api/orders/${order.id}`)).status, 410);
  assert.equal((await world.request(output.url)).status, 410);
});
