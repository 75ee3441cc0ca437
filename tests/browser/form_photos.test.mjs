// Photos from everywhere: pasted, dropped, from the camera, a sample, remembered, of an earlier order.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, test } from "node:test";
import { World } from "../workerd/harness.mjs";
import { CANARY, HEIC, drawn, keepSent, sentParts, withPlace } from "./photos.mjs";
import {
  DESK, GARMENT, OPEN_NETWORK, PERSON, UNTIL_TOLD,
  chosen, consent, fill, letFinish, order, placeOrder, startBrowser, submit, visit,
} from "./visitor.mjs";

const world = await World.start({ after }, { sandbox: UNTIL_TOLD, vars: OPEN_NETWORK });
const browser = await startBrowser({ after });

const field = (page, name) => page.locator(`#field-${name}`);
const person = (page) => field(page, "person_image");
const garments = (page) => field(page, "garment_images");
const problem = (page, name) => page.locator(`#error-${name}`);
const names = (page, input) =>
  page.getByLabel(input).evaluate((element) => Array.from(element.files, (file) => file.name));

/** A clipboard or a drag with these files, inside the page. */
const transfer = (page, ...files) =>
  page.evaluateHandle((list) => {
    const data = new DataTransfer();
    for (const [name, base64] of list) {
      const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
      data.items.add(new File([bytes], name, { type: "image/jpeg" }));
    }
    return data;
  }, files.map(([name, path]) => [name, readFileSync(path).toString("base64")]));

async function paste(page, selector, ...files) {
  const data = await transfer(page, ...files);
  await page.locator(selector).evaluate((element, clipboardData) =>
    element.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true })), data);
}

test("pasted: first the person, then garments, and never while typing", async (t) => {
  const { page } = await visit(t, browser, world);
  await page.getByText("More options").click();
  await paste(page, "#instructions", ["typed.jpg", PERSON]);
  await paste(page, "body", ["me.jpg", PERSON]);
  await chosen(page, "me.jpg").waitFor();
  await paste(page, "body", ["shirt.jpg", GARMENT], ["hat.jpg", GARMENT]);
  await chosen(page, "hat.jpg").waitFor();
  assert.deepEqual(await names(page, "The person"), ["me.jpg"]);
  assert.deepEqual(await names(page, "The garments"), ["shirt.jpg", "hat.jpg"]);
});

test("dragged over the page: the fields light up; dropped: it lands where it was let go", async (t) => {
  const { page } = await visit(t, browser, world, { viewport: DESK });
  const dataTransfer = await transfer(page, ["coat.jpg", GARMENT]);
  await page.dispatchEvent("main", "dragover", { dataTransfer });
  assert.equal(await page.locator("photo-field[data-awaited]").count(), 2);
  await page.dispatchEvent("#field-garment_images .tips", "dragover", { dataTransfer });
  assert.equal(await page.locator("photo-field[data-over]").getAttribute("id"), "field-garment_images");
  await page.dispatchEvent("#field-garment_images .tips", "drop", { dataTransfer });
  await chosen(page, "coat.jpg").waitFor();
  assert.equal(await page.locator("photo-field[data-awaited]").count(), 0);
  assert.deepEqual(await names(page, "The garments"), ["coat.jpg"]);
  await page.dispatchEvent("footer", "drop", { dataTransfer: await transfer(page, ["me.jpg", PERSON]) });
  await chosen(page, "me.jpg").waitFor();
  assert.deepEqual(await names(page, "The person"), ["me.jpg"]);
});

/** Notes every camera that the page turns on. */
const watchCameras = (visitor) =>
  visitor.addInitScript(() => {
    globalThis.streams = [];
    const ask = MediaDevices.prototype.getUserMedia;
    MediaDevices.prototype.getUserMedia = async function watched(...args) {
      const stream = await ask.apply(this, args);
      globalThis.streams.push(stream);
      return stream;
    };
  });

