// @ts-check
// <order-status>: keeps an order's page true while the order goes on. The markup is the server's; this script fills its
// `data-field`s, shows what `data-when` allows, and makes stop and delete work without leaving the page.

import "./before-after.js";
import { momentWords, numberWords, sizeWords, timeLeft, timeSince } from "./numbers.js";
import { JSON_WANTED, OrderFeed, request } from "./order-feed.js";
import { openZoom, showPicture } from "./order-pictures.js";
import { hasText, importLater, problemWords, text } from "./page.js";
import { canNotify, fileOf, mayNotify, mayShare, notify, share } from "./system.js";

/**
 * @typedef {import("../../src/web/openapi.d.ts").Order} Order
 * @typedef {{person: string[], garments: string[]}} LocalPictures links to the browser's own copies, in order
 */

/** New links asked for in a row for pictures that do not load. */
const RENEWALS_MAX = 3;
/** From so many seconds on a duration is told in minutes; as on the server. */
const MINUTES_FROM_SECONDS = 100;
const COPIED_SHOWN_MS = 2_000;
const TICK_MS = 1_000;
const GONE = ["expired", "deleted"];
/** The ends that are worth calling somebody back. */
const TOLD = ["completed", "failed"];
const FINAL = [...TOLD, "canceled", ...GONE];
const OPTIONS_SHOWN = ["category", "look_style", "focus", "resolution", "aspect_ratio", "output_format"];

export class OrderStatus extends HTMLElement {
  /** @type {LocalPictures} */
  #local = { person: [], garments: [] };
  /** @type {OrderFeed | null} */
  #ownFeed = null;
  #renewals = 0;
  /** @type {ReturnType<typeof setInterval> | undefined} */
  #clock;
  /** What a copy button says when it has not just been pressed. @type {string | null} */
  #copyLabel = null;
  /** The result as a file, fetched once: when it comes the press may be too long ago. @type {File | null} */
  #file = null;

