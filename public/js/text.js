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
 * When to come back, in the steps in which the server's own pages tell it; nothing where it did not say.
 * @param {number} seconds
 */
function waitWords(seconds) {
  if (!(seconds > 0)) return "";
  const minutes = Math.ceil(seconds / 60);
  const step = seconds < 10 ? "moment" : seconds < 100 ? "seconds" : seconds < 6_000 ? "minutes" : "hours";
  return text("between") + text(`wait_${step}`, { seconds, minutes, hours: Math.ceil(minutes / 60) });
}

/**
 * An error of the interface in the page's words. An error that only the page knows has them already.
 * @param {{code: string, title: string, detail: string}} problem
 * @param {string | null} [retryAfter] the answer's header of this name, in seconds
 */
export function problemWords({ code, title, detail }, retryAfter) {
  if (!hasText(`error_title:${code}`)) return { title, detail };
  const own = text(`error_detail:${code}`, { detail });
  return { title: text(`error_title:${code}`), detail: own + waitWords(Number(retryAfter)) };
}
