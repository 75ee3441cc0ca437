// itty-router for the way to the route; the answer is made as without a framework, since it has no way of its own.
import { Router } from "itty-router";
import { create } from "./place.mjs";
import { respond } from "./raw_js.mjs";
import * as work from "./work.mjs";

export { Dispatcher, Limiter } from "./objects.mjs";

const router = Router();

const route = (template, does, name) => async (request, env, ctx) => {
  const now = Date.now();
  const id = work.requestId(now);
  const { method } = request;
  let outcome;
  try {
    const doing = does(env, request, now, request.params[name]);
    if (method !== "GET") ctx.waitUntil(doing.catch(() => {}));
    outcome = await doing;
  } catch (error) {
    if (!(error instanceof work.Refused)) throw error;
    outcome = work.problem(error.code, error.message, id);
  }
  work.log(template, method, outcome.status, now, id);
  return respond(outcome, id);
};

router.get("/api/health", route("/api/health", work.health));
router.post("/api/orders", route("/api/orders", create));
router.get("/api/orders/:id", route("/api/orders/{id}", work.status, "id"));
router.get("/i/:token", route("/i/{token}", work.picture, "token"));
router.post("/webhooks/kie/:token", route("/webhooks/kie/{order_token}", work.callback, "token"));
router.all("*", (request) => {
  const now = Date.now();
  const id = work.requestId(now);
  const outcome = work.notFound(id);
  work.log("none", request.method, outcome.status, now, id);
  return respond(outcome, id);
});

export default { fetch: router.fetch };
