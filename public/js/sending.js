// @ts-check
// What the form says to the server: who is asking, and the order.

/** A slow phone needs about 90 s for 5 photos of 2 MB at 1 Mbit/s. */
const SEND_TIMEOUT_MS = 180_000;
/** An order goes out without the cookie rather than late. */
const SESSION_TIMEOUT_MS = 5_000;
const KEY_BYTES = 16;

/**
 * Gets the anonymous cookie where there is none yet, and how many pictures are free. Without an answer the order still
 * goes out; then the trial's limit alone bounds a repeated one.
 * @returns {Promise<import("../../src/web/openapi.d.ts").Trial | null>}
 */
export async function openSession() {
  try {
    const answer = await fetch("/api/session", { signal: AbortSignal.timeout(SESSION_TIMEOUT_MS) });
    return (await answer.json()).trial ?? null;
  } catch {
    return null;
  }
}

/** 128 random bits as text; `crypto.randomUUID` is missing where the page is not served over https. */
export function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(KEY_BYTES));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * Sends an order. By XMLHttpRequest, the only one that tells how far an upload is.
 * @param {FormData} body
 * @param {string} key
 * @param {(share: number) => void} onProgress
 * @returns {Promise<{status: number, json: any, retryAfter: string | null}>}
 */
export function send(body, key, onProgress) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", "/api/orders");
    request.timeout = SEND_TIMEOUT_MS;
    request.responseType = "json";
    request.setRequestHeader("Accept", "application/json");
    request.setRequestHeader("Idempotency-Key", key);
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) onProgress(event.loaded / event.total);
    };
    const fail = () => reject(new Error("not sent"));
    request.onload = () => {
      const { status, response: json } = request;
      if (json) resolve({ status, json, retryAfter: request.getResponseHeader("Retry-After") });
      else fail();
    };
    request.onerror = request.ontimeout = request.onabort = fail;
    request.send(body);
  });
}
