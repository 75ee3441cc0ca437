// The Worker under test behind proxies around its bindings: each call is recorded with what it cost,
// and can be made to fail before or after it took effect, or never to return. The product's own code
// is imported as it is and notices nothing.
import { wasmBytes } from "./wasm_memory.mjs";
import real, * as exported from "anytryon-entry";

// A full order makes some dozens of calls; a test that makes more has lost its way.
const CALLS_MAX = 100_000;

let calls = [];
let faults = [];
let bindings = {};
let skewMs = 0;

const realFetch = globalThis.fetch;
const realNow = Date.now;

// What the product asks of other hosts. Whose event it belongs to cannot be told here.
globalThis.fetch = (resource, init) => {
  const method = init?.method ?? resource.method ?? "GET";
  const call = { binding: "Internet", from: "", method, subject: urlOf(resource) };
  return guard(bindings, call, () => realFetch(resource, init));
};

// The product's clock; the platform's, by which alarms fire, stays.
globalThis.Date = class extends Date {
  constructor(...parts) {
    super(...(parts.length > 0 ? parts : [realNow() + skewMs]));
  }
  static now() {
    return realNow() + skewMs;
  }
};

function record(call) {
  if (calls.length >= CALLS_MAX) throw new Error("the test recorded too many calls: reset them");
  calls.push(call);
  return call;
}

/** The fault that is due for this call, counted down. */
function dueFault({ binding, from, method, subject }) {
  for (const fault of faults) {
    if (fault.binding !== binding || (fault.method && fault.method !== method)) continue;
    if (fault.from && fault.from !== from) continue;
    if (fault.contains && !subject.includes(fault.contains)) continue;
    if (fault.skip > 0) {
      fault.skip -= 1;
    } else if (fault.times > 0) {
      fault.times -= 1;
      return fault;
    }
  }
  return null;
}

/** Tells the test and waits until it lets go, or for ever: the request stays open until it kills us. */
async function hang(fault, env) {
  await realFetch(`${env.TEST_CONTROL}/hung/${fault.id}`);
}

/** One asynchronous call through the recorder and the faults; `cost(result)` is added to its record. */
async function guard(env, call, work, cost = () => ({})) {
  const entry = record(call);
  const fault = dueFault(call);
  if (fault) entry.fault = fault.id;
  if (fault?.when === "before") throw new Error(fault.message);
  if (fault?.when === "hang_before") await hang(fault, env);
  if (fault?.when === "lost") return undefined;
  const began = performance.now();
  const result = await work();
  Object.assign(entry, { took_ms: performance.now() - began }, cost(result));
  if (fault?.when === "after") throw new Error(fault.message);
  if (fault?.when === "hang_after") await hang(fault, env);
  return result;
}

/** The same for a call that answers at once. */
function guardSync(call, work) {
  const entry = record(call);
  const fault = dueFault(call);
  if (fault) entry.fault = fault.id;
  if (fault?.when.startsWith("hang")) throw new Error(`${call.method} is synchronous: it cannot hang`);
  if (fault?.when === "before") throw new Error(fault.message);
  const result = work(entry);
  if (fault?.when === "after") throw new Error(fault.message);
  return result;
}

/** `target` with some members replaced. The rest, and `constructor`, are the target's own. */
function overlay(target, members) {
  return new Proxy(target, {
    get(_, name) {
      if (Object.hasOwn(members, name)) return members[name];
      const value = Reflect.get(target, name, target);
      return typeof value === "function" && name !== "constructor" ? value.bind(target) : value;
    },
  });
}

// ---- D1 ----

const statements = new WeakMap();

function d1Cost(results) {
  let [rows_read, rows_written] = [0, 0];
  for (const { meta } of results) {
    rows_read += meta.rows_read;
    rows_written += meta.rows_written;
  }
  return { rows_read, rows_written };
}

function wrapStatement(at, env, statement, sql) {
  const call = (method) => ({ ...at, method, subject: sql });
  const all = (method) =>
    guard(env, call(method), () => statement.all(), (result) => d1Cost([result]));
  const wrapped = overlay(statement, {
    bind: (...values) => wrapStatement(at, env, statement.bind(...values), sql),
    all: () => all("all"),
    run: () => all("run"),
    // The platform's `first` sends the same query, but keeps its cost to itself.
    first: async (column) => {
      const row = (await all("first")).results[0];
      if (row === undefined) return null;
      if (column === undefined || column === null) return row;
      if (!(column in row)) throw new Error(`D1_ERROR: Column not found (${column})`);
      return row[column];
    },
    raw: () => {
      throw new Error("raw() does not tell its cost: use all(), or teach the proxy");
    },
  });
  statements.set(wrapped, { statement, sql });
  return wrapped;
}

