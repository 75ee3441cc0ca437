// A reader of zips that shares nothing with the product, for zips that are too large to be held in memory.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { open } from "node:fs/promises";

const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");

/** Names, sizes and digests of a zip's entries, read by its directory; each header must say what the directory says. */
export async function entriesOf(path) {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const at = async (position, length) => (await file.read(Buffer.alloc(length), 0, length, position)).buffer;
    const end = await at(size - 22, 22);
    assert.equal(end.readUInt32LE(0), 0x06054b50);
    const directory = await at(end.readUInt32LE(16), end.readUInt32LE(12));
    const found = [];
    for (let here = 0; here < directory.length; ) {
      const [nameBytes, extraBytes] = [directory.readUInt16LE(here + 28), directory.readUInt16LE(here + 30)];
      const [length, begin] = [directory.readUInt32LE(here + 24), directory.readUInt32LE(here + 42)];
      const head = await at(begin, 30 + nameBytes);
      assert.equal(head.readUInt32LE(0), 0x04034b50);
      assert.deepEqual(head.subarray(4, 28), directory.subarray(here + 6, here + 30));
      assert.equal(head.readUInt16LE(28), 0);
      const name = directory.toString("utf8", here + 46, here + 46 + nameBytes);
      assert.equal(head.toString("utf8", 30), name);
      const bytes = await at(begin + head.length, length);
      const text = name.endsWith(".json") ? bytes.toString() : undefined;
      found.push({ name, bytes: length, sha256: sha256(bytes), text });
      here += 46 + nameBytes + extraBytes;
    }
    assert.equal(found.length, end.readUInt16LE(10));
    return found;
  } finally {
    await file.close();
  }
}
