// @ts-check
// A request that ends.

const TIMEOUT_MS = 15_000;

/**
 * @param {string} url
 * @param {RequestInit} init
 */
export function request(url, init = {}) {
  return fetch(url, { ...init, signal: AbortSignal.timeout(TIMEOUT_MS) });
}
