// The platform's services as plain calls: text and bytes in, text and bytes out, errors as exceptions with a message.
import { within } from "./boundary.js";

const SHA256_BYTES = 32;

/** Runs `[{ sql, args }, …]` as one transaction; the rows of each statement, all as one JSON text. */
export async function database(db, batch) {
  const statements = JSON.parse(batch).map(({ sql, args }) => db.prepare(sql).bind(...args));
  // A batch of one costs the platform's client a twentieth of a small request more than the statement itself.
  const results = statements.length === 1 ? [await statements[0].all()] : await db.batch(statements);
  return JSON.stringify(results.map((result) => result.results));
}

export function memory(length) {
  return new Uint8Array(length);
}

/** The SHA-256 of each part, one after the other. */
export async function digests(parts) {
  const all = await Promise.all(parts.map((part) => crypto.subtle.digest("SHA-256", part)));
  const bytes = new Uint8Array(all.length * SHA256_BYTES);
  all.forEach((digest, index) => bytes.set(new Uint8Array(digest), index * SHA256_BYTES));
  return bytes;
}

/** No type is stored: who reads a picture is told the type by its link. */
export async function putFile(bucket, key, held) {
  await within(bucket.put(key, held));
}

/** Streams a file to another key. One that is gone and lies there already was copied before. */
export async function copyFile(bucket, from, to) {
  const file = await within(bucket.get(from));
  if (file === null) {
    if ((await within(bucket.head(to))) === null) throw new Error("no such file");
    return;
  }
  await within(bucket.put(to, file.body));
}

export async function deleteFiles(bucket, keys) {
  await within(bucket.delete(JSON.parse(keys)));
}

export async function hasFile(bucket, key) {
  return (await within(bucket.head(key))) !== null;
}

/** At most 1000 keys under a prefix, those after this one, as JSON. */
export async function listFiles(bucket, prefix, after) {
  const { objects } = await within(bucket.list({ prefix, limit: 1000, ...(after && { startAfter: after }) }));
  return JSON.stringify(objects.map((object) => object.key));
}

/** Whether the platform's rate limit lets one more through. */
export async function fence(binding, key) {
  return (await binding.limit({ key })).success;
}

/** Asks a Durable Object. One more try where the platform says that it is worth it. */
export async function askObject(namespace, name, question) {
  for (let tries = 0; ; tries += 1) {
    try {
      // A stub that threw is broken; a new one costs nothing.
      const stub = namespace.get(namespace.idFromName(name));
      const response = await stub.fetch("https://object/", { method: "POST", body: question });
      const text = await response.text();
      if (response.status !== 200) throw new Error(`object answered ${response.status}`);
      return text;
    } catch (error) {
      if (tries > 0 || !error.retryable || error.overloaded) throw error;
    }
  }
}

/** Calls the provider: `[status, bytes]`, the body cut at `bytesMax`. A redirect is an answer and is not followed. */
export async function callProvider(url, key, body, timeoutMs, bytesMax) {
  const headers = { authorization: `Bearer ${key}`, "content-type": "application/json" };
  const method = body === undefined ? "GET" : "POST";
  return timed(timeoutMs, async (signal) => {
    const response = await fetch(url, { method, headers, body, redirect: "manual", signal });
    return [response.status, await firstBytes(response, bytesMax)];
  });
}

/** Calls anybody else: `[status, bytes, Cache-Control]`. A body makes it a POST; a redirect is not followed. */
export async function callOutside(url, contentType, body, timeoutMs, bytesMax) {
  const method = body === undefined ? "GET" : "POST";
  const headers = contentType === undefined ? AGENT : { ...AGENT, "content-type": contentType };
  return timed(timeoutMs, async (signal) => {
    const response = await fetch(url, { method, headers, body, redirect: "manual", signal });
    return [response.status, await firstBytes(response, bytesMax), response.headers.get("cache-control") ?? ""];
  });
}

class MailRefused extends Error {
  name = "MailRefused";
}

/**
 * What the platform's binding says of a recipient to whom it will never send (developers.cloudflare.com/email-service;
 * the last is the older Email Routing's). All else may be better later: its limits, its outages, and a sender that is not
 * onboarded yet.
 */
const REFUSED_CODES = new Set(["E_RECIPIENT_SUPPRESSED", "E_RECIPIENT_NOT_ALLOWED", "RCPT_NOT_ALLOWED"]);

/** Hands a mail over: to the platform's binding, or to the mailbox at `url`. */
export async function sendMail(binding, url, from, mail, timeoutMs) {
  const { to, subject, text, html, unsubscribe } = JSON.parse(mail);
  const headers = unsubscribe
    ? { "List-Unsubscribe": `<${unsubscribe}>`, "List-Unsubscribe-Post": "List-Unsubscribe=One-Click" }
    : {};
  const message = { from, to, subject, text, html, headers };
  if (url === undefined) {
    return within(binding.send(message), timeoutMs).catch((error) => {
      throw REFUSED_CODES.has(error?.code) ? new MailRefused(error.code) : error;
    });
  }
  const body = JSON.stringify(message);
  const [status] = await callOutside(url, "application/json", body, timeoutMs, MAIL_ANSWER_BYTES_MAX);
  if (status >= 400 && status < 500 && status !== 429) throw new MailRefused(`the mailbox answered ${status}`);
  if (status >= 300) throw new Error(`the mailbox answered ${status}`);
}

// Nothing but the status is looked at.
const MAIL_ANSWER_BYTES_MAX = 1024;

/**
 * What `work` comes to, given a signal that ends it after `ms`. AbortSignal.timeout keeps its timer to the end, and a
 * Durable Object is billed as awake while a timer is left.
 */
