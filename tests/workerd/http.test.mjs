// The product over real HTTP: who answers which address, with which headers, and how a stream comes.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { reply } from "../../src/edge/boundary.js";
import { ROOT, World } from "./harness.mjs";
import { events, orderForm, place, until } from "./orders.mjs";
import { finish, seen, tasks } from "./provider.mjs";

const source = readFileSync(join(ROOT, "src/web/routes.rs"), "utf8");
const ROUTES = [...source.matchAll(/\b(route|page)\(\s*Method::(\w+),\s*"([^"]+)"/g)].map(([, kind, method, template]) => ({
  localized: kind === "page",
  method,
  template,
  path: template.replace(/\{[^}]+\}/, "AAAAAAAAAAAAAAAAAAAAAA"),
}));
const languages = readFileSync(join(ROOT, "src/domain/language.rs"), "utf8").match(/fn as_str[^}]+/)[0];
const LANGUAGES = [...languages.matchAll(/=> "(\w+)"/g)].map(([, one]) => one);
const PREFIXES = ["", ...LANGUAGES.map((language) => `/${language}`)];

/** The headers that every static file is sent with. */
function staticHeaders() {
  const lines = readFileSync(join(ROOT, "public/_headers"), "utf8").split("\n");
  const begin = lines.indexOf("/*") + 1;
  const section = lines.slice(begin, lines.indexOf("", begin));
  return Object.fromEntries(
    section.map((line) => {
      const colon = line.indexOf(":");
      return [line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()];
    }),
  );
}

const SECURITY = staticHeaders();

function assertSecure(answer, what, { picture = false } = {}) {
  for (const [name, value] of Object.entries(SECURITY)) {
    if (picture && name === "content-security-policy") assert.match(answer.headers[name], /sandbox/, what);
    else assert.equal(answer.headers[name], value, `${what}: ${name}`);
  }
}

/** As a browser asks when a person follows a link or sends a form of ours. */
const navigation = (world) => ({
  accept: "text/html,application/xhtml+xml",
  origin: world.origin,
  "sec-fetch-dest": "document",
  "sec-fetch-mode": "navigate",
  "sec-fetch-site": "same-origin",
});

/**
 * A network of its own for each request: the fence is another test's. And a connection of its own:
 * workerd closes one on which it left a body unread.
 */
let network = 0;
function anywhere() {
  network += 1;
  return { "cf-connecting-ip": `10.${network >> 8}.${network & 255}.1`, connection: "close" };
}

