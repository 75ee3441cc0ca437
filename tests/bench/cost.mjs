// @ts-check
// What 1,000 orders cost on the platform, counted from the bindings while real orders live and die: see NOTES.md.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { Stop, TARGET, at, step } from "../../.make/step.mjs";
import { World, sum } from "../workerd/harness.mjs";
import { events, orderForm } from "../workerd/orders.mjs";
import { arm, seen, tasks } from "../workerd/provider.mjs";
import { LOG_LINE, OBJECT_GB, PRICES, READ_ON, bill } from "./prices.mjs";

const THOUSAND = 1_000;
const DOLLARS_MAX = 0.031;
const LATENCY_MS = 60_000;
// Each way is lived so often by an order that has the Worker, and above all the Dispatcher, to itself.
const ALONE = 3;
// And so many orders at once, to show what they share.
const TOGETHER = 20;
// The script's own pause between two questions where no stream comes through.
const POLL_MS = 3_000;
const FOLLOW_MS_MAX = 180_000;
const CRON_AFTER_MS = 30_000;
const SETTLE_MS_MAX = 60_000;
const ALARM_MS_MAX = 30_000;

// The files of an order as the cpu part has them, since those of a test say nothing: two photos and a picture.
const PHOTO_BYTES = 1_000_000;
const RESULT_BYTES = 2_000_000;
const KEPT_DAYS = 2;
// What an empty database of an object weighs, as the platform says; a limiter is forgotten after two days at most. So
// many are there for the networks of a day.
const OBJECT_BYTES = 12_000;
const LIMITER_DAYS = 2;
const LIMITERS = 16;
// A network's pseudonym, its two times as text, and what a row needs besides.
const NETWORK_BYTES = 150;
const GB = 1e9;

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const CRONS_A_DAY = DAY_MS / MINUTE_MS;

/** Everything that was started, ended in the opposite order. */
class Started {
  #ends = [];
  after = (end) => void this.#ends.unshift(end);
  async end() {
    await Promise.all(this.#ends.map((end) => end()));
  }
}

let networks = 0;
const network = () => `10.${networks >> 8}.${networks++ & 255}.7`;

/** One browser: its cookie, its network, and what it has loaded already. */
class Browser {
  #world;
  #headers = { "cf-connecting-ip": network(), "sec-fetch-site": "same-origin" };
  #loaded = new Set();

  constructor(world) {
    this.#world = world;
  }

  async ask(path, { status = 200, headers = {}, ...options } = {}) {
    const answer = await this.#world.request(path, { headers: { ...this.#headers, ...headers }, ...options });
    if (![status].flat().includes(answer.status)) throw new Error(`${path}: ${answer.status} ${answer.text}`);
    return answer;
  }

