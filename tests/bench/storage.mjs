// @ts-check
// D1 and R2 in a process of their own, behind sockets to which the measured process connects as to another machine. So
// the time that they take is nobody's who is measured, as in production, while the client's side of each call is. R2 is
// Miniflare's, which every test here uses; its D1 answers a thousand times a second at most and would leave the
// measured process idle, so D1 is SQLite behind D1's protocol and little else.
import { mkdtempSync, readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { PLUGINS } from "miniflare";
import { unstable_splitSqlQuery } from "wrangler";
import { at } from "../../.make/step.mjs";
import { Workerd } from "./workerd.mjs";

const require = createRequire(import.meta.url);
const SOURCES = join(dirname(require.resolve("miniflare")), "workers/shared");
const BUCKETS = { r2Buckets: { FILES: { id: "bench" } } };
const R2 = "r2:bucket:bench";
// Miniflare's own process, to which its services write their log lines; there is none here.
const LOOPBACK = "MINIFLARE_LOOPBACK";
const QUIET = { warn() {}, debug() {}, info() {}, error() {} };

const source = (name) => readFileSync(join(SOURCES, `${name}.worker.js`), "utf8");

async function bucketServices(folder) {
  const given = {
    options: BUCKETS, sharedOptions: { r2Persist: true }, tmpPath: folder, defaultPersistRoot: folder, log: QUIET,
  };
  // The types are those of its own caller.
  const services = /** @type {any[]} */ (await /** @type {any} */ (PLUGINS.r2).getServices(given));
  for (const { worker } of services) {
    if (worker) worker.bindings = worker.bindings.filter(({ name }) => name !== LOOPBACK);
  }
  return services;
}

function gateway() {
  const inner = [{ name: "fetcher", service: { name: "gateway", entrypoint: "d1" } }];
  return { name: "gateway", worker: {
    compatibilityDate: "2026-04-01",
    modules: [{ name: "gateway.mjs", esModule: readFileSync(at("tests/bench/storage_gateway.mjs"), "utf8") }],
    bindings: [
      { name: "FILES", r2Bucket: { name: R2 } },
      { name: "R2", service: { name: R2 } },
      { name: "DB", wrapped: { moduleName: "cloudflare-internal:d1-api", innerBindings: inner } },
      { name: "DATABASE", durableObjectNamespace: { className: "Database" } },
    ],
    durableObjectNamespaces: [{ className: "Database", uniqueKey: "Database", enableSql: true }],
    durableObjectStorage: { localDisk: "database" },
  } };
}

/** The database with the product's tables, and the bucket. */
export class Storage {
  /** @type {Workerd} */
  workerd = new Workerd();

  /** @param {string} [cores] */
  static async start(cores) {
    const storage = new Storage();
    const folder = mkdtempSync(join(tmpdir(), "anytryon-bench-"));
    const socket = (name, entrypoint) =>
      ({ name, address: "127.0.0.1:0", service: { name: "gateway", entrypoint }, http: {} });
    const config = {
      services: [
        ...(await bucketServices(folder)),
        { name: "database", disk: { path: mkdtempSync(join(folder, "d1-")), writable: true } },
        gateway(),
      ],
      sockets: [socket("d1", "d1"), socket("r2", "r2"), socket("control", undefined)],
      extensions: [{
        modules: [
          { name: "miniflare:shared", esModule: source("index") },
          { name: "miniflare:zod", esModule: source("zod") },
        ],
      }],
    };
    storage.workerd = await Workerd.start(config, { cores, folder });
    await storage.#migrate();
    return storage;
  }

  async #migrate() {
    for (const name of readdirSync(at("migrations")).sort()) {
      const sql = readFileSync(at("migrations", name), "utf8");
      for (const statement of unstable_splitSqlQuery(sql)) await this.sql(statement);
    }
  }

  /**
   * @param {string} path
   * @param {{ method?: string, headers?: Record<string, string>, body?: any }} [init]
   */
  async #ask(path, init) {
    const answer = await fetch(`http://127.0.0.1:${this.workerd.port("control")}${path}`, init);
    if (!answer.ok) throw new Error(`storage: ${path}: ${answer.status} ${await answer.text()}`);
    return answer;
  }

  /**
   * The rows of one statement.
   * @param {string} sql
   * @param {any[]} values
   * @returns {Promise<any[]>}
   */
  async sql(sql, ...values) {
    const answer = await this.#ask("/sql", { method: "POST", body: JSON.stringify({ sql, values }) });
    return /** @type {any} */ (await answer.json());
  }

  /**
   * @param {string} key
   * @param {Uint8Array} bytes
   */
  async put(key, bytes) {
    await this.#ask(`/files/${key}`, { method: "PUT", body: bytes });
  }

  /** @param {string} key */
  async file(key) {
    return new Uint8Array(await (await this.#ask(`/files/${key}`)).arrayBuffer());
  }

  /** Deletes every object below a prefix; they are many, and each lies on the disk. */
  async clear(prefix) {
    await this.#ask(`/files/${prefix}`, { method: "DELETE" });
  }

  /**
   * How many calls D1 and R2 have got so far, by kind.
   * @returns {Promise<Record<string, number>>}
   */
  async calls() {
    return /** @type {any} */ (await (await this.#ask("/calls")).json());
  }

  async stop() {
    await this.workerd.stop();
  }
}
