// The finished picture: compared, looked at closely, shared, worn on, reported.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { World } from "../workerd/harness.mjs";
import {
  DESK, OPEN_NETWORK, UNTIL_TOLD, letFinish, order, placeOrder, startBrowser, visit,
} from "./visitor.mjs";

const world = await World.start({ after }, { sandbox: UNTIL_TOLD, vars: OPEN_NETWORK });
const browser = await startBrowser({ after });

/** A visitor before their finished picture, which is decoded; what `before` does to their browser comes first. */
async function visitResult(t, { before = () => {}, ...options } = {}) {
  const met = await visit(t, browser, world, { path: null, ...options });
  await before(met.visitor);
  await met.page.goto("/");
  const id = await placeOrder(met.page);
  await letFinish(world, id);
  await order(met.page, "completed").waitFor();
  for (const part of ["output", "person"]) {
    await met.page.locator(`[data-picture="${part}"] img`).evaluate((image) => image.decode());
  }
  return { ...met, id };
}

const slider = (page) => page.getByRole("slider", { name: "Compare with the original" });

/** How much of the box the original covers as it is drawn, from 0 to 1. */
const covered = (page) =>
  page.locator("[data-side=before]").evaluate((side) => {
    const { left, top, width, height } = side.getBoundingClientRect();
    // The clip decides what can be hit, once nothing lies above.
    for (const above of side.parentElement.querySelectorAll("input, span")) above.style.display = "none";
    const steps = 200;
    // Somewhere in the box and on the screen.
    const line = Math.max(top, 0) + (Math.min(top + height, innerHeight) - Math.max(top, 0)) / 2;
    let hits = 0;
    for (let step = 0; step < steps; step += 1) {
      const hit = document.elementFromPoint(left + ((step + 0.5) / steps) * width, line);
      if (side.contains(hit)) hits += 1;
    }
    for (const above of side.parentElement.querySelectorAll("input, span")) above.style.removeProperty("display");
    return hits / steps;
  });

const near = (actual, expected) =>
  assert.ok(Math.abs(actual - expected) <= 0.03, `${actual} is not about ${expected}`);

test("the original is laid over the result as far as the slider says, by key and by pointer", async (t) => {
  const { page } = await visitResult(t, { viewport: DESK });
  const [output, person] = await Promise.all(["after", "before"].map((side) =>
    page.locator(`[data-side=${side}]`).boundingBox()));
  assert.deepEqual(person, output, "one box");
  await slider(page).scrollIntoViewIfNeeded();
  await slider(page).focus();
  await page.keyboard.press("Home");
  assert.equal(await slider(page).getAttribute("aria-valuetext"), "0 percent original, 100 percent result");
  near(await covered(page), 0);
  await page.keyboard.press("End");
  assert.equal(await slider(page).getAttribute("aria-valuetext"), "100 percent original, 0 percent result");
  near(await covered(page), 1);
  await page.keyboard.press("ArrowLeft");
  assert.equal(await slider(page).inputValue(), "99");

  const box = await page.locator("[data-side=after]").boundingBox();
  await page.mouse.move(box.x + box.width - 2, box.y + 100);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.3, box.y + 120, { steps: 5 });
  await page.mouse.up();
  assert.equal(await slider(page).getAttribute("aria-valuetext"), "30 percent original, 70 percent result");
  near(await covered(page), 0.3);
});

test("the original is seen while the button is held", async (t) => {
  const { page } = await visitResult(t);
  const hold = page.getByRole("button", { name: "Hold to see the original" });
  const shows = async (whole) => {
    assert.equal(await hold.getAttribute("aria-pressed"), String(whole));
    near(await covered(page), whole ? 1 : 0);
  };
  await slider(page).fill("0");
  await hold.hover();
  await shows(false);
  await page.mouse.down();
  await shows(true);
  await page.mouse.up();
  await shows(false);
  for (const key of ["Space", "Enter"]) {
    await hold.focus();
    await page.keyboard.down(key);
    await shows(true);
    await page.keyboard.up(key);
    await shows(false);
  }
  // A screen reader's press is a click and nothing else.
  await hold.evaluate((button) => button.click());
  await shows(true);
  await hold.evaluate((button) => button.click());
  await shows(false);
});

test("looked at closely, and back", async (t) => {
  const { page } = await visitResult(t);
  const open = page.getByRole("button", { name: "Look closer" });
  const dialog = page.getByRole("dialog", { name: "The picture at full size" });
  const ways = [
    () => page.keyboard.press("Escape"),
    () => dialog.getByRole("button", { name: "Close" }).click(),
    () => dialog.locator(".zoom__room").dispatchEvent("click"),
  ];
  for (const close of ways) {
    await open.click();
    await dialog.waitFor();
    const image = dialog.getByRole("img");
    const natural = await image.evaluate(async (element) => {
      await element.decode();
      return element.naturalWidth;
    });
    assert.equal(Math.round((await image.boundingBox()).width), natural);
    assert.ok(await dialog.getByText("AI preview").isVisible());
    await close();
    await dialog.waitFor({ state: "hidden" });
    assert.equal(await page.evaluate(() => document.activeElement.dataset.part), "zoom_open");
    // The dialog is told of its end a moment after it.
    await page.locator(".zoom img").waitFor({ state: "detached" });
  }
});

