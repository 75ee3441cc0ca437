//! Asking for the deletion and taking it back.

use anytryon::domain::deletion::{ClaimCode, Schedule};
use anytryon::domain::receipt::Kept;
use anytryon::domain::time::{HOUR_MS, MINUTE_MS, Millis, SECOND_MS};
use anytryon::ports::{Statement, World as _};
use anytryon::store::{deletions, receipts};
use serde_json::Value;

use super::{ADA, DELAY_MS, arrive, ask, claim, cron, execute, furnish, number, rows};
use crate::keep::{owner, place_for};
use crate::site::hold;
use crate::world::{Answer, Ask, Browser, Fault, World};

const PATH: &str = "/api/account/deletion";

fn send(world: &World, browser: &mut Browser, method: &str, path: &str) -> Answer {
    let answer = browser.send(world, Ask::new(method, path));
    hold(method, path, &answer);
    answer
}

fn form(world: &World, browser: &mut Browser, path: &str) -> Answer {
    let ask = Ask::new("POST", path)
        .header("accept", "text/html")
        .header("content-type", "application/x-www-form-urlencoded");
    let answer = browser.send(world, ask);
    hold("POST", path, &answer);
    answer
}

fn page(world: &World, browser: &mut Browser, path: &str) -> String {
    let answer = browser.send(world, Ask::new("GET", path).header("accept", "text/html"));
    hold("GET", path, &answer);
    assert_eq!(answer.status, 200);
    answer.text()
}

#[test]
fn it_can_be_taken_back_until_the_last_millisecond_and_not_at_the_end() {
    let world = World::new();
    let mut ada = arrive(&world, ADA);
    furnish(&world, &ada, ADA);
    let tables = ["accounts", "orders", "exports", "consents"];
    let before: Vec<_> = tables.iter().map(|table| rows(&world, table)).collect();
    assert_eq!(send(&world, &mut ada.browser, "GET", PATH).json()["due_at"], Value::Null);
    let asked = ask(&world, &mut ada.browser);
    let told = send(&world, &mut ada.browser, "GET", PATH).json()["due_at"].clone();
    assert_eq!(told, asked["due_at"]);
    world.advance_time(DELAY_MS - 1);
    world.cron().unwrap().unwrap();
    assert_eq!(number(&world, "SELECT count(*) FROM deletions"), 0, "a millisecond is left");
    assert_eq!(send(&world, &mut ada.browser, "DELETE", PATH).status, 204);
    let after: Vec<_> = tables.iter().map(|table| rows(&world, table)).collect();
    assert_eq!(after, before, "as if nothing had been");
    cron(&world, 20);
    assert_eq!(send(&world, &mut ada.browser, "GET", PATH).json()["due_at"], Value::Null);
    assert_eq!(claim(&world, asked["claim"].as_str().unwrap()).status, 404);
    let mut later = Browser::proven(&world, ADA);
    ask(&world, &mut later);
    world.advance_time(DELAY_MS);
    assert_eq!(send(&world, &mut later, "DELETE", PATH).status, 401, "nobody is signed in to it");
    cron(&world, 22);
    assert_eq!(number(&world, "SELECT count(*) FROM accounts"), 0);
}

#[test]
fn whoever_takes_it_back_while_it_begins_comes_too_late() {
    for method in ["DELETE", "PUT"] {
        let world = World::new();
        let mut ada = arrive(&world, ADA);
        ask(&world, &mut ada.browser);
        world.advance_time(DELAY_MS - MINUTE_MS);
        let mut fresh = Browser::proven(&world, ADA);
        world.advance_time(MINUTE_MS - SECOND_MS);
        // The request was let in with a second to spare and waits for the database.
        world.script_batch("UPDATE accounts SET deletion_asked_at", Fault::Slow(3 * SECOND_MS));
        let event = world.fresh();
        let ask = Ask::new(method, PATH)
            .header("sec-fetch-site", "same-origin")
            .header("cookie", &fresh.cookies());
        let (tx, rx) = std::sync::mpsc::channel();
        world.spawn(async move {
            let answer = event.send(ask).await;
            tx.send(answer).unwrap();
        });
        world.advance_time(2 * SECOND_MS);
        world.cron().unwrap().unwrap();
        world.advance_time(2 * SECOND_MS);
        let answer = rx.try_recv().unwrap();
        hold(method, PATH, &answer);
        assert_eq!((answer.status, &answer.json()["code"]), (410, &"gone".into()), "{method}");
        assert_eq!(fresh.get(&world, PATH).status, 401);
    }
}

