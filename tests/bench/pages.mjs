// The pages as a phone of the middle class on a slow mobile network gets them: see NOTES.md for what stands in between.
import { createRequire } from "node:module";
import lighthouse from "lighthouse";
import { step } from "../../.make/step.mjs";
import { startFront, trust } from "../browser/front.mjs";
import { countedShifts, observeShifts, score } from "../browser/layout_shift.mjs";
import { EXAMPLE_PICTURE, siteScripts, staticPages } from "../browser/site_pages.mjs";
import { OPEN_NETWORK, PHONE, UNTIL_TOLD, letFinish, order, startBrowser, submit } from "../browser/visitor.mjs";
import { World, freePort } from "../workerd/harness.mjs";
import { place } from "../workerd/orders.mjs";

const RUNS = 5;
const JOURNEYS = 3;
const ACTION_MS = 60_000;
const CPU_SLOWDOWN = 4;
const NETWORK = { latency: 150, downloadThroughput: 1_600_000 / 8, uploadThroughput: 750_000 / 8 };
const LCP_MS_MAX = 1_200;
const INP_MS_MAX = 100;
const CLS_MAX = 0.02;
const FIRST_PAGE_BYTES_MAX = 60_000;
const SCRIPT_BYTES_MAX = 40_000;
const LIGHTHOUSE_MIN = 98;
const CATEGORIES = ["performance", "accessibility", "best-practices", "seo"];
// A page that asks not to be found loses the points of the fourth for that.
const UNLISTED_CATEGORIES = CATEGORIES.slice(0, 3);

const require = createRequire(import.meta.url);
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const kilobytes = (bytes) => `${(bytes / 1_000).toFixed(1)} KB`;

/** Everything that was started, ended in the opposite order. */
class Started {
  #ends = [];
  after = (end) => void this.#ends.unshift(end);
  async end() {
    for (const end of this.#ends) await end();
  }
}

/** A visitor who was never here, on the slow phone; `network: false` leaves the network as it is. */
async function newVisitor(browser, front, { network = true } = {}) {
  const context = await browser.newContext({
    baseURL: front.origin, viewport: PHONE, deviceScaleFactor: 2, isMobile: true, hasTouch: true,
  });
  context.setDefaultTimeout(ACTION_MS);
  await observeShifts(context);
  await context.addInitScript(() => {
    globalThis.paints = [];
    globalThis.interactions = [];
    new PerformanceObserver((list) => {
      for (const { startTime, element } of list.getEntries()) {
        globalThis.paints.push({ startTime, element: element?.outerHTML.slice(0, 80) ?? "" });
      }
    }).observe({ type: "largest-contentful-paint", buffered: true });
    new PerformanceObserver((list) => {
      for (const { interactionId, name, duration, target } of list.getEntries()) {
        const on = target ? `${target.localName}.${target.className}` : "";
        if (interactionId) globalThis.interactions.push({ name, duration, on });
      }
    }).observe({ type: "event", durationThreshold: 16, buffered: true });
  });
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await devtools.send("Network.enable");
  if (network) await devtools.send("Network.emulateNetworkConditions", { offline: false, ...NETWORK });
  await devtools.send("Emulation.setCPUThrottlingRate", { rate: CPU_SLOWDOWN });
  return { context, page, devtools };
}

/** Notes what comes over the wire, headers included, by kind of resource. */
function weigh(devtools) {
  const kinds = new Map();
  const bytes = {};
  devtools.on("Network.responseReceived", ({ requestId, type, response }) => {
    kinds.set(requestId, EXAMPLE_PICTURE.test(response.mimeType) ? "example pictures" : type.toLowerCase());
  });
  devtools.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    const kind = kinds.get(requestId);
    if (kind) bytes[kind] = (bytes[kind] ?? 0) + encodedDataLength;
  });
  return bytes;
}

/** One load of the start page with nothing cached. */
async function load(browser, front) {
  const { context, page, devtools } = await newVisitor(browser, front);
  const bytes = weigh(devtools);
  await page.goto("/", { waitUntil: "networkidle" });
  const cls = score(await countedShifts(page));
  const { startTime: lcp, element } = (await page.evaluate(() => globalThis.paints)).at(-1);
  await context.close();
  return { lcp_ms: Math.round(lcp), lcp_element: element, cls, bytes };
}

