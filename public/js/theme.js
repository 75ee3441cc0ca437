// @ts-check
// Runs before the page is drawn, and so is no module: sets the theme that was chosen, and sends a visitor of `/` to the
// home page of the language that was chosen.
{
  const chosen = (/** @type {string} */ name) => document.cookie.match(`(?:^|; )${name}=(\\w+)`)?.[1];
  const theme = chosen("theme");
  if (theme) document.documentElement.dataset.theme = theme;
  const language = chosen("lang");
  if (location.pathname === "/" && language && ["es", "de", "zh"].includes(language)) {
    location.replace(`/${language}/${location.search}${location.hash}`);
  }
}
