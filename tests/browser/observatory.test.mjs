// What other people's judges say of every page: Mozilla's HTTP Observatory, Google's CSP Evaluator, and the browser
// itself about the integrity of scripts.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, test } from "node:test";
import { promisify } from "node:util";
import { build } from "esbuild";
import { ROOT, World } from "../workerd/harness.mjs";
import { orderForm, place } from "../workerd/orders.mjs";
import { startFront, trust } from "./front.mjs";
import { staticPages } from "./site_pages.mjs";
import { OPEN_NETWORK, UNTIL_TOLD, startBrowser } from "./visitor.mjs";

const require = createRequire(import.meta.url);
const { CspEvaluator } = require("csp_evaluator/dist/evaluator.js");
const { CspParser } = require("csp_evaluator/dist/parser.js");
const { Severity } = require("csp_evaluator/dist/finding.js");

const SCORE_MIN = 130;
const SCORE_WITH_COOKIE_MIN = 140;
// The Observatory gives its 5 points for integrity to HTML alone, so 135 is the most that JSON with a cookie can get.
const JSON_WITH_COOKIE_MIN = 135;
// One look at a page with all its requests takes the Observatory about half a second.
const JUDGE_MS = 300_000;

// It refuses to judge an error page, so it is told that it was found; every header stays as it is.
const JUDGED_STATUSES = [404, 410];
const forTheJudge = ({ status, headers }, request) => {
  const judge = /Observatory/.test(request.headers["user-agent"] ?? "");
  return { status: judge && JUDGED_STATUSES.includes(status) ? 200 : status, headers };
};

const world = await World.start({ after }, { sandbox: UNTIL_TOLD, vars: OPEN_NETWORK });
const stored = new Map();
const front = await startFront({ after }, world, { change: forTheJudge, stored });
const browser = await startBrowser({ after }, trust(front.certificate));

const asked = (path, headers = {}) => world.request(path, { headers: { accept: "text/html", ...headers } });

/** `""` and `/xx` for each language that has pages of its own. */
const languages = ["", ...staticPages().filter((path) => /^\/[a-z]{2}\/?$/.test(path)).map((path) => path.slice(0, 3))];

/** Every kind of page, static and the Worker's, in every language: its address and the status it comes with. */
async function allPages() {
  const { order } = await place(world);
  const { order: closed } = await place(world);
  assert.equal((await world.request(`/api/orders/${closed.id}`, { method: "DELETE" })).status, 204);
  const pages = staticPages().map((path) => [path, 200]);
  for (const language of languages) {
    pages.push(
      [`${language}/no-such-page`, 404],
      [`${language}/orders/${order.id}`, 200],
      [`${language}/orders/${closed.id}`, 410],
      [`${language}/orders/aaaaaaaaaaaaaaaaaaaaaa`, 404],
    );
    const status = `${language}/status`;
    if ((await asked(status)).status === 200) pages.push([status, 200]);
  }
  return pages;
}

const pages = await allPages();

/** An answer to a POST, kept under an address at which a judge that only asks can find it. */
function keep(path, { status, headers, bytes }) {
  stored.set(path, { status, headers, bytes });
  return path;
}

async function judge(paths) {
  const program = join(ROOT, "tests/browser/observatory_judge.mjs");
  const { stdout } = await promisify(execFile)(process.execPath, [program, ...paths.map((path) => front.host + path)], {
    env: { ...process.env, NODE_EXTRA_CA_CERTS: front.certificate.cert },
    timeout: JUDGE_MS,
  });
  return Object.entries(JSON.parse(stdout)).map(([address, found]) => [address.slice(front.host.length), found]);
}

/** What took points, or gave none where it could: for the message of a failure. */
function told({ score, grade, tests }) {
  const parts = Object.values(tests).map(({ result, scoreModifier }) => `${result} ${scoreModifier}`);
  return `${grade} ${score}: ${parts.join(", ")}`;
}

test("the Observatory gives every page A+ and 130 or more", async () => {
  for (const [path, status] of pages) assert.equal((await asked(path)).status, status, path);
  const results = await judge(pages.map(([path]) => path));
  assert.equal(results.length, pages.length);
  for (const [path, found] of results) {
    assert.equal(found.grade, "A+", `${path} ${told(found)}`);
    assert.ok(found.score >= SCORE_MIN, `${path} ${told(found)}`);
    assert.equal(found.tests["strict-transport-security"].result, "hsts-implemented-max-age-at-least-six-months");
  }
});

test("the Observatory gives 140 where a cookie is set", async () => {
  const form = { method: "POST", body: orderForm(), headers: { accept: "text/html" } };
  const seeOther = await world.request("/api/orders", form);
  assert.equal(seeOther.status, 303);
  const created = await world.request("/api/orders", { ...form, headers: {} });
  assert.equal(created.status, 201);
  for (const { headers } of [seeOther, created]) assert.match(`${headers["set-cookie"]}`, /^__Host-anon_sid=/);
  const placed = keep("/kept/303", seeOther);
  const json = ["/api/session", keep("/kept/201", created)];
  for (const [path, found] of await judge([placed, ...json])) {
    assert.equal(found.grade, "A+", `${path} ${told(found)}`);
    assert.equal(found.tests.cookies.result, "cookies-secure-with-httponly-sessions-and-samesite", path);
    const least = json.includes(path) ? JSON_WITH_COOKIE_MIN : SCORE_WITH_COOKIE_MIN;
    assert.ok(found.score >= least, `${path} ${told(found)}`);
  }
});

