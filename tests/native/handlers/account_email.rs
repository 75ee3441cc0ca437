//! Another mail address: asked for in a session, confirmed from its mailbox and from nowhere else.

use serde_json::{Value, json};

use anytryon::domain::time::{DAY_MS, HOUR_MS, SECOND_MS};

use super::account::ask;
use crate::world::{Answer, Ask, Browser, World};

const PAGE: &str = "/account/email-confirmation";

fn wish(world: &World, browser: &mut Browser, email: &str) -> Answer {
    browser.send(world, ask("PATCH", "/api/account", &json!({ "email": email })))
}

fn email(world: &World, browser: &mut Browser) -> Value {
    browser.get(world, "/api/account").json()["email"].clone()
}

/// The letters of one kind in the outbox, each with its recipient.
fn letters(world: &World, kind: &str) -> Vec<(String, Value)> {
    world.with_database(|one| {
        let sql =
            "SELECT recipient, letter FROM mails WHERE letter ->> 'kind' = ?1 ORDER BY due_at";
        let mut found = one.connection().prepare(sql).unwrap();
        let rows = found.query_map([kind], |row| Ok((row.get(0)?, row.get::<_, String>(1)?)));
        let rows = rows.unwrap().map(Result::unwrap);
        rows.map(|(to, letter)| (to, serde_json::from_str(&letter).unwrap())).collect()
    })
}

/// The token of the last link that went to this address.
fn token(world: &World, to: &str) -> String {
    let all = letters(world, "email_change_confirm");
    let (_, letter) = all.iter().rev().find(|(recipient, _)| recipient == to).unwrap();
    let path = letter["path"].as_str().unwrap();
    path.strip_prefix(&format!("{PAGE}?token=")).unwrap().to_owned()
}

/// Somebody without a session, as who opens a mail on another device.
fn confirm(world: &World, token: &str) -> Answer {
    Browser::default().send(world, ask("POST", PAGE, &json!({ "token": token })))
}

fn assert_over(answer: &Answer) {
    assert_eq!((answer.status, &answer.json()["code"]), (403, &json!("link_invalid")));
}

#[test]
fn an_address_counts_once_its_mailbox_confirms_it_and_the_old_one_is_told() {
    let world = World::new();
    let mut ada = Browser::of(&world, "ada");
    let waiting = wish(&world, &mut ada, "ada@new.example").json();
    assert_eq!(waiting["email"], "ada@example.com", "nothing has changed yet");
    assert_eq!(waiting["email_change"]["email"], "ada@new.example");
    let link = token(&world, "ada@new.example");
    let path = format!("{PAGE}?token={link}");
    for _ in 0..3 {
        let page = Browser::default().send(&world, Ask::new("GET", &path));
        assert_eq!(page.status, 200);
        assert!(page.text().contains("ada@new.example") && page.text().contains(&link));
    }
    assert_eq!(
        email(&world, &mut ada),
        "ada@example.com",
        "a program that opens links does nothing"
    );
    assert_eq!(confirm(&world, &link).status, 204);
    let account = ada.get(&world, "/api/account").json();
    assert_eq!(
        (&account["email"], &account["email_change"]),
        (&json!("ada@new.example"), &json!(null))
    );
    let told = letters(&world, "email_changed");
    assert_eq!(told.iter().map(|(to, _)| to.as_str()).collect::<Vec<_>>(), ["ada@example.com"]);
    let mut again = Browser::of(&world, "ada");
    assert_eq!(email(&world, &mut again), "ada@new.example", "Google's address does not undo it");
}

#[test]
fn a_link_is_good_once_for_a_day_and_only_the_newest_one() {
    let world = World::new();
    let mut ada = Browser::of(&world, "ada");
    wish(&world, &mut ada, "one@new.example");
    let first = token(&world, "one@new.example");
    wish(&world, &mut ada, "two@new.example");
    assert_over(&confirm(&world, &first));
    let second = token(&world, "two@new.example");
    assert_eq!(confirm(&world, &second).status, 204);
    assert_over(&confirm(&world, &second));
    wish(&world, &mut ada, "ada@example.com");
    assert_over(&confirm(&world, &second));
    assert_eq!(email(&world, &mut ada), "two@new.example");
    wish(&world, &mut ada, "late@new.example");
    let late = token(&world, "late@new.example");
    world.advance_time(DAY_MS);
    assert_over(&confirm(&world, &late));
    let page = Browser::default().send(&world, Ask::new("GET", &format!("{PAGE}?token={late}")));
    assert_over(&page);
    assert_eq!(email(&world, &mut ada), "two@new.example");
}

