// The installed site: what a device needs to install it, what it keeps, how a photo is shared with it, what it shows
// without a connection; and the theme and the language that a visitor chose.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, test } from "node:test";
import { World } from "../workerd/harness.mjs";
import {
  OPEN_NETWORK, PERSON, UNTIL_TOLD, fill, letFinish, order, startBrowser, submit, visit,
} from "./visitor.mjs";

const world = await World.start({ after }, { sandbox: UNTIL_TOLD, vars: OPEN_NETWORK });
const browser = await startBrowser({ after });

const YEAR_SECONDS = 365 * 24 * 60 * 60;
const DISCONNECTED = /ERR_INTERNET_DISCONNECTED|Failed to fetch/;

/** Resolves when the service worker is there and has kept what it keeps at first. */
const ready = (page) => page.evaluate(async () => {
  const { active } = await navigator.serviceWorker.ready;
  if (active.state !== "activated") {
    await new Promise((done) => active.addEventListener("statechange", done, { once: true }));
  }
});

/** A visitor whose page is handled by the service worker. */
async function installed(t, path = "/", options = {}) {
  const met = await visit(t, browser, world, { path, ...options });
  await ready(met.page);
  await met.page.reload();
  await met.page.waitForFunction(() => navigator.serviceWorker.controller);
  return met;
}

/** The paths of all that is kept, in every cache. */
const kept = (page) => page.evaluate(async () => {
  const found = [];
  for (const name of await caches.keys()) {
    for (const { url } of await (await caches.open(name)).keys()) found.push(new URL(url).pathname);
  }
  return found.sort();
});

const textOf = async (path) => (await world.request(path)).text;
const languageOf = (html) => html.match(/<html lang="([^"]+)"/)[1];

test("every language's page can be installed", async (t) => {
  for (const path of ["/", "/es/", "/de/", "/zh/"]) {
    const { page, visitor } = await visit(t, browser, world, { path });
    const tools = await visitor.newCDPSession(page);
    const { url, data, errors } = await tools.send("Page.getAppManifest");
    assert.deepEqual(errors, []);
    const link = (await textOf(path)).match(/rel="manifest" href="([^"]+)"/)[1];
    assert.equal(url, world.origin + link);
    const answer = await world.request(link);
    assert.equal(answer.headers["content-type"], "application/manifest+json");
    assert.equal(data, answer.text);
    const { installabilityErrors } = await tools.send("Page.getInstallabilityErrors");
    // A visitor of a test has a window of their own, which a browser does not install from.
    assert.deepEqual(installabilityErrors.map(({ errorId }) => errorId), ["in-incognito"]);
  }
});

test("without a connection the offline page stands in, and its link brings the page when it is back", async (t) => {
  const { page, visitor } = await installed(t, "/de/", { expected: [DISCONNECTED] });
  await visitor.setOffline(true);
  await page.goto("/de/help");
  await page.getByRole("heading", { name: "Du bist offline" }).waitFor();
  const language = languageOf(await textOf("/de/offline"));
  assert.equal(await page.evaluate(() => document.documentElement.lang), language);
  const again = page.getByRole("link", { name: "Noch einmal versuchen" });
  const styled = await again.evaluate((link) => getComputedStyle(link).display);
  assert.equal(styled, "inline-flex", "its style sheets were kept");
  await page.goto("/de/");
  await again.click();
  await page.getByRole("heading", { name: "Du bist offline" }).waitFor();
  assert.equal(page.url(), `${world.origin}/de/`);
  await visitor.setOffline(false);
  await again.click();
  await page.getByRole("button", { name: "Mein Bild erstellen" }).waitFor();
});

test("another language's offline page is kept when that language is visited", async (t) => {
  const { page } = await installed(t);
  const pages = async () => (await kept(page)).filter((path) => !path.startsWith("/v/"));
  assert.deepEqual(await pages(), ["/offline"]);
  await page.goto("/zh/");
  await page.waitForFunction(() => caches.match("/zh/offline"));
  assert.deepEqual(await pages(), ["/offline", "/zh/offline"]);
});