const cameras = (page) =>
  page.evaluate(() => globalThis.streams.flatMap((stream) => stream.getTracks().map(({ readyState }) => readyState)));

test("the camera of a computer: a photo is taken, and the camera is off after it and after closing", async (t) => {
  const { page, visitor } = await visit(t, browser, world, { path: null, viewport: DESK });
  await visitor.grantPermissions(["camera"]);
  await watchCameras(visitor);
  await page.goto("/");
  const dialog = page.getByRole("dialog", { name: "Take a photo" });
  await person(page).getByRole("button", { name: "Use camera" }).click();
  await dialog.getByRole("button", { name: "Take the photo" }).click();
  await chosen(page, "Camera photo").waitFor();
  assert.ok(await dialog.isHidden());
  await garments(page).getByRole("button", { name: "Use camera" }).click();
  await page.waitForFunction(() => globalThis.streams.length === 2);
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "hidden" });
  assert.deepEqual(await cameras(page), ["ended", "ended"]);
  assert.deepEqual(await names(page, "The garments"), []);
});

test("a camera that is refused is said plainly, and the form stays usable", async (t) => {
  const { page } = await visit(t, browser, world, { viewport: DESK, permissions: [] });
  await person(page).getByRole("button", { name: "Use camera" }).click();
  await page.getByText("The browser may not use the camera").waitFor();
  assert.ok(await page.getByRole("button", { name: "Take the photo" }).isDisabled());
  await page.getByRole("button", { name: "Close the camera" }).click();
  await page.getByLabel("The person").setInputFiles(PERSON);
  await chosen(page, "person.jpg").waitFor();
});

test("on a phone the button opens the phone's own camera", async (t) => {
  const { page } = await visit(t, browser, world, { hasTouch: true, isMobile: true });
  const opened = page.waitForEvent("filechooser");
  await person(page).getByRole("button", { name: "Use camera" }).click();
  const chooser = await opened;
  assert.equal(await chooser.element().getAttribute("capture"), "environment");
  await chooser.setFiles(PERSON);
  await chosen(page, "person.jpg").waitFor();
});

test("samples: one click each, and the order goes out", async (t) => {
  const { page } = await visit(t, browser, world);
  await person(page).getByRole("button", { name: /Broad man/ }).click();
  await page.getByAltText(/^Chosen photo Broad man/).waitFor();
  await person(page).getByRole("button", { name: /Tall man/ }).click();
  await page.getByAltText(/^Chosen photo Tall man/).waitFor();
  assert.equal(await person(page).locator(".photo__preview").count(), 1);
  await garments(page).getByRole("button", { name: "Denim jacket", exact: true }).click();
  await chosen(page, "Denim jacket").waitFor();
  await consent(page).check();
  await submit(page);
  await page.waitForURL("**/orders/*");
});

test("HEIC is refused at once with what to do, and the field stays usable", async (t) => {
  const { page } = await visit(t, browser, world);
  await page.getByLabel("The person").setInputFiles(HEIC);
  await problem(page, "person_image").waitFor();
  assert.match(await problem(page, "person_image").textContent(), /IMG_0001\.HEIC is a HEIC photo.*Most Compatible/);
  await page.getByLabel("The person").setInputFiles(PERSON);
  await chosen(page, "person.jpg").waitFor();
  assert.ok(await problem(page, "person_image").isHidden());
});

test("a photo under 256 pixels and one that is none are refused", async (t) => {
  const { page } = await visit(t, browser, world);
  await page.getByLabel("The garments").setInputFiles([
    await drawn(page, { width: 255, height: 900, name: "strip.jpg" }),
    { name: "notes.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.7") },
    await drawn(page, { width: 256, height: 900, name: "fits.jpg" }),
  ]);
  await chosen(page, "fits.jpg").waitFor();
  const said = await problem(page, "garment_images").textContent();
  assert.match(said, /strip\.jpg is too small.*notes\.pdf is not a photo/);
  assert.deepEqual(await names(page, "The garments"), ["fits.jpg"]);
});

