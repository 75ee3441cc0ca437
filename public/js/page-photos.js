// @ts-check
// Photos that come from outside the fields: pasted or dropped anywhere on the page, taken over from an order, or shared
// from another app.

import { text } from "./page.js";

/** @typedef {import("./photo-field.js").PhotoField} PhotoField */

const HAND_OVER_TIMEOUT_MS = 15_000;
/** The service worker holds shared photos in its memory; it answers at once or has forgotten them. */
const SHARED_TIMEOUT_MS = 5_000;
const FROM_ORDER = /^#(person|output)=([\w-]{16,64})$/;
const TEXT_FIELD = "textarea, input:not([type=radio], [type=checkbox], [type=file]), [contenteditable]";

/**
 * Takes photos for these two fields until the signal.
 * @param {PhotoField} person
 * @param {PhotoField} garments
 * @param {AbortSignal} signal
 */
export function receivePhotos(person, garments, signal) {
  const give = (/** @type {File[]} */ files) => giveTo(person, garments, files);
  addEventListener("paste", (event) => {
    const files = Array.from(event.clipboardData?.files ?? []);
    if (!files.length || (event.target instanceof Element && event.target.closest(TEXT_FIELD))) return;
    event.preventDefault();
    give(files);
  }, { signal });
  receiveDropped([person, garments], give, signal);
  takeOver(person, garments);
  addEventListener("hashchange", () => takeOver(person, garments), { signal });
}

/**
 * The first photo is the person's where there is none yet; all others are garments.
 * @param {PhotoField} person
 * @param {PhotoField} garments
 * @param {File[]} files
 */
async function giveTo(person, garments, files) {
  await person.checked;
  const first = person.files.length ? 0 : 1;
  if (first) await person.add(files.slice(0, 1));
  if (files.length > first) await garments.add(files.slice(first));
}

/**
 * @param {PhotoField[]} fields
 * @param {(files: File[]) => void} give
 * @param {AbortSignal} signal
 */
function receiveDropped(fields, give, signal) {
  const fieldAt = (/** @type {Event} */ event) =>
    fields.find((field) => event.target instanceof Node && field.contains(event.target));
  const light = (/** @type {boolean} */ dragging, /** @type {PhotoField | undefined} */ over) => {
    for (const field of fields) {
      field.toggleAttribute("data-awaited", dragging);
      field.toggleAttribute("data-over", field === over);
    }
  };
  addEventListener("dragover", (event) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    // Without this the browser would leave the page for the file.
    event.preventDefault();
    light(true, fieldAt(event));
  }, { signal });
  addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) light(false, undefined);
  }, { signal });
  addEventListener("drop", (event) => {
    light(false, undefined);
    const files = Array.from(event.dataTransfer?.files ?? []);
    if (!files.length) return;
    event.preventDefault();
    const field = fieldAt(event);
    if (field) field.add(files);
    else give(files);
  }, { signal });
}

/**
 * What the address asks for. It is taken out of the address at once: an order's id is a secret, a reload asks no more.
 * @param {PhotoField} person
 * @param {PhotoField} garments
 */
async function takeOver(person, garments) {
  const [, role, id] = location.hash.match(FROM_ORDER) ?? [];
  const isShared = location.hash === "#shared";
  if (!id && !isShared) return;
  history.replaceState(history.state, "", location.pathname + location.search);
  if (isShared) {
    const files = await sharedPhotos();
    if (files.length) await giveTo(person, garments, files);
    else person.showProblem(text("shared_lost"));
  } else if (!(await takeFromOrder(person, role ?? "", id ?? ""))) {
    person.showProblem(text("order_photo_failed"));
  }
}

/**
 * @param {PhotoField} person
 * @param {string} role
 * @param {string} id
 */
async function takeFromOrder(person, role, id) {
  try {
    const signal = AbortSignal.timeout(HAND_OVER_TIMEOUT_MS);
    const answer = await fetch(`/api/orders/${encodeURIComponent(id)}`, { signal });
    if (!answer.ok) return false;
    const { images } = await answer.json();
    const image = images.find((/** @type {{role: string}} */ one) => one.role === role);
    return Boolean(image) && (await person.addFrom(image.url, text("name_order")));
  } catch {
    return false;
  }
}

/** @returns {Promise<File[]>} */
function sharedPhotos() {
  const worker = navigator.serviceWorker?.controller;
  if (!worker) return Promise.resolve([]);
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve([]), SHARED_TIMEOUT_MS);
    port1.onmessage = ({ data }) => {
      clearTimeout(timer);
      port1.close();
      resolve(data.files);
    };
    worker.postMessage({ type: "shared-photo" }, [port2]);
  });
}
