// A picture's container: type by content, size from the frame header, and all metadata taken out, as the product does
// it for JPEG. The pictures of the load have no colour profile, so one is dropped here and not rebuilt.
import { Refused } from "./work.mjs";

const BYTES_MAX = 10 * 1024 * 1024;
const [SIDE_MIN, SIDE_MAX, PIXELS_MAX] = [256, 8_192, 40_000_000];
const PARTS_MAX = 8_192;
const SCANS_MAX = 100;
const [SOF0, SOF2, SOF3, DHT, DAC, SOF15] = [0xc0, 0xc2, 0xc3, 0xc4, 0xcc, 0xcf];
const [RST0, RST7, SOI, EOI, SOS, DQT, DNL, DRI] = [0xd0, 0xd7, 0xd8, 0xd9, 0xda, 0xdb, 0xdc, 0xdd];
const [TEM, APP0, APP1, APP2, APP13, APP14, APP15, COM] = [0x01, 0xe0, 0xe1, 0xe2, 0xed, 0xee, 0xef, 0xfe];
const EXIF = "Exif\0";

const unreadable = (why) => new Refused("image_unreadable", `The photo cannot be read: ${why}.`);
const check = (fits, why) => {
  if (!fits) throw unreadable(why);
};

/** The format by content. */
export function sniff(bytes) {
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return "jpeg";
  if (startsWith(bytes, "\x89PNG")) return "png";
  return startsWith(bytes, "RIFF") && startsWith(bytes.subarray(8), "WEBP") ? "webp" : null;
}

function startsWith(bytes, text) {
  for (let at = 0; at < text.length; at += 1) if (bytes[at] !== text.charCodeAt(at)) return false;
  return true;
}

/** Checks an upload and takes its metadata out: the bytes that may be stored, and what its headers say. */
export function sanitize(bytes) {
  check(bytes.length > 0, "it is empty");
  if (bytes.length > BYTES_MAX) throw new Refused("image_too_large", "This photo is over 10 MB. Send a smaller one.");
  if (sniff(bytes) !== "jpeg") throw new Refused("image_format_unsupported", "Send a JPEG.");
  const walk = new Walk(bytes);
  while (walk.step());
  return walk.finish();
}

class Walk {
  at = 2;
  parts = 0;
  scans = 0;
  frame = null;
  jfif = null;
  adobe = null;
  orientation = null;
  kept = [];
  removed = new Set();

  constructor(bytes) {
    this.bytes = bytes;
  }

  short(at) {
    return this.bytes[at] << 8 | this.bytes[at + 1];
  }

  step() {
    this.parts += 1;
    check(this.parts <= PARTS_MAX, "it has too many parts");
    const code = this.nextMarker();
    if (code === EOI) return false;
    check(code !== SOI, "a second picture starts inside it");
    if (code === TEM || (code >= RST0 && code <= RST7)) {
      this.removed.add("other");
      return true;
    }
    const start = this.at - 2;
    const payload = this.payload();
    if (code >= APP0 && code <= APP15) return this.application(code, payload);
    if (code === COM) return this.drop("comment");
    if (code === DAC || code === DNL) return this.drop("other");
    this.needed(code, payload);
    this.kept.push([start, this.at]);
    return true;
  }

  /** A segment without which the pixels cannot be shown. */
  needed(code, payload) {
    if (code >= SOF0 && code <= SOF2) this.readFrame(payload);
    else if (code === DQT) check(quantizationFits(payload), "a quantization table is wrong");
    else if (code === DHT) check(huffmanFits(payload), "a Huffman table is wrong");
    else if (code === DRI) check(payload.length === 2, "its restart interval is wrong");
    else if (code === SOS) this.scan(payload);
    else check(false, code >= SOF3 && code <= SOF15 ? "its coding is not taken" : "it holds a marker that no JPEG has");
  }

  drop(kind) {
    this.removed.add(kind);
    return true;
  }

  nextMarker() {
    const { bytes } = this;
    for (;;) {
      const found = bytes.indexOf(0xff, this.at);
      check(found >= 0, "its end is missing");
      let code = found + 1;
      while (bytes[code] === 0xff) code += 1;
      check(code < bytes.length, "its end is missing");
      if (found > this.at || bytes[code] === 0) this.removed.add("other");
      this.at = code + 1;
      if (bytes[code] !== 0) return bytes[code];
    }
  }

  payload() {
    const length = this.short(this.at);
    check(length >= 2 && this.at + length <= this.bytes.length, "a segment is cut off");
    const payload = this.bytes.subarray(this.at + 2, this.at + length);
    this.at += length;
    return payload;
  }

  readFrame(payload) {
    check(this.frame === null, "it has two frame headers");
    const components = payload[5];
    check(payload[0] === 8 && [1, 3, 4].includes(components) && payload.length === 6 + 3 * components,
      "its frame header is wrong");
    for (let at = 6; at < payload.length; at += 3) {
      const [across, down] = [payload[at + 1] >> 4, payload[at + 1] & 15];
      check(across >= 1 && across <= 4 && down >= 1 && down <= 4 && payload[at + 2] <= 3, "its frame header is wrong");
    }
    const [height, width] = [payload[1] << 8 | payload[2], payload[3] << 8 | payload[4]];
    check(width !== 0 && height !== 0, "its header does not state width and height");
    const [least, most] = [Math.min(width, height), Math.max(width, height)];
    check(most <= SIDE_MAX && width * height <= PIXELS_MAX && least >= SIDE_MIN, "its size is not taken");
    this.frame = { width, height, components };
  }

