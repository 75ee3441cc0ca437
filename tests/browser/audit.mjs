// What axe finds on a page as it stands: light and dark, on a phone and on a desk, and whether it needs sideways scrolling
// on the narrowest screen.
import assert from "node:assert/strict";
import { DESK, PHONE } from "./visitor.mjs";

/** WCAG 1.4.10: content of this width needs no sideways scrolling. */
const REFLOW_WIDTH = 320;

/** The page needs axe, as `visitAs` brings it. With `unfold` what is closed is read too. */
export async function audit(page, name, { unfold = false } = {}) {
  if (unfold) {
    await page.evaluate(() => {
      for (const closed of document.querySelectorAll("main details")) closed.open = true;
    });
  }
  for (const colorScheme of ["light", "dark"]) {
    for (const viewport of [PHONE, DESK]) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize(viewport);
      const found = await page.evaluate(async () => (await globalThis.axe.run()).violations);
      const told = found.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) =>
        `${id}: ${target} ${failureSummary}`));
      assert.deepEqual(told, [], `${name}, ${colorScheme}, ${viewport.width}`);
    }
  }
  await page.setViewportSize({ width: REFLOW_WIDTH, height: 568 });
  const beside = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.equal(beside, 0, `${name} at ${REFLOW_WIDTH} px`);
}
