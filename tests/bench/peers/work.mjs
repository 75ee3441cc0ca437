// What the product does, once more in plain JavaScript for all peers: each route's work from the request to a status,
// a set of headers and a body, with the same calls of the platform in the same order. How a request finds its route
// and how the answer becomes a Response is each peer's own. The JSON side only: no peer draws a page.
import * as store from "./statements.mjs";
import { bytesOf, hex, hmac, knownKeys, loadKeys } from "./keys.mjs";
import { pictureId, view } from "./view.mjs";

const SECURITY = {
  "content-security-policy":
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; " +
    "manifest-src 'self'; worker-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; " +
    "require-trusted-types-for 'script'; trusted-types anytryon",
  "cross-origin-embedder-policy": "require-corp",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "permissions-policy":
    "accelerometer=(), camera=(self), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), " +
    "microphone=(), payment=(), usb=()",
  "referrer-policy": "same-origin",
  "strict-transport-security": "max-age=63072000; includeSubDomains",
  "x-content-type-options": "nosniff",
};
const uncached = { ...SECURITY, "cache-control": "no-store" };

const pictureHeaders = (extension, type) => ({
  ...SECURITY,
  "accept-ranges": "bytes",
  "content-disposition": `inline; filename="try-on.${extension}"`,
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
  "content-type": type,
});

/** The sets of headers that repeat, by name. What belongs to one answer is in its `own`. */
export const HEADERS = {
  json: { ...uncached, "content-type": "application/json" },
  problem: { ...uncached, "content-type": "application/problem+json" },
  empty: uncached,
  picture_jpg: pictureHeaders("jpg", "image/jpeg"),
  picture_png: pictureHeaders("png", "image/png"),
  picture_webp: pictureHeaders("webp", "image/webp"),
};

/** @typedef {{ status: number, set: keyof HEADERS, own: Record<string, string>, body: any }} Outcome */

// ---- every request ----

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

/** UUID version 7. */
export function requestId(now) {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const high = Math.floor(now / 0x1_0000_0000);
  const low = now >>> 0;
  bytes[0] = high >>> 8;
  bytes[1] = high;
  bytes[2] = low >>> 24;
  bytes[3] = low >>> 16;
  bytes[4] = low >>> 8;
  bytes[5] = low;
  bytes[6] = 0x70 | (bytes[6] & 0x0f);
  bytes[8] = 0x80 | (bytes[8] & 0x3f);
  const text = (from, to) => {
    let digits = "";
    for (let at = from; at < to; at += 1) digits += HEX[bytes[at]];
    return digits;
  };
  return `${text(0, 4)}-${text(4, 6)}-${text(6, 8)}-${text(8, 10)}-${text(10, 16)}`;
}

/** One line a request. */
export function log(route, method, status, started, id) {
  const level = status >= 500 ? "error" : "info";
  const duration_ms = Date.now() - started;
  console.log(JSON.stringify({ level, event: "request", duration_ms, method, request_id: id, route, status }));
}

const TITLES = {
  not_found: [404, "Not found"],
  gone: [410, "Deleted or expired"],
  link_invalid: [403, "This link is not valid"],
  signature_invalid: [401, "Signature not valid"],
  cross_site_request: [403, "Sent from another site"],
  rate_limited: [429, "Too many requests"],
  input_invalid: [422, "A field is not valid"],
  consent_required: [422, "Your consent is needed"],
  image_format_unsupported: [415, "This image format is not supported"],
  image_too_large: [413, "The image is too large"],
  image_unreadable: [422, "The image cannot be read"],
  trial_exhausted: [403, "Your free tries are used"],
  idempotency_mismatch: [422, "This Idempotency-Key is taken"],
};

/** Thrown by whatever refuses a request. */
export class Refused extends Error {
  constructor(code, detail) {
    super(detail);
    this.code = code;
  }
}

/** @returns {Outcome} */
export function problem(code, detail, id) {
  const [status, title] = TITLES[code];
  const body = {
    code, detail, request_id: id, retryable: code === "rate_limited" || code === "trial_exhausted", status, title,
    type: `/openapi.json#/components/x-codes/${code}`,
  };
  return { status, set: "problem", own: {}, body: JSON.stringify(body) };
}

const GONE = "This order has been deleted or its time is over. Its pictures no longer exist here.";
const NOWHERE = "There is nothing at this address. Check that the link is complete.";

/** @returns {Outcome} */
export const notFound = (id) => problem("not_found", NOWHERE, id);

const json = (status, value, own = {}) => ({ status, set: "json", own, body: JSON.stringify(value) });

// ---- what stands before a route ----

const DAY_MS = 86_400_000;

