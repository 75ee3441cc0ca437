// @ts-check
// <remember-photo>, inside a photo field: offers the photo from last time while the field is empty, and to remember
// the one that is in it, as it would be sent, in a cache of its own. Nothing is kept unless the box is ticked, and
// unticking it forgets at once; not even an empty cache is left.

import { prepare } from "./pictures.js";
import { text } from "./page.js";

const CACHE = "last-photo";
const KEY = "/last-photo";

class RememberPhoto extends HTMLElement {
  /** @type {Blob | undefined} */
  #kept;
  /** The photo of the field that is the kept one. @type {File | undefined} */
  #keptFile;
  /** One change of the memory after another, so that the last tick counts. */
  #changing = Promise.resolve();

  connectedCallback() {
    this.#field.addEventListener("input", this.#show);
    this.#box.addEventListener("change", this.#toggle);
    this.#part("use").addEventListener("click", this.#use);
    this.#part("forget").addEventListener("click", this.#forget);
    this.#load();
  }

  get #field() {
    return /** @type {import("./photo-field.js").PhotoField} */ (this.closest("photo-field"));
  }

  get #box() {
    return /** @type {HTMLInputElement} */ (this.#part("box"));
  }

  /** @param {string} name */
  #part(name) {
    return /** @type {HTMLElement} */ (this.querySelector(`[data-part="${name}"]`));
  }

  async #load() {
    try {
      this.#kept = await remembered();
    } catch {
      // A browser that keeps nothing is not asked to.
      this.hidden = true;
      return;
    }
    this.#show();
  }

  /** @param {Event} [event] */
  #show = (event) => {
    if (event?.target === this.#box) return;
    const [file] = this.#field.files;
    this.#part("ask").hidden = !file;
    this.#box.checked = Boolean(file) && file === this.#keptFile;
    const last = this.#part("last");
    last.hidden = Boolean(file) || !this.#kept;
    const old = last.querySelector("img");
    if (last.hidden || !this.#kept) {
      if (old) URL.revokeObjectURL(old.src);
      old?.remove();
    } else if (!old) {
      const picture = document.createElement("img");
      picture.className = "last-photo__picture";
      picture.src = URL.createObjectURL(this.#kept);
      picture.alt = text("name_last");
      last.prepend(picture);
    }
  };

  #use = async () => {
    if (!this.#kept) return;
    const file = new File([this.#kept], text("name_last"), { type: this.#kept.type });
    this.#keptFile = file;
    await this.#field.add([file]);
    this.#box.focus();
  };

  /** @param {Event} event */
  #toggle = (event) => {
    // It is about this device and no choice of the order.
    event.stopPropagation();
    const [file] = this.#field.files;
    this.#change(this.#box.checked ? file : undefined);
  };

  #forget = () => {
    this.#change(undefined);
    /** @type {HTMLElement} */ (this.#field.querySelector("input[type=file]")).focus();
  };

  /** @param {File | undefined} file to remember; without one the memory is emptied */
  #change(file) {
    this.#changing = this.#changing.then(async () => {
      try {
        const outcome = file && (await prepare(file));
        if (outcome && "blob" in outcome) {
          await remember(outcome.blob);
          [this.#kept, this.#keptFile] = [outcome.blob, file];
        } else {
          await forget();
          this.#kept = this.#keptFile = undefined;
        }
      } catch {
        this.#field.showProblem(text("remember_failed"));
      }
      this.#show();
    });
  }
}

/** @returns {Promise<Blob | undefined>} */
async function remembered() {
  // To open a cache that is not there would make an empty one.
  const answer = (await caches.has(CACHE)) && (await caches.match(KEY, { cacheName: CACHE }));
  return answer ? answer.blob() : undefined;
}

/** @param {Blob} photo */
async function remember(photo) {
  const cache = await caches.open(CACHE);
  await cache.put(KEY, new Response(photo));
}

const forget = () => caches.delete(CACHE);

customElements.define("remember-photo", RememberPhoto);
