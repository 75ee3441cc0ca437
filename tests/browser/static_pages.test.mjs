// What a page that is the same for everybody decides in the browser: whether there is news, and, on a site whose operator
// configured analytics of others, that nothing of theirs comes before a yes.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { extname, join, resolve } from "node:path";
import { after, test } from "node:test";
import { ROOT } from "../workerd/harness.mjs";
import { startBrowser } from "./visitor.mjs";

const TARGET = resolve(ROOT, process.env.CARGO_TARGET_DIR ?? "target");
const OTHERS = /googletagmanager|google-analytics|clarity/;
const TYPES = { ".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml" };

const folder = mkdtempSync(join(tmpdir(), "anytryon-consent-"));
after(() => rmSync(folder, { recursive: true }));
execFileSync(join(TARGET, "debug/build-site"), [join(folder, "site")], {
  env: {
    ...process.env, CONTACT_ADDRESS: "nobody@localhost",
    ANALYTICS_GA_ID: "G-ABCDEF1234", ANALYTICS_CLARITY_ID: "abcdefghij",
  },
  stdio: "ignore",
});
const headers = readFileSync(join(folder, "site/_headers"), "utf8");
const policy = headers.match(/\n\/help\n[^]*?\n {2}Content-Security-Policy: (.*)\n/)[1];

const server = createServer(({ url }, response) => {
  const { pathname } = new URL(url, "http://localhost");
  const name = pathname.endsWith("/") ? `${pathname}index.html` : extname(pathname) ? pathname : `${pathname}.html`;
  const file = join(folder, "site", name);
  if (!existsSync(file)) return void response.writeHead(404).end();
  const type = TYPES[extname(file)] ?? "application/octet-stream";
  response.writeHead(200, { "content-type": type, "content-security-policy": policy }).end(readFileSync(file));
});
server.listen(0, "localhost");
await once(server, "listening");
after(() => server.close());
const origin = `http://localhost:${server.address().port}`;
const browser = await startBrowser({ after });

/** A visitor, what others were asked for, and the question. */
async function visitor(t, before = () => {}) {
  const context = await browser.newContext({ serviceWorkers: "block" });
  t.after(() => context.close());
  await context.addInitScript(before);
  const asked = [];
  await context.route(OTHERS, (route) => {
    asked.push(new URL(route.request().url()).host);
    return route.fulfill({ body: "", contentType: "text/javascript" });
  });
  const page = await context.newPage();
  await page.goto(`${origin}/help`, { waitUntil: "networkidle" });
  return { asked, context, page, question: page.locator("[data-part=question]") };
}

test("nothing is asked of others before a yes, a no is kept, and both can be changed", async (t) => {
  const { asked, context, page, question } = await visitor(t);
  assert.ok(await question.isVisible());
  const sizes = await page.locator("[data-answer]").evaluateAll((all) =>
    all.map((one) => [one.offsetWidth, one.offsetHeight, getComputedStyle(one).backgroundColor].join()));
  assert.equal(sizes[0], sizes[1], "one answer weighs more");
  await page.locator("[data-answer=no]").click();
  await page.goto(`${origin}/privacy`, { waitUntil: "networkidle" });
  assert.ok(!(await question.isVisible()));
  assert.deepEqual([asked, await context.cookies()], [[], []]);

  await page.locator("[data-part=again]").click();
  await page.locator("[data-answer=yes]").click();
  await page.waitForLoadState("networkidle");
  assert.deepEqual(asked.sort(), ["www.clarity.ms", "www.googletagmanager.com"]);
  await page.locator("[data-part=again]").click();
  await page.locator("[data-answer=no]").click();
  await page.waitForLoadState("networkidle");
  asked.length = 0;
  await page.goto(`${origin}/help`, { waitUntil: "networkidle" });
  assert.deepEqual(asked, []);
});

test("who says no to everybody is not asked, and a page with photos has no question", async (t) => {
  const { asked, page, question } = await visitor(t, () => {
    Object.defineProperty(navigator, "globalPrivacyControl", { value: true });
  });
  assert.ok(!(await question.isVisible()));
  await page.goto(`${origin}/`, { waitUntil: "networkidle" });
  assert.equal(await page.locator("consent-banner").count(), 0);
  assert.deepEqual(asked, []);
});

/** Lets pages believe that it is this moment. */
const at = (now) => `Date.now = () => ${now}`;

test("news is there before anything is drawn, for its days, and until it is closed", async (t) => {
  const { page } = await visitor(t);
  const { from, until } = await page.locator("meta[name=announcement]").evaluate((meta) => ({ ...meta.dataset }));
  const bar = (shown) => shown.page.locator(".announcement");
  for (const [now, shown] of [[from - 1, false], [from, true], [until - 1, true], [until, false]]) {
    assert.equal(await bar(await visitor(t, at(now))).isVisible(), shown, `${now}`);
  }
  const reader = await visitor(t, at(from));
  await bar(reader).getByRole("button").click();
  await reader.page.goto(`${origin}/terms`, { waitUntil: "networkidle" });
  assert.ok(!(await bar(reader).isVisible()));
});
