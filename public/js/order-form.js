// @ts-check
// <order-form>: sends the form without leaving the page, shows how far the upload is, puts a refusal beside the field it
// is about, and opens the new order in place. Its pictures come from this browser's own files, so neither the order's
// page nor the photos are fetched.

import { OrderStatus } from "./order-status.js";
import { PhotoField } from "./photo-field.js";
import { prepare } from "./pictures.js";
import { problemWords, text } from "./text.js";

/** A slow phone needs about 90 s for 5 photos of 2 MB at 1 Mbit/s. */
const SEND_TIMEOUT_MS = 180_000;
/** An order goes out without the cookie rather than late. */
const SESSION_TIMEOUT_MS = 5_000;
const KEY_BYTES = 16;

/** @typedef {{code: string, title: string, detail: string, field?: string, request_id?: string}} Problem */

class OrderForm extends HTMLElement {
  /** What is being sent, with its name for the server. A press of the button after a broken connection sends the same
   * again, byte for byte (an encoder may give other bytes the next time); any change of the form makes it another one.
   * @type {{key: string, body: FormData} | null} */
  #submission = null;
  /** Asked for when the visitor begins: only with its cookie does the server know a repeated order for the same one.
   * @type {Promise<void> | null} */
  #session = null;
  /** What is sent for a photo, and for a picture of which resolution.
   * @type {WeakMap<File, {resolution: string, blob: Promise<Blob>}>} */
  #prepared = new WeakMap();
  /** Which weighing of the photos is the latest: an earlier one has nothing more to say. */
  #weighing = 0;

  connectedCallback() {
    this.#form.addEventListener("submit", this.#submit);
    this.#form.addEventListener("input", this.#begin);
  }

  disconnectedCallback() {
    this.#form.removeEventListener("submit", this.#submit);
    this.#form.removeEventListener("input", this.#begin);
  }

