// What a visitor meets when something goes wrong: every code of the interface has its words, and a way on that leads
// somewhere, in the form and on a page of its own.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { World } from "../workerd/harness.mjs";
import {
  OPEN_NETWORK, PERSON, UNTIL_TOLD, chosen, fill, letFinish, order, placeOrder, startBrowser, submit, visit,
} from "./visitor.mjs";

const world = await World.start({ after }, { sandbox: UNTIL_TOLD, vars: OPEN_NETWORK });
const oneAnHour = { ...OPEN_NETWORK, PREFIX_ORDERS_HOUR: "1" };
const crowded = await World.start({ after }, { sandbox: UNTIL_TOLD, vars: oneAnHour });
const browser = await startBrowser({ after });

/** No script asks what answers with these. */
const ELSEWHERE = [
  "link_invalid", "method_not_allowed", "sign_in_required", "fresh_sign_in_required", "sign_in_failed",
  "signature_invalid",
];
/** Where a way leads that is not for everybody. */
const NEEDS_ACCOUNT = ["/account", "/de/account"];
const CODES = Object.entries((await world.request("/openapi.json")).json().components["x-codes"])
  .filter(([code]) => !ELSEWHERE.includes(code));

/** Answers every order that the page sends with this error. */
const refuse = (page, code, { status, retryable }, headers = {}) =>
  page.route("**/api/orders", (route) => {
    const body = { code, status, title: code, detail: `Of ${code}.`, retryable, request_id: "r-1" };
    return route.fulfill({ status, headers, contentType: "application/problem+json", body: JSON.stringify(body) });
  });

/** The form of any language, filled. */
async function fillByName(page) {
  await page.locator("#person_image").setInputFiles(PERSON);
  await page.locator("#garment_images").setInputFiles(PERSON);
  await page.locator("#consent").check();
}

const waysOf = (place) => place.locator("a, button").filter({ visible: true });

test("every code that a script can meet has its own words and a way on in the form", async (t) => {
  for (const language of ["/", "/de/"]) {
    const { page } = await visit(t, browser, world, { path: language, expected: [/status of [45]/] });
    await fillByName(page);
    const titles = new Set();
    for (const [code, known] of CODES) {
      await refuse(page, code, known);
      await page.locator("[data-part=submit]").click();
      const notice = page.locator("#form-error").filter({ hasText: code });
      await notice.waitFor();
      titles.add(await notice.locator("[data-part=error-title]").textContent());
      const ways = waysOf(notice);
      assert.equal(await ways.count(), 1, code);
      const href = await ways.getAttribute("href");
      assert.equal(href === null, known.retryable && code !== "trial_exhausted", code);
      const status = NEEDS_ACCOUNT.includes(href) ? 401 : 200;
      if (href) assert.equal((await page.request.get(href)).status(), status, `${code}: ${href}`);
      assert.equal(await page.evaluate(() => document.activeElement.id), "form-error", code);
      await page.locator("order-form:not([data-busy])").waitFor();
      await page.unroute("**/api/orders");
    }
    assert.equal(titles.size, CODES.length, "a title serves two codes");
    assert.ok(!CODES.some(([code]) => titles.has(code)), "a code is shown in place of words");
  }
});

test("too much from one network: the form says when to come back, in each language and without a script", async (t) => {
  const waits = { "/": /You can try again in 60 minutes\./, "/es/": /60/, "/de/": /60 Minuten/, "/zh/": /60/ };
  for (const [path, wait] of Object.entries(waits)) {
    for (const javaScriptEnabled of [true, false]) {
      const { page } = await visit(t, browser, crowded, { path, javaScriptEnabled, expected: [/status of 429/] });
      await fillByName(page);
      await page.locator("[data-part=submit]").click();
      if (path === "/" && javaScriptEnabled) {
        // The one order that this network has.
        await page.waitForURL("**/orders/*");
        await page.goto("/?again");
        await fill(page);
        await submit(page);
      }
      await page.locator("#form-error:not([hidden])").waitFor();
      const said = await page.locator("[data-part=error-detail]").textContent();
      assert.match(said, wait, `${path}, ${javaScriptEnabled}`);
      assert.ok(!/[{}]/.test(said), said);
    }
  }
});

test("an error that says no time, and each step of the time", async (t) => {
  const { page } = await visit(t, browser, world, { expected: [/status of 503/] });
  await fill(page);
  const known = { status: 503, retryable: true };
  for (const [seconds, end] of [
    [null, "shortly."], ["0", "shortly."], ["5", "You can try again in a few seconds."],
    ["99", "You can try again in 99 seconds."], ["100", "You can try again in 2 minutes."],
    ["6000", "You can try again in about 2 hours."],
  ]) {
    await refuse(page, "unavailable", known, seconds === null ? {} : { "Retry-After": seconds });
    const answered = page.waitForResponse("**/api/orders");
    await submit(page);
    await answered;
    await page.locator("order-form:not([data-busy])").waitFor();
    const said = await page.locator("[data-part=error-detail]").textContent();
    assert.ok(said.endsWith(end), `${seconds}: ${said}`);
    await page.unroute("**/api/orders");
  }
});

