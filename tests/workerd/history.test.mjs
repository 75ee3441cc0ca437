// What a page of History costs the real database, however much an account keeps.
import assert from "node:assert/strict";
import { test } from "node:test";
import { World } from "./harness.mjs";
import { place } from "./orders.mjs";
import { Browser } from "./people.mjs";
import { seen } from "./provider.mjs";

const KEPT = 100_000;
const TRASHED = 600;
/** A page of 24 with four to spare, the session and its account: half of what is allowed. */
const ROWS_READ_MAX = 30;
/** Statements of one reading take so many rows at a time. */
const BATCH = 20_000;
const DAY_MS = 86_400_000;

/** Orders like this one, the newest in the trash. Ids sort by time: here by their number within one moment. */
async function keepMore(world, id) {
  const now = Date.now();
  for (let from = 0; from < KEPT; from += BATCH) {
    await world.d1(
      `WITH RECURSIVE one(n) AS (SELECT ?1 UNION ALL SELECT n + 1 FROM one WHERE n + 1 < ?1 + ?2)
       INSERT INTO orders (id, version, state, options, prompt_version, model, images, metadata_removed, result_key,
       callback_token, tasks, parked, created_at, completed_at, account, kept, trashed_at, keep_at)
       SELECT substr(id, 1, 8) || printf('%032d', n), version, state, options, prompt_version, model, images, metadata_removed,
       result_key, callback_token, tasks, parked, created_at, completed_at, account, kept, iif(n >= ?3, ?4, NULL),
       iif(n >= ?3, ?5, NULL) FROM one, orders WHERE orders.id = ?6`,
      from, BATCH, KEPT - TRASHED, now, now + 29 * DAY_MS, id,
    );
  }
}

test("the first page of 100,000 orders, the newest 600 of them in the trash, and the one after it", async (t) => {
  const world = await World.start(t, { sandbox: { "latency-ms": 50 } });
  const ada = await Browser.of(world);
  const { id } = (await place(world, { headers: ada.headers })).order;
  await seen(world, () => world.d1("SELECT kept FROM orders WHERE id = ?", id), ([{ kept }]) => kept === 1);
  await keepMore(world, id);
  let cursor = "";
  for (const name of ["the first page", "the second page"]) {
    await world.resetCalls();
    const answer = await ada.request(`/api/history${cursor}`);
    assert.equal(answer.status, 200, answer.text);
    const { d1_rows_read } = await world.counts();
    console.log(`${name}: ${d1_rows_read} rows read`);
    const { orders, next_cursor } = answer.json();
    assert.equal(orders.length, 24);
    assert.ok(d1_rows_read <= ROWS_READ_MAX, `${name}: ${d1_rows_read} rows`);
    cursor = `?cursor=${next_cursor}`;
  }
});
