// Mails from the built Worker to the sandbox's mailbox: the waitlist from the form to the end of it, a new sign-in, and a
// mailbox that does not take them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { World } from "./harness.mjs";
import { Browser } from "./people.mjs";
import { arm } from "./trouble.mjs";

const OPERATOR_KEY = "dGVzdC1vcGVyYXRvci1rZXktdGVzdC1vcGVyYXRvci1rZXk";
const NAVIGATION = { accept: "text/html", "sec-fetch-mode": "navigate", "sec-fetch-site": "none" };

const mails = async (world, to) => {
  const answer = await fetch(`${world.sandbox.api}/_control/mails${to ? `?to=${to}` : ""}`);
  const body = await answer.json();
  return body.mails ?? body;
};

const post = (world, path, body, headers = {}) =>
  world.request(path, {
    method: "POST", body: JSON.stringify(body), headers: { "content-type": "application/json", ...headers },
  });

const join = (world, email) => post(world, "/de/api/waitlist", { email, source: "home" });

/** The path and query of a link in a mail. */
const link = (mail, path) => mail.text.match(new RegExp(`${path}\\S*`))[0];

test("the waitlist, from the form to its end", async (t) => {
  const world = await World.start(t);
  assert.equal((await join(world, "ada@example.com")).status, 202);
  await world.scheduled();
  const [question] = await mails(world, "ada@example.com");
  assert.equal(question.from, "nobody@anytryon.example");
  const path = link(question, "/de/waitlist/confirmation");
  const page = await world.request(path, { headers: NAVIGATION });
  assert.equal(page.status, 200);
  assert.match(page.text, /<html lang="de"/);
  assert.equal((await world.d1("SELECT confirmed_at FROM waitlist"))[0].confirmed_at, null, "a look confirms nothing");
  assert.equal((await world.request(path, { method: "POST", headers: NAVIGATION })).status, 200);

  const draft = { subject: "News", text: "One.\n\nTwo." };
  // Refused before its body is read, which ends the connection.
  const keyless = await post(world, "/api/operator/mailings", draft, { connection: "close" });
  assert.equal(keyless.status, 401);
  const key = { authorization: `Bearer ${OPERATOR_KEY}` };
  assert.equal((await post(world, "/api/operator/mailings", draft, key)).status, 202);
  for (let minute = 0; minute < 3; minute += 1) await world.scheduled();
  const news = (await mails(world, "ada@example.com")).find(({ subject }) => subject === "News");
  assert.equal(news.headers["List-Unsubscribe-Post"], "List-Unsubscribe=One-Click");
  const end = news.headers["List-Unsubscribe"].match(/^<(.*)>$/)[1];
  const pressed = await world.request(end.replace(world.origin, ""), {
    method: "POST", body: "List-Unsubscribe=One-Click",
    // Its body is not read, which ends the connection.
    headers: { "content-type": "application/x-www-form-urlencoded", connection: "close" },
  });
  assert.equal(pressed.status, 200);
  assert.deepEqual(await world.d1("SELECT email FROM waitlist"), []);
  assert.deepEqual(await world.d1("SELECT id FROM mails"), []);
  const notes = (await world.request("/api/operator/log", { headers: key })).json().notes;
  assert.deepEqual(new Set(notes.map(({ action }) => action)), new Set(["mailing", "mailing_done"]));
  const written = JSON.stringify(world.logs);
  assert.ok(!written.includes("ada@example.com"), "an address is in the log");
});

test("a mailbox that does not take a mail gets it later, one that refuses it never again", async (t) => {
  const world = await World.start(t);
  await Browser.of(world);
  const second = new Browser(world);
  const query = await second.allowed();
  await second.request(`/auth/google/callback${query}`, { headers: { "user-agent": "X Firefox/140.0 Linux" } });
  await arm(world, "mail_status", { status: 500 });
  await world.scheduled();
  assert.deepEqual(await mails(world), []);
  const [{ tries }] = await world.d1("SELECT tries FROM mails");
  assert.equal(tries, 1);
  await world.d1("UPDATE mails SET due_at = 0");
  await world.scheduled();
  const [told] = await mails(world);
  assert.match(told.text, /The device: Firefox · Linux\./);
  assert.deepEqual(await world.d1("SELECT id FROM mails"), []);
  await join(world, "bob@example.com");
  await arm(world, "mail_status", { status: 422 });
  await world.scheduled();
  assert.deepEqual(await world.d1("SELECT id FROM mails"), [], "it would be refused again");
});
