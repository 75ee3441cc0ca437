// What a page may never do: run or fetch what is not ours, tell anybody else, keep photos, serve another site.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { World } from "../workerd/harness.mjs";
import {
  OPEN_NETWORK, UNTIL_TOLD, chosen, fill, letFinish, order, placeOrder, startBrowser, submit, visit,
} from "./visitor.mjs";

const world = await World.start({ after }, { sandbox: UNTIL_TOLD, vars: OPEN_NETWORK });
const browser = await startBrowser({ after });

// A report comes within milliseconds.
const REPORT_MS = 5_000;
const COOKIE_SECONDS = 48 * 60 * 60;

/** Lists the violations of the content policy that the pages to come report. */
async function violations(visitor) {
  const list = [];
  await visitor.exposeFunction("reportViolation", (text) => list.push(text));
  await visitor.addInitScript(() => {
    addEventListener("securitypolicyviolation", (event) => {
      globalThis.reportViolation(`${event.violatedDirective} ${event.blockedURI}`);
    });
  });
  return list;
}

test("a whole journey violates no policy and asks nobody else", async (t) => {
  const { page, visitor } = await visit(t, browser, world, { path: null, expected: [/status of 410/] });
  const list = await violations(visitor);
  const asked = new Set();
  visitor.on("request", (request) => asked.add(new URL(request.url()).origin));
  visitor.on("requestfailed", (request) => {
    // A stream is broken off when the page has seen the end of the order.
    if (!request.url().endsWith("/events")) asked.add(`failed: ${request.url()}`);
  });
  await page.goto("/");
  const id = await placeOrder(page);
  await letFinish(world, id);
  await order(page, "completed").waitFor();
  await page.locator("[data-picture=output] img").evaluate((image) => image.decode());
  await page.goto(`/orders/${id}`);
  await page.locator("[data-picture=output] img").evaluate((image) => image.decode());
  await page.getByText("Delete now").click();
  await page.getByRole("button", { name: "Yes, delete everything" }).click();
  await order(page, "deleted").waitFor();
  await page.reload();
  await page.getByRole("link", { name: "Make a new picture" }).click();
  await page.getByRole("button", { name: "Make my picture" }).waitFor();
  assert.deepEqual(list, []);
  assert.deepEqual([...asked], [world.origin]);
});

const ELSEWHERE = "https://elsewhere.example/";
// Markup made from text, in any of its forms, is stopped before its content is looked at.
const FROM_TEXT = "require-trusted-types-for trusted-types-sink";
const FORBIDDEN = [
  [`script-src-elem ${ELSEWHERE}`, (url) => void import(url).catch(() => {})],
  [FROM_TEXT, () => document.body.insertAdjacentHTML("beforeend", "<b>text</b>")],
  [FROM_TEXT, () => document.body.setAttribute("onclick", "globalThis.ran = true")],
  [FROM_TEXT, () => {
    const script = document.createElement("script");
    script.append("globalThis.ran = true");
    document.body.append(script);
  }],
  ["style-src-elem inline", () => {
    document.head.append(Object.assign(document.createElement("style"), { textContent: "body { color: red }" }));
  }],
  [`img-src ${ELSEWHERE}`, (url) => {
    document.createElement("img").src = url;
  }],
  [`connect-src ${ELSEWHERE}`, (url) => void fetch(url).catch(() => {})],
  ["frame-src https://elsewhere.example", (url) => {
    document.body.append(Object.assign(document.createElement("iframe"), { src: url }));
  }],
  [`form-action ${ELSEWHERE}`, (url) => {
    const form = Object.assign(document.createElement("form"), { method: "post", action: url });
    document.body.append(form);
    form.submit();
  }],
  [`base-uri ${ELSEWHERE}`, (url) => {
    document.head.append(Object.assign(document.createElement("base"), { href: url }));
  }],
];

test("each forbidden thing is stopped on a static page and on the Worker's, and is seen here", async (t) => {
  const forbidden = [/Content Security Policy|Trusted/, /elsewhere/, /status of 404/];
  for (const path of ["/", "/orders/aaaaaaaaaaaaaaaaaaaaaa"]) {
    const { page, wrong } = await visit(t, browser, world, { path: null, expected: forbidden });
    for (const [report, attempt] of FORBIDDEN) {
      await page.goto(path);
      wrong.length = 0;
      const told = page.waitForEvent("console");
      const reported = page.evaluate((limit) => new Promise((done) => {
        addEventListener("securitypolicyviolation", (event) => done(`${event.violatedDirective} ${event.blockedURI}`));
        setTimeout(() => done("nothing"), limit);
      }), REPORT_MS);
      // Some of them throw besides.
      await page.evaluate(attempt, ELSEWHERE).catch(() => {});
      await told;
      assert.equal(await reported, report, path);
      assert.ok(wrong.length > 0, "the watch of the other tests sees it");
      assert.equal(await page.evaluate(() => globalThis.ran), undefined);
    }
  }
});

