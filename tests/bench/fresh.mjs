// @ts-check
// What is new for each request of a load: a visitor who was never here, and a key that was never used.
import { randomBytes, randomUUID } from "node:crypto";

export const VISITOR = "{sid}";
export const KEY = "{key}";

/** Whether a head has something that is new for each request. */
export const varies = (/** @type {string} */ head) => head.includes(VISITOR) || head.includes(KEY);

/** The head of one request. */
export const fresh = (/** @type {string} */ head) =>
  head.replace(VISITOR, () => randomBytes(16).toString("base64url")).replace(KEY, () => randomUUID());