function wrapD1(at, env, database) {
  return overlay(database, {
    prepare: (sql) => wrapStatement(at, env, database.prepare(sql), sql),
    batch: (list) => {
      const parts = list.map((wrapped) => statements.get(wrapped));
      const subject = parts.map(({ sql }) => sql).join(";\n");
      const call = { ...at, method: "batch", subject, statements: parts.length };
      return guard(env, call, () => database.batch(parts.map((part) => part.statement)), d1Cost);
    },
    exec: () => {
      throw new Error("exec() does not tell its cost: use prepare(), or teach the proxy");
    },
    withSession: (constraint) => wrapD1(at, env, database.withSession(constraint)),
  });
}

// ---- R2 ----

function wrapUpload(at, env, upload) {
  const guarded = (method) => (...args) =>
    guard(env, { ...at, method, subject: upload.key }, () => upload[method](...args));
  return overlay(upload, {
    uploadPart: guarded("uploadPart"),
    complete: guarded("complete"),
    abort: guarded("abort"),
  });
}

function wrapR2(at, env, bucket) {
  const guarded = (method, subject) => (...args) =>
    guard(env, { ...at, method, subject: subject(args) }, () => bucket[method](...args));
  const key = ([first]) => [first].flat().join(" ");
  return overlay(bucket, {
    get: guarded("get", key),
    head: guarded("head", key),
    put: guarded("put", key),
    delete: guarded("delete", key),
    list: guarded("list", ([options]) => options?.prefix ?? ""),
    createMultipartUpload: async (...args) =>
      wrapUpload(at, env, await guarded("createMultipartUpload", key)(...args)),
    resumeMultipartUpload: (...args) =>
      wrapUpload(at, env, bucket.resumeMultipartUpload(...args)),
  });
}

// ---- Durable Objects, from the caller's side ----

const urlOf = (request) => (typeof request === "string" ? request : (request.url ?? `${request}`));

function wrapNamespace(at, env, namespace) {
  const stub = (object) =>
    overlay(object, {
      fetch: (...args) =>
        guard(env, { ...at, method: "fetch", subject: urlOf(args[0]) }, () => object.fetch(...args)),
    });
  return overlay(namespace, {
    get: (...args) => stub(namespace.get(...args)),
    getByName: (...args) => stub(namespace.getByName(...args)),
    jurisdiction: (...args) => wrapNamespace(at, env, namespace.jurisdiction(...args)),
  });
}

// ---- everything else that is bound: one method, called with something that names it ----

function wrapPlain(at, env, object, method, subject) {
  return overlay(object, {
    [method]: (...args) =>
      guard(env, { ...at, method, subject: subject(args) }, () => object[method](...args)),
  });
}

function wrapBinding(at, env, value) {
  switch (value?.constructor?.name) {
    case "D1Database":
      return wrapD1(at, env, value);
    case "R2Bucket":
      return wrapR2(at, env, value);
    case "DurableObjectNamespace":
      return wrapNamespace(at, env, value);
    case "Ratelimit":
      return wrapPlain(at, env, value, "limit", ([options]) => options?.key ?? "");
    case "Fetcher":
      return wrapPlain(at, env, value, "fetch", ([request]) => urlOf(request));
    default:
      return value;
  }
}

const wrapped = new Map();

/** `env` with every binding wrapped; `from` says on whose behalf it is used. */
function wrapEnv(from, env) {
  bindings = env;
  // Classes share their `env`, so what is known is known for one of them.
  if (!wrapped.has(from)) wrapped.set(from, new WeakMap());
  const known = wrapped.get(from);
  if (!known.has(env)) {
    const bindings = Object.entries(env).map(([binding, value]) => [
      binding,
      wrapBinding({ binding, from }, env, value),
    ]);
    known.set(env, Object.fromEntries(bindings));
  }
  return known.get(env);
}

// ---- Durable Objects, from the inside ----

function wrapSql(at, sql, cursors) {
  return overlay(sql, {
    exec: (query, ...values) =>
      guardSync({ ...at, method: "exec", subject: query }, (entry) => {
        const cursor = sql.exec(query, ...values);
        cursors.push({ cursor, entry });
        return cursor;
      }),
  });
}

const keysOf = (first) =>
  typeof first === "string" ? [first] : Array.isArray(first) ? first : Object.keys(first);