/** A share sheet that notes what it is given; `takes` says what it can take. */
const stubShare = (takes) => (visitor) =>
  visitor.addInitScript((able) => {
    globalThis.given = [];
    navigator.canShare = () => able;
    navigator.share = async ({ files, title, url }) => {
      const [file] = files;
      const { name, type, size } = file;
      globalThis.given.push({ isFile: file instanceof File, name, type, size, title, url });
    };
  }, takes);

test("shared as a file whose name tells nothing", async (t) => {
  const { page, id } = await visitResult(t, { before: stubShare(true) });
  await page.getByRole("button", { name: "Share" }).click();
  await page.waitForFunction(() => globalThis.given.length === 1);
  const output = (await world.request(`/api/orders/${id}`)).json().images.find((image) => image.role === "output");
  const [given] = await page.evaluate(() => globalThis.given);
  assert.deepEqual(given, {
    isFile: true, name: "try-on.jpg", type: output.content_type, size: output.bytes, title: "AnyTryOn", url: undefined,
  });
});

test("a second press while the share sheet is open shares nothing else", async (t) => {
  const permissions = ["clipboard-read", "clipboard-write"];
  const before = (visitor) => visitor.addInitScript(() => {
    globalThis.asked = 0;
    navigator.canShare = () => true;
    navigator.share = () => {
      globalThis.asked += 1;
      return globalThis.asked === 1 ? new Promise(() => {})
        : Promise.reject(new DOMException("An earlier share has not yet completed.", "InvalidStateError"));
    };
  });
  const { page } = await visitResult(t, { before, permissions });
  const told = page.locator("[data-part=share_note]");
  await page.getByRole("button", { name: "Share" }).click();
  await page.waitForFunction(() => globalThis.asked === 1);
  await page.getByRole("button", { name: "Share" }).click();
  await page.waitForFunction(() => globalThis.asked === 2);
  // The answer to the second press is read in the turns after it.
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  assert.equal(await told.textContent(), "");
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), "");
});

for (const [name, before] of [
  ["takes no files", stubShare(false)],
  ["is not there", (visitor) => visitor.addInitScript(() => {
    delete Navigator.prototype.share;
    delete Navigator.prototype.canShare;
  })],
]) {
  test(`where the share sheet ${name}, the private link is copied and what that means is said`, async (t) => {
    const permissions = ["clipboard-read", "clipboard-write"];
    const { page, id } = await visitResult(t, { before, permissions });
    await page.getByRole("button", { name: "Share" }).click();
    await page.getByText("so your private link is copied. Whoever has it can see, stop and delete").waitFor();
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), `${world.origin}/orders/${id}`);
    assert.equal(await page.evaluate(() => globalThis.given?.length ?? 0), 0);
  });
}

test("worn on: the person or the picture goes back to the form", async (t) => {
  const { page, id } = await visitResult(t);
  const ways = [["Try another garment", "person"], ["Use this picture as the person", "output"]];
  for (const [name, part] of ways) {
    assert.equal(await page.getByRole("link", { name }).getAttribute("href"), `/#${part}=${id}`);
  }
  await page.reload();
  for (const [name, part] of ways) {
    assert.equal(await page.getByRole("link", { name }).getAttribute("href"), `/#${part}=${id}`);
  }
});

test("a problem is reported once, and thanked for", async (t) => {
  const { page, id, requests } = await visitResult(t);
  await page.getByText("Report a problem").click();
  const send = page.getByRole("button", { name: "Send report" });
  await send.click();
  const first = page.getByRole("checkbox", { name: "The body has changed" });
  assert.equal(await first.evaluate((box) => box.validationMessage), "Choose at least one.");
  await page.getByRole("checkbox", { name: "Something else" }).check();
  await first.check();
  await send.click();
  const thanks = page.getByText("Thank you. Your report is counted");
  await thanks.waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.dataset.part), "report_thanks");
  assert.equal(await send.isVisible(), false);
  const [row] = await world.d1("SELECT problems FROM orders WHERE id = ?", id);
  assert.deepEqual(JSON.parse(row.problems), ["body_changed", "other"]);
  assert.equal(requests.filter((line) => line === `POST /api/orders/${id}/reports`).length, 1);
  await page.reload();
  await thanks.waitFor();
  assert.equal(await page.getByText("Report a problem").isVisible(), false);
});

test("the facts are in the visitor's own time and language of numbers", async (t) => {
  const { page, id } = await visitResult(t, { timezoneId: "America/New_York" });
  const { created_at: created, images } = (await world.request(`/api/orders/${id}`)).json();
  const expected = await page.evaluate((moment) => new Intl.DateTimeFormat("en", {
    dateStyle: "medium", timeStyle: "short",
  }).format(new Date(moment)), created);
  for (const again of [false, true]) {
    if (again) await page.reload();
    const field = (name) => page.locator(`[data-field=${name}]`).textContent();
    assert.ok((await field("created_at")).startsWith(expected), await field("created_at"));
    assert.match(await field("created_at"), / E[SD]T$/);
    assert.equal(await page.locator("[data-part=countdown]").textContent(), "in 48 hours");
    assert.equal(await field("pictures"), String(images.length));
    const bytes = images.reduce((sum, image) => sum + image.bytes, 0);
    const size = bytes < 1e6 ? `${Math.round(bytes / 1e3)} kB` : `${Math.round(bytes / 1e5) / 10} MB`;
    assert.equal(await field("size"), size);
  }
});
