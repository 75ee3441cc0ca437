// History as its owner meets it: with and without scripts, and for people who use a keyboard, a screen reader or a small
// screen.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, test } from "node:test";
import { World } from "../workerd/harness.mjs";
import { audit as auditPage } from "./audit.mjs";
import { DESK, OPEN_NETWORK, PHONE, order, placeOrder, startBrowser, visitAs as visitSignedIn } from "./visitor.mjs";

const world = await World.start({ after }, { sandbox: { "latency-ms": 50 }, vars: OPEN_NETWORK });
const browser = await startBrowser({ after });

/** Entries of one page. */
const PAGE = 24;

/** With everything open. */
const audit = (page, name) => auditPage(page, name, { unfold: true });

/** Somebody who is signed in, on `path`. */
const visitAs = (t, person, options = {}) => visitSignedIn(t, browser, world, person, { path: "/history", ...options });

/** Makes a picture through the form; the order's id, when the picture is shown and its preview is stored. */
async function make(page) {
  await page.goto("/");
  const sent = page.waitForResponse((answer) => /\/preview$/.test(answer.url()));
  const id = await placeOrder(page);
  await order(page, "completed").waitFor();
  assert.equal((await sent).status(), 204);
  return id;
}

/** Copies an order so many times; the copies are older, and the first of them is the oldest. */
const multiply = (id, count) =>
  world.d1(`WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < ?)
    INSERT INTO orders (id, version, state, visitor, options, prompt_version, model, images, metadata_removed, result_key,
      callback_token, tasks, parked, created_at, completed_at, account, kept, preview)
    SELECT printf('%040d', n), version, state, visitor, options, prompt_version, model, images, metadata_removed,
      result_key, callback_token, tasks, parked, created_at, completed_at, account, 1, preview FROM orders, n WHERE id = ?`,
  count, id);

const entries = (page) => page.locator(".entry");
const entry = (page, id) => page.locator(`.entry[data-id="${id}"]`);
const told = (page) => page.locator("[data-part=told_words]");
const pick = (page, id) => entry(page, id).getByRole("checkbox").check();
const noted = async (page, id) => {
  const { orders } = await (await page.request.get("/api/history")).json();
  return orders.find((one) => one.id === id);
};

test("a picture that an account makes is kept, with a small one that the browser has drawn", async (t) => {
  const { page, requests } = await visitAs(t, "ada");
  await page.getByRole("heading", { name: "Nothing here yet" }).waitFor();
  await audit(page, "nothing yet");
  await page.setViewportSize(PHONE);
  const id = await make(page);
  assert.equal(requests.filter((one) => one === `PUT /api/orders/${id}/preview`).length, 1);
  const kept = order(page, "completed");
  await kept.getByText("Only you can see it").filter({ visible: true }).waitFor();
  assert.equal(await kept.getByText("Whoever has it").filter({ visible: true }).count(), 0);
  assert.equal(await kept.getByRole("textbox", { name: "Private link to this order" }).count(), 0);
  await audit(page, "the order");
  await kept.getByRole("link", { name: "To your History" }).click();
  const picture = entry(page, id).getByRole("img");
  await picture.evaluate((image) => image.decode());
  const { preview } = await noted(page, id);
  assert.equal(await picture.getAttribute("src"), preview.url);
  assert.ok(Math.max(preview.width, preview.height) <= 320, "small");
  await audit(page, "one picture");
  await page.goto(`/orders/${id}`);
  await kept.getByText("Only you can see it").filter({ visible: true }).waitFor();
  await page.locator("[data-picture=output] img").evaluate((image) => image.decode());
  assert.equal(requests.filter((one) => one.startsWith("PUT ")).length, 1, "drawn once");
});

test("an order is put into the trash on its own page, and says where it went", async (t) => {
  const { page } = await visitAs(t, "ada");
  const id = await make(page);
  await page.getByText("Move to trash").first().click();
  await page.getByText("You can bring it back for 29 days").waitFor();
  await page.getByRole("button", { name: "Move to trash" }).click();
  await page.getByRole("heading", { name: "In the trash" }).waitFor();
  await audit(page, "deleted");
  await page.getByRole("link", { name: "To the trash" }).click();
  await entry(page, id).getByText("29 days left").waitFor();
});

test("stars, labels and ratings are noted without leaving the page", async (t) => {
  const { page } = await visitAs(t, "ben");
  const id = await make(page);
  await page.goto("/history");
  const address = page.url();
  const star = entry(page, id).getByRole("button", { name: /star: / });
  await entry(page, id).getByRole("button", { name: /^Star: / }).click();
  await entry(page, id).getByRole("button", { name: /^Remove the star: / }).waitFor();
  assert.equal(await star.getAttribute("aria-pressed"), "true");
  await entry(page, id).getByText("Label and rating").click();
  await entry(page, id).getByLabel("Label").fill("Summer <coat>");
  await entry(page, id).getByLabel("Rating").selectOption("4");
  await entry(page, id).getByRole("button", { name: "Save" }).click();
  await told(page).getByText("Done.").waitFor();
  await entry(page, id).locator("[data-part=name]", { hasText: "Summer <coat>" }).waitFor();
  assert.equal(page.url(), address);
  const { starred, rating, label } = await noted(page, id);
  assert.deepEqual({ starred, rating, label }, { starred: true, rating: 4, label: "Summer <coat>" });
  // What assistive technology is told goes with it.
  await entry(page, id).getByRole("checkbox", { name: "Select: Summer <coat>" }).waitFor();
  await entry(page, id).getByRole("button", { name: "Remove the star: Summer <coat>" }).waitFor();
  await entry(page, id).getByLabel("Label").fill("");
  await entry(page, id).getByRole("button", { name: "Save" }).click();
  await entry(page, id).locator("[data-part=name]", { hasText: "Summer" }).waitFor({ state: "detached" });
  assert.equal((await noted(page, id)).label, null);
});

