// The account page as its person meets it: with and without scripts, and for people who use a keyboard, a screen reader
// or a small screen.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { World } from "../workerd/harness.mjs";
import { Browser } from "../workerd/people.mjs";
import { audit as auditPage } from "./audit.mjs";
import { ELSEWHERE, OPEN_NETWORK, startBrowser, visit, visitAs as visitSignedIn } from "./visitor.mjs";

const world = await World.start({ after }, { vars: OPEN_NETWORK });
const browser = await startBrowser({ after });

const DAY_MS = 86_400_000;

/** With everything open. */
const audit = (page, name) => auditPage(page, name, { unfold: true });

/** Somebody who is signed in, on `path`. */
const visitAs = (t, person, options = {}) => visitSignedIn(t, browser, world, person, { path: "/account", ...options });

const section = (page, id) => page.locator(`section#${id}`);
const account = async (page) => (await page.request.get("/api/account")).json();

/** The token of the last link that was mailed to this address. */
async function linkTo(address) {
  const rows = await world.d1("SELECT letter FROM mails WHERE recipient = ? ORDER BY due_at DESC", address);
  return JSON.parse(rows[0].letter).path;
}

test("without a session the page leads to Google and back", async (t) => {
  const expected = [/status of 401/, ELSEWHERE];
  const { page } = await visit(t, browser, world, { path: null, expected });
  assert.equal((await page.goto("/account")).status(), 401);
  const settings = JSON.stringify({ identity_person: "ada" });
  await fetch(`${world.sandbox.api}/_control/settings`, { method: "POST", body: settings });
  await page.getByRole("main").getByRole("link", { name: "Sign in with Google" }).click();
  await page.getByRole("heading", { name: "Your account" }).waitFor();
  assert.equal(new URL(page.url()).pathname, "/account");
});

for (const prefix of ["", "/de", "/es", "/zh"]) {
  test(`axe finds nothing on the page${prefix && ` under ${prefix}`}`, async (t) => {
    const other = await Browser.of(world, "ada");
    const { page } = await visitAs(t, "ada", { path: `${prefix}/account` });
    await page.locator(".portrait__image").evaluate((image) => image.decode());
    await audit(page, "the page");
    assert.ok(other.cookies.size > 0);
  });
}

test("a name is corrected in place", async (t) => {
  const { page, requests } = await visitAs(t, "ada");
  await section(page, "profile").getByLabel("Name").fill("Ada Lovelace");
  await section(page, "profile").getByRole("button", { name: "Save" }).click();
  await section(page, "profile").getByText("Saved.").waitFor();
  await page.locator(".account__name", { hasText: "Ada Lovelace" }).waitFor();
  assert.ok(requests.includes("PATCH /api/account"));
  assert.equal((await account(page)).name, "Ada Lovelace");
});

test("what is refused is said beside its form", async (t) => {
  const { page } = await visitAs(t, "ada", { expected: [/status of 422/] });
  const email = section(page, "email");
  await email.getByLabel("Email address").evaluate((input) => {
    input.type = "text";
    input.value = "nobody@nowhere";
  });
  await email.getByRole("button", { name: "Send the link" }).click();
  await email.getByRole("alert").getByText("This is not an e-mail address").waitFor();
  assert.ok(await email.getByRole("alert").evaluate((notice) => notice === document.activeElement));
  await audit(page, "refused");
});

test("an address is changed by a link and a button, and only by both", async (t) => {
  const { page } = await visitAs(t, "ben", { expected: [/status of 403/] });
  const email = section(page, "email");
  await email.getByLabel("Email address").fill("ben@new.example");
  await email.getByRole("button", { name: "Send the link" }).click();
  await email.getByText("A link is on its way to ben@new.example").waitFor();
  await audit(page, "waiting");
  await page.goto(await linkTo("ben@new.example"));
  await page.getByText("Your account will use ben@new.example").waitFor();
  await audit(page, "confirmation");
  assert.equal((await account(page)).email, "ben@example.com");
  await page.getByRole("button", { name: "Yes, use this address" }).click();
  await page.getByRole("heading", { name: "Address changed" }).waitFor();
  assert.equal((await account(page)).email, "ben@new.example");
  await page.goBack();
  await page.getByRole("heading", { name: "This link does not work any more" }).waitFor();
  await audit(page, "used");
});

test("sessions end one by one and all at once", async (t) => {
  const others = [await Browser.of(world, "chen"), await Browser.of(world, "chen"), await Browser.of(world, "chen")];
  const alive = async () => (await Promise.all(others.map((one) => one.account()))).filter(Boolean).length;
  const { page } = await visitAs(t, "chen");
  const sessions = section(page, "sessions");
  await sessions.getByText("This device").waitFor();
  assert.equal(await sessions.locator("li").count(), 4);
  await sessions.getByRole("button", { name: "Sign out there" }).first().click();
  await sessions.getByText("Signed out there.").waitFor();
  assert.equal(await sessions.locator("li").count(), 3);
  assert.equal(await alive(), 2);
  await sessions.getByRole("button", { name: "Sign out everywhere else" }).click();
  await sessions.locator("li").nth(1).waitFor({ state: "detached" });
  assert.equal(await alive(), 0);
  assert.ok(await sessions.getByRole("heading").evaluate((heading) => heading === document.activeElement));
});

