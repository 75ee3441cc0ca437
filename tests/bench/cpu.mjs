// @ts-check
// Processor time of each route, of the product and of peers that do the same work: see NOTES.md for what stands around.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { answers, at, step } from "../../.make/step.mjs";
import { describe } from "./cpu_report.mjs";
import { Load } from "./load_client.mjs";
import { HELLO, OUR_WASM, Workers, buildHello } from "./measured.mjs";
import { ROUTES, headOf, seed } from "./requests.mjs";
import { ask, assertSame } from "./same.mjs";
import { Storage } from "./storage.mjs";
import { RUNTIME, layout } from "./workerd.mjs";

/** @typedef {{ cpu_us: number, rps: number, p50_us: number, p99_us: number }} Measured one run */
/** @typedef {Record<string, Record<string, Measured[]>>} Runs by route and column */

const ROUNDS = Number(process.env.ROUNDS ?? 5);
// The bucket's process sometimes closes a connection under load ("Network connection lost"), which ends a run of any
// column: 16 clients have one answer too few.
const REPEATED_MAX = 2;
const CONNECTIONS = 16;
// What a phase ends with, whichever comes first. After so many requests the runtime has optimized what it will.
const UNCOUNTED = Number.MAX_SAFE_INTEGER;
const WARM = { seconds: 3, requests: 5_000 };
const LOAD = { seconds: 1.5, requests: UNCOUNTED };
const ALONE = { seconds: 0.7, requests: UNCOUNTED };
// Each order stores 2 MB on the disk, so these are counted; the time is for a machine that does something else.
const CREATE_SECONDS_MAX = 20;
const orders = (requests) => ({ seconds: CREATE_SECONDS_MAX, requests });
// With fewer to warm, the runtime still compiles what it has found to be used much: a tenth of the product's figure.
const PHASES_OF_CREATE = [orders(160), orders(80), orders(25)];
const STARTS = 10;

/** Which Worker stands in a column of a route; by default the one of the column's name. */
const EVERYWHERE = ["ours", "raw_js", "hono", "itty"];
const COLUMNS = { health: [...EVERYWHERE, HELLO], create: [...EVERYWHERE, "raw_js_checked"] };
const STANDS_FOR = { create: { raw_js: "raw_js_unchecked", raw_js_checked: "raw_js" } };
const columnsOf = (route) => COLUMNS[route] ?? EVERYWHERE;
const workerOf = (route, column) => STANDS_FOR[route]?.[column] ?? column;
const HELLO_ANSWER = { status: 200, length: "Hello World!".length };

