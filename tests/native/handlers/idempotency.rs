//! Idempotency-Key: the same request is the same order, whatever happens in between.

use serde_json::Value;

use crate::site::{
    address, assert_problem, garment, order_form, path_of, person, place, post_order, send, used,
};
use crate::world::{Ask, Fault, Form, Op, World};

/// A world in which a visitor has a cookie and has used one try.
fn visited() -> (World, String) {
    let world = World::new();
    let cookie = place(&world).cookie();
    (world, cookie)
}

fn keyed(form: Form, cookie: &str, key: &str) -> Ask {
    post_order(form).header("cookie", cookie).header("idempotency-key", key)
}

fn orders(world: &World) -> i64 {
    let statement = "SELECT count(*) FROM orders";
    world.with_database(|one| one.connection().query_row(statement, [], |row| row.get(0))).unwrap()
}

#[test]
fn the_same_request_is_the_same_order_and_counts_once() {
    let (world, cookie) = visited();
    let first = send(&world, keyed(order_form(), &cookie, "k"));
    let files = world.with_files(|files| files.keys().count());
    for number in 0..30 {
        let ask = keyed(order_form(), &cookie, "k").header("cf-connecting-ip", &address(number));
        let again = send(&world, ask);
        assert_eq!(again.status, 201);
        assert_eq!(again.json(), first.json());
        assert_eq!(path_of(&again), path_of(&first));
    }
    assert_eq!(used(&world, &cookie), 2);
    assert_eq!((orders(&world), world.with_files(|files| files.keys().count())), (2, files));
}

#[test]
fn the_same_content_in_another_dress_is_the_same_request() {
    let (world, cookie) = visited();
    let first = send(&world, keyed(order_form().text("category", "tops"), &cookie, "k"));
    let other = Form::new()
        .text("category", "tops")
        .file("garment_images", "another name", &garment())
        .text("look_style", "")
        .text("consent", "on")
        .file("person_image", "x", &person());
    let again = send(&world, keyed(other, &cookie, "k"));
    assert_eq!(again.json()["id"], first.json()["id"]);
    let page = send(
        &world,
        keyed(order_form().text("category", "tops"), &cookie, "k").header("accept", "text/html"),
    );
    assert_eq!(page.status, 303);
    assert!(path_of(&first).ends_with(page.header("location")));
}

#[test]
fn other_content_under_the_same_key_is_refused() {
    let (world, cookie) = visited();
    assert_eq!(send(&world, keyed(order_form(), &cookie, "k")).status, 201);
    let others = [
        order_form().text("category", "tops"),
        order_form().text("instructions", "Keep the hat."),
        Form::order(&garment(), &[person()]),
        Form::order(&person(), &[garment(), garment()]),
    ];
    for other in others {
        let answer = send(&world, keyed(other, &cookie, "k"));
        assert_problem(&answer, 422, "idempotency_conflict", None);
        assert_eq!(answer.json()["retryable"], false);
    }
    assert_eq!(send(&world, keyed(order_form(), &cookie, "l")).status, 201, "another key is free");
}

#[test]
fn a_key_belongs_to_its_visitor() {
    let (world, cookie) = visited();
    let first = send(&world, keyed(order_form(), &cookie, "k")).json();
    let other = place(&world).cookie();
    assert_ne!(send(&world, keyed(order_form(), &other, "k")).json()["id"], first["id"]);
    let nobody = || send(&world, post_order(order_form()).header("idempotency-key", "k")).json();
    let (one, two) = (nobody(), nobody());
    assert!(one["id"] != first["id"] && one["id"] != two["id"], "without a cookie it is nobody's");
}

#[test]
fn a_request_that_is_still_running_is_a_conflict_for_a_moment() {
    let (world, cookie) = visited();
    world.script_fault(Op::PutFile, Fault::SlowAnswer(3_000));
    let (first, ask) = (world.fresh(), keyed(order_form(), &cookie, "k"));
    world.spawn_request(async move {
        first.send(ask).await;
    });
    world.advance_time(1_000);
    let answer = send(&world, keyed(order_form(), &cookie, "k"));
    assert_problem(&answer, 409, "idempotency_conflict", None);
    assert_eq!(answer.json()["retryable"], true);
    assert_eq!(answer.header("retry-after"), "1");
    world.advance_time(3_000);
    assert_eq!(send(&world, keyed(order_form(), &cookie, "k")).status, 201);
    assert_eq!((orders(&world), used(&world, &cookie)), (2, Value::from(2)));
}

#[test]
fn a_key_is_free_again_after_a_failure() {
    let (world, cookie) = visited();
    world.script_fault(Op::PutFile, Fault::Before);
    let failed = send(&world, keyed(order_form(), &cookie, "k"));
    assert_problem(&failed, 503, "unavailable", None);
    assert_eq!(failed.header("retry-after"), "5");
    assert_eq!(send(&world, keyed(order_form(), &cookie, "k")).status, 201, "not `still running`");
    assert_eq!(used(&world, &cookie), 2);
}

#[test]
fn a_key_has_1_to_255_visible_characters() {
    let (world, cookie) = visited();
    assert_eq!(send(&world, keyed(order_form(), &cookie, &"~".repeat(255))).status, 201);
    for key in ["", "a b", "clé", &"k".repeat(256)] {
        for cookie in [cookie.as_str(), ""] {
            let answer = send(&world, keyed(order_form(), cookie, key));
            assert_problem(&answer, 422, "input_invalid", Some("Idempotency-Key"));
        }
    }
}

#[test]
fn of_200_at_once_one_places_the_order() {
    let world = World::builder(7).latency_ms(20).build();
    let cookie = place(&world).cookie();
    let (send_id, ids) = std::sync::mpsc::channel();
    for number in 0..200 {
        let (event, send_id) = (world.fresh(), send_id.clone());
        let ask =
            keyed(order_form(), &cookie, "k").header("cf-connecting-ip", &address(number % 5));
        world.spawn_request(async move {
            let answer = event.send(ask).await;
            send_id.send((answer.status, answer.json()["id"].clone())).unwrap();
        });
    }
    world.advance_time(5_000);
    let ids: Vec<(u16, Value)> = ids.try_iter().collect();
    assert_eq!(ids.len(), 200);
    let placed: Vec<&Value> = ids.iter().filter(|one| one.0 == 201).map(|one| &one.1).collect();
    assert!(!placed.is_empty() && placed.iter().all(|id| *id == placed[0]));
    assert!(ids.iter().all(|(status, _)| [201, 409].contains(status)), "{ids:?}");
    assert_eq!((orders(&world), used(&world, &cookie)), (2, Value::from(2)));
    world.end();
}

/// A page that was loaded anew no longer knows what it removed from the photos it sends again.
#[test]
fn what_the_browser_removed_does_not_make_another_request() {
    let world = World::new();
    let cookie = place(&world).cookie();
    let with = |form: Form| {
        let ask = post_order(form).header("cookie", &cookie).header("idempotency-key", "k");
        send(&world, ask)
    };
    let first = with(order_form().text("metadata_removed", "gps"));
    let second = with(order_form());
    assert_eq!((first.status, second.status), (201, 201));
    assert_eq!(first.json()["id"], second.json()["id"]);
    assert_eq!(second.json()["facts"]["metadata_removed"], serde_json::json!(["gps"]));
}