  get #form() {
    return /** @type {HTMLFormElement} */ (this.querySelector("form"));
  }

  /** @param {string} name */
  #part(name) {
    return /** @type {HTMLElement} */ (this.querySelector(`[data-part="${name}"]`));
  }

  /** @param {string} name */
  #photos(name) {
    return /** @type {PhotoField} */ (this.querySelector(`#field-${name}`));
  }

  #begin = () => {
    this.#submission = null;
    this.#session ??= openSession();
    this.#toggleProblem("aspect_ratio", "shape_not_at_size", this.#hasImpossibleShape());
    this.#weigh();
  };

  /** @param {SubmitEvent} event */
  #submit = async (event) => {
    event.preventDefault();
    if (this.hasAttribute("data-busy")) return;
    this.#clearProblems();
    this.#setBusy(true);
    try {
      const submission = this.#submission ?? { key: newKey(), body: await this.#body() };
      this.#submission = submission;
      const problem = this.#foresee(submission.body);
      if (problem) return this.#showProblem(problem);
      await (this.#session ??= openSession());
      const answer = await send(submission.body, submission.key, (share) => this.#showProgress(share));
      if (answer.status === 201) openInPlace(answer.json, this.#localPictures());
      else this.#showProblem({ .../** @type {Problem} */ (answer.json), ...problemWords(answer.json) });
    } catch {
      this.#showProblem({ code: "not_sent", title: text("not_sent_title"), detail: text("not_sent_detail") });
    } finally {
      this.#setBusy(false);
    }
  };

  /** The text fields go first, so that the server can refuse them before it has read a photo. */
  async #body() {
    const form = new FormData(this.#form);
    const body = new FormData();
    for (const [name, value] of form) {
      if (typeof value === "string") body.append(name, value);
    }
    const resolution = String(form.get("resolution"));
    for (const name of ["person_image", "garment_images"]) {
      await this.#photos(name).checked;
      for (const file of this.#photos(name).files) {
        // Without its own file name: that can tell a name, a place or a date.
        body.append(name, await this.#prepare(file, resolution), "photo");
      }
    }
    return body;
  }

  /**
   * @param {File} file
   * @param {string} resolution
   */
  #prepare(file, resolution) {
    const known = this.#prepared.get(file);
    if (known?.resolution === resolution) return known.blob;
    const blob = prepare(file, resolution);
    this.#prepared.set(file, { resolution, blob });
    // Tried again at the next press of the button.
    blob.catch(() => this.#prepared.delete(file));
    return blob;
  }

  get #bytesMax() {
    return Number(this.dataset.imagesBytesMax);
  }

  /** Whether the chosen shape is not made at the chosen size. */
  #hasImpossibleShape() {
    const list = (/** @type {string} */ name) =>
      /** @type {HTMLSelectElement} */ (this.#form.elements.namedItem(name));
    const sizes = list("aspect_ratio").selectedOptions[0]?.dataset.notAt ?? "";
    return sizes.split(" ").includes(list("resolution").value);
  }

  /** Says at once when all photos together are too large to be sent, and takes it back when they no longer are. */
  async #weigh() {
    const turn = ++this.#weighing;
    const files = ["person_image", "garment_images"].flatMap((name) => this.#photos(name).files);
    const resolution = String(new FormData(this.#form).get("resolution"));
    let bytes = files.reduce((sum, file) => sum + file.size, 0);
    // Most large photos are sent as smaller copies; only those that are large together are worth the work to know.
    if (bytes > this.#bytesMax) {
      bytes = 0;
      for (const file of files) {
        try {
          bytes += (await this.#prepare(file, resolution)).size;
        } catch {
          return;
        }
        if (turn !== this.#weighing) return;
      }
    }
    this.#toggleProblem("garment_images", "photos_too_heavy", bytes > this.#bytesMax);
  }

  /**
   * What the server would refuse for certain.
   * @param {FormData} body
   * @returns {Problem | null}
   */
  #foresee(body) {
    const problem = (/** @type {string} */ field, /** @type {string} */ key) =>
      ({ code: key, title: "", detail: text(key), field });
    if (this.#hasImpossibleShape()) return problem("aspect_ratio", "shape_not_at_size");
    let bytes = 0;
    for (const value of body.values()) {
      if (value instanceof Blob) bytes += value.size;
    }
    return bytes > this.#bytesMax ? problem("garment_images", "photos_too_heavy") : null;
  }

  #localPictures() {
    const person = this.#photos("person_image");
    const garments = this.#photos("garment_images");
    return {
      person: person.files.map((file) => person.urlOf(file)),
      garments: garments.files.map((file) => garments.urlOf(file)),
    };
  }

  /** @param {boolean} busy */
  #setBusy(busy) {
    this.toggleAttribute("data-busy", busy);
    const button = /** @type {HTMLButtonElement} */ (this.#part("submit"));
    button.disabled = busy;
    const progress = /** @type {HTMLProgressElement} */ (this.#part("progress"));
    progress.hidden = !busy;
    progress.removeAttribute("value");
    this.#part("note").textContent = text(busy ? "preparing" : "submit_note");
  }

  /** @param {number} share from 0 to 1 */
  #showProgress(share) {
    const progress = /** @type {HTMLProgressElement} */ (this.#part("progress"));
    progress.value = Math.round(share * progress.max);
    // Written once: it is a live region, and each change would be read aloud.
    const note = this.#part("note");
    if (note.textContent !== text("sending")) note.textContent = text("sending");
  }

  #clearProblems() {
    this.#formError.hidden = true;
    for (const problem of this.querySelectorAll("[data-error-for]")) {
      /** @type {HTMLElement} */ (problem).hidden = true;
    }
    for (const control of this.querySelectorAll("[aria-invalid]")) control.removeAttribute("aria-invalid");
  }

  get #formError() {
    return /** @type {HTMLElement} */ (this.querySelector("#form-error"));
  }

  /** @param {string} field */
  #problemPlace(field) {
    return /** @type {HTMLElement | null} */ (this.querySelector(`[data-error-for="${CSS.escape(field)}"]`));
  }

  /**
   * @param {string} field
   * @returns {NodeListOf<HTMLElement>}
   */
  #controls(field) {
    return this.querySelectorAll(`[name="${CSS.escape(field)}"]`);
  }

  /**
   * Shows a problem at its field while the visitor is still choosing, or takes away this one and no other.
   * @param {string} field
   * @param {string} key of its text
   * @param {boolean} shown
   */
  #toggleProblem(field, key, shown) {
    const place = this.#problemPlace(field);
    if (!place || (!shown && place.textContent !== text(key))) return;
    place.textContent = shown ? text(key) : "";
    place.hidden = !shown;
    for (const control of this.#controls(field)) {
      if (shown) control.setAttribute("aria-invalid", "true");
      else control.removeAttribute("aria-invalid");
    }
  }

  /** @param {Problem} problem */
  #showProblem(problem) {
    const place = problem.field ? this.#problemPlace(problem.field) : null;
    if (place && problem.field) this.#showAtField(place, problem.field, problem.detail);
    else this.#showAtForm(problem);
  }

  /**
   * @param {HTMLElement} place
   * @param {string} field
   * @param {string} detail
   */
  #showAtField(place, field, detail) {
    place.textContent = detail;
    place.hidden = false;
    const controls = this.#controls(field);
    for (const control of controls) control.setAttribute("aria-invalid", "true");
    const closed = place.closest("details");
    if (closed) closed.open = true;
    // A chooser that is full hides its zone, then the first button beside it (remove) takes the focus.
    const visible = Array.from(controls).find((control) => control.checkVisibility());
    const fallback = /** @type {HTMLElement | null} */ (this.querySelector(`#field-${CSS.escape(field)} button`));
    (visible ?? fallback)?.focus();
    place.scrollIntoView({ block: "center" });
  }

  /** @param {Problem} problem */
  #showAtForm(problem) {
    this.#part("error-title").textContent = problem.title;
    this.#part("error-detail").textContent = problem.detail;
    this.#part("choose-again").hidden = true;
    // What never reached the server has no request to name.
    this.#part("error-reference").hidden = !problem.request_id;
    this.#part("error-code").textContent = problem.code;
    this.#part("error-request").hidden = !problem.request_id;
    this.#part("error-request-id").textContent = problem.request_id ?? "";
    this.#formError.hidden = false;
    this.#formError.focus();
  }
}

