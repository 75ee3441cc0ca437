// @ts-check
// Photos before they are sent: all pixels are handled in the browser, in a thread of their own where it has one.

import { importLater } from "./page.js";
import { scriptUrl } from "./script-url.js";

/** Longest side of what is sent: more does not show in a picture of 1K or 2K. */
const SIDE_PIXELS_MAX = 2048;
/** The same for a picture of 4K. */
const SIDE_PIXELS_MAX_4K = 4096;
/** A slow phone needs about 5 s for 50 megapixels. */
const PREPARE_TIMEOUT_MS = 60_000;

/**
 * @typedef {import("./preparation.js").Refused} Refused
 * @typedef {import("./preparation.js").Prepared} Prepared
 * @typedef {Refused | Prepared} Outcome
 */

/** @type {Worker | null} */
let worker = null;
let workerFails = typeof Worker !== "function" || typeof OffscreenCanvas !== "function";
let lastId = 0;
/** @type {Map<number, (outcome: Outcome | null) => void>} */
const waiting = new Map();
/** @type {WeakMap<File, Map<number, Promise<Outcome>>>} */
const known = new WeakMap();

/**
 * What is sent for a photo, or why it cannot be used. The same photo at the same size is prepared once.
 * @param {File} file
 * @param {string} [resolution] of the picture to be made
 * @returns {Promise<Outcome>}
 */
export function prepare(file, resolution) {
  const sideMax = resolution === "4K" ? SIDE_PIXELS_MAX_4K : SIDE_PIXELS_MAX;
  const sizes = known.get(file) ?? new Map();
  known.set(file, sizes);
  const outcome = sizes.get(sideMax) ?? prepareNew(file, sideMax);
  sizes.set(sideMax, outcome);
  return outcome;
}

/**
 * @param {File} file
 * @param {number} sideMax
 * @returns {Promise<Outcome>}
 */
async function prepareNew(file, sideMax) {
  const outcome = workerFails ? null : await inWorker(file, sideMax);
  if (outcome) return outcome;
  const here = await importLater("preparation").catch(() => null);
  if (here) return (await here.prepareHere(file, sideMax)) ?? { problem: "photo_unreadable" };
  known.delete(file);
  return { problem: "photo_unchecked" };
}

/**
 * @param {File} file
 * @param {number} sideMax
 * @returns {Promise<Outcome | null>} null when the worker cannot do it
 */
function inWorker(file, sideMax) {
  try {
    worker ??= startWorker();
  } catch {
    workerFails = true;
    return Promise.resolve(null);
  }
  const id = ++lastId;
  return new Promise((resolve) => {
    const timer = setTimeout(() => giveUp(id), PREPARE_TIMEOUT_MS);
    waiting.set(id, (outcome) => {
      clearTimeout(timer);
      waiting.delete(id);
      resolve(outcome);
    });
    worker?.postMessage({ id, file, sideMax });
  });
}

function startWorker() {
  const started = new Worker(scriptUrl(new URL("./preparation.js", import.meta.url)), { type: "module" });
  started.addEventListener("message", ({ data: { id, outcome } }) => waiting.get(id)?.(outcome));
  started.addEventListener("error", () => {
    workerFails = true;
    for (const settle of [...waiting.values()]) settle(null);
  });
  return started;
}

/**
 * A photo that takes so long is one too many for this device; others wait behind it, so the thread ends with it.
 * @param {number} id
 */
function giveUp(id) {
  worker?.terminate();
  worker = null;
  waiting.get(id)?.({ problem: "photo_unreadable" });
  for (const settle of [...waiting.values()]) settle(null);
}