/** A photo of 12 megapixels, as phones take them. */
async function phonePhoto(browser, name) {
  const page = await browser.newPage();
  const base64 = await page.evaluate(async () => {
    const canvas = Object.assign(document.createElement("canvas"), { width: 3_000, height: 4_000 });
    const pen = canvas.getContext("2d");
    for (let band = 0; band < 40; band += 1) {
      pen.fillStyle = `hsl(${band * 9} 50% 60%)`;
      pen.fillRect(0, band * 100, 3_000, 100);
    }
    const address = canvas.toDataURL("image/jpeg", 0.9);
    return address.slice(address.indexOf(",") + 1);
  });
  await page.close();
  return { name, mimeType: "image/jpeg", buffer: Buffer.from(base64, "base64") };
}

/** The interactions so far, the slowest first, and forgets them. */
async function interactions(page) {
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done))));
  return page.evaluate(() => globalThis.interactions.splice(0).sort((a, b) => b.duration - a.duration));
}

// A finger comes when the page stands still. `force`: Playwright's own check of what lies under the finger is a script
// in the page, and would be counted.
async function tapEach(page, locators) {
  for (const locator of await locators.all()) {
    if (!(await locator.isVisible())) continue;
    await locator.scrollIntoViewIfNeeded();
    await page.evaluate(() => new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted))));
    await locator.tap({ force: true });
  }
}

/** Uses every control of the form in the order of the page, then sends it. What is there is used, whatever it is. */
async function fillByHand(page, photos) {
  const form = page.locator("#order-form");
  for (const [index, input] of (await form.locator("input[type=file]").all()).entries()) {
    await input.setInputFiles(photos[Math.min(index, photos.length - 1)]);
  }
  await tapEach(page, form.locator("details > summary"));
  await tapEach(page, form.locator("label:has(input[type=radio])"));
  for (const select of await form.locator("select").all()) {
    if (!(await select.isVisible())) continue;
    await select.focus();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowUp");
  }
  for (const text of await form.locator("textarea").all()) {
    await text.tap();
    await page.keyboard.type("tuck it in, please");
  }
  await form.getByRole("checkbox").last().check();
  await submit(page);
}

async function journey(browser, front, world) {
  const photos = [await phonePhoto(browser, "person.jpg"), await phonePhoto(browser, "garment.jpg")];
  const { context, page } = await newVisitor(browser, front);
  await page.goto("/");
  await fillByHand(page, photos);
  await page.waitForURL("**/orders/*");
  const home = await interactions(page);
  const id = page.url().split("/").at(-1);
  await letFinish(world, id);
  await order(page, "completed").waitFor();
  await page.goto(`/orders/${id}`, { waitUntil: "networkidle" });
  for (const slider of await page.locator("input[type=range]").all()) {
    const { x, y, width, height } = await slider.boundingBox();
    await page.mouse.move(x + width / 2, y + height / 2);
    await page.mouse.down();
    for (const share of [0.6, 0.8, 0.4, 0.2]) await page.mouse.move(x + width * share, y + height / 2);
    await page.mouse.up();
    await slider.press("ArrowRight");
  }
  await tapEach(page, page.locator("main details > summary"));
  await tapEach(page, page.locator("main button[data-part=copy]"));
  const orderPage = await interactions(page);
  await context.close();
  return { home, order: orderPage };
}

/** The scores of one page out of 100, and the audits that cost points. */
async function judge(url, port, onlyCategories) {
  const { lhr } = await lighthouse(url, { port, onlyCategories, logLevel: "error", output: "json" });
  const scores = {};
  const lost = [];
  for (const { id, score: share, auditRefs } of Object.values(lhr.categories)) {
    scores[id] = Math.round((share ?? 0) * 100);
    for (const { id: audit, weight } of auditRefs) {
      const { score: part, displayValue = "" } = lhr.audits[audit];
      if (weight > 0 && part !== null && part < 0.9) lost.push(`${audit} ${displayValue}`.trim());
    }
  }
  return { scores, lost, ...(lhr.runtimeError && { error: lhr.runtimeError.message }) };
}

async function judgeAll(front, world, port) {
  const { order: placed } = await place(world);
  await letFinish(world, placed.id);
  const found = {};
  for (const path of staticPages()) {
    await step(`Lighthouse on ${path}`, async () => {
      const unlisted = (await (await fetch(world.origin + path)).text()).includes('name="robots" content="noindex"');
      found[path] = await judge(front.origin + path, port, unlisted ? UNLISTED_CATEGORIES : CATEGORIES);
    });
  }
  await step("Lighthouse on an order page", async () => {
    found["order page"] = await judge(`${front.origin}/orders/${placed.id}`, port, UNLISTED_CATEGORIES);
  });
  return found;
}

