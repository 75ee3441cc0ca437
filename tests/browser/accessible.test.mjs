// The pages for people who use a keyboard, a screen reader, large text, a small screen or little motion.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { World } from "../workerd/harness.mjs";
import { arm } from "../workerd/provider.mjs";
import { audit } from "./audit.mjs";
import {
  AXE, DESK, GARMENT, OPEN_NETWORK, PERSON, UNTIL_TOLD, backInLine, chosen, consent, fill, letFinish, order, placeOrder,
  startBrowser, startWaiting, submit, visit,
} from "./visitor.mjs";

const world = await World.start({ after }, { sandbox: UNTIL_TOLD, vars: OPEN_NETWORK });
const waiting = await startWaiting({ after });
const browser = await startBrowser({ after });

async function visitWithAxe(t, options, where = world) {
  const met = await visit(t, browser, where, { path: null, ...options });
  await met.visitor.addInitScript({ path: AXE });
  await met.page.goto("/");
  return met;
}

test("home: empty, filled, refused", async (t) => {
  const { page } = await visitWithAxe(t, { expected: [/status of 422/] });
  await audit(page, "empty");
  await page.getByText("More options").click();
  await fill(page, { garments: [GARMENT, PERSON] });
  await chosen(page, "person.jpg").nth(1).waitFor();
  await audit(page, "filled");
  await page.getByLabel("Anything else?").evaluate((field) => {
    field.removeAttribute("maxlength");
    field.value = "x".repeat(501);
  });
  await submit(page);
  await page.locator("#error-instructions").waitFor();
  await audit(page, "refused");
});

test("home as the server sends it back", async (t) => {
  const { page } = await visitWithAxe(t, { expected: [/status of 415/] });
  await fill(page);
  await page.getByLabel("The person").evaluate((input) => {
    const chosen = new DataTransfer();
    chosen.items.add(new File(["no picture"], "a.jpg", { type: "image/jpeg" }));
    input.files = chosen.files;
    input.form.submit();
  });
  await page.locator("#error-person_image").waitFor();
  // The browser gives it the focus when the style sheets are there.
  await page.waitForFunction(() => document.activeElement.id === "form-error");
  await audit(page, "sent back");
});

test("the page of an order in line", async (t) => {
  const { page } = await visitWithAxe(t, {}, waiting);
  await backInLine(waiting, await placeOrder(page));
  await order(page, "queued").waitFor();
  await audit(page, "queued");
  await page.reload();
  await audit(page, "queued, from the server");
});

test("the page of an order from its start to its end", async (t) => {
  const { page } = await visitWithAxe(t, { expected: [/status of 410/] });
  const id = await placeOrder(page);
  await order(page, "processing").waitFor();
  await audit(page, "processing");
  await letFinish(world, id);
  await order(page, "completed").waitFor();
  await audit(page, "completed");
  await page.getByText("Report a problem").click();
  await audit(page, "completed, about to be reported");
  await page.getByRole("button", { name: "Look closer" }).click();
  await audit(page, "completed, looked at closely");
  await page.reload();
  await page.getByText("Delete now").click();
  await audit(page, "completed, from the server, about to be deleted");
  await page.getByRole("button", { name: "Yes, delete everything" }).click();
  await order(page, "deleted").waitFor();
  await audit(page, "deleted");
  await page.reload();
  await page.getByRole("heading", { name: "Deleted or expired" }).waitFor();
  await audit(page, "gone");
});

test("the page of an order that failed, that was stopped, and that ran out", async (t) => {
  const { page } = await visitWithAxe(t, { expected: [/status of 410/] });
  await arm(world, { fault: "fail_content_policy" });
  await letFinish(world, await placeOrder(page));
  await order(page, "failed").waitFor();
  await audit(page, "failed");
  await page.goto("/");
  const id = await placeOrder(page);
  await page.getByText("Stop this order").click();
  await page.getByRole("button", { name: "Yes, stop it" }).click();
  await order(page, "canceled").waitFor();
  await audit(page, "stopped");
  await world.d1("UPDATE orders SET expires_at = created_at WHERE id = ?", id);
  await page.reload();
  await page.getByRole("heading", { name: "Deleted or expired" }).waitFor();
  await audit(page, "expired");
});

test("the pages that say one thing", async (t) => {
  const { page } = await visitWithAxe(t, { expected: [/status of 404/] });
  for (const path of ["/no-such-page", "/orders/aaaaaaaaaaaaaaaaaaaaaa"]) {
    assert.equal((await page.goto(path)).status(), 404);
    await audit(page, path);
  }
  await page.goto("/");
  await page.getByLabel("Email address").fill("someone@example.com");
  await page.getByRole("button", { name: "Tell me" }).click();
  await page.getByRole("heading", { name: "Thank you" }).waitFor();
  await audit(page, "thanks");
});

