// @ts-check
// <order-form>: sends the form without leaving the page, shows how far the upload is, puts a refusal beside its field,
// and opens the new order in place.

import { receivePhotos } from "./page-photos.js";
import { importLater, problemWords, text } from "./page.js";
import { PhotoField, tellProblem } from "./photo-field.js";
import { prepare } from "./pictures.js";

/** @typedef {import("../../src/web/openapi.d.ts").Problem} Problem */

const UNPAINTED_MS = 200;
const PHOTO_FIELDS = ["person_image", "garment_images"];

class OrderForm extends HTMLElement {
  /** What is being sent, with its name for the server. After a broken connection the same is sent again, byte for byte;
   * any change of the form makes it another one. @type {{key: string, body: FormData} | null} */
  #submission = null;
  /** Only with its cookie does the server know a repeated order for the same one. @type {Promise<void> | null} */
  #session = null;
  /** @type {AbortController | null} */
  #listening = null;
  /** Which weighing of the photos is the latest: an earlier one has nothing more to say. */
  #weighing = 0;

  connectedCallback() {
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    this.#form.addEventListener("submit", this.#submit, { signal });
    this.#form.addEventListener("input", this.#begin, { signal });
    this.#part("again").addEventListener("click", () => this.#form.requestSubmit(), { signal });
    receivePhotos(this.#photos("person_image"), this.#photos("garment_images"), signal);
    this.#showExcluded();
    this.#awaitExample();
  }

  disconnectedCallback() {
    this.#listening?.abort();
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

  /** Far down the page is an example; its script comes when it is a window's height away. */
  #awaitExample() {
    const near = new IntersectionObserver(([seen]) => {
      if (!seen?.isIntersecting) return;
      near.disconnect();
      importLater("before-after").catch(() => {});
    }, { rootMargin: "100%" });
    for (const example of document.querySelectorAll("before-after")) near.observe(example);
  }

  #begin = () => {
    // Shown when the order is placed; by then it has long arrived.
    importLater("order-status").catch(() => {});
    this.#submission = null;
    this.#begun();
    this.#showExcluded();
    this.#toggleProblem("aspect_ratio", "shape_not_at_size", this.#hasImpossibleShape());
    this.#weigh();
  };

