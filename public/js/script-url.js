// @ts-check
// Scripts that run beside the page. The content policy lets only this module name them, and it names only our own.

/** The service worker lies at the root; the others beside this file. */
const NAMES = /^(\/service-worker|\/v\/[0-9a-f]+\/js\/preparation)\.js$/;

/** @param {string} text */
function checked(text) {
  const url = new URL(text, location.origin);
  if (url.origin !== location.origin || !NAMES.test(url.pathname)) throw new TypeError(`not a script of ours: ${text}`);
  return text;
}

/** @type {{createScriptURL(text: string): string} | undefined} */
const policy = /** @type {any} */ (globalThis).trustedTypes?.createPolicy("anytryon", { createScriptURL: checked });

/**
 * The address of a worker's script, in the form that the browser asks for.
 * @param {string | URL} url
 * @returns {string}
 */
export function scriptUrl(url) {
  return policy ? policy.createScriptURL(String(url)) : checked(String(url));
}
