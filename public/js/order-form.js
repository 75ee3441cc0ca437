// @ts-check
// <order-form>: sends the form without leaving the page, shows how far the upload is, puts a refusal beside the field it
// is about, and opens the new order in place. Its pictures come from this browser's own files, so neither the order's
// page nor the photos are fetched.

import { OrderStatus } from "./order-status.js";
import { PhotoField } from "./photo-field.js";
import { prepare } from "./pictures.js";
import { text } from "./text.js";

/** A slow phone needs about 90 s for 5 photos of 2 MB at 1 Mbit/s. */
const SEND_TIMEOUT_MS = 180_000;
/** An order goes out without the cookie rather than late. */
const SESSION_TIMEOUT_MS = 5_000;
const KEY_BYTES = 16;

/** @typedef {{code: string, title: string, detail: string, field?: string}} Problem */

class OrderForm extends HTMLElement {
  /** What is being sent, with its name for the server. A press of the button after a broken connection sends the same
   * again, byte for byte (an encoder may give other bytes the next time); any change of the form makes it another one.
   * @type {{key: string, body: FormData} | null} */
  #submission = null;
  /** Asked for when the visitor begins: only with its cookie does the server know a repeated order for the same one.
   * @type {Promise<void> | null} */
  #session = null;

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
      await (this.#session ??= openSession());
      const answer = await send(submission.body, submission.key, (share) => this.#showProgress(share));
      if (answer.status === 201) openInPlace(answer.json, this.#localPictures());
      else this.#showProblem(/** @type {Problem} */ (answer.json));
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
        body.append(name, await prepare(file, resolution), "photo");
      }
    }
    return body;
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

  /** @param {Problem} problem */
  #showProblem(problem) {
    const place = problem.field ? this.querySelector(`[data-error-for="${CSS.escape(problem.field)}"]`) : null;
    if (place && problem.field) this.#showAtField(/** @type {HTMLElement} */ (place), problem.field, problem.detail);
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
    const controls = /** @type {NodeListOf<HTMLElement>} */ (this.querySelectorAll(`[name="${CSS.escape(field)}"]`));
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
