// @ts-check
// What grows with the number of orders, and what with the number of uploads at once: see NOTES.md.
import { readFileSync } from "node:fs";
import { at, step } from "../../.make/step.mjs";
import { World } from "../workerd/harness.mjs";
import { place, until } from "../workerd/orders.mjs";
import { seen } from "../workerd/provider.mjs";
import { Table } from "./growth_table.mjs";
import { GROWTH_MAX_MB, measureUploads } from "./uploads.mjs";

const SIZES = [1_000, 100_000, 1_000_000];
// Readings of one kind, and sweeps.
const READS = 40;
const SWEEPS = 5;
// So many orders expire in a sweep that is measured; 33 a minute are accepted.
const EXPIRING = 33;
// Rows that a call reads may differ by what happens to be due, not by the table's size.
const ROWS_TIMES_MAX = 1.2;
// A tree of a million rows is one or two levels deeper, and the machine does other things too.
const TIME_TIMES_MAX = 1.5;
const TIME_NOISE_MS = 5;

/** Everything that was started, ended in the opposite order. */
class Started {
  #ends = [];
  after = (end) => void this.#ends.unshift(end);
  async end() {
    for (const end of this.#ends) await end();
  }
}

/** Of some calls the rows that most of them read, and the time of the quickest: the others waited for the machine. */
function typical(found) {
  const rows = found.map((one) => one.rows_read).sort((a, b) => a - b);
  return { rows_read: rows[Math.floor(rows.length / 2)], took_ms: Math.min(...found.map((one) => one.took_ms)) };
}

/** Rows read and time of some calls from outside. */
async function each(world, from, times, call) {
  const found = [];
  for (let turn = 0; turn < times; turn += 1) {
    const work = await call(turn);
    await world.resetCalls();
    const began = performance.now();
    await work();
    const took_ms = performance.now() - began;
    const { d1_rows_read } = await world.counts({ from: [from] });
    found.push({ rows_read: d1_rows_read, took_ms });
  }
  return typical(found);
}

const reading = (world, idOf, status) => each(world, "fetch", READS, (turn) => async () => {
  const answer = await world.request(`/api/orders/${idOf(turn)}`);
  if (answer.status !== status) throw new Error(`an order's status: ${answer.status} ${answer.text}`);
});

async function sweep(world) {
  const { outcome } = await world.scheduled();
  if (outcome !== "ok") throw new Error(`the sweep: ${outcome}`);
}

/** The Dispatcher's first look after it woke: what is in flight, what is due, what comes next. */
async function dispatch(world, table) {
  const found = [];
  for (let turn = 0; turn < SWEEPS; turn += 1) {
    // A Dispatcher that remembers nothing, as after each long pause; an alarm that was stored wakes it at once.
    await table.setLive();
    await world.restart();
    await sweep(world);
    const looks = ({ from, binding, subject }) =>
      from === "Dispatcher" && binding === "DB" && subject.startsWith("SELECT");
    const isQueue = ({ subject, rows_read }) => subject.includes("due_at <=") && rows_read !== undefined;
    const calls = await seen(world, async () => (await world.calls()).filter(looks), (list) => list.some(isQueue));
    const first = calls.slice(0, calls.findIndex(isQueue) + 1);
    const total = (kind) => first.reduce((sum, call) => sum + call[kind], 0);
    found.push({ rows_read: total("rows_read"), took_ms: total("took_ms") });
  }
  return typical(found);
}

/** Every call at one size of the table. */
async function measureSize(world, table) {
  const found = { dispatch: await dispatch(world, table) };
  found.sweep_idle = await each(world, "scheduled", SWEEPS, async () => {
    await table.setLive();
    return () => sweep(world);
  });
  found.sweep_expiring = await each(world, "scheduled", SWEEPS, async () => {
    await table.setLive();
    await table.setOverdue(EXPIRING);
    return async () => {
      await sweep(world);
      const left = await table.overdue();
      if (left > 0) throw new Error(`${left} overdue orders are left`);
    };
  });
  await table.setLive();
  found.status_ready = await reading(world, (turn) => table.readyId(turn), 200);
  found.status_waiting = await reading(world, (turn) => table.waitingId(turn), 200);
  found.status_gone = await reading(world, (turn) => table.goneId(turn), 410);
  return found;
}

const SAID = {
  status_ready: "status of an order that is ready",
  status_waiting: "status of an order that waits",
  status_gone: "status of a closed order",
  dispatch: "the Dispatcher's first look",
  sweep_idle: "the cron with nothing to do",
  sweep_expiring: `the cron that closes ${EXPIRING} orders`,
};

async function measureTable(started) {
  const world = await World.start(started, { sandbox: { "latency-ms": 50 } });
  const { order } = await place(world);
  await until(world, order.id, (view) => view.status === "completed");
  const table = await Table.from(world, order.id);
  const sizes = {};
  for (const size of SIZES) {
    const orders = size.toLocaleString("en");
    await step(`Fill the table with ${orders} orders`, () => table.fillTo(size));
    await step(`Ask and sweep with ${orders} orders`, async () => (sizes[size] = await measureSize(world, table)));
  }
  return sizes;
}

function rowsOf(sizes, uploads) {
  const rows = [];
  const [least, most] = [SIZES[0], SIZES.at(-1)].map((size) => sizes[size]);
  const fits = (value, first, times, noise) => value <= first * times + noise;
  for (const [name, said] of Object.entries(SAID)) {
    const [few, many] = [least[name], most[name]];
    const read = SIZES.map((size) => sizes[size][name].rows_read).join(" · ");
    const took = SIZES.map((size) => sizes[size][name].took_ms.toFixed(1)).join(" · ");
    rows.push([`${said}: rows read`, read, "no growth", fits(many.rows_read, few.rows_read, ROWS_TIMES_MAX, 0)]);
    rows.push([`${said}: ms`, took, "no growth", fits(many.took_ms, few.took_ms, TIME_TIMES_MAX, TIME_NOISE_MS)]);
  }
  for (const { at_once, growth_mb, accepted, refused, answers } of uploads) {
    const others = at_once - accepted - refused;
    const said = others ? Object.entries(answers).map(([status, times]) => `${times} × ${status}`).join(", ")
      : `${accepted} accepted, ${refused} told to come again`;
    rows.push([`${at_once} uploads of 2 MB at once: ${said}`, `${growth_mb.toFixed(0)} MB`,
      `≤ ${GROWTH_MAX_MB} MB`, others === 0 && accepted > 0 && growth_mb <= GROWTH_MAX_MB]);
  }
  return rows;
}

export async function measure() {
  const started = new Started();
  try {
    const orders = await measureTable(started);
    const uploads = await measureUploads();
    const version = (name) => JSON.parse(readFileSync(at("node_modules", name, "package.json"), "utf8")).version;
    const versions = { miniflare: version("miniflare"), workerd: version("workerd") };
    const sizes = SIZES.map((size) => size.toLocaleString("en")).join(" · ");
    const notes = [`Rows and times are those of one call, with ${sizes} orders in the table.`];
    return { versions, results: { orders, uploads }, rows: rowsOf(orders, uploads), notes };
  } finally {
    await started.end();
  }
}
