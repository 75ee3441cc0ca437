// @ts-check
// Runs before the page is drawn, and so is no module: what a visitor has chosen shows without a flash.
{
  const root = document.documentElement.dataset;
  const cookie = (/** @type {string} */ name) => document.cookie.match(`(?:^|; )${name}=(\\w+)`)?.[1];
  /** The colour of the browser's own bar follows too. */
  const show = (/** @type {string | undefined} */ theme) => {
    if (theme) root.theme = theme;
    else delete root.theme;
    for (const meta of /** @type {NodeListOf<HTMLMetaElement>} */ (document.querySelectorAll("meta[data-scheme]"))) {
      const { scheme } = meta.dataset;
      if (theme) meta.media = theme === scheme ? "all" : "not all";
      else meta.media = `(prefers-color-scheme: ${scheme})`;
    }
  };
  const chosen = cookie("theme");
  if (chosen === "light" || chosen === "dark") show(chosen);
  addEventListener("themechosen", (event) => show(/** @type {CustomEvent<string>} */ (event).detail));
  root.visitor = cookie("signed_in") ? "account" : "guest";
  const news = /** @type {HTMLMetaElement | null} */ (document.querySelector("meta[name=announcement]"));
  const now = Date.now();
  if (news && now >= Number(news.dataset.from) && now < Number(news.dataset.until)) {
    root.announcement = news.content;
    try {
      if (localStorage.getItem("announcement") === news.content) delete root.announcement;
    } catch {
      // A browser that keeps nothing shows it again.
    }
  }
  const language = cookie("lang");
  if (location.pathname === "/" && language && ["es", "de", "zh"].includes(language)) {
    location.replace(`/${language}/${location.search}${location.hash}`);
  }
}
