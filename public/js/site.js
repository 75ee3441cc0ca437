// @ts-check
// What every page has: the choice of a theme and of a language, kept in a cookie for a year, news that can be closed, and
// the service worker.
import { scriptUrl } from "./script-url.js";

const KEPT_SECONDS = 365 * 24 * 60 * 60;
const secure = location.protocol === "https:" ? "; Secure" : "";

/**
 * @param {string} name
 * @param {string} value "" to forget it
 */
function keep(name, value) {
  const seconds = value ? KEPT_SECONDS : 0;
  document.cookie = `${name}=${value}; Path=/; Max-Age=${seconds}; SameSite=Lax${secure}`;
}

class ThemeSwitch extends HTMLElement {
  connectedCallback() {
    const chosen = document.documentElement.dataset.theme ?? "system";
    for (const input of this.querySelectorAll("input")) input.checked = input.value === chosen;
    this.addEventListener("change", this.#choose);
  }

  /** @param {Event} event */
  #choose = (event) => {
    const theme = /** @type {HTMLInputElement} */ (event.target).value;
    const value = theme === "system" ? "" : theme;
    keep("theme", value);
    dispatchEvent(new CustomEvent("themechosen", { detail: value }));
  };
}

customElements.define("theme-switch", ThemeSwitch);

document.addEventListener("click", (event) => {
  const target = event.target instanceof Element ? event.target : null;
  const link = /** @type {HTMLElement | null | undefined} */ (target?.closest("[data-language]"));
  if (link?.dataset.language) keep("lang", link.dataset.language);
  // A menu that is open closes when something else is meant.
  for (const menu of document.querySelectorAll(".menu[open]")) {
    if (!menu.contains(target)) menu.removeAttribute("open");
  }
});

document.querySelector(".announcement__close")?.addEventListener("click", () => {
  const { dataset } = document.documentElement;
  try {
    localStorage.setItem("announcement", dataset.announcement ?? "");
  } catch {
    // Then it is there again on the next page.
  }
  delete dataset.announcement;
  document.getElementById("main")?.focus({ preventScroll: true });
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll(".menu[open]")) {
    menu.removeAttribute("open");
    menu.querySelector("summary")?.focus();
  }
});

// Between the addresses of one document back and forward change the address alone: of another order, or of none, the
// page is loaded.
function followAddress() {
  const page = /** @type {HTMLElement | null} */ (document.querySelector("order-status, order-form"));
  if (page && (page.dataset.id ?? "") !== (location.pathname.split("/orders/")[1] ?? "")) location.reload();
}

addEventListener("popstate", followAddress);
// It may have changed before this was loaded.
if (document.querySelector("order-form")) followAddress();

// After all that the page itself needs. Without one the site is the same.
function startServiceWorker() {
  navigator.serviceWorker.register(scriptUrl("/service-worker.js")).catch(() => {});
}

/** @param {MessageEvent} event */
function tellWhere({ data, ports }) {
  if (data?.type === "where") ports[0]?.postMessage(location.pathname);
}

if (isSecureContext && "serviceWorker" in navigator) {
  navigator.serviceWorker.addEventListener("message", tellWhere);
  if (document.readyState === "complete") startServiceWorker();
  else addEventListener("load", startServiceWorker, { once: true });
}