  /** As the form does it: who is asking, then the order with a key of its own. The order's page opens in place. */
  async place() {
    const session = await this.ask("/api/session");
    const cookie = session.headers["set-cookie"][0].split(";")[0];
    Object.assign(this.#headers, { cookie });
    const headers = { "idempotency-key": `${this.#headers["cf-connecting-ip"]}-bench` };
    return (await this.ask("/api/orders", { method: "POST", headers, body: orderForm(), status: 201 })).json();
  }

  /** Each link once: the browser keeps pictures. */
  async show(url) {
    if (this.#loaded.has(url)) return;
    this.#loaded.add(url);
    await this.ask(url);
  }

  async listen(id) {
    for (const end = Date.now() + FOLLOW_MS_MAX; Date.now() < end; ) {
      const { stream } = await this.ask(`/api/orders/${id}/events`, { stream: true });
      for await (const view of events(stream)) if (view.status === "completed") return view;
    }
    throw new Error("the order was not completed");
  }

  async poll(id) {
    const headers = { accept: "application/json" };
    for (const end = Date.now() + FOLLOW_MS_MAX; Date.now() < end; await pause(POLL_MS)) {
      const answer = await this.ask(`/api/orders/${id}`, { headers, status: [200, 304] });
      if (answer.status === 304) continue;
      const view = answer.json();
      if (view.status === "completed") return view;
      Object.assign(headers, { "if-none-match": answer.headers.etag });
    }
    throw new Error("the order was not completed");
  }

  /** The order's page by its link, with the pictures that it names. */
  async visit(id) {
    const { text } = await this.ask(`/orders/${id}`, { headers: { accept: "text/html" } });
    const named = [...text.matchAll(/<img[^>]* src="(\/i\/[^"]+)"/g)].map(([, url]) => url);
    for (const url of named) await this.show(url);
  }
}

const WAYS = {
  normal: { said: "listened to", follow: (browser, id) => browser.listen(id) },
  lost_callbacks: { said: "callback lost", lost: true, follow: (browser, id) => browser.listen(id) },
  polling: { said: "polled", follow: (browser, id) => browser.poll(id) },
};

/** From the form to the picture on the visitor's disk: it is saved from what the browser has. */
async function use(world, { follow }) {
  const browser = new Browser(world);
  const { id } = await browser.place();
  const view = await follow(browser, id);
  const output = view.images.find(({ role }) => role === "output");
  await browser.show(output.url);
  return { id, browser, expiresAt: Date.parse(view.expires_at) };
}

/** Whether the Dispatcher has set an alarm since the last one that came. */
function alarmPending(calls) {
  const last = (binding, method) =>
    calls.findLastIndex((call) => call.binding === binding && call.method === method);
  return last("Dispatcher.storage", "setAlarm") > last("Dispatcher", "alarm");
}

/** Nothing is under way any more, neither here nor at the provider; an alarm that comes late is billed too. */
async function settled(world, lost) {
  if (!lost) await seen(world, tasks, (list) => list.every((task) => task.callbacks[0]?.status === 200), SETTLE_MS_MAX);
  const calm = (calls) => !calls.some(({ instance, ended_ms }) => instance !== undefined && ended_ms === undefined);
  const asleep = (calls) => calm(calls) && !alarmPending(calls);
  // One that lies further off than this is nobody's order's.
  await seen(world, () => world.calls(), asleep, ALARM_MS_MAX).catch(() => {});
  await seen(world, () => world.calls(), calm, SETTLE_MS_MAX);
}

/** Fires the cron at a moment to which the product's clock is moved. */
async function cronAt(world, moment) {
  await world.clock(moment - Date.now());
  const { outcome } = await world.scheduled({ at: moment });
  if (outcome !== "ok") throw new Error(`the cron: ${outcome}`);
}

// In the middle of an hour, since the first minute of each lists the files that no order knows.
const halfPast = (moment) => Math.ceil((moment - HOUR_MS / 2) / HOUR_MS) * HOUR_MS + HOUR_MS / 2;

/** What it takes to be rid of everything. */
async function expire(world, orders) {
  await cronAt(world, halfPast(Math.max(...orders.map(({ expiresAt }) => expiresAt))));
  for (const table of ["orders", "spent_tries"]) await gone(world, table);
  return world.calls();
}

async function gone(world, table) {
  const [{ rows }] = await world.d1(`SELECT count(*) AS rows FROM ${table}`);
  if (rows > 0) throw new Error(`${rows} rows are left in ${table}`);
}

const gigabyteDays = (bytes, days) => (bytes / GB) * days;

/** What the row of an order weighs, by its own values; pages, and what a tree needs besides, are not in it. */
async function rowBytes(world, { id }) {
  const [order] = await world.d1("SELECT * FROM orders WHERE id = ?1", id);
  return JSON.stringify(Object.values(order)).length;
}

// Which route of the cpu part stands for a request. The view of an order (as JSON, page or first event) and who is
// asking are one reading of D1 each.
const ROUTE_OF = [
  [/^POST \/api\/orders$/, "create"],
  [/^\w+ \/i\//, "signed_picture_2mb"],
  [/^POST \/webhooks\//, "callback"],
  [/./, "status"],
];

const D1_TRIPS_OF_CREATE = 2;
const D1_TRIPS_OF_CRON = 2;

/** Processor time of the recorded calls in milliseconds, from the cpu part's figures for a request of each kind. */
function cpuMs(calls, cpu) {
  const of = (subject) => ROUTE_OF.find(([pattern]) => pattern.test(subject))?.[1];
  const requests = calls.filter(({ binding, method }) => binding === "Worker" && method === "fetch");
  const routes = requests.map(({ subject }) => of(subject));
  const times = (route) => routes.filter((one) => one === route).length;
  const trips = calls.filter(({ binding, from }) => binding === "DB" && from === "fetch").length;
  // A stream looks again and again: each look is what a reading costs beyond the request around it.
  const looks = Math.max(0, trips - D1_TRIPS_OF_CREATE * times("create") - times("status"));
  // A cron runs whether or not there is an order; what it does for one is as many looks as it takes trips.
  const crons = calls.filter(({ binding, method }) => binding === "Worker" && method === "scheduled").length;
  const swept = calls.filter(({ binding, from }) => binding === "DB" && from === "scheduled").length;
  const closing = Math.max(0, swept - D1_TRIPS_OF_CRON * crons);
  const look = cpu.status - cpu.not_found;
  return (routes.reduce((total, route) => total + cpu[route], 0) + (looks + closing) * look) / 1_000;
}

/** What the calls are billed, without what lies anywhere. */
function unitsOf(calls, cpu) {
  const counts = sum(calls);
  const awake = (counts.dispatcher_awake_ms + counts.limiter_awake_ms) / 1_000;
  const none = Object.fromEntries(Object.keys(PRICES).map((kind) => [kind, 0]));
  const { d1_rows_read, d1_rows_written, r2_class_a, r2_class_b, object_rows_read, object_rows_written } = counts;
  return {
    ...none, d1_rows_read, d1_rows_written, r2_class_a, r2_class_b, object_rows_read, object_rows_written,
    worker_requests: counts.worker_requests,
    worker_cpu_ms: cpuMs(calls, cpu),
    object_requests: counts.object_requests,
    object_gb_seconds: awake * OBJECT_GB,
  };
}

/** The same for whole lives: also what was kept, and what is done when no test waits for it any more. */
function unitsOfLives(calls, bytes, orders, cpu) {
  const units = unitsOf(calls, cpu);
  const limiter = (wanted) => calls.filter(({ binding, method }) => binding === "Limiter.storage" && method === wanted);
  // A day or two later an alarm deletes a day's rows, one for each network. It is set once in each of the day's
  // objects, whoever comes first, so it belongs to the day and not to an order.
  const networks = new Set(limiter("put").map(({ subject }) => subject)).size;
  const alarms = limiter("setAlarm").length;
  return {
    ...units,
    d1_gb_days: orders * gigabyteDays(bytes, KEPT_DAYS),
    r2_gb_days: orders * gigabyteDays(2 * PHOTO_BYTES + RESULT_BYTES, KEPT_DAYS),
    object_rows_written: units.object_rows_written - alarms + networks,
    object_gb_days: networks * gigabyteDays(NETWORK_BYTES, LIMITER_DAYS),
  };
}

const scaled = (units, by) => Object.fromEntries(Object.entries(units).map(([kind, count]) => [kind, count * by]));

/** Some orders, from the form to their last trace, and one visit each of their pages; what one of them came to. */
async function live(world, way, orders, cpu) {
  if (way.lost) await arm(world, { fault: "callback_missing", times: orders });
  await world.resetCalls();
  // The cron of each minute meets an order once.
  const cron = pause(CRON_AFTER_MS).then(() => world.scheduled());
  const used = await Promise.all(Array.from({ length: orders }, () => use(world, way)));
  await cron;
  await settled(world, way.lost);
  const lived = await world.calls();
  const lines = world.logs.length;
  const bytes = await rowBytes(world, used[0]);
  await world.resetCalls();
  for (const { browser, id } of used) await browser.visit(id);
  const visits = await world.calls();
  await world.resetCalls();
  const calls = [...lived, ...(await expire(world, used))];
  const { dispatcher_awake_ms, limiter_awake_ms } = sum(calls);
  return {
    units: scaled(unitsOfLives(calls, bytes, orders, cpu), 1 / orders),
    visit: scaled(unitsOf(visits, cpu), 1 / orders),
    beside: scaled({
      dispatcher_awake_s: dispatcher_awake_ms / 1_000, limiter_awake_s: limiter_awake_ms / 1_000, log_lines: lines,
    }, 1 / orders),
  };
}

const mean = (list) => {
  const total = {};
  for (const one of list) for (const [name, value] of Object.entries(one)) total[name] = (total[name] ?? 0) + value;
  return scaled(total, 1 / list.length);
};

/** What one order came to, in thousands. */
function priced(lives) {
  const units = scaled(mean(lives.map((one) => one.units)), THOUSAND);
  const { dollars, total } = bill(units);
  const each = lives.map((one) => bill(scaled(one.units, THOUSAND)).total);
  const range = { min: Math.min(...each), max: Math.max(...each) };
  return { units, dollars, total, ...range, orders: lives.length, beside: mean(lives.map((one) => one.beside)) };
}

/** A day of crons, and of the limiters' alarms if somebody comes to each: it is paid whatever comes. */
async function idleDay(started, cpu) {
  const world = await World.start(started, { sandbox: false });
  const of = async (moment) => {
    await world.resetCalls();
    await cronAt(world, moment);
    const units = unitsOf(await world.calls(), cpu);
    // A run is billed as a request is, and reads twice.
    return { ...units, worker_requests: 1, worker_cpu_ms: (D1_TRIPS_OF_CRON * cpu.status) / 1_000 };
  };
  const next = halfPast(Date.now());
  const hours = DAY_MS / HOUR_MS;
  const first = scaled(await of(next + HOUR_MS / 2), hours);
  const others = scaled(await of(next), CRONS_A_DAY - hours);
  const units = Object.fromEntries(Object.keys(first).map((kind) => [kind, first[kind] + others[kind]]));
  units.object_requests += LIMITERS;
  units.object_rows_written += LIMITERS;
  units.object_gb_days += LIMITERS * gigabyteDays(OBJECT_BYTES, LIMITER_DAYS);
  return { units, ...bill(units) };
}

/** The medians that the cpu part has found. */
function processorTimes() {
  const path = join(TARGET, "bench/results.json");
  const found = existsSync(path) ? JSON.parse(readFileSync(path, "utf8")).cpu_us_per_request : undefined;
  if (!found) throw new Stop("The bill needs the processor times: make bench PART=cpu,cost");
  const routes = ["create", "status", "signed_picture_2mb", "callback", "not_found"];
  return Object.fromEntries(routes.map((route) => [route, found[route].ours]));
}

async function measureAll(started, cpu) {
  const world = () => World.start(started, { sandbox: { "latency-ms": LATENCY_MS } });
  const jobs = Object.entries(WAYS).flatMap(([name, way]) => Array.from({ length: ALONE }, () => ({ name, way })));
  const worlds = [];
  await step(`Start ${jobs.length + 1} Workers`, async () => {
    for (const job of jobs) worlds.push({ ...job, world: await world() });
  });
  const crowd = await world();
  const lives = Object.fromEntries(Object.keys(WAYS).map((name) => [name, []]));
  let together;
  await step(`${jobs.length} orders alone, ${TOGETHER} at once, ${LATENCY_MS / 1_000} s at the provider`, async () => {
    const alone = worlds.map(async (one) => lives[one.name].push(await live(one.world, one.way, 1, cpu)));
    [together] = await Promise.all([live(crowd, WAYS.normal, TOGETHER, cpu), ...alone]);
  });
  const ways = Object.fromEntries(Object.entries(lives).map(([name, list]) => [name, priced(list)]));
  const visit = scaled(mean(lives.normal.map((one) => one.visit)), THOUSAND);
  return {
    ways, together: { ...priced([together]), orders: TOGETHER },
    visit: { units: visit, ...bill(visit) }, idle_day: await idleDay(started, cpu),
  };
}

const dollars = (value) => `$${value.toFixed(4)}`;
const count = (value) => (value >= 100 ? Math.round(value).toLocaleString("en") : value.toPrecision(3));

/** One line for each kind of bill: so many units and dollars of each way. */
function table(ways) {
  const head = ["for 1,000 orders", ...Object.keys(ways).flatMap((name) => [name, "$"]), "price"];
  const lines = Object.entries(PRICES).map(([kind, { said }]) => [
    kind, ...Object.values(ways).flatMap((way) => [count(way.units[kind]), way.dollars[kind].toFixed(5)]), said,
  ]);
  const sums = ["sum", ...Object.values(ways).flatMap((way) => ["", way.total.toFixed(5)]), ""];
  const all = [head, ...lines, sums];
  const widths = head.map((_, column) => Math.max(...all.map((line) => line[column].length)));
  const last = head.length - 1;
  const shown = (cell, column) =>
    (column === 0 || column === last ? cell.padEnd(widths[column]) : cell.padStart(widths[column]));
  return all.map((line) => line.map(shown).join("  ").trimEnd());
}

function describe({ ways, together, visit, idle_day }) {
  const rows = Object.entries(ways).map(([name, { total }]) => {
    const limit = name === "normal" ? DOLLARS_MAX : null;
    const what = `1,000 orders, each alone, ${WAYS[name].said}`;
    return [what, dollars(total), limit === null ? null : `≤ ${dollars(limit)}`, limit === null || total <= limit];
  });
  const { normal } = ways;
  rows.push([`1,000 orders, ${TOGETHER} at once, listened to`, dollars(together.total), null, true]);
  const lines = normal.beside.log_lines;
  const notes = [
    ...table({ ...ways, together }), "",
    `Prices of ${READ_ON}, beyond what the plan includes; sources: ${sources().join(" ")}`,
    `Awake for one order: the Dispatcher ${normal.beside.dispatcher_awake_s.toFixed(2)} s alone and ` +
      `${together.beside.dispatcher_awake_s.toFixed(2)} s with ${TOGETHER} at once, ` +
      `the limiter ${normal.beside.limiter_awake_s.toFixed(3)} s.`,
    `Not in the sums: another visit of each order's page by its link ${dollars(visit.total)}; ` +
      `${lines.toFixed(1)} log lines an order ${dollars(lines * THOUSAND * LOG_LINE.each)} (${LOG_LINE.said}, ` +
      `from 20 million a month on); a day of crons and limiters ${dollars(idle_day.total)}, whatever comes.`,
  ];
  return { rows, notes };
}

const sources = () => [...new Set(Object.values(PRICES).map(({ source }) => source))];

export async function measure() {
  const cpu = processorTimes();
  const started = new Started();
  try {
    const found = await measureAll(started, cpu);
    const version = (name) => JSON.parse(readFileSync(at("node_modules", name, "package.json"), "utf8")).version;
    const versions = { miniflare: version("miniflare"), workerd: version("workerd") };
    const results = { prices: { read_on: READ_ON, ...PRICES, log_line: LOG_LINE }, cpu_us: cpu, ...found };
    const headline = { dollars_per_1000_orders: Number(found.ways.normal.total.toFixed(5)) };
    return { versions, results, headline, ...describe(found) };
  } finally {
    await started.end();
  }
}