test("a theme and a language hold here at once and on the next device", async (t) => {
  const { page } = await visitAs(t, "chen");
  const appearance = section(page, "appearance");
  await appearance.getByLabel("Dark").check();
  await appearance.getByRole("button", { name: "Save" }).click();
  await page.waitForFunction(() => document.documentElement.dataset.theme === "dark");
  await appearance.getByLabel("Language").selectOption("de");
  await appearance.getByRole("button", { name: "Save" }).click();
  await page.waitForURL("**/de/account**");
  const { page: next } = await visitAs(t, "chen");
  await next.getByRole("heading", { name: "Dein Konto" }).waitFor();
  assert.equal(await next.evaluate(() => document.documentElement.dataset.theme), "dark");
  await next.locator("#appearance select").selectOption("en");
  await next.locator("#appearance").getByRole("button").click();
  await next.getByRole("heading", { name: "Your account" }).waitFor();
});

/** Notes an export of this account in a state, as the object that makes it would. */
async function noteExport(state, number, more = {}) {
  const [{ account }] = await world.d1("SELECT account FROM sessions ORDER BY signed_in_at DESC LIMIT 1");
  const row = { account, id: `${number}`.repeat(21) + "A", state, requested_at: Date.now() - number * DAY_MS, ...more };
  const names = Object.keys(row);
  const places = names.map(() => "?").join(", ");
  await world.d1(`INSERT INTO exports (${names.join(", ")}) VALUES (${places})`, ...Object.values(row));
}

test("axe finds nothing on an account with exports in every state", async (t) => {
  const { page } = await visitAs(t, "eve");
  const parts = [1, 2].map((part) => ({ key: `exports/${part}.zip`, bytes: part * 99_000_000, sha256: "a".repeat(64) }));
  const [finished_at, expires_at] = [Date.now() - DAY_MS, Date.now() + DAY_MS];
  await noteExport("building", 1);
  await noteExport("ready", 2, { parts: JSON.stringify(parts), finished_at, expires_at });
  await noteExport("expired", 3, { finished_at, expires_at: finished_at });
  await noteExport("failed", 4, { reason: "unavailable" });
  for (const prefix of ["", "/de", "/es", "/zh"]) {
    await page.goto(`${prefix}/account`);
    assert.equal(await section(page, "exports").locator(".exports__row").count(), 4);
    await audit(page, `exports under ${prefix}/`);
  }
});

test("axe finds nothing on the way out of an account, nor on its receipt", async (t) => {
  const { page } = await visitAs(t, "finn", { path: "/account/deletion", expected: [/status of 4(04|22)/] });
  await audit(page, "before a proof of who it is");
  const schedule = page.getByRole("button", { name: "Delete everything in 72 hours" });
  assert.equal(await schedule.count(), 0);
  await page.getByRole("link", { name: "Sign in once more" }).click();
  await schedule.waitFor();
  assert.equal(new URL(page.url()).pathname, "/account/deletion");
  await audit(page, "before");
  await schedule.click();
  await page.getByRole("button", { name: "Keep my account" }).click();
  await schedule.click();
  const code = await page.locator(".deletion__code").textContent();
  await audit(page, "the code");
  for (const prefix of ["", "/de", "/es", "/zh"]) {
    await page.goto(`${prefix}/account/deletion`);
    const left = await page.locator("[data-part=left]").textContent();
    assert.match(left, /^(71|72)/, "told as the page is looked at");
    await audit(page, `scheduled under ${prefix}/`);
  }
  await page.goto("/receipt");
  await audit(page, "asked for the code");
  await page.getByLabel("Your code").fill(code);
  await page.getByRole("button", { name: "Show the receipt" }).click();
  await page.locator("#claim-error").waitFor();
  await audit(page, "no receipt yet");
  await world.d1("UPDATE accounts SET deletion_due_at = 1 WHERE deletion_due_at IS NOT NULL");
  await world.scheduled();
  await page.getByLabel("Your code").fill(code);
  await page.getByRole("button", { name: "Show the receipt" }).click();
  await page.getByRole("heading", { name: "What it says" }).waitFor();
  await audit(page, "the receipt");
});

test("without scripts every form works and says so", async (t) => {
  const { page } = await visitAs(t, "ada", { javaScriptEnabled: false, expected: [/status of 422/] });
  await section(page, "profile").getByLabel("Name").fill("Ada Marlow");
  await section(page, "profile").getByRole("button", { name: "Save" }).click();
  await section(page, "profile").getByText("Saved.").waitFor();
  assert.equal(new URL(page.url()).hash, "#profile");
  await section(page, "privacy").getByLabel("News by email").check();
  await section(page, "privacy").getByRole("button", { name: "Save" }).click();
  await section(page, "privacy").getByText("Saved.").waitFor();
  assert.ok(await section(page, "privacy").getByLabel("News by email").isChecked());
  assert.ok(!(await section(page, "privacy").getByLabel("Leave my orders out").isChecked()));
  await section(page, "privacy").getByText("What you agreed to, and when").click();
  await section(page, "privacy").locator(".consent").first().waitFor();
  await section(page, "restriction").getByRole("button", { name: "Restrict processing" }).click();
  await section(page, "restriction").getByText("Processing is restricted since").waitFor();
  await section(page, "restriction").getByRole("button", { name: "Lift the restriction" }).click();
  await section(page, "restriction").getByRole("button", { name: "Restrict processing" }).waitFor();
  const email = section(page, "email").getByLabel("Email address");
  await email.evaluate((input) => input.form.setAttribute("novalidate", ""));
  await email.fill("nobody");
  await section(page, "email").getByRole("button", { name: "Send the link" }).click();
  await section(page, "email").getByRole("alert").waitFor();
  assert.equal(await section(page, "email").getByLabel("Email address").inputValue(), "nobody");
  await page.goto("/account");
  await section(page, "sessions").getByRole("button", { name: "Sign out", exact: true }).click();
  await page.waitForURL(`${world.origin}/`);
  assert.equal((await page.request.get("/api/account")).status(), 401);
});
