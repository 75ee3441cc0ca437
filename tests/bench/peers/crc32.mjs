// CRC-32 in plain JavaScript, sixteen bytes at a step as the product does it, four words of them at a time.
const POLYNOMIAL = 0xedb88320;
const STEP_BYTES = 16;
const TABLE_SIZE = 256;

// What a byte does to the checksum, by how many bytes follow it in its step: one table behind the other.
const T = new Int32Array(STEP_BYTES * TABLE_SIZE);
for (let byte = 0; byte < TABLE_SIZE; byte += 1) {
  let rest = byte;
  for (let bit = 0; bit < 8; bit += 1) rest = rest & 1 ? (rest >>> 1) ^ POLYNOMIAL : rest >>> 1;
  T[byte] = rest;
}
for (let at = TABLE_SIZE; at < T.length; at += 1) {
  const before = T[at - TABLE_SIZE];
  T[at] = (before >>> 8) ^ T[before & 255];
}

/** Of bytes that lie at a multiple of four in their buffer. */
export function crc32(bytes) {
  const words = new Int32Array(bytes.buffer, bytes.byteOffset, Math.floor(bytes.length / STEP_BYTES) * 4);
  let crc = -1;
  for (let at = 0; at < words.length; at += 4) {
    const a = words[at] ^ crc;
    const b = words[at + 1];
    const c = words[at + 2];
    const d = words[at + 3];
    crc =
      T[3840 + (a & 255)] ^ T[3584 + ((a >>> 8) & 255)] ^ T[3328 + ((a >>> 16) & 255)] ^ T[3072 + (a >>> 24)] ^
      T[2816 + (b & 255)] ^ T[2560 + ((b >>> 8) & 255)] ^ T[2304 + ((b >>> 16) & 255)] ^ T[2048 + (b >>> 24)] ^
      T[1792 + (c & 255)] ^ T[1536 + ((c >>> 8) & 255)] ^ T[1280 + ((c >>> 16) & 255)] ^ T[1024 + (c >>> 24)] ^
      T[768 + (d & 255)] ^ T[512 + ((d >>> 8) & 255)] ^ T[256 + ((d >>> 16) & 255)] ^ T[d >>> 24];
  }
  for (let at = words.length * 4; at < bytes.length; at += 1) crc = T[(bytes[at] ^ crc) & 255] ^ (crc >>> 8);
  return ~crc >>> 0;
}