test("the pages that a mail to the waitlist leads to", async (t) => {
  const { page } = await visitWithAxe(t, { expected: [/status of 4\d\d/] });
  await page.getByLabel("Email address").fill("reader@example.com");
  await page.getByRole("button", { name: "Tell me" }).click();
  await page.getByRole("heading", { name: "Thank you" }).waitFor();
  const rows = await world.d1("SELECT letter FROM mails WHERE recipient = 'reader@example.com'");
  const { token } = JSON.parse(rows[0].letter);
  for (const path of ["/waitlist/confirmation", "/waitlist/unsubscription"]) {
    await page.goto(`${path}?token=${token}`);
    await audit(page, path);
    await page.locator("main form button").click();
    await page.locator("main form").waitFor({ state: "detached" });
    await audit(page, `${path}, done`);
  }
});

test("a sign-in that was refused, that is over, and a page that needs one", async (t) => {
  const { page } = await visitWithAxe(t, { expected: [/status of 4\d\d/] });
  for (const path of ["/auth/google/callback?error=access_denied", "/auth/google/callback?state=a&code=b", "/history"]) {
    await page.goto(path);
    await page.getByRole("main").getByRole("link", { name: "Sign in with Google" }).waitFor();
    await audit(page, path);
  }
});

test("the status, when an order has ended", async (t) => {
  const { page } = await visitWithAxe(t);
  const id = await placeOrder(page);
  await letFinish(world, id);
  await order(page, "completed").waitFor();
  assert.equal((await page.goto("/status")).status(), 200);
  await page.getByRole("table", { name: "By model" }).waitFor();
  await audit(page, "status");
});

test("the camera, running and refused", async (t) => {
  for (const [permissions, shutter] of [[["camera"], "enabled"], [[], "disabled"]]) {
    const { page } = await visitWithAxe(t, { permissions, viewport: DESK });
    await page.locator("#field-person_image").getByRole("button", { name: "Use camera" }).click();
    await page.locator(`#camera [data-part=shutter]:${shutter}`).waitFor();
    const message = page.locator("#camera [data-part=message]");
    if (permissions.length === 0) await message.getByText("may not use the camera").waitFor();
    await audit(page, `camera ${shutter}`);
  }
});

/** What has the focus, and whether a person can see that it has: the outline of it or of what stands for it. */
const focused = (page) =>
  page.evaluate(() => {
    const element = document.activeElement;
    const standIns = [element, element.nextElementSibling, element.closest(".photo__zone")].filter(Boolean);
    const visible = standIns.some((one) => parseFloat(getComputedStyle(one).outlineWidth) > 1
      && getComputedStyle(one).outlineStyle !== "none");
    const box = element.getBoundingClientRect();
    const onScreen = box.bottom > 0 && box.top < innerHeight;
    return { name: element.id || element.name || element.dataset.part || element.ariaLabel || element.innerText.trim(), visible, onScreen };
  });

/** Presses Tab until `name` has the focus; what had it on the way, each seen to have it. */
async function tabTo(page, name) {
  const way = [];
  while (way.at(-1) !== name) {
    assert.ok(way.length < 40, `${name} is not reached: ${way.join(", ")}`);
    await page.keyboard.press("Tab");
    const { visible, onScreen, ...found } = await focused(page);
    assert.ok(visible, `the focus on ${found.name} cannot be seen`);
    assert.ok(onScreen, `${found.name} has the focus off the screen`);
    way.push(found.name);
  }
  return way;
}

