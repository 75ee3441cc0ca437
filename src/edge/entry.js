// The Worker's main module. The generated default export is a class behind a Proxy, which costs some 5 µs a request;
// its handlers are plain functions on the prototype, so a plain object calls them directly. A panic still recovers:
// the guard sits inside each generated export, not in the Proxy.
import Generated from "../../build/index.js";

const { fetch, scheduled } = Generated.prototype;

export default {
  fetch: (request, env, ctx) => fetch.call({ env, ctx }, request),
  scheduled: (event, env, ctx) => scheduled.call({ env, ctx }, event),
};

export { Dispatcher, Limiter } from "../../build/index.js";
