// The pages that are the same for everyone, as a visitor walks them: no link is dead, and every page can be read by
// everybody, in light and dark, small and large, with and without JavaScript.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { after, test } from "node:test";
import { World } from "../workerd/harness.mjs";
import { staticPages } from "./site_pages.mjs";
import { DESK, ELSEWHERE, OPEN_NETWORK, PHONE, signIn, startBrowser, visit } from "./visitor.mjs";

const world = await World.start({ after }, { vars: OPEN_NETWORK });
const browser = await startBrowser({ after });
const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

/** More pages than the site has, so that a walk in circles ends. */
const PAGES_MAX = 200;
/** The pages of prose, which exist in every language. */
const PROSE = ["/pricing", "/help", "/privacy", "/terms"];

const sideways = (page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** The pages that name companies, and lead to what these promise. */
const COMPANIES = /^(\/[a-z]{2})?\/(privacy|subprocessors|dpa)$/;
/** What begins a sign-in: it leaves the site. */
const SIGN_IN = /^(\/[a-z]{2})?\/auth\/google$/;

test("every link from the start page on leads to a page, and every anchor to its place", async (t) => {
  const { page } = await visit(t, browser, world, { path: null, expected: [ELSEWHERE] });
  await signIn(world, page, "walker", "/");
  const open = ["/"];
  const met = new Map();
  while (open.length > 0) {
    const path = open.shift();
    if (met.has(path) || SIGN_IN.test(path)) continue;
    assert.ok(met.size < PAGES_MAX, "the pages do not end");
    if (path.startsWith("/api/")) {
      assert.equal((await page.request.get(path)).status(), 200, path);
      met.set(path, { ids: [], links: [] });
      continue;
    }
    const answer = await page.goto(path);
    assert.equal(answer.status(), 200, path);
    const found = await page.evaluate(() => ({
      ids: Array.from(document.querySelectorAll("[id]"), (element) => element.id),
      links: Array.from(document.querySelectorAll("a[href]"), (link) => link.href),
    }));
    met.set(path, found);
    for (const link of found.links.map((href) => new URL(href))) {
      if (link.origin === world.origin) open.push(link.pathname);
      else assert.match(link.protocol, COMPANIES.test(path) ? /^(mailto|https):$/ : /^mailto:$/, `${path}: ${link}`);
    }
  }
  for (const [path, { links }] of met) {
    for (const link of links.map((href) => new URL(href)).filter(({ hash, origin }) => hash && origin === world.origin)) {
      assert.ok(met.get(link.pathname).ids.includes(link.hash.slice(1)), `${path}: ${link}`);
    }
  }
  // Whoever starts at the start page finds every page for everybody but the one for no connection.
  const missed = staticPages().filter((path) => !met.has(path) && !path.endsWith("/offline"));
  assert.deepEqual(missed, []);
  // Somebody who is not signed in meets the same pages, or is told how to sign in.
  for (const path of met.keys()) {
    const answer = await fetch(world.origin + path, { headers: { accept: "text/html" } });
    const offered = /<a class="button[^"]*" href="[^"]*\/auth\/google/.test(await answer.text());
    assert.ok(answer.status === 200 || (answer.status === 401 && offered), `${path}: ${answer.status}`);
  }
});

for (const colorScheme of ["light", "dark"]) {
  test(`axe finds nothing on any page, ${colorScheme}`, async (t) => {
    const { visitor, page } = await visit(t, browser, world, { path: null, colorScheme });
    await visitor.addInitScript({ path: axe });
    for (const path of staticPages()) {
      await page.goto(path);
      // What is closed is read too.
      await page.evaluate(() => {
        for (const closed of document.querySelectorAll("main details")) closed.open = true;
      });
      for (const viewport of [PHONE, DESK]) {
        await page.setViewportSize(viewport);
        const { violations } = await page.evaluate(() => globalThis.axe.run());
        const told = violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target}`));
        assert.deepEqual(told, [], `${path}, ${viewport.width}`);
      }
    }
  });
}

test("every page of prose fits a narrow screen, and text twice as large", async (t) => {
  const { page } = await visit(t, browser, world, { path: null });
  for (const path of PROSE) {
    await page.setViewportSize({ width: 320, height: 568 });
    await page.goto(path);
    assert.equal(await sideways(page), 0, `${path} at 320 px`);
    await page.setViewportSize({ width: 640, height: 800 });
    await page.evaluate(() => document.documentElement.style.setProperty("font-size", "200%"));
    assert.equal(await sideways(page), 0, `${path} at 200 %`);
  }
});

test("without JavaScript the prose is whole, and an answer opens", async (t) => {
  const { page } = await visit(t, browser, world, { javaScriptEnabled: false });
  assert.equal(await page.locator(".compare__image:visible").count(), 2);
  assert.equal(await page.locator(".compare__range:visible").count(), 0);
  const answer = page.getByText("The picture cannot tell.");
  assert.equal(await answer.isVisible(), false);
  await page.getByText("Will it fit me?").click();
  assert.ok(await answer.isVisible());
  await page.goto("/pricing");
  await page.getByLabel("Email address").fill("someone@example.com");
  await page.getByRole("button", { name: "Tell me" }).click();
  await page.getByRole("heading", { name: "Thank you" }).waitFor();
  const [{ source }] = await world.d1("SELECT source FROM waitlist WHERE email = ?", "someone@example.com");
  assert.equal(source, "pricing");
});

test("the example moves by the keyboard", async (t) => {
  const { page } = await visit(t, browser, world);
  const slider = page.getByRole("slider", { name: "How much of each picture is shown" });
  await slider.scrollIntoViewIfNeeded();
  // Its script comes when the example does.
  await page.evaluate(() => customElements.whenDefined("before-after"));
  assert.equal(await slider.getAttribute("aria-valuetext"), "50 percent before, 50 percent after");
  await slider.press("ArrowRight");
  assert.equal(await slider.getAttribute("aria-valuetext"), "51 percent before, 49 percent after");
});

test("scripts tell one of a thing, and a list, as the page's language does", async (t) => {
  const { page } = await visit(t, browser, world, { path: null });
  const told = {
    "/": ["1 day", "14 days", "1 credit", "1.5 credits", ", "],
    "/es/": ["1 día", "14 días", "1 crédito", "1,5 créditos", ", "],
    "/de/": ["1 Tag", "14 Tage", "1 Credit", "1,5 Credits", ", "],
    "/zh/": ["1 天", "14 天", "1 积分", "1.5 积分", "、"],
  };
  for (const [path, words] of Object.entries(told)) {
    await page.goto(path);
    const said = await page.evaluate(async () => {
      const folder = document.querySelector('link[href$="/js/page.js"]').href;
      const load = (name) => import(new URL(`${name}.js`, folder).href);
      const [{ text }, { numberWords }] = await Promise.all([load("page"), load("numbers")]);
      const days = [1, 14].map((count) => text("days", { count }));
      const credits = [1, 1.5].map((number) => text("credits", { count: numberWords(number) }));
      return [...days, ...credits, text("list_comma")];
    });
    assert.deepEqual(said, words, path);
  }
});