/** Family and bits of the part of an address that one household shares. */
function prefixOf(address) {
  const parts = address.split(".");
  if (parts.length === 4) return [4, (Number(parts[0]) << 16 | Number(parts[1]) << 8 | Number(parts[2])) >>> 0, 0];
  if (!address.includes(":")) return [0, 0, 0];
  const [head, tail = ""] = address.split("::");
  const [before, after] = [head.split(":").filter(Boolean), tail.split(":").filter(Boolean)];
  const zeros = Array(Math.max(0, 8 - before.length - after.length)).fill("0");
  const words = [...before, ...zeros, ...after].map((word) => parseInt(word, 16));
  return [6, (words[2] << 16 | words[3]) >>> 0, (words[0] << 16 | words[1]) >>> 0];
}

const LABEL = bytesOf("network of a day\0");

/** The pseudonym of a client's network on a day. */
export async function networkKey(env, request, now, daysBack = 0) {
  const [family, low, high] = prefixOf(request.headers.get("cf-connecting-ip") ?? "");
  const message = new Uint8Array(LABEL.length + 17);
  message.set(LABEL);
  const numbers = new DataView(message.buffer, LABEL.length);
  numbers.setBigInt64(0, BigInt(Math.floor(now / DAY_MS) - daysBack));
  numbers.setUint8(8, family);
  numbers.setUint32(9, high);
  numbers.setUint32(13, low);
  const keys = knownKeys() ?? (await loadKeys(env));
  return hex((await hmac(keys.address, message)).subarray(0, 16));
}

// Objects that a day's networks are spread over.
const LIMITERS = 16;

/** Where a network is counted on a day: the object's name, and the network's key within it. */
export async function limiterKey(env, request, now, daysBack = 0) {
  const key = await networkKey(env, request, now, daysBack);
  const share = Number.parseInt(key.slice(0, 2), 16) % LIMITERS;
  return { limiter: `${Math.floor(now / DAY_MS) - daysBack}-${share.toString(16)}`, key };
}

/** The coarse fence. */
export async function fence(binding, key) {
  const { success } = await binding.limit({ key });
  if (!success) throw new Refused("rate_limited", "Too many requests came from your network. Please wait a minute.");
}

export function sameSite(env, request) {
  const site = request.headers.get("sec-fetch-site");
  const origin = request.headers.get("origin");
  const ours = origin === null || origin === env.PUBLIC_ORIGIN;
  if (site === null ? ours : site === "same-origin" || site === "none") return;
  throw new Refused("cross_site_request", "This request came from another site. Open this site itself and try there.");
}

/** The guard of a route that reads. */
async function reading(env, request, now) {
  await fence(env.FENCE_READS, await networkKey(env, request, now));
}

// ---- the routes that read ----

/** @returns {Promise<Outcome>} */
export async function health(env, request, now) {
  await reading(env, request, now);
  const row = await env.DB.prepare(store.PROVIDER).first();
  const provider = row?.status ?? "unknown";
  const database = row ? "ok" : "unavailable";
  const status = database === "ok" && provider === "ok" ? "ok" : "degraded";
  return json(row ? 200 : 503, { database, provider, status, version: "0.1.0" });
}

const VIEW_STEP_MS = 300_000;
const VIEW_LIFE_MS = 600_000;

/** When a visitor's link made now expires. */
export const viewExpiry = (now) => (Math.floor(now / VIEW_STEP_MS) + 1) * VIEW_STEP_MS + VIEW_LIFE_MS;

