// @ts-check
// Makes of a photo what is sent for it: upright, no larger than needed, a new JPEG of its pixels and nothing else.
// Runs in a worker thread, which pictures.js starts with it, and in the page where the browser has none that can draw.

import { findMetadata, formatOf } from "./metadata.js";

/** The server's least side. */
const SIDE_PIXELS_MIN = 256;
/** A larger file is not opened at all: a 200-megapixel photo takes 800 MB once decoded. */
const OPENED_BYTES_MAX = 60_000_000;
/** The server's limit for one photo. */
const SENT_BYTES_MAX = 10_000_000;
/** The first that fits is taken; only noise of 16 megapixels needs more than one. */
const JPEG_QUALITIES = [0.92, 0.85, 0.7, 0.5];

/** The profile of an encoder stands before everything else, and fills one segment at most. */
const HEAD_BYTES_MAX = 131_072;

const inPage = typeof document === "object";

/**
 * @typedef {"photo_wrong_type" | "photo_heic" | "photo_unreadable" | "photo_too_small" | "photo_too_large"} Problem
 * @typedef {{problem: Problem}} Refused
 * @typedef {{blob: Blob, width: number, height: number, removed: string[]}} Prepared
 */

/**
 * Reads a photo whole: one that cannot be opened is found here, not after sending. `null` when this thread cannot draw.
 * @param {File} file
 * @param {number} sideMax longest side of what is sent, in pixels
 * @returns {Promise<Refused | Prepared | null>}
 */
export async function prepareHere(file, sideMax) {
  if (file.size > OPENED_BYTES_MAX) return { problem: "photo_too_large" };
  let bitmap;
  let format;
  let removed;
  try {
    const bytes = new Uint8Array(await file.arrayBuffer());
    format = formatOf(bytes);
    removed = findMetadata(bytes);
    bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
  } catch {
    return { problem: refusalOf(format, file.type) };
  }
  try {
    if (Math.min(bitmap.width, bitmap.height) < SIDE_PIXELS_MIN) return { problem: "photo_too_small" };
    const prepared = await encode(bitmap, sideMax);
    return prepared && { ...prepared, removed };
  } finally {
    bitmap.close();
  }
}

/**
 * @param {ReturnType<typeof formatOf> | undefined} format by content
 * @param {string} type as stated
 * @returns {Problem}
 */
function refusalOf(format, type) {
  if (format === "heic" || /^image\/hei[cf]$/.test(type)) return "photo_heic";
  const isPhoto = (format && format !== "other") || /^image\/(jpeg|png|webp)$/.test(type);
  return isPhoto ? "photo_unreadable" : "photo_wrong_type";
}

/**
 * @param {ImageBitmap} bitmap
 * @param {number} sideMax
 */
async function encode(bitmap, sideMax) {
  const scale = Math.min(1, sideMax / Math.max(bitmap.width, bitmap.height));
  // A side that the scale pushes under the least one would be refused.
  const width = Math.max(SIDE_PIXELS_MIN, Math.round(bitmap.width * scale));
  const height = Math.max(SIDE_PIXELS_MIN, Math.round(bitmap.height * scale));
  const canvas = newCanvas(width, height);
  const context = /** @type {CanvasRenderingContext2D | null} */ (canvas?.getContext("2d"));
  if (!canvas || !context) return null;
  // JPEG has no transparency; a cut-out garment belongs on white.
  context.fillStyle = "white";
  context.fillRect(0, 0, width, height);
  context.imageSmoothingQuality = "high";
  context.drawImage(bitmap, 0, 0, width, height);
  let blob = null;
  for (const quality of JPEG_QUALITIES) {
    blob = await toJpeg(canvas, quality);
    if (!blob || blob.size <= SENT_BYTES_MAX) break;
  }
  return blob && { blob: await withoutProfile(blob), width, height };
}

/** Some browsers write a colour profile that says sRGB, which is what a picture without one is. @param {Blob} blob */
async function withoutProfile(blob) {
  const bytes = new Uint8Array(await blob.slice(0, HEAD_BYTES_MAX).arrayBuffer());
  const view = new DataView(bytes.buffer);
  let at = 2;
  while (at + 4 <= bytes.length && view.getUint8(at) === 0xff && view.getUint8(at + 1) !== 0xda) {
    const end = at + 2 + view.getUint16(at + 2);
    if (view.getUint8(at + 1) === 0xe2) {
      return new Blob([blob.slice(0, at), blob.slice(end)], { type: blob.type });
    }
    at = end;
  }
  return blob;
}

/**
 * @param {number} width
 * @param {number} height
 */
function newCanvas(width, height) {
  if (inPage) return Object.assign(document.createElement("canvas"), { width, height });
  return typeof OffscreenCanvas === "function" ? new OffscreenCanvas(width, height) : null;
}

/**
 * @param {HTMLCanvasElement | OffscreenCanvas} canvas
 * @param {number} quality
 * @returns {Promise<Blob | null>}
 */
function toJpeg(canvas, quality) {
  const type = "image/jpeg";
  if ("convertToBlob" in canvas) return canvas.convertToBlob({ type, quality });
  return new Promise((resolve) => canvas.toBlob(resolve, type, quality));
}

/** @param {MessageEvent} event */
async function prepareThere({ data: { id, file, sideMax } }) {
  // After a failure the page tries by itself.
  postMessage({ id, outcome: await prepareHere(file, sideMax).catch(() => null) });
}

if (!inPage) addEventListener("message", prepareThere);
