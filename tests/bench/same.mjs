// @ts-check
// Before anything is measured: does every peer answer as the product does, and has it done the same for it?
import assert from "node:assert/strict";
import { once } from "node:events";
import http from "node:http";
import { fresh } from "./fresh.mjs";

/** @typedef {{ status: number, headers: string[], bytes: Buffer }} Answer */

/**
 * Every difference that is allowed, as what must stand there instead: made from chance or from the clock. What is not
 * here must be equal to the byte. Links and ages may change between two answers: see `TRIES`.
 * @type {[RegExp, string][]}
 */
const ANYWHERE = [[/[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/g, "<request id>"]];
/** @type {Record<string, [RegExp, string][]>} */
const OF_ROUTE = {
  create: [
    [/__Host-anon_sid=[\w-]{22}/g, "__Host-anon_sid=<visitor>"],
    [/"\/i\/[\w-]{72}"/g, '"<link>"'],
    [/"id":"([\w-]{22}(?:\.\d+)?|[\w-]{40})"/g, '"id":"<id>"'],
    [/\/api\/orders\/[\w-]{40}/g, "/api/orders/<id>"],
    [/"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z"/g, '"<time>"'],
  ],
};
/** What an order without checks cannot know, or stores as it came. @type {[RegExp, string][]} */
const UNCHECKED = [
  [/"(width|height|bytes)":\d+/g, '"$1":<number>'],
  [/"metadata_removed":\[.*?\]/g, '"metadata_removed":<list>'],
  [/content-length: \d+/g, "content-length: <number>"],
];
// Chance and clock again, in the row of an order: everything else in it is equal, digests included.
const OWN_COLUMNS = [
  "id", "visitor", "idempotency", "result_key", "callback_token", "created_at", "expires_at", "due_at",
];
// Two answers that straddle a second, or the step at which links change, differ; three pairs of them do not.
const TRIES = 3;

/**
 * One request as it stands, on a connection of its own.
 * @param {number} port
 * @param {import("./requests.mjs").Request} request
 * @returns {Promise<Answer>}
 */
export async function ask(port, { method, path, headers, body }) {
  const own = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, fresh(value)]));
  if (body !== undefined) own["content-length"] = `${body.length}`;
  const request = http.request({ host: "127.0.0.1", port, method, path, headers: own, setHost: false, agent: false });
  request.end(body);
  const [response] = await once(request, "response");
  const chunks = [];
  for await (const chunk of response) chunks.push(chunk);
  const lines = [];
  for (let at = 0; at < response.rawHeaders.length; at += 2) {
    const name = response.rawHeaders[at].toLowerCase();
    // Of this connection, not of the answer.
    if (name !== "connection") lines.push(`${name}: ${response.rawHeaders[at + 1]}`);
  }
  return { status: response.statusCode, headers: lines.sort(), bytes: Buffer.concat(chunks) };
}

/**
 * @param {Answer} answer
 * @param {[RegExp, string][]} allowed
 */
function comparable({ status, headers, bytes }, allowed) {
  const plain = (text) => allowed.reduce((sofar, [what, instead]) => sofar.replace(what, instead), text);
  return { status, headers: headers.map(plain), body: plain(bytes.toString("latin1")) };
}

/** What the storage was asked between two moments. */
const asked = (before, after) =>
  Object.fromEntries(Object.entries(after).map(([what, count]) => [what, count - before[what]]));

/** An order's row without what is its own; images without their files. */
function rowOf(row) {
  const images = JSON.parse(row.images).map(({ key: _, ...image }) => image);
  return { ...Object.fromEntries(Object.entries(row).filter(([name]) => !OWN_COLUMNS.includes(name))), images };
}

/**
 * One Worker's answer to one route, and what it has done for it.
 * @param {number} port
 * @param {import("./storage.mjs").Storage} storage
 * @param {import("./requests.mjs").Request} request
 */
async function observe(port, storage, request) {
  const before = await storage.calls();
  const answer = await ask(port, request);
  const calls = asked(before, await storage.calls());
  const { id } = request.path === "/api/orders" ? JSON.parse(answer.bytes.toString()) : { id: null };
  const rows = id === null ? [] : await storage.sql("SELECT * FROM orders WHERE id = ?1", id);
  return { answer, calls, row: rows.map(rowOf) };
}

/**
 * Asserts that a peer's answer to a route is the product's, and says how long its body is.
 * @param {{ ours: number, peer: number }} ports
 * @param {import("./storage.mjs").Storage} storage
 * @param {string} route
 * @param {() => import("./requests.mjs").Request} request made anew for each try
 * @param {boolean} unchecked whether the peer places orders without checks
 */
export async function assertSame(ports, storage, route, request, unchecked) {
  const allowed = [...ANYWHERE, ...(OF_ROUTE[route] ?? []), ...(unchecked ? UNCHECKED : [])];
  for (let tries = 1; ; tries += 1) {
    const asking = request();
    const ours = await observe(ports.ours, storage, asking);
    const peers = await observe(ports.peer, storage, asking);
    try {
      if (route === "create") assert.equal(ours.row.length, 1, "the product's order is in the database");
      assert.deepEqual(comparable(peers.answer, allowed), comparable(ours.answer, allowed), route);
      if (!unchecked) {
        assert.deepEqual(peers.calls, ours.calls, `${route}: calls of the storage`);
        assert.deepEqual(peers.row, ours.row, `${route}: the row`);
      }
      return peers.answer.bytes.length;
    } catch (error) {
      if (tries === TRIES) throw error;
    }
  }
}
