// @ts-check
// Notifications of the system, from a page that is open. Nothing is subscribed to and no server sends anything: when
// the page is closed, nobody is told.

export const canNotify = () => "Notification" in globalThis;

/** Asks the visitor, whom the browser asks once. To be called from a click. */
export async function mayNotify() {
  return (await Notification.requestPermission()) === "granted";
}

/**
 * Tells the visitor, unless the page is in front of them. A click on it brings the page back.
 * @param {string} title
 * @param {string} body
 */
export async function notify(title, body) {
  if (document.visibilityState === "visible" && document.hasFocus()) return;
  // The service worker reads the path when the notification is clicked.
  const options = { body, lang: document.documentElement.lang, data: { path: location.pathname } };
  try {
    // Phones know only the first way, browsers without a service worker only the second.
    const registration = await navigator.serviceWorker?.getRegistration();
    if (registration?.active) return await registration.showNotification(title, options);
    const shown = new Notification(title, options);
    shown.onclick = () => {
      window.focus();
      shown.close();
    };
  } catch {
    // Not allowed any more: the title of the page says it too.
  }
}
