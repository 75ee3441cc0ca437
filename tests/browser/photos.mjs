// Photos made for a test: with something hidden in them, of a size, or of a kind that no browser here can open.
import { readFileSync } from "node:fs";
import { PERSON } from "./visitor.mjs";

/** A word that stands in no file of the repository's pictures. */
export const CANARY = "CANARY-CAMERA-7";

/** The fixture of a person with an EXIF block that names a camera and a place. */
export function withPlace(name = "holiday.jpg") {
  const jpeg = readFileSync(PERSON);
  const tiff = Buffer.alloc(80);
  tiff.write("II*\0", 0, "latin1");
  tiff.writeUInt32LE(8, 4);
  tiff.writeUInt16LE(2, 8);
  entry(tiff, 10, 0x010f, 2, CANARY.length + 1, 38);
  entry(tiff, 22, 0x8825, 4, 1, 60);
  tiff.write(`${CANARY}\0`, 38, "latin1");
  tiff.writeUInt16LE(1, 60);
  entry(tiff, 62, 0x0001, 2, 2, 0x4e);
  const exif = Buffer.concat([Buffer.from("Exif\0\0", "latin1"), tiff]);
  const head = Buffer.from([0xff, 0xd8, 0xff, 0xe1, 0, 0]);
  head.writeUInt16BE(exif.length + 2, 4);
  return { name, mimeType: "image/jpeg", buffer: Buffer.concat([head, exif, jpeg.subarray(2)]) };
}

function entry(tiff, at, tag, kind, count, value) {
  tiff.writeUInt16LE(tag, at);
  tiff.writeUInt16LE(kind, at + 2);
  tiff.writeUInt32LE(count, at + 4);
  tiff.writeUInt32LE(value, at + 8);
}

/** What an iPhone writes begins like this. */
export const HEIC = {
  name: "IMG_0001.HEIC",
  mimeType: "image/heic",
  buffer: Buffer.from("\0\0\0\x18ftypheic\0\0\0\0mif1heic\0\0\0\x08mdat", "latin1"),
};

/** Draws a JPEG of this size in the page; of noise when it must not become small. */
export async function drawn(page, { width, height, noise = false, name = "drawn.jpg" }) {
  const base64 = await page.evaluate(async ([w, h, isNoise]) => {
    const canvas = new OffscreenCanvas(w, h);
    const context = canvas.getContext("2d");
    context.fillStyle = "teal";
    context.fillRect(0, 0, w, h);
    if (isNoise) {
      const image = context.createImageData(w, h);
      let state = 1;
      for (let at = 0; at < image.data.length; at += 1) {
        state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
        image.data[at] = at % 4 === 3 ? 255 : state >>> 24;
      }
      context.putImageData(image, 0, 0);
    }
    const blob = await canvas.convertToBlob({ type: "image/jpeg", quality: 0.95 });
    const reader = new FileReader();
    const read = new Promise((done) => (reader.onload = done));
    reader.readAsDataURL(blob);
    await read;
    return reader.result.split(",")[1];
  }, [width, height, noise]);
  return { name, mimeType: "image/jpeg", buffer: Buffer.from(base64, "base64") };
}

/** Keeps what the page sends as an order, so that `sentParts` can tell it. */
export const keepSent = (visitor) =>
  visitor.addInitScript(() => {
    const { send } = XMLHttpRequest.prototype;
    XMLHttpRequest.prototype.send = function keep(body) {
      globalThis.sentBody = body;
      return send.call(this, body);
    };
  });

/** The parts of the order that was sent last: texts, and photos with their size and their bytes. */
export const sentParts = (page) =>
  page.evaluate(async () => {
    const parts = [];
    for (const [name, value] of globalThis.sentBody) {
      if (typeof value === "string") parts.push({ name, value });
      else {
        const { width, height } = await createImageBitmap(value);
        const text = new TextDecoder("latin1").decode(await value.arrayBuffer());
        parts.push({ name, width, height, text, type: value.type, bytes: value.size, fileName: value.name });
      }
    }
    return parts;
  });