test("the CSP Evaluator finds nothing but that 'self' is believed", async () => {
  const policies = new Set();
  for (const path of [...pages.map(([address]) => address), "/api/session"]) {
    policies.add((await asked(path)).headers["content-security-policy"]);
  }
  assert.ok(!policies.has(undefined), "an answer has no policy");
  for (const policy of policies) {
    const found = new CspEvaluator(new CspParser(policy).csp).evaluate()
      .filter(({ severity }) => severity < Severity.INFO)
      .map(({ severity, directive, value }) => `${Severity[severity]} ${directive} ${value}`);
    assert.deepEqual(found.filter((line) => line !== "MEDIUM_MAYBE script-src 'self'"), [], policy);
  }
});

// A name that is put together at run time is looked for on the disk, where nothing is; the page names what it can be.
const NO_SCRIPTS = join(ROOT, "tests/fixtures");

/** Every module that comes with `entry`, itself included, by imports of a fixed name: its address and its bytes. */
async function modulesFrom(entry) {
  const modules = new Map();
  const site = {
    name: "site",
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /.*/ }, ({ path, importer, namespace }) =>
        ({ path: new URL(path, namespace === "site" ? importer : world.origin).href, namespace: "site" }));
      onLoad({ filter: /.*/, namespace: "site" }, async ({ path }) => {
        const { status, bytes } = await world.request(path);
        assert.equal(status, 200, path);
        modules.set(new URL(path).pathname, bytes);
        return { contents: bytes, resolveDir: NO_SCRIPTS };
      });
    },
  };
  const stdin = { contents: `import ${JSON.stringify(entry)}` };
  await build({ stdin, bundle: true, format: "esm", write: false, logLevel: "silent", plugins: [site] });
  return modules;
}

const digest = (algorithm, bytes) => `${algorithm}-${createHash(algorithm).update(bytes).digest("base64")}`;
const STRONG = ["sha512", "sha384"];

/** Whether `integrity` is there and says these bytes by a strong digest. */
const says = (integrity, bytes) =>
  STRONG.some((algorithm) => integrity === digest(algorithm, bytes));

/** The elements of the open page that run or announce scripts, now or (from a template) later. */
const scriptTags = (page) =>
  page.evaluate(() => {
    const later = Array.from(document.querySelectorAll("template"), (template) => template.content);
    return [document, ...later].flatMap((root) =>
      Array.from(root.querySelectorAll("script, link[rel~=modulepreload]"), (tag) => {
        const address = tag.src || tag.href;
        const runs = tag.localName === "script" || root !== document;
        // What lies in a template has no base of its own to be whole by.
        return { path: address && new URL(address, location.href).pathname, integrity: tag.integrity, runs };
      }));
  });

/** Opens a page as a visitor does; besides it the addresses of the scripts that it asked for. */
async function opened(t, path, alter) {
  const context = await browser.newContext({ baseURL: front.origin });
  t.after(() => context.close());
  const page = await context.newPage();
  const scripts = new Set();
  page.on("request", (request) => {
    if (request.resourceType() === "script") scripts.add(new URL(request.url()).pathname);
  });
  if (alter) await page.route(`**${alter.path}`, (route) => route.fulfill(alter.answer));
  // Some scripts come after the page: what was altered is over when the browser has refused it.
  const refused = alter && page.waitForEvent("console", (message) => /integrity|digest/i.test(message.text()));
  await page.goto(path, { waitUntil: "load" });
  await refused;
  return { page, scripts };
}

test("every script and every module of every page is what its integrity says", async (t) => {
  let checked = 0;
  for (const [path] of pages) {
    const { page, scripts } = await opened(t, path);
    const tags = await scriptTags(page);
    const modules = new Map();
    for (const tag of tags.filter(({ runs }) => runs)) {
      assert.ok(tag.path, `${path} has a script without an address`);
      for (const [name, bytes] of await modulesFrom(tag.path)) modules.set(name, bytes);
    }
    for (const [name, bytes] of modules) {
      for (const [, later] of `${bytes}`.matchAll(/importLater\("([^"]+)"\)/g)) {
        const { pathname } = new URL(`${later}.js`, world.origin + name);
        assert.ok(modules.has(pathname), `${path} does not name ${later}.js`);
      }
    }
    assert.deepEqual([...scripts].filter((name) => !modules.has(name)), [], `${path} asks for more than was followed`);
    for (const [name, bytes] of modules) {
      const integrities = tags.filter((tag) => tag.path === name).map(({ integrity }) => integrity);
      assert.ok(integrities.length > 0, `${path}: no script tag and no modulepreload names ${name}`);
      for (const integrity of integrities) {
        assert.ok(says(integrity, bytes), `${path}: ${name} has integrity="${integrity}"`);
      }
      checked += 1;
    }
  }
  assert.ok(checked > 0, "no page has a script");
});

test("the browser runs no script that was altered on the way, imported ones included", async (t) => {
  const orderPage = pages.find(([path, status]) => path.startsWith("/orders/") && status === 200)[0];
  for (const path of ["/", orderPage]) {
    const { scripts } = await opened(t, path);
    assert.ok(scripts.size > 0, path);
    for (const script of scripts) {
      const { bytes, headers } = await world.request(script);
      const answer = { headers, body: `${bytes}\nglobalThis.altered = true;\n` };
      const { page } = await opened(t, path, { path: script, answer });
      assert.equal(await page.evaluate(() => globalThis.altered), undefined, `${path} ran an altered ${script}`);
    }
  }
});