/** Gets the anonymous cookie where there is none yet. Without an answer the order still goes out. */
async function openSession() {
  try {
    const answer = await fetch("/api/session", { signal: AbortSignal.timeout(SESSION_TIMEOUT_MS) });
    await answer.text();
  } catch {
    // Then a repeated order is not known for the same one; the trial's limit still bounds it.
  }
}

/** 128 random bits as text; `crypto.randomUUID` is missing where the page is not served over https. */
function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(KEY_BYTES));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * Sends an order. By XMLHttpRequest, the only one that tells how far an upload is.
 * @param {FormData} body
 * @param {string} key
 * @param {(share: number) => void} onProgress
 * @returns {Promise<{status: number, json: any}>}
 */
function send(body, key, onProgress) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", "/api/orders");
    request.timeout = SEND_TIMEOUT_MS;
    request.setRequestHeader("Accept", "application/json");
    request.setRequestHeader("Idempotency-Key", key);
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) onProgress(event.loaded / event.total);
    };
    request.onload = () => {
      try {
        resolve({ status: request.status, json: JSON.parse(request.responseText) });
      } catch (error) {
        reject(error);
      }
    };
    request.onerror = request.ontimeout = request.onabort = () => reject(new Error("not sent"));
    request.send(body);
  });
}

/**
 * Shows a new order in this document, at its own address.
 * @param {import("./order-status.js").Order} order
 * @param {import("./order-status.js").LocalPictures} pictures
 */
function openInPlace(order, pictures) {
  const template = /** @type {HTMLTemplateElement} */ (document.getElementById("order-template"));
  const content = document.importNode(template.content, true);
  const element = /** @type {OrderStatus} */ (content.querySelector("order-status"));
  // The templates stay: the order's words are in one of them.
  const main = /** @type {HTMLElement} */ (document.getElementById("main"));
  for (const child of Array.from(main.children)) {
    if (!(child instanceof HTMLTemplateElement)) child.remove();
  }
  main.prepend(content);
  element.open(order, pictures);
  scrollTo(0, 0);
}

customElements.define("order-form", OrderForm);
