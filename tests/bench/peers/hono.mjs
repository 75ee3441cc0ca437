// Hono: its router finds the route, its context makes the answer.
import { Hono } from "hono";
import { create } from "./place.mjs";
import * as work from "./work.mjs";

export { Dispatcher, Limiter } from "./objects.mjs";

const app = new Hono();

/** A handler of Hono of one route's work. */
const route = (template, does, name) => async (c) => {
  const now = Date.now();
  const id = work.requestId(now);
  let outcome;
  try {
    const doing = does(c.env, c.req.raw, now, name === undefined ? undefined : c.req.param(name));
    if (c.req.method !== "GET") c.executionCtx.waitUntil(doing.catch(() => {}));
    outcome = await doing;
  } catch (error) {
    if (!(error instanceof work.Refused)) throw error;
    outcome = work.problem(error.code, error.message, id);
  }
  return answer(c, template, outcome, now, id);
};

function answer(c, template, { status, set, own, body }, now, id) {
  work.log(template, c.req.method, status, now, id);
  return c.body(body, status, { ...work.HEADERS[set], ...own, "x-request-id": id });
}

app.get("/api/health", route("/api/health", work.health));
app.post("/api/orders", route("/api/orders", create));
app.get("/api/orders/:id", route("/api/orders/{id}", work.status, "id"));
app.get("/i/:token", route("/i/{token}", work.picture, "token"));
app.post("/webhooks/kie/:token", route("/webhooks/kie/{order_token}", work.callback, "token"));
app.notFound((c) => {
  const now = Date.now();
  const id = work.requestId(now);
  return answer(c, "none", work.notFound(id), now, id);
});

export default app;
