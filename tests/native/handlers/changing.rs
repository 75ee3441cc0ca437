//! Canceling and deleting, as a program and as a form without script.

use serde_json::json;

use crate::site::{assert_problem, get, path_of, place, send};
use crate::world::{Answer, Ask, World};

fn post(world: &World, path: &str) -> Answer {
    send(world, Ask::new("POST", path))
}

fn delete(world: &World, path: &str) -> Answer {
    send(world, Ask::new("DELETE", path))
}

fn rows(world: &World, table: &str) -> i64 {
    let statement = format!("SELECT count(*) FROM {table}");
    world.with_database(|one| one.connection().query_row(&statement, [], |row| row.get(0))).unwrap()
}

#[test]
fn canceling_twice_is_canceling_once() {
    let world = World::new();
    let path = format!("{}/cancellation", path_of(&place(&world)));
    let first = post(&world, &path);
    assert_eq!((first.status, &first.json()["status"]), (202, &json!("canceled")));
    assert_eq!(first.json()["error"], json!(null));
    let second = post(&world, &path);
    assert_eq!(second.status, 202);
    assert_eq!(second.json(), first.json());
}

#[test]
fn what_has_ended_cannot_be_canceled() {
    use crate::world::provider::{Outcome, TaskPlan};
    let outcome = Outcome::Fail("422", "Invalid prompt: prompt contains prohibited content");
    for outcome in [Outcome::Success, outcome] {
        let world = World::new();
        world.script_task(TaskPlan { outcome, ..TaskPlan::default() });
        let path = path_of(&place(&world));
        world.run_until_idle();
        let answer = post(&world, &format!("{path}/cancellation"));
        assert_problem(&answer, 409, "order_final", None);
        let page = post(&world, &format!("{}/cancellation", path.replace("/api", "")));
        assert_problem(&page, 409, "order_final", None);
    }
}

#[test]
fn a_deleted_order_is_gone_with_its_rows_and_files() {
    for seconds in [0, 1, 2, 60] {
        let world = World::new();
        let placed = place(&world);
        let path = path_of(&placed);
        let url = placed.json()["images"][0]["url"].as_str().unwrap().to_owned();
        world.advance_time(seconds * 1_000);
        assert_eq!(send(&world, get(&url)).status, 200);
        assert_eq!(delete(&world, &path).status, 204);
        assert_problem(&send(&world, get(&path)), 410, "gone", None);
        assert_problem(&send(&world, get(&url)), 410, "gone", None);
        for answer in [delete(&world, &path), post(&world, &format!("{path}/cancellation"))] {
            assert_problem(&answer, 410, "gone", None);
        }
        world.run_until_idle();
        world.advance_time(60_000);
        world.cron().unwrap().unwrap();
        assert_eq!(world.with_files(|files| files.keys().count()), 0, "after {seconds} s");
        assert_eq!(rows(&world, "orders"), 0);
        assert_problem(&send(&world, get(&path)), 410, "gone", None);
    }
}

#[test]
fn files_and_rows_go_at_once_and_not_with_the_next_sweep() {
    let world = World::new();
    let path = path_of(&place(&world));
    world.run_until_idle();
    assert_eq!(delete(&world, &path).status, 204);
    assert_eq!(world.with_files(|files| files.keys().count()), 0);
    assert_eq!(rows(&world, "orders"), 0);
}

#[test]
fn an_order_is_deleted_even_while_files_cannot_be() {
    use crate::world::{Fault, Op};
    let world = World::new();
    let path = path_of(&place(&world));
    world.run_until_idle();
    world.script_fault(Op::DeleteFiles, Fault::Before);
    assert_eq!(delete(&world, &path).status, 204);
    assert_eq!(send(&world, get(&path)).status, 410);
    world.advance_time(60_000);
    world.cron().unwrap().unwrap();
    world.run_until_idle();
    assert_eq!(world.with_files(|files| files.keys().count()), 0);
}

#[test]
fn forms_without_script_lead_back_to_the_page() {
    let world = World::new();
    let page = path_of(&place(&world)).replace("/api", "");
    for verb in ["cancellation", "deletion"] {
        let form = Ask::new("POST", &format!("{page}/{verb}"))
            .header("accept", "text/html")
            .header("content-type", "application/x-www-form-urlencoded")
            .header("sec-fetch-site", "same-origin");
        let answer = send(&world, form);
        assert_eq!((answer.status, answer.header("location")), (303, page.as_str()), "{verb}");
    }
    let gone = send(&world, get(&page).header("accept", "text/html"));
    assert_eq!(gone.status, 410);
    assert!(gone.header("content-type").starts_with("text/html"));
    assert!(gone.text().contains("Make a new picture"), "it leads on");
}