/** Resolves when both photos are in the form. */
async function checked(page) {
  for (const name of ["person.jpg", "garment.jpg"]) await chosen(page, name).waitFor();
}

test("without a connection the form keeps everything, and the same press sends it when there is one", async (t) => {
  const { page, visitor, requests } = await visit(t, browser, world, { expected: [/ERR_INTERNET_DISCONNECTED/] });
  await fill(page);
  await checked(page);
  await visitor.setOffline(true);
  await submit(page);
  const notice = page.getByRole("alert").filter({ hasText: "Your photos did not arrive" });
  await notice.waitFor();
  await visitor.setOffline(false);
  await waysOf(notice).click();
  await page.waitForURL("**/orders/*");
  assert.equal(requests.filter((line) => line === "POST /api/orders").length, 2);
});

test("what the form could not load over a broken connection it loads when there is one again", async (t) => {
  // Where a service worker runs, the browser asks it and not the network that a test can break.
  const expected = [/ERR_FAILED/, /Service Worker registration blocked/];
  const { page } = await visit(t, browser, world, { expected, serviceWorkers: "block" });
  const later = /\/js\/(preparation|sending)\.js$/;
  await page.route(later, (route) => route.abort());
  await fill(page);
  for (const name of ["person.jpg", "garment.jpg"]) await page.getByText(`${name} could not be checked`).waitFor();
  await page.unroute(later);
  await fill(page);
  await checked(page);
  await submit(page);
  await page.waitForURL("**/orders/*");
});

test("a page of its own for what is not there, not allowed or broken, and each leads on", async (t) => {
  const { page, visitor } = await visit(t, browser, world, { expected: [/status of [45]/], javaScriptEnabled: false });
  for (const [path, status, code] of [
    ["/no-such-page", 404, null], ["/orders/aaaaaaaaaaaaaaaaaaaaaa", 404, "not_found"],
    ["/i/aaaa", 403, "link_invalid"], ["/api/orders", 405, "method_not_allowed"],
  ]) {
    assert.equal((await page.goto(path)).status(), status, path);
    assert.ok((await page.getByRole("heading", { level: 1 }).textContent()).length > 5, path);
    if (code) await page.getByText(code).waitFor();
    for (const way of await page.locator(".message__ways a").all()) {
      const [address] = (await way.getAttribute("href")).split("#");
      assert.equal((await visitor.request.get(address)).status(), 200, `${path} leads to ${address}`);
    }
    assert.ok((await page.locator(".message__ways a").count()) > 0, path);
  }
});

test("within an error's page a link to its content goes there and loads nothing", async (t) => {
  const { page } = await visit(t, browser, world, {
    path: "/orders/aaaaaaaaaaaaaaaaaaaaaa", expected: [/status of 404/],
  });
  await page.evaluate(() => (globalThis.same = true));
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.waitForURL("**#main");
  // A reload would begin in the same moment.
  await page.waitForLoadState("networkidle");
  assert.deepEqual(await page.evaluate(() => [globalThis.same, document.activeElement.id]), [true, "main"]);
});

test("a part that does not answer: the page says so, leads on, and its reload is the order", async (t) => {
  const { page, visitor } = await visit(t, browser, world, { expected: [/status of 503/] });
  const id = await placeOrder(page);
  // Not a few: the Dispatcher and the order's stream ask as well.
  await world.faults({ binding: "DB", when: "before", times: 1_000 });
  assert.equal((await page.goto(`/orders/${id}?`)).status(), 503);
  await page.getByRole("heading", { name: "Not available just now" }).waitFor();
  await page.getByText("You can try again in a few seconds.").waitFor();
  const way = page.locator(".message__ways a").first();
  await world.faults();
  assert.equal((await visitor.request.get(await way.getAttribute("href"))).status(), 200);
  await page.reload();
  await order(page, "processing").waitFor();
});

test("back from an order is the form, and forward the order again", async (t) => {
  const { page } = await visit(t, browser, world);
  const id = await placeOrder(page);
  await letFinish(world, id);
  await order(page, "completed").waitFor();
  await page.goBack();
  await page.getByRole("button", { name: "Make my picture" }).waitFor();
  await page.goForward();
  await order(page, "completed").waitFor();
  assert.ok(page.url().endsWith(`/orders/${id}`));
});
