// @ts-check
// The account page without leaving it: <account-form> sends its form to the interface and says what came of it,
// <account-sessions> ends sessions. Where something fails, the page's own words say so; without scripts the same forms
// are sent as they are.
import { momentWords } from "./numbers.js";
import { problemWords, text } from "./page.js";

const REQUEST_TIMEOUT_MS = 15_000;
const MINUTE_MS = 60_000;
const TOLD_AT_MINUTES = [60, 10, 1];

/** @param {string} moment RFC 3339 */
const dayWords = (moment) =>
  new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "long" }).format(new Date(moment));

/**
 * @param {string} url
 * @param {RequestInit} init
 * @returns {Promise<{ok: true, json: any} | {ok: false, title: string, detail: string}>}
 */
async function ask(url, init) {
  try {
    const headers = { Accept: "application/json" };
    const answer = await fetch(url, { ...init, headers, signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS) });
    const json = answer.status === 204 ? null : await answer.json();
    if (answer.ok) return { ok: true, json };
    return { ok: false, ...problemWords(json, answer.headers.get("Retry-After")) };
  } catch {
    return { ok: false, title: text("not_sent_title"), detail: text("not_sent_detail") };
  }
}

class AccountElement extends HTMLElement {
  connectedCallback() {
    this.addEventListener("submit", this.#submit);
  }

  /** @param {SubmitEvent} event */
  #submit = async (event) => {
    const form = /** @type {HTMLFormElement} */ (event.target);
    if (!form.dataset.api) return;
    event.preventDefault();
    const button = /** @type {HTMLButtonElement} */ (form.querySelector("button"));
    button.disabled = true;
    try {
      await this.send(form);
    } finally {
      button.disabled = false;
    }
  };

  /** @param {HTMLFormElement} _form */
  async send(_form) {}

  /**
   * Says what came of it.
   * @param {string} done
   * @param {{title: string, detail: string} | null} refusal
   */
  say(done, refusal) {
    const part = (/** @type {string} */ name) =>
      /** @type {HTMLElement | null} */ (this.querySelector(`[data-part="${name}"]`));
    const [status, notice] = [part("done"), part("refusal")];
    if (!status || !notice) return;
    status.textContent = done;
    notice.hidden = !refusal;
    if (!refusal) return;
    for (const field of /** @type {const} */ (["title", "detail"])) {
      const place = notice.querySelector(`[data-field="${field}"]`);
      if (place) place.textContent = refusal[field];
    }
    notice.focus();
  }
}

class AccountForm extends AccountElement {
  /** @param {HTMLFormElement} form */
  async send(form) {
    const url = /** @type {string} */ (form.dataset.api);
    const fields = Array.from(new FormData(form), ([name, value]) => [name, String(value)]);
    const answer = await ask(url, { method: form.dataset.method, body: new URLSearchParams(fields) });
    if (!answer.ok) return this.say("", answer);
    if (this.dataset.then === "reload") return location.reload();
    this.say(text("saved"), null);
    this.#follow(answer.json);
  }

  /** @param {{name: string, theme: string, language: string}} account */
  #follow({ name, theme, language }) {
    const shown = document.querySelector('[data-field="shown_name"]');
    if (shown) shown.textContent = name;
    if (!this.querySelector("[name=theme]")) return;
    dispatchEvent(new CustomEvent("themechosen", { detail: theme === "auto" ? "" : theme }));
    const wanted = language === "en" ? "" : `/${language}`;
    const { prefix } = document.documentElement.dataset;
    if (prefix !== wanted) location.assign(`${wanted}/account?done=appearance#appearance`);
  }
}

class AccountSessions extends AccountElement {
  /** @param {HTMLFormElement} form */
  async send(form) {
    const answer = await ask(/** @type {string} */ (form.dataset.api), { method: "DELETE" });
    if (!answer.ok) return this.say("", answer);
    const ended = "all" in form.dataset ? this.querySelectorAll("form[data-api]") : [form];
    for (const one of ended) one.closest("li")?.remove();
    const all = /** @type {HTMLElement | null} */ (this.querySelector("form[data-all]"));
    if (all) all.hidden = this.querySelectorAll("li form[data-api]").length === 0;
    this.say(text("ended"), null);
    // What had the focus is gone.
    /** @type {HTMLElement | null | undefined} */ (this.closest("section")?.querySelector("h2"))?.focus();
  }
}

/** Tells what is left until the moment in it, every minute to whoever looks, and aloud only when it gets short. */
class DeletionCountdown extends HTMLElement {
  connectedCallback() {
    this.#tell();
    setInterval(this.#tell, MINUTE_MS);
  }

  #tell = () => {
    const part = (/** @type {string} */ name) => this.querySelector(`[data-part=${name}]`) ?? this;
    const due = this.querySelector("time")?.dateTime ?? "";
    const minutes = Math.max(0, Math.ceil((Date.parse(due) - Date.now()) / MINUTE_MS));
    const language = document.documentElement.lang;
    const words = (/** @type {number} */ count, /** @type {string} */ unit) =>
      new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: "long" }).format(count);
    const hours = Math.floor(minutes / 60);
    const units = [hours ? words(hours, "hour") : "", hours && !(minutes % 60) ? "" : words(minutes % 60, "minute")];
    const left = new Intl.ListFormat(language, { type: "unit" }).format(units.filter(Boolean));
    part("left").textContent = left;
    if (TOLD_AT_MINUTES.includes(minutes)) part("said").textContent = left;
  };
}

for (const time of document.querySelectorAll("time")) {
  time.textContent = "day" in time.dataset ? dayWords(time.dateTime) : momentWords(time.dateTime);
}
for (const picture of document.querySelectorAll("img")) {
  if (picture.complete && !picture.naturalWidth) picture.remove();
  else picture.addEventListener("error", () => picture.remove());
}
customElements.define("account-form", AccountForm);
customElements.define("deletion-countdown", DeletionCountdown);
customElements.define("account-sessions", AccountSessions);
