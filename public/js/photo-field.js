// @ts-check
// <photo-field>: a file chooser that shows what was chosen, adds to it, and says at once what cannot be used. The files
// stay in the chooser itself, so the form sends the same with and without this script.

import { findProblem } from "./pictures.js";
import { text } from "./text.js";

const SVG = "http://www.w3.org/2000/svg";

export class PhotoField extends HTMLElement {
  /** @type {File[]} */
  #files = [];
  /** @type {Map<File, string>} */
  #urls = new Map();
  /** Choices are checked one after another: a second one made meanwhile must not overtake the first. */
  #checking = Promise.resolve();

  connectedCallback() {
    this.#input.addEventListener("change", this.#choose);
    // Some browsers give back what was chosen when a page is reloaded.
    if (this.#input.files?.length) this.#choose();
  }

  disconnectedCallback() {
    this.#input.removeEventListener("change", this.#choose);
  }

  /** The chosen photos, in order. */
  get files() {
    return this.#files;
  }

  /** Resolves when every photo chosen so far is checked. */
  get checked() {
    return this.#checking;
  }

  /**
   * A link to a chosen photo inside this browser; it lives as long as the document.
   * @param {File} file
   */
  urlOf(file) {
    const url = this.#urls.get(file) ?? URL.createObjectURL(file);
    this.#urls.set(file, url);
    return url;
  }

  /**
   * Shows a problem at the field, or takes it away.
   * @param {string | null} detail
   */
  showProblem(detail) {
    this.#problem.textContent = detail ?? "";
    this.#problem.hidden = detail === null;
    if (detail === null) this.#input.removeAttribute("aria-invalid");
    else this.#input.setAttribute("aria-invalid", "true");
  }

  get #input() {
    return /** @type {HTMLInputElement} */ (this.querySelector("input[type=file]"));
  }

  get #problem() {
    return /** @type {HTMLElement} */ (this.querySelector("[data-error-for]"));
  }

  get #filesMax() {
    return Number(this.dataset.filesMax);
  }

  #choose = () => {
    const chosen = Array.from(this.#input.files ?? []);
    // A chooser that is closed without a choice is emptied by the browser; what was chosen before stays.
    this.#keep(this.#files);
    this.#checking = this.#checking.then(() => this.#add(chosen));
  };

  /** @param {File[]} chosen */
  async #add(chosen) {
    const room = this.#filesMax - this.#files.length;
    const problems = [];
    const good = [];
    for (const file of chosen.slice(0, room)) {
      const problem = await findProblem(file);
      if (problem) problems.push(text(problem, { name: file.name }));
      else good.push(file);
    }
    if (chosen.length > room) problems.push(text("photos_too_many", { max: this.#filesMax }));
    this.showProblem(problems.length ? problems.join(" ") : null);
    this.#keep([...this.#files, ...good]);
  }

  /** @param {File[]} files */
  #keep(files) {
    this.#files = files;
    const transfer = new DataTransfer();
    for (const file of files) transfer.items.add(file);
    this.#input.files = transfer.files;
    this.#showPreviews();
    this.dispatchEvent(new Event("input", { bubbles: true }));
  }

  #showPreviews() {
    const grid = /** @type {HTMLElement} */ (this.querySelector("[data-part=grid]"));
    const zone = /** @type {HTMLElement} */ (this.querySelector("[data-part=zone]"));
    for (const preview of grid.querySelectorAll(".photo__preview")) preview.remove();
    for (const file of this.#files) grid.insertBefore(this.#preview(file), zone);
    zone.hidden = this.#files.length >= this.#filesMax;
  }

  /** @param {File} file */
  #preview(file) {
    const preview = document.createElement("div");
    preview.className = "photo__preview";
    const picture = document.createElement("img");
    picture.className = "photo__picture";
    picture.src = this.urlOf(file);
    picture.alt = text("photo_preview", { name: file.name });
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button photo__remove";
    button.setAttribute("aria-label", text("remove_photo", { name: file.name }));
    button.append(cross());
    button.addEventListener("click", () => this.#remove(file));
    preview.append(picture, button);
    return preview;
  }

  /** @param {File} removed */
  #remove(removed) {
    this.showProblem(null);
    this.#keep(this.#files.filter((file) => file !== removed));
    this.#input.focus();
  }
}

function cross() {
  const drawing = document.createElementNS(SVG, "svg");
  drawing.setAttribute("class", "photo__remove-mark");
  drawing.setAttribute("viewBox", "0 0 16 16");
  drawing.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", "M3 3l10 10M13 3L3 13");
  drawing.append(path);
  return drawing;
}

customElements.define("photo-field", PhotoField);
