// @ts-check
// What the page holds for its scripts, in templates: its words, and the modules that are needed only later, with all
// that they import, each with its integrity: `import()` takes none.

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
 * When to come back, in the steps of the server's own pages; nothing where it did not say.
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

/** @type {Map<string, Promise<any>>} */
const asked = new Map();

/**
 * Imports a module of this folder and loads its style sheet, if any. A failure is not kept.
 * @param {string} name without its ending
 */
export function importLater(name) {
  const begun = asked.get(name) ?? load(name);
  asked.set(name, begun);
  begun.catch(() => asked.delete(name));
  return begun;
}

/** @param {string} name */
async function load(name) {
  const template = /** @type {HTMLTemplateElement} */ (document.getElementById(`later-${name}`));
  const links = Array.from(template.content.querySelectorAll("link"), (link) => document.importNode(link, true));
  // A module that did not come once is never asked for again: what is missing is missed here.
  await Promise.all(links.map(({ href }) => fetch(href)));
  await Promise.all(links.map(loaded));
  return import(`./${name}.js`);
}

/** @param {HTMLLinkElement} link */
function loaded(link) {
  return new Promise((resolve, reject) => {
    link.onload = resolve;
    link.onerror = () => reject(new Error(`not loaded: ${link.href}`));
    document.head.append(link);
  });
}