const ID = /^[A-Za-z0-9_-]{40}$/;
const opaque = (tag) => tag.trim().replace(/^W\//, "");

/** An order at the provider: one that waits has a place in a queue, which takes a second trip. */
export async function status(env, request, now, id) {
  await reading(env, request, now);
  const row = ID.test(id) ? await env.DB.prepare(store.ORDER).bind(id).first() : null;
  if (row === null) throw new Refused("not_found", NOWHERE);
  if (row.expires_at !== null && row.expires_at <= now) throw new Refused("gone", GONE);
  const etag = `W/"${row.version}.0.${Math.floor(viewExpiry(now) / 1_000)}"`;
  const known = request.headers.get("if-none-match");
  if (known?.split(",").some((tag) => tag.trim() === "*" || opaque(tag) === opaque(etag))) {
    return { status: 304, set: "empty", own: { etag }, body: null };
  }
  return json(200, await view(env, row, now), { etag });
}

// ---- pictures ----

const TOKEN_CHARS = 72;
const PAYLOAD_BYTES = 38;
const TAG_BYTES = 16;
const LINK_LABEL = bytesOf("signed link\0");
const EXTENSIONS = { 1: "jpg", 2: "png", 3: "webp" };
const ALTERED = "This link is not valid. Open the order again to get a new one.";

/** What a token says, when it is ours and its time is not over. */
async function opened(env, text, now) {
  const [token, extension] = text.split(".", 2);
  if (token.length !== TOKEN_CHARS) throw new Refused("link_invalid", ALTERED);
  const bytes = Uint8Array.fromBase64(token, { alphabet: "base64url" });
  const keys = knownKeys() ?? (await loadKeys(env));
  const message = new Uint8Array(LINK_LABEL.length + PAYLOAD_BYTES);
  message.set(LINK_LABEL);
  message.set(bytes.subarray(0, PAYLOAD_BYTES), LINK_LABEL.length);
  const tag = (await hmac(keys.link, message)).subarray(0, TAG_BYTES);
  const genuine = bytes[0] === 2 && bytes[1] === keys.linkId &&
    crypto.subtle.timingSafeEqual(tag, bytes.subarray(PAYLOAD_BYTES));
  const name = EXTENSIONS[bytes[4]];
  const fits = extension === undefined || extension === name;
  if (!genuine || bytes[2] > 2 || !fits) throw new Refused("link_invalid", ALTERED);
  const numbers = new DataView(bytes.buffer);
  const expires = (numbers.getUint8(33) * 0x1_0000_0000 + numbers.getUint32(34)) * 1_000;
  if (now >= expires) throw new Refused("gone", "This link has expired. Open the order again to get a new one.");
  const file = bytes.subarray(9, 25).toBase64({ alphabet: "base64url", omitPadding: true });
  const space = bytes[3] === 1 ? "anon" : "kept";
  const range = { offset: numbers.getUint32(25), length: numbers.getUint32(29) };
  return { id: pictureId(file, range.offset), key: `${space}/${numbers.getUint32(5)}/${file}`, range, expires, name };
}

/** @returns {Promise<Outcome>} */
export async function picture(env, request, now, token) {
  await reading(env, request, now);
  const { id, key, range, expires, name } = await opened(env, token, now);
  const etag = `"${id}"`;
  const set = `picture_${name}`;
  const own = { etag, "cache-control": `private, max-age=${Math.floor((expires - now) / 1_000)}, immutable` };
  if (/\?(.*&)?download(=|&|$)/.test(request.url)) own["content-disposition"] = `attachment; filename="try-on.${name}"`;
  const { headers } = request;
  const known = headers.get("if-none-match");
  if (known?.split(",").some((tag) => opaque(tag) === etag)) return { status: 304, set, own, body: null };
  // A range is another answer; none is measured, so a peer has the check and not the part.
  if (headers.get("range") !== null) throw new Refused("input_invalid", "Ranges are not measured.");
  const object = await env.FILES.get(key, { range });
  if (object === null) throw new Refused("gone", GONE);
  return { status: 200, set, own, body: object.body };
}

// ---- the provider's callback ----

const CALLBACK_BYTES_MAX = 128 * 1024;
const TOLERANCE_MS = 300_000;
const TASK_ID = /^[A-Za-z0-9_-]{1,64}$/;
const UNSIGNED = () => new Refused("signature_invalid", "The signature is missing or wrong.");

function taskIdIn(text) {
  try {
    const body = JSON.parse(text);
    const id = body.data?.taskId ?? body.data?.task_id ?? body.taskId ?? body.task_id;
    return TASK_ID.test(id) ? id : null;
  } catch {
    return null;
  }
}

/** @returns {Promise<Outcome>} */
export async function callback(env, request, now, token) {
  const text = await request.text();
  if (text.length > CALLBACK_BYTES_MAX) throw new Refused("input_invalid", "The body is too large.");
  const task_id = taskIdIn(text);
  const timestamp = request.headers.get("x-webhook-timestamp");
  const signature = request.headers.get("x-webhook-signature");
  if (task_id === null || timestamp === null || signature === null || !/^\d{1,12}$/.test(timestamp)) throw UNSIGNED();
  if (Math.abs(now - Number(timestamp) * 1_000) > TOLERANCE_MS) throw UNSIGNED();
  const keys = knownKeys() ?? (await loadKeys(env));
  const tag = await hmac(keys.webhook, bytesOf(`${task_id}.${timestamp}`));
  const given = Uint8Array.fromBase64(signature);
  if (given.length !== tag.length || !crypto.subtle.timingSafeEqual(tag, given)) throw UNSIGNED();
  await ask(env.DISPATCHER, "kie", { Task: { token, task_id } });
  return json(200, { code: 200, msg: "success" });
}

/** Asks a Durable Object. */
export async function ask(namespace, name, question) {
  const stub = namespace.get(namespace.idFromName(name));
  const answer = await stub.fetch("https://object/", { method: "POST", body: JSON.stringify(question) });
  return answer.json();
}
