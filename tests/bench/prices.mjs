// @ts-check
// What the platform bills, and what that comes to. Prices are those beyond what the paid plan includes, so that the
// figures hold however large the service gets; what is included and the rounding up of a month's sum are left out.

export const READ_ON = "2026-11-21";
const DOCS = "https://developers.cloudflare.com";
const WORKERS = `${DOCS}/workers/platform/pricing/`;
const D1 = `${DOCS}/d1/platform/pricing/`;
const R2 = `${DOCS}/r2/pricing/`;
const OBJECTS = `${DOCS}/durable-objects/platform/pricing/`;
const MONTH_DAYS = 30;
const MILLION = 1e6;

/** Every kind of bill: what one unit costs in dollars, and as the source words it. */
export const PRICES = {
  worker_requests: { each: 0.3 / MILLION, said: "$0.30 a million requests", source: WORKERS },
  worker_cpu_ms: { each: 0.02 / MILLION, said: "$0.02 a million ms", source: WORKERS },
  d1_rows_read: { each: 0.001 / MILLION, said: "$0.001 a million rows", source: D1 },
  d1_rows_written: { each: 1 / MILLION, said: "$1.00 a million rows", source: D1 },
  d1_gb_days: { each: 0.75 / MONTH_DAYS, said: "$0.75 a GB-month", source: D1 },
  r2_class_a: { each: 4.5 / MILLION, said: "$4.50 a million", source: R2 },
  r2_class_b: { each: 0.36 / MILLION, said: "$0.36 a million", source: R2 },
  r2_gb_days: { each: 0.015 / MONTH_DAYS, said: "$0.015 a GB-month", source: R2 },
  object_requests: { each: 0.15 / MILLION, said: "$0.15 a million, alarms too", source: OBJECTS },
  object_gb_seconds: { each: 12.5 / MILLION, said: "$12.50 a million GB-s, 128 MB each", source: OBJECTS },
  object_rows_read: { each: 0.001 / MILLION, said: "$0.001 a million rows", source: OBJECTS },
  object_rows_written: { each: 1 / MILLION, said: "$1.00 a million, setAlarm is one", source: OBJECTS },
  object_gb_days: { each: 0.2 / MONTH_DAYS, said: "$0.20 a GB-month", source: OBJECTS },
};

/** Log lines are billed too, but only from 20 million a month on and not as an operation of an order: told beside. */
export const LOG_LINE = { each: 0.6 / MILLION, said: "$0.60 a million", source: `${DOCS}/workers/observability/logs/` };

/** An object's memory as it is billed while awake, whatever it uses. */
export const OBJECT_GB = 0.128;

/**
 * The dollars of so many units of each kind, and their sum.
 * @param {Record<string, number>} units
 */
export function bill(units) {
  /** @type {Record<string, number>} */
  const dollars = {};
  for (const [kind, { each }] of Object.entries(PRICES)) {
    const count = units[kind];
    if (!Number.isFinite(count)) throw new Error(`the bill lacks ${kind}`);
    dollars[kind] = count * each;
  }
  return { dollars, total: Object.values(dollars).reduce((sum, one) => sum + one, 0) };
}
