// The id of an order: when it was placed (6 bytes), chance (16), and the proof that it is ours (8), as 40 characters
// that sort as the moments do.
const PLAIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
export const SORTED = "-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz";
const PLACES = new Map([...PLAIN].map((letter, place) => [letter, SORTED[place]]));
const SIGNED_BYTES = 22;

/** The text of these bytes, whose base64url is `plain`. */
export const sorted = (plain) => Array.from(plain, (letter) => PLACES.get(letter)).join("");

/** What is signed: a label, and an id up to its proof. */
export function signedPart(now, random) {
  const message = new Uint8Array(LABEL.length + SIGNED_BYTES);
  message.set(LABEL);
  const view = new DataView(message.buffer, LABEL.length);
  view.setUint16(0, Math.floor(now / 0x1_0000_0000));
  view.setUint32(2, now >>> 0);
  message.set(random, LABEL.length + 6);
  return message;
}

const LABEL = new TextEncoder().encode("order id\0");

/** The bytes of an id: what was signed without its label, and the beginning of its tag. */
export function idBytes(message, tag) {
  const bytes = new Uint8Array(SIGNED_BYTES + 8);
  bytes.set(message.subarray(LABEL.length));
  bytes.set(tag.subarray(0, 8), SIGNED_BYTES);
  return bytes;
}
