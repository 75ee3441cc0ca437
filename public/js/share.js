// @ts-check
// Hands the picture itself, not its link, to the share sheet of the system.

/** Without anything in the name that tells of the person or the order. @type {Record<string, string>} */
const NAMES = { "image/jpeg": "try-on.jpg", "image/png": "try-on.png", "image/webp": "try-on.webp" };

/** Whether a share sheet may be there at all; whether it takes a file is known with the file. */
export const mayShare = () => "share" in navigator && "canShare" in navigator;

/** @param {Blob} blob */
export function fileOf(blob) {
  return new File([blob], NAMES[blob.type] ?? "try-on", { type: blob.type });
}

/**
 * `again`: the browser wants another press, since the first one was too long ago. Whoever closes the sheet has seen it.
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
    if (name === "AbortError") return "shown";
    return name === "NotAllowedError" ? "again" : "unable";
  }
}