test("after a whole order nothing is kept but the offline page and versioned files", async (t) => {
  const { page } = await installed(t);
  await fill(page);
  for (const photo of [/person\.jpg/, /garment\.jpg/]) await page.getByAltText(photo).first().waitFor();
  await submit(page);
  await page.waitForURL("**/orders/*");
  const id = page.url().split("/").at(-1);
  await letFinish(world, id);
  await order(page, "completed").waitFor();
  await page.goto(`/orders/${id}`);
  await page.locator("[data-picture=output] img").first().evaluate((image) => image.decode());
  await page.waitForFunction(() => caches.match("/offline"));
  const paths = await kept(page);
  assert.deepEqual(paths.filter((path) => !path.startsWith("/v/")), ["/offline"]);
  const files = paths.filter((path) => path.startsWith("/v/"));
  for (const [, path] of (await textOf("/offline")).matchAll(/(?:href|src)="(\/v\/[^"]+)"/g)) {
    assert.ok(files.includes(path), `${path} is not kept`);
  }
  for (const path of files) assert.match(path, /^\/v\/[0-9a-f]{12}\/(css|js)\/[a-z-]+\.(css|js)$/);
});

/** Sends photos as the system's share sheet does: a form post that opens a page. */
async function share(page, path, names) {
  const photo = readFileSync(PERSON).toString("base64");
  const arrived = page.waitForEvent("framenavigated");
  await page.evaluate(({ action, files, data }) => {
    const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
    const chosen = new DataTransfer();
    for (const [name, type] of files) chosen.items.add(new File([bytes], name, { type }));
    const form = document.createElement("form");
    Object.assign(form, { method: "post", enctype: "multipart/form-data", action });
    const input = Object.assign(document.createElement("input"), { type: "file", name: "photo", multiple: true });
    input.files = chosen.files;
    form.append(input);
    document.body.append(form);
    form.submit();
  }, { action: path, files: names, data: photo });
  await arrived;
  await page.waitForLoadState();
}

/** Asks the service worker for what was shared, as the form does. */
const ask = (page) => page.evaluate(() => new Promise((done) => {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = ({ data }) => done(data.files.map(({ name, size, type }) => ({ name, size, type })));
  navigator.serviceWorker.controller.postMessage({ type: "shared-photo", fromTest: true }, [port2]);
}));

/** Keeps the form from asking first. */
const unasked = (visitor) => visitor.addInitScript(() => {
  const { postMessage } = ServiceWorker.prototype;
  ServiceWorker.prototype.postMessage = function (message, ports) {
    if (message.fromTest) postMessage.call(this, message, ports);
  };
});

const LOST = "The shared photo is no longer here. Please choose the photo again.";

test("a photo that is shared is the form's, and is asked of no server", async (t) => {
  const { page, requests } = await installed(t, "/");
  requests.length = 0;
  await share(page, "/api/share-target", [["me.jpg", "image/jpeg"]]);
  await page.getByAltText(/me\.jpg/).first().waitFor();
  assert.equal(page.url(), `${world.origin}/`);
  assert.equal(await page.getByText(LOST).count(), 0);
  assert.deepEqual((await kept(page)).filter((path) => !path.startsWith("/v/")), ["/offline"]);
  // The browser tells of the post itself, and who answered it.
  assert.deepEqual(requests.filter((request) => !/^(GET \/api\/session|POST \/api\/share-target)$/.test(request)), []);
});

test("what is shared is handed over once, and photos only", async (t) => {
  const { page, visitor } = await installed(t, "/de/");
  await unasked(visitor);
  const photo = { name: "me.jpg", size: readFileSync(PERSON).length, type: "image/jpeg" };
  const shared = Array.from({ length: 7 }, (_, number) => [`${number}.jpg`, "image/jpeg"]);
  await share(page, "/de/api/share-target", [["me.jpg", "image/jpeg"], ["notes.txt", "text/plain"]]);
  assert.equal(new URL(page.url()).pathname, "/de/");
  assert.deepEqual(await ask(page), [photo]);
  assert.deepEqual(await ask(page), []);
  await share(page, "/api/share-target", shared);
  assert.equal((await ask(page)).length, 5);
  assert.equal(new URL(page.url()).pathname, "/");
  const pages = (await kept(page)).filter((path) => !path.startsWith("/v/"));
  assert.deepEqual(pages.filter((path) => !path.endsWith("/offline")), []);
});

test("a share is lost with the service worker's memory, and the page is told so", async (t) => {
  const { page, visitor } = await installed(t);
  await unasked(visitor);
  await share(page, "/api/share-target", [["me.jpg", "image/jpeg"]]);
  const tools = await visitor.newCDPSession(page);
  await tools.send("ServiceWorker.enable");
  await tools.send("ServiceWorker.stopAllWorkers");
  assert.deepEqual(await ask(page), []);
});

test("a share where no service worker runs leads to the form", async (t) => {
  const { page, requests } = await visit(t, browser, world, { serviceWorkers: "block", expected: [/blocked by Play/] });
  await share(page, "/api/share-target", [["me.jpg", "image/jpeg"]]);
  await page.getByText(LOST).waitFor();
  assert.ok(requests.includes("POST /api/share-target"));
  assert.equal(new URL(page.url()).pathname, "/");
});