/** Everything that was started, ended in the opposite order. */
class Started {
  #ends = [];
  /**
   * @template {{ stop: () => Promise<void> }} T
   * @param {T} thing
   */
  keep(thing) {
    this.#ends.unshift(() => thing.stop());
    return thing;
  }
  async end() {
    for (const end of this.#ends) await end();
  }
}

/**
 * What a column answers to a route, by status and length, after every peer was found to answer as the product does.
 * @returns {Promise<(route: string, column: string) => { status: number, length: number }>}
 */
async function compared(workers, storage, given) {
  const found = new Map();
  const ours = await workers.start("ours", storage);
  const port = ours.port("http");
  const status = {};
  for (const [route, request] of Object.entries(ROUTES)) status[route] = (await ask(port, request(given))).status;
  try {
    const names = Object.keys(ROUTES).flatMap((route) => columnsOf(route).map((column) => workerOf(route, column)));
    for (const name of new Set(names)) {
      if (name === HELLO) continue;
      const peer = await workers.start(name, storage);
      const ports = { ours: port, peer: peer.port("http") };
      for (const [route, request] of Object.entries(ROUTES)) {
        if (!columnsOf(route).some((column) => workerOf(route, column) === name)) continue;
        const length = await assertSame(ports, storage, route, () => request(given), name === "raw_js_unchecked");
        found.set(`${route} ${name}`, { status: status[route], length });
      }
      await peer.stop();
    }
  } finally {
    await ours.stop();
  }
  return (route, column) => (column === HELLO ? HELLO_ANSWER : found.get(`${route} ${workerOf(route, column)}`));
}

/** One run: a fresh process, warmed, under load, and then alone with one client. @returns {Promise<Measured>} */
async function runOnce({ workers, storage, load, given, cores, expected }, route, column) {
  const worker = await workers.start(workerOf(route, column), storage, cores?.worker);
  try {
    const request = ROUTES[route](given);
    const body = request.body === undefined ? null : given.bodies[route];
    const fixed = { port: worker.port("http"), head: headOf(request), body, ...expected(route, column) };
    const [warm, busy, alone] = route === "create" ? PHASES_OF_CREATE : [WARM, LOAD, ALONE];
    await load.run({ ...fixed, connections: CONNECTIONS, ...warm });
    const before = worker.cpuMicroseconds();
    const { requests, seconds } = await load.run({ ...fixed, connections: CONNECTIONS, ...busy });
    const cpu = worker.cpuMicroseconds() - before;
    const { p50_us, p99_us } = await load.run({ ...fixed, connections: 1, ...alone });
    return { cpu_us: cpu / requests, rps: requests / seconds, p50_us, p99_us };
  } catch (error) {
    const { message } = /** @type {Error} */ (error);
    throw new Error(`${route}, ${column}: ${message}; ${worker.lastWords}`, { cause: error });
  } finally {
    await worker.stop();
    if (route === "create") await forget(storage, given.order);
  }
}

/** A run; once more in a new process where one has failed, and that is told. @returns {Promise<Measured>} */
async function runInTheEnd(bench, route, column) {
  for (let failed = 0; ; failed += 1) {
    try {
      return await runOnce(bench, route, column);
    } catch (error) {
      if (failed === REPEATED_MAX) throw error;
      console.log(`    Once more: ${/** @type {Error} */ (error).message}`);
    }
  }
}

/** What the orders of a run have left. */
async function forget(storage, order) {
  await storage.clear("anon/");
  await storage.sql("DELETE FROM orders WHERE id <> ?1", order);
}

/** All rounds; in every second one the columns go in the opposite order. @returns {Promise<Runs>} */
async function allRounds(bench) {
  /** @type {Runs} */
  const runs = {};
  for (const route of Object.keys(ROUTES)) {
    runs[route] = Object.fromEntries(columnsOf(route).map((column) => [column, []]));
  }
  for (let round = 0; round < ROUNDS; round += 1) {
    await step(`Round ${round + 1} of ${ROUNDS}`, async () => {
      for (const route of Object.keys(ROUTES)) {
        const columns = round % 2 === 0 ? columnsOf(route) : columnsOf(route).toReversed();
        for (const column of columns) runs[route][column].push(await runInTheEnd(bench, route, column));
      }
    });
  }
  return runs;
}

/** From the start of a process to its first answer with 200, in milliseconds, by column. */
async function firstAnswers({ workers, storage, cores, given }) {
  const columns = columnsOf("health");
  const times = Object.fromEntries(columns.map((column) => [column, /** @type {number[]} */ ([])]));
  for (let start = 0; start < STARTS; start += 1) {
    for (const column of start % 2 === 0 ? columns : columns.toReversed()) {
      const worker = await workers.start(column, storage, cores?.worker);
      const { status } = await ask(worker.port("http"), ROUTES.health(given));
      const taken = performance.now() - worker.startedAt;
      await worker.stop();
      if (status !== 200) throw new Error(`the first answer of ${column} was ${status}`);
      times[column].push(taken);
    }
  }
  return times;
}

async function measureAll(started, folder) {
  const cores = layout();
  const workers = new Workers();
  await step("Build the stock hello", buildHello);
  const storage = started.keep(await Storage.start(cores?.storage));
  const load = started.keep(new Load(cores?.load));
  const ours = await workers.start("ours", storage);
  const given = await seed(storage, (request) => ask(ours.port("http"), request), folder);
  await ours.stop();
  const bench = { workers, storage, load, given, cores, expected: /** @type {any} */ (null) };
  await step("Compare every peer's answers with the product's", async () => {
    bench.expected = await compared(workers, storage, given);
  });
  const runs = await allRounds(bench);
  /** @type {Record<string, number[]>} */
  let first = {};
  await step(`Start each ${STARTS} times`, async () => (first = await firstAnswers(bench)));
  return { runs, first, cores };
}

async function versions() {
  const of = (name) => JSON.parse(readFileSync(at("node_modules", name, "package.json"), "utf8")).version;
  return {
    workerd: of("workerd"), workerd_binary: await answers(RUNTIME, "--version"), miniflare: of("miniflare"),
    hono: of("hono"), itty_router: of("itty-router"), esbuild: of("esbuild"),
    rustc: await answers("rustc", "--version"),
  };
}

export async function measure() {
  const started = new Started();
  const folder = mkdtempSync(join(tmpdir(), "anytryon-bench-"));
  try {
    const { runs, first, cores } = await measureAll(started, folder);
    const wasm = readFileSync(OUR_WASM);
    const size = { wasm_bytes: wasm.length, wasm_gzip_bytes: gzipSync(wasm, { level: 9 }).length };
    return { versions: await versions(), ...describe({ runs, first, size, cores, rounds: ROUNDS }) };
  } finally {
    await started.end();
    rmSync(folder, { recursive: true, force: true });
  }
}
