// What a visit may cost: bytes, requests, and things that move under the reader's eyes.
import assert from "node:assert/strict";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { after, test } from "node:test";
import { gzipSync } from "node:zlib";
import { World } from "../workerd/harness.mjs";
import { place } from "../workerd/orders.mjs";
import { isCompressed } from "./front.mjs";
import { RECENT_MS, countedShifts, observeShifts } from "./layout_shift.mjs";
import { EXAMPLE_PICTURE, siteScripts, staticPages } from "./site_pages.mjs";
import {
  DESK, GARMENT, OPEN_NETWORK, PERSON, PHONE, UNTIL_TOLD,
  chosen, consent, letFinish, order, startBrowser, submit, visit,
} from "./visitor.mjs";

const PAGE_BYTES_MAX = 60_000;
const SCRIPT_BYTES_MAX = 40_000;
const SHIFT_MAX = 0.02;
const DEVICES = [["phone", PHONE], ["desk", DESK]];

const world = await World.start({ after }, { sandbox: UNTIL_TOLD, vars: OPEN_NETWORK });
const browser = await startBrowser({ after });

/** The size of an answer's body as it is sent. */
const sent = ({ headers, bytes }) => (isCompressed(headers["content-type"]) ? gzipSync(bytes).length : bytes.length);

/** Opens a page and waits until it asks for nothing more; the paths of all it has asked for. */
async function askedFor(t, path, options) {
  const { page, visitor } = await visit(t, browser, world, { path: null, ...options });
  const paths = new Set();
  visitor.on("request", (request) => {
    const { protocol, origin, pathname, search } = new URL(request.url());
    if (!["blob:", "data:"].includes(protocol)) paths.add(origin === world.origin ? pathname + search : request.url());
  });
  await page.goto(path, { waitUntil: "networkidle" });
  return [...paths];
}

/** A path on this site and not a whole address. */
const isOurs = (asked) => asked.startsWith("/");

test("a first page is 60 KB at most, without the example pictures, and asks nobody else for anything", async (t) => {
  for (const path of staticPages()) {
    const asked = await askedFor(t, path);
    assert.deepEqual(asked.filter((one) => !isOurs(one)), [], path);
    const parts = [];
    for (const one of asked) {
      const answer = await world.request(one, { headers: { accept: "*/*" } });
      assert.equal(answer.status, 200, one);
      if (!EXAMPLE_PICTURE.test(answer.headers["content-type"])) parts.push([one, sent(answer)]);
    }
    assert.ok(parts.length > 1, `${path} was not loaded with its parts`);
    const total = parts.reduce((sum, [, bytes]) => sum + bytes, 0);
    const list = parts.map(([one, bytes]) => `\n  ${bytes} ${one}`).join("");
    assert.ok(total <= PAGE_BYTES_MAX, `${path} takes ${total} bytes:${list}`);
  }
});

// Only who has an account, and where an operator has configured analytics everybody, is sent one of these.
const LATER_SCRIPTS = ["account.js", "consent.js", "history.js", "preview.js"];
const LATER_BYTES_MAX = 8_000;

test("all JavaScript that a visitor without an account needs is 40 KB at most, gzipped; an account adds 8 KB", () => {
  const isLater = ({ path }) => LATER_SCRIPTS.some((name) => path.endsWith(`/${name}`));
  const later = siteScripts().filter(isLater);
  assert.equal(later.length, LATER_SCRIPTS.length);
  assert.ok(later.reduce((sum, { gzipped }) => sum + gzipped, 0) <= LATER_BYTES_MAX);
  const scripts = siteScripts().filter((script) => !isLater(script));
  assert.ok(scripts.length > 0);
  const total = scripts.reduce((sum, { gzipped }) => sum + gzipped, 0);
  const list = scripts.map(({ path, gzipped }) => `\n  ${gzipped} ${path}`).join("");
  assert.ok(total <= SCRIPT_BYTES_MAX, `${total} bytes:${list}`);
});

