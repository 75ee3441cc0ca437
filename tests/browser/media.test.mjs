// The pages on paper, in the system's own colours, and with more contrast.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { after, test } from "node:test";
import { World } from "../workerd/harness.mjs";
import {
  DESK, OPEN_NETWORK, PHONE, UNTIL_TOLD, letFinish, order, placeOrder, startBrowser, visit,
} from "./visitor.mjs";

const world = await World.start({ after }, { sandbox: UNTIL_TOLD, vars: OPEN_NETWORK });
const browser = await startBrowser({ after });
const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

async function visitResult(t, options) {
  const met = await visit(t, browser, world, { expected: [/status of 404/], ...options });
  const id = await placeOrder(met.page);
  await letFinish(world, id);
  await order(met.page, "completed").waitFor();
  return { ...met, path: `/orders/${id}` };
}

/** How many sheets a page takes. */
const sheets = async (page) =>
  (await page.pdf({ format: "A4" })).toString("latin1").match(/\/Type \/Page\b/g).length;

const box = (page, selector) => page.locator(selector).boundingBox();

test("a result is printed on one sheet: the picture with its mark, and the facts", async (t) => {
  const { page, path } = await visitResult(t, { viewport: DESK });
  for (const address of [path, `/de${path}`]) {
    await page.goto(address);
    await page.locator("[data-picture=output] img").evaluate((image) => image.decode());
    await page.emulateMedia({ media: "print" });
    const useless = [".site-nav", ".site-footer__links", ".actions", ".ways", ".compare__handle", ".order__delete"];
    for (const hidden of useless) {
      assert.equal(await page.locator(hidden).filter({ visible: true }).count(), 0, hidden);
    }
    const picture = await box(page, "[data-picture=output] img");
    const mark = await box(page, "[data-picture=output] .mark");
    assert.ok(mark.x > picture.x && mark.x + mark.width < picture.x + picture.width, "the mark is on the picture");
    assert.ok(mark.y > picture.y && mark.y + mark.height < picture.y + picture.height, "the mark is on the picture");
    assert.ok(await page.locator(".facts").isVisible());
    assert.equal(await sheets(page), 1, address);
  }
});

test("prose is printed whole, without what can only be used on a screen", async (t) => {
  const { page } = await visit(t, browser, world, { viewport: DESK, path: null });
  for (const path of ["/", "/pricing", "/help", "/privacy", "/terms", "/status"]) {
    await page.goto(path);
    await page.emulateMedia({ media: "print" });
    const useless = ".site-nav, .contents, .site-footer__links, .themes, .waitlist__form, order-form, "
      + ".compare__tools, .skip-link";
    assert.equal(await page.locator(useless).filter({ visible: true }).count(), 0, path);
    assert.equal(await page.locator(".brand").isVisible(), true, path);
    const folded = await page.evaluate(() => Array.from(document.querySelectorAll(".question__answer"))
      .filter((answer) => !answer.checkVisibility({ contentVisibilityAuto: true })).length);
    assert.equal(folded, 0, `${path}: an answer stays folded`);
    // A box that is never broken at the end of a sheet lies over what follows it.
    const unbroken = await page.evaluate(() => Array.from(document.querySelectorAll("main *"))
      .filter((element) => getComputedStyle(element).containerType !== "normal").map(({ className }) => className));
    assert.deepEqual(unbroken, [], path);
  }
});

test("paper is white for who chose the dark theme", async (t) => {
  const { page } = await visit(t, browser, world, { path: "/help", colorScheme: "dark" });
  const colours = () => page.evaluate(() => {
    const { color, backgroundColor } = getComputedStyle(document.documentElement);
    return [color, backgroundColor];
  });
  await page.emulateMedia({ colorScheme: "light" });
  const light = await colours();
  await page.getByRole("radio", { name: "Dark" }).check();
  assert.notDeepEqual(await colours(), light);
  await page.emulateMedia({ media: "print" });
  assert.deepEqual(await colours(), light);
});

/** A system colour as this page is given it. */
const system = (page, name) =>
  page.evaluate((colour) => {
    const probe = document.body.appendChild(document.createElement("i"));
    probe.style.setProperty("color", colour);
    const { color } = getComputedStyle(probe);
    probe.remove();
    return color;
  }, name);

const style = (page, selector, property) =>
  page.locator(selector).first().evaluate((element, name) => getComputedStyle(element)[name], property);

for (const colorScheme of ["light", "dark"]) {
  test(`in forced colours what is chosen is seen, and what has no line gets none, ${colorScheme}`, async (t) => {
    const { page, path } = await visitResult(t, { forcedColors: "active", colorScheme });
    const [canvas, highlight] = [await system(page, "Canvas"), await system(page, "Highlight")];
    await page.goto(path);
    assert.equal(await style(page, ".button--quiet", "borderTopColor"), canvas);
    assert.equal(await style(page, ".themes__input:checked + .themes__label", "backgroundColor"), highlight);
    await page.goto("/");
    assert.equal(await style(page, ".pick__input:checked + .pick__card", "backgroundColor"), highlight);
    assert.equal(await style(page, ".pick__input:not(:checked) + .pick__card", "backgroundColor"), canvas);
    const text = await system(page, "HighlightText");
    assert.equal(await style(page, ".pick__input:checked + .pick__card .drawing__accent", "stroke"), text);
    await page.goto("/terms");
    const dot = await page.locator(".bullets li").first()
      .evaluate((item) => getComputedStyle(item, "::before").borderTopColor);
    assert.equal(dot, await system(page, "CanvasText"));
  });
}

const LOOKS = [["more contrast", { contrast: "more" }], ["forced colours", { forcedColors: "active" }]];
for (const [name, options] of LOOKS) {
  test(`axe finds nothing with ${name}`, async (t) => {
    const { page, visitor, path } = await visitResult(t, options);
    await visitor.addInitScript({ path: axe });
    for (const address of ["/", path, "/help", "/status", "/no-such-page"]) {
      await page.goto(address);
      for (const colorScheme of ["light", "dark"]) {
        for (const viewport of [PHONE, DESK]) {
          await page.emulateMedia({ colorScheme });
          await page.setViewportSize(viewport);
          const { violations } = await page.evaluate(() => globalThis.axe.run());
          const told = violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target}`));
          assert.deepEqual(told, [], `${address}, ${colorScheme}, ${viewport.width}`);
        }
      }
    }
  });
}
