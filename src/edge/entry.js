// The Worker's main module. The generated default export is a class behind a Proxy, which costs some 5 µs a request;
// its handlers are plain functions on the prototype, so a plain object calls them directly. A panic still recovers:
// the guard sits inside each generated export, not in the Proxy.
import Generated from "../../build/index.js";
// Where the pages' scripts and styles lie and what they must be; the site's build writes it.
import siteAssets from "../../build/assets.json";

const { fetch, scheduled } = Generated.prototype;

// Read by Rust once an instance: a module of its own cannot be reached from there.
globalThis.siteAssets = JSON.stringify(siteAssets);

export default {
  fetch(request, env, ctx) {
    const answer = fetch.call({ env, ctx }, request);
    // What was begun is finished, also when the client goes away in the middle: an order half placed would leave its
    // photos behind.
    if (request.method !== "GET" && request.method !== "HEAD") ctx.waitUntil(answer);
    return answer;
  },
  scheduled: (event, env, ctx) => scheduled.call({ env, ctx }, event),
};

export { Dispatcher, Exporter, Limiter } from "../../build/index.js";
