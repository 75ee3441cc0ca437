// The secrets as keys, made once an instance, and what is done with them.

const encoder = new TextEncoder();
const HMAC = { name: "HMAC", hash: "SHA-256" };

export const bytesOf = (text) => encoder.encode(text);
export const hex = (bytes) => bytes.toHex();
export const sha256 = async (bytes) => new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
export const hmac = async (key, message) => new Uint8Array(await crypto.subtle.sign("HMAC", key, message));

let known = null;

/** The keys, if they were made already: then nobody has to wait for them. */
export const knownKeys = () => known;

/** Makes the keys. */
export async function loadKeys(env) {
  const key = (secret) => crypto.subtle.importKey("raw", bytesOf(secret), HMAC, false, ["sign"]);
  const [linkId] = await sha256(bytesOf(`key id\0${env.LINK_KEY}`));
  known = {
    link: await key(env.LINK_KEY), address: await key(env.ADDRESS_KEY), webhook: await key(env.KIE_WEBHOOK_KEY), linkId,
  };
  return known;
}