#[test]
fn it_needs_a_sign_in_of_the_last_ten_minutes_and_taking_it_back_none() {
    let world = World::new();
    let mut ada = arrive(&world, ADA);
    world.advance_time(10 * MINUTE_MS - 1);
    ask(&world, &mut ada.browser);
    world.advance_time(1);
    let stale = send(&world, &mut ada.browser, "PUT", PATH);
    assert_eq!((stale.status, &stale.json()["code"]), (403, &"fresh_sign_in_required".into()));
    let stale = form(&world, &mut ada.browser, "/account/deletion");
    assert_eq!(stale.status, 403);
    let text = page(&world, &mut ada.browser, "/account/deletion");
    assert!(text.contains("/auth/google?fresh=on&amp;return_to=/account/deletion"), "{text}");
    assert!(!text.contains("action=\"/account/deletion\""), "no form that would be refused");
    assert_eq!(send(&world, &mut ada.browser, "DELETE", PATH).status, 204);
    assert_eq!(send(&world, &mut ada.browser, "DELETE", PATH).status, 204, "harmless");
    for method in ["GET", "PUT", "DELETE"] {
        assert_eq!(send(&world, &mut Browser::default(), method, PATH).status, 401, "{method}");
    }
}

#[test]
fn asking_again_keeps_the_date_and_replaces_the_code() {
    let world = World::new();
    let mut ada = arrive(&world, ADA);
    let first = ask(&world, &mut ada.browser);
    world.advance_time(HOUR_MS);
    let mut fresh = Browser::proven(&world, ADA);
    let second = ask(&world, &mut fresh);
    assert_eq!(first["due_at"], second["due_at"]);
    assert_eq!(first["requested_at"], second["requested_at"]);
    assert_ne!(first["claim"], second["claim"]);
    let mails = "SELECT count(*) FROM mails WHERE id LIKE 'deletion_scheduled%'";
    assert_eq!(number(&world, mails), 1, "told once");
    let kept = rows(&world, "accounts").join(" ");
    for code in [&first["claim"], &second["claim"]] {
        let code = code.as_str().unwrap();
        assert!(!kept.contains(&super::shown(code)), "only its hash is kept");
        let digits: String = code.chars().filter(|c| *c != '-').collect();
        assert!(!kept.contains(&super::shown(&digits)));
        assert_eq!(digits.len(), 32, "128 random bits");
    }
    world.advance_time(DELAY_MS);
    cron(&world, 22);
    assert_eq!(claim(&world, first["claim"].as_str().unwrap()).status, 404);
    assert_eq!(claim(&world, second["claim"].as_str().unwrap()).status, 200);
}

#[test]
fn the_pages_do_it_without_a_script_in_every_language() {
    for prefix in ["", "/es", "/de", "/zh"] {
        let world = World::new();
        let mut ada = arrive(&world, ADA);
        let path = format!("{prefix}/account/deletion");
        let before = page(&world, &mut ada.browser, &path);
        assert!(before.contains(&format!("action=\"{path}\"")), "{before}");
        let who = format!("Person {ADA} · {ADA}@example.com");
        assert!(before.contains(&who), "whose account it is: {before}");
        let asked = form(&world, &mut ada.browser, &path);
        assert_eq!((asked.status, asked.header("cache-control")), (202, "no-store"));
        let text = asked.text();
        let code = text.split("deletion__code\">").nth(1).unwrap().split('<').next().unwrap();
        assert!(ClaimCode::parse(code).is_some(), "{code}");
        let later = page(&world, &mut ada.browser, &path);
        assert!(!later.contains(code), "shown once");
        assert!(later.contains("72"), "the hours that are left: {later}");
        let back = form(&world, &mut ada.browser, &format!("{path}/cancellation"));
        assert_eq!((back.status, back.header("location")), (303, path.as_str()));
        assert_eq!(page(&world, &mut ada.browser, &path), before);
    }
}

