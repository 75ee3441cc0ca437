// The crossings of an ordinary request: its facts in, its body in pieces, the answer out, each as one call.

// Every request header that Rust may read; what is not here does not cross. Reading one costs about a microsecond, so
// what has no meaning for the method is not asked for.
const ALWAYS = ["accept", "cf-connecting-ip", "cookie"];
const READING = [...ALWAYS, "if-none-match", "range", "if-range"];
const WRITING = [
  ...ALWAYS, "content-length", "content-type", "idempotency-key", "origin", "sec-fetch-site", "x-webhook-signature",
  "x-webhook-timestamp",
];
/** What only few routes read: who signs in with which device, and who says to be the operator. */
const SELDOM = [["/auth/", "user-agent"], ["/api/operator/", "authorization"]];

/** Method, URL, then one `name:value` a line; neither a URL nor a header value can hold a line break. */
export function facts(request) {
  const { headers, method } = request;
  let text = `${method}\n${request.url}`;
  for (const name of method === "GET" || method === "HEAD" ? READING : WRITING) {
    const value = headers.get(name);
    if (value !== null) text += `\n${name}:${value}`;
    // What stands behind it means nothing without it.
    else if (name === "range") break;
  }
  for (const [path, name] of SELDOM) {
    const value = request.url.includes(path) ? headers.get(name) : null;
    if (value !== null) text += `\n${name}:${value}`;
  }
  return text;
}

// Header sets that repeat, by their packed text. A `Headers` kept here is copied by `new Response` at a
// fraction of the price of building one; the bound holds when some value turns out to vary after all.
const KEPT_MAX = 256;
const kept = new Map();

function headersOf(packed) {
  let headers = kept.get(packed);
  if (headers === undefined) {
    headers = new Headers();
    append(headers, packed);
    if (kept.size < KEPT_MAX) kept.set(packed, headers);
  }
  return headers;
}

function append(headers, packed) {
  if (packed === "") return;
  for (const line of packed.split("\n")) {
    const colon = line.indexOf(":");
    headers.append(line.slice(0, colon), line.slice(colon + 1));
  }
}

/**
 * The answer. `fixed` and `own` are packed as `name:value` lines: `fixed` repeats between answers and is kept,
 * `own` belongs to this answer (appended, so that two cookies stay two). `body`: null, a string, bytes or a stream.
 */
export function reply(status, fixed, own, body) {
  const response = new Response(body, { status, headers: headersOf(fixed) });
  append(response.headers, own);
  return response;
}

// Setting a timer costs as much as several crossings, so all calls of an event share one, which runs while one is open.
const TICK_MS = 1_000;

/** The calls of one event (a request, a run of the cron or of an alarm) that have no answer yet. */
export class Calls {
  #open = new Set();
  #timer = null;

  /**
   * Tells what became of a promise, once: its number, whether it was fulfilled, and with what. A TimeoutError when it
   * has not come after `ms` and at most a tick more.
   */
  settle(promise, ms, number, tell) {
    const call = { ticks: Math.ceil(ms / TICK_MS) + 1, number, tell };
    this.#open.add(call);
    promise.then((value) => this.#told(call, true, value), (reason) => this.#told(call, false, reason));
    if (this.#timer === null) this.#tick();
  }

  /** Forgets what is open. A Durable Object is billed as awake while a timer is left. */
  end() {
    clearTimeout(this.#timer);
    this.#timer = null;
    this.#open.clear();
  }

  #told(call, fulfilled, value) {
    if (this.#open.delete(call)) call.tell(call.number, fulfilled, value);
  }

  #tick() {
    this.#timer = setTimeout(() => {
      // First of all, so that nothing that is told below can leave the others without a time-out.
      this.#tick();
      for (const call of this.#open) {
        call.ticks -= 1;
        if (call.ticks <= 0) this.#giveUp(call);
      }
      if (this.#open.size === 0) this.end();
    }, TICK_MS);
  }

  #giveUp(call) {
    try {
      this.#told(call, false, new DOMException("The platform did not answer.", "TimeoutError"));
    } catch {
      // Its instance has panicked, which was logged then; the other calls may belong to the one after it.
    }
  }
}

// D1 itself gives up after 30 s; nothing of ours may wait longer for an answer of the platform.
const ANSWER_MS_MAX = 30_000;

/** The promise's outcome, or a TimeoutError when it takes too long. */
export function within(promise, ms = ANSWER_MS_MAX) {
  const calls = new Calls();
  return new Promise((resolve, reject) =>
    calls.settle(promise, ms, 0, (_, fulfilled, value) => {
      calls.end();
      (fulfilled ? resolve : reject)(value);
    }),
  );
}

// A body is handed over in pieces of this size, all in one buffer: each hand-over costs a turn of the event loop, and a
// reader without a buffer of its own gets 4 KB a time.
const PIECE_BYTES = 256 * 1024;

/** A request's body as `read` wants it, or null. */
export function reader(request) {
  if (request.body === null) return null;
  // A callback of 2 KB needs no large buffer, which is cleared before it is filled.
  const length = Number(request.headers.get("content-length") ?? PIECE_BYTES);
  const size = Math.max(1, Math.min(length, PIECE_BYTES));
  return { source: request.body.getReader({ mode: "byob" }), buffer: new ArrayBuffer(size) };
}

/** The next piece of a body, or null at its end. It is overwritten by the piece after it. */
export async function read(body) {
  const { done, value } = await body.source.readAtLeast(body.buffer.byteLength, new Uint8Array(body.buffer));
  if (done) return null;
  body.buffer = value.buffer;
  return value;
}

/** Bytes of a stored file as a stream that Rust only passes on; null when there is no such file. */
export async function file(bucket, key, offset, length) {
  const object = await bucket.get(key, { range: { offset, length } });
  return object && object.body;
}

const encoder = new TextEncoder();

/**
 * An event stream: `next` gives the next text, or null at the end. It is asked only while somebody reads. The platform
 * notices that the reader has gone when he is to be told something, and ends the event then, though `next` has been asked
 * again: what that waits for would never come, and Rust would keep it for ever, if `waitUntil` did not let it finish.
 */
export function events(next, context) {
  return new ReadableStream({
    async pull(controller) {
      const coming = next();
      context.waitUntil(coming);
      const text = await coming;
      if (text === null) controller.close();
      else controller.enqueue(encoder.encode(text));
    },
  });
}