function wrapStorage(at, env, storage, cursors) {
  const guarded = (method, subject, cost) => (...args) => {
    const call = { ...at, method, subject: subject(args) };
    return guard(env, call, () => storage[method](...args), (result) => cost(args, result));
  };
  const keys = ([first]) => keysOf(first).join(" ");
  const none = () => "";
  const written = (rows_written) => ({ rows_written });
  const members = {
    get: guarded("get", keys, ([first]) => ({ rows_read: keysOf(first).length })),
    list: guarded("list", none, (_, found) => ({ rows_read: Math.max(1, found.size) })),
    put: guarded("put", keys, ([first]) => written(keysOf(first).length)),
    delete: guarded("delete", keys, (_, gone) => written(Number(gone))),
    deleteAll: guarded("deleteAll", none, () => ({})),
    setAlarm: (when, ...rest) => {
      const call = { ...at, method: "setAlarm", subject: "" };
      return guard(env, call, () => storage.setAlarm(when - skewMs, ...rest), () => written(1));
    },
    transaction: (work) =>
      storage.transaction((inner) => work(wrapStorage(at, env, inner, cursors))),
  };
  if (storage.sql) members.sql = wrapSql(at, storage.sql, cursors);
  return overlay(storage, members);
}

let objects = 0;

function wrapClass(name, Real) {
  return new Proxy(Real, {
    construct(target, [state, env], newTarget) {
      const from = name;
      const instance = (objects += 1);
      const cursors = [];
      const storage = wrapStorage({ binding: `${name}.storage`, from }, env, state.storage, cursors);
      // What goes on behind an answer keeps the object awake as well.
      const waitUntil = (work) => {
        const call = record({ binding: name, from, method: "waitUntil", subject: "", instance, began_ms: realNow() });
        const over = () => void (call.ended_ms = realNow());
        work.then(over, over);
        state.waitUntil(work);
      };
      const args = [overlay(state, { storage, waitUntil }), wrapEnv(from, env)];
      const object = Reflect.construct(target, args, newTarget);
      const event = (method) => async (...given) => {
        const subject = method === "fetch" ? urlOf(given[0]) : "";
        // While an event is under way its object is awake, which is billed by the second.
        const call = { binding: name, from, method, subject, instance, began_ms: realNow() };
        try {
          return await guard(env, call, () => object[method](...given));
        } finally {
          call.ended_ms = realNow();
          // A cursor knows its cost only when it was read to the end, so after the event.
          for (const { cursor, entry } of cursors.splice(0)) {
            entry.rows_read = cursor.rowsRead;
            entry.rows_written = cursor.rowsWritten;
          }
        }
      };
      return overlay(object, { fetch: event("fetch"), alarm: event("alarm") });
    },
  });
}

export const Limiter = wrapClass("Limiter", exported.Limiter);
export const Dispatcher = wrapClass("Dispatcher", exported.Dispatcher);
export const Exporter = wrapClass("Exporter", exported.Exporter);

// ---- the Worker ----

// Past the end of any memory: a method called on an object there is a trap, as a panic is.
const NOWHERE = 0xfffffff0;

async function trap() {
  try {
    await exported.Limiter.prototype.fetch.call({ __wbg_ptr: NOWHERE }, new Request("https://object/"));
    return new Response("no trap", { status: 500 });
  } catch (error) {
    return new Response(error.name);
  }
}

/** What the test asks of the proxies, on a path that the product does not have. */
async function control(path, request, env) {
  switch (`${request.method} ${path}`) {
    case "POST /__test/d1": {
      const { sql, values } = await request.json();
      return Response.json((await env.DB.prepare(sql).bind(...values).all()).results);
    }
    case "POST /__test/files":
      return Response.json(await env.FILES.list(await request.json()));
    case "POST /__test/file": {
      const object = await env.FILES.get(await request.json());
      return new Response(object?.body, { status: object ? 200 : 404 });
    }
    case "GET /__test/calls":
      return Response.json(calls);
    case "DELETE /__test/calls":
      calls = [];
      return new Response(null, { status: 204 });
    case "PUT /__test/faults":
      faults = await request.json();
      return new Response(null, { status: 204 });
    case "GET /__test/faults":
      return Response.json(faults);
    case "PUT /__test/clock":
      skewMs = await request.json();
      return new Response(null, { status: 204 });
    case "POST /__test/trap":
      return trap();
    // Counted by the crate at each instantiation of the WASM module.
    case "GET /__test/instance":
      return Response.json(globalThis.__worker_init_state.instanceId);
    case "GET /__test/wasm_bytes":
      return Response.json(wasmBytes());
    default:
      return new Response("no such control", { status: 404 });
  }
}

export default {
  fetch(request, env, ctx) {
    const { pathname } = new URL(request.url);
    if (pathname.startsWith("/__test/")) return control(pathname, request, env);
    const subject = `${request.method} ${pathname}`;
    record({ binding: "Worker", from: "fetch", method: "fetch", subject });
    return real.fetch(request, wrapEnv("fetch", env), ctx);
  },
  scheduled(event, env, ctx) {
    record({ binding: "Worker", from: "scheduled", method: "scheduled", subject: event.cron });
    return real.scheduled(event, wrapEnv("scheduled", env), ctx);
  },
};