test("an order's page and the one for a wrong address ask nobody else for anything", async (t) => {
  const { order: placed } = await place(world);
  const asked = [
    ...(await askedFor(t, `/orders/${placed.id}`)),
    ...(await askedFor(t, "/no-such-page", { expected: [/status of 404/] })),
  ];
  assert.ok(asked.length > 2);
  assert.deepEqual(asked.filter((one) => !isOurs(one)), []);
});

/**
 * Asserts that what counts of the shifts since the document began is within the budget: all of it together, which is
 * never less than the metric's worst window and does not depend on how fast they follow each other here.
 */
async function still(page, what) {
  const shifts = await countedShifts(page);
  const sum = shifts.reduce((total, { value }) => total + value, 0);
  const told = shifts.map(({ value, sources }) => `\n  ${value.toFixed(4)} ${sources.join(", ")}`);
  assert.ok(sum <= SHIFT_MAX, `${what}: ${sum.toFixed(4)}${told.join("")}`);
}

// Only such a script holds up the first paint; everything else may come after it.
const BLOCKING_SCRIPT = /<script(?![^>]*(?:type="module"|\bdefer\b|\basync\b))[^>]*\ssrc="([^"]+)"/g;

/** Opens a page and waits until the first of it is seen, and no longer. */
async function untilPainted(page, path) {
  await page.goto(path, { waitUntil: "commit" });
  await page.waitForFunction(() => performance.getEntriesByName("first-contentful-paint").length > 0);
}

/**
 * Opens a page as a slow network brings it: whatever is not needed for the first paint (scripts, pictures) comes after
 * it, so that what it moves is seen to move.
 */
async function openSlowly(page, path) {
  const { text } = await world.request(path, { headers: { accept: "text/html" } });
  const needed = [...text.matchAll(BLOCKING_SCRIPT)].map(([, src]) => src);
  let show;
  const painted = new Promise((done) => (show = done));
  await page.route("**/*", async (route) => {
    const request = route.request();
    const late = ["script", "image", "fetch"].includes(request.resourceType());
    if (late && !needed.includes(new URL(request.url()).pathname)) await painted;
    await route.continue();
  });
  await untilPainted(page, path);
  show();
  await page.waitForLoadState("load");
}

/** Scrolls to the end by the height of the window at a time; pictures that load on the way are waited for. */
async function readOn(page) {
  const ended = () => page.evaluate(() => scrollY + innerHeight >= document.documentElement.scrollHeight - 1);
  for (let screens = 0; screens < 100; screens += 1) {
    await page.waitForFunction(() => Array.from(document.images).every((image) => {
      const { top, bottom } = image.getBoundingClientRect();
      return image.complete || top > innerHeight || bottom < 0 || !image.checkVisibility();
    }));
    if (await ended()) return;
    await page.evaluate(() => scrollBy(0, innerHeight));
  }
  throw new Error("the page has no end");
}

/** A visitor whose browser notes every shift; no page is open yet. */
async function watched(t, viewport, { site = world, ...options } = {}) {
  const met = await visit(t, browser, site, { path: null, viewport, ...options });
  await observeShifts(met.visitor);
  return met;
}

test("nothing moves while a page loads, nor while it is read to its end", async (t) => {
  const { order: placed } = await place(world);
  const { order: done } = await place(world);
  await letFinish(world, done.id);
  for (const [device, viewport] of DEVICES) {
    for (const path of [...staticPages(), `/orders/${placed.id}`, `/orders/${done.id}`]) {
      const { page } = await watched(t, viewport);
      await openSlowly(page, path);
      await still(page, `${path} on a ${device}, loaded`);
      await readOn(page);
      await still(page, `${path} on a ${device}, read`);
    }
  }
});

// Of what follows a page's header: a bar at the top of a section, the section, and what fills a window.
const PARTS_SEEN_FIRST = [1 / 16, 1 / 8, 1 / 4];

/** A page's bytes up to a share of what follows its header, and the rest. */
function inTwo(html, share) {
  const main = html.indexOf("<main");
  const at = main + Math.round((html.length - main) * share);
  return [html.subarray(0, at), html.subarray(at)];
}

