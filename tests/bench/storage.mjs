// @ts-check
// D1 and R2 in a process of their own: the implementations of Miniflare, which every test here uses, behind sockets to
// which the measured process connects as to any other machine. So the time that they take is nobody's who is measured,
// as in production, while the client's side of each call is.
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
const NAMES = { d1Databases: { DB: { id: "bench" } }, r2Buckets: { FILES: { id: "bench" } } };
const [D1, R2] = ["d1:db:bench", "r2:bucket:bench"];
// Miniflare's own process, to which its services write their log lines; there is none here.
const LOOPBACK = "MINIFLARE_LOOPBACK";
const QUIET = { warn() {}, debug() {}, info() {}, error() {} };

const source = (name) => readFileSync(join(SOURCES, `${name}.worker.js`), "utf8");

async function services(folder) {
  const given = {
    options: NAMES, sharedOptions: { d1Persist: true, r2Persist: true }, tmpPath: folder, defaultPersistRoot: folder,
    log: QUIET,
  };
  // The types are those of its own caller.
  const of = async (plugin) => /** @type {any[]} */ (await /** @type {any} */ (plugin).getServices(given));
  const all = [...(await of(PLUGINS.d1)), ...(await of(PLUGINS.r2))];
  for (const { worker } of all) {
    if (worker) worker.bindings = worker.bindings.filter(({ name }) => name !== LOOPBACK);
  }
  return all;
}

async function gateway() {
  const bindings = [
    ...(await PLUGINS.d1.getBindings(/** @type {any} */ (NAMES), 0) ?? []),
    ...(await PLUGINS.r2.getBindings(/** @type {any} */ (NAMES), 0) ?? []),
    { name: "D1", service: { name: D1 } },
    { name: "R2", service: { name: R2 } },
  ];
  const code = readFileSync(at("tests/bench/storage_gateway.mjs"), "utf8");
  const modules = [{ name: "gateway.mjs", esModule: code }];
  return { name: "gateway", worker: { compatibilityDate: "2026-04-01", modules, bindings } };
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
      services: [...(await services(folder)), await gateway()],
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
