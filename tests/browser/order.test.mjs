// An order as a visitor with a script places it, watches it and takes it away again.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, test } from "node:test";
import { World } from "../workerd/harness.mjs";
import { arm } from "../workerd/provider.mjs";
import {
  DESK, GARMENT, OPEN_NETWORK, PERSON, PHONE, UNTIL_TOLD,
  backInLine, fill, letFinish, order, placeOrder, startBrowser, startWaiting, submit, visit,
} from "./visitor.mjs";

const world = await World.start({ after }, { sandbox: UNTIL_TOLD, vars: OPEN_NETWORK });
const waiting = await startWaiting({ after });
const browser = await startBrowser({ after });

const picture = (page, part) => page.locator(`[data-picture="${part}"] img`);

/** Resolves when the picture is decoded; the width of its file in pixels. */
function shown(image) {
  return image.evaluate(async (element) => {
    await element.decode();
    return element.naturalWidth;
  });
}

for (const [device, viewport] of [["phone", PHONE], ["desk", DESK]]) {
  test(`placed, watched to its end in place, downloaded and deleted, on a ${device}`, async (t) => {
    const { page, requests } = await visit(t, browser, world, { viewport });
    await world.resetCalls();
    const id = await placeOrder(page);
    await order(page, "processing").waitFor();
    await letFinish(world, id);
    await order(page, "completed").waitFor();
    assert.equal(await page.getByRole("heading", { level: 1 }).textContent(), "Your picture is ready");
    assert.equal(await shown(picture(page, "person")), 600);
    assert.equal(await shown(picture(page, "garments")), 512);
    const width = await shown(picture(page, "output"));
    // Beside the visitor's requests the provider's, for two photos and a callback.
    assert.equal((await world.counts()).worker_requests, 4 + 3);
    const [, , output] = (await world.request(`/api/orders/${id}`)).json().images;
    assert.equal(width, output.width);
    assert.equal(await page.title(), "Your picture is ready · AnyTryOn");

    // The page is opened in place and shows the browser's own copies: it is not asked for, nor are they.
    const stored = new URL(output.url, world.origin).pathname;
    const asked = ["GET /api/session", "POST /api/orders", `GET /api/orders/${id}/events`, `GET ${stored}`];
    assert.deepEqual(requests, asked);

    await world.resetCalls();
    const saved = page.waitForEvent("download");
    await page.getByRole("link", { name: "Download" }).click();
    const download = await saved;
    assert.match(download.suggestedFilename(), /^[\w-]+\.jpg$/);
    const key = (await world.files()).find((file) => file.endsWith(output.id));
    assert.deepEqual(await readFile(await download.path()), await world.file(key));
    assert.equal((await world.counts()).worker_requests, 0, "the browser has the picture already");

    const [row] = await world.d1("SELECT id FROM orders WHERE id = ?", id);
    assert.ok(row);
    await page.getByText("Delete now").click();
    await page.getByRole("button", { name: "Yes, delete everything" }).click();
    await order(page, "deleted").waitFor();
    assert.equal(await page.getByRole("heading", { level: 1 }).textContent(), "Deleted");
    assert.equal(await page.getByRole("img").count(), 0);
    assert.deepEqual(await world.d1("SELECT id FROM orders WHERE id = ?", id), []);
    assert.deepEqual((await world.files()).filter((file) => file.includes(output.id)), []);
  });
}

test("a reload and a second tab show the same order", async (t) => {
  const { page, visitor } = await visit(t, browser, world);
  const id = await placeOrder(page);
  const second = await visitor.newPage();
  await second.goto(`/orders/${id}`);
  await order(second, "processing").waitFor();
  await page.reload();
  await order(page, "processing").waitFor();
  await letFinish(world, id);
  for (const tab of [page, second]) {
    await order(tab, "completed").waitFor();
    for (const part of ["output", "person", "garments"]) assert.ok((await shown(picture(tab, part))) > 0, part);
  }
  await page.reload();
  await order(page, "completed").waitFor();
  const words = (tab) =>
    tab.getByRole("main").evaluate((main) => {
      // What was read aloud on the way differs, what is shown must not.
      main.querySelector("[role=status]").textContent = "";
      return main.innerText;
    });
  assert.equal(await words(page), await words(second));
  await page.goBack();
  await page.getByRole("button", { name: "Make my picture" }).waitFor();
});

test("another language shows the order that was opened in place", async (t) => {
  const { page } = await visit(t, browser, world);
  const id = await placeOrder(page);
  await page.locator(".menu summary", { hasText: "Language" }).click();
  await page.getByRole("link", { name: "Deutsch" }).click();
  await page.waitForURL(`**/de/orders/${id}`);
  await order(page, "processing").waitFor();
});

test("an order that somebody else deleted is gone when something is asked of it", async (t) => {
  const { page } = await visit(t, browser, world, { expected: [/status of 410|ERR_FILE_NOT_FOUND/] });
  const id = await placeOrder(page);
  await letFinish(world, id);
  await order(page, "completed").waitFor();
  await world.request(`/api/orders/${id}`, { method: "DELETE" });
  await page.getByText("Report a problem").click();
  await page.getByLabel("The face has changed").check();
  await page.getByRole("button", { name: "Send report" }).click();
  await page.getByRole("heading", { name: "This order is gone" }).waitFor();
  assert.equal(await page.getByRole("main").locator("img").count(), 0);
});

/** Lets the page's time pass until it has asked for the order once more. */
async function nextPoll(page, id) {
  let over = false;
  const answered = page
    .waitForResponse((answer) => new URL(answer.url()).pathname === `/api/orders/${id}`)
    .finally(() => (over = true));
  const passing = (async () => {
    while (!over) await page.clock.runFor(1_000);
  })();
  const [answer] = await Promise.all([answered, passing]);
  return answer;
}

