// @ts-check
// The page's words for scripts. They come from the page, so that a script is the same in every language.

const template = /** @type {HTMLTemplateElement | null} */ (document.getElementById("page-text"));
const entries = template?.content.querySelectorAll("data") ?? [];
const lines = new Map(Array.from(entries, (entry) => [entry.value, entry.textContent ?? ""]));

/** Whether the page has this line. @param {string} key */
export const hasText = (key) => lines.has(key);

/**
 * A line of the page's language, `{name}` filled from `values`. An unknown key shows as itself. Of a line with a
 * `count` there may be one for exactly that number.
 * @param {string} key
 * @param {Record<string, string | number>} [values]
 */
export function text(key, values = {}) {
  const line = lines.get(`${key}:${values.count}`) ?? lines.get(key) ?? key;
  return line.replace(/\{(\w+)\}/g, (mark, name) => String(values[name] ?? mark));
}

/**
 * An error of the interface in the page's words. An error that only the page knows has them already.
 * @param {{code: string, title: string, detail: string}} problem
 */
export function problemWords({ code, title, detail }) {
  if (!hasText(`error_title:${code}`)) return { title, detail };
  return { title: text(`error_title:${code}`), detail: text(`error_detail:${code}`, { detail }) };
}
