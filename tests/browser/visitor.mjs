// A visitor: Chromium before the Worker under test. Whatever a page must never do is watched in every
// journey: break the content policy, throw, or speak to anybody else.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { World } from "../workerd/harness.mjs";
import { finish, seen } from "../workerd/provider.mjs";

/** The script that `audit` runs in a page. */
export const AXE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
export const PHONE = { width: 390, height: 844 };
export const DESK = { width: 1440, height: 900 };

const FIXTURES = join(dirname(fileURLToPath(import.meta.url)), "../fixtures");
export const PERSON = join(FIXTURES, "person.jpg");
export const GARMENT = join(FIXTURES, "garment.jpg");

/** What a sandbox needs so that no task ends before the test says so. */
export const UNTIL_TOLD = { "latency-ms": 3_600_000 };
/** Every visitor of a test comes from one address; the limit of its network is not the subject here. */
export const OPEN_NETWORK = { PREFIX_ORDERS_HOUR: "1000", PREFIX_ORDERS_DAY: "1000" };

// Longer than anything a page here waits for, so that a failure names its step and not the test's end.
const ACTION_MS = 20_000;

const CHROMIUM_ARGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  // A camera that shows a test card; whether a page may use it is still asked.
  "--use-fake-device-for-media-stream",
];

/** A browser that ends with the suite, started with these `args` besides. */
export async function startBrowser({ after }, args = []) {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: [...CHROMIUM_ARGS, ...args],
  });
  after(() => browser.close());
  return browser;
}

/**
 * A visitor with cookies of their own, on a phone unless `context` says otherwise. The test `t` fails at its
 * end when a page misbehaved; `expected` are the console messages that belong to the test.
 */
export async function visit(t, browser, world, { expected = [], path = "/", ...context } = {}) {
  const options = { baseURL: world.origin, viewport: PHONE, reducedMotion: "reduce", ...context };
  const visitor = await browser.newContext(options);
  visitor.setDefaultTimeout(ACTION_MS);
  const watched = watch(visitor, world.origin);
  t.after(async () => {
    await visitor.close();
    const wrong = watched.wrong.filter((line) => !expected.some((pattern) => pattern.test(line)));
    assert.deepEqual(wrong, []);
  });
  const page = await visitor.newPage();
  if (path) await page.goto(path);
  return { visitor, page, ...watched };
}

/** Lists what went `wrong`, and the `requests` for anything but static files as `METHOD /path`. */
export function watch(visitor, origin) {
  const wrong = [];
  const requests = [];
  visitor.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) wrong.push(message.text());
  });
  visitor.on("weberror", (error) => wrong.push(`${error.error()}`));
  visitor.on("request", (request) => {
    const url = new URL(request.url());
    if (url.protocol === "blob:") return;
    if (url.origin !== origin) wrong.push(`a request to ${url.origin}`);
    else if (/^\/(api|orders|i)\//.test(url.pathname)) requests.push(`${request.method()} ${url.pathname}`);
  });
  return { wrong, requests };
}

/** The way to the sandbox's provider of identities and back is the only one that leaves the site. */
export const ELSEWHERE = /^a request to http:\/\/127\.0\.0\.1:/;

/** Signs this person in at the sandbox's provider of identities, and comes back to `path`. */
export async function signIn(world, page, person, path) {
  const known = `${world.sandbox.api}/_control/identity/people/${person}`;
  assert.ok((await fetch(known, { method: "POST", body: "{}" })).ok);
  const settings = JSON.stringify({ identity_person: person });
  assert.ok((await fetch(`${world.sandbox.api}/_control/settings`, { method: "POST", body: settings })).ok);
  await page.goto(`/auth/google?return_to=${encodeURIComponent(path)}`);
  assert.equal(new URL(page.url()).pathname, path);
}

/** A visitor on `path` who is signed in as this person, with axe at hand for [`audit`]. */
export async function visitAs(t, browser, world, person, { path, expected = [], ...options }) {
  const met = await visit(t, browser, world, { path: null, expected: [ELSEWHERE, ...expected], ...options });
  await met.visitor.addInitScript({ path: AXE });
  await signIn(world, met.page, person, path);
  return met;
}

/** The box that has to be ticked. */
export const consent = (page) => page.getByRole("checkbox", { name: /I may use these photos/ });

/** Chooses both photos and consents. */
export async function fill(page, { person = PERSON, garments = [GARMENT] } = {}) {
  await page.getByLabel("The person").setInputFiles(person);
  await page.getByLabel("The garments").setInputFiles(garments);
  await consent(page).check();
}

/** A photo that the form has taken, by the name of its file. */
export const chosen = (page, name) => page.getByAltText(`Chosen photo ${name}`);

export const submit = (page) => page.getByRole("button", { name: "Make my picture" }).click();

/** The order's element, as it is in this status. */
export const order = (page, status) => page.locator(`order-status[data-status="${status}"]`);

/** Places an order through the form; its id, when the page shows it. */
export async function placeOrder(page) {
  await fill(page);
  await submit(page);
  await page.waitForURL("**/orders/*");
  return page.url().split("/").at(-1);
}

/** The provider's task of an order, once it works on it. */
async function taskOf(world, id) {
  const row = () => world.d1("SELECT task_id FROM orders WHERE id = ?", id);
  const [{ task_id: task }] = await seen(world, row, ([found]) => Boolean(found?.task_id));
  return task;
}

/** A world in which every order stays in line: the provider takes none without credits. */
export const startWaiting = (suite) =>
  World.start(suite, { sandbox: { ...UNTIL_TOLD, credits: 0 }, vars: OPEN_NETWORK });

/** Resolves when an order has come back from its first, vain start: until then it is seen under way. */
export const backInLine = (world, id) =>
  seen(world, () => world.d1("SELECT state, due_at FROM orders WHERE id = ?", id), ([found]) =>
    found?.state === "placed" && found.due_at > Date.now());

/** Lets the provider end an order's task now. */
export const letFinish = async (world, id) => finish(world, await taskOf(world, id));
