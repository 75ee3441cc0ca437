// @ts-check
// The small picture of an order for History: drawn here from the picture that is shown anyway, and sent once.

const SIDE_PIXELS_MAX = 320;
const BYTES_MAX = 40 * 1024;
/** Tried in this order until it is small enough. */
const QUALITIES = [0.8, 0.65, 0.5, 0.35];
const REQUEST_TIMEOUT_MS = 15_000;

/**
 * @param {HTMLCanvasElement} canvas
 * @param {number} quality
 * @returns {Promise<Blob | null>} a browser that cannot write WebP writes PNG in its place
 */
async function encoded(canvas, quality) {
  for (const type of ["image/webp", "image/jpeg"]) {
    const blob = await new Promise((resolve) => canvas.toBlob(resolve, type, quality));
    if (blob?.type === type) return blob;
  }
  return null;
}

/**
 * Sends the preview of an order. What fails is no trouble: the next one who sees the picture makes it.
 * @param {string} id
 * @param {HTMLImageElement} picture loaded, from our own origin
 */
export async function sendPreview(id, picture) {
  const { naturalWidth: width, naturalHeight: height } = picture;
  if (!width || !height) return;
  const scale = Math.min(1, SIDE_PIXELS_MAX / Math.max(width, height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(width * scale));
  canvas.height = Math.max(1, Math.round(height * scale));
  canvas.getContext("2d")?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  for (const quality of QUALITIES) {
    const body = await encoded(canvas, quality);
    if (!body || body.size > BYTES_MAX) continue;
    const init = { method: "PUT", body, signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS) };
    await fetch(`/api/orders/${encodeURIComponent(id)}/preview`, init).catch(() => null);
    return;
  }
}
