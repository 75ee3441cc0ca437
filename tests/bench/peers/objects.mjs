// The two Durable Objects that a request asks, in plain JavaScript with the product's words: the limiter of a network
// and the global cap. What the Dispatcher does after the answer is work of its own, which is not measured.
const [HOUR_MS, DAY_MS] = [3_600_000, 86_400_000];
const RESERVED_MS = 60_000;
const RESERVED_MAX = 1_000;
const CALLBACKS_MAX = 1_000;
const ANNOUNCED_MS = 60;

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
  rates = null;
  written = false;
  reserved = new Map();

  constructor(state, env) {
    this.storage = state.storage;
    this.env = env;
  }

  async fetch(request) {
    const { Admit, Standing } = await request.json();
    if (Standing) return Response.json((await this.storage.get("state")) ?? null);
    return Response.json(await this.admit(Admit));
  }

  async load(yesterday) {
    if (this.rates !== null) return;
    let stored = (await this.storage.get("state")) ?? null;
    this.written = stored !== null;
    if (stored === null) {
      const stub = this.env.LIMITER.get(this.env.LIMITER.idFromName(yesterday));
      stored = await (await stub.fetch("https://object/", { method: "POST", body: '{"Standing":true}' })).json();
    }
    this.rates ??= stored ?? [];
  }

  async admit({ key_yesterday, idempotency }) {
    await this.load(key_yesterday);
    const now = Date.now();
    if (idempotency !== null && this.reserved.get(idempotency) > now) return "Running";
    const { PREFIX_ORDERS_HOUR, PREFIX_ORDERS_DAY } = this.env;
    const next = admitAll(this.rates, [rate(PREFIX_ORDERS_HOUR, HOUR_MS), rate(PREFIX_ORDERS_DAY, DAY_MS)], now);
    if (next === null) return "Refused";
    this.rates = next;
    this.reserve(idempotency, now);
    await this.storage.put("state", next);
    if (!this.written) {
      this.written = true;
      await this.storage.setAlarm((Math.floor(now / DAY_MS) + 2) * DAY_MS);
    }
    return "Admitted";
  }

  reserve(key, now) {
    for (const [reserved, until] of this.reserved) if (until <= now) this.reserved.delete(reserved);
    if (key !== null && this.reserved.size < RESERVED_MAX) this.reserved.set(key, now + RESERVED_MS);
  }

  async alarm() {
    await this.storage.deleteAll();
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
    let wakeIn = 0;
    if (nudge.Placing) {
      if (!(await this.count())) return Response.json("Refused");
      wakeIn = ANNOUNCED_MS;
    }
    if (nudge.Task && this.callbacks.length < CALLBACKS_MAX) this.callbacks.push(nudge.Task);
    await this.storage.setAlarm(Date.now() + wakeIn);
    return Response.json("Admitted");
  }

  async count() {
    this.cap ??= (await this.storage.get("cap")) ?? [];
    const next = admitAll(this.cap, [rate(this.env.GLOBAL_ORDERS_HOUR, HOUR_MS)], Date.now());
    if (next === null) return false;
    this.cap = next;
    await this.storage.put("cap", next);
    return true;
  }

  alarm() {}
}
