// An order as a client places and follows it.
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import assert from "node:assert/strict";

const FIXTURES = join(dirname(fileURLToPath(import.meta.url)), "../fixtures");
export const person = readFileSync(join(FIXTURES, "person.jpg"));
export const garment = readFileSync(join(FIXTURES, "garment.jpg"));

/** The order form; `fields` add to it or replace what it has. */
export function orderForm(fields = {}) {
  const form = new FormData();
  const all = { person_image: person, garment_images: [garment], consent: "on", ...fields };
  for (const [name, value] of Object.entries(all)) {
    for (const one of [value].flat()) {
      if (one === undefined) continue;
      form.append(name, Buffer.isBuffer(one) ? new Blob([one]) : one, ...(Buffer.isBuffer(one) ? ["photo.jpg"] : []));
    }
  }
  return form;
}

/** Places an order; the order, the answer and the visitor's cookie. */
export async function place(world, { headers = {}, ...fields } = {}) {
  const answer = await world.request("/api/orders", { method: "POST", headers, body: orderForm(fields) });
  assert.equal(answer.status, 201, answer.text);
  const cookie = answer.headers["set-cookie"]?.[0].split(";")[0];
  return { order: answer.json(), answer, cookie };
}

/** Follows an order by its event stream until `wanted(view)` holds; the stream's end asks once more. */
export async function until(world, id, wanted, timeoutMs = 30_000) {
  const end = Date.now() + timeoutMs;
  while (Date.now() < end) {
    const { stream, status } = await world.request(`/api/orders/${id}/events`, { stream: true });
    assert.equal(status, 200);
    for await (const view of events(stream)) {
      if (wanted(view)) {
        stream.destroy();
        return view;
      }
    }
  }
  throw new Error(`the order did not come to it in ${timeoutMs} ms`);
}

/** The order views of an event stream. */
export async function* events(stream) {
  let text = "";
  for await (const chunk of stream) {
    text += chunk;
    for (let end = text.indexOf("\n\n"); end >= 0; end = text.indexOf("\n\n")) {
      const event = text.slice(0, end);
      text = text.slice(end + 2);
      const data = event.split("\n").find((line) => line.startsWith("data: "));
      if (data) yield JSON.parse(data.slice(6));
    }
  }
}
