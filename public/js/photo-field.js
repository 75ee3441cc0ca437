// @ts-check
// <photo-field>: a file chooser that takes photos from wherever they come, shows them, lets them be put in order, and
// says at once what cannot be used. The files stay in the chooser, so the form sends the same without this script.

import { importLater, text } from "./page.js";
import { prepare } from "./pictures.js";

const SAMPLE_TIMEOUT_MS = 15_000;
/** A press that moves less is a click. */
const DRAG_PIXELS_MIN = 6;
const SVG = "http://www.w3.org/2000/svg";

/**
 * @typedef {{file: File, url: string, removed: string[], tile: HTMLElement}} Photo
 */

export class PhotoField extends HTMLElement {
  /** @type {Photo[]} */
  #photos = [];
  /** Choices are checked one after another: a second one made meanwhile must not overtake the first. */
  #checking = Promise.resolve();
  #arranger = new Arranger(this, (from, to) => this.#move(from, to));

  connectedCallback() {
    this.#input.addEventListener("change", this.#choose);
    this.addEventListener("click", this.#click);
    this.#arranger.start(this.#grid);
    globalThis.caches?.has("last-photo").then((is) => is && this.#offerToRemember()).catch(() => {});
    // Some browsers give back what was chosen when a page is reloaded.
    if (this.#input.files?.length) this.#choose();
  }

  /** The chosen photos, in order. */
  get files() {
    return this.#photos.map(({ file }) => file);
  }

  /** Links to what is sent for them; they live as long as the document. */
  get urls() {
    return this.#photos.map(({ url }) => url);
  }

  /** What was hidden in them and is not sent, each kind once. */
  get removed() {
    return [...new Set(this.#photos.flatMap(({ removed }) => removed))];
  }

  /** Resolves when every photo chosen so far is checked. */
  get checked() {
    return this.#checking;
  }

  /** Resolves when they are checked. A field for one exchanges it. @param {File[]} files */
  add(files) {
    // Until they are checked they count as chosen: a form that is sent meanwhile waits for them and is not empty.
    this.#fillInput(files);
    this.#checking = this.#checking.then(() => this.#add(files));
    return this.#checking;
  }

  /**
   * Takes a picture of this site.
   * @param {string} url
   * @param {string} name as it is shown
   * @returns {Promise<boolean>} whether it could be had
   */
  async addFrom(url, name) {
    try {
      const answer = await fetch(url, { signal: AbortSignal.timeout(SAMPLE_TIMEOUT_MS) });
      if (!answer.ok) return false;
      const blob = await answer.blob();
      await this.add([new File([blob], name, { type: blob.type })]);
      return true;
    } catch {
      return false;
    }
  }

  /** @param {string | null} detail a problem to show, or none */
  showProblem(detail) {
    tellProblem(/** @type {HTMLElement} */ (this.querySelector("[data-error-for]")), [this.#input], detail);
  }

  get #input() {
    return /** @type {HTMLInputElement} */ (this.querySelector("input[type=file]"));
  }

  get #grid() {
    return /** @type {HTMLElement} */ (this.querySelector("[data-part=grid]"));
  }

  get #filesMax() {
    return Number(this.dataset.filesMax);
  }

  #choose = () => {
    const chosen = Array.from(this.#input.files ?? []);
    // A chooser that is closed without a choice is emptied by the browser; what was chosen before stays.
    this.#fillInput();
    if (chosen.length) this.add(chosen);
  };

  /** @param {Event} event */
  #click = async (event) => {
    const target = event.target instanceof Element ? event.target : null;
    const sample = /** @type {HTMLElement | null | undefined} */ (target?.closest("[data-sample]"));
    if (sample) await this.#addSample(sample);
    else if (target?.closest("[data-part=camera]")) await this.#addFromCamera();
  };

  /** @param {HTMLElement} sample */
  async #addSample(sample) {
    const had = await this.addFrom(sample.dataset.sample ?? "", sample.dataset.name ?? "");
    if (!had) this.showProblem(text("sample_failed"));
  }

  async #addFromCamera() {
    const { takePhoto } = await importLater("camera");
    const file = await takePhoto();
    if (file) await this.add([file]);
  }

  /** @param {File[]} chosen */
  async #add(chosen) {
    const isExchange = this.#filesMax === 1;
    const room = isExchange ? 1 : this.#filesMax - this.#photos.length;
    this.toggleAttribute("data-busy", true);
    const outcomes = await Promise.all(chosen.slice(0, room).map((file) => prepare(file)));
    this.toggleAttribute("data-busy", false);
    const problems = [];
    const good = [];
    for (const [index, outcome] of outcomes.entries()) {
      const file = /** @type {File} */ (chosen[index]);
      if ("problem" in outcome) problems.push(text(outcome.problem, { name: file.name }));
      else good.push(this.#photo(file, outcome));
    }
    if (chosen.length > room) problems.push(text("photos_too_many", { max: this.#filesMax }));
    this.showProblem(problems.length ? problems.join(" ") : null);
    this.#keep(isExchange && good.length ? good : [...this.#photos, ...good]);
  }

  /**
   * @param {File} file
   * @param {import("./pictures.js").Prepared} prepared
   * @returns {Photo}
   */
  #photo(file, { blob, removed }) {
    const url = URL.createObjectURL(blob);
    /** @type {Photo} */
    const photo = { file, url, removed, tile: document.createElement("div") };
    photo.tile.className = "photo__preview";
    const picture = document.createElement("img");
    picture.className = "photo__picture";
    picture.src = url;
    picture.draggable = false;
    picture.alt = text("photo_preview", { name: file.name });
    photo.tile.append(picture, ...this.#badges(photo), this.#button(photo, "remove", "close"));
    if (this.#filesMax > 1) {
      photo.tile.append(this.#button(photo, "earlier", "arrow-left"), this.#button(photo, "later", "arrow-right"));
    }
    return photo;
  }

  /** @param {Photo} photo */
  #badges({ removed }) {
    const badge = (/** @type {string} */ kind, /** @type {string} */ key) => {
      const element = document.createElement("span");
      element.className = `photo__badge photo__badge--${kind}`;
      element.textContent = text(key);
      return element;
    };
    const isSmall = this.#filesMax > 1;
    const badges = isSmall ? [badge("main", "main_garment")] : [];
    const told = removed.includes("gps") ? "location_removed" : removed.length && !isSmall ? "hidden_removed" : null;
    return told ? [...badges, badge("removed", told)] : badges;
  }

  /**
   * @param {Photo} photo
   * @param {"remove" | "earlier" | "later"} act
   * @param {string} drawing
   */
  #button(photo, act, drawing) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = `photo__button photo__button--${act}`;
    button.dataset.act = act;
    button.setAttribute("aria-label", text(`${act}_photo`, { name: photo.file.name }));
    button.append(icon(drawing));
    button.addEventListener("click", () => {
      const index = this.#photos.indexOf(photo);
      if (act === "remove") this.#remove(photo);
      else this.#move(index, index + (act === "later" ? 1 : -1), act);
    });
    return button;
  }

  /** Asks for its script when there is a photo, or one from last time. */
  #offerToRemember() {
    if (this.querySelector("remember-photo")) importLater("remember-photo").catch(() => {});
  }

  /** @param {Photo[]} photos */
  #keep(photos) {
    this.#photos = photos;
    this.#offerToRemember();
    this.#fillInput();
    this.#showTiles();
    this.dispatchEvent(new Event("input", { bubbles: true }));
  }

  /** @param {File[]} [unchecked] */
  #fillInput(unchecked = []) {
    const transfer = new DataTransfer();
    for (const file of [...this.files, ...unchecked].slice(-this.#filesMax)) transfer.items.add(file);
    this.#input.files = transfer.files;
  }

  #showTiles() {
    const zone = /** @type {HTMLElement} */ (this.querySelector("[data-part=zone]"));
    const tiles = this.#photos.map(({ tile }) => tile);
    for (const old of this.#grid.querySelectorAll(".photo__preview")) {
      if (!tiles.includes(/** @type {HTMLElement} */ (old))) old.remove();
    }
    for (const tile of tiles) this.#grid.insertBefore(tile, zone);
    for (const [index, tile] of tiles.entries()) {
      for (const button of /** @type {NodeListOf<HTMLElement>} */ (tile.querySelectorAll("[data-act]"))) {
        const { act } = button.dataset;
        button.hidden = (act === "earlier" && index === 0) || (act === "later" && index === tiles.length - 1);
      }
    }
    this.dataset.count = String(tiles.length);
    zone.hidden = tiles.length >= this.#filesMax;
  }

  /**
   * @param {number} from
   * @param {number} to
   * @param {"earlier" | "later"} [act] whose button keeps the focus
   */
  #move(from, to, act) {
    const photos = [...this.#photos];
    const [photo] = photos.splice(from, 1);
    if (!photo || to < 0 || to > photos.length) return;
    photos.splice(to, 0, photo);
    this.#keep(photos);
    const values = { name: photo.file.name, position: to + 1, count: photos.length };
    /** @type {HTMLElement} */ (this.querySelector("[data-part=said]")).textContent = text("photo_moved", values);
    if (!act) return;
    // At an end its button is gone; then the other one is the next that may be wanted.
    const buttons = [act, act === "later" ? "earlier" : "later"].map((name) =>
      /** @type {HTMLElement} */ (photo.tile.querySelector(`[data-act=${name}]`)));
    buttons.find((button) => !button.hidden)?.focus();
  }

  /** @param {Photo} removed */
  #remove(removed) {
    this.showProblem(null);
    this.#keep(this.#photos.filter((photo) => photo !== removed));
    this.#input.focus();
  }
}