test("addresses", async (t) => {
  const world = await World.start(t, { sandbox: false });
  assert.ok(ROUTES.length >= 15 && LANGUAGES.length >= 4, "the route table was not read");
  const paths = [...new Set(ROUTES.map(({ path }) => path))];

  await t.test("every route, navigated to, is answered by the Worker", async () => {
    for (const path of paths) {
      const methods = ROUTES.filter((route) => route.path === path).map(({ method }) => method);
      for (const prefix of PREFIXES) {
        for (const method of ["GET", "POST"]) {
          const headers = { ...navigation(world), ...anywhere() };
          const answer = await world.request(prefix + path, { method, headers });
          const what = `${method} ${prefix}${path}: ${answer.status}`;
          assert.match(answer.headers["x-request-id"] ?? "none", /^[0-9a-f-]{36}$/, what);
          assertSecure(answer, what);
          const routed = prefix === "" || ROUTES.some((route) => route.path === path && route.localized);
          if (!routed) assert.equal(answer.status, 404, what);
          else if (methods.includes(method)) assert.notEqual(answer.status, 405, what);
          else {
            assert.equal(answer.status, 405, what);
            for (const one of methods) assert.ok(answer.headers.allow.split(", ").includes(one), what);
          }
        }
      }
    }
  });

  await t.test("pages and files come without a request to the Worker, with the same headers", async () => {
    await world.resetCalls();
    const files = ["/offline", "/openapi.json", "/service-worker.js", "/manifest.webmanifest", "/de/manifest.webmanifest"];
    files.push("/", "/favicon.svg", "/robots.txt", "/css/site.css", "/nothing", "/en", "/orders");
    const answers = new Map();
    for (const path of files) answers.set(path, await world.request(path, { headers: navigation(world) }));
    assert.equal((await world.counts()).worker_requests, 0);
    for (const [path, answer] of answers) {
      assertSecure(answer, path);
      assert.equal(answer.headers["x-request-id"], undefined, path);
    }
    assert.equal(answers.get("/").status, 200);
    assert.match(answers.get("/").text, /<form[^>]+action="\/api\/orders"/);
    assert.equal(answers.get("/favicon.svg").headers["cache-control"], "public, max-age=86400");
    // A service worker is never an old one, and a folder of its own would be all that it may serve.
    const worker = answers.get("/service-worker.js");
    assert.deepEqual([worker.status, worker.headers["cache-control"]], [200, "no-cache"]);
    assert.match(worker.headers["content-type"], /^text\/javascript\b/);
    for (const path of ["/manifest.webmanifest", "/de/manifest.webmanifest"]) {
      assert.equal(answers.get(path).headers["content-type"], "application/manifest+json", path);
    }
    assert.equal(answers.get("/offline").status, 200);
    assert.equal(answers.get("/nothing").status, 404);
    assert.match(answers.get("/nothing").headers["content-type"], /^text\/html/);
  });

  await t.test("the description names every route", async () => {
    const answer = await world.request("/openapi.json");
    assert.equal(answer.status, 200);
    assert.equal(answer.headers["cache-control"], "public, max-age=300");
    assert.match(answer.headers["content-type"], /^application\/json\b/);
    const { openapi, paths: described } = answer.json();
    assert.match(openapi, /^3\./);
    for (const { method, template } of ROUTES) {
      assert.ok(described[template]?.[method.toLowerCase()], `${method} ${template}`);
    }
  });

  await t.test("an unknown method is 405 and an unknown address 404, by the Worker", async () => {
    const put = await world.request("/api/orders", { method: "PUT", body: "x", headers: anywhere() });
    assert.deepEqual([put.status, put.headers.allow], [405, "POST"]);
    const none = await world.request("/api/nothing", { headers: anywhere() });
    assert.deepEqual([none.status, none.json().code], [404, "not_found"]);
    for (const answer of [put, none]) assertSecure(answer, "refused");
  });

  await t.test("after a panic the next requests are served by a fresh instance", async () => {
    const before = await world.instance();
    await world.trap();
    const answers = await Promise.all([1, 2, 3].map(() => place(world, { headers: anywhere() })));
    assert.equal(new Set(answers.map(({ order }) => order.id)).size, 3);
    assert.ok((await world.instance()) > before);
  });

  await t.test("two cookies of one answer stay two", () => {
    const { headers } = reply(200, "cache-control:no-store", "set-cookie:a=1; Path=/\nset-cookie:b=2", null);
    assert.deepEqual(headers.getSetCookie(), ["a=1; Path=/", "b=2"]);
    // The kept set of the repeating headers is not changed by an answer's own.
    assert.deepEqual(reply(200, "cache-control:no-store", "", null).headers.getSetCookie(), []);
  });
});

