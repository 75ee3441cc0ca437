// @ts-check
// <history-list>: stars, labels, selections, deletions with an undo and further pages without leaving the page. The
// markup is the server's, also of what is loaded later; where something fails, the forms are there still.
import { momentWords } from "./numbers.js";
import { text } from "./page.js";
import { sendPreview } from "./preview.js";

const REQUEST_TIMEOUT_MS = 20_000;

/**
 * @param {string} method
 * @param {string} url
 * @param {unknown} [body]
 */
async function send(method, url, body) {
  const headers = { Accept: "application/json", "Content-Type": "application/json" };
  const signal = AbortSignal.timeout(REQUEST_TIMEOUT_MS);
  const answer = await fetch(url, { method, headers, body: JSON.stringify(body), signal });
  if (!answer.ok) throw new Error(`status ${answer.status}`);
  return answer.json();
}

/**
 * A page as a document, whose parser runs nothing of it.
 * @param {string} url
 * @returns {Promise<Document>}
 */
function pageAt(url) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("GET", url);
    request.responseType = "document";
    request.timeout = REQUEST_TIMEOUT_MS;
    request.setRequestHeader("Accept", "text/html");
    request.onload = () => (request.status === 200 ? resolve(request.response) : reject(new Error("not loaded")));
    request.onerror = request.ontimeout = () => reject(new Error("not loaded"));
    request.send();
  });
}

class HistoryList extends HTMLElement {
  /** The box that was ticked last, where a stretch begins. @type {HTMLInputElement | null} */
  #anchor = null;
  /** What is brought back by undo: each with what it stood before. @type {[Element, Element | null][]} */
  #removed = [];

