// The two Durable Objects that a request asks, in plain JavaScript with the product's words and the product's writes:
// the limiter, which counts a share of a day's networks, and the global cap. What the Dispatcher does behind its answer
// (it looks for the order, and stores the cap with what it then begins) is work of its own, which is not measured.
const [HOUR_MS, DAY_MS] = [3_600_000, 86_400_000];
const RESERVED_MS = 60_000;
const RESERVED_MAX = 10_000;
const NETWORKS_MAX = 10_000;
const CALLBACKS_MAX = 1_000;

const rate = (count, period) => ({ burst: Number(count), interval: Math.ceil(period / Number(count)) });

/** Counts one arrival in every rate or in none; the times at which the quotas are whole again, or null. */
function admitAll(states, rates, now) {
  const next = [];
  for (let index = 0; index < rates.length; index += 1) {
    const { burst, interval } = rates[index];
    const debt = Math.min(Math.max(0, (states[index] ?? now) - now), burst * interval);
    if (debt + interval > burst * interval) return null;
    next.push(now + debt + interval);
  }
  return next;
}

export class Limiter {
  /** By the network's key. */
  rates = new Map();
  armed = false;
  reserved = new Map();

  constructor(state, env) {
    this.storage = state.storage;
    this.env = env;
  }

  async fetch(request) {
    const { Admit, Standing } = await request.json();
    if (Standing) return Response.json(await this.stored(Standing));
    return Response.json(await this.admit(Admit));
  }

  async stored(key) {
    return this.rates.get(key) ?? (await this.storage.get(key)) ?? null;
  }

  async asked({ limiter, key }) {
    const stub = this.env.LIMITER.get(this.env.LIMITER.idFromName(limiter));
    return (await stub.fetch("https://object/", { method: "POST", body: JSON.stringify({ Standing: key }) })).json();
  }

  async admit({ today: { key }, yesterday, idempotency }) {
    const found = (await this.stored(key)) ?? (await this.asked(yesterday)) ?? [];
    const now = Date.now();
    if (idempotency !== null && this.reserved.get(idempotency) > now) return "Running";
    const { PREFIX_ORDERS_HOUR, PREFIX_ORDERS_DAY } = this.env;
    const policies = [rate(PREFIX_ORDERS_HOUR, HOUR_MS), rate(PREFIX_ORDERS_DAY, DAY_MS)];
    const next = admitAll(this.rates.get(key) ?? found, policies, now);
    if (next === null) return "Refused";
    if (this.rates.size >= NETWORKS_MAX && !this.rates.has(key)) this.rates.clear();
    this.rates.set(key, next);
    this.reserve(idempotency, now);
    await this.save(key, next, now);
    return "Admitted";
  }

  async save(key, rates, now) {
    await this.storage.put(key, rates);
    if (this.armed) return;
    if ((await this.storage.getAlarm()) === null) {
      await this.storage.setAlarm((Math.floor(now / DAY_MS) + 2) * DAY_MS);
    }
    this.armed = true;
  }

  reserve(key, now) {
    for (const [reserved, until] of this.reserved) if (until <= now) this.reserved.delete(reserved);
    if (key !== null && this.reserved.size < RESERVED_MAX) this.reserved.set(key, now + RESERVED_MS);
  }

  async alarm() {
    await this.storage.deleteAll();
    this.rates.clear();
  }
}

export class Dispatcher {
  cap = null;
  callbacks = [];

  constructor(state, env) {
    this.storage = state.storage;
    this.env = env;
  }

  async fetch(request) {
    const nudge = await request.json();
    if (nudge.Placing && !(await this.count())) return Response.json("Refused");
    if (nudge.Task && this.callbacks.length < CALLBACKS_MAX) this.callbacks.push(nudge.Task);
    return Response.json("Admitted");
  }

  async count() {
    this.cap ??= (await this.storage.get("counts")) ?? [];
    const next = admitAll(this.cap, [rate(this.env.GLOBAL_ORDERS_HOUR, HOUR_MS)], Date.now());
    if (next === null) return false;
    this.cap = next;
    return true;
  }
}