test("the security headers stand on every status", async (t) => {
  const world = await World.start(t, { sandbox: { "latency-ms": 300 }, vars: { GLOBAL_ORDERS_HOUR: 2 } });
  const answers = [];
  const ask = async (path, options = {}) => {
    const headers = { ...anywhere(), ...options.headers };
    const answer = await world.request(path, { ...options, headers });
    answers.push({ answer, what: `${options.method ?? "GET"} ${path} ${answer.status}`, picture: path.startsWith("/i/") });
    return answer;
  };
  const post = (fields, headers = {}) => ask("/api/orders", { method: "POST", headers, body: orderForm(fields) });
  const id = (await post({})).json().id;
  const done = await until(world, id, (view) => view.status === "completed");
  const { url } = done.images.at(-1);
  const { etag } = (await ask(url)).headers;
  await ask(url, { headers: { range: "bytes=0-9" } });
  await ask(url, { headers: { range: "bytes=99999999-" } });
  await ask(url, { headers: { "if-none-match": etag } });
  await ask(`${url}x`);
  const weak = (await ask(`/api/orders/${id}`)).headers.etag;
  await ask(`/api/orders/${id}`, { headers: { "if-none-match": weak } });
  await ask(`/orders/${id}`);
  await ask(`/api/orders/${id}/cancellation`, { method: "POST" });
  await post({}, { accept: "text/html" });
  await post({});
  await post({ consent: undefined });
  await post({ consent: undefined }, { accept: "text/html" });
  await post({ person_image: Buffer.from("GIF89a") });
  await post({}, { "sec-fetch-site": "cross-site" });
  await post({ person_image: Buffer.alloc(11 * 1024 * 1024, 1) });
  const json = { "content-type": "application/json" };
  await ask("/api/waitlist", { method: "POST", headers: json, body: '{"email":"ada@example.com","source":"footer"}' });
  await ask("/webhooks/kie/AAAAAAAAAAAAAAAAAAAAAA", { method: "POST", body: "{}" });
  await ask("/api/orders", { method: "DELETE" });
  await ask("/api/orders/AAAAAAAAAAAAAAAAAAAAAA");
  await ask(`/api/orders/${id}`, { method: "DELETE" });
  await ask(`/api/orders/${id}`);
  await ask(url);
  await ask("/api/session");
  // Not the Dispatcher's, which may still be at work.
  await world.faults({ binding: "DB", from: "fetch", when: "before" });
  await ask("/api/session", { headers: { cookie: "__Host-anon_sid=AAAAAAAAAAAAAAAAAAAAAA" } });
  for (const { answer, what, picture } of answers) {
    const isPicture = picture && [200, 206, 304, 416].includes(answer.status);
    assertSecure(answer, what, { picture: isPicture });
    assert.match(answer.headers["x-request-id"] ?? "none", /^[0-9a-f-]{36}$/, what);
  }
  const statuses = new Set(answers.map(({ answer }) => answer.status));
  const expected = [200, 201, 202, 204, 206, 303, 304, 401, 403, 404, 405, 409, 410, 413, 415, 416, 422, 429, 503];
  for (const status of expected) {
    assert.ok(statuses.has(status), `no answer with ${status} was looked at: ${[...statuses]}`);
  }
});

test("a stream tells each change when it happens and ends after the last", async (t) => {
  const world = await World.start(t, { sandbox: { "latency-ms": 600_000 } });
  const { order } = await place(world);
  const answer = await world.request(`/api/orders/${order.id}/events`, { stream: true });
  assert.deepEqual([answer.status, answer.headers["content-type"]], [200, "text/event-stream"]);
  assertSecure(answer, "events");
  const stream = events(answer.stream);
  const told = [];
  const next = async () => {
    const { done, value } = await stream.next();
    if (!done) told.push(value.status);
    return done ? null : value;
  };
  // It comes although nothing ends the stream: no proxy and no buffer holds it back.
  for (let view = await next(); view.status !== "processing"; view = await next()) assert.equal(view.status, "queued");
  const [{ taskId }] = await seen(world, tasks, ([task]) => task?.input_fetch_count === 2);
  await finish(world, taskId);
  for (let view = await next(); view.status !== "completed"; view = await next()) {
    assert.equal(view.status, "processing");
  }
  assert.equal(await next(), null, "the stream ends after the final status");
  assert.deepEqual([...new Set(told)].slice(-2), ["processing", "completed"]);
});
