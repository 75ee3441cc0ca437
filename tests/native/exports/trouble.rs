//! Crashes at every step, storage that fails, files that are missing, alarms that come twice.

use anytryon::domain::id::AccountId;
use anytryon::domain::time::{DAY_MS, HOUR_MS, MINUTE_MS};
use rusqlite::params;
use serde_json::{Value, json};

use super::{account_of, ada, execute, first, hold_manifests, parts, unpack};
use crate::world::{Ask, Browser, Fault, Op, World};

fn request(world: &World, browser: &mut Browser) {
    let answer = browser.send(world, Ask::new("POST", "/api/account/exports"));
    assert_eq!(answer.status, 202, "{}", answer.text());
}

/// The cron of each minute, until the export is no longer being made.
fn run(world: &World, browser: &mut Browser) -> Value {
    let is_made =
        |export: &Value| ["queued", "building"].contains(&export["state"].as_str().unwrap());
    let mut export = first(world, browser);
    for _ in 0..100 {
        if !is_made(&export) {
            break;
        }
        world.advance_time(MINUTE_MS);
        let _ = world.cron();
        export = first(world, browser);
    }
    assert!(!is_made(&export), "it is still being made: {export}");
    export
}

fn export_files(world: &World) -> Vec<String> {
    let is_ours = |key: &&String| key.starts_with("exports/");
    world.with_files(|files| files.keys().filter(is_ours).cloned().collect())
}

fn hold(world: &World, browser: &mut Browser, export: &Value, orders: u64) {
    let files = unpack(&parts(world, browser, export)[0]);
    let manifest = hold_manifests(&files);
    assert_eq!(manifest["missing"], json!([]));
    assert_eq!(manifest["tables"][0]["rows"], orders);
}

#[test]
fn whatever_dies_or_fails_once_the_export_is_whole_and_nothing_is_left_behind() {
    let faults = [Fault::Before, Fault::After, Fault::KillBefore, Fault::KillAfter];
    let batches = ["FROM accounts WHERE id", "UPDATE exports", "FROM orders WHERE account"];
    let mut cases = 0;
    for fault in faults {
        for op in [Op::WakeExporter, Op::PutPieces] {
            let (world, mut browser) = ada(3);
            if op == Op::WakeExporter && matches!(fault, Fault::KillBefore | Fault::KillAfter) {
                // The request itself dies, and what it has committed is built all the same.
                world.script_fault(op, fault);
                let ask = Ask::new("POST", "/api/account/exports")
                    .header("sec-fetch-site", "same-origin")
                    .header("cookie", &browser.cookies());
                assert!(world.try_request(ask).is_none());
            } else {
                world.script_fault(op, fault);
                request(&world, &mut browser);
            }
            finish(&world, &mut browser);
            cases += 1;
        }
        for words in batches {
            let (world, mut browser) = ada(3);
            request_quietly(&world, &mut browser);
            world.script_batch(words, fault);
            world.cron().unwrap().unwrap();
            finish(&world, &mut browser);
            cases += 1;
        }
    }
    assert_eq!(cases, 20);
}

/// Requests one of which the Exporter does not hear.
fn request_quietly(world: &World, browser: &mut Browser) {
    world.script_fault(Op::WakeExporter, Fault::Before);
    request(world, browser);
    assert_eq!(first(world, browser)["state"], "queued");
}

fn finish(world: &World, browser: &mut Browser) {
    let export = run(world, browser);
    hold(world, browser, &export, 3);
    // A file of a run that died is deleted with the export.
    world.advance_time(8 * DAY_MS);
    world.cron().unwrap().unwrap();
    assert_eq!(export_files(world), Vec::<String>::new());
}

#[test]
fn alarms_that_come_twice_make_one_export() {
    let world = World::builder(3).latency_ms(40).build();
    let mut browser = Browser::of(&world, "ada");
    let account = account_of(&world, "ada");
    super::keep_order(&world, &account, 1);
    request_quietly(&world, &mut browser);
    for _ in 0..4 {
        world.repeat_exporter_alarm(AccountId::parse(&account).unwrap());
    }
    let export = run(&world, &mut browser);
    hold(&world, &mut browser, &export, 1);
    assert_eq!(export["parts"].as_array().unwrap().len(), 1);
}

