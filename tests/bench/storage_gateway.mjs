// The door of the storage process: counts what each service is asked, and lets the bench put things there and look.
const calls = { d1: 0, r2_get: 0, r2_put: 0 };

export const d1 = {
  fetch(request, env) {
    calls.d1 += 1;
    return env.D1.fetch(request);
  },
};

// Reads are GET with the question in a header; what changes something is PUT, with the question before the bytes.
export const r2 = {
  fetch(request, env) {
    calls[request.method === "GET" ? "r2_get" : "r2_put"] += 1;
    return env.R2.fetch(request);
  },
};

async function clear(bucket, prefix) {
  for (;;) {
    const { objects } = await bucket.list({ prefix, limit: 500 });
    if (objects.length === 0) return;
    await bucket.delete(objects.map(({ key }) => key));
  }
}

export default {
  async fetch(request, env) {
    const { pathname } = new URL(request.url);
    if (pathname === "/calls") return Response.json(calls);
    if (pathname === "/sql") {
      const { sql, values } = await request.json();
      return Response.json((await env.DB.prepare(sql).bind(...values).all()).results);
    }
    const key = pathname.slice("/files/".length);
    if (request.method === "PUT") {
      await env.FILES.put(key, await request.arrayBuffer());
      return new Response("stored");
    }
    if (request.method === "DELETE") {
      await clear(env.FILES, key);
      return new Response("deleted");
    }
    const object = await env.FILES.get(key);
    return new Response(object?.body, { status: object === null ? 404 : 200 });
  },
};
