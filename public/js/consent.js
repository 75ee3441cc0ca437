// @ts-check
// Asks whether others may count this visit, and loads nothing of theirs before the answer is yes. A browser that says no
// to everybody (Global Privacy Control) is not asked. Only pages of prose have this: no photo is on them.

const KEY = "analytics";

/** @returns {string | null} "yes", "no", or nothing yet */
function answered() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

/** @param {string} answer */
function remember(answer) {
  try {
    localStorage.setItem(KEY, answer);
  } catch {
    // Then it is asked again on the next page.
  }
}

/** @param {string} source */
function load(source) {
  const script = document.createElement("script");
  script.src = source;
  script.async = true;
  document.head.append(script);
}

/** @param {string} id */
function startGoogle(id) {
  const layer = (/** @type {any} */ (globalThis).dataLayer ??= []);
  // Google's script tells its own calls by their being `arguments`.
  function tell() {
    layer.push(arguments);
  }
  const send = /** @type {(...words: unknown[]) => void} */ (tell);
  send("consent", "default", { ad_storage: "denied", ad_user_data: "denied", ad_personalization: "denied" });
  send("js", new Date());
  send("config", id, { allow_google_signals: false, cookie_flags: "SameSite=Lax;Secure" });
  load(`https://www.googletagmanager.com/gtag/js?id=${encodeURIComponent(id)}`);
}

/** @param {string} id */
function startClarity(id) {
  const queue = /** @type {any} */ ((...words) => (queue.q ??= []).push(words));
  /** @type {any} */ (globalThis).clarity ??= queue;
  /** @type {any} */ (globalThis).clarity("consentv2", { ad_Storage: "denied", analytics_Storage: "granted" });
  load(`https://www.clarity.ms/tag/${encodeURIComponent(id)}`);
}

class ConsentBanner extends HTMLElement {
  connectedCallback() {
    if (/** @type {any} */ (navigator).globalPrivacyControl) return;
    this.addEventListener("click", this.#answer);
    const answer = answered();
    this.#show(!answer);
    if (answer === "yes") this.#start();
  }

  /** @param {boolean} asking */
  #show(asking) {
    this.hidden = false;
    const part = (/** @type {string} */ name) =>
      /** @type {HTMLElement} */ (this.querySelector(`[data-part=${name}]`));
    part("question").hidden = !asking;
    part("again").hidden = asking;
  }

  /** @param {Event} event */
  #answer = ({ target }) => {
    const button = target instanceof Element ? target.closest("button") : null;
    if (!button) return;
    const { answer } = button.dataset;
    if (!answer) {
      this.#show(true);
      return;
    }
    const before = answered();
    remember(answer);
    this.#show(false);
    // What runs cannot be stopped, but the next page is without it.
    if (before === "yes" && answer === "no") location.reload();
    if (before !== "yes" && answer === "yes") this.#start();
  };

  #start() {
    const { google, clarity } = this.dataset;
    if (google) startGoogle(google);
    if (clarity) startClarity(clarity);
  }
}

customElements.define("consent-banner", ConsentBanner);
