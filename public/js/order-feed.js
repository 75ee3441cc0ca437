// @ts-check
// What the server says of one order: a stream of events, and where none comes through, a question every few seconds.

const REQUEST_TIMEOUT_MS = 15_000;
const POLL_MS = 3_000;
/** 12 hours of polling; an order that is still running then needs a person. */
const POLLS_MAX = 14_400;
/** The stream tells the present state at once; one that is silent for so long is held up on the way. */
const STREAM_SILENCE_MS = 10_000;
/** Polls that may fail in a row before the visitor is told. */
const FAILURES_UNTOLD = 3;

/**
 * @typedef {{receive(order: import("../../src/web/openapi.d.ts").Order): void,
 *   gone(status: "expired" | "deleted"): void, lost(): void, found(): void}} Listener `lost` and `found`: the connection, told when it matters
 */

export const JSON_WANTED = { Accept: "application/json" };

/**
 * A request that ends.
 * @param {string} url
 * @param {RequestInit} [init]
 */
export const request = (url, init) => fetch(url, { ...init, signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS) });

export class OrderFeed {
  #api;
  #listener;
  #running = false;
  /** @type {EventSource | null} */
  #stream = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  /** @type {string | null} */
  #etag = null;
  #polls = 0;
  #failures = 0;

  /**
   * @param {string} api the order's path
   * @param {Listener} listener
   */
  constructor(api, listener) {
    this.#api = api;
    this.#listener = listener;
  }

  start() {
    this.stop();
    this.#running = true;
    if (!("EventSource" in window)) {
      this.#poll();
      return;
    }
    const stream = new EventSource(`${this.#api}/events`);
    this.#stream = stream;
    stream.addEventListener("order", (event) => {
      clearTimeout(this.#timer);
      this.#connectionHolds();
      this.#listener.receive(JSON.parse(event.data));
    });
    // The browser reconnects by itself unless the server's answer was no stream at all.
    stream.addEventListener("error", () => {
      if (stream.readyState === EventSource.CLOSED) this.#pollInstead();
    });
    this.#timer = setTimeout(() => this.#pollInstead(), STREAM_SILENCE_MS);
  }

  stop() {
    this.#running = false;
    this.#stream?.close();
    this.#stream = null;
    clearTimeout(this.#timer);
  }

  /** Not at once: a stream also breaks when the visitor goes to another page, and nothing is to be asked for then. */
  #pollInstead() {
    this.stop();
    this.#running = true;
    this.#timer = setTimeout(() => this.#poll(), POLL_MS);
  }

  async #poll() {
    this.#polls += 1;
    await this.refresh();
    if (!this.#running || this.#stream || this.#polls > POLLS_MAX) return;
    this.#timer = setTimeout(() => this.#poll(), POLL_MS);
  }

  /** Asks once more for an order whose links have ended. */
  renew() {
    this.#etag = null;
    return this.refresh();
  }

  /** Asks for the order once. False when there was no usable answer. */
  async refresh() {
    try {
      // The page sends its own ETag; the browser's cache between would hide the 304.
      const headers = new Headers(JSON_WANTED);
      if (this.#etag) headers.set("If-None-Match", this.#etag);
      const answer = await request(this.#api, { headers, cache: "no-store" });
      if (answer.status === 404 || answer.status === 410) {
        this.#listener.gone(answer.status === 410 ? "expired" : "deleted");
      } else if (answer.ok) {
        this.#etag = answer.headers.get("ETag");
        this.#listener.receive(await answer.json());
      } else if (answer.status !== 304) {
        throw new Error(`status ${answer.status}`);
      }
      this.#connectionHolds();
      return true;
    } catch {
      this.#failures += 1;
      if (this.#failures === FAILURES_UNTOLD) this.#listener.lost();
      return false;
    }
  }

  #connectionHolds() {
    if (this.#failures >= FAILURES_UNTOLD) this.#listener.found();
    this.#failures = 0;
  }
}
