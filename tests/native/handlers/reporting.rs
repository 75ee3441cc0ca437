//! Reports of a problem: which orders take one, what of it is stored and counted, and that the first
//! one counts.

use serde_json::{Value, json};

use crate::site::{assert_problem, get, path_of, place, place_from, send};
use crate::world::provider::{Outcome, TaskPlan};
use crate::world::{Answer, Ask, Fault, Op, World};

fn report(world: &World, path: &str, body: &str) -> Answer {
    let ask =
        Ask::new("POST", &format!("{path}/reports")).header("content-type", "application/json");
    send(world, ask.body(body.as_bytes().to_vec()))
}

fn form(world: &World, path: &str, body: &str) -> Answer {
    let ask = Ask::new("POST", &format!("{path}/reports"))
        .header("content-type", "application/x-www-form-urlencoded")
        .header("accept", "text/html");
    send(world, ask.body(body.as_bytes().to_vec()))
}

const OTHER: &str = r#"{"problems":["other"]}"#;

/// Reports as the database counts them.
fn counted(world: &World) -> Vec<(String, i64)> {
    world.with_database(|database| {
        let sql = "SELECT problem, orders FROM reports ORDER BY problem";
        let mut prepared = database.connection().prepare(sql).unwrap();
        let rows = prepared.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
        rows.map(Result::unwrap).collect()
    })
}

fn counts(all: &[(&str, i64)]) -> Vec<(String, i64)> {
    all.iter().map(|(problem, orders)| ((*problem).to_owned(), *orders)).collect()
}

fn delivered(world: &World, address: &str) -> String {
    let path = path_of(&place_from(world, address));
    world.run_until_idle();
    path
}

#[test]
fn the_first_report_counts_and_another_one_is_answered_the_same() {
    let world = World::new();
    let path = delivered(&world, "192.0.2.1");
    let before = send(&world, get(&path)).json();
    assert_eq!((&before["status"], &before["problems"]), (&json!("completed"), &json!([])));
    let first = report(&world, &path, r#"{"problems":["other","face_changed"]}"#);
    assert_eq!(first.status, 204);
    let after = send(&world, get(&path)).json();
    assert_eq!(after["problems"], json!(["face_changed", "other"]));
    let grown = |view: &Value| view["status_sequence"].as_i64().unwrap();
    assert_eq!(grown(&after), grown(&before) + 1);
    for body in [OTHER, r#"{"problems":["body_changed"]}"#] {
        assert_eq!(report(&world, &path, body).status, 204);
    }
    assert_eq!(send(&world, get(&path)).json()["problems"], after["problems"]);
    assert_eq!(counted(&world), counts(&[("face_changed", 1), ("other", 1)]));
    let second = delivered(&world, "198.51.100.1");
    assert_eq!(report(&world, &second, OTHER).status, 204);
    assert_eq!(counted(&world), counts(&[("face_changed", 1), ("other", 2)]));
}

#[test]
fn a_form_without_script_leads_back_to_the_page() {
    let world = World::new();
    let path = delivered(&world, "192.0.2.1");
    let page = path.replace("/api", "");
    for _ in 0..2 {
        let sent = form(&world, &page, "problem=wrong_garment&problem=old_garment_left");
        assert_eq!((sent.status, sent.header("location")), (303, page.as_str()));
    }
    let problems = send(&world, get(&path)).json()["problems"].clone();
    assert_eq!(problems, json!(["old_garment_left", "wrong_garment"]));
    assert_eq!(counted(&world).len(), 2);
    assert_eq!(form(&world, &page, "").status, 422, "no box was ticked");
}

#[test]
fn what_is_no_report_is_refused_by_name_and_counts_nothing() {
    let world = World::new();
    let path = delivered(&world, "192.0.2.1");
    let six = r#"{"problems":["other","face_changed","wrong_garment","body_changed","other","x"]}"#;
    for body in [
        "{}",
        "[]",
        r#"{"problems":[]}"#,
        r#"{"problems":"other"}"#,
        r#"{"problems":[1]}"#,
        r#"{"problems":["other","other"]}"#,
        r#"{"problems":["other","ugly"]}"#,
        r#"{"problem":["other"]}"#,
        six,
    ] {
        assert_problem(&report(&world, &path, body), 422, "input_invalid", Some("problems"));
    }
    assert_problem(&report(&world, &path, "other"), 422, "input_invalid", None);
    let long = format!("{OTHER}{}", " ".repeat(1_025 - OTHER.len()));
    assert_problem(&report(&world, &path, &long), 413, "body_too_large", None);
    assert_eq!(counted(&world), []);
    assert_eq!(report(&world, &path, &long[..1_024]).status, 204);
}

#[test]
fn only_a_picture_can_be_reported() {
    let world = World::new();
    let path = path_of(&place(&world));
    let early = report(&world, &path, OTHER);
    assert_problem(&early, 422, "input_invalid", Some("problems"));
    assert!(early.json()["detail"].as_str().unwrap().contains("Wait"));
    send(&world, Ask::new("POST", &format!("{path}/cancellation")));
    assert_problem(&report(&world, &path, OTHER), 409, "order_final", None);

    let outcome = Outcome::Fail("422", "Invalid prompt: prompt contains prohibited content");
    world.script_task(TaskPlan { outcome, ..TaskPlan::default() });
    let failed = delivered(&world, "198.51.100.1");
    assert_eq!(send(&world, get(&failed)).json()["status"], "failed");
    assert_problem(&report(&world, &failed, OTHER), 409, "order_final", None);

    let over = delivered(&world, "203.0.113.1");
    world.advance_time(48 * 60 * 60 * 1_000);
    assert_problem(&report(&world, &over, OTHER), 410, "gone", None);
    assert_eq!(counted(&world), []);
}

/// Deleting an order is no way to make the service look better.
#[test]
fn what_was_counted_stays_when_its_order_is_deleted() {
    let world = World::new();
    let path = delivered(&world, "192.0.2.1");
    assert_eq!(report(&world, &path, OTHER).status, 204);
    assert_eq!(send(&world, Ask::new("DELETE", &path)).status, 204);
    assert_eq!(counted(&world), counts(&[("other", 1)]));
    assert_problem(&report(&world, &path, OTHER), 410, "gone", None);
    let outcomes: (String, i64) = world.with_database(|database| {
        let sql = "SELECT outcome, sum(orders) FROM outcomes";
        let row = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?));
        database.connection().query_row(sql, [], row).unwrap()
    });
    assert_eq!(outcomes, ("completed".to_owned(), 1));
}

#[test]
fn a_report_whose_answer_was_lost_counts_once() {
    let world = World::new();
    let path = delivered(&world, "192.0.2.1");
    // The first statement loads the order, the second commits the report.
    world.script_fault(Op::Database, Fault::None);
    world.script_fault(Op::Database, Fault::After);
    assert_eq!(report(&world, &path, OTHER).status, 204);
    assert_eq!(report(&world, &path, OTHER).status, 204);
    assert_eq!(counted(&world), counts(&[("other", 1)]));
}
