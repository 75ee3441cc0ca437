// @ts-check
// A photo as a phone sends it, of any size: the head of a real picture behind the metadata of a camera, and pixels that
// nobody decodes.
import { readFileSync } from "node:fs";
import { at } from "../../.make/step.mjs";

const [SOI, EOI] = [Buffer.from([0xff, 0xd8]), Buffer.from([0xff, 0xd9])];
const APP0 = 0xe0;
const APP1 = 0xe1;
const APP15 = 0xef;
const SOS = 0xda;
const COMMENT = 0xfe;
// As a camera writes it: 15 entries, maker's notes and a preview behind them.
const EXIF_BYTES = 16_000;
const [ORIENTATION, GPS, MAKE] = [0x0112, 0x8825, 0x010f];
const TURNED = 6;

/** @param {number} code @param {Buffer} payload */
function segment(code, payload) {
  const head = Buffer.from([0xff, code, 0, 0]);
  head.writeUInt16BE(payload.length + 2, 2);
  return Buffer.concat([head, payload]);
}

/** EXIF with a place, an orientation and a second directory, which is the preview's. */
function exif() {
  const tiff = Buffer.alloc(EXIF_BYTES);
  tiff.write("MM\0*\0\0\0\x08", "latin1");
  const entries = [[MAKE, 2, 4, 0x41424300], [ORIENTATION, 3, 1, TURNED << 16], [GPS, 4, 1, 100]];
  tiff.writeUInt16BE(entries.length, 8);
  entries.forEach(([tag, kind, count, value], index) => {
    const from = 10 + index * 12;
    tiff.writeUInt16BE(tag, from);
    tiff.writeUInt16BE(kind, from + 2);
    tiff.writeUInt32BE(count, from + 4);
    tiff.writeUInt32BE(value, from + 8);
  });
  tiff.writeUInt32BE(200, 10 + entries.length * 12);
  return segment(APP1, Buffer.concat([Buffer.from("Exif\0\0"), tiff]));
}

/** The tables and the frame of a real picture, and of its scan the header. */
function realHead() {
  const bytes = readFileSync(at("tests/fixtures/person.jpg"));
  const kept = [];
  for (let from = 2; ; ) {
    const code = bytes[from + 1];
    const end = from + 2 + bytes.readUInt16BE(from + 2);
    if (code === APP0 || code < APP0 || code > APP15) kept.push(bytes.subarray(from, end));
    if (code === SOS) return kept;
    from = end;
  }
}

/** Numbers that look random and are the same each time (Marsaglia's xorshift). */
function noise(seed) {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state & 0xff;
  };
}

/**
 * A JPEG of exactly so many bytes.
 * @param {number} length
 * @param {number} seed other than 0; another seed is another picture
 */
export function photo(length, seed) {
  const [jfif, ...tables] = realHead();
  const comment = segment(COMMENT, Buffer.from("a comment"));
  const head = Buffer.concat([SOI, jfif, exif(), comment, ...tables]);
  const bytes = Buffer.alloc(length);
  head.copy(bytes);
  EOI.copy(bytes, length - EOI.length);
  const next = noise(seed);
  const end = length - EOI.length;
  for (let at = head.length; at < end; at += 1) {
    const byte = next();
    bytes[at] = byte;
    // 0xFF starts a marker unless a zero follows.
    if (byte === 0xff && at + 1 < end) bytes[(at += 1)] = 0;
    else if (byte === 0xff) bytes[at] = 0;
  }
  return bytes;
}
