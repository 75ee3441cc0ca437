// No framework, and orders are placed without any check: the floor for `create`.
import { createUnchecked } from "./place.mjs";
import { handler } from "./raw_js.mjs";

export { Dispatcher, Limiter } from "./objects.mjs";

export default handler(createUnchecked);
