// What a visitor, a network and everybody together may do, under parallel requests, across a crash
// and across midnight.
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { test } from "node:test";
import { SECRETS, World } from "./harness.mjs";
import { orderForm, place } from "./orders.mjs";
import { seen } from "./provider.mjs";

const DAY_MS = 86_400_000;
// No order ends while a test looks: a failed one would give its try back.
const SLOW = { "latency-ms": 600_000 };
// Most orders of one visitor, as `store::trial` has it; each is read and sorted, beside the periods that are looked at.
const ORDERS_MAX = 200;
const PERIOD_ROWS = 4;
const TRIAL_ROWS = PERIOD_ROWS + 2 * 3;
const WIDE = { PREFIX_ORDERS_HOUR: 1_000, PREFIX_ORDERS_DAY: 1_000 };

const order = (world, headers = {}) =>
  world.request("/api/orders", { method: "POST", headers, body: orderForm() });

const from = (address) => ({ "cf-connecting-ip": address });

/** A visitor's cookie, as the first page gets it. */
async function newCookie(world) {
  const answer = await world.request("/api/session");
  return answer.headers["set-cookie"][0].split(";")[0];
}

/** The daily pseudonym of an IPv4 network, computed apart from the product. */
function networkKey(address, at) {
  const [a, b, c] = address.split(".").map(Number);
  const number = (value) => {
    const bytes = Buffer.alloc(8);
    bytes.writeBigInt64BE(BigInt(value));
    return bytes;
  };
  const parts = ["network of a day\0", number(Math.floor(at / DAY_MS)), Buffer.of(4), number((a << 16) | (b << 8) | c)];
  const mac = createHmac("sha256", SECRETS.ADDRESS_KEY);
  for (const part of parts) mac.update(part);
  return mac.digest("hex").slice(0, 32);
}

/** Which object counts the network, and under which name. */
function limiterKey(address, at) {
  const key = networkKey(address, at);
  return { limiter: `${Math.floor(at / DAY_MS)}-${key[1]}`, key };
}

/** A question to a limiter, past the Worker. */
async function askLimiter(world, { limiter }, question) {
  const namespace = await world.miniflare.getDurableObjectNamespace("LIMITER");
  const stub = namespace.get(namespace.idFromName(limiter));
  const answer = await stub.fetch("https://object/", { method: "POST", body: JSON.stringify(question) });
  assert.equal(answer.status, 200);
  return answer.json();
}

/** How many orders of this network are counted, from the debt of its daily rate. */
async function counted(world, address, perDay) {
  const at = limiterKey(address, Date.now());
  const standing = await askLimiter(world, at, { Standing: at.key });
  const debt = standing === null ? 0 : Math.max(0, standing[1].tat - Date.now());
  return Math.ceil(debt / (DAY_MS / perDay));
}

/** The members of a RateLimit or RateLimit-Policy header: `{ hour: { r: 0, t: 1800 } }`. */
function members(header) {
  const parameters = (list) => Object.fromEntries(list.map((one) => one.split("=")).map(([k, v]) => [k, Number(v)]));
  return Object.fromEntries(
    header.split(", ").map((one) => one.split(";")).map(([name, ...list]) => [JSON.parse(name), parameters(list)]),
  );
}

/** Between `most - 60` and `most`: the seconds of a test may have passed. */
function near(seconds, most) {
  assert.ok(seconds <= most && seconds > most - 60, `${seconds} of ${most}`);
}

test("of thirty orders that one visitor sends at once, three are accepted", async (t) => {
  const world = await World.start(t, { sandbox: SLOW, vars: WIDE });
  const cookie = await newCookie(world);
  const address = "203.0.113.5";
  const headers = { cookie, ...from(address) };
  const answers = await Promise.all(Array.from({ length: 30 }, () => order(world, headers)));
  const accepted = answers.filter(({ status }) => status === 201);
  const refused = answers.filter(({ status }) => status !== 201);
  assert.equal(accepted.length, 3);
  for (const answer of refused) {
    assert.equal(answer.status, 403);
    assert.equal(answer.json().code, "trial_exhausted");
    near(Number(answer.headers["retry-after"]), DAY_MS / 1_000);
  }
  assert.equal((await world.d1("SELECT id FROM orders")).length, 3);
  assert.deepEqual(await world.d1("SELECT * FROM spent_tries"), [], "an order that is there counts itself");
  assert.equal((await world.files()).length, 3, "the files of the refused orders are gone");
  assert.equal(await counted(world, address, 1_000), 3, "only accepted orders count for the network");
  const { trial } = (await world.request("/api/session", { headers })).json();
  assert.deepEqual([trial.limit, trial.used], [3, 3]);

  await t.test("and a refused one costs one reading", async () => {
    await world.resetCalls();
    assert.equal((await order(world, headers)).status, 403);
    // The Dispatcher may still be at work on the accepted ones. What an object is asked it counts itself.
    const counts = await world.counts({ from: ["fetch"] });
    const { object_requests } = await world.counts();
    assert.equal(counts.d1_calls, 1);
    assert.ok(counts.d1_rows_read <= TRIAL_ROWS, `${counts.d1_rows_read} rows`);
    assert.equal(counts.d1_rows_written + counts.r2_class_a + object_requests, 0);
  });
});

