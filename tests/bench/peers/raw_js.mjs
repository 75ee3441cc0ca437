// No framework: the path is compared, and a set of headers that repeats is built once.
import { create } from "./place.mjs";
import * as work from "./work.mjs";

export { Dispatcher, Limiter } from "./objects.mjs";

const KEPT = Object.fromEntries(Object.entries(work.HEADERS).map(([name, headers]) => [name, new Headers(headers)]));

/** The Response of an outcome. */
export function respond({ status, set, own, body }, id) {
  const response = new Response(body, { status, headers: KEPT[set] });
  for (const name in own) response.headers.set(name, own[name]);
  response.headers.set("x-request-id", id);
  return response;
}

/** The template and the work of a request; `placing` is how an order is placed. */
function routed(method, path, placing) {
  if (method === "GET" && path === "/api/health") return [path, work.health];
  if (method === "GET" && path.startsWith("/i/")) return ["/i/{token}", work.picture, path.slice(3)];
  if (method === "POST" && path === "/api/orders") return [path, placing];
  if (method === "GET" && path.startsWith("/api/orders/")) return ["/api/orders/{id}", work.status, path.slice(12)];
  if (method === "POST" && path.startsWith("/webhooks/kie/")) {
    return ["/webhooks/kie/{order_token}", work.callback, path.slice(14)];
  }
  return ["none", null];
}

const AUTHORITY = /^https?:\/\/[^/]*/;

/** The handler, with this way to place an order. */
export const handler = (placing) => ({
  async fetch(request, env, ctx) {
    const now = Date.now();
    const id = work.requestId(now);
    const { method, url } = request;
    const [path] = url.replace(AUTHORITY, "").split("?", 1);
    const [route, does, parameter] = routed(method, path, placing);
    let outcome;
    try {
      if (does === null) outcome = work.notFound(id);
      else if (method === "GET") outcome = await does(env, request, now, parameter);
      else outcome = await finished(ctx, does(env, request, now, parameter));
    } catch (error) {
      if (!(error instanceof work.Refused)) throw error;
      outcome = work.problem(error.code, error.message, id);
    }
    work.log(route, method, outcome.status, now, id);
    return respond(outcome, id);
  },
});

/** What was begun is finished, also when the client goes away. */
function finished(ctx, doing) {
  ctx.waitUntil(doing.catch(() => {}));
  return doing;
}

export default handler(create);
