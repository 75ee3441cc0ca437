//! The waitlist: nobody is written to who has not said so by a mail of ours, and who has had enough
//! says that with one press.

use anytryon::domain::time::{DAY_MS, HOUR_MS, MINUTE_MS};

use super::mails::{minutes, rows, sent};
use crate::site::{address, get, send};
use crate::world::{Answer, Ask, Fault, Op, World};

fn join_as(world: &World, email: &str, path: &str) -> Answer {
    let body = format!(r#"{{"email":"{email}","source":"home"}}"#).into_bytes();
    send(world, Ask::new("POST", path).header("content-type", "application/json").body(body))
}

/// Puts an address on the waitlist.
pub fn join(world: &World, email: &str) {
    assert_eq!(join_as(world, email, "/api/waitlist").status, 202);
}

/// The path and query of the newest mail's link that begins so.
pub fn link(world: &World, path: &str) -> String {
    let text = sent(world).last().unwrap().text.clone();
    let start = text.find(path);
    assert!(start.is_some(), "{path} in {text}");
    let start = start.unwrap();
    text[start..].split_whitespace().next().unwrap().to_owned()
}

/// Puts an address on the waitlist and confirms it.
pub fn join_and_confirm(world: &World, email: &str) {
    join(world, email);
    minutes(world, 1);
    let link = link(world, "/waitlist/confirmation");
    assert_eq!(send(world, Ask::new("POST", &link)).status, 200);
}

fn confirmed(world: &World) -> i64 {
    rows(world, "waitlist WHERE confirmed_at IS NOT NULL")
}

#[test]
fn an_address_counts_once_its_owner_presses_the_button_and_not_when_a_scanner_looks() {
    let world = World::new();
    join_as(&world, "ada@example.com", "/de/api/waitlist");
    minutes(&world, 1);
    let mails = sent(&world);
    assert_eq!((mails.len(), mails[0].to.as_str()), (1, "ada@example.com"));
    assert_eq!(mails[0].subject, "Möchtest du von AnyTryOn hören?");
    let path = link(&world, "/de/waitlist/confirmation");
    for method in ["GET", "HEAD", "GET"] {
        let page = send(&world, Ask::new(method, &path).header("accept", "text/html"));
        assert_eq!((page.status, page.header("cache-control")), (200, "no-store"));
        assert!(method == "HEAD" || page.text().contains(&format!("action=\"{path}\"")));
    }
    assert_eq!((rows(&world, "waitlist"), confirmed(&world)), (1, 0));
    let page = send(&world, Ask::new("POST", &path).header("accept", "text/html"));
    assert!(page.text().contains("Du stehst auf der Liste"));
    assert_eq!(confirmed(&world), 1);
    world.advance_time(MINUTE_MS);
    assert_eq!(send(&world, Ask::new("POST", &path)).status, 200, "twice is once");
    join(&world, "ada@example.com");
    world.advance_time(30 * DAY_MS);
    join(&world, "ada@example.com");
    minutes(&world, 2);
    assert_eq!((sent(&world).len(), confirmed(&world)), (1, 1), "it is asked no more, and stays");
}

#[test]
fn an_address_is_asked_once_a_day_however_often_it_is_entered() {
    let world = World::new();
    for _ in 0..5 {
        join(&world, "ada@example.com");
        join(&world, "ADA@example.com");
        minutes(&world, 1);
    }
    assert_eq!(sent(&world).len(), 1);
    let first = link(&world, "/waitlist/confirmation");
    world.advance_time(DAY_MS);
    join(&world, "ada@example.com");
    minutes(&world, 1);
    assert_eq!(sent(&world).len(), 2);
    assert_eq!(link(&world, "/waitlist/confirmation"), first, "the older link works too");
}

#[test]
fn who_does_not_confirm_is_forgotten_after_a_week() {
    let world = World::new();
    join(&world, "ada@example.com");
    join_and_confirm(&world, "bob@example.com");
    let path = link(&world, "/waitlist/confirmation");
    world.advance_time(7 * DAY_MS - HOUR_MS);
    minutes(&world, 1);
    assert_eq!(rows(&world, "waitlist"), 2);
    world.advance_time(HOUR_MS - world.elapsed_ms() % HOUR_MS);
    world.advance_time(HOUR_MS);
    world.cron().unwrap().unwrap();
    assert_eq!((rows(&world, "waitlist"), confirmed(&world)), (1, 1));
    assert_eq!(send(&world, Ask::new("POST", &path)).status, 200, "of the one that stays");
}

#[test]
fn the_question_itself_can_be_ended_and_then_nothing_is_left_of_the_address() {
    for in_the_text in [true, false] {
        let world = World::new();
        join(&world, "never@asked.example");
        minutes(&world, 1);
        let mail = sent(&world).pop().unwrap();
        let end = mail.unsubscribe.unwrap().replace("https://anytryon.example", "");
        assert_eq!(link(&world, "/waitlist/unsubscription"), end);
        let press = Ask::new("POST", &end).body(b"List-Unsubscribe=One-Click".to_vec());
        let press = press.header("content-type", "application/x-www-form-urlencoded");
        let site = if in_the_text { "same-origin" } else { "cross-site" };
        assert_eq!(send(&world, press.header("sec-fetch-site", site)).status, 200);
        assert_eq!((rows(&world, "waitlist"), rows(&world, "mails")), (0, 0));
    }
}

#[test]
fn one_press_in_a_mail_program_ends_it_and_a_scanner_does_not() {
    let world = World::new();
    join_and_confirm(&world, "ada@example.com");
    let path = link(&world, "/waitlist/confirmation").replace("confirmation", "unsubscription");
    for _ in 0..2 {
        assert_eq!(send(&world, get(&path)).status, 200);
    }
    assert_eq!(rows(&world, "waitlist"), 1);
    // As mail programs send it: from a site of their own, with a body that says no more.
    let press = Ask::new("POST", &path)
        .header("sec-fetch-site", "cross-site")
        .header("origin", "https://mail.example")
        .header("content-type", "application/x-www-form-urlencoded")
        .body(b"List-Unsubscribe=One-Click".to_vec());
    for _ in 0..2 {
        let answer = send(&world, press.clone());
        assert_eq!((answer.status, answer.body.len()), (200, 0));
        assert_eq!(rows(&world, "waitlist"), 0);
    }
}

#[test]
fn a_token_that_is_nobodys_confirms_and_removes_nothing() {
    let world = World::new();
    join(&world, "ada@example.com");
    for token in ["", "x", "AAAAAAAAAAAAAAAAAAAAAA", "AAAAAAAAAAAAAAAAAAAAAB"] {
        for path in ["/waitlist/confirmation", "/waitlist/unsubscription"] {
            let answer = send(&world, Ask::new("POST", &format!("{path}?token={token}")));
            assert!([200, 404].contains(&answer.status));
        }
    }
    assert_eq!((rows(&world, "waitlist"), confirmed(&world)), (1, 0));
}

#[test]
fn whoever_floods_the_waitlist_holds_up_no_other_mail_for_long() {
    let world = World::new();
    for number in 0..150 {
        let body = format!(r#"{{"email":"p{number}@example.com","source":"home"}}"#);
        let ask = Ask::new("POST", "/api/waitlist")
            .header("content-type", "application/json")
            .header("cf-connecting-ip", &address(number));
        assert_eq!(send(&world, ask.body(body.into_bytes())).status, 202);
    }
    assert_eq!((rows(&world, "mails"), rows(&world, "waitlist")), (120, 120));
    minutes(&world, 2);
    assert_eq!(sent(&world).len(), 120);
}

#[test]
fn an_entry_and_its_question_are_noted_together_or_not_at_all() {
    for fault in [Fault::Before, Fault::After] {
        let world = World::new();
        world.script_fault(Op::Database, fault);
        let body = br#"{"email":"ada@example.com","source":"home"}"#.to_vec();
        let ask = Ask::new("POST", "/api/waitlist").header("content-type", "application/json");
        assert_eq!(send(&world, ask.clone().body(body.clone())).status, 503);
        assert_eq!(rows(&world, "waitlist"), rows(&world, "mails"));
        assert_eq!(send(&world, ask.body(body)).status, 202);
        minutes(&world, 2);
        assert_eq!(sent(&world).len(), 1, "{fault:?}");
    }
}