function rowsOf({ lcp_ms, cls, inp_ms, first_page_bytes, script_bytes, lighthouse: judged }) {
  const most = (what, value, limit, show) => [what, show(value), `≤ ${show(limit)}`, value <= limit];
  const ms = (value) => `${value} ms`;
  return [
    most("/: largest contentful paint", lcp_ms, LCP_MS_MAX, ms),
    most("/: layout shift", cls, CLS_MAX, (value) => value.toFixed(3)),
    most("/: slowest interaction", inp_ms.home, INP_MS_MAX, ms),
    most("order page: slowest interaction", inp_ms.order, INP_MS_MAX, ms),
    most("/: bytes without example pictures", first_page_bytes.without_pictures, FIRST_PAGE_BYTES_MAX, kilobytes),
    ["/: bytes with example pictures", kilobytes(first_page_bytes.all), null, true],
    ...Object.entries(first_page_bytes.by_type).map(([type, bytes]) => [`/: ${type}`, kilobytes(bytes), null, true]),
    most("JavaScript of the site, gzipped", script_bytes, SCRIPT_BYTES_MAX, kilobytes),
    ...Object.entries(judged).flatMap(([page, { scores }]) => Object.entries(scores).map(([category, points]) =>
      [`${page}: Lighthouse, ${category}`, `${points}`, `≥ ${LIGHTHOUSE_MIN}`, points >= LIGHTHOUSE_MIN])),
  ];
}

const slowest = (list) => list[0]?.duration ?? 0;
/** Of several journeys' interactions those whose slowest is the median of the slowest. */
const middle = (lists) => [...lists].sort((a, b) => slowest(a) - slowest(b))[Math.floor(lists.length / 2)];
const sum = (values) => values.reduce((total, value) => total + value, 0);

async function measureAll(started) {
  const world = await World.start(started, { sandbox: UNTIL_TOLD, vars: OPEN_NETWORK });
  const front = await startFront(started, world);
  const port = await freePort();
  const browser = await startBrowser(started, [...trust(front.certificate), `--remote-debugging-port=${port}`]);

  const loads = [];
  await step(`Load the start page ${RUNS} times`, async () => {
    for (let run = 0; run < RUNS; run += 1) loads.push(await load(browser, front));
  });
  const journeys = [];
  await step(`Use the form and an order page ${JOURNEYS} times`, async () => {
    for (let run = 0; run < JOURNEYS; run += 1) journeys.push(await journey(browser, front, world));
  });
  const home = middle(journeys.map((used) => used.home));
  const orderPage = middle(journeys.map((used) => used.order));
  const judged = await judgeAll(front, world, port);

  const [{ bytes }] = loads;
  const pictures = bytes["example pictures"] ?? 0;
  const results = {
    lcp_ms: median(loads.map(({ lcp_ms }) => lcp_ms)),
    lcp_runs_ms: loads.map(({ lcp_ms }) => lcp_ms),
    lcp_element: loads[0].lcp_element,
    cls: median(loads.map(({ cls }) => cls)),
    inp_ms: { home: slowest(home), order: slowest(orderPage) },
    inp_runs_ms: {
      home: journeys.map((used) => slowest(used.home)), order: journeys.map((used) => slowest(used.order)),
    },
    interactions: { home: home.length, order: orderPage.length },
    slowest_interactions: { home: home.slice(0, 5), order: orderPage.slice(0, 5) },
    first_page_bytes: {
      all: sum(Object.values(bytes)), without_pictures: sum(Object.values(bytes)) - pictures, by_type: bytes,
    },
    script_bytes: sum(siteScripts().map(({ gzipped }) => gzipped)),
    lighthouse: judged,
  };
  const version = (name) => require(`${name}/package.json`).version;
  const versions = {
    chromium: browser.version(), lighthouse: version("lighthouse"), playwright: version("playwright-core"),
    miniflare: version("miniflare"), workerd: version("workerd"),
  };
  return { versions, results };
}

export async function measure() {
  const started = new Started();
  try {
    const { versions, results } = await measureAll(started);
    const notes = Object.entries(results.lighthouse)
      .filter(([, { lost, error }]) => lost.length > 0 || error)
      .map(([page, { lost, error }]) => `Lighthouse on ${page}: ${[error, ...lost].filter(Boolean).join("; ")}`);
    const [worst] = results.slowest_interactions.home;
    if (worst) notes.push(`The slowest interaction on /: ${worst.name} on ${worst.on}`);
    const { lcp_ms, inp_ms, cls, first_page_bytes } = results;
    const headline = { front_end: { page_bytes: first_page_bytes.without_pictures, lcp_ms, inp_ms, cls } };
    return { versions, results, headline, rows: rowsOf(results), notes };
  } finally {
    await started.end();
  }
}