test("without its event stream the page asks by itself", async (t) => {
  const { page, visitor, requests } = await visit(t, browser, world, { expected: [/status of 503/] });
  await visitor.route("**/events", (route) => route.fulfill({ status: 503 }));
  await page.clock.install();
  const id = await placeOrder(page);
  assert.equal((await nextPoll(page, id)).status(), 200);
  await letFinish(world, id);
  const ended = async () => {
    const answer = await nextPoll(page, id);
    return answer.status() === 200 && (await answer.json()).status === "completed";
  };
  while (!(await ended()));
  await order(page, "completed").waitFor();
  assert.ok((await shown(picture(page, "output"))) > 0);
  const count = requests.length;
  await page.clock.runFor(60_000);
  assert.equal(requests.length, count, "nothing is asked for when it has ended");
});

test("a silent event stream is given up after ten seconds", async (t) => {
  const { page, visitor } = await visit(t, browser, world);
  await visitor.route("**/events", () => {});
  await page.clock.install();
  const id = await placeOrder(page);
  const asked = page.waitForRequest((request) => new URL(request.url()).pathname === `/api/orders/${id}`);
  await page.clock.runFor(14_000);
  await asked;
  await order(page, "processing").waitFor();
});

test("a server that dies under the stream and comes back is found again", async (t) => {
  const { page } = await visit(t, browser, world, { expected: [/ERR_(CONNECTION|INCOMPLETE|EMPTY|SOCKET_NOT_CONNECTED)/] });
  const id = await placeOrder(page);
  await order(page, "processing").waitFor();
  const again = page.waitForResponse((answer) => answer.url().endsWith("/events") && answer.ok());
  await world.restart();
  await again;
  await letFinish(world, id);
  await order(page, "completed").waitFor();
  assert.ok((await shown(picture(page, "output"))) > 0);
});

test("stopped while it waits", async (t) => {
  const { page } = await visit(t, browser, waiting);
  const id = await placeOrder(page);
  await backInLine(waiting, id);
  await order(page, "queued").waitFor();
  await page.locator("[data-field=queue_position]").getByText("1", { exact: true }).waitFor();
  await page.getByText("Stop this order").click();
  await page.getByRole("button", { name: "Yes, stop it" }).click();
  await order(page, "canceled").waitFor();
  assert.equal(await page.getByRole("heading", { level: 1 }).textContent(), "Stopped");
  assert.equal(await page.getByText("Stop this order").isVisible(), false);
  const [{ state, task_id: task }] = await waiting.d1("SELECT state, task_id FROM orders WHERE id = ?", id);
  assert.deepEqual([state, task], ["canceled", null]);
});

test("a failed order says why", async (t) => {
  const { page } = await visit(t, browser, world);
  await arm(world, { fault: "fail_content_policy" });
  const id = await placeOrder(page);
  await letFinish(world, id);
  await order(page, "failed").waitFor();
  const { error } = (await world.request(`/api/orders/${id}`)).json();
  assert.equal(error.code, "content_moderation");
  const notice = page.locator('[data-when="failed"]');
  assert.equal(await notice.locator('[data-field="error_title"]').textContent(), error.title);
  assert.equal(await notice.locator('[data-field="error_detail"]').textContent(), error.detail);
  assert.ok(await notice.isVisible());
});

test("a photo that cannot be used is refused before anything is sent", async (t) => {
  const { page, requests } = await visit(t, browser, world);
  await page.getByLabel("The person").setInputFiles({
    name: "cat.jpg", mimeType: "image/jpeg", buffer: Buffer.from("no picture at all"),
  });
  await page.locator("#error-person_image").waitFor();
  assert.match(await page.locator("#error-person_image").textContent(), /cat\.jpg cannot be opened/);
  await page.getByLabel("The garments").setInputFiles([GARMENT, GARMENT, GARMENT, PERSON]);
  await page.locator("#field-garment_images .photo__preview").nth(3).waitFor();
  await page.getByRole("button", { name: "Remove person.jpg" }).click();
  assert.equal(await page.getByLabel("The garments").evaluate((input) => input.files.length), 3);
  assert.deepEqual(requests, ["GET /api/session"]);
});

test("a refusal stands at its field, and the corrected form goes through", async (t) => {
  const { page } = await visit(t, browser, world, { expected: [/status of 422/] });
  const choose = (value) =>
    page.evaluate((chosen) => {
      const box = document.querySelector("[name=look_style]:checked");
      box.value = chosen;
      box.dispatchEvent(new Event("input", { bubbles: true }));
    }, value);
  await choose("invented");
  await fill(page);
  await submit(page);
  await page.locator("#error-look_style").waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.name), "look_style");
  await choose("natural");
  await submit(page);
  await page.waitForURL("**/orders/*");
});

test("when the answer is lost, the second press brings the same order", async (t) => {
  const { page, requests } = await visit(t, browser, world, { expected: [/ERR_(CONNECTION|EMPTY|SOCKET_NOT_CONNECTED)/] });
  await fill(page);
  const committed = { binding: "DB", method: "batch", contains: "INSERT INTO orders", when: "hang_after" };
  const [hung] = await world.faults(committed);
  await submit(page);
  await hung;
  await world.restart();
  await page.getByText("Your photos did not arrive").waitFor();
  const newest = () => world.d1("SELECT id FROM orders ORDER BY created_at DESC LIMIT 1");
  const [{ id }] = await newest();
  await submit(page);
  await page.waitForURL(`**/orders/${id}`);
  assert.equal((await newest())[0].id, id);
  assert.equal(requests.filter((request) => request === "POST /api/orders").length, 2);
});
