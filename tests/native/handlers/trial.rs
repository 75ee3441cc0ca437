//! The trial: three orders in any 24 hours, exact under parallel requests, given back when nothing
//! came of an order.

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use anytryon::domain::hex::hex;

use crate::site::{
    address, assert_problem, get, order_form, path_of, place, post_order, send, used,
};
use crate::world::provider::{Outcome, TaskPlan};
use crate::world::{Ask, Fault, Op, World};

const HOUR_MS: i64 = 60 * 60 * 1_000;

fn order_of(cookie: &str) -> Ask {
    post_order(order_form()).header("cookie", cookie)
}

fn trial(world: &World, cookie: &str) -> Value {
    send(world, get("/api/session").header("cookie", cookie)).json()["trial"].clone()
}

#[test]
fn of_200_at_once_exactly_three_are_placed() {
    for seed in 0..3 {
        let world = World::builder(seed).latency_ms(20).build();
        let cookie = send(&world, get("/api/session")).cookie();
        let (tell, told) = std::sync::mpsc::channel();
        for number in 0..200 {
            let (event, tell) = (world.fresh(), tell.clone());
            let ask = order_of(&cookie).header("cf-connecting-ip", &address(number));
            world.spawn_request(async move {
                let answer = event.send(ask).await;
                tell.send((answer.status, answer.json()["code"].clone())).unwrap();
            });
        }
        // The answers come before a picture could: a delivered order has files of its own.
        world.advance_time(1_500);
        let told: Vec<(u16, Value)> = told.try_iter().collect();
        let placed = told.iter().filter(|one| one.0 == 201).count();
        let refused = told.iter().filter(|one| **one == (403, json!("trial_exhausted"))).count();
        assert_eq!((placed, refused), (3, 197));
        assert_eq!(used(&world, &cookie), 3);
        assert_eq!(world.with_files(|files| files.keys().count()), 3, "the others left nothing");
        world.end();
    }
}

#[test]
fn the_fourth_waits_until_the_first_is_24_hours_old() {
    let world = World::new();
    let cookie = place(&world).cookie();
    world.advance_time(HOUR_MS);
    for _ in 0..2 {
        assert_eq!(send(&world, order_of(&cookie)).status, 201);
    }
    let wanted = json!({"limit": 3, "used": 3, "resets_at": "2026-11-21T10:00:00.000Z"});
    assert_eq!(trial(&world, &cookie), wanted);
    world.advance_time(1_500);
    let answer = send(&world, order_of(&cookie));
    assert_problem(&answer, 403, "trial_exhausted", None);
    assert_eq!(answer.json()["retryable"], true);
    assert_eq!(answer.header("retry-after"), "82799", "22 h 59 min 58.5 s, rounded up");
    world.advance_time(23 * HOUR_MS - 1_500 - 1);
    assert_eq!(send(&world, order_of(&cookie)).status, 403);
    world.advance_time(1);
    assert_eq!(send(&world, order_of(&cookie)).status, 201);
    assert_eq!(send(&world, order_of(&cookie)).status, 403);
}

#[test]
fn a_cancellation_before_the_start_gives_the_try_back() {
    let world = World::new();
    let placed = place(&world);
    let (cookie, path) = (placed.cookie(), path_of(&placed));
    assert_eq!(used(&world, &cookie), 1);
    let canceled = send(&world, Ask::new("POST", &format!("{path}/cancellation")));
    assert_eq!((canceled.status, &canceled.json()["status"]), (202, &json!("canceled")));
    assert_eq!(trial(&world, &cookie), json!({"limit": 3, "used": 0, "resets_at": null}));
    world.run_until_idle();
    assert_eq!(world.counts().of(Op::CreateTask), 0, "nothing was sent to the provider");
}

#[test]
fn a_cancellation_after_the_start_costs_the_try() {
    let world = World::new();
    let placed = place(&world);
    world.advance_time(1_000);
    let path = path_of(&placed);
    assert_eq!(send(&world, Ask::new("POST", &format!("{path}/cancellation"))).status, 202);
    world.run_until_idle();
    assert_eq!(used(&world, &placed.cookie()), 1);
    let order = send(&world, get(&path)).json();
    assert_eq!(order["status"], "canceled");
    assert_eq!(order["images"].as_array().unwrap().len(), 2, "the result is thrown away");
    assert_eq!(world.with_files(|files| files.keys().count()), 1, "its inputs");
}

#[test]
fn a_deletion_before_the_start_gives_the_try_back_and_after_the_picture_not() {
    let world = World::new();
    let placed = place(&world);
    assert_eq!(send(&world, Ask::new("DELETE", &path_of(&placed))).status, 204);
    assert_eq!(used(&world, &placed.cookie()), 0);
    let placed = place(&world);
    world.run_until_idle();
    assert_eq!(send(&world, Ask::new("DELETE", &path_of(&placed))).status, 204);
    assert_eq!(used(&world, &placed.cookie()), 1);
}

/// Rows of tries whose orders are gone: their order's hash.
fn spent(world: &World) -> Vec<String> {
    world.with_database(|database| {
        let sql = "SELECT order_hash FROM spent_tries ORDER BY used_at";
        let mut statement = database.connection().prepare(sql).unwrap();
        let rows = statement.query_map([], |row| row.get(0)).unwrap();
        rows.map(Result::unwrap).collect()
    })
}

