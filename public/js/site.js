// @ts-check
// What every page has: the choice of a theme and of a language, kept in a cookie for a year.

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
    this.hidden = false;
  }

  disconnectedCallback() {
    this.removeEventListener("change", this.#choose);
  }

  /** @param {Event} event */
  #choose = (event) => {
    const theme = /** @type {HTMLInputElement} */ (event.target).value;
    const value = theme === "system" ? "" : theme;
    keep("theme", value);
    if (value) document.documentElement.dataset.theme = value;
    else delete document.documentElement.dataset.theme;
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
