// People who sign in with the sandbox's OpenID provider, through the product's own routes.
import assert from "node:assert/strict";

const CLOSED = /;\s*max-age=0\b/i;

/** A browser without pages: its cookies, and the headers with which one sends a request of our own pages. */
export class Browser {
  constructor(world) {
    this.world = world;
    this.cookies = new Map();
  }

  get headers() {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    return { "sec-fetch-site": "same-origin", ...(cookie && { cookie }) };
  }

  async request(path, { headers = {}, ...options } = {}) {
    const answer = await this.world.request(path, { ...options, headers: { ...this.headers, ...headers } });
    for (const line of answer.headers["set-cookie"] ?? []) {
      const [, name, value] = line.match(/^([^=]+)=([^;]*)/);
      if (CLOSED.test(line)) this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    return answer;
  }

  /** To the provider, where `person` allows it: the query with which the browser is sent back. */
  async allowed(person = "ada", query = "") {
    const begun = await this.request(`/auth/google${query}`);
    assert.equal(begun.status, 303, begun.text);
    const allowed = await fetch(`${begun.headers.location}&person=${person}`, { redirect: "manual" });
    const back = new URL(allowed.headers.get("location"));
    assert.equal(back.origin, this.world.origin);
    return back.search;
  }

  /** Comes back with this query. */
  comeBack(query) {
    return this.request(`/auth/google/callback${query}`);
  }

  /** All of it: the answer to the way back. */
  async signIn(person = "ada", query = "") {
    return this.comeBack(await this.allowed(person, query));
  }

  /** A browser in which this person is signed in. */
  static async of(world, person = "ada") {
    const browser = new Browser(world);
    const answer = await browser.signIn(person);
    assert.equal(answer.status, 303, answer.text);
    assert.ok(browser.cookies.has("__Host-session"));
    return browser;
  }

  async account() {
    return (await this.request("/api/session")).json().account;
  }
}
