// @ts-check
// <remember-photo>, inside a photo field: offers the photo from last time while the field is empty, and to remember
// the one that is in it, as it would be sent, in IndexedDB. Nothing is kept unless the box is ticked, and unticking it
// forgets at once; not even an empty database is left.

import { PhotoField } from "./photo-field.js";
import { prepare } from "./pictures.js";
import { text } from "./page.js";

const DATABASE = "anytryon";
const STORE = "photos";
const KEY = "person";

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
    return /** @type {PhotoField} */ (this.closest("photo-field"));
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

/**
 * @template T
 * @param {IDBRequest<T>} request
 * @returns {Promise<T>}
 */
function answer(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/**
 * @param {boolean} create where there is none; to begin one and give it up leaves none behind
 * @returns {Promise<IDBDatabase>}
 */
function open(create) {
  const request = indexedDB.open(DATABASE, 1);
  request.onupgradeneeded = () => {
    if (create) request.result.createObjectStore(STORE);
    else request.transaction?.abort();
  };
  return answer(request);
}

/** @returns {Promise<Blob | undefined>} */
async function remembered() {
  const database = await open(false).catch(() => null);
  if (!database) return undefined;
  try {
    return await answer(database.transaction(STORE).objectStore(STORE).get(KEY));
  } finally {
    database.close();
  }
}

/** @param {Blob} photo */
async function remember(photo) {
  const database = await open(true);
  try {
    const transaction = database.transaction(STORE, "readwrite");
    transaction.objectStore(STORE).put(photo, KEY);
    await new Promise((resolve, reject) => {
      transaction.oncomplete = resolve;
      transaction.onabort = () => reject(transaction.error);
    });
  } finally {
    database.close();
  }
}

async function forget() {
  await answer(indexedDB.deleteDatabase(DATABASE));
}

customElements.define("remember-photo", RememberPhoto);