  connectedCallback() {
    this.addEventListener("submit", this.#act);
    this.addEventListener("click", this.#click);
    // Neither event of a picture bubbles, so both are caught on their way down.
    this.addEventListener("error", this.#renewPictures, true);
    this.addEventListener("load", this.#pictureLoaded, true);
    addEventListener("pagehide", this.#leave);
    addEventListener("pageshow", this.#comeBack);
    for (const copy of this.#all("[data-part=copy]")) copy.hidden = !navigator.clipboard;
    this.#part("notify").hidden = !canNotify();
    this.#localise();
    this.#clock = setInterval(this.#tick, TICK_MS);
    this.#tick();
    if (this.dataset.id) {
      this.#catchBrokenPictures();
      this.#follow();
    }
  }

  disconnectedCallback() {
    this.#leave();
    clearInterval(this.#clock);
    removeEventListener("pagehide", this.#leave);
    removeEventListener("pageshow", this.#comeBack);
  }

  /**
   * Shows a new order in blank markup, at its own address, and follows it.
   * @param {Order} order
   * @param {LocalPictures} local
   */
  open(order, local) {
    history.pushState(null, "", this.#pathOf(order.id));
    // They lead to home.
    for (const link of document.querySelectorAll("[data-language]")) {
      link.setAttribute("href", `${link.getAttribute("href")}orders/${encodeURIComponent(order.id)}`);
    }
    this.#local = local;
    this.dataset.id = order.id;
    this.dataset.sequence = "-1";
    this.#showOwner(order.expires_at === null);
    this.#showUnchanging(order);
    this.#show(order);
    this.#focusHeadline();
    this.#follow();
  }

  get #api() {
    return `/api/orders/${encodeURIComponent(this.dataset.id ?? "")}`;
  }

  /** The order's page in the language of this one. @param {string} id */
  #pathOf(id) {
    return `${document.documentElement.dataset.prefix ?? ""}/orders/${encodeURIComponent(id)}`;
  }

  get #zoom() {
    return /** @type {HTMLDialogElement} */ (this.#part("zoom"));
  }

  get #isKept() {
    return this.dataset.kept === "true";
  }

  get #isFinal() {
    return FINAL.includes(this.dataset.status ?? "");
  }

  /** @param {string} name */
  #part(name) {
    return /** @type {HTMLElement} */ (this.querySelector(`[data-part="${name}"]`));
  }

  /** @param {string} name */
  #field(name) {
    return /** @type {HTMLElement} */ (this.querySelector(`[data-field="${name}"]`));
  }

  /**
   * @param {string} selector
   * @returns {NodeListOf<HTMLElement>}
   */
  #all(selector) {
    return this.querySelectorAll(selector);
  }

  // Following.

  get #feed() {
    return (this.#ownFeed ??= new OrderFeed(this.#api, {
      receive: (order) => this.#receive(order),
      gone: (status) => this.#showGone(status),
      lost: () => this.#showProblem("connection_lost"),
      found: () => (this.#part("problem").hidden = true),
    }));
  }

  #follow() {
    if (!this.#isFinal) this.#feed.start();
  }

  #leave = () => this.#ownFeed?.stop();

  /** @param {PageTransitionEvent} event */
  #comeBack = (event) => {
    if (event.persisted && this.dataset.id) this.#follow();
  };

  /** @param {Order} order */
  #receive(order) {
    // Answers can overtake each other; the order itself never goes back.
    if (order.status_sequence < Number(this.dataset.sequence) || this.dataset.status === "deleted") return;
    this.#show(order);
    if (this.#isFinal) this.#feed.stop();
  }

  // Showing.

  /** @param {Order} order */
  #show(order) {
    this.dataset.sequence = String(order.status_sequence);
    this.#showStatus(order.status);
    this.#showFact("queue_position", order.queue_position === null ? null : String(order.queue_position));
    this.#showFact("typical_time", order.eta_seconds === null ? null : duration(order.eta_seconds));
    const failure = order.error && problemWords(order.error);
    this.#field("error_title").textContent = failure?.title ?? "";
    this.#field("error_detail").textContent = failure?.detail ?? "";
    const credits = order.facts.provider_credits;
    this.#showFact("provider_credits", credits === null ? null : text("credits", { count: numberWords(credits) }));
    this.#showFact("pictures", numberWords(order.images.length));
    const bytes = order.images.reduce((sum, image) => sum + image.bytes, 0);
    this.#showFact("size", sizeWords(bytes));
    if (order.problems.length) this.#showThanks();
    this.#showPictures(order);
  }

  /** Of an account's order nothing ends by itself, and nobody else sees it. @param {boolean} kept */
  #showOwner(kept) {
    this.dataset.kept = String(kept);
    this.dataset.preview = kept ? "wanted" : "";
    for (const part of this.#all("[data-owner]")) part.hidden = (part.dataset.owner === "account") !== kept;
  }

  /** What is settled when an order is placed. @param {Order} order */
  #showUnchanging(order) {
    const path = this.#pathOf(order.id);
    for (const form of this.#all("form[data-action]")) form.setAttribute("action", `${path}/${form.dataset.action}`);
    for (const link of this.#all("[data-field=link]")) {
      /** @type {HTMLInputElement} */ (link).value = `${location.origin}${path}`;
    }
    for (const way of this.#all("[data-fragment]")) {
      const [start] = /** @type {string} */ (way.getAttribute("href")).split("#");
      way.setAttribute("href", `${start}#${way.dataset.fragment}=${encodeURIComponent(order.id)}`);
    }
    const { facts, options } = order;
    this.#showFact("choices", OPTIONS_SHOWN.map((name) => text(`${name}:${options[name]}`)).join(" · "));
    this.#showFact("instructions", options.instructions);
    this.#showMoment("created_at", order.created_at);
    this.#showMoment("stored_until", facts.stored_until);
    const removed = facts.metadata_removed.map((kind) => word("metadata", kind)).join(text("list_comma"));
    this.#showFact("metadata_removed", removed || text("metadata_none"));
    this.#showFact("model", `${word("provider", facts.provider)} · ${facts.model}`);
    this.#showFact("provider_retention", text("days", { count: facts.provider_retention_days }));
    this.#localise();
    this.#tick();
  }

