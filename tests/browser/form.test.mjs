// What the form says before anything is sent.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { World } from "../workerd/harness.mjs";
import { drawn } from "./photos.mjs";
import { OPEN_NETWORK, PERSON, UNTIL_TOLD, fill, placeOrder, startBrowser, submit, visit } from "./visitor.mjs";

const world = await World.start({ after }, { sandbox: UNTIL_TOLD, vars: OPEN_NETWORK });
const once = await World.start({ after }, { sandbox: UNTIL_TOLD, vars: { ...OPEN_NETWORK, TRIAL_ORDERS: "1" } });
const browser = await startBrowser({ after });

const HEAVY = /over 24 MB/;
const garments = (page) => page.getByLabel("The garments");
const problem = (page, field) => page.locator(`#error-${field}`);
const posts = (requests) => requests.filter((line) => line.startsWith("POST"));

test("photos over 24 MB together: said while choosing, nothing sent, taken back with a photo", async (t) => {
  const { page, requests } = await visit(t, browser, world);
  // Noise stays large however it is encoded: over 5 MB and at most 10 each.
  const heavy = await drawn(page, { width: 2800, height: 2800, noise: true });
  await page.getByText("More options").click();
  await page.getByRole("radio", { name: "4K, about 4096 pixels" }).check();
  const named = (name) => ({ ...heavy, name });
  await fill(page, { person: named("me.jpg"), garments: [named("a.jpg")] });
  await page.getByRole("button", { name: "Remove a.jpg" }).waitFor();
  assert.ok(await problem(page, "garment_images").isHidden(), "two are fine");
  await garments(page).setInputFiles(["b.jpg", "c.jpg", "d.jpg"].map(named));
  await problem(page, "garment_images").waitFor();
  assert.match(await problem(page, "garment_images").textContent(), HEAVY);
  assert.equal(await garments(page).getAttribute("aria-invalid"), "true");

  await submit(page);
  await page.locator("order-form:not([data-busy])").waitFor();
  assert.ok(await problem(page, "garment_images").isVisible());
  assert.deepEqual(posts(requests), []);

  for (const name of ["b", "c", "d"]) await page.getByRole("button", { name: `Remove ${name}.jpg` }).click();
  await problem(page, "garment_images").waitFor({ state: "hidden" });
  assert.equal(await garments(page).getAttribute("aria-invalid"), null);
});

test("a shape that is not made at the chosen size is said at once and not sent", async (t) => {
  const { page, requests } = await visit(t, browser, world);
  // No such pair with this model; the page names them like this.
  await page.locator("input[value='1:1']").evaluate((option) => option.setAttribute("data-not-at", "2K 4K"));
  await fill(page, { person: PERSON });
  await page.getByText("More options").click();
  const choose = (name) => page.getByRole("radio", { name }).check();
  await choose("4K, about 4096 pixels");
  await page.locator("input[value='1:1'][data-excluded]").waitFor();
  await choose("Square 1:1");
  await problem(page, "aspect_ratio").waitFor();
  await page.getByText("More options").click();
  await submit(page);
  await page.waitForFunction(() => document.activeElement?.name === "aspect_ratio");
  assert.deepEqual(posts(requests), []);
  await choose("1K, about 1024 pixels");
  await problem(page, "aspect_ratio").waitFor({ state: "hidden" });
  await submit(page);
  await page.waitForURL("**/orders/*");
});

test("before the button stands what it costs, and after the first choice how many are left", async (t) => {
  const { page } = await visit(t, browser, world);
  const price = page.locator("[data-part=price]");
  assert.match(await price.textContent(), /Free: 3 pictures in 24 hours/);
  await page.getByRole("radio", { name: "Studio" }).check();
  await price.getByText("Free pictures left: 3 of 3.").waitFor();
  await placeOrder(page);
  await page.goto("/?again");
  await page.getByRole("radio", { name: "Studio" }).check();
  await price.getByText("Free pictures left: 2 of 3.").waitFor();
});

test("when none is left the form says when the next is free, and leads on", async (t) => {
  const { page } = await visit(t, browser, once, { expected: [/status of 403/] });
  await placeOrder(page);
  await page.goto("/?again");
  await fill(page);
  await page.locator("[data-part=price]").getByText("No free pictures left. The next one is free on").waitFor();
  await submit(page);
  await page.getByRole("alert").waitFor();
  const way = page.getByRole("alert").getByRole("link").filter({ visible: true });
  assert.equal(await way.getAttribute("href"), "/pricing");
});

const CODES = [
  ["rate_limited", 429, true], ["body_too_large", 413, false], ["idempotency_conflict", 409, true],
  ["cross_site_request", 403, false], ["unavailable", 503, true], ["internal", 500, true],
  ["image_unreadable", 422, false],
];
for (const [code, status, retryable] of CODES) {
  test(`${code} shows its message and a way on`, async (t) => {
    const { page } = await visit(t, browser, world, { expected: [new RegExp(`status of ${status}`)] });
    const keys = [];
    await page.route("**/api/orders", (route) => {
      keys.push(route.request().headers()["idempotency-key"]);
      const body = { code, status, title: code, detail: `The detail of ${code}.`, retryable, request_id: "r-1" };
      return route.fulfill({ status, contentType: "application/problem+json", body: JSON.stringify(body) });
    });
    await fill(page);
    await submit(page);
    const alert = page.getByRole("alert").filter({ hasText: code });
    await alert.waitFor();
    assert.ok((await alert.locator("[data-part=error-title]").textContent()).length > 5);
    assert.ok((await alert.locator("[data-part=error-detail]").textContent()).length > 10);
    const ways = alert.locator("a, button").filter({ visible: true });
    assert.equal(await ways.count(), 1);
    if (!retryable) return;
    await ways.click();
    await page.locator("order-form:not([data-busy])").waitFor();
    await alert.waitFor();
    assert.equal(keys.length, 2);
    assert.equal(keys[0], keys[1], "the same order again");
  });
}

test("on a slow network the upload is told in percent, and a second press sends nothing", async (t) => {
  const { page, visitor, requests } = await visit(t, browser, world);
  await fill(page, { person: await drawn(page, { width: 700, height: 700, noise: true }) });
  await page.evaluate(() => {
    const watch = (part, told) => {
      const element = document.querySelector(`[data-part=${part}]`);
      new MutationObserver(() => told.push(element.textContent)).observe(element, { childList: true });
    };
    globalThis.told = [];
    globalThis.noted = [];
    watch("percent", globalThis.told);
    watch("note", globalThis.noted);
  });
  const devtools = await visitor.newCDPSession(page);
  const slow = { offline: false, latency: 20, downloadThroughput: -1, uploadThroughput: 400_000 };
  await devtools.send("Network.emulateNetworkConditions", slow);
  await submit(page);
  await page.locator("#order-form").evaluate((form) => form.requestSubmit());
  await page.waitForURL("**/orders/*");
  const { told: percents, noted } = await page.evaluate(() => ({ told: globalThis.told, noted: globalThis.noted }));
  assert.ok(noted.includes("Sending your photos…"), `${noted}`);
  const told = percents.map((line) => parseInt(line, 10)).filter((value) => !Number.isNaN(value));
  assert.ok(told.some((value) => value > 0 && value < 100), `${told}`);
  assert.deepEqual(told, [...told].sort((a, b) => a - b), "it only grows");
  assert.equal(posts(requests).length, 1);
});