#[test]
fn a_link_changes_the_account_that_asked_for_it_whoever_opens_it() {
    let world = World::new();
    let (mut ada, mut ben) = (Browser::of(&world, "ada"), Browser::of(&world, "ben"));
    wish(&world, &mut ada, "shared@new.example");
    let link = token(&world, "shared@new.example");
    let answer = ben.send(&world, ask("POST", PAGE, &json!({ "token": link })));
    assert_eq!(answer.status, 204);
    assert_eq!(email(&world, &mut ben), "ben@example.com");
    assert_eq!(email(&world, &mut ada), "shared@new.example");
}

#[test]
fn a_token_that_was_never_given_confirms_nothing() {
    let world = World::new();
    let mut ada = Browser::of(&world, "ada");
    wish(&world, &mut ada, "ada@new.example");
    let real = token(&world, "ada@new.example");
    let hash: String = world.with_database(|one| {
        let sql = "SELECT token_hash FROM email_changes";
        one.connection().query_row(sql, [], |row| row.get(0)).unwrap()
    });
    for wrong in ["", "x", &"A".repeat(43), &real[..42], &format!("{real}A"), &hash] {
        assert_over(&confirm(&world, wrong));
    }
    let kept = letters(&world, "email_change_confirm").len();
    assert_eq!(kept, 1);
    assert_eq!(email(&world, &mut ada), "ada@example.com");
    let missing = Browser::default().send(&world, ask("POST", PAGE, &json!({})));
    assert_eq!(missing.status, 422);
}

#[test]
fn a_wish_can_be_taken_back_and_its_link_is_dead() {
    let world = World::new();
    for keep in ["", "ADA@example.com"] {
        let mut ada = Browser::of(&world, "ada");
        wish(&world, &mut ada, "wrong@new.example");
        let link = token(&world, "wrong@new.example");
        assert_eq!(wish(&world, &mut ada, keep).json()["email_change"], Value::Null);
        assert_over(&confirm(&world, &link));
        assert_eq!(email(&world, &mut ada), "ada@example.com");
    }
}

#[test]
fn an_account_sends_few_mails_to_strangers_whatever_it_takes_back() {
    let world = World::new();
    let mut ada = Browser::of(&world, "ada");
    for number in 0..5 {
        assert_eq!(wish(&world, &mut ada, &format!("s{number}@new.example")).status, 200);
        wish(&world, &mut ada, "");
    }
    let refused = wish(&world, &mut ada, "s6@new.example");
    assert_eq!((refused.status, &refused.json()["code"]), (429, &json!("rate_limited")));
    assert_eq!(letters(&world, "email_change_confirm").len(), 5);
    world.advance_time(DAY_MS);
    assert_eq!(wish(&world, &mut ada, "s7@new.example").status, 200);
    let mut ben = Browser::of(&world, "ben");
    assert_eq!(wish(&world, &mut ben, "s8@new.example").status, 200, "each account for itself");
}

#[test]
fn wishes_at_one_time_and_confirmed_ones_count_too() {
    let world = World::builder(7).latency_ms(20).build();
    let mut ada = Browser::of(&world, "ada");
    let (tell, told) = std::sync::mpsc::channel();
    for number in 0..20 {
        let (event, tell) = (world.fresh(), tell.clone());
        let body = json!({ "email": format!("s{number}@new.example") });
        let ask = ask("PATCH", "/api/account", &body).header("sec-fetch-site", "same-origin");
        let ask = ask.header("cookie", &ada.cookies());
        world.spawn_request(async move { tell.send(event.send(ask).await.status).unwrap() });
    }
    world.advance_time(2 * SECOND_MS);
    let told: Vec<u16> = told.try_iter().collect();
    let noted = told.iter().filter(|status| **status == 200).count();
    let refused = told.iter().filter(|status| **status == 429).count();
    assert_eq!((noted, refused), (5, 15));
    assert_eq!(letters(&world, "email_change_confirm").len(), 5);
    // Whoever confirms a mailbox of his own may not write to five more.
    world.advance_time(DAY_MS);
    assert_eq!(wish(&world, &mut ada, "ada@new.example").status, 200);
    assert_eq!(confirm(&world, &token(&world, "ada@new.example")).status, 204);
    let more = (0..5).filter(|n| wish(&world, &mut ada, &format!("t{n}@x.example")).status == 200);
    assert_eq!(more.count(), 4);
}

