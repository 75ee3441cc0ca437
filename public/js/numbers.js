// @ts-check
// Times, spans and sizes as the page's language has them.

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
/** From so many hours on a span is told in hours, before in minutes. */
const HOURS_MIN = 2;
const MEGABYTE = 1_000_000;
const KILOBYTE = 1_000;

const language = () => document.documentElement.lang;

/** A moment in the visitor's own zone, which is named. @param {string} moment RFC 3339 */
export function momentWords(moment) {
  /** @type {Intl.DateTimeFormatOptions} */
  const parts = { day: "numeric", month: "short", year: "numeric", hour: "numeric", minute: "2-digit" };
  const format = new Intl.DateTimeFormat(language(), { ...parts, timeZoneName: "short" });
  return format.format(new Date(moment));
}

/** "in 47 hours"; nothing once it is over. @param {string} moment RFC 3339 */
export function timeLeft(moment) {
  const left = Date.parse(moment) - Date.now();
  if (!(left > 0)) return "";
  const format = new Intl.RelativeTimeFormat(language());
  const hours = Math.round(left / HOUR_MS);
  return hours >= HOURS_MIN ? format.format(hours, "hour") : format.format(Math.ceil(left / MINUTE_MS), "minute");
}

/** "1:05" since a moment; a clock that is behind ours counts from zero. @param {string} moment RFC 3339 */
export function timeSince(moment) {
  const seconds = Math.max(0, Math.floor((Date.now() - Date.parse(moment)) / SECOND_MS)) || 0;
  const two = (/** @type {number} */ number) => String(number).padStart(2, "0");
  const minutes = Math.floor(seconds / 60);
  const clock = `${minutes % 60}:${two(seconds % 60)}`;
  return minutes < 60 ? clock : `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(seconds % 60)}`;
}

/** @param {number} bytes */
export function sizeWords(bytes) {
  const [unit, size] = bytes < MEGABYTE ? ["kilobyte", KILOBYTE] : ["megabyte", MEGABYTE];
  const digits = bytes < MEGABYTE ? 0 : 1;
  const format = new Intl.NumberFormat(language(), { style: "unit", unit, maximumFractionDigits: digits });
  return format.format(bytes / size);
}

/** @param {number} number */
export const numberWords = (number) => new Intl.NumberFormat(language()).format(number);