  #begun() {
    this.#session ??= this.#ask().catch(() => {
      this.#session = null;
    });
    return this.#session;
  }

  async #ask() {
    /** @type {typeof import("./sending.js")} */
    const { openSession } = await importLater("sending");
    this.#showTries(await openSession());
  }

  /** @param {SubmitEvent} event */
  #submit = async (event) => {
    event.preventDefault();
    if (this.hasAttribute("data-busy")) return;
    this.#clearProblems();
    this.#setBusy(true);
    await painted();
    try {
      /** @type {typeof import("./sending.js")} */
      const { newKey, send } = await importLater("sending");
      const submission = this.#submission ?? { key: newKey(), body: await this.#body() };
      this.#submission = submission;
      const problem = this.#foresee(submission.body);
      if (problem) return this.#showProblem(problem);
      await this.#begun();
      const answer = await send(submission.body, submission.key, (share) => this.#showProgress(share));
      if (answer.status === 201) await this.#open(answer.json);
      else {
        const problem = /** @type {Problem} */ (answer.json);
        this.#showProblem({ ...problem, ...problemWords(problem, answer.retryAfter) });
      }
    } catch {
      const [title, detail] = [text("not_sent_title"), text("not_sent_detail")];
      this.#showProblem({ code: "not_sent", title, detail, retryable: true });
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
    const fields = PHOTO_FIELDS.map((name) => this.#photos(name));
    await Promise.all(fields.map((field) => field.checked));
    for (const kind of new Set(fields.flatMap((field) => field.removed))) body.append("metadata_removed", kind);
    for (const [index, field] of fields.entries()) {
      for (const file of field.files) {
        const outcome = await this.#prepared(file);
        // Without its own file name: that can tell a name, a place or a date.
        if ("blob" in outcome) body.append(PHOTO_FIELDS[index] ?? "", outcome.blob, "photo");
      }
    }
    return body;
  }

  /** As it was checked, where the larger size fails. @param {File} file */
  async #prepared(file) {
    const outcome = await prepare(file, this.#chosen("resolution"));
    return "blob" in outcome ? outcome : prepare(file);
  }

  /** @param {string} name of a group of radio buttons */
  #chosen(name) {
    return /** @type {RadioNodeList} */ (this.#form.elements.namedItem(name)).value;
  }

  #hasImpossibleShape() {
    const shape = this.querySelector("[name=aspect_ratio]:checked");
    return shape instanceof HTMLInputElement && this.#isExcluded(shape);
  }

  /** @param {HTMLInputElement} shape */
  #isExcluded(shape) {
    return (shape.dataset.notAt ?? "").split(" ").includes(this.#chosen("resolution"));
  }

  /** Shapes that are not made at the chosen size are shown as such before one is chosen. */
  #showExcluded() {
    for (const shape of /** @type {NodeListOf<HTMLInputElement>} */ (this.querySelectorAll("[data-not-at]"))) {
      shape.toggleAttribute("data-excluded", this.#isExcluded(shape));
    }
  }

  /** @param {number} bytes */
  #isTooHeavy(bytes) {
    return bytes > Number(this.dataset.imagesBytesMax);
  }

  /** Says at once when all photos together are too large to be sent, and takes it back. */
  async #weigh() {
    const turn = ++this.#weighing;
    let bytes = 0;
    for (const file of PHOTO_FIELDS.flatMap((name) => this.#photos(name).files)) {
      const outcome = await this.#prepared(file);
      if (turn !== this.#weighing) return;
      if ("blob" in outcome) bytes += outcome.blob.size;
    }
    this.#toggleProblem("garment_images", "photos_too_heavy", this.#isTooHeavy(bytes));
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
    return this.#isTooHeavy(bytes) ? problem("garment_images", "photos_too_heavy") : null;
  }

  /**
   * In this document, or by its own address when the order's script cannot be had.
   * @param {import("../../src/web/openapi.d.ts").Order} order
   */
  async #open(order) {
    const opened = await importLater("order-status").catch(() => null);
    const [person, garments] = PHOTO_FIELDS.map((name) => this.#photos(name).urls);
    if (opened) openInPlace(order, { person: person ?? [], garments: garments ?? [] });
    else location.assign(`${document.documentElement.dataset.prefix}/orders/${encodeURIComponent(order.id)}`);
  }

  /** @param {import("../../src/web/openapi.d.ts").Trial | null} trial */
  #showTries(trial) {
    if (!trial) return;
    const { limit, used, resets_at: free } = trial;
    const left = Math.max(0, limit - used);
    const format = new Intl.DateTimeFormat(document.documentElement.lang, {
      weekday: "short", day: "numeric", month: "short", hour: "numeric", minute: "2-digit",
    });
    const time = free ? format.format(new Date(free)) : "";
    this.#part("tries").textContent = text(left || !free ? "tries_left" : "tries_used", { left, limit, time });
    this.#part("price").toggleAttribute("data-used", left === 0);
  }

  /** @param {boolean} busy */
  #setBusy(busy) {
    this.toggleAttribute("data-busy", busy);
    const button = /** @type {HTMLButtonElement} */ (this.#part("submit"));
    button.disabled = busy;
    this.#part("upload").hidden = !busy;
    /** @type {HTMLProgressElement} */ (this.#part("progress")).removeAttribute("value");
    this.#part("percent").textContent = "";
    this.#part("note").textContent = busy ? text("preparing") : "";
  }

  /** @param {number} share from 0 to 1 */
  #showProgress(share) {
    const progress = /** @type {HTMLProgressElement} */ (this.#part("progress"));
    progress.value = Math.round(share * progress.max);
    const format = new Intl.NumberFormat(document.documentElement.lang, { style: "percent" });
    this.#part("percent").textContent = format.format(share);
    // Written once each: it is a live region, and each change would be read aloud.
    const note = this.#part("note");
    const line = text(share < 1 ? "sending" : "sent");
    if (note.textContent !== line) note.textContent = line;
  }

  #clearProblems() {
    this.#formError.hidden = true;
    for (const place of /** @type {NodeListOf<HTMLElement>} */ (this.querySelectorAll("[data-error-for]"))) {
      tellProblem(place, this.#controls(place.dataset.errorFor ?? ""), null);
    }
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
    const line = text(key);
    if (place && (shown || place.textContent === line)) tellProblem(place, this.#controls(field), shown ? line : null);
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
    const controls = this.#controls(field);
    tellProblem(place, controls, detail);
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
    this.#part("again").hidden = !problem.retryable || problem.code === "trial_exhausted";
    this.#part("to-pricing").hidden = problem.code !== "trial_exhausted";
    this.#part("to-help").hidden = Boolean(problem.retryable) || problem.code === "trial_exhausted";
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

/** Before the work that follows. A hidden tab paints nothing. */
const painted = () => new Promise((done) => {
  requestAnimationFrame(() => setTimeout(done));
  setTimeout(done, UNPAINTED_MS);
});

/**
 * @param {import("../../src/web/openapi.d.ts").Order} order
 * @param {import("./order-status.js").LocalPictures} pictures
 */
function openInPlace(order, pictures) {
  const template = /** @type {HTMLTemplateElement} */ (document.getElementById("order-template"));
  const content = document.importNode(template.content, true);
  const element = /** @type {import("./order-status.js").OrderStatus} */ (content.querySelector("order-status"));
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
