// The built Worker in workerd with real bindings and the sandbox beside it, for the tests of this
// folder. `make test-workerd` builds both first.
import { spawn } from "node:child_process";
import { randomInt } from "node:crypto";
import { EventEmitter, once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import http from "node:http";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { Log, LogLevel, Miniflare } from "miniflare";
import {
  experimental_readRawConfig,
  unstable_getMiniflareWorkerOptions,
  unstable_splitSqlQuery,
} from "wrangler";

export const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const TARGET = resolve(ROOT, process.env.CARGO_TARGET_DIR ?? "target");
const CONFIG = join(ROOT, "wrangler.toml");

// R2 operations by what they are billed as; what is in neither is free.
const CLASS_A = ["put", "list", "createMultipartUpload", "uploadPart", "complete"];
const CLASS_B = ["get", "head"];

const MINUTE_MS = 60_000;
// workerd closes a connection that was idle for 5 s: one that is taken up at that moment is lost.
const KEPT = { keepAlive: true, timeout: 2_000 };

// A line that is written at all arrives within milliseconds of the answer.
const LOGGED_MS = 10_000;

export const SECRETS = {
  LINK_KEY: "dGVzdC1saW5rLWtleS10ZXN0LWxpbmsta2V5LXRlc3Q",
  ADDRESS_KEY: "dGVzdC1hZGRyZXNzLWtleS10ZXN0LWFkZHJlc3Mta2U",
  KIE_API_KEY: "sandbox-key",
  KIE_WEBHOOK_KEY: "sandbox-webhook-key",
  GOOGLE_CLIENT_SECRET: "sandbox-client-secret",
  RECEIPT_KEY: "dGVzdC1yZWNlaXB0LWtleS10ZXN0LXJlY2VpcHQta2U",
  OPERATOR_KEY: "dGVzdC1vcGVyYXRvci1rZXktdGVzdC1vcGVyYXRvci1rZXk",
};

/**
 * The entry with the proxies, and everything that it imports, as one module beside the WASM. `entry`
 * takes the place of the product's own: the proxies are tested with a Worker whose costs are known.
 */
async function bundle(entry) {
  const { outputFiles } = await build({
    entryPoints: [join(ROOT, "tests/workerd/proxy_entry.mjs")],
    bundle: true,
    format: "esm",
    external: ["*.wasm", "cloudflare:*"],
    alias: { "anytryon-entry": join(ROOT, entry) },
    write: false,
    logLevel: "error",
  });
  const wasm = readFileSync(join(ROOT, "build/index_bg.wasm"));
  return [
    { type: "ESModule", path: "/worker/worker.mjs", contents: outputFiles[0].text },
    { type: "CompiledWasm", path: "/worker/index_bg.wasm", contents: wasm },
  ];
}

// Below what Linux gives to connections and to `listen(0)` (32768 on), so that nobody is given the port between the look
// and the start, nor while a Worker is restarted. Two of us who look at once meet in one of 12,768.
const PORTS = { first: 20_000, end: 32_768 };
const PORT_TRIES_MAX = 20;

/** A port that is free, needed before the Worker starts: its own address is a setting. */
export async function freePort() {
  for (let tries = 0; tries < PORT_TRIES_MAX; tries += 1) {
    const port = randomInt(PORTS.first, PORTS.end);
    const server = http.createServer().listen(port, "127.0.0.1");
    const free = await once(server, "listening").then(() => true, () => false);
    await new Promise((closed) => server.close(closed));
    if (free) return port;
  }
  throw new Error(`no port from ${PORTS.first} to ${PORTS.end} is free`);
}

class Sandbox {
  /** `options`: the sandbox's own, by name: `{ "latency-ms": 200 }`. */
  static async start(options) {
    const program = join(TARGET, "debug/sandbox");
    if (!existsSync(program)) throw new Error("The sandbox is not built: make build");
    const given = Object.entries({ "api-port": 0, ...options }).map(([k, v]) => `--${k}=${v}`);
    const child = spawn(program, ["--exit-with-stdin", ...given], {
      stdio: ["pipe", "pipe", "inherit"],
    });
    const [line] = await Promise.race([
      once(createInterface({ input: child.stdout }), "line"),
      once(child, "exit").then(([code]) => {
        throw new Error(`the sandbox ended with ${code}`);
      }),
    ]);
    return Object.assign(new Sandbox(), JSON.parse(line), { child });
  }

  async stop() {
    const ended = once(this.child, "exit");
    this.child.stdin.end();
    await ended;
  }
}

/**
 * How far the clock is moved so that a minute or two from now are not the first of an hour, in which the cron does more.
 * Less than the five minutes that a callback may be old.
 */
export function besideTheHour() {
  const minute = Math.floor(Date.now() / MINUTE_MS) % 60;
  if (minute === 0) return 2 * MINUTE_MS;
  return minute >= 58 ? -3 * MINUTE_MS : 0;
}

/** A Worker with its own bindings, its own storage and (unless `sandbox: false`) its own sandbox. */
export class World {
  /** Starts one and stops it when the test (or suite) `t` ends. `ratelimits` takes the place of the fences. */
  static async start(t, { vars = {}, sandbox = {}, entry = "src/edge/entry.js", ratelimits } = {}) {
    const world = new World();
    t.after(() => world.stop());
    world.vars = vars;
    world.ratelimits = ratelimits;
    world.folder = mkdtempSync(join(tmpdir(), "anytryon-"));
    world.agent = new http.Agent(KEPT);
    world.logs = [];
    world.written = new EventEmitter();
    world.hung = new Map();
    await world.#startControl();
    if (sandbox) world.sandbox = await Sandbox.start(sandbox);
    world.port = await freePort();
    world.origin = `http://127.0.0.1:${world.port}`;
    world.modules = await bundle(entry);
    await world.#startWorker();
    await world.#migrate();
    return world;
  }

  async #startControl() {
    this.control = http.createServer((request, response) => {
      const id = request.url.split("/").at(-1);
      this.hung.get(id)?.(() => response.end());
    });
    this.control.listen(0, "127.0.0.1");
    await once(this.control, "listening");
  }

  #bindings() {
    const { rawConfig } = experimental_readRawConfig({ config: CONFIG });
    return {
      ...rawConfig.vars,
      ...SECRETS,
      PUBLIC_ORIGIN: this.origin,
      ...(this.sandbox && {
        PROVIDER_URL: this.sandbox.api,
        RESULT_ORIGINS: this.sandbox.results,
        IDENTITY_ISSUER: this.sandbox.identity,
        MAIL_URL: `${this.sandbox.mail}/mail`,
      }),
      ...this.vars,
      TEST_CONTROL: `http://127.0.0.1:${this.control.address().port}`,
    };
  }

  async #startWorker() {
    // An env file of ours keeps it from reading the .dev.vars of `make dev`.
    const settings = { envFiles: ["/dev/null"] };
    const { workerOptions } = unstable_getMiniflareWorkerOptions(CONFIG, undefined, settings);
    const { modulesRules, assets, ...options } = workerOptions;
    assets.routerConfig.static_routing.user_worker.push("/__test/*");
    this.miniflare = new Miniflare({
      ...options,
      ...(this.ratelimits && { ratelimits: this.ratelimits }),
      assets,
      name: "anytryon-test",
      modules: this.modules,
      modulesRoot: "/worker",
      bindings: this.#bindings(),
      host: "127.0.0.1",
      port: this.port,
      cf: false,
      log: new Log(LogLevel.NONE),
      handleStructuredLogs: (line) => {
        this.logs.push(line);
        this.written.emit("line");
      },
      defaultPersistRoot: this.folder,
      d1Persist: true,
      r2Persist: true,
      durableObjectsPersist: true,
    });
    await this.miniflare.ready;
  }

  async #migrate() {
    const database = await this.miniflare.getD1Database("DB");
    for (const name of readdirSync(join(ROOT, "migrations")).sort()) {
      const sql = readFileSync(join(ROOT, "migrations", name), "utf8");
      await database.batch(unstable_splitSqlQuery(sql).map((part) => database.prepare(part)));
    }
  }

  /** The end of everything; also after a start that failed half-way. */
  async stop() {
    this.agent?.destroy();
    this.control?.closeAllConnections();
    this.control?.close();
    await this.miniflare?.dispose();
    await this.sandbox?.stop();
    if (this.folder) rmSync(this.folder, { recursive: true, force: true });
  }

  /**
   * The Worker dies as by a power cut (the process gets SIGKILL) and comes back on the same port with
   * what was stored; `vars` replace settings. Recorded calls and faults are gone.
   */
  async restart({ vars } = {}) {
    if (vars) this.vars = { ...this.vars, ...vars };
    await this.miniflare.dispose();
    this.agent.destroy();
    this.agent = new http.Agent(KEPT);
    await this.#startWorker();
  }

  // ---- as a client ----

  /**
   * A request over a real connection, with exactly these headers. `body`: string, Buffer, FormData or
   * an async iterable (sent in chunks). With `stream` the answer's body is left unread in `stream`.
   */
  async request(path, { method = "GET", headers = {}, body, stream = false } = {}) {
    const all = { ...headers };
    let payload = body;
    if (body instanceof FormData) {
      const encoded = new Response(body);
      all["content-type"] = encoded.headers.get("content-type");
      payload = Buffer.from(await encoded.arrayBuffer());
    }
    const whole = typeof payload === "string" || Buffer.isBuffer(payload);
    if (whole && !("content-length" in all)) all["content-length"] = Buffer.byteLength(payload);
    const request = http.request(new URL(path, this.origin), {
      method,
      headers: navigable(all),
      // workerd closes a connection on which it left a body unread, at a moment of its own.
      agent: all.connection === "close" ? false : this.agent,
    });
    const answered = once(request, "response");
    if (whole || payload === undefined) request.end(payload);
    else sendChunks(request, payload);
    const [response] = await answered;
    const answer = { status: response.statusCode, headers: response.headers, stream: response };
    if (stream) return answer;
    const chunks = [];
    for await (const chunk of response) chunks.push(chunk);
    const bytes = Buffer.concat(chunks);
    return { ...answer, bytes, text: bytes.toString(), json: () => JSON.parse(bytes.toString()) };
  }

  /** Fires the cron. */
  async scheduled({ cron = "* * * * *", at = Date.now() } = {}) {
    const worker = await this.miniflare.getWorker();
    return worker.scheduled({ cron, scheduledTime: new Date(at) });
  }

  // ---- looking inside, past the proxies: none of it is recorded ----

  /** Rows of a query on the Worker's database. */
  async d1(sql, ...values) {
    return this.#ask("POST", "d1", { sql, values });
  }

  /** Keys of all stored objects, sorted. */
  async files(prefix = "") {
    const { objects, truncated } = await this.#ask("POST", "files", { prefix });
    if (truncated) throw new Error("more objects than one list holds");
    return objects.map(({ key }) => key).sort();
  }

  /** One stored object's bytes, or null. */
  async file(key) {
    const options = { method: "POST", body: JSON.stringify(key) };
    const { status, bytes } = await this.request("/__test/file", options);
    return status === 200 ? bytes : null;
  }

  /** The log lines that are JSON, parsed. `logs` has every line as it was written. */
  logLines() {
    return this.logs.flatMap(({ message }) => {
      try {
        return [JSON.parse(message)];
      } catch {
        return [];
      }
    });
  }

  /** The first JSON log line, written already or to come, for which `wanted(line)` holds. */
  async logged(wanted) {
    const signal = AbortSignal.timeout(LOGGED_MS);
    for (;;) {
      const line = this.logLines().find(wanted);
      if (line) return line;
      await once(this.written, "line", { signal });
    }
  }

  // ---- the proxies ----

  async #ask(method, what, value) {
    const body = value === undefined ? undefined : JSON.stringify(value);
    const answer = await this.request(`/__test/${what}`, { method, body });
    if (answer.status >= 300) throw new Error(`control ${what}: ${answer.status} ${answer.text}`);
    return answer.status === 204 ? null : answer.json();
  }

  /**
   * Every recorded call: `{ binding, from, method, subject }` with `took_ms`, `rows_read`, `rows_written`,
   * `statements` or `fault` where they apply; an event of a Durable Object also with the `instance`,
   * `began_ms` and, once it is over, `ended_ms`. `binding` is the binding's name, "Worker", a class's
   * name (an event that it got), "Class.storage" or "Internet" (any other host); `from` is fetch,
   * scheduled or a class's name, and empty for the Internet.
   */
  calls() {
    return this.#ask("GET", "calls");
  }

  resetCalls() {
    return this.#ask("DELETE", "calls");
  }

  /** What the recorded calls add up to; `from` picks whose, as a list of names. */
  async counts({ from } = {}) {
    const all = await this.calls();
    return sum(from ? all.filter((call) => from.includes(call.from)) : all);
  }

  /**
   * Sets the faults, in place of those before. Each: `binding` as in `calls`, optionally `from`,
   * `method` and `contains` (a part of the SQL, key or URL); `when`: "before" or "after" it took
   * effect, "hang_before", "hang_after", or "lost" (it seems done and is not); `skip` so many matching
   * calls first; `times` (1); `message`.
   * Returns for each a promise of the moment at which it hangs, with a function that lets it go on.
   */
  async faults(...list) {
    const given = list.map((fault, index) => ({
      skip: 0,
      times: 1,
      message: "Network connection lost.",
      ...fault,
      id: `${index}`,
    }));
    this.hung.clear();
    const moments = given.map(({ id }) => new Promise((done) => this.hung.set(id, done)));
    await this.#ask("PUT", "faults", given);
    return moments;
  }

  /** Moves the product's clock this far from the true one, until the next restart. */
  clock(skewMs) {
    return this.#ask("PUT", "clock", skewMs);
  }

  /** Makes the WASM instance trap, as a panic does; says the name of the JavaScript error. */
  async trap() {
    return (await this.request("/__test/trap", { method: "POST" })).text;
  }

  /** Which instance of the WASM module answers: grows with each start over. */
  instance() {
    return this.#ask("GET", "instance");
  }

  /** The faults that have not happened as often as they were asked for. */
  async pendingFaults() {
    return (await this.#ask("GET", "faults")).filter(({ times }) => times > 0);
  }
}

