// @ts-check
// A table of as many orders as are asked for, each a copy of one that really was made, in the states that a busy
// service has: nearly all delivered or failed within the last two days, a few waiting and at the provider, and the
// spent tries and keys that belong to them. Written by the database itself, in pieces.
import { createHmac, randomBytes } from "node:crypto";
import { SECRETS } from "../workerd/harness.mjs";
import { SORTED, idBytes, signedPart, sorted } from "./peers/order_id.mjs";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const KEPT_MS = 2 * DAY_MS;
// The youngest and the oldest; so nothing of the crowd expires while it is measured.
const AGE_MS = { min: 60_000, span: KEPT_MS - 2 * HOUR_MS };
// Rows of one statement: the database must answer within its time.
const PIECE_ROWS = 50_000;
// Those that something is to be done about are as many whatever the table's size.
const WAITING = 20;
const FLYING = 6;
const LATER_MS = 10 * 60_000;
const OVERDUE_MS = 1_000;
const GONE = 50;
const READY_IDS = 40;
const DIGITS = 31;

/** Ids of our own: the moment, a letter for the kind, and a number where chance and proof would be. */
const letterSql = (moment, bits) => `substr('${SORTED}', ((${moment}) >> ${bits} & 63) + 1, 1)`;
const momentSql = (moment) => [42, 36, 30, 24, 18, 12, 6, 0].map((bits) => letterSql(moment, bits)).join(" || ");
const idSql = (kind, moment) => `${momentSql(moment)} || printf('${kind}%0${DIGITS}d', n)`;
const [READY, WAITS, FLIES, OVERDUE] = ["g", "w", "f", "o"];

/** What sorts before the ids of that moment, and after all that are older. */
const textOf = (moment) => sorted(Buffer.from(signedPart(moment, new Uint8Array(16))).toString("base64url", 9, 15));

function genuineId(moment) {
  const message = signedPart(moment, randomBytes(16));
  const tag = createHmac("sha256", SECRETS.LINK_KEY).update(message).digest();
  return sorted(Buffer.from(idBytes(message, tag)).toString("base64url"));
}

// Scattered over all of their range, so that neighbours in time are no neighbours in an index.
const SCATTERED = "printf('%08x%056x', (n * 2654435761) % 4294967296, n)";
const AGE = `(${AGE_MS.min} + (n * 7919000) % ${AGE_MS.span})`;
// So many orders for one that its visitor has deleted on the first day.
const DELETED_ONE_IN = 20;
// Of a hundred orders four fail and one is canceled; their tries are free again.
const STATE = "CASE WHEN n % 100 < 4 THEN 'failed' WHEN n % 100 = 4 THEN 'canceled' ELSE 'delivered' END";

/** @param {number} now */
const crowd = (now) => ({
  id: idSql(READY, `${now} - ${AGE}`), visitor: SCATTERED, idempotency: SCATTERED, fingerprint: SCATTERED,
  state: STATE, given_back: "n % 100 < 5", error: "CASE WHEN n % 100 < 4 THEN 'provider_timeout' END",
  created_at: `${now} - ${AGE}`, submitted_at: `${now} - ${AGE} + 1000`, completed_at: `${now} - ${AGE} + 60000`,
  expires_at: `${now} - ${AGE} + ${KEPT_MS}`,
});

export class Table {
  #world;
  #template = "";
  /** @type {string[]} */
  #columns = [];
  #size = 0;
  /** Ids that can be asked for. @type {string[]} */
  #ready = [];
  /** @type {string[]} */
  #waiting = [];

  /** @param {any} world */
  constructor(world) {
    this.#world = world;
  }

  /**
   * A table that grows from this order, which is delivered.
   * @param {any} world
   * @param {string} template
   */
  static async from(world, template) {
    const table = new Table(world);
    table.#template = template;
    table.#columns = (await table.#sql("SELECT name FROM pragma_table_info('orders')")).map(({ name }) => name);
    return table;
  }

