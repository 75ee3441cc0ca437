// Pictures of the pages for a person to look at, light and dark, on a phone and on a desk.
//
//   node tests/browser/screenshots.mjs BASE_URL FOLDER [PATH…]
//
// Each page is taken twice: whole, and (`-first`) as far as it shows before any scrolling.
// PATH defaults to `/` and the page of an unknown address. CHROMIUM names the browser (Debian's by default).

import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { chromium } from "playwright-core";

const WIDTHS = { phone: { width: 390, height: 844 }, desk: { width: 1440, height: 900 } };
const SCHEMES = ["light", "dark"];
const LOAD_TIMEOUT_MS = 15_000;

const [base, folder, ...named] = process.argv.slice(2);
if (!base || !folder) {
  console.error("usage: node tests/browser/screenshots.mjs BASE_URL FOLDER [PATH…]");
  process.exit(2);
}
const paths = named.length ? named : ["/", "/no-such-page"];
await mkdir(folder, { recursive: true });

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox"],
});
try {
  for (const colorScheme of SCHEMES) {
    for (const [device, viewport] of Object.entries(WIDTHS)) {
      const context = await browser.newContext({ colorScheme, viewport, reducedMotion: "reduce" });
      const page = await context.newPage();
      page.on("console", (message) => {
        if (message.type() === "error") console.error(`${page.url()}: ${message.text()}`);
      });
      for (const path of paths) {
        await page.goto(new URL(path, base).href, { timeout: LOAD_TIMEOUT_MS, waitUntil: "load" });
        const name = path.replace(/\W+/g, "-").replace(/^-|-$/g, "") || "home";
        const file = join(folder, `${name}-${device}-${colorScheme}`);
        await page.screenshot({ path: `${file}-first.png` });
        await page.screenshot({ path: `${file}.png`, fullPage: true });
        console.error(file);
      }
      await context.close();
    }
  }
} finally {
  await browser.close();
}