/** The site over a network that stops in the middle of each page: `share` of it comes, the rest with `goOn`. */
async function stopsInTheMiddle(t, share) {
  const rests = [];
  const server = createServer(async ({ url, headers }, response) => {
    const accept = { accept: headers.accept ?? "*/*" };
    const { status, headers: { "content-type": type }, bytes } = await world.request(url, { headers: accept });
    response.writeHead(status, { "content-type": type });
    if (!type.startsWith("text/html")) return void response.end(bytes);
    const [first, rest] = inTwo(bytes, share);
    response.write(first);
    rests.push(() => response.end(rest));
  });
  server.listen(0, "localhost");
  await once(server, "listening");
  t.after(() => server.close());
  return { origin: `http://localhost:${server.address().port}`, goOn: () => rests.splice(0).forEach((end) => end()) };
}

test("nothing moves when the rest of a page comes late", async (t) => {
  // Every language's pages are laid out by the same templates.
  const paths = staticPages().filter((path) => !/^\/(de|es|zh)(\/|$)/.test(path));
  for (const share of PARTS_SEEN_FIRST) {
    const network = await stopsInTheMiddle(t, share);
    for (const [device, viewport] of DEVICES) {
      // A service worker would fetch pages on its own behalf, and wait for their ends.
      const alone = { serviceWorkers: "block", expected: [/Service Worker registration blocked/] };
      const { page } = await watched(t, viewport, { site: network, ...alone });
      for (const path of paths) {
        await untilPainted(page, path);
        network.goOn();
        await page.waitForLoadState("load");
        await still(page, `${path} on a ${device}, after ${share} of it`);
      }
    }
  }
});

/** Lets every input become an old one, so that no shift from here on is excused by it. */
const inputIsOld = (page) =>
  page.evaluate((ms) => {
    const began = performance.now();
    return new Promise((done) => {
      const look = () => (performance.now() - began > ms ? done() : requestAnimationFrame(look));
      look();
    });
  }, RECENT_MS);

for (const [device, viewport] of DEVICES) {
  test(`nothing moves while photos are added and the order is opened in place, on a ${device}`, async (t) => {
    const { page } = await watched(t, viewport);
    await page.goto("/");
    await page.getByLabel("The person").setInputFiles(PERSON);
    await chosen(page, "person.jpg").waitFor();
    await still(page, "the person's photo added");
    for (const count of [1, 2, 3, 4]) {
      const photo = { name: `garment ${count}.jpg`, mimeType: "image/jpeg", buffer: readFileSync(GARMENT) };
      await page.getByLabel("The garments").setInputFiles(photo);
      await chosen(page, photo.name).waitFor();
      await still(page, `garment ${count} added`);
    }
    await consent(page).check();

    // The order leaves when the click is no excuse any more for what the new page moves.
    await page.route("**/api/orders", async (route) => {
      await inputIsOld(page);
      await route.continue();
    });
    await submit(page);
    await page.waitForURL("**/orders/*");
    await order(page, "processing").waitFor();
    await still(page, "the order opened");
    await letFinish(world, page.url().split("/").at(-1));
    await order(page, "completed").waitFor();
    await page.locator("[data-picture=output] img").first().evaluate((image) => image.decode());
    await still(page, "the picture shown");
  });
}

/** How far down the page the button is that sends the form. */
const buttonTop = (page) =>
  page.locator("[data-part=submit]").evaluate((button) => button.getBoundingClientRect().top + scrollY);

for (const [device, viewport] of DEVICES) {
  // What moves out of sight counts for nobody; under a finger it makes the press go beside it.
  test(`the button stays where it is while photos are added and the tries are told, on a ${device}`, async (t) => {
    for (const path of ["/", "/de/", "/es/", "/zh/"]) {
      const { page } = await visit(t, browser, world, { path, viewport });
      const top = await buttonTop(page);
      await page.locator("#person_image").setInputFiles(PERSON);
      await page.locator("#garment_images").setInputFiles(GARMENT);
      for (const field of ["person_image", "garment_images"]) {
        await page.locator(`#field-${field}[data-count="1"]`).waitFor();
      }
      await page.locator("[data-part=tries]:not(:empty)").waitFor();
      assert.equal(await buttonTop(page), top, path);
    }
  });
}