test("one cookie, only for this host, out of reach of scripts", async (t) => {
  const { page, visitor } = await visit(t, browser, world);
  assert.deepEqual(await visitor.cookies(), [], "looking costs no cookie");
  await placeOrder(page);
  const [{ value, expires, ...cookie }, ...others] = await visitor.cookies();
  assert.deepEqual(others, []);
  assert.deepEqual(cookie, {
    name: "__Host-anon_sid", domain: "127.0.0.1", path: "/", httpOnly: true, secure: true, sameSite: "Lax",
  });
  assert.match(value, /^[\w-]{22}$/);
  const left = expires - Date.now() / 1_000;
  assert.ok(left > COOKIE_SECONDS - 60 && left <= COOKIE_SECONDS, `${left} s`);
  assert.equal(await page.evaluate(() => document.cookie), "");
});

test("nothing of an order stays in the browser's storage", async (t) => {
  const { page } = await visit(t, browser, world, { expected: [/ERR_FILE_NOT_FOUND/] });
  const id = await placeOrder(page);
  await letFinish(world, id);
  await order(page, "completed").waitFor();
  // The service worker keeps what everybody gets, and nothing else.
  await page.evaluate(() => navigator.serviceWorker.ready);
  const stored = () =>
    page.evaluate(async () => ({
      local: localStorage.length,
      session: sessionStorage.length,
      databases: (await indexedDB.databases()).length,
      cached: (await Promise.all((await caches.keys()).map(async (name) => (await caches.open(name)).keys())))
        .flat().map(({ url }) => new URL(url).pathname).filter((path) => !/^(\/offline$|\/v\/)/.test(path)),
      workers: (await navigator.serviceWorker.getRegistrations()).map(({ active }) => new URL(active.scriptURL).pathname),
      files: (await Array.fromAsync((await navigator.storage.getDirectory()).keys())).length,
    }));
  const nothing = { local: 0, session: 0, databases: 0, cached: [], workers: ["/service-worker.js"], files: 0 };
  assert.deepEqual(await stored(), nothing);
  const copy = await page.locator("[data-picture=person] img").getAttribute("src");
  assert.match(copy, /^blob:/);
  await page.getByText("Delete now").click();
  await page.getByRole("button", { name: "Yes, delete everything" }).click();
  await order(page, "deleted").waitFor();
  assert.deepEqual(await stored(), nothing);
  const loads = (url) => page.evaluate((src) => new Promise((done) => {
    const image = new Image();
    image.onload = () => done(true);
    image.onerror = () => done(false);
    image.src = src;
  }), url);
  assert.equal(await loads(copy), false, "the browser's own copy is let go");
});

test("photos are sent without their names, after the texts, and no larger than needed", async (t) => {
  const { page, visitor } = await visit(t, browser, world, { path: null });
  await visitor.addInitScript(() => {
    const { send } = XMLHttpRequest.prototype;
    XMLHttpRequest.prototype.send = function (body) {
      globalThis.sent = [...body].map(([name, value]) => (value instanceof File ? `${name}=${value.name}` : name));
      return send.call(this, body);
    };
  });
  await page.goto("/");
  await fill(page);
  await page.getByRole("button", { name: "Remove person.jpg" }).click();
  await page.getByLabel("The person").evaluate(async (input) => {
    const canvas = Object.assign(document.createElement("canvas"), { width: 3_000, height: 1_500 });
    canvas.getContext("2d").fillRect(0, 0, 1_000, 1_000);
    const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg"));
    const chosen = new DataTransfer();
    chosen.items.add(new File([blob], "me at home.jpg", { type: blob.type }));
    input.files = chosen.files;
    input.dispatchEvent(new Event("change"));
  });
  await chosen(page, "me at home.jpg").waitFor();
  await submit(page);
  await page.waitForURL("**/orders/*");
  const sent = await page.evaluate(() => globalThis.sent);
  assert.deepEqual(sent.slice(-2), ["person_image=photo", "garment_images=photo"]);
  assert.deepEqual(sent.slice(0, -2).filter((name) => name.includes("=")), []);
  const [person] = (await world.request(`/api${new URL(page.url()).pathname}`)).json().images;
  assert.deepEqual([person.width, person.height], [2_048, 1_024]);
});

test("no other site can frame a page or send a form in the visitor's name", async (t) => {
  const expected = [/frame-ancestors|status of 40[34]/i, new RegExp(`request to ${world.sandbox.api}`)];
  const { page } = await visit(t, browser, world, { expected });
  const id = await placeOrder(page);
  // Another port is another origin, and of the same site: the nearest that a stranger can come.
  await page.goto(world.sandbox.api);
  for (const path of ["/", `/orders/${id}`]) {
    const blocked = page.waitForEvent("console", (message) => message.text().includes("frame-ancestors"));
    await page.evaluate((src) => {
      document.body.append(Object.assign(document.createElement("iframe"), { src }));
    }, world.origin + path);
    await blocked;
  }
  const answered = page.waitForResponse((answer) => answer.request().method() === "POST");
  await page.evaluate((action) => {
    const form = Object.assign(document.createElement("form"), { method: "post", action });
    document.body.append(form);
    form.submit();
  }, `${world.origin}/orders/${id}/deletion`);
  assert.equal((await answered).status(), 403);
  await page.getByRole("heading", { name: "Sent from another site" }).waitFor();
  assert.equal((await world.d1("SELECT id FROM orders WHERE id = ?", id)).length, 1);
});