#[test]
fn deleted_orders_count_until_their_day_is_over() {
    let world = World::new();
    let cookie = send(&world, get("/api/session")).cookie();
    let mut hashes = vec![];
    for _ in 0..3 {
        let placed = send(&world, order_of(&cookie));
        world.run_until_idle();
        let path = path_of(&placed);
        assert_eq!(send(&world, Ask::new("DELETE", &path)).status, 204);
        let id = path.rsplit('/').next().unwrap();
        hashes.push(hex(&Sha256::digest(id)));
        world.advance_time(HOUR_MS - world.elapsed_ms() % HOUR_MS);
    }
    assert_eq!(spent(&world), hashes, "and not the links themselves");
    let wanted = json!({"limit": 3, "used": 3, "resets_at": "2026-11-21T10:00:00.000Z"});
    assert_eq!(trial(&world, &cookie), wanted);
    world.advance_time(21 * HOUR_MS - 1);
    world.cron().unwrap().unwrap();
    assert_eq!(send(&world, order_of(&cookie)).status, 403);
    world.advance_time(1);
    assert_eq!(send(&world, order_of(&cookie)).status, 201);
    assert_eq!(send(&world, order_of(&cookie)).status, 403, "the second is an hour younger");
    world.advance_time(14 * HOUR_MS);
    world.cron().unwrap().unwrap();
    assert_eq!(spent(&world), Vec::<String>::new(), "gone with the day after");
}

/// The settings allow it: orders that are over before their tries are.
#[test]
fn an_order_that_is_over_before_the_window_still_counts() {
    let world = World::builder(1).rules(|rules| rules.retention_ms = HOUR_MS).build();
    let cookie = place(&world).cookie();
    let canceled = send(&world, order_of(&cookie));
    let path = format!("{}/cancellation", path_of(&canceled));
    assert_eq!(send(&world, Ask::new("POST", &path)).status, 202);
    world.advance_time(2 * HOUR_MS);
    for _ in 0..2 {
        world.cron().unwrap().unwrap();
    }
    assert_eq!((used(&world, &cookie), spent(&world).len()), (json!(1), 1));
    for _ in 0..2 {
        assert_eq!(send(&world, order_of(&cookie)).status, 201);
    }
    assert_eq!(send(&world, order_of(&cookie)).status, 403);
    world.advance_time(22 * HOUR_MS);
    assert_eq!(send(&world, order_of(&cookie)).status, 201);
}

#[test]
fn an_order_that_lives_its_time_leaves_no_row_of_its_try() {
    let world = World::new();
    let cookie = place(&world).cookie();
    world.advance_time(48 * HOUR_MS);
    world.cron().unwrap().unwrap();
    world.run_until_idle();
    assert_eq!(world.with_files(|files| files.keys().count()), 0, "it is closed");
    assert_eq!((used(&world, &cookie), spent(&world).len()), (json!(0), 0));
}

/// A reading of one visitor's orders has an end, and who has more cannot hide those that count.
#[test]
fn a_visitor_of_hundreds_of_orders_has_no_try() {
    let world = World::new();
    let placed = place(&world);
    let (cookie, id) = (placed.cookie(), placed.json()["id"].as_str().unwrap().to_owned());
    world.advance_time(1_000);
    assert_eq!(send(&world, Ask::new("DELETE", &path_of(&place(&world)))).status, 204);
    let copy = |first: u32, last: u32| {
        world.with_database(|database| {
            let connection = database.connection();
            let sql = "CREATE TEMP TABLE copy AS SELECT * FROM orders WHERE id = ?1";
            connection.execute(sql, [&id]).unwrap();
            let sql = "UPDATE copy SET state = 'canceled', completed_at = 1, error = NULL, \
                       given_back = 1, due_at = NULL, wake_at = NULL";
            connection.execute(sql, []).unwrap();
            for number in first..=last {
                let sql = "UPDATE copy SET id = printf('%040d', ?1)";
                connection.execute(sql, [number]).unwrap();
                connection.execute("INSERT INTO orders SELECT * FROM copy", []).unwrap();
            }
            connection.execute("DROP TABLE copy", []).unwrap();
        });
    };
    copy(1, 197);
    assert_eq!(used(&world, &cookie), 1);
    assert_eq!(send(&world, order_of(&cookie)).status, 201);
    assert_eq!(used(&world, &cookie), 2);
    copy(198, 198);
    assert_eq!(used(&world, &cookie), 3);
    assert_problem(&send(&world, order_of(&cookie)), 403, "trial_exhausted", None);
}

#[test]
fn an_order_that_fails_gives_the_try_back() {
    let world = World::new();
    let outcome = Outcome::Fail("422", "Invalid prompt: prompt contains prohibited content");
    world.script_task(TaskPlan { outcome, ..TaskPlan::default() });
    let placed = place(&world);
    world.run_until_idle();
    let order = send(&world, get(&path_of(&placed))).json();
    assert_eq!(order["error"]["code"], "content_moderation");
    assert_eq!(used(&world, &placed.cookie()), 0);
}

#[test]
fn a_request_that_fails_costs_nothing() {
    for (op, fault) in [
        (Op::PutFile, Fault::Before),
        (Op::PutFile, Fault::After),
        (Op::Nudge, Fault::Before),
        (Op::Admit, Fault::Before),
    ] {
        let world = World::new();
        let cookie = send(&world, get("/api/session")).cookie();
        world.script_fault(op, fault);
        let answer = send(&world, order_of(&cookie));
        assert_problem(&answer, 503, "unavailable", None);
        assert_eq!(used(&world, &cookie), 0, "{op:?} {fault:?}");
        assert_eq!(world.with_files(|files| files.keys().count()), 0, "{op:?} {fault:?}");
    }
}
