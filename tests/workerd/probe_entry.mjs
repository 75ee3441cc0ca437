// A Worker that does exactly what a test asks of its bindings, so that the proxies' accounts can be
// held against known costs.
const steps = {
  async log() {
    console.log(JSON.stringify({ event: "probe", value: 7 }));
    console.log("no JSON");
  },
  async d1_first(env) {
    return env.DB.prepare("SELECT value FROM probe WHERE value = ?1").bind(2).first("value");
  },
  async d1_batch(env) {
    const insert = env.DB.prepare("INSERT INTO probe (value) VALUES (?1)");
    await env.DB.batch([insert.bind(2), insert.bind(3)]);
  },
  async r2(env) {
    await env.FILES.put("a/1", "one");
    await env.FILES.get("a/1");
    await env.FILES.head("a/1");
    await env.FILES.list({ prefix: "a/" });
    await env.FILES.delete("a/1");
    const upload = await env.FILES.createMultipartUpload("a/2");
    await upload.complete([await upload.uploadPart(1, "two")]);
  },
  async object(env, name) {
    const stub = env.DISPATCHER.get(env.DISPATCHER.idFromName("probe"));
    return (await stub.fetch(`https://object/${name}`)).text();
  },
};

export default {
  async fetch(request, env) {
    const [, step, argument] = new URL(request.url).pathname.split("/").slice(1);
    try {
      return Response.json((await steps[step](env, argument)) ?? null);
    } catch (error) {
      return new Response(error.message, { status: 500 });
    }
  },
  scheduled() {},
};

export class Limiter {}

export class Exporter {}

export class Dispatcher {
  constructor(state) {
    const { storage } = state;
    Object.assign(this, { state, storage });
    storage.sql.exec("CREATE TABLE IF NOT EXISTS alarms (at INTEGER)");
  }

  async fetch(request) {
    switch (new URL(request.url).pathname) {
      case "/kv":
        await this.storage.put({ one: 1, two: 2 });
        await this.storage.get(["one", "two", "three"]);
        await this.storage.delete("one");
        return new Response("done");
      case "/sql":
        this.storage.sql.exec("INSERT INTO alarms (at) VALUES (1), (2), (3)");
        return new Response(this.storage.sql.exec("DELETE FROM alarms RETURNING at").toArray().length);
      case "/wait":
        await new Promise((done) => setTimeout(done, 300));
        return new Response("waited");
      case "/behind":
        this.state.waitUntil(new Promise((done) => setTimeout(done, 300)));
        return new Response("answered");
      case "/arm":
        await this.storage.setAlarm(Date.now() + 1_000);
        return new Response("armed");
      default:
        return new Response(this.storage.sql.exec("SELECT at FROM alarms").toArray().length);
    }
  }

  alarm() {
    this.storage.sql.exec("INSERT INTO alarms (at) VALUES (0)");
  }
}