async function timed(ms, work) {
  const controller = new AbortController();
  const late = () => controller.abort(new DOMException("The other side did not answer.", "TimeoutError"));
  const timer = setTimeout(late, ms);
  try {
    return await work(controller.signal);
  } finally {
    clearTimeout(timer);
  }
}

async function firstBytes(response, bytesMax) {
  const bytes = new Uint8Array(bytesMax);
  let size = 0;
  if (response.body === null) return bytes.slice(0, 0);
  const reader = response.body.getReader();
  while (size < bytesMax) {
    const { done, value } = await reader.read();
    if (done) break;
    const part = value.subarray(0, bytesMax - size);
    bytes.set(part, size);
    size += part.byteLength;
  }
  if (size === bytesMax) await reader.cancel();
  return bytes.slice(0, size);
}

// The result's host turns some of the platform's default agents away.
const AGENT = { "user-agent": "AnyTryOn/1.0" };

// The platform takes multipart parts of at least 5 MiB, all of one size but the last.
const PART_BYTES = 5 * 1024 * 1024;

// A result that announces more than is accepted; a host's own word for it means the same.
const TOO_LARGE = 413;

/**
 * Fetches a result into the bucket as it comes. `see` is shown each piece and returns whether to go on; the first piece
 * is seen before anything is stored. Returns the host's status when it is not 200, else 200 or TOO_LARGE; throws on
 * network and storage errors. With a Content-Length the stream goes straight to the bucket, without one as parts.
 */
export const fetchResult = (url, bucket, key, timeoutMs, bytesMax, see) =>
  timed(timeoutMs, (signal) => intoBucket(url, signal, bucket, key, timeoutMs, bytesMax, see));

async function intoBucket(url, signal, bucket, key, timeoutMs, bytesMax, see) {
  const response = await fetch(url, { headers: AGENT, redirect: "manual", signal });
  if (response.status !== 200 || response.body === null) {
    await response.body?.cancel();
    return response.body === null ? 204 : response.status;
  }
  const encoded = response.headers.has("content-encoding");
  const length = encoded ? 0 : Number(response.headers.get("content-length") ?? 0);
  if (length > bytesMax) {
    await response.body.cancel();
    return TOO_LARGE;
  }
  const reader = response.body.getReader({ mode: "byob" });
  const pieces = new Pieces(reader, see);
  if (!(await pieces.begin())) return 200;
  try {
    // The signal ends the reading; storing may take as long again.
    if (length > 0) await within(storeKnown(bucket, key, pieces, length), 2 * timeoutMs);
    else await within(storeParts(bucket, key, pieces), 2 * timeoutMs);
    if (pieces.refused) await reader.cancel();
  } catch (error) {
    // A connection is one of few.
    await reader.cancel().catch(() => {});
    throw error;
  }
  return 200;
}

// A reader without a buffer of its own gets 4 KB a time.
const PIECE_BYTES = 128 * 1024;

/** The pieces of a body, each shown to `see` before it is passed on, and overwritten by the piece after it. */
class Pieces {
  refused = false;
  #first = null;
  #buffer = new ArrayBuffer(PIECE_BYTES);
  #reader;
  #see;

  constructor(reader, see) {
    this.#reader = reader;
    this.#see = see;
  }

  /** Reads and shows the first piece; false when there is nothing to store. */
  async begin() {
    this.#first = await this.next();
    if (this.refused) await this.#reader.cancel();
    return this.#first !== null;
  }

  /** The next piece, or null at the end and after a refusal. */
  async next() {
    if (this.#first !== null) {
      const piece = this.#first;
      this.#first = null;
      return piece;
    }
    const { done, value } = await this.#reader.readAtLeast(PIECE_BYTES, new Uint8Array(this.#buffer));
    if (done) return null;
    this.#buffer = value.buffer;
    if (this.#see(value)) return value;
    this.refused = true;
    return null;
  }
}

async function storeKnown(bucket, key, pieces, length) {
  const { readable, writable } = new FixedLengthStream(length);
  const writer = writable.getWriter();
  // A put that ends early reads no more, and a write would wait for its reader for ever.
  const stored = bucket.put(key, readable).catch((error) => abort(writer, error));
  const pump = async () => {
    for (let piece = await pieces.next(); piece !== null; piece = await pieces.next()) await writer.write(piece);
    // A body that is refused or short of its length must not become an object.
    if (pieces.refused) await writer.abort(new Error("refused"));
    else await writer.close();
  };
  const [pumped, put] = await Promise.allSettled([pump().catch((error) => abort(writer, error)), stored]);
  if (pieces.refused) return;
  if (pumped.status === "rejected") throw pumped.reason;
  if (put.status === "rejected") throw put.reason;
}

async function abort(writer, error) {
  await writer.abort(error).catch(() => {});
  throw error;
}

async function storeParts(bucket, key, pieces) {
  const upload = await bucket.createMultipartUpload(key);
  try {
    const parts = [];
    let part = new Uint8Array(PART_BYTES);
    let size = 0;
    for (let piece = await pieces.next(); piece !== null; piece = await pieces.next()) {
      for (let rest = piece; rest.byteLength > 0; ) {
        const taken = rest.subarray(0, PART_BYTES - size);
        part.set(taken, size);
        size += taken.byteLength;
        rest = rest.subarray(taken.byteLength);
        if (size === PART_BYTES) {
          parts.push(await upload.uploadPart(parts.length + 1, part));
          part = new Uint8Array(PART_BYTES);
          size = 0;
        }
      }
    }
    if (pieces.refused) return await upload.abort();
    if (size > 0) parts.push(await upload.uploadPart(parts.length + 1, part.subarray(0, size)));
    await upload.complete(parts);
  } catch (error) {
    await upload.abort().catch(() => {});
    throw error;
  }
}
