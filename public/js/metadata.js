// @ts-check
// What the file of a photo tells besides its pixels, by the names of the HTTP interface. It only looks: the encoder
// writes nothing but pixels.

/** Segments or chunks of one file that are looked at; large photos of small writers have 2,600. */
const PARTS_MAX = 8_192;
/** Entries of the first EXIF directory that are read: cameras write about 15. */
const ENTRIES_MAX = 512;

const TAG_ORIENTATION = 0x0112;
const TAG_GPS = 0x8825;
/** PNG chunks that only say how to show the pixels. */
const PNG_PIXELS = /^(IHDR|PLTE|IDAT|tRNS|gAMA|cICP|cHRM|sRGB|iCCP|sBIT|pHYs|mDCV|cLLI|bKGD|hIST)$/;
const WEBP_PIXELS = /^(VP8 |VP8L|VP8X|ALPH|ICCP)$/;

/** @typedef {(bytes: Uint8Array, found: Set<string>) => void} Look */

/**
 * The kinds of metadata in a file, each once. A file that is cut off tells what was found until there.
 * @param {Uint8Array} bytes
 * @returns {string[]}
 */
export function findMetadata(bytes) {
  /** @type {Set<string>} */
  const found = new Set();
  const look = { jpeg: lookInJpeg, png: lookInPng, webp: lookInWebp, heic: lookInBoxes, other: () => {} };
  try {
    look[formatOf(bytes)](bytes, found);
  } catch (error) {
    // Every read is checked against the end of the file by the DataView itself.
    if (!(error instanceof RangeError)) throw error;
  }
  return [...found];
}

/**
 * What a file is by its first bytes; its name and its stated type may say anything.
 * @param {Uint8Array} bytes
 * @returns {"jpeg" | "png" | "webp" | "heic" | "other"}
 */
export function formatOf(bytes) {
  if (bytes[0] === 0xff && bytes[1] === 0xd8) return "jpeg";
  if (ascii(bytes, 1, 4) === "PNG") return "png";
  if (ascii(bytes, 0, 4) === "RIFF" && ascii(bytes, 8, 12) === "WEBP") return "webp";
  const isBoxes = ascii(bytes, 4, 8) === "ftyp";
  return isBoxes && /^(hei[cmsx]|hev[cmx]|mif1|msf1)$/.test(ascii(bytes, 8, 12)) ? "heic" : "other";
}

/**
 * @param {Uint8Array} bytes
 * @param {number} start
 * @param {number} end
 */
const ascii = (bytes, start, end) => String.fromCharCode(...bytes.subarray(start, end));

/** @param {Uint8Array} bytes */
const viewOf = (bytes) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/**
 * Where a word begins, or -1.
 * @param {Uint8Array} bytes
 * @param {string} word
 */
function indexOf(bytes, word) {
  let at = bytes.indexOf(word.charCodeAt(0));
  while (at >= 0 && ascii(bytes, at, at + word.length) !== word) at = bytes.indexOf(word.charCodeAt(0), at + 1);
  return at;
}

/** @type {Look} */
function lookInJpeg(bytes, found) {
  const view = viewOf(bytes);
  let at = 2;
  for (let parts = 0; parts < PARTS_MAX && view.getUint8(at) === 0xff; parts += 1) {
    const marker = view.getUint8(at + 1);
    // Fill bytes, and the marks without a length.
    if (marker === 0xff) at += 1;
    else if (marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7)) at += 2;
    else if (marker === 0xd9) {
      if (at + 2 < bytes.length) found.add("trailing_data");
      return;
    } else {
      const end = at + 2 + view.getUint16(at + 2);
      lookInSegment(marker, bytes.subarray(at + 4, end), found);
      at = marker === 0xda ? afterScan(bytes, end) : end;
    }
  }
}

/**
 * Where the pixels of a scan end: at the next mark that is neither a stuffed byte nor a restart.
 * @param {Uint8Array} bytes
 * @param {number} start
 */
function afterScan(bytes, start) {
  let at = bytes.indexOf(0xff, start);
  while (at >= 0) {
    const next = bytes[at + 1] ?? 0;
    if (next !== 0 && !(next >= 0xd0 && next <= 0xd7)) return at;
    at = bytes.indexOf(0xff, at + 1);
  }
  return bytes.length;
}

/**
 * @param {number} marker
 * @param {Uint8Array} data
 * @param {Set<string>} found
 */
