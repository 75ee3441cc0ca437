//! News by mail to accounts: only where its owner switched them on, one mail for each address, and
//! one press ends them without a sign-in.

use anytryon::domain::time::{DAY_MS, HOUR_MS};
use anytryon::ports::Mail;
use serde_json::{Value, json};

use super::mails::{minutes, rows, sent};
use super::operator::{KEY, write};
use super::waitlist::join_and_confirm;
use crate::site::{assert_problem, get, send};
use crate::world::{Ask, BEGIN, Browser, Fault, World};

fn draft(to: &str) -> Value {
    json!({"subject": "We open", "text": "From today on.", "to": to})
}

/// Somebody who is signed in and has switched news on.
fn reader(world: &World, name: &str) -> Browser {
    let mut browser = Browser::proven(world, name);
    assert_eq!(change(&mut browser, world, r#"{"marketing": true}"#), 200);
    browser
}

fn change(browser: &mut Browser, world: &World, body: &str) -> u16 {
    let ask = Ask::new("PATCH", "/api/account").header("content-type", "application/json");
    browser.send(world, ask.body(body.as_bytes().to_vec())).status
}

fn ask(browser: &mut Browser, world: &World, method: &str, path: &str) {
    let answer = browser.send(world, Ask::new(method, path));
    assert!(answer.status < 300, "{}", answer.text());
}

/// News that left for this address.
fn news(world: &World, email: &str) -> Vec<Mail> {
    let mails = sent(world).into_iter();
    mails.filter(|mail| mail.to == email && mail.subject == "We open").collect()
}

fn end_of(mail: &Mail) -> String {
    mail.unsubscribe.clone().unwrap().replace("https://anytryon.example", "")
}

fn consents(world: &World) -> Vec<(String, i64, Option<i64>)> {
    let sql = "SELECT version, given_at, withdrawn_at FROM consents WHERE kind = 'marketing'";
    world.with_database(|one| {
        let mut query = one.connection().prepare(sql).unwrap();
        let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).unwrap();
        rows.map(Result::unwrap).collect()
    })
}

#[test]
fn news_reach_who_switched_them_on_and_nobody_else() {
    let world = World::new();
    reader(&world, "ada");
    Browser::of(&world, "bob");
    let mut restricted = reader(&world, "cleo");
    ask(&mut restricted, &world, "PUT", "/api/account/restriction");
    let mut leaving = reader(&world, "dan");
    ask(&mut leaving, &world, "PUT", "/api/account/deletion");
    let mut fickle = reader(&world, "eve");
    change(&mut fickle, &world, r#"{"marketing": false}"#);
    join_and_confirm(&world, "frank@example.com");
    assert_eq!(write(&world, &draft("accounts")).json(), json!({"is_new": true}));
    minutes(&world, 3);
    assert_eq!(news(&world, "ada@example.com").len(), 1);
    let reached = sent(&world).iter().filter(|mail| mail.subject == "We open").count();
    assert_eq!(reached, 1, "only who switched them on");
    assert_eq!(rows(&world, "mailings WHERE finished_at IS NOT NULL AND written = 1"), 1);
}

#[test]
fn who_thinks_better_of_it_while_the_mail_waits_gets_none() {
    for (method, path, body) in [
        ("PATCH", "/api/account", r#"{"marketing": false}"#),
        ("PUT", "/api/account/restriction", ""),
        ("PUT", "/api/account/deletion", ""),
    ] {
        let world = World::new();
        let mut ada = reader(&world, "ada");
        write(&world, &draft("both"));
        // The page is written after this minute's mails have left.
        minutes(&world, 1);
        assert_eq!(rows(&world, "mails"), 1);
        let ask = Ask::new(method, path).header("content-type", "application/json");
        assert!(ada.send(&world, ask.body(body.as_bytes().to_vec())).status < 300);
        minutes(&world, 2);
        assert_eq!((news(&world, "ada@example.com").len(), rows(&world, "mails")), (0, 0));
    }
}

#[test]
fn an_address_that_was_changed_while_the_mail_waits_gets_none() {
    let world = World::new();
    reader(&world, "ada");
    write(&world, &draft("accounts"));
    minutes(&world, 1);
    assert_eq!(rows(&world, "mails"), 1);
    world.with_database(|one| {
        let sql = "UPDATE accounts SET email = 'ada@new.example'";
        one.connection().execute(sql, []).unwrap()
    });
    minutes(&world, 2);
    assert_eq!((news(&world, "ada@example.com").len(), rows(&world, "mails")), (0, 0));
}

#[test]
fn one_press_ends_them_without_a_session_and_a_scanner_does_not() {
    let world = World::new();
    reader(&world, "ada");
    join_and_confirm(&world, "ada@example.com");
    write(&world, &draft("both"));
    minutes(&world, 3);
    let mails = news(&world, "ada@example.com");
    assert_eq!(mails.len(), 1, "an address in both lists gets one");
    let end = end_of(&mails[0]);
    assert!(end.starts_with("/account/unsubscription?token="), "{end}");
    assert!(mails[0].text.contains(&end) && mails[0].html.contains(&end));
    for path in [end.clone(), format!("/de{end}")] {
        let page = send(&world, get(&path).header("accept", "text/html"));
        assert_eq!((page.status, page.header("x-robots-tag")), (200, "noindex, nofollow"));
        assert!(page.text().contains(&format!("action=\"{path}\"")));
    }
    assert_eq!(consents(&world)[0].2, None);
    let press = Ask::new("POST", &end)
        .header("sec-fetch-site", "cross-site")
        .header("origin", "https://mail.example")
        .header("content-type", "application/x-www-form-urlencoded")
        .body(b"List-Unsubscribe=One-Click".to_vec());
    let at = world.clock().0;
    for _ in 0..2 {
        assert_eq!(send(&world, press.clone()).status, 200);
        let [(version, given_at, withdrawn_at)] = consents(&world).try_into().unwrap();
        assert_eq!((version.as_str(), withdrawn_at), ("2026-11-01", Some(at)));
        assert!(given_at >= BEGIN.0 && given_at < at);
        assert_eq!(rows(&world, "waitlist"), 0, "the list would reach the same mailbox");
        world.advance_time(HOUR_MS);
    }
    world.advance_time(31 * DAY_MS);
    write(&world, &json!({"subject": "We open", "text": "Once more.", "to": "both"}));
    minutes(&world, 3);
    assert_eq!(news(&world, "ada@example.com").len(), 1);
}

#[test]
fn an_altered_token_ends_nothing() {
    let world = World::new();
    reader(&world, "ada");
    write(&world, &draft("accounts"));
    minutes(&world, 3);
    let end = end_of(&news(&world, "ada@example.com")[0]);
    let (path, token) = end.split_once('=').unwrap();
    for at in 0..token.len() {
        let mut altered = token.to_owned();
        altered.replace_range(at..=at, if &token[at..=at] == "A" { "B" } else { "A" });
        for method in ["GET", "POST"] {
            let answer = send(&world, Ask::new(method, &format!("{path}={altered}")));
            assert_eq!(answer.status, 404, "{at}");
        }
    }
    for nothing in [path.to_owned(), format!("{path}="), format!("{path}={token}A")] {
        assert_eq!(send(&world, Ask::new("POST", &nothing)).status, 404);
    }
    assert_eq!(consents(&world)[0].2, None);
}

/// Two lists of which some addresses are in both, and two accounts of one address.
fn crowd(world: &World) -> Vec<String> {
    let number = "WITH RECURSIVE number(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM number \
                  WHERE n < 129)";
    let id = "'AAAAAAAAAAAAAAAAAAA' || substr('ABCDEFGHIJKLMNOPQRSTUVWXYZ', 1 + n / 26, 1) || \
              substr('ABCDEFGHIJKLMNOPQRSTUVWXYZ', 1 + n % 26, 1) || 'A'";
    let accounts = format!(
        "{number} INSERT INTO accounts (id, issuer, subject, name, email, created_at) \
         SELECT {id}, 'x', n, 'x', 'P' || (n / 2 * 2) || '@example.com', 1 FROM number"
    );
    let agreed = "INSERT INTO consents (account, kind, given_at, version) \
                  SELECT id, 'marketing', 1, 'x' FROM accounts WHERE subject % 2";
    let waitlist = format!(
        "{number} INSERT INTO waitlist (email, source, joined_at, confirmed_at, token) \
         SELECT 'p' || (n * 3) || '@example.com', 'home', 1, 1, {id} FROM number"
    );
    world.with_database(|one| {
        for sql in [accounts.as_str(), agreed, &waitlist] {
            one.connection().execute(sql, []).unwrap();
        }
    });
    let mut all: Vec<_> = (0..130).map(|n| format!("p{}@example.com", n / 2 * 2)).collect();
    all.extend((0..130).map(|n| format!("p{}@example.com", n * 3)));
    all.sort();
    all.dedup();
    all
}

#[test]
fn each_address_is_reached_once_page_by_page_whatever_breaks() {
    let world = World::new();
    let all = crowd(&world);
    write(&world, &draft("both"));
    for fault in [Fault::Before, Fault::After, Fault::KillBefore, Fault::KillAfter] {
        world.script_batch("INSERT INTO mails", fault);
        world.advance_time(60_000);
        let _ = world.cron();
    }
    minutes(&world, 20);
    let mut reached: Vec<_> =
        sent(&world).into_iter().map(|mail| mail.to.to_ascii_lowercase()).collect();
    reached.sort();
    assert_eq!(reached, all);
    let mailing = format!("mailings WHERE written = {} AND finished_at IS NOT NULL", all.len());
    assert_eq!(rows(&world, &mailing), 1);
}

#[test]
fn accounts_are_written_to_once_a_month_at_most() {
    let world = World::new();
    reader(&world, "ada");
    assert_eq!(write(&world, &draft("both")).status, 202);
    let german = json!({"subject": "Mehr", "text": "Neues.", "to": "accounts", "language": "de"});
    world.advance_time(31 * DAY_MS - 1);
    assert_problem(&write(&world, &german), 422, "input_invalid", Some("to"));
    assert_eq!(write(&world, &draft("both")).json(), json!({"is_new": false}));
    let list = json!({"subject": "Mehr", "text": "Neues.", "to": "waitlist"});
    assert_eq!(write(&world, &list).json(), json!({"is_new": true}), "the waitlist is no account");
    world.advance_time(1);
    assert_eq!(write(&world, &german).json(), json!({"is_new": true}));
    let spanish = json!({"subject": "Más", "text": "Novedad.", "to": "both", "language": "es"});
    assert_eq!(write(&world, &spanish).status, 202, "other people read it");
    let log = send(&world, get("/api/operator/log").header("authorization", KEY));
    assert!(log.text().contains("to: both, language: es"), "{}", log.text());
}
