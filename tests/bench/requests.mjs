// @ts-check
// The requests that are measured, as browsers and the provider send them and as they come through the platform.
import { createHash, createHmac } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { SECRETS } from "../workerd/harness.mjs";
import { KEY, VISITOR } from "./fresh.mjs";
import { CF_HEADER, ORIGIN, WEBHOOK_KEY } from "./measured.mjs";
import { photo } from "./photo.mjs";

/** @typedef {{ method: string, path: string, headers: Record<string, string>, body?: Buffer }} Request */
/** @typedef {{ order: string, pictures: { small: Stored, large: Stored }, form: Form,
 *   bodies: Record<string, string> }} Seed `bodies` are the paths of what the load sends */
/** @typedef {{ hour: number, id: string, size: number }} Stored a picture in the bucket */
/** @typedef {{ body: Buffer, path: string, type: string }} Form */

const ADDRESS = "203.0.113.77";
const PHOTO_BYTES = 1_000_000;
const SMALL_BYTES = 100_000;
const LARGE_BYTES = 2_000_000;
const HOUR_MS = 3_600_000;
const LINK_SECONDS = 7_200;
// Longer than a picture usually takes: the time that is left is then the same in every answer.
const SUBMITTED_AGO_MS = 120_000;
// What a link says of itself, see the product's `link`. The namespace is the one that is not emptied between the runs.
const [VERSION, VIEW, KEPT, JPEG] = [2, 1, 2, 1];
const TASK = "9f2b6c1d4e8a4b7f9c3d5e6f7a8b9c0d";

// What the platform attaches to every request: 1.4 KB.
const CF = {
  asn: 3320, asOrganization: "Deutsche Telekom AG", clientAcceptEncoding: "gzip, deflate, br, zstd", clientTcpRtt: 21,
  colo: "FRA", continent: "EU", country: "DE", city: "Frankfurt am Main", region: "Hesse", regionCode: "HE",
  postalCode: "60313", latitude: "50.11552", longitude: "8.68417", timezone: "Europe/Berlin", isEUCountry: "1",
  edgeRequestKeepAliveStatus: 1, httpProtocol: "HTTP/2", requestPriority: "weight=256;exclusive=1",
  edgeL4: { deliveryRate: 1184210 }, hostMetadata: {}, verifiedBotCategory: "", tlsVersion: "TLSv1.3",
  tlsCipher: "AEAD-AES128-GCM-SHA256",
  tlsClientHelloLength: "1786", tlsClientRandom: "q3mRk0Jx7hGQw1T9rF4vYb2Nz8LcPdSe5uAiOoXyHkM=",
  tlsClientCiphersSha1: "GXSPDLP4G3X+prK73a4wBuOaHRc=", tlsClientExtensionsSha1: "y81Wqv3rGmeOJ3EMTUbHOjpLRCk=",
  tlsClientExtensionsSha1Le: "u4wtEMFQBY18l3BzHAvORm+KGRw=",
  tlsClientAuth: {
    certIssuerDNLegacy: "", certIssuerSKI: "", certSubjectDNRFC2253: "", certSubjectDNLegacy: "",
    certFingerprintSHA256: "", certNotBefore: "", certSKI: "", certSerial: "", certIssuerDN: "", certVerified: "NONE",
    certNotAfter: "", certSubjectDN: "", certPresented: "0", certRevoked: "0", certIssuerSerial: "",
    certIssuerDNRFC2253: "", certFingerprintSHA1: "",
  },
  tlsExportedAuthenticator: {
    clientFinished: "5f3b1c8ad0e24796b1f0c3a5d7e9182b4c6d8e0f1a3b5c7d9e0f2a4b6c8d0e1f",
    clientHandshake: "a1c3e5f7092b4d6f8091a3b5c7d9ebfd0e1f2a3b4c5d6e7f8091a2b3c4d5e6f7",
    serverHandshake: "0f1e2d3c4b5a69788796a5b4c3d2e1f00112233445566778899aabbccddeeff0",
    serverFinished: "f0e1d2c3b4a5968778695a4b3c2d1e0ffeeddccbbaa99887766554433221100f",
  },
};

const PLATFORM = {
  host: new URL(ORIGIN).host,
  [CF_HEADER]: JSON.stringify(CF),
  "cf-connecting-ip": ADDRESS,
  "cf-ipcountry": "DE",
  "cf-ray": "9a1f0c2d3e4b5a69-FRA",
  "cf-visitor": '{"scheme":"https"}',
  "x-forwarded-for": ADDRESS,
  "x-forwarded-proto": "https",
};

const BROWSER = {
  ...PLATFORM,
  accept: "application/json",
  "accept-encoding": "gzip, br",
  "accept-language": "en-US,en;q=0.9",
  cookie: `lang=en; __Host-anon_sid=${"v".repeat(21)}g`,
  referer: `${ORIGIN}/`,
  "sec-fetch-dest": "empty",
  "sec-fetch-mode": "cors",
  "sec-fetch-site": "same-origin",
  "user-agent":
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36",
};
const PICTURE = { ...BROWSER, accept: "image/avif,image/webp,image/apng,image/*,*/*;q=0.8", "sec-fetch-dest": "image" };