#[test]
fn the_waitlist_follows_a_changed_address() {
    let world = World::new();
    let mut ada = Browser::of(&world, "ada");
    let old = email(&world, &mut ada).as_str().unwrap().to_owned();
    let listed = |world: &World| -> Vec<(String, Option<i64>)> {
        world.with_database(|one| {
            let sql = "SELECT email, confirmed_at FROM waitlist ORDER BY email";
            let mut found = one.connection().prepare(sql).unwrap();
            let rows = found.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
            rows.map(Result::unwrap).collect()
        })
    };
    let join = |world: &World, email: &str, confirmed: Option<i64>| {
        world.with_database(|one| {
            let sql = "INSERT INTO waitlist (email, source, joined_at, token, confirmed_at) \
                       VALUES (?1, 'home', 1, ?1, ?2)";
            one.connection().execute(sql, rusqlite::params![email, confirmed]).unwrap()
        });
    };
    join(&world, &old, None);
    join(&world, "somebody@else.example", Some(3));
    wish(&world, &mut ada, "Ada@New.example");
    assert_eq!(confirm(&world, &token(&world, "Ada@new.example")).status, 204);
    let else_ = ("somebody@else.example".to_owned(), Some(3));
    assert_eq!(listed(&world), [("ada@new.example".to_owned(), None), else_.clone()]);
    // Where both are on it one entry is left, confirmed if either was.
    join(&world, "ada@third.example", Some(5));
    wish(&world, &mut ada, "ada@third.example");
    let link = token(&world, "ada@third.example");
    assert_eq!(confirm(&world, &link).status, 204);
    assert_over(&confirm(&world, &link));
    assert_eq!(listed(&world), [("ada@third.example".to_owned(), Some(5)), else_]);
}

#[test]
fn a_wish_that_nobody_confirms_is_forgotten() {
    let world = World::new();
    let mut ada = Browser::of(&world, "ada");
    wish(&world, &mut ada, "ada@new.example");
    let rows = || -> i64 {
        let sql = "SELECT count(*) FROM email_changes";
        world.with_database(|one| one.connection().query_row(sql, [], |row| row.get(0)).unwrap())
    };
    world.advance_time(DAY_MS - HOUR_MS);
    world.cron().unwrap().unwrap();
    assert_eq!(rows(), 1);
    world.advance_time(HOUR_MS + SECOND_MS);
    world.cron().unwrap().unwrap();
    assert_eq!(rows(), 0);
}

#[test]
fn an_account_that_is_over_takes_no_address() {
    let world = World::new();
    let mut ada = Browser::of(&world, "ada");
    wish(&world, &mut ada, "ada@new.example");
    let link = token(&world, "ada@new.example");
    let now = world.clock().0;
    world.with_database(|one| {
        let sql = "UPDATE accounts SET deletion_due_at = ?1, deletion_asked_at = ?1, deletion_claim = 'x'";
        one.connection().execute(sql, [now]).unwrap()
    });
    assert_over(&confirm(&world, &link));
}

#[test]
fn the_pages_work_without_a_script() {
    let world = World::new();
    let mut ada = Browser::of(&world, "ada");
    wish(&world, &mut ada, "ada@new.example");
    let link = token(&world, "ada@new.example");
    let post = || {
        Ask::new("POST", &format!("/de{PAGE}"))
            .header("content-type", "application/x-www-form-urlencoded")
            .header("accept", "text/html")
            .body(format!("token={link}").into_bytes())
    };
    let done = Browser::default().send(&world, post());
    assert_eq!(
        (done.status, done.header("location")),
        (303, "/de/account/email-confirmation?done=on")
    );
    let page = Browser::default().get(&world, done.header("location"));
    assert!(page.text().contains("Adresse geändert"));
    let over = Browser::default().send(&world, post());
    assert_eq!(over.status, 403);
    assert!(over.text().contains("Dieser Link gilt nicht mehr"));
}