test("what is deleted comes back by undo and from the trash, which tells its days", async (t) => {
  const { page } = await visitAs(t, "chen");
  const id = await make(page);
  await page.goto("/history");
  const remove = page.getByRole("button", { name: "Move to trash" });
  assert.equal(await remove.count(), 0, "nothing is chosen");
  await pick(page, id);
  await remove.click();
  await told(page).getByText("Moved to the trash.").waitFor();
  assert.equal(await entries(page).count(), 0);
  await page.getByRole("heading", { name: "Nothing here yet" }).waitFor();
  const undo = page.getByRole("button", { name: "Undo" });
  assert.ok(await undo.evaluate((button) => button === document.activeElement));
  await undo.click();
  await told(page).getByText("Restored.").waitFor();
  assert.ok(await noted(page, id));
  assert.ok(!(await entry(page, id).getByRole("checkbox").isChecked()));
  await pick(page, id);
  await remove.click();
  await told(page).getByText("Moved to the trash.").waitFor();
  await page.getByRole("link", { name: "Trash", exact: true }).click();
  await entry(page, id).getByText("29 days left").waitFor();
  assert.equal(await entry(page, id).locator(".entry__days--soon").count(), 0, "there is time");
  await entry(page, id).getByRole("img").evaluate((image) => image.decode());
  await audit(page, "the trash");
  await pick(page, id);
  await page.getByRole("button", { name: "Restore", exact: true }).click();
  await told(page).getByText("Restored.").waitFor();
  await page.getByRole("heading", { name: "The trash is empty" }).waitFor();
  assert.ok(await noted(page, id));
  await audit(page, "an empty trash");
});

test("further pages come below, and a selection reaches over them into one zip", async (t) => {
  const { page } = await visitAs(t, "dora");
  const id = await make(page);
  await multiply(id, 2 * PAGE);
  await page.goto("/history");
  assert.equal(await entries(page).count(), PAGE);
  await audit(page, "the grid");
  await page.setViewportSize(DESK);
  await page.goto("/history");
  for (const count of [2 * PAGE, 2 * PAGE + 1]) {
    await page.getByRole("link", { name: "Load more" }).click();
    await entries(page).nth(count - 1).waitFor();
  }
  assert.equal(await page.getByRole("link", { name: "Load more" }).count(), 0);
  const ids = await entries(page).evaluateAll((all) => all.map((one) => one.dataset.id));
  assert.equal(new Set(ids).size, 2 * PAGE + 1);
  const boxes = entries(page).getByRole("checkbox");
  await boxes.nth(0).check();
  await boxes.nth(2).click({ modifiers: ["Shift"] });
  await page.locator("[data-part=count]", { hasText: /^3$/ }).waitFor();
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download as zip" }).click();
  const bytes = readFileSync(await (await download).path());
  assert.equal(bytes.subarray(0, 4).toString("latin1"), "PK\x03\x04");
  assert.equal(bytes.readUInt16LE(bytes.length - 22 + 10), 3, "pictures in the zip");
});

test("without scripts every link and form works", async (t) => {
  const { page: scripted } = await visitAs(t, "ben");
  const id = await make(scripted);
  const { page } = await visitAs(t, "ben", { javaScriptEnabled: false });
  await entry(page, id).getByRole("button", { name: /^Star: / }).click();
  await told(page).getByText("Done.").waitFor();
  await entry(page, id).getByText("Label and rating").click();
  await entry(page, id).getByLabel("Label").fill("Walk");
  await entry(page, id).getByRole("button", { name: "Save" }).click();
  await entry(page, id).locator("[data-part=name]", { hasText: "Walk" }).waitFor();
  await page.getByText("Search and filter").click();
  await page.getByLabel("Search labels and choices").fill("walk");
  await page.getByRole("button", { name: "Show", exact: true }).click();
  assert.equal(await entries(page).count(), 1);
  await pick(page, id);
  await page.getByRole("button", { name: "Move to trash" }).click();
  await page.getByRole("heading", { name: "Nothing found" }).waitFor();
  await page.locator("[data-part=nothing]").getByRole("link", { name: "Show all" }).click();
  await page.waitForURL(`${world.origin}/history`);
  await page.getByRole("link", { name: "Trash", exact: true }).click();
  await entry(page, id).getByText("29 days left").waitFor();
  await page.locator("summary", { hasText: "Empty the trash now" }).click();
  await page.getByRole("button", { name: "Delete for good" }).click();
  await page.getByRole("heading", { name: "The trash is empty" }).waitFor();
  assert.equal((await scripted.request.get(`/api/orders/${id}`)).status(), 410);
});