/** The link of a stored picture, as the product signs it; it is the address that says what is asked for. */
function link({ hour, id, size }) {
  const payload = Buffer.alloc(38);
  const keyId = createHash("sha256").update("key id\0").update(SECRETS.LINK_KEY).digest()[0];
  payload.set([VERSION, keyId, VIEW, KEPT, JPEG]);
  payload.writeUInt32BE(hour, 5);
  payload.set(Buffer.from(id, "base64url"), 9);
  // It begins where its file does: byte 25 to 28 stay 0.
  payload.writeUInt32BE(size, 29);
  payload.writeUIntBE(Math.floor(Date.now() / 1_000) + LINK_SECONDS, 33, 5);
  const tag = createHmac("sha256", SECRETS.LINK_KEY).update("signed link\0").update(payload).digest().subarray(0, 16);
  return `/i/${Buffer.concat([payload, tag]).toString("base64url")}.jpg`;
}

/** The provider's word that a task is done, with all that it says about it. */
function callback() {
  const timestamp = `${Math.floor(Date.now() / 1_000)}`;
  const signature = createHmac("sha256", WEBHOOK_KEY).update(`${TASK}.${timestamp}`).digest("base64");
  const param = { model: "nano-banana-2", callBackUrl: `${ORIGIN}/webhooks/kie/${"t".repeat(22)}`, input: {
    prompt: "A word of the prompt. ".repeat(60), image_input: [`${ORIGIN}/i/a`, `${ORIGIN}/i/b`], resolution: "1K",
  } };
  const body = { code: 200, msg: "success", data: {
    taskId: TASK, model: "nano-banana-2", state: "success", param: JSON.stringify(param),
    resultJson: JSON.stringify({ resultUrls: [`https://tempfile.example/${TASK}.jpg`] }), failCode: null, failMsg: null,
    costTime: 31, completeTime: Date.now(), createTime: Date.now() - 31_000,
  } };
  const headers = {
    ...PLATFORM, accept: "*/*", "content-type": "application/json", "user-agent": "kie-callback/1.0",
    "x-webhook-timestamp": timestamp, "x-webhook-signature": signature,
  };
  return { method: "POST", path: `/webhooks/kie/${"t".repeat(22)}`, headers, body: Buffer.from(JSON.stringify(body)) };
}

async function form(folder) {
  const data = new FormData();
  data.append("person_image", new Blob([photo(PHOTO_BYTES, 1)], { type: "image/jpeg" }), "person.jpg");
  data.append("garment_images", new Blob([photo(PHOTO_BYTES, 2)], { type: "image/jpeg" }), "garment.jpg");
  const fields = {
    category: "tops", garment_photo_type: "auto", look_style: "natural", focus: "full-body", resolution: "1K",
    aspect_ratio: "auto", output_format: "jpeg", instructions: "", consent: "on",
  };
  for (const [name, value] of Object.entries(fields)) data.append(name, value);
  const encoded = new Response(data);
  const body = Buffer.from(await encoded.arrayBuffer());
  const path = join(folder, "form");
  writeFileSync(path, body);
  return { body, path, type: encoded.headers.get("content-type") ?? "" };
}

async function stored(storage, size, seed) {
  const hour = Math.floor(Date.now() / HOUR_MS);
  const id = Buffer.alloc(16, seed).toString("base64url");
  await storage.put(`kept/${hour}/${id}`, photo(size, seed));
  return { hour, id, size };
}

/**
 * What the requests ask for: two pictures in the bucket, an order at the provider, and the form that places one.
 * @param {import("./storage.mjs").Storage} storage
 * @param {(request: Request) => Promise<{ status: number, bytes: Buffer }>} ask the product
 * @param {string} folder for the form
 * @returns {Promise<Seed>}
 */
export async function seed(storage, ask, folder) {
  const given = {
    pictures: { small: await stored(storage, SMALL_BYTES, 7), large: await stored(storage, LARGE_BYTES, 8) },
    form: await form(folder),
  };
  const { status, bytes } = await ask(ROUTES.create(/** @type {any} */ (given)));
  if (status !== 201) throw new Error(`the order was not placed: ${status} ${bytes}`);
  const { id: order } = JSON.parse(bytes.toString());
  const change =
    "UPDATE orders SET state = 'submitted', version = 3, tasks = 1, task_id = ?2, submitted_at = ?3, due_at = NULL, " +
    "wake_at = ?4 WHERE id = ?1";
  const now = Date.now();
  await storage.sql(change, order, TASK, now - SUBMITTED_AGO_MS, now + HOUR_MS);
  const bodies = { create: given.form.path, callback: join(folder, "callback") };
  writeFileSync(bodies.callback, callback().body);
  return { ...given, order, bodies };
}

/** @type {Record<string, (seed: Seed) => Request>} */
export const ROUTES = {
  health: () => ({ method: "GET", path: "/api/health", headers: BROWSER }),
  status: ({ order }) => ({ method: "GET", path: `/api/orders/${order}`, headers: BROWSER }),
  signed_picture: ({ pictures }) => ({ method: "GET", path: link(pictures.small), headers: PICTURE }),
  signed_picture_2mb: ({ pictures }) => ({ method: "GET", path: link(pictures.large), headers: PICTURE }),
  create: ({ form: { body, type } }) => ({
    method: "POST", path: "/api/orders", body,
    headers: {
      ...BROWSER, origin: ORIGIN, "content-type": type, "idempotency-key": KEY,
      cookie: `lang=en; __Host-anon_sid=${VISITOR}`,
    },
  }),
  callback,
  not_found: () => ({ method: "GET", path: "/api/nothing", headers: BROWSER }),
};

/**
 * The first line and the headers as they are sent.
 * @param {Request} request
 */
export function headOf({ method, path, headers, body }) {
  const all = body === undefined ? headers : { ...headers, "content-length": `${body.length}` };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  return `${[`${method} ${path} HTTP/1.1`, ...lines].join("\r\n")}\r\n\r\n`;
}
