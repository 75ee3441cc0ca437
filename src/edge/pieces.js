// Bodies that are composed of bytes and of ranges of stored files, which pass through here and never through Rust.
// A plan is a JSON list of `{ key, offset, length }`, where null stands for the next one of `bytes`.
import { within } from "./boundary.js";

// The platform takes multipart parts of at least 5 MiB, all of one size but the last, and at most 10,000 of them.
const PART_BYTES = 8 * 1024 * 1024;

// A reader without a buffer of its own gets 4 KB a time.
const PIECE_BYTES = 256 * 1024;

function* segmentsOf(plan, bytes) {
  let next = 0;
  for (const file of JSON.parse(plan)) yield file ?? bytes[next++];
}

/** The bytes of a range as a stream. Who is told of an error must not be told the key. */
async function open(bucket, { key, offset, length }) {
  const object = await within(bucket.get(key, { range: { offset, length } }));
  if (object === null) throw new Error("A file is missing.");
  if (object.size >= offset + length) return object.body;
  await object.body.cancel();
  throw new Error("A file is too short.");
}

/**
 * The whole as a stream of `length` bytes, made as it is read: a file is asked for when those before it are out. What
 * is missing by then cannot be told the client any more but by a connection that breaks off; `line`, a log line as
 * JSON, is written then. When the client leaves, nothing more is read, and nothing is wrong. The platform's own pipe
 * would cost less, but says the same of both.
 */
export function stream(bucket, plan, bytes, length, line) {
  const { readable, writable } = new FixedLengthStream(length);
  // It goes on as long as somebody reads.
  void pour(new Source(bucket, segmentsOf(plan, bytes), length), writable.getWriter(), line);
  return readable;
}

async function pour(source, writer, line) {
  const next = () =>
    source.next(PIECE_BYTES).catch((error) => {
      console.log(JSON.stringify({ ...JSON.parse(line), error: error.message }));
      throw error;
    });
  try {
    for (let piece = await next(); piece !== null; piece = await next()) await writer.write(piece);
    await writer.close();
  } catch (error) {
    source.giveUp(error);
    writer.abort(error).catch(() => {});
  }
}

/**
 * Stores the whole under `key` and gives its SHA-256. What fails, or takes longer than `msMax`, leaves nothing behind.
 * Memory holds one piece of a file and what the platform reads ahead of it.
 */
export async function putPieces(bucket, key, plan, bytes, length, msMax) {
  const source = new Source(bucket, segmentsOf(plan, bytes), length);
  const digest = new crypto.DigestStream("SHA-256");
  // Without a listener a digest that is given up counts as an error that nobody has handled.
  digest.digest.catch(() => {});
  const hash = digest.getWriter();
  const work = { source, digest, hash, until: Date.now() + msMax };
  try {
    if (length <= PART_BYTES) await send(work, length, (body) => bucket.put(key, body));
    else await storeParts(bucket, key, work, length);
    return new Uint8Array(await digest.digest);
  } catch (error) {
    hash.abort(error).catch(() => {});
    source.giveUp(error);
    throw error;
  }
}

async function storeParts(bucket, key, work, length) {
  const upload = await within(bucket.createMultipartUpload(key));
  try {
    const parts = [];
    for (let begin = 0; begin < length; begin += PART_BYTES) {
      const number = parts.length + 1;
      const size = Math.min(PART_BYTES, length - begin);
      parts.push(await send(work, size, (body) => upload.uploadPart(number, body)));
    }
    await within(upload.complete(parts));
  } catch (error) {
    await within(upload.abort()).catch(() => {});
    throw error;
  }
}

/** Gives the next `size` bytes of the source to `store`, as a stream of known length. */
async function send(work, size, store) {
  const { readable, writable } = new FixedLengthStream(size);
  const writer = writable.getWriter();
  // Each of the two would wait for the other for ever; what went wrong first is the reason of both.
  let first = null;
  const end = (error) => {
    first ??= error;
    writer.abort(first).catch(() => {});
    throw first;
  };
  const filled = fill(work, writer, size).catch(end);
  const stored = (async () => store(readable))().catch(end);
  const both = Promise.allSettled([filled, stored]).then((outcomes) => {
    if (first !== null) throw first;
    return outcomes[1].value;
  });
  return within(both, work.until - Date.now()).catch(end);
}

/** Writes and hashes the next `size` bytes. What is stored at its last byte gets that when all is in order. */
async function fill({ source, digest, hash }, writer, size) {
  for (let left = size; left > 0; ) {
    const piece = await source.next(left);
    await hash.write(piece);
    await writer.write(piece);
    left -= piece.byteLength;
  }
  if (source.left === 0) {
    await source.next(1);
    await hash.close();
    await digest.digest;
  }
  await writer.close();
}

/** The bytes of the whole in pieces. */
class Source {
  /** How many are still to come. */
  left;
  #bucket;
  #segments;
  #bytes = new Uint8Array(0);
  #file = null;
  #fileLeft = 0;
  #buffer = new ArrayBuffer(PIECE_BYTES);

  constructor(bucket, segments, length) {
    this.#bucket = bucket;
    this.#segments = segments;
    this.left = length;
  }

  /** At most so many bytes, overwritten by those after them; null at the end, which is where it was told to be. */
  async next(most) {
    const piece = await this.#next(most);
    this.left -= piece?.byteLength ?? 0;
    if (this.left < 0) throw new Error("The pieces are more than was told.");
    if (piece === null && this.left > 0) throw new Error("The pieces are fewer than was told.");
    return piece;
  }

  giveUp(error) {
    this.#file?.cancel(error).catch(() => {});
  }

  async #next(most) {
    for (;;) {
      if (this.#bytes.byteLength > 0) {
        const piece = this.#bytes.subarray(0, most);
        this.#bytes = this.#bytes.subarray(piece.byteLength);
        return piece;
      }
      if (this.#fileLeft > 0) return this.#read(Math.min(most, this.#fileLeft, PIECE_BYTES));
      const { done, value } = this.#segments.next();
      if (done) return null;
      if (value instanceof Uint8Array) {
        this.#bytes = value;
      } else {
        this.#file = (await open(this.#bucket, value)).getReader({ mode: "byob" });
        this.#fileLeft = value.length;
      }
    }
  }

  async #read(most) {
    const { done, value } = await this.#file.readAtLeast(most, new Uint8Array(this.#buffer, 0, most));
    if (done || value.byteLength < most) throw new Error("A file broke off.");
    this.#buffer = value.buffer;
    this.#fileLeft -= value.byteLength;
    return value;
  }
}
