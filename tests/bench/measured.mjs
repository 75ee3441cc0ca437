// @ts-check
// The process that is measured: one Worker with the product's bindings, the product itself or one that does the same.
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { build } from "esbuild";
import { PLUGINS } from "miniflare";
import { experimental_readRawConfig } from "wrangler";
import { ENV, TARGET, at, digest, filesBelow, once, run } from "../../.make/step.mjs";
import { SECRETS } from "../workerd/harness.mjs";
import { Workerd } from "./workerd.mjs";

/** The header in which the runtime gets `request.cf`, which the platform attaches to every request. */
export const CF_HEADER = "cf-blob";
export const ORIGIN = "https://bench.example";
export const WEBHOOK_KEY = SECRETS.KIE_WEBHOOK_KEY;

const { rawConfig } = experimental_readRawConfig({ config: at("wrangler.toml") });

// All requests of a run come from one network: limits stand where none is reached, and are counted all the same.
const FENCE_LIMIT = 1_000_000_000;
const VARS = {
  ...rawConfig.vars,
  ...SECRETS,
  PUBLIC_ORIGIN: ORIGIN,
  PREFIX_ORDERS_HOUR: "1000000",
  PREFIX_ORDERS_DAY: "1000000",
  GLOBAL_ORDERS_HOUR: "1000000",
};
const FENCES = ["FENCE_WRITES", "FENCE_READS"];
// What Durable Objects write is small; that a disk must have it is not a matter of processor time.
const MEMORY = existsSync("/dev/shm") ? "/dev/shm" : tmpdir();
const OBJECTS = ["Limiter", "Dispatcher"];

/** The stock template's Worker, as its tool builds it. */
export const HELLO = "workers_rs_hello";
const HELLO_CRATE = at("tests/bench/peers", HELLO);
const HELLO_COPY = join(TARGET, "bench/hello-crate");
const HELLO_BUILD = join(TARGET, "bench/hello");

/**
 * Builds the stock hello, of the very versions that the product has: in a copy beside the product's lock file, which
 * `cargo` cuts down to what the hello needs. `worker-build` takes its place for the result relative to the crate.
 */
export async function buildHello() {
  const inputs = digest(filesBelow(relative(at(), HELLO_CRATE), "Cargo.lock"), TARGET);
  const env = { ...ENV, CARGO_TARGET_DIR: join(TARGET, "bench/hello-target") };
  const args = ["--release", "--out-dir", relative(HELLO_COPY, HELLO_BUILD), HELLO_COPY];
  return once("build/.hello-stamp", inputs, join(HELLO_BUILD, "index_bg.wasm"), () => {
    rmSync(HELLO_COPY, { recursive: true, force: true });
    cpSync(HELLO_CRATE, HELLO_COPY, { recursive: true });
    cpSync(at("Cargo.lock"), join(HELLO_COPY, "Cargo.lock"));
    return run(at(".tools/bin/worker-build"), args, { env });
  });
}

function helloModules() {
  const file = (name) => readFileSync(join(HELLO_BUILD, name));
  return [
    { name: "index.js", esModule: file("index.js").toString() },
    { name: "index_bg.wasm", wasm: file("index_bg.wasm") },
  ];
}

/**
 * A Worker's modules by its name in `peers/`, everything it imports in one.
 * @param {string} name
 * @param {string} [wasm]
 */
async function bundle(name, wasm) {
  const { outputFiles } = await build({
    entryPoints: [at(`tests/bench/peers/${name}.mjs`)],
    bundle: true,
    format: "esm",
    external: ["*.wasm", "cloudflare:*"],
    alias: { "anytryon-entry": at("src/edge/entry.js") },
    nodePaths: [at("node_modules")],
    write: false,
    logLevel: "error",
  });
  const main = { name: "worker.mjs", esModule: outputFiles[0].text };
  return wasm ? [main, { name: "index_bg.wasm", wasm: readFileSync(wasm) }] : [main];
}

export const OUR_WASM = at("build/index_bg.wasm");

/** Every Worker that is measured, by name: its modules. */
export class Workers {
  /** @type {Map<string, any[]>} */
  #modules = new Map();

  /** @param {string} name */
  async modules(name) {
    const known = this.#modules.get(name);
    if (known) return known;
    const modules = name === HELLO ? helloModules() : await bundle(name, name === "ours" ? OUR_WASM : undefined);
    this.#modules.set(name, modules);
    return modules;
  }

  /**
   * Starts one in a fresh process, in front of this storage.
   * @param {string} name
   * @param {import("./storage.mjs").Storage} storage
   * @param {string} [cores]
   */
  async start(name, storage, cores) {
    const objects = mkdtempSync(join(MEMORY, "anytryon-objects-"));
    const modules = await this.modules(name);
    const worker = name === HELLO ? plain(modules) : bound(modules);
    return Workerd.start(configOf(worker, storage, objects), { cores, folder: objects });
  }
}

const FENCE_OPTIONS = {
  ratelimits: Object.fromEntries(FENCES.map((name) => [name, { simple: { limit: FENCE_LIMIT, period: 60 } }])),
};
const ratelimit = /** @type {any} */ (PLUGINS.ratelimit);

const plain = (modules) => ({ compatibilityDate: rawConfig.compatibility_date, modules });

/** A Worker with all that the product's configuration binds to it. */
export function bound(modules) {
  const innerBindings = [{ name: "fetcher", service: { name: "d1" } }];
  return {
    ...plain(modules),
    bindings: [
      ...Object.entries(VARS).map(([name, text]) => ({ name, text })),
      ...ratelimit.getBindings(FENCE_OPTIONS),
      { name: "DB", wrapped: { moduleName: "cloudflare-internal:d1-api", innerBindings } },
      { name: "FILES", r2Bucket: { name: "r2" } },
      ...OBJECTS.map((className) => ({ name: className.toUpperCase(), durableObjectNamespace: { className } })),
    ],
    durableObjectNamespaces: OBJECTS.map((className) => ({ className, uniqueKey: className, enableSql: true })),
    durableObjectStorage: { localDisk: "objects" },
  };
}

export function configOf(worker, storage, objects) {
  const remote = (name) => ({ name, external: { address: `127.0.0.1:${storage.workerd.port(name)}`, http: {} } });
  return {
    services: [
      { name: "main", worker },
      { name: "objects", disk: { path: objects, writable: true } },
      remote("d1"),
      remote("r2"),
    ],
    sockets: [
      { name: "http", address: "127.0.0.1:0", service: { name: "main" }, http: { cfBlobHeader: CF_HEADER } },
    ],
    extensions: ratelimit.getExtensions({ options: [FENCE_OPTIONS] }),
  };
}