test("an order by keyboard alone", async (t) => {
  const { page } = await visit(t, browser, world, { path: null });
  // The browser hands choosers over from the first listener on, which takes longer than a key.
  page.on("filechooser", () => {});
  await page.goto("/");
  await page.keyboard.press("Tab");
  assert.deepEqual(await focused(page), { name: "Skip to content", visible: true, onScreen: true });
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement.id), "main");
  assert.deepEqual(await tabTo(page, "person_image"), ["person_image"]);
  const choose = async (file) => {
    const opened = page.waitForEvent("filechooser");
    await page.keyboard.press("Space");
    await (await opened).setFiles(file);
  };
  await choose(PERSON);
  await chosen(page, "person.jpg").waitFor();
  await tabTo(page, "garment_images");
  await choose(GARMENT);
  await chosen(page, "garment.jpg").waitFor();
  await tabTo(page, "category");
  await page.keyboard.press("ArrowRight");
  assert.ok(await page.getByRole("radio", { name: "Top" }).isChecked());
  assert.deepEqual(await tabTo(page, "look_style"), ["look_style"]);
  await tabTo(page, "More options");
  await page.keyboard.press("Enter");
  assert.deepEqual(await tabTo(page, "instructions"), [
    "garment_photo_type", "resolution", "aspect_ratio", "output_format", "instructions",
  ]);
  await page.keyboard.type("tuck it in");
  assert.deepEqual(await tabTo(page, "consent"), ["Pricing", "consent"]);
  await page.keyboard.press("Space");
  assert.deepEqual(await tabTo(page, "submit"), ["submit"]);
  await page.keyboard.press("Enter");
  await page.waitForURL("**/orders/*");
  const id = page.url().split("/").at(-1);
  // What is new is where the reader is.
  assert.equal(await page.evaluate(() => document.activeElement.tagName), "H1");
  const placed = (await world.request(`/api/orders/${id}`)).json();
  assert.deepEqual([placed.options.category, placed.options.instructions], ["tops", "tuck it in"]);
  await letFinish(world, id);
  await order(page, "completed").waitFor();
  assert.equal(await page.getByRole("status").textContent(), "Your picture is ready");
  assert.deepEqual(await tabTo(page, "Delete now"), [
    "Compare with the original", "Hold to see the original", "zoom_open", "Download", "share",
    "Try another garment", "Use this picture as the person", "Report a problem", "Delete now",
  ]);
  await page.keyboard.press("Enter");
  await tabTo(page, "Yes, delete everything");
  await page.keyboard.press("Enter");
  await order(page, "deleted").waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.textContent), "Deleted");
});

test("a screen reader finds every control by its name", async (t) => {
  const { page } = await visit(t, browser, world);
  await page.getByText("More options").click();
  const controls = [
    ["heading", "Wear it before you own it."], ["button", "The person"], ["button", "The garments"],
    ["group", "Kind of garment"], ["radio", "Dress or one-piece"], ["group", "Look"], ["radio", "Studio"],
    ["group", "In the picture"], ["group", "Size"], ["group", "Shape"], ["group", "File format"],
    ["group", "Garment photos show"], ["radio", "Square 1:1"], ["button", "Denim jacket"], ["textbox", "Anything else?"], ["button", "Make my picture"],
    ["textbox", "Email address"], ["main", ""], ["banner", ""], ["contentinfo", ""],
  ];
  for (const [role, name] of controls) {
    const found = await page.getByRole(role, name ? { name, exact: true } : {}).count();
    assert.equal(found, 1, `${role} ${name}`);
  }
  assert.match(await consent(page).ariaSnapshot(), /everyone shown agrees. I am 16 or older/);
  const described = await page.getByLabel("The person").evaluate((input) =>
    input.getAttribute("aria-describedby").split(" ").map((id) => document.getElementById(id)?.tagName));
  assert.deepEqual(described, ["UL", "P"]);

  const id = await placeOrder(page);
  await letFinish(world, id);
  await order(page, "completed").waitFor();
  assert.equal(await page.getByRole("slider", { name: "Compare with the original" }).count(), 1);
  for (const name of ["Hold to see the original", "Look closer", "Share"]) {
    assert.equal(await page.getByRole("button", { name, exact: true }).count(), 1, name);
  }
  const alts = await page.getByRole("img").evaluateAll((all) => all.map((image) => image.alt));
  assert.deepEqual(alts, [
    "AI preview: the person from your photo wearing the garments you chose. Look: Natural",
    "The photo of the person that you chose",
    "Garment photo 1",
  ]);
  assert.equal(await page.getByRole("link", { name: "Download" }).count(), 1);
  assert.equal(await page.getByRole("textbox", { name: "Private link to this order" }).count(), 1);
});

test("who wants little motion gets none", async (t) => {
  for (const [reducedMotion, running] of [["no-preference", true], ["reduce", false]]) {
    const { page } = await visit(t, browser, world, { reducedMotion });
    await placeOrder(page);
    await order(page, "processing").waitFor();
    const moving = await page.evaluate(() => document.getAnimations().length > 0);
    assert.equal(moving, running, reducedMotion);
  }
});

test("text twice as large fits", async (t) => {
  const { page } = await visit(t, browser, world, { viewport: { width: 640, height: 800 } });
  const id = await placeOrder(page);
  for (const path of ["", "/de", "/es", "/zh"].flatMap((language) => [`${language}/`, `${language}/orders/${id}`])) {
    await page.goto(path);
    const beside = await page.evaluate(() => {
      document.documentElement.style.fontSize = "200%";
      return document.documentElement.scrollWidth - document.documentElement.clientWidth;
    });
    assert.equal(beside, 0, path);
  }
});