  /** @param {string} status */
  #showStatus(status) {
    // What an account deletes lies in its trash; its time is never over.
    const said = this.#isKept && GONE.includes(status) ? "trashed" : status;
    const headline = text(`headline:${said}`);
    if (status !== this.dataset.status) {
      this.#part("announcement").textContent = headline;
      const wanted = this.#part("notify_button").ariaPressed;
      if (wanted === "true" && TOLD.includes(status)) notify(headline, text("notify_body"));
    }
    this.dataset.status = status;
    this.#field("headline").textContent = headline;
    this.#field("message").textContent = text(`message:${said}`);
    document.title = `${headline} · ${text("brand")}`;
    for (const part of this.#all("[data-when]")) part.hidden = !part.dataset.when?.split(" ").includes(status);
    for (const step of this.#all("[data-step]")) step.ariaCurrent = step.dataset.step === status ? "step" : null;
  }

  /**
   * @param {string} name
   * @param {string | null} value
   */
  #showFact(name, value) {
    this.#field(name).textContent = value ?? "";
    /** @type {HTMLElement} */ (this.querySelector(`[data-row="${name}"]`)).hidden = value === null;
  }

  /**
   * @param {string} name
   * @param {string | null} moment RFC 3339
   */
  #showMoment(name, moment) {
    this.#showFact(name, moment);
    if (moment) /** @type {HTMLTimeElement} */ (this.#field(name)).dateTime = moment;
  }

  /** Times come in UTC, and numbers as the server writes them. */
  #localise() {
    for (const time of this.querySelectorAll("time")) {
      if (time.dateTime) time.textContent = momentWords(time.dateTime);
    }
    const size = /** @type {HTMLDataElement} */ (this.#field("size"));
    if (size.value) size.textContent = sizeWords(Number(size.value));
  }

  /** What changes while nothing happens. Not announced: it is there for whoever looks. */
  #tick = () => {
    const moment = (/** @type {string} */ name) => /** @type {HTMLTimeElement} */ (this.#field(name)).dateTime;
    if (!this.#isFinal) this.#part("elapsed").textContent = timeSince(moment("created_at"));
    const left = timeLeft(moment("stored_until"));
    if (this.#part("countdown").textContent !== left) this.#part("countdown").textContent = left;
  };

  /** @param {Order} order */
  #showPictures(order) {
    const imagesOf = (/** @type {string} */ role) => order.images.filter((image) => image.role === role);
    const [person] = imagesOf("person");
    const [output] = imagesOf("output");
    if (person) {
      for (const place of ["waiting", "person", "input"]) {
        showPicture(this.#frame(place), person, text("alt_person"), this.#local.person[0]);
      }
    }
    imagesOf("garment").forEach((image, index) => {
      const alt = text("alt_garment", { number: index + 1 });
      showPicture(this.#garmentFrame(index), image, alt, this.#local.garments[index]);
    });
    if (!output) return;
    const look = text(`look_style:${order.options.look_style}`);
    const alt = text("alt_output", { garments: text(`worn:${order.options.category}`), look });
    showPicture(this.#frame("output"), output, alt);
    this.#field("download").setAttribute("href", output.url);
    this.#field("download").dataset.ends = output.url_expires_at;
  }

  /** @param {string} role */
  #frame(role) {
    return /** @type {HTMLElement} */ (this.querySelector(`[data-picture="${role}"]`));
  }

  /** @param {number} index */
  #garmentFrame(index) {
    const list = this.#frame("garments");
    const present = /** @type {HTMLElement | undefined} */ (list.children[index]);
    if (present) return present;
    const item = document.createElement("li");
    item.className = "thumb";
    list.append(item);
    return item;
  }

  /** @param {"deleted" | "expired"} status */
  #showGone(status) {
    this.#feed.stop();
    this.#part("problem").hidden = true;
    if (this.#zoom.open) this.#zoom.close();
    this.#file = null;
    this.#showStatus(status);
    for (const picture of this.querySelectorAll("img")) picture.remove();
    for (const url of [...this.#local.person, ...this.#local.garments]) URL.revokeObjectURL(url);
    this.#focusHeadline();
  }

  #focusHeadline() {
    this.#field("headline").focus();
  }

  /**
   * @param {"action_failed" | "connection_lost"} key
   * @param {{code: string, title: string, detail: string}} [problem]
   */
  #showProblem(key, problem) {
    const words = problem && problemWords(problem);
    this.#field("problem_title").textContent = words?.title ?? text(`${key}_title`);
    this.#field("problem_detail").textContent = words?.detail ?? text(`${key}_detail`);
    this.#part("problem").hidden = false;
    if (key === "action_failed") this.#part("problem").focus();
  }

  // Links that have ended.

  #catchBrokenPictures() {
    const pictures = Array.from(this.querySelectorAll("img"));
    const complete = pictures.filter((image) => image.complete);
    if (complete.some((image) => !image.naturalWidth)) this.#renewPictures();
    for (const image of complete) if (image.naturalWidth) this.#preview(image);
  }

  #renewPictures = () => {
    if (this.#renewals++ < RENEWALS_MAX) this.#feed.renew();
  };

  /** @param {Event} event */
  #pictureLoaded = (event) => {
    this.#renewals = 0;
    this.#preview(/** @type {HTMLImageElement} */ (event.target));
  };

