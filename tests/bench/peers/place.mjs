// Placing an order: the form, what can be refused without asking anybody, the counts, the files, one batch.
import { crc32 } from "./crc32.mjs";
import { sanitize } from "./jpeg.mjs";
import { bytesOf, hex, hmac, knownKeys, loadKeys, sha256 } from "./keys.mjs";
import { idBytes, signedPart, sorted } from "./order_id.mjs";
import * as store from "./statements.mjs";
import { view } from "./view.mjs";
import { Refused, ask, fence, limiterKey, sameSite } from "./work.mjs";

const [DAY_MS, HOUR_MS] = [86_400_000, 3_600_000];
const BODY_BYTES_MAX = 64 * 1024 * 1024;
const FILES_BYTES_MAX = 24 * 1024 * 1024;
const PARTS_MAX = 32;
const GARMENTS_MAX = 4;
const INSTRUCTIONS_CHARS_MAX = 500;
const [TRIAL_ORDERS, ORDERS_MAX, PROMPT_VERSION] = [3, 200, 1];
const MODEL = "nano-banana-2";
// The first of each is the usual one.
const CHOICES = {
  category: ["auto", "tops", "bottoms", "one-pieces", "outerwear", "footwear", "accessories"],
  garment_photo_type: ["auto", "flat-lay", "model"],
  look_style: ["natural", "studio", "street", "editorial", "evening"],
  focus: ["full-body", "upper-body", "lower-body", "details"],
  resolution: ["1K", "2K", "4K"],
  aspect_ratio: ["auto", "1:1", "3:4", "4:3", "2:3", "3:2", "4:5", "5:4", "9:16", "16:9"],
  output_format: ["jpeg", "png"],
};
const TEXTS = [...Object.keys(CHOICES), "instructions", "consent"];
const REMOVED_MAX = 16;

const invalid = (detail) => new Refused("input_invalid", detail);

/** The form's fields, each where it belongs. */
function fieldsOf(form) {
  const fields = { texts: new Map(), person: null, garments: [], removed: [] };
  let [parts, bytes] = [0, 0];
  for (const [name, value] of form) {
    parts += 1;
    if (parts > PARTS_MAX) throw invalid("The form has too many fields.");
    if (typeof value === "string") {
      takeText(fields, name, value);
      continue;
    }
    if (value.size === 0 && value.name === "") continue;
    bytes += value.size;
    if (bytes > FILES_BYTES_MAX) throw invalid("The photos together are over 24 MB. Send fewer or smaller ones.");
    if (name === "garment_images") fields.garments.push(value);
    else if (name === "person_image" && fields.person === null) fields.person = value;
    else throw invalid("Send exactly one photo of the person.");
  }
  if (fields.person === null) throw invalid("Add a photo of the person.");
  const garments = fields.garments.length;
  if (garments === 0 || garments > GARMENTS_MAX) throw invalid("Add 1 to 4 photos of garments.");
  return fields;
}

function takeText(fields, name, value) {
  if (name === "metadata_removed" && fields.removed.length < REMOVED_MAX) return void fields.removed.push(value);
  if (!TEXTS.includes(name)) throw invalid("The form has a field that is not known here.");
  if (fields.texts.has(name)) throw invalid("Send this field once.");
  fields.texts.set(name, value);
}

function optionsOf(texts) {
  const options = {};
  for (const [name, offered] of Object.entries(CHOICES)) {
    const value = texts.get(name) || offered[0];
    if (!offered.includes(value)) throw invalid("This value is not offered; GET /api/options lists those that are.");
    options[name] = value;
  }
  const text = (texts.get("instructions") ?? "").replaceAll("\r\n", "\n").trim();
  if (Array.from(text).length > INSTRUCTIONS_CHARS_MAX) throw invalid("The instructions are too long.");
  options.instructions = text === "" ? null : text;
  return options;
}

/** One upload, clean, with its digests. */
async function cleaned(role, file) {
  const clean = sanitize(new Uint8Array(await file.arrayBuffer()));
  return { role, ...clean, sha256: await sha256(clean.bytes), crc32: crc32(clean.bytes) };
}

