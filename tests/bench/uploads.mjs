// @ts-check
// The memory of orders that are uploaded at the same time, in a process that is the Worker alone: see NOTES.md.
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import http from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { step } from "../../.make/step.mjs";
import { fresh } from "./fresh.mjs";
import { Workers } from "./measured.mjs";
import { ROUTES, seed } from "./requests.mjs";
import { ask } from "./same.mjs";
import { Storage } from "./storage.mjs";
import { layout } from "./workerd.mjs";

/** What uploads may add to an idle instance: the platform ends it above 128 MB, code and all. */
export const GROWTH_MAX_MB = 96;
const BURSTS = [10, 50, 200];
const WARMING = 20;
// Phones' uplinks, of 5 to 1.7 Mbit/s: all begin together and end between 3 and 10 s later.
const PIECE_BYTES = 64 * 1024;
const PIECE_MS = { min: 100, max: 300 };
const ANSWER_MS_MAX = 120_000;

/** A line of the process's status in MB: VmRSS now, VmHWM at its highest since the last reset. */
function memory(pid, line) {
  const kilobytes = new RegExp(`^${line}:\\s+(\\d+) kB`, "m").exec(readFileSync(`/proc/${pid}/status`, "utf8"));
  return Number(kilobytes?.[1]) / 1_024;
}

/**
 * One order as a phone sends it; the answer's status, or the error's name where the connection broke.
 * @param {number} port
 * @param {number} pieceMs
 * @param {import("./requests.mjs").Request} request
 * @returns {Promise<string>}
 */
async function upload(port, pieceMs, { method, path, headers, body = Buffer.alloc(0) }) {
  const own = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, fresh(value)]));
  own["content-length"] = `${body.length}`;
  const options = { host: "127.0.0.1", port, method, path, headers: own, setHost: false, agent: false };
  const request = http.request({ ...options, signal: AbortSignal.timeout(ANSWER_MS_MAX) });
  const answered = once(request, "response");
  // Who is refused at once has an answer in the middle of the body, and the connection ends behind it.
  let over = false;
  answered.then(() => (over = true), () => {});
  request.on("error", () => {});
  try {
    for (let from = 0; from < body.length && !request.destroyed && !over; from += PIECE_BYTES) {
      request.write(body.subarray(from, from + PIECE_BYTES));
      await pause(pieceMs);
    }
    request.end();
    const [response] = await answered;
    response.resume();
    await once(response, "close");
    return `${response.statusCode}`;
  } catch (error) {
    return /** @type {any} */ (error).code ?? /** @type {Error} */ (error).name;
  }
}

/** How often each answer came. */
function counted(list) {
  /** @type {Record<string, number>} */
  const times = {};
  for (const one of list) times[one] = (times[one] ?? 0) + 1;
  return times;
}

/** So many at once in a fresh process; what that needed at its highest over what it had before. */
async function burst(bench, atOnce) {
  const { workers, storage, given, cores } = bench;
  const worker = await workers.start("ours", storage, cores?.worker);
  try {
    const port = worker.port("http");
    for (let turn = 0; turn < WARMING; turn += 1) await ask(port, ROUTES.create(given));
    const pid = worker.child.pid;
    const base_mb = memory(pid, "VmRSS");
    writeFileSync(`/proc/${pid}/clear_refs`, "5");
    const began = performance.now();
    const pieceMs = (index) => PIECE_MS.min + ((PIECE_MS.max - PIECE_MS.min) * index) / atOnce;
    const uploads = Array.from({ length: atOnce }, (_, index) => upload(port, pieceMs(index), ROUTES.create(given)));
    const answers = await Promise.all(uploads);
    const seconds = (performance.now() - began) / 1_000;
    const peak_mb = memory(pid, "VmHWM");
    const told = counted(answers);
    const [accepted, refused] = ["201", "503"].map((status) => told[status] ?? 0);
    const growth_mb = peak_mb - base_mb;
    return { at_once: atOnce, base_mb, peak_mb, growth_mb, seconds, accepted, refused, answers: told };
  } finally {
    await worker.stop();
    await storage.clear("anon/");
  }
}

export async function measureUploads() {
  const cores = layout();
  const folder = mkdtempSync(join(tmpdir(), "anytryon-bench-"));
  const workers = new Workers();
  const storage = await Storage.start(cores?.storage);
  try {
    const ours = await workers.start("ours", storage);
    const given = await seed(storage, (request) => ask(ours.port("http"), request), folder);
    await ours.stop();
    const found = [];
    for (const atOnce of BURSTS) {
      await step(`${atOnce} uploads at once`, async () => {
        found.push(await burst({ workers, storage, given, cores }, atOnce));
      });
    }
    return found;
  } finally {
    await storage.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
