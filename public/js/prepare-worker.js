// @ts-check
// The worker thread that prepares photos, so that the page stays quick. Started by pictures.js.

import { prepareHere } from "./preparation.js";

addEventListener("message", async ({ data: { id, file, sideMax } }) => {
  /** @type {Awaited<ReturnType<typeof prepareHere>>} */
  let outcome = null;
  try {
    outcome = await prepareHere(file, sideMax);
  } catch {
    // The page then tries by itself.
  }
  postMessage({ id, outcome });
});
