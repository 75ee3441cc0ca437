// An order as its reader sees it.
import { bytesOf, hmac, knownKeys, loadKeys } from "./keys.mjs";

const VIEW_STEP_MS = 300_000;
const VIEW_LIFE_MS = 600_000;
const TYPICAL_SECONDS = 45;
const LABEL = bytesOf("signed link\0");
const PAYLOAD_BYTES = 38;
const TAG_BYTES = 16;
const CODES = { jpeg: 1, png: 2, webp: 3 };
const STATUS = { placed: "queued", submitting: "queued", submitted: "processing", delivered: "completed" };

const time = (ms) => (ms === null ? null : new Date(ms).toISOString());

/** The token of a visitor's link. */
async function sign(keys, image, expires) {
  const message = new Uint8Array(LABEL.length + PAYLOAD_BYTES);
  message.set(LABEL);
  const payload = message.subarray(LABEL.length);
  const numbers = new DataView(message.buffer, LABEL.length);
  payload.set([2, keys.linkId, 1, 1, CODES[image.format]]);
  numbers.setUint32(5, image.key.hour);
  payload.set(Uint8Array.fromBase64(image.key.id, { alphabet: "base64url" }), 9);
  numbers.setUint32(25, image.offset);
  numbers.setUint32(29, image.bytes);
  const seconds = Math.floor(expires / 1_000);
  numbers.setUint8(33, Math.floor(seconds / 0x1_0000_0000));
  numbers.setUint32(34, seconds >>> 0);
  const token = new Uint8Array(PAYLOAD_BYTES + TAG_BYTES);
  token.set(payload);
  token.set((await hmac(keys.link, message)).subarray(0, TAG_BYTES), PAYLOAD_BYTES);
  return token.toBase64({ alphabet: "base64url" });
}

/** The id of the picture that begins `offset` bytes into a file. */
export const pictureId = (file, offset) => (offset === 0 ? file : `${file}.${offset}`);

async function imageView(keys, image, expires) {
  return {
    id: pictureId(image.key.id, image.offset), role: image.role, content_type: `image/${image.format}`,
    width: image.width, height: image.height, bytes: image.bytes, url: `/i/${await sign(keys, image, expires)}`,
    url_expires_at: time(expires),
  };
}

function etaSeconds(row, status, now) {
  if (status !== "queued" && status !== "processing") return null;
  const passed = row.submitted_at === null ? 0 : Math.max(0, Math.floor((now - row.submitted_at) / 1_000));
  return Math.max(1, TYPICAL_SECONDS - passed);
}

/** The view of a row as the database has it. */
export async function view(env, row, now) {
  const status = STATUS[row.state] ?? row.state;
  const boundary = (Math.floor(now / VIEW_STEP_MS) + 1) * VIEW_STEP_MS + VIEW_LIFE_MS;
  const expires = row.expires_at === null ? boundary : Math.min(boundary, row.expires_at);
  const images = [];
  const keys = knownKeys() ?? (await loadKeys(env));
  for (const image of JSON.parse(row.images)) images.push(await imageView(keys, image, expires));
  return {
    id: row.id, kind: "try_on", status, status_sequence: row.version, queue_position: null,
    eta_seconds: etaSeconds(row, status, now), created_at: time(row.created_at), completed_at: time(row.completed_at),
    expires_at: time(row.expires_at), options: JSON.parse(row.options), images, error: row.error,
    problems: row.problems === null ? [] : JSON.parse(row.problems),
    facts: {
      provider: "kie", model: row.model, provider_credits: row.credits_milli,
      metadata_removed: JSON.parse(row.metadata_removed), stored_until: time(row.expires_at),
      provider_retention_days: 14,
    },
  };
}