test("a click on a notification goes to the order's tab, or opens one", async (t) => {
  const { page, visitor } = await installed(t);
  const [worker] = visitor.serviceWorkers();
  const clicked = (path) => worker.evaluate(async (given) => {
    const did = [];
    WindowClient.prototype.focus = async function () {
      did.push(["focus", new URL(this.url).pathname]);
    };
    Clients.prototype.openWindow = async (url) => did.push(["open", new URL(url).pathname]);
    const event = new Event("notificationclick");
    let ended;
    Object.assign(event, {
      notification: { close: () => did.push(["close"]), data: { path: given } },
      waitUntil: (promise) => (ended = promise),
    });
    dispatchEvent(event);
    await ended;
    return did;
  }, path);
  assert.deepEqual(await clicked("/orders/x"), [["close"], ["open", "/orders/x"]]);
  // The order is opened in place: the tab's address changes without a load.
  const other = await visitor.newPage();
  await other.goto("/de/");
  await page.evaluate(() => history.pushState(null, "", "/orders/x"));
  // The browser still calls the tab by the address that it was loaded from.
  assert.deepEqual(await clicked("/orders/x"), [["close"], ["focus", "/"]]);
  assert.deepEqual(await clicked("/de/"), [["close"], ["focus", "/de/"]]);
  assert.deepEqual(await clicked("https://elsewhere.example/"), [["close"]]);
});

/** Cookies without the time they have left, which is a year but for seconds. */
async function choices(visitor) {
  return (await visitor.cookies()).map(({ expires, ...cookie }) => {
    const left = expires - Date.now() / 1_000;
    assert.ok(left > YEAR_SECONDS - 60 && left <= YEAR_SECONDS, `${left} s`);
    return cookie;
  });
}

test("a chosen theme is there before anything is drawn, also around the page", async (t) => {
  const { page, visitor } = await visit(t, browser, world, { colorScheme: "light" });
  const bar = () => page.evaluate(() => Array.from(document.querySelectorAll("meta[name=theme-color]"))
    .find(({ media }) => matchMedia(media).matches).content);
  const canvas = () => page.evaluate(() => {
    const context = document.createElement("canvas").getContext("2d");
    context.fillStyle = getComputedStyle(document.documentElement).backgroundColor;
    context.fillRect(0, 0, 1, 1);
    const channels = Array.from(context.getImageData(0, 0, 1, 1).data.slice(0, 3));
    return `#${channels.map((channel) => channel.toString(16).padStart(2, "0")).join("")}`;
  });
  const light = await canvas();
  assert.equal(await bar(), light);
  await page.getByRole("radio", { name: "Dark" }).check();
  const dark = await canvas();
  assert.notEqual(dark, light);
  assert.equal(await bar(), dark);
  const cookie = { name: "theme", value: "dark", domain: "127.0.0.1", path: "/", httpOnly: false, secure: false };
  assert.deepEqual(await choices(visitor), [{ ...cookie, sameSite: "Lax" }]);
  await visitor.addInitScript(() => {
    new MutationObserver((_, watch) => {
      if (!document.body) return;
      globalThis.themeBeforeDrawing = document.documentElement.dataset.theme;
      watch.disconnect();
    }).observe(document, { childList: true, subtree: true });
  });
  await page.goto("/de/");
  assert.equal(await page.evaluate(() => globalThis.themeBeforeDrawing), "dark");
  assert.equal(await bar(), dark);
  await page.getByRole("radio", { name: "System" }).check();
  assert.equal(await bar(), light);
  assert.deepEqual(await visitor.cookies(), []);
});

test("a chosen language is met again, and its menu is left by Escape", async (t) => {
  const { page, visitor } = await visit(t, browser, world);
  const button = page.locator(".menu summary", { hasText: "Language" });
  await button.press("Enter");
  const link = page.getByRole("link", { name: "Deutsch" });
  await link.focus();
  await page.keyboard.press("Escape");
  await link.waitFor({ state: "hidden" });
  assert.ok(await button.evaluate((summary) => summary === document.activeElement));
  await button.press("Enter");
  await link.click();
  await page.waitForURL("**/de/");
  const [{ value, sameSite }, ...others] = await choices(visitor);
  assert.deepEqual([value, sameSite, others], ["de", "Lax", []]);
  await page.goto("/");
  await page.waitForURL("**/de/");
});