const COOKIE = /(?:^|; *)__Host-anon_sid=([A-Za-z0-9_-]{21}[AQgw])(?:;|$)/;
const random = () => crypto.getRandomValues(new Uint8Array(16));
const text64 = (bytes) => bytes.toBase64({ alphabet: "base64url", omitPadding: true });
const newId = () => text64(random());

async function newOrderId(env, now) {
  const keys = knownKeys() ?? (await loadKeys(env));
  const message = signedPart(now, random());
  return sorted(text64(idBytes(message, await hmac(keys.link, message))));
}

function sidOf(request) {
  const found = COOKIE.exec(request.headers.get("cookie") ?? "");
  return found === null
    ? { known: false, bytes: random() }
    : { known: true, bytes: Uint8Array.fromBase64(found[1], { alphabet: "base64url" }) };
}

const KEY = /^[\x21-\x7e]{1,255}$/;

/** What ties the order to a repeated request. */
async function idempotencyOf(request, known, visitor, options, images) {
  const key = request.headers.get("idempotency-key");
  if (key === null) return null;
  if (!KEY.test(key)) throw invalid("The header Idempotency-Key must have 1 to 255 visible ASCII characters.");
  if (!known) return null;
  const parts = ["order fingerprint 1", ...Object.keys(CHOICES).map((name) => options[name]),
    options.instructions === null ? "without instructions" : "with instructions", options.instructions ?? "", "consent"]
    .map(bytesOf);
  for (const { role, sha256: digest } of images) parts.push(bytesOf(role), digest);
  const framed = new Uint8Array(parts.reduce((sum, part) => sum + 8 + part.length, 0));
  const lengths = new DataView(framed.buffer);
  let at = 0;
  for (const part of parts) {
    lengths.setUint32(at + 4, part.length);
    framed.set(part, at + 8);
    at += 8 + part.length;
  }
  return { key: hex(await sha256(bytesOf(`${visitor}\0${key}`))), fingerprint: hex(await sha256(framed)) };
}

/** What the trial's statements are about: the visitor, where the window begins, its period. */
const windowOf = (visitor, now) => [visitor, now - DAY_MS, Math.floor(now / DAY_MS) - 1];

/** One trip before anything is counted or stored. */
async function lookBefore(env, visitor, idempotency, now) {
  const batch = [env.DB.prepare(store.TRIAL).bind(...windowOf(visitor, now))];
  if (idempotency !== null) batch.push(env.DB.prepare(store.BY_IDEMPOTENCY).bind(visitor, idempotency.key));
  const [uses, same] = await env.DB.batch(batch);
  const row = same?.results[0];
  if (row !== undefined && row.fingerprint !== idempotency.fingerprint) {
    throw new Refused("idempotency_mismatch", "This Idempotency-Key was used for an order with other content.");
  }
  const used = uses.results.filter(({ counts }) => counts || uses.results.length >= ORDERS_MAX);
  if (row === undefined && used.length >= TRIAL_ORDERS) {
    throw new Refused("trial_exhausted", "You have used your 3 free tries of the last 24 hours.");
  }
  return row;
}

const storedImage = ({ role, key, offset, format, width, height, bytes, sha256: digest, crc32: crc }) =>
  ({ role, key, offset, format, width, height, bytes: bytes.length, sha256: hex(digest), crc32: crc });

async function newRow(env, now, visitor, options, images, idempotency, removed) {
  const hour = Math.floor(now / HOUR_MS);
  const key = { hour, id: newId() };
  let offset = 0;
  for (const image of images) {
    Object.assign(image, { key, offset });
    offset += image.bytes.length;
  }
  return {
    id: await newOrderId(env, now), version: 1, state: "placed", visitor, idempotency: idempotency?.key ?? null,
    fingerprint: idempotency?.fingerprint ?? null, options: JSON.stringify(options), prompt_version: PROMPT_VERSION,
    model: MODEL, images: JSON.stringify(images.map(storedImage)), metadata_removed: JSON.stringify(removed),
    result_key: JSON.stringify({ hour, id: newId() }), callback_token: newId(), tasks: 0, parked: 0,
    created_at: now, expires_at: now + 2 * DAY_MS, due_at: now,
  };
}

