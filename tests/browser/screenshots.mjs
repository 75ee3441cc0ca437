// `make screenshots`: every page in every state, light and dark, on a phone and on a desk, for a person to look at:
// build/screenshots/index.html shows all of them. LANG_TAG=de takes that language's pages, ONLY=order those whose name
// holds the word. Each is taken twice: whole, and (`-first`) as far as it shows before any scrolling.
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "../../.make/build.mjs";
import { findChromium, setUp } from "../../.make/setup.mjs";
import { ENV, Stop, at, command, step } from "../../.make/step.mjs";

const FOLDER = at("build/screenshots");
const DEFAULT_LANGUAGE = "en";
const SCHEMES = ["light", "dark"];
const LOAD_MS = 20_000;

/** The modules of the tests, which need the packages that the set-up brings. */
async function tests() {
  const [visitor, orders, provider, harness, pages] = await Promise.all([
    import("./visitor.mjs"), import("../workerd/orders.mjs"), import("../workerd/provider.mjs"),
    import("../workerd/harness.mjs"), import("./site_pages.mjs"),
  ]);
  return { ...visitor, ...orders, ...provider, ...harness, ...pages };
}

/** Two worlds, of which `waiting` begins no order. */
async function startWorlds(tools, started) {
  const { OPEN_NETWORK, UNTIL_TOLD, World, startWaiting } = tools;
  const [world, waiting] = await Promise.all([
    World.start(started, { sandbox: UNTIL_TOLD, vars: OPEN_NETWORK }),
    startWaiting(started),
  ]);
  return { world, waiting };
}

/** An order in each of its states: its page's address, by the name of the state. */
async function orderPages(tools, { world, waiting }, prefix) {
  const { arm, backInLine, letFinish, place, seen } = tools;
  const stateOf = (id) => async () => (await world.request(`/api/orders/${id}`)).json().status;
  const until = (id, status) => seen(world, stateOf(id), (found) => found === status);
  const page = (id) => `${prefix}/orders/${id}`;
  // The provider fails the next task that begins, so this one comes first and alone.
  await arm(world, { fault: "fail_content_policy" });
  const failed = (await place(world)).order.id;
  await letFinish(world, failed);
  await until(failed, "failed");
  const processing = (await place(world)).order.id;
  await until(processing, "processing");
  const completed = (await place(world)).order.id;
  await letFinish(world, completed);
  await until(completed, "completed");
  const canceled = (await place(world)).order.id;
  await world.request(`/api/orders/${canceled}/cancellation`, { method: "POST" });
  await until(canceled, "canceled");
  const gone = (await place(world)).order.id;
  await world.request(`/api/orders/${gone}`, { method: "DELETE" });
  const queued = (await place(waiting)).order.id;
  await backInLine(waiting, queued);
  return [
    { name: "order-queued", path: page(queued), world: waiting },
    ...Object.entries({ processing, completed, failed, canceled }).map(([state, id]) =>
      ({ name: `order-${state}`, path: page(id), world })),
    { name: "order-gone-410", path: page(gone), world },
  ];
}

/** Photos and text as a visitor gives them. */
async function fillForm({ GARMENT, PERSON }, page) {
  const form = page.locator("#order-form");
  await form.locator("input[name=person_image]").setInputFiles(PERSON);
  await form.locator("input[name=garment_images]").setInputFiles([GARMENT, PERSON]);
  await form.locator("img[src^='blob:']").nth(2).waitFor();
  for (const fold of await form.locator("details:not([open]) > summary").all()) {
    if (await fold.isVisible()) await fold.click();
  }
}

/** Sends the form past its own checks, so that the server refuses it and sends it back. */
async function refuseForm(page) {
  await page.locator("#order-form").evaluate((form) => HTMLFormElement.prototype.submit.call(form));
  await page.waitForURL("**/api/orders");
}

async function allShots(tools, worlds, language) {
  const { staticPages } = tools;
  const { world } = worlds;
  const prefix = language === DEFAULT_LANGUAGE ? "" : `/${language}`;
  const languageOf = (path) => path.match(/^\/([a-z]{2})(\/|$)/)?.[1] ?? DEFAULT_LANGUAGE;
  const paths = staticPages().filter((path) => languageOf(path) === language);
  if (paths.length === 0) throw new Stop(`There are no pages in the language LANG_TAG=${language}.`);
  const home = prefix === "" ? "/" : paths[0];
  const shots = paths.map((path) => {
    const name = path.slice(prefix.length).replace(/\W+/g, "-").replace(/^-|-$/g, "");
    return { name: name || "home", path, world };
  });
  shots.push(
    { name: "home-filled", path: home, world, prepare: (page) => fillForm(tools, page) },
    { name: "home-refused", path: home, world, prepare: refuseForm },
    { name: "not-found-404", path: `${prefix}/no-such-page`, world },
    { name: "order-not-found-404", path: `${prefix}/orders/aaaaaaaaaaaaaaaaaaaaaa`, world },
    ...["confirmation", "unsubscription"].map((page) => (
      { name: `waitlist-${page}`, path: `${prefix}/waitlist/${page}?token=AAAAAAAAAAAAAAAAAAAAAA`, world })),
    { name: "waitlist-left", path: `${prefix}/waitlist/unsubscription?token=AAAAAAAAAAAAAAAAAAAAAA`, world,
      prepare: (page) => page.locator("main form button").click() },
    ...(await orderPages(tools, worlds, prefix)),
  );
  const status = `${prefix}/status`;
  const answer = await world.request(status, { headers: { accept: "text/html" } });
  if (answer.status === 200) shots.push({ name: "status", path: status, world });
  return shots;
}

