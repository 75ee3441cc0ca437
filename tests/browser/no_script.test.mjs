// The same order without any script: forms, redirects, and a page that loads itself again.
import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { World } from "../workerd/harness.mjs";
import {
  GARMENT, OPEN_NETWORK, PERSON, UNTIL_TOLD,
  backInLine, consent, fill, letFinish, order, placeOrder, startBrowser, startWaiting, submit, visit,
} from "./visitor.mjs";

const world = await World.start({ after }, { sandbox: UNTIL_TOLD, vars: OPEN_NETWORK });
const waiting = await startWaiting({ after });
const browser = await startBrowser({ after });
const visitWithout = (t, options, where = world) =>
  visit(t, browser, where, { javaScriptEnabled: false, ...options });

/** Sends the form as a browser does that checks no field before. */
async function submitUnchecked(page) {
  await page.locator("#order-form").evaluate((form) => form.setAttribute("novalidate", ""));
  await submit(page);
}

test("placed, followed by refreshes, downloaded and deleted", async (t) => {
  const gone = [/status of 410/];
  const { page } = await visitWithout(t, { expected: gone });
  const posted = page.waitForResponse((answer) => answer.request().method() === "POST");
  const id = await placeOrder(page);
  assert.equal((await posted).status(), 303);
  assert.equal((await posted).headers().location, `/orders/${id}`);
  await page.waitForRequest(`**/orders/${id}`);
  await order(page, "processing").waitFor();
  await letFinish(world, id);
  await order(page, "completed").waitFor();
  for (const part of ["output", "person", "garments"]) {
    const image = page.locator(`[data-picture="${part}"] img`);
    await image.evaluate((element) => element.decode());
    assert.ok((await image.boundingBox()).width > 50, part);
  }
  assert.equal(await page.locator("meta[http-equiv=refresh]").count(), 0);
  // The result and the original stand one after the other, and nothing is offered that needs a script.
  const [result, original] = await Promise.all(["output", "person"].map((part) =>
    page.locator(`[data-picture="${part}"] img`).boundingBox()));
  assert.ok(result.y + result.height <= original.y, "the original stands below");
  assert.equal(await page.getByRole("slider").count(), 0);
  assert.deepEqual(await page.getByRole("main").getByRole("button").allTextContents(), []);

  await page.getByText("Report a problem").click();
  await page.getByRole("checkbox", { name: "The face has changed" }).check();
  await page.getByRole("checkbox", { name: "Something else" }).check();
  await page.getByRole("button", { name: "Send report" }).click();
  await page.getByText("Thank you. Your report is counted").waitFor();
  assert.equal(page.url(), `${world.origin}/orders/${id}`);
  const [{ problems }] = await world.d1("SELECT problems FROM orders WHERE id = ?", id);
  assert.deepEqual(JSON.parse(problems), ["face_changed", "other"]);

  const saved = page.waitForEvent("download");
  await page.getByRole("link", { name: "Download" }).click();
  const stored = await Promise.all((await world.files()).map((file) => world.file(file)));
  const bytes = await readFile(await (await saved).path());
  assert.equal(stored.filter((file) => file.equals(bytes)).length, 1);

  await page.getByText("Delete now").click();
  await page.getByRole("button", { name: "Yes, delete everything" }).click();
  await page.getByRole("heading", { name: "Deleted or expired" }).waitFor();
  assert.equal(page.url(), `${world.origin}/orders/${id}`);
  assert.deepEqual(await world.files(), []);
  assert.doesNotMatch(await page.getByRole("main").textContent(), /error/i);
  await page.getByRole("link", { name: "Make a new picture" }).click();
  await page.getByRole("button", { name: "Make my picture" }).waitFor();
});

test("stopped while it waits", async (t) => {
  const { page } = await visitWithout(t, {}, waiting);
  const id = await placeOrder(page);
  await backInLine(waiting, id);
  await order(page, "queued").waitFor();
  await page.getByText("Stop this order").click();
  await page.getByRole("button", { name: "Yes, stop it" }).click();
  await order(page, "canceled").waitFor();
  assert.equal(page.url(), `${waiting.origin}/orders/${id}`);
  const [{ state, task_id: task }] = await waiting.d1("SELECT state, task_id FROM orders WHERE id = ?", id);
  assert.deepEqual([state, task], ["canceled", null]);
});

