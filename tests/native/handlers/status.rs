//! The service's status: what it says of the last day and of now, and what a deletion leaves.

use serde_json::{Value, json};

use anytryon::app::status;
use anytryon::domain::count::{CLASSES, Outcome as Ends};
use anytryon::domain::problem::Problem;
use anytryon::domain::service;
use anytryon::provider::models::MODELS;
use anytryon::store::orders;

use crate::site::{address, get, path_of, place_from, send};
use crate::world::provider::{Outcome, Reply, TaskPlan};
use crate::world::{Ask, Op, World};

const HOUR_MS: i64 = 3_600_000;

fn shown(world: &World) -> Value {
    send(world, get("/status")).json()
}

/// Places an order, with this fate at the provider, and waits for its end.
fn ended(world: &World, number: usize, outcome: Outcome) -> String {
    world.script_task(TaskPlan { outcome, ..TaskPlan::default() });
    let path = path_of(&place_from(world, &address(number)));
    world.run_until_idle();
    path
}

fn no_reports(share: Option<f64>) -> Value {
    ["body_changed", "old_garment_left", "wrong_garment", "face_changed", "other"]
        .iter()
        .map(|problem| json!({"problem": problem, "orders": 0, "share": share}))
        .collect()
}

#[test]
fn without_an_order_nothing_is_made_up() {
    let world = World::new();
    let answer = send(&world, get("/status"));
    assert_eq!(answer.header("cache-control"), "public, max-age=60");
    assert_eq!(answer.header("vary"), "Accept, Cookie");
    let wanted = json!({
        "since": "2026-11-19T11:00:00.000Z",
        "provider": "ok",
        "queue": {"waiting": 0, "under_way": 0, "counted_up_to": 500},
        "models": [],
        "outcomes": [],
        "reports": no_reports(None),
    });
    assert_eq!(answer.json(), wanted);
}

#[test]
fn the_last_day_is_counted_by_model_and_by_end() {
    let world = World::new();
    let delivered: Vec<String> =
        (0..3).map(|number| ended(&world, number, Outcome::Success)).collect();
    ended(&world, 3, Outcome::Fail("422", "Invalid prompt: prompt contains prohibited content"));
    let canceled = path_of(&place_from(&world, &address(4)));
    send(&world, Ask::new("POST", &format!("{canceled}/cancellation")));
    let report = Ask::new("POST", &format!("{}/reports", delivered[0]));
    let body = br#"{"problems":["face_changed"]}"#.to_vec();
    assert_eq!(send(&world, report.body(body)).status, 204);

    let told = shown(&world);
    let seconds = told["models"][0]["median_seconds"].as_i64().unwrap();
    let took = took_seconds(&world, &delivered[0]);
    assert!((took - 5..=took + 5).contains(&seconds), "{seconds} s, and it took {took} s");
    let model = json!({
        "model": "nano-banana-2", "orders": 5, "completed": 3, "success_rate": 0.75,
        "median_seconds": seconds,
    });
    assert_eq!(told["models"], json!([model]));
    let outcomes = json!([
        {"outcome": "completed", "code": null, "orders": 3},
        {"outcome": "failed", "code": "content_moderation", "orders": 1},
        {"outcome": "canceled", "code": null, "orders": 1},
    ]);
    assert_eq!(told["outcomes"], outcomes);
    let reported = json!({"problem": "face_changed", "orders": 1, "share": 1.0 / 3.0});
    assert_eq!(told["reports"][3], reported);

    for path in &delivered {
        assert_eq!(send(&world, Ask::new("DELETE", path)).status, 204);
    }
    assert_eq!(shown(&world), told, "a deletion does not change what was");
    world.advance_time(23 * HOUR_MS);
    assert_eq!(shown(&world)["outcomes"], outcomes, "the hour is still one of the last 24");
    world.advance_time(HOUR_MS);
    let over = shown(&world);
    assert_eq!((&over["models"], &over["outcomes"]), (&json!([]), &json!([])));
    assert_eq!(over["reports"], no_reports(None));
}

fn took_seconds(world: &World, path: &str) -> i64 {
    let view = send(world, get(path)).json();
    let at = |name: &str| {
        let text = view[name].as_str().unwrap();
        chrono::DateTime::parse_from_rfc3339(text).unwrap().timestamp()
    };
    at("completed_at") - at("created_at")
}

#[test]
fn the_queue_and_the_provider_are_as_they_are_now() {
    let world = World::new();
    world.script_reply(Op::CreateTask, Reply::OutOfCredits);
    let path = path_of(&place_from(&world, &address(0)));
    world.advance_time(2_000);
    let told = shown(&world);
    assert_eq!(told["provider"], "out_of_credits");
    assert_eq!((&told["queue"]["waiting"], &told["queue"]["under_way"]), (&json!(1), &json!(0)));
    for _ in 0..180 {
        world.advance_time(1_000);
        if send(&world, get(&path)).json()["status"] == "processing" {
            break;
        }
    }
    let told = shown(&world);
    assert_eq!(told["provider"], "ok");
    assert_eq!((&told["queue"]["waiting"], &told["queue"]["under_way"]), (&json!(0), &json!(1)));
    world.run_until_idle();
    assert_eq!(shown(&world)["queue"]["under_way"], 0);
}

