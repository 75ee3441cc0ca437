//! The operator's routes: the key, the notes, and the mails to the waitlist.

use serde_json::{Value, json};

use super::mails::{minutes, rows, sent};
use super::waitlist::{join, join_and_confirm, link};
use crate::site::{assert_problem, get, send};
use crate::world::{Answer, Ask, Browser, Fault, Op, World};

/// The header of the operator.
pub const KEY: &str = "Bearer operator-key-of-the-tests-32-byte";

fn look(world: &World, path: &str) -> Value {
    let answer = send(world, get(path).header("authorization", KEY));
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.json()
}

/// Asks for a mailing.
pub fn write(world: &World, draft: &Value) -> Answer {
    let ask = Ask::new("POST", "/api/operator/mailings").header("authorization", KEY);
    let ask = ask.header("content-type", "application/json");
    send(world, ask.body(draft.to_string().into_bytes()))
}

fn draft() -> Value {
    json!({"subject": "We open", "text": "From today on.\n\nCome & <see>."})
}

/// An entry of before addresses were confirmed.
fn old_entry(world: &World, email: &str) {
    let sql = "INSERT INTO waitlist (email, source, joined_at) VALUES (?1, 'home', 1)";
    world.with_database(|one| one.connection().execute(sql, [email]).unwrap());
}

fn subjects(world: &World, email: &str) -> Vec<String> {
    let mails = sent(world).into_iter().filter(|mail| mail.to == email);
    mails.map(|mail| mail.subject).collect()
}

#[test]
fn nobody_gets_in_without_the_key_and_every_look_is_noted() {
    let world = World::new();
    let ada = Browser::of(&world, "ada");
    let wrong = ["", "Bearer", "Bearer ", "operator-key-of-the-tests-32-byte"];
    let longer = format!("{KEY}x");
    let shorter = &KEY[..KEY.len() - 1];
    for shown in wrong.into_iter().chain([longer.as_str(), shorter]) {
        for (method, path) in [
            ("GET", "/api/operator/overview"),
            ("GET", "/api/operator/log"),
            ("POST", "/api/operator/mailings"),
        ] {
            let ask = Ask::new(method, path).header("authorization", shown);
            let ask = ask.header("cookie", &ada.cookies()).header("sec-fetch-site", "same-origin");
            assert_problem(&send(&world, ask), 401, "signature_invalid", None);
        }
    }
    assert_eq!((rows(&world, "operator_log"), rows(&world, "mailings")), (0, 0));
    let counts = look(&world, "/api/operator/overview");
    assert_eq!((&counts["accounts"], &counts["waitlist"]), (&json!(1), &json!(0)));
    assert_eq!(write(&world, &draft()).status, 202);
    assert_eq!(look(&world, "/api/operator/log")["notes"].as_array().unwrap().len(), 2);
    world.advance_time(1_000);
    let notes = look(&world, "/api/operator/log");
    let actions: Vec<_> = notes["notes"].as_array().unwrap().iter().map(|n| &n["action"]).collect();
    assert_eq!(actions.len(), 3, "{actions:?}");
}

#[test]
fn only_who_confirmed_gets_the_mail_and_who_is_from_before_is_asked() {
    let world = World::new();
    join_and_confirm(&world, "ada@example.com");
    join(&world, "bob@example.com");
    old_entry(&world, "eve@example.com");
    minutes(&world, 1);
    assert_eq!(write(&world, &draft()).json(), json!({"is_new": true}));
    assert_eq!(write(&world, &draft()).json(), json!({"is_new": false}));
    minutes(&world, 3);
    assert_eq!(subjects(&world, "ada@example.com")[1..], ["We open"]);
    assert_eq!(subjects(&world, "bob@example.com").len(), 1, "only the question");
    assert_eq!(subjects(&world, "eve@example.com"), ["Do you want to hear from AnyTryOn?"]);
    let mail = sent(&world).into_iter().find(|mail| mail.subject == "We open").unwrap();
    let end = mail.unsubscribe.unwrap();
    assert!(end.starts_with("https://anytryon.example/waitlist/unsubscription?token="), "{end}");
    assert!(mail.text.contains(&end) && mail.html.contains(&end));
    assert!(mail.text.starts_with("From today on.\n\nCome & <see>."));
    assert!(mail.html.contains("<p style=\"margin: 0 0 16px\">Come &#38; &#60;see&#62;.</p>"));
    // Asked, it confirms, and the next mailing reaches it.
    let path = sent(&world).iter().find(|mail| mail.to == "eve@example.com").map(|mail| {
        let start = mail.text.find("/waitlist/confirmation").unwrap();
        mail.text[start..].split_whitespace().next().unwrap().to_owned()
    });
    assert_eq!(send(&world, Ask::new("POST", &path.unwrap())).status, 200);
    write(&world, &json!({"subject": "More", "text": "News."}));
    minutes(&world, 3);
    assert_eq!(subjects(&world, "eve@example.com")[1..], ["More"]);
    assert_eq!(rows(&world, "mailings WHERE finished_at IS NOT NULL AND after_email = ''"), 2);
    assert_eq!(rows(&world, "operator_log WHERE action = 'mailing_done'"), 2);
}

