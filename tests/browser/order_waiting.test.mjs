// While a picture is being made: the time it takes, the way back, and being told when it is there.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { World } from "../workerd/harness.mjs";
import { OPEN_NETWORK, UNTIL_TOLD, letFinish, order, placeOrder, startBrowser, visit } from "./visitor.mjs";

const world = await World.start({ after }, { sandbox: UNTIL_TOLD, vars: OPEN_NETWORK });
const browser = await startBrowser({ after });

test("the time that has passed is counted, and nobody is told of each second", async (t) => {
  const { page } = await visit(t, browser, world);
  const began = Date.now();
  await page.clock.install({ time: began });
  const id = await placeOrder(page);
  const elapsed = page.locator("[data-part=elapsed]");
  const { created_at: created } = (await world.request(`/api/orders/${id}`)).json();
  await page.clock.pauseAt(Date.parse(created) + 65_400);
  await page.clock.runFor(1_000);
  assert.equal(await elapsed.textContent(), "1:06");
  await page.clock.runFor(2_000);
  assert.equal(await elapsed.textContent(), "1:08");
  assert.equal(await elapsed.evaluate((element) => element.closest("[aria-live], [role=status], [role=alert]")), null);
});

test("the private link is beside the word that the page may be closed, with its warning", async (t) => {
  const { page } = await visit(t, browser, world, { permissions: ["clipboard-read", "clipboard-write"] });
  const id = await placeOrder(page);
  await order(page, "processing").waitFor();
  const card = page.getByRole("region", { name: "You may close this page" });
  const link = card.getByRole("textbox", { name: "Private link to this order" });
  assert.equal(await link.inputValue(), `${world.origin}/orders/${id}`);
  await card.getByText("Whoever has it can see, stop and delete this order").waitFor();
  await card.getByRole("button", { name: "Copy" }).click();
  await card.getByRole("button", { name: "Copied" }).waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), `${world.origin}/orders/${id}`);
  await card.getByRole("button", { name: "Copy", exact: true }).waitFor();
});

/** Notes what the browser would show, and whether it was asked for permission; `answer` is the visitor's. */
const stubNotification = (visitor, answer) =>
  visitor.addInitScript((permission) => {
    globalThis.told = [];
    globalThis.asked = 0;
    globalThis.inFront = false;
    Document.prototype.hasFocus = () => globalThis.inFront;
    globalThis.Notification = class {
      static permission = "default";
      static async requestPermission() {
        globalThis.asked += 1;
        return (this.permission = permission);
      }
      constructor(title, options) {
        globalThis.told.push({ title, body: options.body });
      }
      close() {}
    };
    // Where a service worker runs, its registration is the one that shows.
    ServiceWorkerRegistration.prototype.showNotification = async (title, options) => {
      globalThis.told.push({ title, body: options.body });
    };
  }, answer);

const EXPECTED = [{ title: "Your picture is ready", body: "Come back to the page to see it." }];
const told = (page) => page.evaluate(() => globalThis.told);

async function visitWaiting(t, answer) {
  const met = await visit(t, browser, world, { path: null });
  await stubNotification(met.visitor, answer);
  await met.page.goto("/");
  const id = await placeOrder(met.page);
  await order(met.page, "processing").waitFor();
  assert.equal(await met.page.evaluate(() => globalThis.asked), 0, "nobody is asked before a click");
  return { ...met, id, button: met.page.getByRole("button", { name: "Tell me when it is done" }) };
}

test("who wants to be told is told once, when the page is not in front", async (t) => {
  const { page, id, button } = await visitWaiting(t, "granted");
  await page.getByText("Works as long as this page stays open").waitFor();
  await button.click();
  await page.getByText("You will be told, as long as this page stays open.").waitFor();
  assert.equal(await button.getAttribute("aria-pressed"), "true");
  await letFinish(world, id);
  await page.waitForFunction(() => globalThis.told.length > 0);
  await order(page, "completed").waitFor();
  assert.equal(await page.title(), "Your picture is ready · AnyTryOn");
  assert.deepEqual(await told(page), EXPECTED);
});

for (const [name, answer, prepare] of [
  ["sees the page anyway", "granted", ({ page }) => page.evaluate(() => (globalThis.inFront = true))],
  ["has taken the wish back", "granted", ({ button }) => button.click()],
  ["has refused", "denied", ({ page }) => page.getByText("does not allow this site to notify you").waitFor()],
]) {
  test(`who ${name} is not told`, async (t) => {
    const met = await visitWaiting(t, answer);
    await met.button.click();
    await met.page.waitForFunction(() => globalThis.asked === 1);
    await prepare(met);
    await letFinish(world, met.id);
    await order(met.page, "completed").waitFor();
    // A notification that was begun would be there after the microtasks of one more turn.
    await met.page.evaluate(() => new Promise((done) => setTimeout(done)));
    assert.deepEqual(await told(met.page), []);
  });
}