/// An outage of two days is no success.
#[test]
fn an_order_that_waited_in_vain_counts_when_its_time_is_over() {
    let world = World::builder(1).rules(|rules| rules.retention_ms = HOUR_MS).build();
    for _ in 0..200 {
        world.script_reply(Op::CreateTask, Reply::Maintenance);
        world.script_reply(Op::Credit, Reply::Maintenance);
    }
    place_from(&world, &address(0));
    world.advance_time(HOUR_MS);
    world.cron().unwrap().unwrap();
    world.advance_time(1_000);
    let told = shown(&world);
    assert_eq!(told["outcomes"], json!([{"outcome": "expired", "code": null, "orders": 1}]));
    assert_eq!(told["models"][0]["success_rate"], 0.0);
    assert_eq!(told["models"][0]["median_seconds"], json!(null));
}

/// The numbers stop where one reading of the queue stops.
#[test]
fn a_very_long_queue_is_counted_up_to_its_bound() {
    let world = World::new();
    let path = path_of(&place_from(&world, &address(0)));
    let id = path.rsplit('/').next().unwrap().to_owned();
    world.with_database(|database| {
        let sql = "WITH RECURSIVE numbers (number) AS (SELECT 1 UNION ALL SELECT number + 1 \
                   FROM numbers WHERE number < 600) INSERT INTO orders (id, version, state, \
                   options, prompt_version, model, images, metadata_removed, result_key, \
                   callback_token, tasks, parked, created_at, expires_at, due_at) SELECT \
                   printf('%040d', number), 1, 'placed', options, prompt_version, model, images, \
                   metadata_removed, result_key, 'token', 0, 0, created_at, expires_at, due_at \
                   FROM orders, numbers WHERE id = ?1";
        database.connection().execute(sql, [&id]).unwrap();
    });
    assert_eq!(shown(&world)["queue"]["waiting"], 500);
}

/// The bound is written in numbers, so that it can be read; these are they.
#[test]
fn the_bound_of_a_reading_is_what_its_parts_allow() {
    let hours = usize::try_from(service::SHOWN_HOURS).unwrap();
    let counters = CLASSES.len() + Ends::ALL.len() - 1 + Problem::ALL.len();
    let queue = usize::try_from(orders::COUNTED_MAX + 1).unwrap();
    let steps = 2 * 2 * hours;
    assert_eq!(status::ROWS_MAX, 2 * hours * MODELS.len() * counters + steps + 2 * queue + 1);
}

/// A page of the same numbers, and no number where there is none.
#[test]
fn the_page_says_the_same_in_words() {
    let world = World::new();
    let page = |path: &str| send(&world, get(path).header("accept", "text/html"));
    let empty = page("/status");
    assert_eq!(empty.header("cache-control"), "public, max-age=60");
    let empty = empty.text();
    assert!(empty.contains("The image service takes orders."), "{empty}");
    assert!(empty.contains("No orders in the last day") && !empty.contains("<table"), "{empty}");

    let path = ended(&world, 0, Outcome::Success);
    ended(&world, 1, Outcome::Success);
    ended(&world, 2, Outcome::Fail("422", "Invalid prompt: prompt contains prohibited content"));
    let full = page("/status").text();
    assert!(full.contains(r#"<th scope="row">nano-banana-2</th><td>3</td><td>66%</td>"#), "{full}");
    assert!(full.contains(r#"<th scope="row">With a picture</th><td>2</td>"#), "{full}");
    assert!(full.contains("content rules</th><td>1</td>"), "{full}");
    assert!(full.contains("Nobody reported a problem"), "{full}");
    assert!(
        full.contains(r#"<time datetime="2026-11-19T11:00:00.000Z">2026-11-19 11:00 UTC</time>"#)
    );

    let report = Ask::new("POST", &format!("{path}/reports"));
    let body = br#"{"problems":["wrong_garment"]}"#.to_vec();
    assert_eq!(send(&world, report.body(body)).status, 204);
    let reported = page("/es/status").text();
    let row = r#"<th scope="row">Prenda equivocada</th><td>1</td><td>50 %</td>"#;
    assert!(reported.contains(row), "{reported}");
    assert!(!reported.contains("Nadie informó"));

    world.script_reply(Op::CreateTask, Reply::Maintenance);
    place_from(&world, &address(3));
    world.advance_time(2_000);
    let waiting = page("/status").text();
    assert!(waiting.contains("is being maintained"), "{waiting}");
    assert!(waiting.contains("<dt>Waiting for their turn</dt><dd>1</dd>"), "{waiting}");
}