/** Fills every text field with something other than its default. */
async function chooseEverything(page) {
  await page.getByRole("radio", { name: "Jacket or coat" }).check();
  await page.getByRole("radio", { name: "Editorial" }).check();
  await page.getByRole("radio", { name: "Upper body" }).check();
  await page.getByText("More options").click();
  for (const choice of ["Somebody wearing it", "2K, about 2048 pixels", "Portrait 4:5", "PNG"]) {
    await page.getByRole("radio", { name: choice }).check();
  }
  await page.getByLabel("Anything else?").fill("\n  two buttons \"open\" <b>&amp;");
}

const textFields = (page) =>
  page.locator("#order-form").evaluate((form) =>
    Object.fromEntries([...new FormData(form)].filter(([, value]) => typeof value === "string")));

const folder = await mkdtemp(join(tmpdir(), "anytryon-photos-"));
after(() => rm(folder, { recursive: true }));
/** A file of this name; its path. */
async function file(name, bytes) {
  await writeFile(join(folder, name), bytes);
  return join(folder, name);
}
const NO_PHOTO = await file("none.jpg", "no picture");
const photo = await readFile(PERSON);
const TOO_LARGE = await file("large.jpg", Buffer.concat([photo, Buffer.alloc(11_000_000)]));
const LARGE = await file("heavy.jpg", Buffer.concat([photo, Buffer.alloc(9_800_000)]));
const REFUSALS = [
  ["no consent", {}, "consent", 422, /Tick the box/],
  ["a photo that is none", { person: NO_PHOTO }, "person_image", 415, /JPEG/],
  ["a photo over 10 MB", { person: TOO_LARGE }, "person_image", 413, /10 MB/],
  ["photos of 30 MB together", { garments: Array(3).fill(LARGE) }, null, 413, /24 MB/],
  ["too many garments", { garments: Array(5).fill(GARMENT) }, "garment_images", 422, /at most 4/],
];

for (const [name, photos, field, status, detail] of REFUSALS) {
  test(`refused for ${name}: said at the field, what was typed is kept`, async (t) => {
    const { page } = await visitWithout(t, { expected: [new RegExp(`status of ${status}`)] });
    await fill(page, photos);
    await chooseEverything(page);
    if (field === "consent") await consent(page).uncheck();
    const typed = await textFields(page);
    assert.equal(Object.keys(typed).length, field === "consent" ? 8 : 9);
    const answered = page.waitForResponse((answer) => answer.request().method() === "POST");
    await submitUnchecked(page);
    assert.equal((await answered).status(), status);
    const error = page.locator(field ? `#error-${field}` : "[data-part=error-detail]");
    await error.waitFor();
    assert.match(await error.textContent(), detail);
    assert.ok(await page.getByRole("alert").isVisible());
    assert.deepEqual(await textFields(page), typed);
    assert.match(await page.getByRole("alert").textContent(), /choose the photos again/i);
  });
}

test("the form goes through when it is corrected", async (t) => {
  const { page } = await visitWithout(t, { expected: [/status of 422/] });
  await fill(page);
  await consent(page).uncheck();
  await submitUnchecked(page);
  await page.locator("#error-consent").waitFor();
  await placeOrder(page);
});

test("the waitlist thanks, and says the same again", async (t) => {
  const { page } = await visitWithout(t);
  for (let times = 0; times < 2; times += 1) {
    await page.goto("/");
    await page.getByLabel("Email address").fill("someone@example.com");
    await page.getByRole("button", { name: "Tell me" }).click();
    await page.getByRole("heading", { name: "Thank you" }).waitFor();
  }
  const rows = await world.d1("SELECT email, source FROM waitlist");
  assert.deepEqual(rows, [{ email: "someone@example.com", source: "home" }]);
});
