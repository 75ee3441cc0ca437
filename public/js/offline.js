// @ts-check
// The page that stands in for one that could not be had: it lies at that one's address, so a reload brings it. A device
// says that it has a connection before it carries anything, so the site is asked first, with growing pauses.

const FIRST_PAUSE_MS = 1_000;
const LAST_PAUSE_MS = 16_000;
const ANSWER_MS = 5_000;

async function isReached() {
  const options = { method: "HEAD", cache: "no-store", signal: AbortSignal.timeout(ANSWER_MS) };
  return fetch("/robots.txt", /** @type {RequestInit} */ (options)).then(() => true, () => false);
}

let asking = false;

async function comeBack() {
  if (asking) return;
  asking = true;
  for (let pause = FIRST_PAUSE_MS; pause <= LAST_PAUSE_MS; pause *= 2) {
    await new Promise((done) => setTimeout(done, pause));
    if (await isReached()) return location.reload();
  }
  asking = false;
}

// At its own address it stands in for nothing.
if (!location.pathname.endsWith("/offline")) {
  addEventListener("online", comeBack);
  if (navigator.onLine) comeBack();
}