#[test]
fn who_leaves_while_a_mailing_is_under_way_gets_nothing_more() {
    let world = World::new();
    join_and_confirm(&world, "ada@example.com");
    let leave = link(&world, "/waitlist/confirmation").replace("confirmation", "unsubscription");
    write(&world, &draft());
    // The page is written after this minute's mails have left.
    minutes(&world, 1);
    assert_eq!(rows(&world, "mails"), 1);
    assert_eq!(send(&world, Ask::new("POST", &leave)).status, 200);
    minutes(&world, 2);
    assert_eq!((subjects(&world, "ada@example.com").len(), rows(&world, "mails")), (1, 0));
}

#[test]
fn a_long_list_is_written_to_page_by_page_each_once_whatever_breaks() {
    let world = World::new();
    let sql = "WITH RECURSIVE number(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM number \
               WHERE n < 174) INSERT INTO waitlist (email, source, joined_at, confirmed_at, \
               token, language) SELECT 'p' || n || '@example.com', 'home', 1, 1, \
               'AAAAAAAAAAAAAAAAAAA' || substr('ABCDEFGHIJKLMNOPQRSTUVWXYZ', 1 + n / 26, 1) || \
               substr('ABCDEFGHIJKLMNOPQRSTUVWXYZ', 1 + n % 26, 1) || 'A', \
               iif(n % 2, 'de', 'en') FROM number";
    world.with_database(|one| one.connection().execute(sql, []).unwrap());
    write(&world, &draft());
    for fault in [Fault::Before, Fault::After, Fault::KillBefore, Fault::KillAfter] {
        world.script_batch("INSERT INTO mails", fault);
        world.advance_time(60_000);
        let _ = world.cron();
    }
    minutes(&world, 15);
    let mut reached: Vec<_> = sent(&world).into_iter().map(|mail| mail.to).collect();
    assert_eq!(reached.len(), 175);
    reached.sort();
    reached.dedup();
    assert_eq!(reached.len(), 175);
    let written = rows(&world, "mailings WHERE written = 175");
    assert_eq!(written, 1);
    write(&world, &json!({"subject": "Hallo", "text": "Neues.", "language": "de"}));
    minutes(&world, 15);
    assert_eq!(sent(&world).len(), 175 + 87);
}

#[test]
fn a_draft_that_is_not_right_is_refused_by_field() {
    let world = World::new();
    for (draft, field) in [
        (json!({"text": "x"}), "subject"),
        (json!({"subject": "x"}), "text"),
        (json!({"subject": "", "text": "x"}), "subject"),
        (json!({"subject": "a\nBcc: b@example.com", "text": "x"}), "subject"),
        (json!({"subject": "x".repeat(151), "text": "x"}), "subject"),
        (json!({"subject": format!("x{}", " ".repeat(150)), "text": "x"}), "subject"),
        (json!({"subject": "\tx", "text": "x"}), "subject"),
        (json!({"subject": "x", "text": "x\u{0}"}), "text"),
        (json!({"subject": "x", "text": "\tx"}), "text"),
        (json!({"subject": "x", "text": "é".repeat(4_001)}), "text"),
        (json!({"subject": "x", "text": "x", "language": "fr"}), "language"),
        (json!({"subject": "x", "text": "x", "language": 5}), "language"),
        (json!({"subject": "x", "text": "x", "to": "everybody"}), "to"),
    ] {
        assert_problem(&write(&world, &draft), 422, "input_invalid", Some(field));
    }
    assert_eq!((rows(&world, "mailings"), rows(&world, "operator_log")), (0, 0));
    world.script_fault(Op::Database, Fault::Before);
    assert_eq!(write(&world, &draft()).status, 503);
}
