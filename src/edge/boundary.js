// The two crossings of an ordinary request: its facts in, the answer out, each as one call.

// Every request header that Rust may read; what is not here does not cross.
const HEADERS = [
  "accept",
  "accept-language",
  "cf-connecting-ip",
  "content-length",
  "content-type",
  "cookie",
  "host",
  "idempotency-key",
  "if-match",
  "if-modified-since",
  "if-none-match",
  "if-range",
  "origin",
  "range",
  "referer",
  "sec-fetch-dest",
  "sec-fetch-mode",
  "sec-fetch-site",
  "user-agent",
];

/** Method, URL, then one `name:value` a line; neither a URL nor a header value can hold a line break. */
export function facts(request) {
  const { headers } = request;
  let text = `${request.method}\n${request.url}`;
  for (const name of HEADERS) {
    const value = headers.get(name);
    if (value !== null) text += `\n${name}:${value}`;
  }
  return text;
}

// Header sets that repeat, by their packed text. A `Headers` kept here is copied by `new Response` at a
// fraction of the price of building one; the bound holds when some value turns out to vary after all.
const KEPT_MAX = 256;
const kept = new Map();

function headersOf(packed) {
  let headers = kept.get(packed);
  if (headers === undefined) {
    headers = new Headers();
    append(headers, packed);
    if (kept.size < KEPT_MAX) kept.set(packed, headers);
  }
  return headers;
}

function append(headers, packed) {
  if (packed === "") return;
  for (const line of packed.split("\n")) {
    const colon = line.indexOf(":");
    headers.append(line.slice(0, colon), line.slice(colon + 1));
  }
}

/**
 * The answer. `fixed` and `own` are packed as `name:value` lines: `fixed` repeats between answers and is kept,
 * `own` belongs to this answer (appended, so that two cookies stay two). `body`: null, a string, bytes or a stream.
 */
export function reply(status, fixed, own, body) {
  const response = new Response(body, { status, headers: headersOf(fixed) });
  append(response.headers, own);
  return response;
}