#[test]
fn an_exporter_that_dies_while_it_writes_is_followed_by_another_one() {
    let (world, mut browser) = ada(2);
    world.script_fault(Op::PutPieces, Fault::Slow(10 * MINUTE_MS));
    request(&world, &mut browser);
    world.advance_time(MINUTE_MS);
    assert_eq!(first(&world, &mut browser)["state"], "building");
    world.kill_isolates();
    world.cron().unwrap().unwrap();
    assert_eq!(first(&world, &mut browser)["state"], "building", "it may still be alive");
    let export = run(&world, &mut browser);
    hold(&world, &mut browser, &export, 2);
}

#[test]
fn storage_that_never_answers_ends_in_a_failure_with_a_reason_and_a_new_try() {
    let (world, mut browser) = ada(1);
    for _ in 0..8 {
        world.script_fault(Op::PutPieces, Fault::Before);
    }
    request(&world, &mut browser);
    for _ in 0..3 * 60 {
        world.advance_time(MINUTE_MS);
        world.cron().unwrap().unwrap();
    }
    let export = first(&world, &mut browser);
    assert_eq!((&export["state"], &export["reason"]), (&json!("failed"), &json!("unavailable")));
    assert_eq!(export_files(&world), Vec::<String>::new());
    request(&world, &mut browser);
    let export = run(&world, &mut browser);
    hold(&world, &mut browser, &export, 1);
}

#[test]
fn a_picture_that_is_missing_is_named_and_everything_else_is_there() {
    let (world, mut browser) = ada(3);
    let lost = world.with_files(|files| files.keys().next().cloned().unwrap());
    world.with_files(|files| files.delete(std::slice::from_ref(&lost), 1));
    request(&world, &mut browser);
    let export = run(&world, &mut browser);
    let files = unpack(&parts(&world, &mut browser, &export)[0]);
    let manifest = hold_manifests(&files);
    let missing = manifest["missing"].as_array().unwrap();
    assert!(!missing.is_empty(), "{manifest}");
    assert!(missing.iter().all(|one| one["reason"] == "the stored file does not exist"));
    let pictures = files.keys().filter(|name| name.starts_with("pictures/")).count();
    assert_eq!(pictures + missing.len(), 3 * 5 + 1, "with the account's own");
    let is_told = |line: &Value| line["event"] == "export_files_missing";
    assert!(world.logs().iter().any(is_told), "an operator must look");
    assert!(!world.logs().iter().any(|line| line.to_string().contains(&lost)));
}

#[test]
fn a_row_that_cannot_be_read_does_not_keep_the_others_from_their_owner() {
    let (world, mut browser) = ada(2);
    let sql = "UPDATE orders SET images = '[{}]' WHERE id = (SELECT max(id) FROM orders)";
    execute(&world, sql, &[]);
    request(&world, &mut browser);
    let export = run(&world, &mut browser);
    let files = unpack(&parts(&world, &mut browser, &export)[0]);
    let manifest = hold_manifests(&files);
    assert_eq!(manifest["missing"].as_array().unwrap().len(), 1);
    assert_eq!(manifest["tables"][0]["rows"], 2, "the row is there as it is");
}

#[test]
fn an_account_that_goes_in_the_middle_leaves_no_file() {
    let (world, mut browser) = ada(1);
    world.script_fault(Op::PutPieces, Fault::SlowAnswer(2 * MINUTE_MS));
    request(&world, &mut browser);
    world.advance_time(MINUTE_MS);
    assert_eq!(export_files(&world).len(), 1);
    execute(&world, "DELETE FROM accounts WHERE id = ?1", params![account_of(&world, "ada")]);
    world.advance_time(2 * MINUTE_MS);
    assert_eq!(export_files(&world), Vec::<String>::new());
}

#[test]
fn a_file_that_no_row_knows_of_is_found_by_its_hour() {
    let (world, mut browser) = ada(1);
    world.script_fault(Op::PutPieces, Fault::SlowAnswer(2 * MINUTE_MS));
    request(&world, &mut browser);
    world.advance_time(MINUTE_MS);
    execute(&world, "DELETE FROM accounts WHERE id = ?1", params![account_of(&world, "ada")]);
    world.kill_isolates();
    assert_eq!(export_files(&world).len(), 1);
    // The first minute of each hour lists.
    let to_hour = HOUR_MS - world.clock().0.rem_euclid(HOUR_MS);
    world.advance_time(to_hour + 6 * DAY_MS);
    world.cron().unwrap().unwrap();
    assert_eq!(export_files(&world).len(), 1, "too early: it may still be an export");
    for _ in 0..4 * 24 {
        world.advance_time(HOUR_MS);
        world.cron().unwrap().unwrap();
    }
    assert_eq!(export_files(&world), Vec::<String>::new());
}
