// @ts-check
// What a page asks of the system: notifications while it is open (nothing is subscribed to), and the share sheet for
// the picture itself, not its link.

/** Without anything in the name that tells of the person or the order. @type {Record<string, string>} */
const NAMES = { "image/jpeg": "try-on.jpg", "image/png": "try-on.png", "image/webp": "try-on.webp" };

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

/** Whether a share sheet may be there at all; whether it takes a file is known with the file. */
export const mayShare = () => "share" in navigator && "canShare" in navigator;

/** @param {Blob} blob */
export function fileOf(blob) {
  return new File([blob], NAMES[blob.type] ?? "try-on", { type: blob.type });
}

/**
 * `again`: the browser wants another press, since the first one was too long ago. Whoever closes the sheet has seen it,
 * and whoever presses once more has it before them.
 * @param {File} file
 * @param {string} title
 * @returns {Promise<"shown" | "again" | "unable">}
 */
export async function share(file, title) {
  if (!navigator.canShare({ files: [file] })) return "unable";
  try {
    await navigator.share({ files: [file], title });
    return "shown";
  } catch (error) {
    const name = error instanceof DOMException ? error.name : "";
    if (name === "AbortError" || name === "InvalidStateError") return "shown";
    return name === "NotAllowedError" ? "again" : "unable";
  }
}
