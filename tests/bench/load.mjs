// @ts-check
// The load, in a process of its own: requests over kept connections, one after the other on each, and a look at every
// answer. `process.on("message")` is asked by load_client.mjs.
import { readFileSync } from "node:fs";
import { connect } from "node:net";
import { fresh, varies } from "./fresh.mjs";

/**
 * @typedef {{ port: number, head: string, body: string | null, status: number, length: number, connections: number,
 *   seconds: number, requests: number }} Run `head` as fresh.mjs fills it, `body` a file's path; a run ends after
 *   `seconds` or `requests`, whichever comes first
 */

// An answer that is later than this will not come.
const ANSWER_MS_MAX = 30_000;
const HEAD_END = Buffer.from("\r\n\r\n");
const NOTHING = Buffer.alloc(0);

class Wrong extends Error {}

/** Reads one answer after the other off a connection. */
class Answers {
  /** @type {Buffer} */
  #rest = NOTHING;
  #left = -1;
  #chunked = false;
  /** Bytes of the body so far. */
  #length = 0;
  #status = 0;

  /**
   * Takes what came; true when an answer is whole.
   * @param {Buffer} piece
   */
  take(piece) {
    if (this.#left < 0) {
      this.#rest = this.#rest.length === 0 ? piece : Buffer.concat([this.#rest, piece]);
      const end = this.#rest.indexOf(HEAD_END);
      if (end < 0) return false;
      this.#head(this.#rest.toString("latin1", 0, end));
      piece = this.#rest.subarray(end + HEAD_END.length);
      this.#rest = NOTHING;
    }
    return this.#chunked ? this.#chunks(piece) : this.#plain(piece);
  }

  /** @param {string} text */
  #head(text) {
    this.#status = Number(text.slice(9, 12));
    this.#length = 0;
    this.#chunked = /\r\ntransfer-encoding: *chunked/i.test(text);
    const length = /\r\ncontent-length: *(\d+)/i.exec(text);
    this.#left = this.#chunked || length === null ? 0 : Number(length[1]);
  }

  /** @param {Buffer} piece */
  #plain(piece) {
    this.#length += piece.length;
    this.#left -= piece.length;
    if (this.#left < 0) throw new Wrong("more came than an answer");
    return this.#left === 0;
  }

  /** Of a chunked body the frames are kept until they are whole: `left` counts what is to come of the present one. */
  #chunks(piece) {
    let rest = this.#rest.length === 0 ? piece : Buffer.concat([this.#rest, piece]);
    this.#rest = NOTHING;
    for (;;) {
      const taken = Math.min(this.#left, rest.length);
      this.#left -= taken;
      rest = rest.subarray(taken);
      if (this.#left > 0) return false;
      const end = rest.indexOf("\r\n");
      if (end < 0) break;
      const size = parseInt(rest.toString("latin1", 0, end), 16);
      if (size === 0) {
        if (rest.length < end + 4) break;
        return true;
      }
      this.#length += size;
      this.#left = size + 2;
      rest = rest.subarray(end + 2);
    }
    this.#rest = Buffer.from(rest);
    return false;
  }

  /** What the answer was; the next one may come. */
  finish() {
    const found = { status: this.#status, length: this.#length };
    this.#left = -1;
    this.#rest = NOTHING;
    return found;
  }
}

/** @type {Map<string, Buffer>} */
const bodies = new Map();

/** @param {string | null} path */
function bodyOf(path) {
  if (path === null) return NOTHING;
  const known = bodies.get(path) ?? readFileSync(path);
  bodies.set(path, known);
  return known;
}

/**
 * @param {Run} run
 * @param {{ left: number, until: number, times: number[] }} shared
 * @returns {Promise<void>}
 */
function oneConnection(run, shared) {
  const body = bodyOf(run.body);
  const same = !varies(run.head);
  const constant = Buffer.concat([Buffer.from(run.head), body]);
  const answers = new Answers();
  return new Promise((done, failed) => {
    const socket = connect({ port: run.port, host: "127.0.0.1", noDelay: true });
    let began = 0;
    /** @param {Error} [error] */
    const end = (error) => {
      socket.destroy();
      if (error) failed(error);
      else done();
    };
    const next = () => {
      if (shared.left === 0 || performance.now() >= shared.until) return end();
      shared.left -= 1;
      began = performance.now();
      if (same) return void socket.write(constant);
      socket.write(fresh(run.head));
      if (body.length > 0) socket.write(body);
    };
    socket.setTimeout(ANSWER_MS_MAX, () => end(new Wrong("no answer came")));
    socket.on("connect", next);
    socket.on("error", end);
    socket.on("close", () => end(new Wrong("the connection was closed")));
    socket.on("data", (piece) => {
      try {
        if (!answers.take(piece)) return;
      } catch (error) {
        return end(/** @type {Error} */ (error));
      }
      shared.times.push(performance.now() - began);
      const { status, length } = answers.finish();
      if (status !== run.status || length !== run.length) {
        return end(new Wrong(`${status} with ${length} bytes, not ${run.status} with ${run.length}`));
      }
      next();
    });
  });
}

/** @param {Run} run */
async function work(run) {
  const began = performance.now();
  /** @type {number[]} */
  const times = [];
  const shared = { left: run.requests, until: began + run.seconds * 1_000, times };
  await Promise.all(Array.from({ length: run.connections }, () => oneConnection(run, shared)));
  const seconds = (performance.now() - began) / 1_000;
  times.sort((a, b) => a - b);
  const at = (share) => times[Math.min(times.length - 1, Math.floor(times.length * share))] * 1_000;
  return { requests: times.length, seconds, p50_us: at(0.5), p99_us: at(0.99) };
}

process.on("message", async (/** @type {Run} */ run) => {
  try {
    process.send?.(await work(run));
  } catch (error) {
    process.send?.({ error: /** @type {Error} */ (error).message });
  }
});