/** Lets tiles be dragged with a mouse or a pen. A finger scrolls; for it, and for the keyboard, there are buttons. */
class Arranger {
  #field;
  #move;
  /** @type {{tile: Element, x: number, y: number, moving: boolean} | null} */
  #drag = null;

  /**
   * @param {HTMLElement} field
   * @param {(from: number, to: number) => void} move
   */
  constructor(field, move) {
    this.#field = field;
    this.#move = move;
  }

  /** @param {HTMLElement} grid */
  start(grid) {
    grid.addEventListener("pointerdown", this.#press);
    grid.addEventListener("pointermove", this.#pull);
    for (const end of ["pointerup", "pointercancel"]) grid.addEventListener(end, this.#drop);
  }

  get #tiles() {
    return Array.from(this.#field.querySelectorAll(".photo__preview"));
  }

  /** @param {PointerEvent} event */
  #press = (event) => {
    const target = /** @type {Element} */ (event.target);
    const tile = target.closest(".photo__preview");
    if (!tile || event.pointerType === "touch" || event.button !== 0 || target.closest("button")) return;
    if (this.#tiles.length > 1) this.#drag = { tile, x: event.clientX, y: event.clientY, moving: false };
  };

  /** @param {PointerEvent} event */
  #pull = (event) => {
    const drag = this.#drag;
    if (!drag) return;
    if (!drag.moving) {
      if (Math.hypot(event.clientX - drag.x, event.clientY - drag.y) < DRAG_PIXELS_MIN) return;
      drag.moving = true;
      drag.tile.toggleAttribute("data-dragged", true);
      // By the grid and not by the tile: a tile that changes its place would lose it.
      /** @type {Element} */ (event.currentTarget).setPointerCapture(event.pointerId);
    }
    const over = document.elementFromPoint(event.clientX, event.clientY)?.closest(".photo__preview");
    const [from, to] = [drag.tile, over].map((tile) => this.#tiles.indexOf(/** @type {Element} */ (tile)));
    if (over && from !== to && from >= 0 && to >= 0) this.#move(from, to);
  };

  #drop = () => {
    this.#drag?.tile.removeAttribute("data-dragged");
    this.#drag = null;
  };
}

/**
 * Shows a problem at the controls that it is about, or takes it away.
 * @param {HTMLElement} place
 * @param {Iterable<Element>} controls
 * @param {string | null} detail
 */
export function tellProblem(place, controls, detail) {
  place.textContent = detail ?? "";
  place.hidden = detail === null;
  for (const control of controls) control.ariaInvalid = detail === null ? null : "true";
}

/** @param {string} name of a drawing in /img/icons.svg */
function icon(name) {
  const drawing = document.createElementNS(SVG, "svg");
  drawing.setAttribute("class", "icon");
  drawing.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `/img/icons.svg#icon-${name}`);
  drawing.append(use);
  return drawing;
}

customElements.define("photo-field", PhotoField);
