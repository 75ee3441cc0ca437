// Develops drawings into photos: Chromium renders the SVG, and the best quality that fits its budget is kept.
import { chromium } from "playwright-core";
import { Stop } from "../step.mjs";

const QUALITIES = [90, 86, 82, 78, 74, 70, 64];

/** A page that renders, and ends with `work`. */
export async function withDarkroom(work) {
  const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
  const browser = await chromium.launch({ executablePath, args: ["--headless", "--no-sandbox", "--disable-gpu"] });
  try {
    return await work(await browser.newPage());
  } finally {
    await browser.close();
  }
}

async function show(page, svg, width, height) {
  await page.setViewportSize({ width, height });
  await page.setContent(`<style>* { margin: 0 } body > svg { display: block; width: 100vw; height: 100vh }</style>${svg}`);
}

/** The drawing as a JPEG of this size and of at most so many bytes. */
export async function jpeg(page, svg, { width, height, bytes }) {
  await show(page, svg, width, height);
  for (const quality of QUALITIES) {
    const photo = await page.screenshot({ type: "jpeg", quality });
    if (photo.length <= bytes) return photo;
  }
  throw new Stop(`A drawing of ${width} by ${height} does not fit ${bytes} bytes.`);
}

/** The drawing as a PNG of this size; where it draws nothing, nothing is. */
export async function png(page, svg, size) {
  await show(page, svg, size, size);
  return page.screenshot({ omitBackground: true });
}