  scan(payload) {
    check(this.frame !== null, "its pixels start before their frame header");
    const components = payload[0];
    check(components >= 1 && components <= this.frame.components && payload.length === 4 + 2 * components,
      "a scan header is wrong");
    this.scans += 1;
    check(this.scans <= SCANS_MAX, "it has too many scans");
    const end = scanEnd(this.bytes, this.at);
    check(end > this.at, "a scan is empty");
    this.at = end;
  }

  application(code, payload) {
    const early = this.scans === 0;
    if (code === APP0 && early && this.jfif === null && startsWith(payload, "JFIF\0") && payload.length >= 12) {
      this.jfif = payload.subarray(5, 12);
      if (payload.length !== 14 || payload[12] !== 0 || payload[13] !== 0) this.removed.add("thumbnail");
      return true;
    }
    if (code === APP1 && startsWith(payload, EXIF)) {
      const first = early && this.orientation === null;
      if (!first) this.removed.add("exif");
      const orientation = first ? takeOut(payload.subarray(6), this.removed) : 1;
      this.orientation ??= orientation;
      return true;
    }
    if (code === APP14 && early && startsWith(payload, "Adobe") && payload.length >= 12 && payload[11] <= 2) {
      this.adobe = payload[11];
      if (payload.length > 12) this.removed.add("other");
      return true;
    }
    if (code === APP1 && startsWith(payload, "http://ns.adobe.com/")) return this.drop("xmp");
    if (code === APP2) return this.drop(startsWith(payload, "MPF\0") ? "extra_picture" : "icc_profile");
    return this.drop(code === APP13 ? "iptc" : "other");
  }

  finish() {
    check(this.frame !== null && this.scans > 0, "it ends before its pixels");
    if (this.at < this.bytes.length) this.removed.add("trailing_data");
    const orientation = this.orientation ?? 1;
    const pieces = [header(this.jfif, orientation, this.adobe)];
    for (const [start, end] of this.kept) pieces.push(this.bytes.subarray(start, end));
    pieces.push(new Uint8Array([0xff, EOI]));
    const clean = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
    let at = 0;
    for (const piece of pieces) {
      clean.set(piece, at);
      at += piece.length;
    }
    const { width, height } = this.frame;
    const [across, down] = orientation >= 5 ? [height, width] : [width, height];
    return { bytes: clean, format: "jpeg", width: across, height: down, removed: this.removed };
  }
}

function quantizationFits(payload) {
  let at = 0;
  while (at < payload.length) {
    const [precision, table] = [payload[at] >> 4, payload[at] & 15];
    if (precision > 1 || table > 3) return false;
    at += 1 + (64 << precision);
  }
  return at === payload.length;
}

function huffmanFits(payload) {
  let at = 0;
  while (at < payload.length) {
    const [kind, table] = [payload[at] >> 4, payload[at] & 15];
    if (at + 17 > payload.length) return false;
    let symbols = 0;
    for (let length = 1; length <= 16; length += 1) symbols += payload[at + length];
    if (kind > 1 || table > 3 || symbols > 256) return false;
    at += 17 + symbols;
  }
  return at === payload.length;
}

/** Where the entropy-coded data ends: at the first 0xFF that starts neither a stuffed zero nor a restart marker. */
function scanEnd(bytes, from) {
  for (let at = from; ; ) {
    const start = bytes.indexOf(0xff, at);
    check(start >= 0, "its end is missing");
    let code = start + 1;
    while (bytes[code] === 0xff) code += 1;
    check(code < bytes.length, "its end is missing");
    const is = bytes[code];
    if (is !== 0 && (is < RST0 || is > RST7)) return start;
    at = code + 1;
  }
}

const ENTRIES_MAX = 512;
const [ORIENTATION, GPS, SHORT] = [0x0112, 0x8825, 3];

/** Reads the TIFF file of an EXIF block and notes what goes with it; the orientation. */
function takeOut(tiff, removed) {
  const numbers = new DataView(tiff.buffer, tiff.byteOffset, tiff.byteLength);
  const little = startsWith(tiff, "II*\0");
  removed.add("exif");
  if (!little && !startsWith(tiff, "MM\0*")) return 1;
  let orientation = 1;
  try {
    let at = numbers.getUint32(4, little);
    const count = Math.min(numbers.getUint16(at, little), ENTRIES_MAX);
    at += 2;
    for (let entry = 0; entry < count; entry += 1, at += 12) {
      const tag = numbers.getUint16(at, little);
      const single = numbers.getUint16(at + 2, little) === SHORT && numbers.getUint32(at + 4, little) === 1;
      const value = numbers.getUint16(at + 8, little);
      if (tag === ORIENTATION && single) orientation = value >= 1 && value <= 8 ? value : 1;
      if (tag === GPS) removed.add("gps");
    }
    if (numbers.getUint32(at, little) !== 0) removed.add("thumbnail");
  } catch (error) {
    // A directory that is cut off counts as far as it goes.
    if (!(error instanceof RangeError)) throw error;
  }
  return orientation;
}

const segment = (code, payload) => [0xff, code, (payload.length + 2) >> 8, (payload.length + 2) & 255, ...payload];
const codes = (text) => Array.from(text, (character) => character.charCodeAt(0));

function header(jfif, orientation, adobe) {
  const bytes = [0xff, SOI];
  if (jfif !== null) bytes.push(...segment(APP0, [...codes("JFIF\0"), ...jfif, 0, 0]));
  if (orientation !== 1) {
    const tiff = [...codes("MM\0*\0\0\0\x08"), 0, 1, 1, 0x12, 0, SHORT, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0];
    bytes.push(...segment(APP1, [...codes(EXIF), 0, ...tiff]));
  }
  if (adobe !== null) bytes.push(...segment(APP14, [...codes("Adobe"), 0, 100, 0, 0, 0, 0, adobe]));
  return Uint8Array.from(bytes);
}
