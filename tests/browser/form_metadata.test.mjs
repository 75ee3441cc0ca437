// What the form finds hidden in a photo, file by file. No browser: the reader only looks at bytes.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { findMetadata, formatOf } from "../../public/js/metadata.js";
import { withPlace } from "./photos.mjs";
import { PERSON } from "./visitor.mjs";

const latin = (text) => Buffer.from(text, "latin1");
const PLAIN = readFileSync(PERSON);
const GPS_TIFF = latin("MM\0*\0\0\0\x08\0\x01\x88\x25\0\x04\0\0\0\x01\0\0\0\x1a\0\0\0\0");
const ORIENTATION_TIFF = latin("MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0");

function segment(marker, data) {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(data.length + 2, 2);
  return Buffer.concat([head, data]);
}
const jpeg = (...segments) => Buffer.concat([PLAIN.subarray(0, 2), ...segments, PLAIN.subarray(2)]);

function chunk(name, data = Buffer.alloc(0)) {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  return Buffer.concat([length, latin(name), data, Buffer.alloc(4)]);
}
const png = (...chunks) =>
  Buffer.concat([latin("\x89PNG\r\n\x1a\n"), chunk("IHDR", Buffer.alloc(13)), ...chunks, chunk("IEND")]);

function riff(...chunks) {
  const body = Buffer.concat([latin("WEBP"), ...chunks.map(([name, data]) => {
    const head = Buffer.alloc(8);
    head.write(name, 0, "latin1");
    head.writeUInt32LE(data.length, 4);
    return Buffer.concat([head, data, Buffer.alloc(data.length % 2)]);
  })]);
  const head = Buffer.alloc(8);
  head.write("RIFF", 0, "latin1");
  head.writeUInt32LE(body.length, 4);
  return Buffer.concat([head, body]);
}

const XMP = "http://ns.adobe.com/xap/1.0/\0<x:xmpmeta exif:GPSLatitude='1'/>";
const CASES = [
  ["a plain JPEG", PLAIN, []],
  ["a place in EXIF", withPlace().buffer, ["exif", "gps"]],
  ["only which way is up", jpeg(segment(0xe1, Buffer.concat([latin("Exif\0\0"), ORIENTATION_TIFF]))), []],
  ["a place in XMP", jpeg(segment(0xe1, latin(XMP))), ["gps", "xmp"]],
  ["IPTC", jpeg(segment(0xed, latin("Photoshop 3.0\0"))), ["iptc"]],
  ["a comment", jpeg(segment(0xfe, latin("made at home"))), ["comment"]],
  ["further pictures", jpeg(segment(0xe2, latin("MPF\0"))), ["extra_picture"]],
  ["a colour profile", jpeg(segment(0xe2, latin("ICC_PROFILE\0\x01\x01"))), []],
  ["bytes behind the end", Buffer.concat([PLAIN, latin("more")]), ["trailing_data"]],
  ["a plain PNG", png(chunk("sRGB", Buffer.alloc(1)), chunk("IDAT")), []],
  ["PNG with EXIF", png(chunk("eXIf", GPS_TIFF)), ["exif", "gps"]],
  ["PNG with text", png(chunk("tEXt", latin("Author\0Ann"))), ["text"]],
  ["PNG with XMP", png(chunk("iTXt", latin("XML:com.adobe.xmp\0\0\0\0\0<x/>"))), ["xmp"]],
  ["PNG with a time", png(chunk("tIME", Buffer.alloc(7))), ["time"]],
  ["a plain WebP", riff(["VP8 ", Buffer.alloc(9)]), []],
  ["WebP with EXIF and XMP", riff(["VP8 ", Buffer.alloc(9)], ["EXIF", GPS_TIFF], ["XMP ", latin("<x/>")]),
    ["exif", "gps", "xmp"]],
  ["HEIC with a place", Buffer.concat([latin("\0\0\0\x18ftypheic\0\0\0\0Exif\0\0"), GPS_TIFF]), ["exif", "gps"]],
  ["no picture", latin("%PDF-1.7 Exif\0\0"), []],
];

for (const [name, bytes, kinds] of CASES) {
  test(`${name}: ${kinds.join(", ") || "nothing"}`, () => {
    assert.deepEqual(findMetadata(bytes).sort(), kinds);
  });
}

test("a file that ends anywhere is read to its end", () => {
  for (const [name, bytes] of CASES) {
    for (let length = 0; length < Math.min(bytes.length, 200); length += 1) {
      assert.ok(Array.isArray(findMetadata(bytes.subarray(0, length))), name);
    }
  }
});

test("lengths that point outside the file end the reading", () => {
  const huge = png(chunk("tEXt"));
  huge.writeUInt32BE(0xffffffff, 33);
  assert.deepEqual(findMetadata(huge), ["text"]);
  const tiff = Buffer.from(GPS_TIFF);
  tiff.writeUInt32BE(0xfffffff0, 4);
  assert.deepEqual(findMetadata(png(chunk("eXIf", tiff))), []);
});

test("the format is told by content", () => {
  assert.deepEqual([PLAIN, png(), riff(), latin("\0\0\0\x18ftypheic"), latin("\0\0\0\x18ftypavif"), latin("GIF89a")]
    .map(formatOf), ["jpeg", "png", "webp", "heic", "other", "other"]);
});