test("the orders of one visitor are never many", async (t) => {
  const world = await World.start(t, { sandbox: SLOW, vars: WIDE });
  const headers = { cookie: await newCookie(world), ...from("203.0.113.6") };
  const { order: first } = await place(world, { headers });
  const columns = (await world.d1("SELECT name FROM pragma_table_info('orders')")).map(({ name }) => name);
  const canceled = {
    id: "substr(id, 1, length(id) - 4) || printf('%04d', n)", state: "'canceled'", completed_at: "created_at",
    given_back: "1", due_at: "NULL", wake_at: "NULL",
  };
  await world.d1(
    `WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < ?1)
     INSERT INTO orders (${columns.join(", ")}) SELECT ${columns.map((name) => canceled[name] ?? name).join(", ")}
     FROM numbers, orders WHERE id = ?2`, ORDERS_MAX - 2, first.id);
  const used = async () => {
    await world.resetCalls();
    const { trial } = (await world.request("/api/session", { headers })).json();
    const { d1_rows_read } = await world.counts({ from: ["fetch"] });
    assert.ok(d1_rows_read <= PERIOD_ROWS + 2 * ORDERS_MAX, `${d1_rows_read} rows`);
    return trial.used;
  };
  assert.equal(await used(), 1, "tries that were given back are free");
  await place(world, { headers });
  assert.equal(await used(), 3, "but not for one who cancels without end");
  await world.resetCalls();
  const answer = await order(world, headers);
  assert.deepEqual([answer.status, answer.json().code], [403, "trial_exhausted"]);
  const { d1_rows_read } = await world.counts({ from: ["fetch"] });
  assert.ok(d1_rows_read <= PERIOD_ROWS + 2 * ORDERS_MAX, `${d1_rows_read} rows`);
});

test("a network's hour", async (t) => {
  const world = await World.start(t, { sandbox: SLOW, vars: { PREFIX_ORDERS_HOUR: 2 } });
  const refused = async (address) => {
    const answer = await order(world, from(address));
    assert.equal(answer.status, 429);
    assert.equal(answer.json().code, "rate_limited");
    assert.equal(answer.headers["ratelimit-policy"], '"hour";q=2;w=3600, "day";q=60;w=86400');
    const left = members(answer.headers.ratelimit);
    assert.deepEqual([left.hour.r, left.day.r], [0, 58]);
    near(left.hour.t, 1_800);
    near(left.day.t, 1_440);
    near(Number(answer.headers["retry-after"]), 1_800);
  };

  await t.test("what is refused for its content does not count", async () => {
    await world.resetCalls();
    const bodies = [{ consent: undefined }, { person_image: Buffer.from("GIF89a, not a photo") }, { focus: "feet" }];
    for (const body of bodies) {
      const headers = from("192.0.2.1");
      const answer = await world.request("/api/orders", { method: "POST", headers, body: orderForm(body) });
      assert.ok([415, 422].includes(answer.status), answer.text);
    }
    const { worker_requests, ...costs } = await world.counts();
    assert.equal(worker_requests, bodies.length);
    assert.deepEqual(Object.values(costs).filter((count) => count > 0), [], JSON.stringify(costs));
  });

  await t.test("nor does a repeated request", async () => {
    const cookie = await newCookie(world);
    const headers = { cookie, "idempotency-key": "once", ...from("192.0.2.1") };
    const { order: first } = await place(world, { headers });
    await world.resetCalls();
    for (let times = 0; times < 3; times += 1) {
      const { order: again } = await place(world, { headers });
      assert.equal(again.id, first.id);
    }
    const counts = await world.counts();
    // The Dispatcher may still be busy with the first; nobody asks a limiter or stores anything.
    const asked = (await world.calls()).filter(({ binding }) => ["LIMITER", "DISPATCHER", "FILES"].includes(binding));
    assert.deepEqual(asked.filter((call) => call.from === "fetch" && call.method !== "get"), []);
    assert.equal(counts.worker_requests >= 3, true);
    assert.equal(await counted(world, "192.0.2.1", 60), 1);
  });

  await t.test("is over after its quota, for all addresses of the prefix", async () => {
    await place(world, { headers: from("192.0.2.200") });
    await world.resetCalls();
    await refused("192.0.2.99");
    assert.equal((await world.counts()).r2_class_a, 0, "nothing is stored for a refused order");
    await place(world, { headers: from("192.0.3.1") });
  });

  await t.test("outlives the process", async () => {
    await world.restart();
    await refused("192.0.2.1");
  });

  await t.test("outlives midnight", async () => {
    const address = "198.51.100.1";
    const [yesterday, before] = [1, 2].map((days) => limiterKey(address, Date.now() - days * DAY_MS));
    const ask = { today: yesterday, yesterday: before, idempotency: null };
    for (let times = 0; times < 2; times += 1) {
      assert.equal(await askLimiter(world, yesterday, { Admit: ask }), "Admitted");
    }
    await refused(address);
    await place(world, { headers: from("198.51.101.1") });
  });
});

