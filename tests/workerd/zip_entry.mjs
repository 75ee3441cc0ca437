// A Worker that composes what a test describes, with the product's own code for it, and stores or streams it.
import { putPieces, stream } from "../../src/edge/pieces.js";

const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

/** Plan and bytes as they cross from Rust, of segments whose bytes are in base64. */
function crossing(segments) {
  const plan = JSON.stringify(segments.map(({ bytes, ...file }) => (bytes === undefined ? file : null)));
  const own = segments.filter(({ bytes }) => bytes !== undefined);
  return [plan, own.map(({ bytes }) => Uint8Array.from(atob(bytes), (one) => one.charCodeAt(0)))];
}

/** The bucket, but what lies under `kept/broken` comes from `url`, which breaks off in the middle. */
function breaking(bucket, url) {
  const get = async (key, options) => {
    if (key !== "kept/broken") return bucket.get(key, options);
    const { offset, length } = options.range;
    return { size: offset + length, body: (await fetch(url)).body };
  };
  return { get };
}

const steps = {
  async file(request, env, key) {
    await env.FILES.put(key, request.body);
    return new Response("kept");
  },
  async stored(request, env, key) {
    const { segments, length, ms } = await request.json();
    try {
      const digest = await putPieces(env.FILES, key, ...crossing(segments), length, ms ?? 60_000);
      return Response.json({ sha256: hex(digest) });
    } catch (error) {
      return Response.json({ error: `${error.name}: ${error.message}` }, { status: 500 });
    }
  },
  async streamed(request, env) {
    const { segments, length, broken } = await request.json();
    const line = JSON.stringify({ level: "error", event: "zip_broken", route: "/probe" });
    return new Response(stream(breaking(env.FILES, broken), ...crossing(segments), length, line));
  },
};

export default {
  fetch(request, env) {
    const [, step, ...key] = new URL(request.url).pathname.split("/").slice(1);
    return steps[step](request, env, key.join("/"));
  },
  scheduled() {},
};

export class Limiter {}

export class Dispatcher {}

export class Exporter {}