  /** Draws the small picture for History from the one that is shown. @param {HTMLImageElement} picture */
  #preview(picture) {
    if (this.dataset.preview !== "wanted" || !picture.closest("[data-picture=output]")) return;
    this.dataset.preview = "";
    const id = this.dataset.id ?? "";
    importLater("preview").then(({ sendPreview }) => sendPreview(id, picture)).catch(() => {});
  }

  // What the visitor does.

  /** @param {Event} event */
  #click = (event) => {
    const target = /** @type {Element} */ (event.target);
    const pressed = /** @type {HTMLElement | null} */ (target.closest("button, a"));
    if (!pressed) return;
    const { part, field } = pressed.dataset;
    if (part === "copy") this.#copyLink(pressed).catch(() => pressed.parentElement?.querySelector("input")?.select());
    if (part === "notify_button") this.#askToNotify();
    if (part === "zoom_open") this.#openZoom();
    if (part === "share") this.#share();
    if (field === "download") {
      event.preventDefault();
      this.#download();
    }
  };

  get #link() {
    return /** @type {HTMLInputElement} */ (this.#field("link")).value;
  }

  /** @param {HTMLElement} button */
  async #copyLink(button) {
    const words = /** @type {HTMLElement} */ (button.querySelector("[data-part=copy_words]"));
    this.#copyLabel ??= words.textContent;
    await navigator.clipboard.writeText(this.#link);
    words.textContent = text("link_copied");
    this.#part("announcement").textContent = text("link_copied");
    setTimeout(() => (words.textContent = this.#copyLabel), COPIED_SHOWN_MS);
  }

  /** A second press takes the wish back. */
  async #askToNotify() {
    const button = this.#part("notify_button");
    const wanted = button.ariaPressed !== "true" && (await mayNotify());
    const refused = !wanted && Notification.permission === "denied";
    button.ariaPressed = String(wanted);
    const note = refused ? "notify_refused" : wanted ? "notify_on" : "notify_note";
    this.#part("notify_note").textContent = text(note);
  }

  #openZoom() {
    const picture = this.#frame("output").querySelector("img");
    if (picture) openZoom(this.#zoom, picture);
  }

  async #share() {
    const note = this.#part("share_note");
    note.textContent = "";
    try {
      const outcome = mayShare() ? await share(await this.#result(), text("brand")) : "unable";
      if (outcome === "again") note.textContent = text("share_again");
      if (outcome === "unable") await this.#shareLink(note);
    } catch {
      this.#showProblem("action_failed");
    }
  }

  /** @param {HTMLElement} note */
  async #shareLink(note) {
    if (this.#isKept) {
      note.textContent = text("share_kept");
    } else if (navigator.clipboard) {
      await navigator.clipboard.writeText(this.#link);
      note.textContent = text("share_copied");
    } else {
      /** @type {HTMLInputElement} */ (this.#all("[data-field=link]")[1]).select();
    }
  }

  async #result() {
    if (this.#file) return this.#file;
    // Pages stay open longer than links live.
    if (Date.now() >= Date.parse(this.#field("download").dataset.ends ?? "")) await this.#feed.renew();
    const url = /** @type {HTMLImageElement} */ (this.#frame("output").querySelector("img")).src;
    const answer = await request(url);
    if (!answer.ok) throw new Error(`status ${answer.status}`);
    return (this.#file = fileOf(await answer.blob()));
  }

  /** The picture that is shown: asked for once more it would be billed once more. */
  async #download() {
    try {
      const file = await this.#result();
      const link = document.createElement("a");
      Object.assign(link, { href: URL.createObjectURL(file), download: file.name }).click();
    } catch {
      this.#showProblem("action_failed");
    }
  }

  /** @param {Event} event */
  #act = async (event) => {
    const form = /** @type {HTMLFormElement} */ (event.target);
    // Another one only closes its dialog.
    if (!form.dataset.action) return;
    event.preventDefault();
    const button = /** @type {HTMLButtonElement} */ (form.querySelector("button"));
    button.disabled = true;
    try {
      if (form.dataset.action === "deletion") await this.#delete();
      else if (form.dataset.action === "reports") await this.#report(form);
      else await this.#cancel();
    } catch {
      this.#showProblem("action_failed");
    } finally {
      button.disabled = false;
    }
  };

  async #delete() {
    const answer = await request(this.#api, { method: "DELETE", headers: JSON_WANTED });
    // An order that is gone already is what was asked for.
    if (answer.ok || answer.status === 404 || answer.status === 410) this.#showGone("deleted");
    else await this.#refused(answer);
  }

  /** @param {Response} answer */
  async #refused(answer) {
    if (answer.status === 410) this.#showGone("expired");
    else this.#showProblem("action_failed", await answer.json());
  }

  /** @param {HTMLFormElement} form */
  async #report(form) {
    const problems = new FormData(form).getAll("problem");
    if (!problems.length) {
      const first = /** @type {HTMLInputElement} */ (form.querySelector("input"));
      first.setCustomValidity(text("report_choose"));
      form.addEventListener("input", () => first.setCustomValidity(""), { once: true });
      form.reportValidity();
      return;
    }
    const headers = { ...JSON_WANTED, "Content-Type": "application/json" };
    const body = JSON.stringify({ problems });
    const answer = await request(`${this.#api}/reports`, { method: "POST", headers, body });
    if (!answer.ok) return this.#refused(answer);
    this.#showThanks();
    this.#part("report_thanks").focus();
  }

  #showThanks() {
    this.#part("report").hidden = true;
    this.#part("report_thanks").hidden = false;
  }

  async #cancel() {
    const answer = await request(`${this.#api}/cancellation`, { method: "POST", headers: JSON_WANTED });
    if (answer.ok) this.#receive(await answer.json());
    // The order ended in the same moment: what it came to is shown.
    else if (answer.status === 409) await this.#feed.refresh();
    else return this.#refused(answer);
    this.#focusHeadline();
  }
}

/** @param {number} seconds */
function duration(seconds) {
  if (seconds < MINUTES_FROM_SECONDS) return text("seconds", { count: seconds });
  return text("minutes", { count: Math.ceil(seconds / 60) });
}

/**
 * The page's word for a value; the value itself where it has none.
 * @param {string} kind
 * @param {string} value
 */
function word(kind, value) {
  return hasText(`${kind}:${value}`) ? text(`${kind}:${value}`) : value;
}

customElements.define("order-status", OrderStatus);
