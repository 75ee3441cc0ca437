//! Reading an order: conditions, what is gone and what never was, and the stream.

use anytryon::domain::id::OrderId;
use anytryon::domain::time::Millis;
use serde_json::{Value, json};

use crate::site::{address, assert_problem, get, path_of, place, place_from, send};
use crate::world::{Answer, Ask, World, keyring};

fn known(world: &World, path: &str, tags: &str) -> Answer {
    send(world, get(path).header("if-none-match", tags))
}

#[test]
fn an_unchanged_order_is_not_sent_again() {
    let world = World::new();
    let path = path_of(&place(&world));
    let first = send(&world, get(&path));
    let tag = first.header("etag").to_owned();
    assert!(tag.starts_with("W/\"") && tag.ends_with('"'), "{tag}");
    let strong = tag.trim_start_matches("W/").to_owned();
    for tags in [&tag, &strong, "*", &format!("\"x\", {tag}"), &format!("{tag} , W/\"y\"")] {
        let answer = known(&world, &path, tags);
        assert_eq!((answer.status, answer.body.len()), (304, 0), "{tags}");
        assert_eq!(answer.header("etag"), tag);
    }
    for tags in ["", "W/\"x\"", &tag[..tag.len() - 2], &format!("x{tag}")] {
        assert_eq!(known(&world, &path, tags).status, 200, "{tags}");
    }
    let mut tag = tag;
    for _ in 0..2 {
        world.advance_time(2_000);
        let changed = known(&world, &path, &tag);
        assert_eq!(changed.status, 200, "its status has changed");
        changed.header("etag").clone_into(&mut tag);
    }
    world.advance_time(5 * 60_000);
    let renewed = known(&world, &path, &tag);
    assert_eq!(renewed.status, 200, "its links have changed");
    assert_ne!(renewed.json()["images"], first.json()["images"]);
}

#[test]
fn a_move_in_the_queue_is_a_change() {
    let world = World::new();
    let first = path_of(&place_from(&world, &address(1)));
    world.advance_time(1);
    let second = path_of(&place_from(&world, &address(2)));
    let before = send(&world, get(&second));
    assert_eq!(before.json()["queue_position"], 2);
    assert_eq!(send(&world, Ask::new("DELETE", &first)).status, 204);
    let after = known(&world, &second, before.header("etag"));
    assert_eq!((after.status, &after.json()["queue_position"]), (200, &json!(1)));
    assert_eq!(after.json()["status_sequence"], before.json()["status_sequence"]);
}

/// What every way of reading this id answers.
fn assert_all(world: &World, id: &str, status: u16, code: &str) {
    for path in ["/api/orders/{}", "/api/orders/{}/events", "/orders/{}"] {
        let answer = send(world, get(&path.replace("{}", id)));
        assert_problem(&answer, status, code, None);
    }
}

fn last_part(path: &str) -> String {
    path.rsplit('/').next().unwrap().to_owned()
}

#[test]
fn what_never_was_is_not_found() {
    let world = World::new();
    let real = last_part(&path_of(&place(&world)));
    let last = if real.ends_with('A') { "B" } else { "A" };
    let altered = format!("{}{last}", &real[..39]);
    let (long, nobodys) = (format!("{real}A"), "A".repeat(40));
    for id in ["x", &nobodys, &nobodys[..22], &altered, &real[1..], &long, "%20", "..", "'"] {
        assert_all(&world, id, 404, "not_found");
    }
}

/// An id proves itself: what was ours is told from what never was, without a trace of it.
#[test]
fn what_is_over_is_gone_for_thirty_days() {
    const GONE_MS: i64 = 32 * 24 * 60 * 60 * 1_000;
    let world = World::new();
    let path = path_of(&place(&world));
    let (id, placed_at) = (last_part(&path), world.clock());
    let said = OrderId::parse(&id).unwrap().created_at();
    assert!(placed_at.since(said) < 1_000, "the id says when");
    world.run_until_idle();
    assert_eq!(send(&world, Ask::new("DELETE", &path)).status, 204);
    assert_all(&world, &id, 410, "gone");
    let pause_ms = said.plus(GONE_MS - 1_000).since(world.clock());
    world.advance_time(pause_ms);
    world.cron().unwrap().unwrap();
    assert_all(&world, &id, 410, "gone");
    let pause_ms = said.plus(GONE_MS).since(world.clock());
    world.advance_time(pause_ms - 1);
    assert_problem(&send_at(&world, &path, said.plus(GONE_MS - 1)), 410, "gone", None);
    assert_problem(&send_at(&world, &path, said.plus(GONE_MS)), 404, "not_found", None);
    assert_all(&world, &id, 404, "not_found");
}

/// Reads the order with the clock at exactly this moment.
fn send_at(world: &World, path: &str, at: Millis) -> Answer {
    world.advance_time(at.since(world.clock()));
    send(world, get(path))
}

#[test]
fn what_is_over_is_known_again_as_long_as_its_key_lives() {
    let world = World::new();
    let path = path_of(&place(&world));
    world.run_until_idle();
    assert_eq!(send(&world, Ask::new("DELETE", &path)).status, 204);
    for (current, previous, status) in [(2, Some(1), 410), (3, Some(2), 404), (1, None, 410)] {
        world.deploy(|config| config.link_keys = keyring(current, previous));
        assert_eq!(send(&world, get(&path)).status, status, "key {current}");
    }
}

#[test]
fn a_stream_ends_by_itself_after_a_minute() {
    use crate::world::provider::{Outcome, TaskPlan};
    let world = World::new();
    world.script_task(TaskPlan { outcome: Outcome::Never, ..TaskPlan::default() });
    let path = path_of(&place(&world));
    let before = world.elapsed_ms();
    let events = send(&world, get(&format!("{path}/events")));
    assert_eq!(events.header("content-type"), "text/event-stream");
    assert_eq!(world.elapsed_ms() - before, 60_000);
    let told: Vec<Value> = events
        .text()
        .lines()
        .filter_map(|line| line.strip_prefix("data: "))
        .map(|data| serde_json::from_str::<Value>(data).unwrap()["status"].clone())
        .collect();
    assert_eq!(told.first(), Some(&json!("queued")));
    assert_eq!(told.last(), Some(&json!("processing")), "and says nothing at its end");
}

#[test]
fn a_stream_of_an_order_that_has_ended_tells_it_once() {
    let world = World::new();
    let path = path_of(&place(&world));
    world.run_until_idle();
    let before = world.elapsed_ms();
    let events = send(&world, get(&format!("{path}/events"))).text();
    assert_eq!(events.matches("event: order\n").count(), 1);
    assert!(events.contains("\"completed\""));
    assert_eq!(world.elapsed_ms(), before);
}

#[test]
fn the_typical_time_and_the_place_are_told_while_they_mean_something() {
    let world = World::new();
    let placed = place(&world).json();
    assert_eq!(placed["eta_seconds"], 45);
    let path = format!("/api/orders/{}", placed["id"].as_str().unwrap());
    assert_eq!(send(&world, get(&path)).json()["queue_position"], 1);
    world.advance_time(2_000);
    let running = send(&world, get(&path)).json();
    assert_eq!(
        (&running["status"], &running["queue_position"]),
        (&json!("processing"), &Value::Null)
    );
    assert!(running["eta_seconds"].as_u64().is_some_and(|seconds| seconds <= 45));
    world.run_until_idle();
    let done = send(&world, get(&path)).json();
    assert_eq!((&done["status"], &done["eta_seconds"]), (&json!("completed"), &Value::Null));
    assert_eq!(done["facts"]["provider_credits"], 8.0);
}
