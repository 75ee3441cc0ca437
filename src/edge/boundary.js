// The crossings of an ordinary request: its facts in, its body in pieces, the answer out, each as one call.

// Every request header that Rust may read; what is not here does not cross.
const HEADERS = [
  "accept",
  "cf-connecting-ip",
  "content-length",
  "content-type",
  "cookie",
  "idempotency-key",
  "if-none-match",
  "if-range",
  "origin",
  "range",
  "sec-fetch-site",
  "x-webhook-signature",
  "x-webhook-timestamp",
];

/** Method, URL, then one `name:value` a line; neither a URL nor a header value can hold a line break. */
export function facts(request) {
  const { headers } = request;
  let text = `${request.method}\n${request.url}`;
  for (const name of HEADERS) {
    const value = headers.get(name);
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

// D1 itself gives up after 30 s; nothing of ours may wait longer for an answer of the platform.
const ANSWER_MS_MAX = 30_000;

/** The promise's outcome, or a TimeoutError when it takes too long. */
export async function within(promise, ms = ANSWER_MS_MAX) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new DOMException("The platform did not answer.", "TimeoutError")), ms);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

// A body is handed over in pieces of this size, all in one buffer: each hand-over costs a turn of the event loop, and a
// reader without a buffer of its own gets 4 KB a time.
const PIECE_BYTES = 256 * 1024;

/** A request's body as `read` wants it, or null. */
export function reader(request) {
  if (request.body === null) return null;
  return { source: request.body.getReader({ mode: "byob" }), buffer: new ArrayBuffer(PIECE_BYTES) };
}

/** The next piece of a body, or null at its end. It is overwritten by the piece after it. */
export async function read(body) {
  const { done, value } = await body.source.readAtLeast(PIECE_BYTES, new Uint8Array(body.buffer));
  if (done) return null;
  body.buffer = value.buffer;
  return value;
}

/**
 * A stored file as the answer, streamed past Rust; the last await is JavaScript's, which is cheaper. `found`, `missing`
 * and `failed` are `[status, fixed, own, body, log]`: whichever comes true is sent and logged.
 */
export async function file(bucket, key, offset, length, found, missing, failed) {
  let outcome = found;
  let body = null;
  try {
    const object = await within(bucket.get(key, length === 0 ? {} : { range: { offset, length } }));
    if (object === null) outcome = missing;
    else body = object.body;
  } catch {
    outcome = failed;
  }
  const [status, fixed, own, text, log] = outcome;
  console.log(log);
  return reply(status, fixed, own, body ?? text);
}

const encoder = new TextEncoder();

/** An event stream: `next` gives the next text, or null at the end. It is asked only while somebody reads. */
export function events(next) {
  return new ReadableStream({
    async pull(controller) {
      const text = await next();
      if (text === null) controller.close();
      else controller.enqueue(encoder.encode(text));
    },
  });
}
