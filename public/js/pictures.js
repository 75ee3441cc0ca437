// @ts-check
// Photos before they are sent: can they be used, and the smaller copy that is sent. All pixels are handled here and
// none by the server, which only reads headers.

/** What the server takes as it is. */
const SENT_AS_THEY_ARE = ["image/jpeg", "image/png", "image/webp"];
/** What some browsers can open and the server cannot: always re-encoded. */
const OPENED_WHERE_POSSIBLE = ["image/heic", "image/heif", "image/avif"];
/** The server's least side. */
const SIDE_PIXELS_MIN = 256;
/** The server's limit for one photo. */
const SENT_BYTES_MAX = 10_000_000;
/** A larger file is not opened at all: a 200-megapixel photo takes 800 MB once decoded. */
const OPENED_BYTES_MAX = 60_000_000;
/** Longest side of what is sent: more does not show in a picture of 1K or 2K. */
const SENT_SIDE_PIXELS_MAX = 2048;
/** The same for a picture of 4K. */
const SENT_SIDE_PIXELS_MAX_4K = 4096;
const JPEG_QUALITY = 0.92;

/** @typedef {"photo_wrong_type" | "photo_unreadable" | "photo_too_small" | "photo_too_large"} PhotoProblem */

/**
 * What is wrong with a photo, or null. Reads it whole: a file that cannot be opened is found here, not after sending.
 * @param {File} file
 * @returns {Promise<PhotoProblem | null>}
 */
export async function findProblem(file) {
  if (!SENT_AS_THEY_ARE.includes(file.type) && !OPENED_WHERE_POSSIBLE.includes(file.type)) return "photo_wrong_type";
  if (file.size > OPENED_BYTES_MAX) return "photo_too_large";
  const bitmap = await open(file);
  if (!bitmap) return OPENED_WHERE_POSSIBLE.includes(file.type) ? "photo_wrong_type" : "photo_unreadable";
  const small = Math.min(bitmap.width, bitmap.height) < SIDE_PIXELS_MIN;
  bitmap.close();
  return small ? "photo_too_small" : null;
}

/**
 * What is sent for a photo: the file itself when the server takes it, else a smaller JPEG of it, upright and without
 * metadata.
 * @param {File} file
 * @param {string} resolution of the picture to be made
 * @returns {Promise<Blob>}
 */
export async function prepare(file, resolution) {
  const bitmap = await open(file);
  if (!bitmap) return file;
  try {
    const sideMax = resolution === "4K" ? SENT_SIDE_PIXELS_MAX_4K : SENT_SIDE_PIXELS_MAX;
    const scale = Math.min(1, sideMax / Math.max(bitmap.width, bitmap.height));
    const asItIs = scale === 1 && file.size <= SENT_BYTES_MAX && SENT_AS_THEY_ARE.includes(file.type);
    return asItIs ? file : ((await encode(bitmap, scale)) ?? file);
  } finally {
    bitmap.close();
  }
}

/**
 * @param {Blob} file
 * @returns {Promise<ImageBitmap | null>}
 */
async function open(file) {
  try {
    return await createImageBitmap(file, { imageOrientation: "from-image" });
  } catch {
    return null;
  }
}

/**
 * @param {ImageBitmap} bitmap
 * @param {number} scale
 * @returns {Promise<Blob | null>}
 */
function encode(bitmap, scale) {
  const canvas = document.createElement("canvas");
  // A side that the scale pushes under the least one would be refused.
  canvas.width = Math.max(SIDE_PIXELS_MIN, Math.round(bitmap.width * scale));
  canvas.height = Math.max(SIDE_PIXELS_MIN, Math.round(bitmap.height * scale));
  const context = canvas.getContext("2d");
  if (!context) return Promise.resolve(null);
  // JPEG has no transparency; a cut-out garment belongs on white.
  context.fillStyle = "white";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.imageSmoothingQuality = "high";
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", JPEG_QUALITY));
}
