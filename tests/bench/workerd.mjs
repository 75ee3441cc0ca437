// @ts-check
// One process of the runtime, of a configuration that a program made: started on cores of its own, asked for its
// processor time, ended.
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { serializeConfig } from "miniflare";

const require = createRequire(import.meta.url);
/** The path of the runtime that the tests use too. */
export const RUNTIME = require("workerd").default;

// A start takes a tenth of a second; this is for a machine that does something else.
const START_MS_MAX = 20_000;
// What the runtime said last, for the message of a start that failed.
const SAID_CHARS_MAX = 2_000;

/** The kernel's unit of the times in `/proc/<pid>/stat`, which is the same on all Linux systems of today. */
const TICK_US = 10_000;

const answersTo = (program, ...args) => {
  try {
    execFileSync(program, args, { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
};

/**
 * Which cores do what: the measured process alone on one, the load on another, storage on those that are left, or
 * beside the load where none is. `null` where nothing can be pinned.
 */
export function layout() {
  const cores = availableParallelism();
  if (cores < 2 || !answersTo("taskset", "--version")) return null;
  return { worker: "0", load: "1", storage: cores > 2 ? `2-${cores - 1}` : "1" };
}

/**
 * The command line that runs a program on these cores.
 * @param {string | undefined} cores
 * @param {string[]} command
 */
export const pinned = (cores, command) => (cores === undefined ? command : ["taskset", "-c", cores, ...command]);

/**
 * Processor time of a process so far, user and system of all its threads, in microseconds. The scheduler's own sums are
 * in nanoseconds; a kernel without them has the sum in hundredths of a second.
 * @param {number} pid
 */
export function cpuMicroseconds(pid) {
  try {
    const times = readdirSync(`/proc/${pid}/task`)
      .map((thread) => readFileSync(`/proc/${pid}/task/${thread}/schedstat`, "utf8"))
      .map((line) => Number(line.split(" ")[0]));
    return times.reduce((sum, nanoseconds) => sum + nanoseconds, 0) / 1_000;
  } catch {
    const line = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The second field is the program's name and may hold anything; the fields are counted from behind it.
    const fields = line.slice(line.lastIndexOf(")") + 2).split(" ");
    return (Number(fields[11]) + Number(fields[12])) * TICK_US;
  }
}

/** A running process with the ports of its sockets. */
export class Workerd {
  /** @type {Map<string, number>} */
  ports = new Map();
  /** @type {import("node:child_process").ChildProcess | undefined} */
  child;
  /** @type {string | undefined} */
  folder;
  /** When its program was begun, by `performance.now()`. */
  startedAt = 0;
  #said = "";

  /**
   * Starts one and waits until all its sockets listen.
   * @param {any} config as the runtime's schema has it
   * @param {{ folder: string, cores?: string }} on a folder of its own that ends with it, and the cores
   */
  static async start(config, { folder, cores }) {
    const workerd = Object.assign(new Workerd(), { folder });
    // From a file: through a pipe a large Worker would take longer than a small one for nothing of its own.
    const file = join(folder, "config.bin");
    writeFileSync(file, serializeConfig(config));
    const options = ["serve", "--binary", "--experimental", "--control-fd=3", file];
    const [program, ...args] = pinned(cores, [RUNTIME, ...options]);
    workerd.startedAt = performance.now();
    // Log lines are formatted and written as always, and then read by nobody.
    const child = spawn(program, args, { stdio: ["ignore", "ignore", "pipe", "pipe"] });
    workerd.child = child;
    child.stderr?.on("data", (chunk) => (workerd.#said = `${workerd.#said}${chunk}`.slice(-SAID_CHARS_MAX)));
    const late = AbortSignal.timeout(START_MS_MAX);
    const listening = workerd.#listening(child, config.sockets.length);
    const ended = once(child, "exit", { signal: late }).then(([code]) => {
      throw new Error(`the runtime ended with ${code}: ${workerd.#said}`);
    });
    ended.catch(() => {});
    try {
      await Promise.race([listening, ended]);
    } catch (error) {
      await workerd.stop();
      throw error;
    }
    return workerd;
  }

  /** How it fares and what it has said last, for the message of what went wrong with it. */
  get lastWords() {
    const { exitCode, signalCode } = this.child ?? {};
    return `the runtime ${exitCode === null && signalCode === null ? "runs" : "has ended"}: ${this.#said}`;
  }

  /**
   * Resolves when that many sockets listen; never, when the process ends before.
   * @param {import("node:child_process").ChildProcess} child
   * @param {number} sockets
   * @returns {Promise<void>}
   */
  #listening(child, sockets) {
    const control = /** @type {import("node:stream").Readable} */ (child.stdio[3]);
    return new Promise((done) => {
      createInterface({ input: control }).on("line", (line) => {
        const { event, socket, port } = JSON.parse(line);
        if (event === "listen") this.ports.set(socket, port);
        if (this.ports.size === sockets) done();
      });
    });
  }

  /** @param {string} socket */
  port(socket) {
    return /** @type {number} */ (this.ports.get(socket));
  }

  cpuMicroseconds() {
    return cpuMicroseconds(/** @type {number} */ (this.child?.pid));
  }

  async stop() {
    const { child } = this;
    if (child && child.exitCode === null && child.signalCode === null) {
      const ended = once(child, "exit");
      child.kill("SIGKILL");
      await ended;
    }
    if (this.folder) rmSync(this.folder, { recursive: true, force: true });
  }
}
