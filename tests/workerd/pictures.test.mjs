// Pictures behind signed links over real HTTP: whole, in parts, unchanged, saved, many at once.
import assert from "node:assert/strict";
import { test } from "node:test";
import { World } from "./harness.mjs";
import { person, place, until } from "./orders.mjs";

// What a JPEG begins with, and what it ends with.
const JPEG_ENDS = [0xff, 0xd8, 0xff, 0xd9];

test("pictures", async (t) => {
  const world = await World.start(t, { sandbox: { "latency-ms": 200 } });
  const { order } = await place(world);
  const done = await until(world, order.id, (view) => view.status === "completed");
  const output = done.images.find(({ role }) => role === "output");
  const stored = await world.file((await world.files()).find((key) => key.endsWith(output.id)));
  const ask = (headers = {}, options = {}) => world.request(options.path ?? output.url, { ...options, headers });
  const { etag } = (await ask()).headers;

  await t.test("come whole, with their length, without a look into the database", async () => {
    await world.resetCalls();
    const answer = await ask();
    assert.equal(answer.status, 200);
    assert.deepEqual(answer.bytes, stored);
    const { headers } = answer;
    assert.equal(headers["content-length"], String(stored.length));
    assert.equal(headers["content-type"], output.content_type);
    assert.equal(headers["accept-ranges"], "bytes");
    assert.equal(headers["cross-origin-resource-policy"], "same-origin");
    assert.match(headers["content-security-policy"], /sandbox/);
    assert.equal(headers["content-disposition"], 'inline; filename="try-on.jpg"');
    const [, seconds] = headers["cache-control"].match(/^private, max-age=(\d+), immutable$/);
    const left = (Date.parse(output.url_expires_at) - Date.now()) / 1_000;
    assert.ok(Math.abs(Number(seconds) - left) < 60, `${seconds} of ${left}`);
    const { d1_calls, r2_class_b } = await world.counts();
    assert.deepEqual([d1_calls, r2_class_b], [0, 1]);
  });

  await t.test("are announced by HEAD with the same headers and no bytes", async () => {
    const [get, head] = [await ask(), await ask({}, { method: "HEAD" })];
    assert.deepEqual([head.status, head.bytes.length], [200, 0]);
    for (const name of ["content-type", "etag", "accept-ranges", "cache-control", "content-disposition"]) {
      assert.equal(head.headers[name], get.headers[name], name);
    }
  });

  const size = stored.length;
  const ranges = [
    ["bytes=0-0", 0, 1],
    ["bytes=10-99", 10, 100],
    ["bytes=100-", 100, size],
    [`bytes=-50`, size - 50, size],
    [`bytes=${size - 1}-${size + 100}`, size - 1, size],
  ];
  for (const [range, from, to] of ranges) {
    await t.test(`in part: ${range}`, async () => {
      const answer = await ask({ range });
      assert.equal(answer.status, 206);
      assert.equal(answer.headers["content-range"], `bytes ${from}-${to - 1}/${size}`);
      assert.equal(answer.headers["content-length"], String(to - from));
      assert.deepEqual(answer.bytes, stored.subarray(from, to));
    });
  }

  await t.test("of one file, each link its own: no range of one reaches another", async () => {
    const [one, other] = done.images.slice(0, 2);
    const file = await world.file((await world.files()).find((key) => key.endsWith(one.id)));
    assert.equal(file.length, one.bytes + other.bytes);
    const own = [file.subarray(0, one.bytes), file.subarray(one.bytes)];
    for (const bytes of own) assert.deepEqual([...bytes.subarray(0, 2), ...bytes.subarray(-2)], JPEG_ENDS);
    for (const [index, image] of [one, other].entries()) {
      const mine = own[index];
      const last = mine.length - 1;
      const asked = [
        [undefined, 0, last], ["bytes=0-", 0, last], [`bytes=0-${last + 1_000}`, 0, last],
        [`bytes=${last}-${last + 1}`, last, last], [`bytes=-${last + 1_000}`, 0, last], ["bytes=-1", last, last],
        [`bytes=5-${2 ** 32}`, 5, last],
      ];
      for (const [range, from, to] of asked) {
        const { status, bytes } = await ask(range ? { range } : {}, { path: image.url });
        assert.equal(status, range ? 206 : 200, range);
        assert.deepEqual(bytes, mine.subarray(from, to + 1), range);
      }
      for (const range of [`bytes=${last + 1}-`, `bytes=${last + 1}-${last + 9}`, "bytes=-0"]) {
        const { status, bytes } = await ask({ range }, { path: image.url });
        assert.deepEqual([status, bytes.length], [416, 0], range);
      }
    }
  });

  await t.test("what is no single range is the whole, what lies outside 416", async () => {
    for (const range of ["bytes=0-1,5-6", "bytes=9-3", "lines=0-1"]) {
      const answer = await ask({ range });
      assert.deepEqual([answer.status, answer.bytes.length], [200, size], range);
    }
    const outside = await ask({ range: `bytes=${size}-` });
    assert.deepEqual([outside.status, outside.headers["content-range"]], [416, `bytes */${size}`]);
  });

  await t.test("unchanged: 304 without bytes, and without a look into the bucket", async () => {
    await world.resetCalls();
    for (const tag of [etag, `W/${etag}`, `"other", ${etag}`, "*"]) {
      const answer = await ask({ "if-none-match": tag });
      assert.deepEqual([answer.status, answer.bytes.length, answer.headers.etag], [304, 0, etag], tag);
      assert.match(answer.headers["cache-control"], /^private, max-age=/);
    }
    assert.equal((await world.counts()).r2_class_b, 0);
    assert.equal((await ask({ "if-none-match": '"other"' })).status, 200);
  });

  await t.test("a part only of the picture that the client knows", async () => {
    assert.equal((await ask({ range: "bytes=0-9", "if-range": etag })).status, 206);
    assert.equal((await ask({ range: "bytes=0-9", "if-range": '"other"' })).status, 200);
  });

  await t.test("are saved under a name", async () => {
    const answer = await ask({}, { path: `${output.url}?download` });
    assert.equal(answer.headers["content-disposition"], 'attachment; filename="try-on.jpg"');
    assert.deepEqual(answer.bytes, stored);
  });

  await t.test("twenty at once, parts among them, are each what they should be", async () => {
    const input = done.images.find(({ role }) => role === "person");
    const jobs = Array.from({ length: 20 }, async (_, index) => {
      if (index % 3 === 0) return assert.deepEqual((await ask()).bytes, stored);
      if (index % 3 === 1) {
        const { bytes } = await ask({ range: `bytes=${index * 100}-${index * 100 + 999}` });
        return assert.deepEqual(bytes, stored.subarray(index * 100, index * 100 + 1_000));
      }
      const { bytes } = await ask({}, { path: input.url });
      return assert.equal(bytes.length, input.bytes);
    });
    await Promise.all(jobs);
    assert.ok(done.images[0].bytes <= person.length);
  });

  await t.test("an altered link is 403, each part of it", async () => {
    const token = output.url.slice("/i/".length);
    for (let at = 0; at < token.length; at += 7) {
      const other = token[at] === "A" ? "B" : "A";
      const altered = `/i/${token.slice(0, at)}${other}${token.slice(at + 1)}`;
      const answer = await ask({}, { path: altered });
      assert.deepEqual([answer.status, answer.json().code], [403, "link_invalid"], `at ${at}`);
    }
  });

  await t.test("a deleted one is 410, also to whom it was known", async () => {
    await world.request(`/api/orders/${order.id}`, { method: "DELETE" });
    const answer = await ask();
    assert.deepEqual([answer.status, answer.json().code], [410, "gone"]);
    assert.equal((await ask({ range: "bytes=0-9" })).status, 410);
    assert.match(answer.headers["content-security-policy"], /default-src 'none'/);
    assert.doesNotMatch(answer.headers["cache-control"], /max-age/);
  });
});