test("two networks of one object", async (t) => {
  const world = await World.start(t, { sandbox: SLOW, vars: { PREFIX_ORDERS_HOUR: 1 } });
  const of = (network) => limiterKey(`10.0.${network}.1`, Date.now());
  const first = of(1);
  const second = Array.from({ length: 250 }, (_, index) => index + 2).find((network) => of(network).limiter === first.limiter);
  const [one, other] = [from("10.0.1.1"), from(`10.0.${second}.1`)];
  await world.resetCalls();
  await place(world, { headers: one });
  await place(world, { headers: other });
  const calls = await world.calls();
  const events = calls.filter(({ binding, method }) => binding === "Limiter.storage" && method !== "get");
  const alarms = events.filter(({ method }) => method === "setAlarm");
  const puts = events.filter(({ method }) => method === "put").map(({ subject }) => subject);
  assert.deepEqual(puts, [first.key, of(second).key], "each has a row of its own");
  assert.equal(alarms.length, 1, "and both are forgotten by one alarm");
  for (const headers of [one, other]) assert.equal((await order(world, headers)).status, 429);
  await world.restart();
  for (const headers of [one, other]) assert.equal((await order(world, headers)).status, 429);
});

test("everybody's hour", async (t) => {
  const world = await World.start(t, { sandbox: SLOW, vars: { GLOBAL_ORDERS_HOUR: 1 } });
  await place(world, { headers: from("192.0.2.1") });
  const files = await world.files();
  const answer = await order(world, from("192.0.3.1"));
  assert.equal(answer.status, 429);
  assert.equal(answer.headers["ratelimit-policy"], '"everyone";q=1;w=3600');
  assert.equal(members(answer.headers.ratelimit).everyone.r, 0);
  near(Number(answer.headers["retry-after"]), 3_600);
  assert.deepEqual(await world.files(), files);
  assert.equal((await world.d1("SELECT id FROM orders")).length, 1);
  assert.equal(await counted(world, "192.0.3.1", 60), 0, "the network gets its admission back");
  // The count is stored with the start of the order.
  await seen(world, () => world.d1("SELECT state FROM orders"), ([{ state }]) => state === "submitted");
  await world.restart();
  assert.equal((await order(world, from("192.0.4.1"))).status, 429, "the cap outlives the process");
});

/** What `count` requests at a fence bring, all within one of its minutes. */
async function atFence(world, count, request) {
  for (let network = 1; network < 10; network += 1) {
    const minute = Math.floor(Date.now() / 60_000);
    await world.resetCalls();
    const answers = [];
    while (answers.length < count) {
      const some = Math.min(50, count - answers.length);
      const batch = Array.from({ length: some }, () => request(from(`10.0.${network}.1`)));
      answers.push(...(await Promise.all(batch)));
    }
    if (Math.floor(Date.now() / 60_000) === minute) return answers;
  }
  throw new Error("no minute was long enough");
}

function fenced(answers, limit, name) {
  assert.equal(answers.filter(({ status }) => status !== 429).length, limit);
  const refused = answers.filter(({ status }) => status === 429);
  assert.equal(refused.length, 1);
  assert.equal(refused[0].headers["ratelimit-policy"], `"${name}";q=${limit};w=60`);
  assert.equal(refused[0].headers.ratelimit, `"${name}";r=0;t=60`);
  assert.equal(refused[0].headers["retry-after"], "60");
}

test("the fence", async (t) => {
  const world = await World.start(t, { sandbox: false });

  await t.test("lets a hundred writes a minute through", async () => {
    const cancel = (headers) => world.request("/api/orders/none/cancellation", { method: "POST", headers });
    fenced(await atFence(world, 101, cancel), 100, "writes");
  });

  await t.test("and a thousand readings, and asks nobody about the next", async () => {
    const read = (headers) => world.request(`/api/orders/${"A".repeat(40)}`, { headers });
    fenced(await atFence(world, 1_001, read), 1_000, "reads");
    // An unknown order is looked up once; the refused request's not at all.
    assert.equal((await world.counts()).d1_calls, 1_000);
  });

  await t.test("leaves other networks and what is open alone", async () => {
    assert.equal((await world.request("/api/session", { headers: from("172.16.0.1") })).status, 200);
  });
});