/// Whether these statements run as one batch, and what the last of them returns.
fn run(world: &World, batch: &[Statement]) -> Option<usize> {
    let ran = world.with_database(|database| database.run(batch));
    ran.ok().and_then(|rows| rows.last().map(Vec::len))
}

#[test]
fn the_database_decides_to_the_millisecond_and_for_good() {
    let world = World::new();
    let ada = arrive(&world, ADA);
    let asked = Schedule::new(world.now(), &world.config().rules);
    let (id, due_at) = (ada.id, asked.due_at);
    let scheduled = |at: Millis| {
        let again = Schedule { asked_at: at, due_at: at.plus(1) };
        run(&world, &[deletions::schedule(id, &again, &"0".repeat(64))])
    };
    assert_eq!(scheduled(asked.asked_at), Some(1));
    let sql = format!("UPDATE accounts SET deletion_due_at = {}", due_at.0);
    execute(&world, &sql);
    assert_eq!(run(&world, &[deletions::cancel(id, due_at)]), Some(0));
    assert_eq!(scheduled(due_at), Some(0), "no new code either");
    assert_eq!(scheduled(due_at.plus(-1)), Some(1));
    // Nothing begins a millisecond early, and once it has begun no clock takes it back.
    let begin =
        |at| run(&world, &[deletions::begin(id, &"5a".repeat(16), at), deletions::find(id)]);
    assert_eq!((begin(due_at.plus(-1)), begin(due_at)), (Some(0), Some(1)));
    assert_eq!(run(&world, &[deletions::cancel(id, due_at.plus(-1))]), Some(0));
    assert_eq!(scheduled(due_at.plus(-1)), Some(0));
    // Of two sweeps that have read the same, one counts.
    let rows = world.with_database(|database| database.run(&[deletions::find(id)])).unwrap();
    let read = deletions::progress(&rows[0][0]).unwrap();
    let next = deletions::Progress { version: read.version + 1, ..read };
    let advanced = || run(&world, &[deletions::advance(id, &next)]);
    assert_eq!((advanced(), advanced()), (Some(1), Some(0)));
    execute(&world, "DELETE FROM deletions");
    assert_eq!(run(&world, &[deletions::cancel(id, due_at.plus(-1))]), Some(1));
}

#[test]
fn the_last_batch_fails_unless_the_account_is_over_and_empty() {
    let world = World::new();
    let mut ada = arrive(&world, ADA);
    let kept = Kept { receipt: "a.b.c".to_owned(), expires_at: world.now() };
    let last = |at| run(&world, &[receipts::keep(ada.id, &kept, at)]);
    let now = world.now();
    assert_eq!(last(now), None, "nothing is scheduled");
    let due_at = now.plus(DELAY_MS);
    ask(&world, &mut ada.browser.clone());
    assert_eq!(last(due_at.plus(-1)), None, "not over");
    place_for(&world, owner(ada.id)).unwrap();
    assert_eq!(last(due_at), None, "not empty");
    execute(&world, "DELETE FROM orders");
    assert_eq!(last(due_at), Some(0));
    assert_eq!(last(due_at), None, "once");
    assert_eq!(number(&world, "SELECT count(*) FROM receipts"), 1);
    assert_eq!(ada.browser.get(&world, "/api/account").status, 200);
}