  /** Not through the Worker: a statement may take longer than its connections are kept. */
  async #sql(sql, ...values) {
    const database = await this.#world.miniflare.getD1Database("DB");
    return (await database.prepare(sql).bind(...values).all()).results;
  }

  /**
   * Copies of the template for each `n` from `first` to `last`, with these columns in place of its own.
   * @param {Record<string, string>} own
   */
  async #copy(own, first, last) {
    // Columns that are not there any more, or not yet, are nobody's.
    const values = this.#columns.map((name) => own[name] ?? `orders.${name}`);
    await this.#sql(
      `INSERT INTO orders (${this.#columns.join(", ")}) ` +
        `WITH RECURSIVE numbers (n) AS (SELECT ?1 UNION ALL SELECT n + 1 FROM numbers WHERE n < ?2) ` +
        `SELECT ${values.join(", ")} FROM numbers CROSS JOIN orders WHERE orders.id = ?3`,
      first, last, this.#template,
    );
  }

  /** @param {number} size */
  async fillTo(size) {
    const now = Date.now();
    const kept = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = 'orders' AND sql IS NOT NULL";
    const indexes = await this.#sql(kept);
    // Built anew at the end, each in its own order, they take a tenth of the time.
    for (const { name } of indexes) await this.#sql(`DROP INDEX ${name}`);
    for (let first = this.#size; first < size; first += PIECE_ROWS) {
      await this.#copy(crowd(now), first, Math.min(first + PIECE_ROWS, size) - 1);
    }
    for (const { sql } of indexes) await this.#sql(sql);
    await this.#leave(now, this.#size, size - 1);
    this.#size = size;
    await this.#pick();
  }

  /** Some that are ready, from all over the table. */
  async #pick() {
    this.#ready = [];
    for (let place = 0; place < READY_IDS; place += 1) {
      const moment = Date.now() - AGE_MS.span + (place * AGE_MS.span) / READY_IDS;
      const sql = "SELECT id FROM orders WHERE id >= ?1 AND state = 'delivered' ORDER BY id LIMIT 1";
      const [{ id }] = await this.#sql(sql, textOf(moment));
      this.#ready.push(id);
    }
  }

  /** What those orders have left in other tables. */
  async #leave(now, first, last) {
    const numbers = "WITH RECURSIVE numbers (n) AS (SELECT ?1 UNION ALL SELECT n + 1 FROM numbers WHERE n < ?2)";
    // A try counts for a day; each twentieth order was deleted before. In the order of the key, which spares the
    // database its jumps.
    await this.#sql(
      `INSERT INTO spent_tries (period, visitor, order_hash, used_at) ${numbers} ` +
        `SELECT CAST((${now} - ${AGE}) / ${DAY_MS} AS INTEGER), ${SCATTERED}, ${SCATTERED}, ${now} - ${AGE} ` +
        `FROM numbers WHERE n % ${DELETED_ONE_IN} = 0 AND ${AGE} < ${DAY_MS - 2 * HOUR_MS} ORDER BY 1, 2`, first, last,
    );
  }

  /** The few that wait and that the provider has, as new as the moment. */
  async setLive() {
    await this.#forget();
    const now = Date.now();
    const open = {
      visitor: SCATTERED, idempotency: "NULL", fingerprint: "NULL", completed_at: "NULL",
      created_at: `${now} - n * 10`, expires_at: `${now + KEPT_MS}`,
    };
    const later = `${now + LATER_MS} + n`;
    const untouched = { task_id: "NULL", submitted_at: "NULL", tasks: "0", due_at: later };
    const id = (kind) => idSql(kind, open.created_at);
    await this.#copy({ ...open, ...untouched, id: id(WAITS), state: "'placed'" }, 0, WAITING - 1);
    const taken = { task_id: "printf('%032x', n)", submitted_at: `${now}`, tasks: "1", wake_at: later };
    const waiting = await this.#sql("SELECT id FROM orders WHERE due_at > 0");
    this.#waiting = waiting.map(({ id }) => id);
    await this.#copy({ ...open, ...taken, id: id(FLIES), state: "'submitted'" }, 0, FLYING - 1);
  }

  /** @param {number} count */
  async setOverdue(count) {
    const now = Date.now();
    const own = {
      id: idSql(OVERDUE, `${now - KEPT_MS} - n`), visitor: SCATTERED, idempotency: "NULL", fingerprint: "NULL",
      created_at: `${now - KEPT_MS} - n`, submitted_at: `${now - KEPT_MS}`, completed_at: `${now - KEPT_MS + HOUR_MS}`,
      expires_at: `${now - OVERDUE_MS} - n`,
    };
    await this.#copy(own, 0, count - 1);
  }

  async overdue() {
    // The oldest of all, so that a range of the key has them.
    const sql = "SELECT count(*) AS orders FROM orders WHERE id < ?1";
    return (await this.#sql(sql, textOf(Date.now() - KEPT_MS)))[0].orders;
  }

  async #forget() {
    for (const moment of ["due_at", "wake_at"]) await this.#sql(`DELETE FROM orders WHERE ${moment} > 0`);
    this.#waiting = [];
  }

  /** Ids of that kind, from all over the table. @param {number} turn */
  readyId(turn) {
    return this.#ready[turn % this.#ready.length];
  }

  waitingId(turn) {
    return this.#waiting[turn % this.#waiting.length];
  }

  /** Ids of orders that were closed within the last 30 days: of them nothing is kept. */
  goneId(turn) {
    return genuineId(Date.now() - (turn % GONE + 1) * DAY_MS / 2);
  }
}