  connectedCallback() {
    this.addEventListener("click", this.#click);
    this.addEventListener("submit", this.#submit);
    this.addEventListener("change", () => this.#count());
    // Neither event of a picture bubbles, so both are caught on their way down.
    this.addEventListener("load", this.#loaded, true);
    this.addEventListener("error", this.#missing, true);
    this.#prepare(this);
    for (const picture of this.querySelectorAll("img")) {
      if (picture.complete && picture.naturalWidth) this.#preview(picture);
    }
    this.#count();
  }

  /** @param {string} name @returns {HTMLElement | null} */
  #part(name) {
    return this.querySelector(`[data-part="${name}"]`);
  }

  get #boxes() {
    return /** @type {HTMLInputElement[]} */ ([...this.querySelectorAll("input[name=ids]")]);
  }

  get #chosen() {
    return this.#boxes.filter((box) => box.checked);
  }

  /** @param {ParentNode} root */
  #prepare(root) {
    const day = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "medium" });
    for (const time of root.querySelectorAll("time")) {
      time.textContent = day.format(new Date(time.dateTime));
      time.title = momentWords(time.dateTime);
    }
  }

  #count() {
    const count = this.#chosen.length;
    this.dataset.chosen = String(count);
    const place = this.#part("count");
    if (place) place.textContent = String(count);
    for (const button of this.querySelectorAll("#selection button")) {
      /** @type {HTMLButtonElement} */ (button).disabled = count === 0;
    }
  }

  /** @param {string} words @param {boolean} [undo] */
  #tell(words, undo = false) {
    const place = this.#part("told_words");
    if (place) place.textContent = words;
    const button = this.#part("undo");
    if (button) button.hidden = !undo;
  }

  /** @param {MouseEvent} event */
  #click = (event) => {
    const target = /** @type {HTMLElement} */ (event.target);
    if (target instanceof HTMLInputElement && target.name === "ids") this.#stretch(target, event.shiftKey);
    if (target.closest("[data-part=undo]")) this.#run(() => this.#undo());
    const more = /** @type {HTMLAnchorElement | null} */ (target.closest("[data-part=more]"));
    if (!more || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    this.#run(() => this.#more(more));
  };

  /** @param {HTMLInputElement} box @param {boolean} shift */
  #stretch(box, shift) {
    const boxes = this.#boxes;
    if (shift && this.#anchor) {
      const [from, to] = [boxes.indexOf(this.#anchor), boxes.indexOf(box)].sort((a, b) => a - b);
      if (from >= 0) for (const one of boxes.slice(from, to + 1)) one.checked = box.checked;
    }
    this.#anchor = box;
    this.#count();
  }

  /** @param {() => Promise<void>} act */
  async #run(act) {
    this.setAttribute("aria-busy", "true");
    await act().catch(() => this.#tell(text("not_done")));
    this.removeAttribute("aria-busy");
  }

  /** @param {HTMLAnchorElement} link */
  async #more(link) {
    const next = await pageAt(link.href);
    const items = [...next.querySelectorAll("history-list .entry")].map((item) => document.adoptNode(item));
    for (const item of items) this.#prepare(item);
    this.#part("grid")?.append(...items);
    const further = next.querySelector("[data-part=more]")?.getAttribute("href");
    if (further) link.href = further;
    const first = /** @type {HTMLElement | null} */ (items[0]?.querySelector("a, input") ?? null);
    if (!further) link.parentElement?.remove();
    first?.focus();
    this.#settle();
  }

  /** @param {SubmitEvent} event */
  #submit = (event) => {
    const form = /** @type {HTMLFormElement} */ (event.target);
    const button = /** @type {HTMLButtonElement | null} */ (event.submitter);
    const verb = button?.dataset.verb;
    if (verb === "download") return;
    event.preventDefault();
    if (verb) this.#run(() => this.#change(verb));
    else this.#run(() => this.#note(form, button));
  };

  /** @param {string} verb */
  async #change(verb) {
    const items = this.#chosen.map((box) => /** @type {Element} */ (box.closest(".entry")));
    const ids = items.map((item) => /** @type {HTMLElement} */ (item).dataset.id);
    await send("POST", `/api/history/${verb}`, { ids });
    this.#removed = items.map((item) => [item, item.nextElementSibling]);
    for (const item of items) item.remove();
    this.#tell(text(verb === "deletion" ? "trashed" : "restored"), true);
    this.#part("undo")?.focus();
    this.#settle();
  }

  async #undo() {
    const verb = this.dataset.view === "trash" ? "deletion" : "restoration";
    const ids = this.#removed.map(([item]) => /** @type {HTMLElement} */ (item).dataset.id);
    await send("POST", `/api/history/${verb}`, { ids });
    // From the last one: what an item stood before is there again when its turn comes.
    for (const [item, before] of this.#removed.reverse()) {
      const box = item.querySelector("input");
      if (box) box.checked = false;
      this.#part("grid")?.insertBefore(item, before?.isConnected ? before : null);
    }
    const [first] = this.#removed.at(-1) ?? [];
    this.#removed = [];
    this.#tell(text(verb === "deletion" ? "trashed" : "restored"));
    /** @type {HTMLElement | null | undefined} */ (first?.querySelector("a, input"))?.focus();
    this.#settle();
  }

  #settle() {
    const empty = this.#boxes.length === 0;
    const [nothing, bar] = [this.#part("nothing"), this.#part("bar")];
    if (nothing) nothing.hidden = !empty;
    if (bar) bar.hidden = empty;
    this.#count();
  }

  /** @param {HTMLFormElement} form @param {HTMLButtonElement | null} button */
  async #note(form, button) {
    const entry = /** @type {HTMLElement} */ (form.closest(".entry"));
    const url = `/api/orders/${entry.dataset.id}`;
    if (button?.name === "starred") {
      const order = await send("PATCH", url, { starred: button.value === "true" });
      button.value = String(!order.starred);
      button.ariaPressed = String(order.starred);
      this.#name(entry, order);
      return;
    }
    const fields = new FormData(form);
    const rating = Number(fields.get("rating")) || null;
    const order = await send("PATCH", url, { label: fields.get("label"), rating });
    this.#name(entry, order);
    this.#tell(text("done"));
  }

  /**
   * An entry's name, wherever it is said.
   * @param {HTMLElement} entry
   * @param {{label: string | null, starred: boolean}} order
   */
  #name(entry, { label, starred }) {
    const name = label ?? entry.dataset.plain ?? "";
    const said = {
      "[data-part=name], [data-part=edit_words]": name,
      "[data-part=select_words]": text("select", { name }),
      ".entry__star-button span": text(starred ? "unstar" : "star", { name }),
    };
    for (const [place, words] of Object.entries(said)) {
      for (const one of entry.querySelectorAll(place)) one.textContent = words;
    }
  }

  /** @param {Event} event */
  #loaded = (event) => this.#preview(/** @type {HTMLImageElement} */ (event.target));

  /** @param {HTMLImageElement} picture */
  #preview(picture) {
    const id = /** @type {HTMLElement | null} */ (picture.closest(".entry"))?.dataset.id;
    if (!id || picture.dataset.full === undefined) return;
    delete picture.dataset.full;
    sendPreview(id, picture);
  }

  /** A preview that is named and not there: the order itself says where its picture is. @param {Event} event */
  #missing = async (event) => {
    const picture = /** @type {HTMLImageElement} */ (event.target);
    const id = /** @type {HTMLElement | null} */ (picture.closest(".entry"))?.dataset.id;
    if (!id || picture.dataset.again) return;
    picture.dataset.again = "";
    const answer = await fetch(`/api/orders/${id}`, { headers: { Accept: "application/json" } }).catch(() => null);
    const order = answer?.ok ? await answer.json() : null;
    const output = order?.images.find((/** @type {{role: string}} */ image) => image.role === "output");
    if (!output) return;
    picture.dataset.full = "";
    picture.src = output.url;
  };
}

customElements.define("history-list", HistoryList);
