// The storage process's own code: a database that speaks D1's protocol over SQLite, the door of R2, counts of what each
// is asked, and a way for the bench to put things there and look.
const calls = { d1: 0, r2_get: 0, r2_put: 0 };

/** One database. A request holds one statement or a list of them, which is one transaction. */
export class Database {
  constructor(state) {
    this.storage = state.storage;
  }

  #run({ sql, params }, format) {
    const cursor = this.storage.sql.exec(sql, ...(params ?? []));
    const rows = cursor.raw().toArray();
    const results = format === "NONE" ? [] : { columns: cursor.columnNames, rows };
    const { rowsRead: rows_read, rowsWritten: rows_written } = cursor;
    const known = { rows_read, rows_written, changed_db: rows_written > 0 };
    // Nobody here asks for the rest of it.
    const meta = { served_by: "bench", duration: 0, changes: 0, last_row_id: 0, size_after: 0, ...known };
    return { success: true, results, meta };
  }

  async fetch(request) {
    const format = new URL(request.url).searchParams.get("resultsFormat");
    const statements = [await request.json()].flat();
    try {
      const results = this.storage.transactionSync(() => statements.map((one) => this.#run(one, format)));
      return Response.json(results);
    } catch (error) {
      return Response.json({ success: false, error: error.message });
    }
  }
}

export const d1 = {
  fetch(request, env) {
    calls.d1 += 1;
    return env.DATABASE.get(env.DATABASE.idFromName("bench")).fetch(request);
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

async function file(request, bucket, key) {
  if (request.method === "PUT") {
    await bucket.put(key, await request.arrayBuffer());
    return new Response("stored");
  }
  if (request.method === "DELETE") {
    await clear(bucket, key);
    return new Response("deleted");
  }
  const object = await bucket.get(key);
  return new Response(object?.body, { status: object === null ? 404 : 200 });
}

export default {
  async fetch(request, env) {
    const { pathname } = new URL(request.url);
    if (pathname === "/calls") return Response.json(calls);
    if (pathname.startsWith("/files/")) return file(request, env.FILES, pathname.slice("/files/".length));
    const { sql, values } = await request.json();
    return Response.json((await env.DB.prepare(sql).bind(...values).all()).results);
  },
};