// Miniflare's front overwrites the header of this name; it takes the client's own under another.
function navigable(headers) {
  const mode = Object.entries(headers).find(([name]) => name.toLowerCase() === "sec-fetch-mode");
  return mode ? { ...headers, "mf-sec-fetch-mode": mode[1] } : headers;
}

async function sendChunks(request, chunks) {
  try {
    for await (const chunk of chunks) request.write(chunk);
    request.end();
  } catch (error) {
    request.destroy(error);
  }
}

/** How long objects were awake: the time in which at least one event of an instance was under way. */
function awakeMs(events) {
  let [total, until] = [0, 0];
  const order = (a, b) => a.instance - b.instance || a.began_ms - b.began_ms;
  let instance = null;
  for (const event of [...events].sort(order)) {
    if (event.instance !== instance) [instance, until] = [event.instance, 0];
    // One that is still under way has been so until now.
    const ended = event.ended_ms ?? Date.now();
    total += Math.max(0, ended - Math.max(until, event.began_ms));
    until = Math.max(until, ended);
  }
  return total;
}

/** What recorded calls add up to, as they are billed. */
export function sum(calls) {
  const rows = (some, kind) => some.reduce((total, call) => total + (call[kind] ?? 0), 0);
  const of = (...bindings) => calls.filter(({ binding }) => bindings.includes(binding));
  const count = (some, methods) => some.filter(({ method }) => methods.includes(method)).length;
  const inside = calls.filter(({ binding }) => binding.endsWith(".storage"));
  return {
    worker_requests: count(of("Worker"), ["fetch"]),
    cron_runs: count(of("Worker"), ["scheduled"]),
    d1_calls: of("DB").length,
    d1_rows_read: rows(of("DB"), "rows_read"),
    d1_rows_written: rows(of("DB"), "rows_written"),
    r2_class_a: count(of("FILES"), CLASS_A),
    r2_class_b: count(of("FILES"), CLASS_B),
    object_requests: count(of("Limiter", "Dispatcher"), ["fetch", "alarm"]),
    limiter_awake_ms: awakeMs(of("Limiter")),
    dispatcher_awake_ms: awakeMs(of("Dispatcher")),
    object_rows_read: rows(inside, "rows_read"),
    object_rows_written: rows(inside, "rows_written"),
  };
}