function lookInSegment(marker, data, found) {
  const starts = (/** @type {string} */ name) => ascii(data, 0, name.length) === name;
  if (marker === 0xfe) found.add("comment");
  else if (marker === 0xed) found.add("iptc");
  else if (marker < 0xe0 || marker > 0xef) return;
  else if (marker === 0xe0 && starts("JFIF\0")) {
    if (data[12] || data[13]) found.add("thumbnail");
  } else if (marker === 0xe0 && starts("JFXX\0")) found.add("thumbnail");
  else if (marker === 0xe1 && starts("Exif\0")) lookInTiff(data.subarray(6), found);
  else if (marker === 0xe1 && starts("http://ns.adobe.com/x")) lookInXmp(data, found);
  else if (marker === 0xe2 && starts("MPF\0")) found.add("extra_picture");
  else if (!(marker === 0xe2 && starts("ICC_PROFILE\0")) && !(marker === 0xee && starts("Adobe"))) found.add("other");
}

/** @type {Look} */
function lookInXmp(data, found) {
  found.add("xmp");
  if (indexOf(data, "GPSLatitude") >= 0) found.add("gps");
}

/** @type {Look} */
function lookInTiff(tiff, found) {
  const order = ascii(tiff, 0, 2);
  if (order !== "II" && order !== "MM") {
    found.add("exif");
    return;
  }
  const little = order === "II";
  const view = viewOf(tiff);
  const directory = view.getUint32(4, little);
  const count = Math.min(view.getUint16(directory, little), ENTRIES_MAX);
  for (let entry = 0; entry < count; entry += 1) {
    const tag = view.getUint16(directory + 2 + entry * 12, little);
    if (tag === TAG_GPS) found.add("gps");
    // Which way is up is no secret, and is turned into pixels.
    if (tag !== TAG_ORIENTATION) found.add("exif");
  }
  if (view.getUint32(directory + 2 + count * 12, little) !== 0) found.add("thumbnail");
}

/** @type {Look} */
function lookInPng(bytes, found) {
  const view = viewOf(bytes);
  let at = 8;
  for (let parts = 0; parts < PARTS_MAX && at < bytes.length; parts += 1) {
    const end = at + 12 + view.getUint32(at);
    const name = ascii(bytes, at + 4, at + 8);
    const data = bytes.subarray(at + 8, end - 4);
    if (name === "IEND") {
      if (end < bytes.length) found.add("trailing_data");
      return;
    }
    if (name === "eXIf") lookInTiff(data, found);
    else if (/^(tEXt|zTXt|iTXt)$/.test(name)) lookInText(data, found);
    else if (name === "tIME") found.add("time");
    else if (!PNG_PIXELS.test(name)) found.add("other");
    at = end;
  }
}

/** @type {Look} */
function lookInText(data, found) {
  const keyword = ascii(data, 0, Math.max(0, Math.min(data.indexOf(0), 79)));
  if (/xmp$/.test(keyword)) lookInXmp(data, found);
  else if (/^Raw profile type (exif|APP1)$/.test(keyword)) found.add("exif");
  else if (/^Raw profile type (iptc|8bim)$/.test(keyword)) found.add("iptc");
  else found.add("text");
}

/** @type {Look} */
function lookInWebp(bytes, found) {
  const view = viewOf(bytes);
  const fileEnd = Math.min(bytes.length, 8 + view.getUint32(4, true));
  if (fileEnd < bytes.length) found.add("trailing_data");
  let at = 12;
  for (let parts = 0; parts < PARTS_MAX && at + 8 <= fileEnd; parts += 1) {
    const name = ascii(bytes, at, at + 4);
    const size = view.getUint32(at + 4, true);
    const data = bytes.subarray(at + 8, at + 8 + size);
    if (name === "EXIF") lookInTiff(ascii(data, 0, 4) === "Exif" ? data.subarray(6) : data, found);
    else if (name === "XMP ") lookInXmp(data, found);
    else if (!WEBP_PIXELS.test(name)) found.add("other");
    at += 8 + size + (size % 2);
  }
}

/**
 * HEIC keeps EXIF and XMP as items somewhere in the file; where, its index says, which is not worth reading here.
 * @type {Look}
 */
function lookInBoxes(bytes, found) {
  const exif = indexOf(bytes, "Exif\0\0");
  if (exif >= 0) lookInTiff(bytes.subarray(exif + 6), found);
  if (indexOf(bytes, "x:xmpmeta") >= 0) lookInXmp(bytes, found);
}