test("what is hidden in a photo never leaves the browser, and the order says so", async (t) => {
  const { page, visitor } = await visit(t, browser, world, { path: null });
  await keepSent(visitor);
  await page.goto("/");
  const photo = withPlace();
  assert.ok(photo.buffer.includes(CANARY));
  await fill(page, { person: photo });
  await person(page).getByText("Location removed").waitFor();
  await submit(page);
  await page.waitForURL("**/orders/*");
  const parts = await sentParts(page);
  assert.deepEqual(parts.filter(({ name }) => name === "metadata_removed").map(({ value }) => value).sort(),
    ["exif", "gps"]);
  for (const part of parts.filter(({ text }) => text)) {
    assert.deepEqual([part.type, part.fileName], ["image/jpeg", "photo"]);
    assert.ok(!part.text.includes("Exif") && !part.text.includes(CANARY), part.name);
  }
  const { facts } = (await world.request(`/api/orders/${page.url().split("/").at(-1)}`)).json();
  assert.deepEqual([...facts.metadata_removed].sort(), ["exif", "gps"]);
});

test("a large photo is sent with 2048 pixels, for a picture of 4K with 4096", async (t) => {
  for (const [resolution, side] of [["1K", 2048], ["4K", 4096]]) {
    const { page, visitor } = await visit(t, browser, world, { path: null });
    await keepSent(visitor);
    await page.goto("/");
    await fill(page, { person: await drawn(page, { width: 3000, height: 5000 }) });
    await page.getByText("More options").click();
    await page.getByRole("radio", { name: resolution }).check();
    await submit(page);
    await page.waitForURL("**/orders/*");
    const [sent] = (await sentParts(page)).filter(({ name }) => name === "person_image");
    assert.deepEqual([sent.width, sent.height], [Math.round(side * 0.6), side], resolution);
  }
});

test("a photo that this device cannot make large enough for 4K is sent as it was checked, not left out", async (t) => {
  const { page, visitor } = await visit(t, browser, world, { path: null });
  await keepSent(visitor);
  await visitor.addInitScript(() => {
    delete globalThis.Worker;
    const { toBlob } = HTMLCanvasElement.prototype;
    HTMLCanvasElement.prototype.toBlob = function small(done, ...how) {
      if (this.height > 2048) done(null);
      else toBlob.call(this, done, ...how);
    };
  });
  await page.goto("/");
  const small = await drawn(page, { width: 600, height: 800 });
  await fill(page, { garments: [small, await drawn(page, { width: 3000, height: 5000 })] });
  await page.getByText("More options").click();
  await page.getByRole("radio", { name: "4K" }).check();
  await submit(page);
  await page.waitForURL("**/orders/*");
  const heights = (await sentParts(page)).filter(({ name }) => name === "garment_images").map(({ height }) => height);
  assert.deepEqual(heights, [800, 2048]);
});

test("without a worker thread the page prepares the photos itself", async (t) => {
  const { page, visitor } = await visit(t, browser, world, { path: null });
  await visitor.addInitScript(() => delete globalThis.Worker);
  await page.goto("/");
  await fill(page, { person: withPlace() });
  await person(page).getByText("Location removed").waitFor();
  await submit(page);
  await page.waitForURL("**/orders/*");
});

