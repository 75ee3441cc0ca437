// @ts-check
// Modules that a page needs only when something is done with it. The page names them, and all that they import, in a
// template, each with its integrity, for which an `import()` has no place.

/** @type {Map<string, Promise<any>>} */
const asked = new Map();

/**
 * Imports a module of this folder and loads its style sheet, if it has one. A failure is not kept: it may be asked
 * again.
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