/** Resolves when every picture that the page shows anywhere is there. */
const loadPictures = (page) =>
  page.evaluate(async () => {
    const shown = Array.from(document.images).filter((image) => image.checkVisibility());
    for (const image of shown) image.loading = "eager";
    await Promise.all(shown.map((image) => image.decode().catch(() => {})));
    await document.fonts.ready;
  });

async function take(browser, shots, folder, { device, viewport, colorScheme }) {
  for (const { name, path, world, prepare } of shots) {
    const context = await browser.newContext({
      baseURL: world.origin, colorScheme, viewport, reducedMotion: "reduce",
    });
    context.setDefaultTimeout(LOAD_MS);
    const page = await context.newPage();
    page.on("pageerror", (error) => console.error(`    ${name}: ${error.message}`));
    await page.goto(path, { waitUntil: "load" });
    if (prepare) await prepare(page);
    await loadPictures(page);
    const file = join(folder, `${name}-${device}-${colorScheme}`);
    await page.screenshot({ path: `${file}-first.png` });
    await page.screenshot({ path: `${file}.png`, fullPage: true });
    await context.close();
  }
}

const escaped = (text) => text.replace(/[&<>"]/g, (one) => `&#${one.charCodeAt(0)};`);

/** One page with everything that lies in the folder, a row for each page. */
function contactSheet() {
  const languages = readdirSync(FOLDER, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const looks = ["phone-light", "phone-dark", "desk-light", "desk-dark"];
  const sections = languages.map(({ name: language }) => {
    const names = readdirSync(join(FOLDER, language))
      .flatMap((file) => file.match(/^(.*)-phone-light\.png$/)?.[1] ?? []);
    const rows = names.map((name) => {
      const cells = looks.map((look) => {
        const file = escaped(`${language}/${name}-${look}`);
        return `<a href="${file}.png"><img src="${file}-first.png" alt="${file}" loading="lazy"></a>`;
      });
      return `<h3>${escaped(name)}</h3><div>${cells.join("")}</div>`;
    });
    return `<h2>${escaped(language)}</h2>${rows.join("\n")}`;
  });
  const style = `body { background: #777; color: #fff; font: 16px system-ui; margin: 2rem }
    div { align-items: start; display: flex; gap: 1rem; overflow-x: auto } img { block-size: 26rem; display: block }`;
  writeFileSync(
    join(FOLDER, "index.html"),
    `<!doctype html><meta charset="utf-8"><title>Screenshots</title><style>${style}</style>
<h1>First view; a click shows the whole page</h1>\n${sections.join("\n")}\n`,
  );
}

await command(async () => {
  const language = process.env.LANG_TAG || DEFAULT_LANGUAGE;
  const only = process.env.ONLY ?? "";
  await setUp({ browser: true });
  await build();
  Object.assign(process.env, ENV, { CHROMIUM: await findChromium() });
  const tools = await tests();
  const ends = [];
  const started = { after: (end) => ends.unshift(end) };
  const folder = join(FOLDER, language);
  try {
    let shots;
    await step("Start two worlds with an order in every state", async () => {
      const worlds = await startWorlds(tools, started);
      shots = (await allShots(tools, worlds, language)).filter(({ name }) => name.includes(only));
    });
    if (shots.length === 0) throw new Stop(`No page has ONLY=${only} in its name.`);
    const browser = await tools.startBrowser(started);
    if (!only) rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    const { DESK, PHONE } = tools;
    const looks = SCHEMES.flatMap((colorScheme) =>
      Object.entries({ phone: PHONE, desk: DESK }).map(([device, viewport]) => ({ colorScheme, device, viewport })));
    await step(`Take ${shots.length} pages in ${looks.length} looks`, () =>
      Promise.all(looks.map((look) => take(browser, shots, folder, look))));
    contactSheet();
    console.log(`\n  ${join(FOLDER, "index.html")}`);
  } finally {
    for (const end of ends) await end();
  }
});