test("the person's photo is remembered only when asked, and forgotten at once", async (t) => {
  const { page } = await visit(t, browser, world);
  const again = page.getByRole("button", { name: "Use my photo from last time" });
  const box = page.getByLabel("Remember this photo on this device");
  const kept = () => page.evaluate(async () => {
    // To open a cache that is not there would make an empty one.
    if (!(await caches.has("last-photo"))) return [];
    const answers = await (await caches.open("last-photo")).matchAll();
    return answers.map(({ headers }) => headers.get("content-type"));
  });
  await page.getByLabel("The person").setInputFiles(withPlace());
  await box.waitFor();
  assert.ok(!(await box.isChecked()));
  await page.reload();
  assert.deepEqual(await kept(), []);
  await page.getByLabel("The person").setInputFiles(withPlace());
  await box.check();
  while ((await kept()).length === 0);
  await page.goto("/?again");
  await again.click();
  await chosen(page, "Photo from last time").waitFor();
  assert.ok(await box.isChecked());
  assert.deepEqual(await kept(), ["image/jpeg"]);
  await box.uncheck();
  while ((await kept()).length > 0);
  await box.check();
  while ((await kept()).length === 0);
  await page.goto("/?once-more");
  await page.getByRole("button", { name: "Forget", exact: true }).click();
  await again.waitFor({ state: "hidden" });
  assert.deepEqual(await kept(), []);
});

const fourGarments = (page) =>
  page.getByLabel("The garments").setInputFiles(["a", "b", "c", "d"].map((name) =>
    ({ name: `${name}.jpg`, mimeType: "image/jpeg", buffer: readFileSync(GARMENT) })));
const tiles = (page) =>
  garments(page).locator(".photo__picture").evaluateAll((all) => all.map(({ alt }) => alt.at(-5)).join(""));

test("garments are put in order by buttons, with the focus kept and the place said", async (t) => {
  const { page } = await visit(t, browser, world);
  await fourGarments(page);
  await chosen(page, "d.jpg").waitFor();
  assert.equal(await garments(page).getByText("Main", { exact: true }).filter({ visible: true }).count(), 1);
  await page.getByRole("button", { name: "Move a.jpg back" }).click();
  assert.equal(await tiles(page), "bacd");
  assert.equal(await page.evaluate(() => document.activeElement.ariaLabel), "Move a.jpg back");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter");
  assert.equal(await tiles(page), "bcda");
  assert.equal(await page.evaluate(() => document.activeElement.ariaLabel), "Move a.jpg forward");
  assert.equal(await garments(page).getByRole("status").textContent(), "a.jpg is now photo 4 of 4.");
  assert.deepEqual(await names(page, "The garments"), ["b.jpg", "c.jpg", "d.jpg", "a.jpg"]);
});

test("garments are put in order by dragging", async (t) => {
  const { page } = await visit(t, browser, world, { viewport: DESK });
  await fourGarments(page);
  await chosen(page, "d.jpg").waitFor();
  const middle = async (name) => {
    const box = await chosen(page, name).boundingBox();
    return [box.x + box.width / 2, box.y + box.height / 2];
  };
  await page.mouse.move(...(await middle("d.jpg")));
  await page.mouse.down();
  await page.mouse.move(...(await middle("a.jpg")), { steps: 4 });
  await page.mouse.up();
  assert.equal((await tiles(page))[0], "d");
  assert.equal((await names(page, "The garments"))[0], "d.jpg");
});

test("an order hands its person or its picture to the form", async (t) => {
  const { page } = await visit(t, browser, world, { expected: [/status of 404/] });
  const id = await placeOrder(page);
  await letFinish(world, id);
  await order(page, "completed").waitFor();
  const { images } = (await world.request(`/api/orders/${id}`)).json();
  for (const role of ["person", "output"]) {
    await page.goto(`/?${role}#${role}=${id}`);
    const picture = chosen(page, "Photo of your order");
    await picture.waitFor();
    assert.equal(new URL(page.url()).hash, "");
    const width = await picture.evaluate(async (image) => {
      await image.decode();
      return image.naturalWidth;
    });
    assert.equal(width, images.find((image) => image.role === role).width);
  }
  await page.goto("/?gone#person=aaaaaaaaaaaaaaaaaaaaaa");
  await problem(page, "person_image").getByText("The photo of that order could not be loaded").waitFor();
  assert.equal(new URL(page.url()).hash, "");
  await page.goto("/?lost#shared");
  await problem(page, "person_image").getByText("Please choose the photo again").waitFor();
});
