// CRC-32 in plain JavaScript, sixteen bytes at a step as the product does it.
const POLYNOMIAL = 0xedb88320;

const TABLES = Array.from({ length: 16 }, () => new Uint32Array(256));
for (let byte = 0; byte < 256; byte += 1) {
  let rest = byte;
  for (let bit = 0; bit < 8; bit += 1) rest = rest & 1 ? (rest >>> 1) ^ POLYNOMIAL : rest >>> 1;
  TABLES[0][byte] = rest;
}
for (let table = 1; table < 16; table += 1) {
  for (let byte = 0; byte < 256; byte += 1) {
    const before = TABLES[table - 1][byte];
    TABLES[table][byte] = (before >>> 8) ^ TABLES[0][before & 255];
  }
}
const [T0, T1, T2, T3, T4, T5, T6, T7, T8, T9, TA, TB, TC, TD, TE, TF] = TABLES;

export function crc32(bytes) {
  let crc = -1;
  let at = 0;
  for (const end = bytes.length - 15; at < end; at += 16) {
    crc =
      TF[bytes[at] ^ (crc & 255)] ^ TE[bytes[at + 1] ^ ((crc >>> 8) & 255)] ^
      TD[bytes[at + 2] ^ ((crc >>> 16) & 255)] ^ TC[bytes[at + 3] ^ (crc >>> 24)] ^
      TB[bytes[at + 4]] ^ TA[bytes[at + 5]] ^ T9[bytes[at + 6]] ^ T8[bytes[at + 7]] ^
      T7[bytes[at + 8]] ^ T6[bytes[at + 9]] ^ T5[bytes[at + 10]] ^ T4[bytes[at + 11]] ^
      T3[bytes[at + 12]] ^ T2[bytes[at + 13]] ^ T1[bytes[at + 14]] ^ T0[bytes[at + 15]];
  }
  for (; at < bytes.length; at += 1) crc = T0[(bytes[at] ^ crc) & 255] ^ (crc >>> 8);
  return ~crc >>> 0;
}
