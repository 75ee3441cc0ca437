// @ts-check
/// <reference lib="webworker" />
// Keeps the offline page and its files, and hands over a photo that was shared with the installed site. No answer, no
// order's page, no picture and no photo is ever kept. A new one takes over when every page of the one before is closed.

/** The site's build writes a digest of the offline pages here, which name every file that they load. */
const VERSION = "{version}";
const CACHE = `static-${VERSION}`;
/** What leads the paths of each language's pages. */
const PREFIXES = ["", "/es", "/de", "/zh"];

/** Files that are kept at most; one release has some twenty style sheets and scripts. */
const KEPT_MAX = 64;
/** Photos of one share: as many as a form takes. */
const SHARED_MAX = 5;
const SHARED_BYTES_MAX = 64 * 1024 * 1024;
/** How long they wait for the page that the share opens. */
const SHARED_MS = 2 * 60 * 1000;
/** How long a tab has to say where it is. */
const ANSWER_MS = 500;

const VERSIONED = /(?:href|src)="(\/v\/[^"]+)"/g;
const SHARE_TARGET = /^(\/[a-z]{2})?\/api\/share-target$/;
/** Answers that are no pages; they fail as they would without a service worker. */
const NO_PAGE = /^\/(i|api)\//;

const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (globalThis));

/**
 * Keeps the offline page of one language and the files that it loads: all of it, or nothing and an error.
 * @param {string} prefix
 */
async function keepOfflinePage(prefix) {
  const cache = await caches.open(CACHE);
  const path = `${prefix}/offline`;
  if (await cache.match(path, { ignoreVary: true })) return;
  const answer = await fetch(path, { cache: "reload" });
  if (!answer.ok || answer.redirected) throw new TypeError(`no page at ${path}`);
  const files = Array.from((await answer.clone().text()).matchAll(VERSIONED), ([, file]) => file);
  await cache.addAll([...new Set(files)]);
  await cache.put(path, answer);
}

/** In the language of the page that brought this script; the others follow when they are visited. */
async function keepFirstPage() {
  const [page] = await worker.clients.matchAll({ type: "window", includeUncontrolled: true });
  await keepOfflinePage(await prefixOf(page ? new URL(page.url).pathname : "/"));
}

async function forgetOthers() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith("static-") && name !== CACHE).map((name) => caches.delete(name)));
}

/**
 * The language of a page, found as the server finds it: by what leads the path, else by the visitor's choice.
 * @param {string} path
 */
async function prefixOf(path) {
  const led = PREFIXES.find((prefix) => prefix && path.startsWith(`${prefix}/`));
  if (led) return led;
  // Browsers that lack it show English here, as they do where no language was chosen.
  const store = /** @type {any} */ (worker).cookieStore;
  const chosen = await store?.get("lang").catch(() => null);
  return PREFIXES.find((prefix) => prefix === `/${chosen?.value}`) ?? "";
}

/**
 * A page comes from the network, or the offline page stands in for it: in its language, or in whatever is kept.
 * @param {FetchEvent} event
 */
async function navigate(event) {
  const path = new URL(event.request.url).pathname;
  try {
    const answer = (await event.preloadResponse) ?? (await fetch(event.request));
    event.waitUntil(prefixOf(path).then(keepOfflinePage).catch(() => {}));
    return answer;
  } catch (error) {
    if (NO_PAGE.test(path)) throw error;
    const cache = await caches.open(CACHE);
    for (const prefix of [await prefixOf(path), ...PREFIXES]) {
      const page = await cache.match(`${prefix}/offline`, { ignoreVary: true });
      if (page) return page;
    }
    throw error;
  }
}

/** A file whose address names its content. @param {FetchEvent} event */
async function versioned({ request }) {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(request, { ignoreVary: true });
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.status === 200 && answer.type === "basic" && (await cache.keys()).length < KEPT_MAX) {
    // A full disk is no reason to withhold what has come.
    await cache.put(request.url, answer.clone()).catch(() => {});
  }
  return answer;
}

/** @type {{files: File[], until: number}} */
let shared = { files: [], until: 0 };

/** The photos that wait, once. */
function takeShared() {
  const { files, until } = shared;
  shared = { files: [], until: 0 };
  return Date.now() < until ? files : [];
}

/** @param {FormData} form */
function photosOf(form) {
  let bytes = 0;
  const images = form.getAll("photo").filter((part) => part instanceof File && part.type.startsWith("image/"));
  return /** @type {File[]} */ (images).slice(0, SHARED_MAX).filter(({ size }) => {
    bytes += size;
    return size > 0 && bytes <= SHARED_BYTES_MAX;
  });
}

/**
 * Takes what the system's share sheet sends. Without a photo the page asks for one.
 * @param {Request} request
 */
async function share(request) {
  const files = await request.formData().then(photosOf, () => []);
  const taken = { files, until: Date.now() + SHARED_MS };
  shared = taken;
  setTimeout(() => {
    if (shared === taken) takeShared();
  }, SHARED_MS);
  const prefix = await prefixOf(new URL(request.url).pathname);
  return Response.redirect(`${prefix}/#shared`, 303);
}

/**
 * A share comes from no page. Another site's form is left to the server, which refuses it.
 * @param {Request} request
 */
const isFromElsewhere = ({ referrer }) =>
  Boolean(referrer) && referrer !== "about:client" && new URL(referrer).origin !== location.origin;

/**
 * Where a tab is now, by its own answer: an order that is opened in place changes only the address.
 * @param {WindowClient} tab
 * @returns {Promise<string>}
 */
function pathOf(tab) {
  return new Promise((done) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => done(String(data));
    setTimeout(() => done(new URL(tab.url).pathname), ANSWER_MS);
    tab.postMessage({ type: "where" }, [port2]);
  });
}

/** @param {string} path */
async function open(path) {
  const { origin, pathname, href } = new URL(path, location.origin);
  if (origin !== location.origin) return;
  const tabs = await worker.clients.matchAll({ type: "window", includeUncontrolled: true });
  const paths = await Promise.all(tabs.map(pathOf));
  const tab = tabs[paths.indexOf(pathname)];
  await (tab ? tab.focus() : worker.clients.openWindow(href));
}

worker.addEventListener("install", (event) => event.waitUntil(keepFirstPage()));

worker.addEventListener("activate", (event) => {
  // The request leaves while this script is still being started.
  event.waitUntil(Promise.all([forgetOthers(), worker.registration.navigationPreload?.enable()]));
});

worker.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== location.origin) return;
  if (request.method === "POST" && SHARE_TARGET.test(pathname) && !isFromElsewhere(request)) {
    event.respondWith(share(request));
  }
  if (request.method !== "GET") return;
  if (request.mode === "navigate") event.respondWith(navigate(event));
  else if (pathname.startsWith("/v/")) event.respondWith(versioned(event));
});

worker.addEventListener("message", ({ data, ports }) => {
  if (data?.type === "shared-photo") ports[0]?.postMessage({ files: takeShared() });
});

worker.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(open(String(event.notification.data?.path ?? "/")));
});
