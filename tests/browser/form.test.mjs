// What the form says before anything is sent.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, test } from "node:test";
import { World } from "../workerd/harness.mjs";
import { GARMENT, PERSON, fill, startBrowser, submit, visit } from "./visitor.mjs";

const world = await World.start({ after });
const browser = await startBrowser({ after });

const photo = await readFile(GARMENT);
/** A photo of so many bytes; up to 10 MB it is sent as it is, above that as a smaller copy. */
const weighing = (bytes, name) =>
  ({ name, mimeType: "image/jpeg", buffer: Buffer.concat([photo, Buffer.alloc(bytes - photo.length)]) });
const AS_IT_IS = 9_000_000;
const AS_A_COPY = 11_000_000;

const HEAVY = /over 24 MB/;
const garments = (page) => page.getByLabel("The garments");
const problem = (page, field) => page.locator(`#error-${field}`);
const posts = (requests) => requests.filter((line) => line.startsWith("POST"));

test("photos over 24 MB together: said while choosing, nothing sent, taken back with a photo", async (t) => {
  const { page, requests } = await visit(t, browser, world);
  await fill(page, { garments: [weighing(AS_IT_IS, "a.jpg"), weighing(AS_IT_IS, "b.jpg")] });
  await page.getByRole("button", { name: "Remove b.jpg" }).waitFor();
  assert.ok(await problem(page, "garment_images").isHidden(), "18 MB are fine");
  await garments(page).setInputFiles([weighing(AS_IT_IS, "c.jpg")]);
  await problem(page, "garment_images").waitFor();
  assert.match(await problem(page, "garment_images").textContent(), HEAVY);
  assert.equal(await garments(page).getAttribute("aria-invalid"), "true");

  await submit(page);
  await page.locator("order-form:not([data-busy])").waitFor();
  assert.ok(await problem(page, "garment_images").isVisible());
  await page.waitForFunction(() => document.activeElement?.id === "garment_images");
  assert.deepEqual(posts(requests), []);

  await page.getByRole("button", { name: "Remove b.jpg" }).click();
  await problem(page, "garment_images").waitFor({ state: "hidden" });
  assert.equal(await garments(page).getAttribute("aria-invalid"), null);
});

test("photos that are sent as smaller copies are weighed as such", async (t) => {
  const { page } = await visit(t, browser, world);
  await fill(page, { garments: ["a.jpg", "b.jpg", "c.jpg"].map((name) => weighing(AS_A_COPY, name)) });
  await submit(page);
  await page.waitForURL("**/orders/*");
});

test("a shape that is not made at the chosen size is said at once and not sent", async (t) => {
  const { page, requests } = await visit(t, browser, world);
  // No such pair with this model; the page names them like this.
  await page.locator("option[value='1:1']").evaluate((option) => option.setAttribute("data-not-at", "2K 4K"));
  await fill(page, { person: PERSON });
  await page.getByText("More options").click();
  await page.getByLabel("Size").selectOption("4K");
  await page.getByLabel("Shape").selectOption("1:1");
  await problem(page, "aspect_ratio").waitFor();
  await page.getByText("More options").click();
  await submit(page);
  await page.waitForFunction(() => document.activeElement?.id === "aspect_ratio");
  assert.deepEqual(posts(requests), []);
  await page.getByLabel("Size").selectOption("1K");
  await problem(page, "aspect_ratio").waitFor({ state: "hidden" });
  await submit(page);
  await page.waitForURL("**/orders/*");
});