// The order in which the product lists what it removed.
const KINDS = ["gps", "exif", "xmp", "iptc", "comment", "thumbnail", "text", "time", "icc_profile", "icc_text",
  "extra_picture", "trailing_data", "other"];

function removedOf(images, fields) {
  const found = new Set(fields.removed);
  for (const { removed } of images) for (const kind of removed) found.add(kind);
  return KINDS.filter((kind) => found.has(kind));
}

async function keep(env, row, images) {
  const last = images.at(-1);
  const file = new Uint8Array(last.offset + last.bytes.length);
  for (const { offset, bytes } of images) file.set(bytes, offset);
  await env.FILES.put(`anon/${last.key.hour}/${last.key.id}`, file);
  const admitted = await ask(env.DISPATCHER, "kie", { Placing: { order: row.id } });
  if (admitted !== "Admitted") throw new Refused("rate_limited", "Very many orders are being placed at the moment.");
  await env.DB.batch([
    env.DB.prepare(store.REQUIRE).bind(...windowOf(row.visitor, row.created_at), TRIAL_ORDERS, ORDERS_MAX),
    env.DB.prepare(store.INSERT).bind(...Object.values(row)),
  ]);
}

const MAX_AGE = 48 * 60 * 60;

/** The answer to a row that is in the database. */
export async function placed(env, row, sid, now) {
  const whole = { completed_at: null, submitted_at: null, error: null, problems: null, credits_milli: null, ...row };
  const cookie = `__Host-anon_sid=${text64(sid)}; Path=/; Max-Age=${MAX_AGE}; Secure; HttpOnly; SameSite=Lax`;
  const body = JSON.stringify(await view(env, whole, now));
  return { status: 201, set: "json", own: { location: `/api/orders/${row.id}`, "set-cookie": cookie }, body };
}

/** @returns {Promise<import("./work.mjs").Outcome>} */
export async function create(env, request, now) {
  sameSite(env, request);
  const today = await limiterKey(env, request, now);
  await fence(env.FENCE_WRITES, today.key);
  if (Number(request.headers.get("content-length")) > BODY_BYTES_MAX) throw invalid("The upload is too large.");
  const fields = fieldsOf(await request.formData());
  const options = optionsOf(fields.texts);
  if (fields.texts.get("consent") !== "on") throw new Refused("consent_required", "Tick the box.");
  const images = [await cleaned("person", fields.person)];
  for (const file of fields.garments) images.push(await cleaned("garment", file));
  const sid = sidOf(request);
  const visitor = hex(await sha256(new Uint8Array([...bytesOf("visitor\0"), ...sid.bytes])));
  const idempotency = await idempotencyOf(request, sid.known, visitor, options, images);
  const before = await lookBefore(env, visitor, idempotency, now);
  if (before !== undefined) return placed(env, before, sid.bytes, now);
  const yesterday = await limiterKey(env, request, now, 1);
  const question = { today, yesterday, idempotency: idempotency?.key ?? null };
  const admitted = await ask(env.LIMITER, today.limiter, { Admit: question });
  if (admitted !== "Admitted") throw new Refused("rate_limited", "Too many orders came from your network.");
  const row = await newRow(env, now, visitor, options, images, idempotency, removedOf(images, fields));
  await keep(env, row, images);
  return placed(env, row, sid.bytes, now);
}

/** The same without any check: what came is stored, and nobody is counted. */
export async function createUnchecked(env, request, now) {
  const fields = fieldsOf(await request.formData());
  const files = [["person", fields.person], ...fields.garments.map((file) => ["garment", file])];
  const none = { format: "jpeg", width: 0, height: 0, sha256: new Uint8Array(0), crc32: 0 };
  const images = [];
  for (const [role, file] of files) images.push({ role, bytes: { length: file.size, file }, ...none });
  const sid = random();
  const row = await newRow(env, now, text64(sid), optionsOf(fields.texts), images, null, []);
  const { key } = images[0];
  await env.FILES.put(`anon/${key.hour}/${key.id}`, new Blob(images.map(({ bytes: { file } }) => file)));
  await ask(env.DISPATCHER, "kie", { Placing: { order: row.id } });
  await env.DB.prepare(store.INSERT).bind(...Object.values(row)).run();
  return placed(env, row, sid, now);
}
