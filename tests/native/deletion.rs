//! Deleting an account: asked for, taken back, done, and proven.

mod receipt;
mod schedule;

use anytryon::app::visitor::account_hash;
use anytryon::domain::hex::hex;
use anytryon::domain::id::AccountId;
use anytryon::domain::time::{DAY_MS, MINUTE_MS, SECOND_MS};
use anytryon::ports::{MailError, World as _};
use serde_json::{Value, json};

use crate::keep::{owner, place_for};
use crate::world::{Answer, Ask, Browser, Fault, Op, World};

/// Between the request and the deletion.
const DELAY_MS: i64 = 3 * DAY_MS;
/// A subject that no digest happens to contain; name and address have it in them.
const ADA: &str = "ada-lovelace";
const BEN: &str = "ben-franklin";

/// A person with all that an account can have.
struct Person {
    browser: Browser,
    id: AccountId,
}

fn text_of(world: &World, sql: &str) -> String {
    world.with_database(|one| one.connection().query_row(sql, [], |row| row.get(0)).unwrap())
}

fn number(world: &World, sql: &str) -> i64 {
    world.with_database(|one| one.connection().query_row(sql, [], |row| row.get(0)).unwrap())
}

fn execute(world: &World, sql: &str) {
    world.with_database(|one| one.connection().execute_batch(sql).unwrap());
}

fn arrive(world: &World, subject: &str) -> Person {
    let browser = Browser::proven(world, subject);
    let id = text_of(world, &format!("SELECT id FROM accounts WHERE subject = '{subject}'"));
    Person { browser, id: AccountId::parse(&id).unwrap() }
}

/// Orders, one of them in the trash, an export, a portrait, and a row in every table of accounts.
fn furnish(world: &World, person: &Person, subject: &str) {
    let orders: Vec<_> = (0..2).map(|_| place_for(world, owner(person.id)).unwrap().id).collect();
    world.run_until_idle();
    let (id, now) = (person.id, world.now().0);
    let export = format!("{subject}{}A", "E".repeat(21 - subject.len()));
    world.with_files(|files| {
        files.put(&format!("exports/1/{export}"), vec![1; 100]);
        files.put(&format!("exports/1/{export}-half"), vec![1; 7]);
        files.put(&format!("exports/1/{export}-dead"), vec![1; 7]);
    });
    let parts = json!([{"key": format!("exports/1/{export}"), "bytes": 100,
                        "sha256": "ab".repeat(32)}]);
    let progress = json!({"version": 3, "writing": format!("exports/1/{export}-half"),
                          "abandoned": [format!("exports/1/{export}-dead")]});
    execute(
        world,
        &format!(
            "UPDATE accounts SET email = '{}' || substr(email, 2) WHERE id = '{id}'; \
             UPDATE orders SET trashed_at = {now}, keep_at = {now} + 2505600000 \
             WHERE id = '{}'; \
             INSERT INTO exports (account, id, state, parts, progress, requested_at, finished_at, \
             expires_at) VALUES ('{id}', '{export}', 'ready', '{parts}', '{progress}', {now}, \
             {now}, {now} + 604800000); \
             INSERT INTO consents (account, kind, given_at, version) \
             VALUES ('{id}', 'marketing', {now}, 'v1'); \
             INSERT INTO email_changes (account, email, token_hash, expires_at) \
             VALUES ('{id}', 'new-{subject}@example.com', '{}', {now} + 2592000000); \
             INSERT INTO waitlist (email, source, joined_at) \
             VALUES ('{subject}@example.com', '/', {now}); \
             INSERT INTO spent_tries (period, visitor, order_hash, used_at) \
             VALUES ({now} / 86400000 + 3, '{}', 'x', {now})",
            &address(subject)[..1],
            orders[0],
            &hex(subject.as_bytes()).repeat(6)[..64],
            account_hash(id),
        ),
    );
}

/// The mail address of a person as he writes it; the waitlist has it in lower case.
fn address(subject: &str) -> String {
    format!("{}{}@example.com", subject[..1].to_uppercase(), &subject[1..])
}

fn ask(world: &World, browser: &mut Browser) -> Value {
    let answer = browser.send(world, Ask::new("PUT", "/api/account/deletion"));
    assert_eq!(answer.status, 202, "{}", answer.text());
    answer.json()
}

fn cron(world: &World, minutes: usize) {
    for _ in 0..minutes {
        if let Some(swept) = world.cron() {
            swept.unwrap();
        }
        world.advance_time(MINUTE_MS);
    }
}

fn claim(world: &World, code: &str) -> Answer {
    let body = json!({"claim": code}).to_string().into_bytes();
    let ask = Ask::new("POST", "/api/receipts").header("content-type", "application/json");
    crate::site::send(world, ask.body(body))
}

/// To whom this receipt was mailed. A mail has it in lines.
fn mailed(world: &World, receipt: &str) -> Vec<String> {
    let joined = |text: &str| text.split_whitespace().collect::<String>();
    world.with_google(|google| {
        let mails = google.mails.iter().filter(|mail| joined(&mail.text).contains(receipt));
        mails.map(|mail| mail.to.clone()).collect()
    })
}

/// What a receipt says; nothing is verified.
fn payload(receipt: &str) -> Value {
    serde_json::from_str(&anytryon::domain::receipt::readable(receipt).unwrap()).unwrap()
}

fn tables(world: &World) -> Vec<String> {
    world.with_database(|one| {
        let sql = "SELECT name FROM sqlite_master WHERE type = 'table' \
                   AND name NOT LIKE 'sqlite_%' ORDER BY name";
        let mut prepared = one.connection().prepare(sql).unwrap();
        let names = prepared.query_map([], |row| row.get(0)).unwrap();
        names.map(Result::unwrap).collect()
    })
}

/// Every row of a table as text.
fn rows(world: &World, table: &str) -> Vec<String> {
    world.with_database(|one| {
        let mut prepared = one.connection().prepare(&format!("SELECT * FROM {table}")).unwrap();
        let columns = prepared.column_count();
        let rows = prepared.query_map([], |row| {
            let values = (0..columns).map(|at| format!("{:?}", row.get_ref(at).unwrap()));
            Ok(values.collect::<Vec<_>>().join(" "))
        });
        rows.unwrap().map(Result::unwrap).collect()
    })
}

fn keys(world: &World) -> Vec<String> {
    world.with_files(|files| files.keys().cloned().collect())
}

/// Where something that names this person is left: tables and keys.
fn traces(world: &World, id: AccountId, subject: &str) -> Vec<String> {
    let (id, hash) = (id.to_string(), account_hash(id));
    // An address is kept in two spellings, which differ in their first letter.
    let rest = &subject[1..];
    // A value is shown as bytes or text; of bytes nothing here is made.
    let names = |text: &String| [rest, &id, &hash].iter().any(|one| text.contains(&shown(one)));
    let mut found: Vec<String> = vec![];
    for table in tables(world) {
        found.extend(rows(world, &table).iter().filter(|row| names(row)).map(|_| table.clone()));
    }
    let plain = |key: &String| [subject, &id, &hash].iter().any(|one| key.contains(*one));
    found.extend(keys(world).into_iter().filter(plain));
    found
}

/// Text as `rows` shows it: its bytes.
fn shown(text: &str) -> String {
    let bytes: Vec<String> = text.bytes().map(|byte| byte.to_string()).collect();
    bytes.join(", ")
}

#[test]
fn everything_of_the_person_goes_and_nothing_of_anybody_else() {
    let world = World::new();
    let ben = arrive(&world, BEN);
    furnish(&world, &ben, BEN);
    let bens = ["accounts", "orders", "exports", "consents", "email_changes"];
    let before: Vec<_> = bens.iter().map(|table| rows(&world, table)).collect();
    let keys_before = keys(&world);
    let mut ada = arrive(&world, ADA);
    let _elsewhere = Browser::of(&world, ADA);
    furnish(&world, &ada, ADA);
    assert!(traces(&world, ada.id, ADA).len() > 10, "the search sees what is there");
    let asked = ask(&world, &mut ada.browser);
    world.advance_time(DELAY_MS - 1);
    assert_eq!(ada.browser.get(&world, "/api/account").status, 200);
    world.advance_time(1);
    assert_eq!(ada.browser.get(&world, "/api/account").status, 401, "unreadable from then on");
    cron(&world, 1);
    let mine = |key: &&String| !keys_before.contains(key);
    assert_eq!(keys(&world).iter().filter(mine).count(), 0, "no object outlives the minute");
    assert_eq!(claim(&world, asked["claim"].as_str().unwrap()).status, 404, "not done yet");
    world.advance_time(20 * MINUTE_MS);
    cron(&world, 1);
    // The mail is on its way: the one trace, until it is sent.
    assert_eq!(traces(&world, ada.id, ADA), ["mails"]);
    cron(&world, 3);
    assert_eq!(traces(&world, ada.id, ADA), [""; 0]);
    let answer = claim(&world, asked["claim"].as_str().unwrap()).json();
    let receipt = answer["receipt"].as_str().unwrap().to_owned();
    let sent = mailed(&world, &receipt);
    assert_eq!(sent, [address(ADA)], "once, to the right address");
    let after: Vec<_> = bens.iter().map(|table| rows(&world, table)).collect();
    assert_eq!((after, keys(&world)), (before, keys_before));
    assert_eq!(number(&world, "SELECT count(*) FROM receipts"), 1);
    let log = serde_json::to_string(&world.logs()).unwrap();
    assert!(!log.contains(ADA) && !log.contains(&ada.id.to_string()), "the log names nobody");
    let again = arrive(&world, ADA);
    assert_ne!(again.id, ada.id, "whoever comes again is a new person");
    assert_eq!(number(&world, "SELECT count(*) FROM orders"), 2, "with nothing but Ben's orders");
}

#[test]
fn the_address_is_gone_a_day_after_the_deletion_though_nobody_takes_the_mail() {
    let world = World::new();
    let mut ada = arrive(&world, ADA);
    let asked = ask(&world, &mut ada.browser);
    world.advance_time(DELAY_MS - MINUTE_MS);
    cron(&world, 1);
    world.with_google(|one| one.mail_error = Some(MailError::Transient("down".to_owned())));
    let code = asked["claim"].as_str().unwrap();
    while claim(&world, code).status == 404 {
        cron(&world, 1);
    }
    let answer = claim(&world, code).json();
    let says = payload(answer["receipt"].as_str().unwrap());
    let done_at = chrono::DateTime::parse_from_rfc3339(says["done_at"].as_str().unwrap()).unwrap();
    let done_at = done_at.timestamp_millis();
    let outbox = says["copies_elsewhere"][0].clone();
    assert_eq!(outbox["store"], "Outbox");
    let until = chrono::DateTime::parse_from_rfc3339(outbox["until"].as_str().unwrap()).unwrap();
    assert_eq!(until.timestamp_millis(), done_at + DAY_MS);
    while world.clock().0 < done_at + DAY_MS - MINUTE_MS {
        assert_eq!(traces(&world, ada.id, ADA), ["mails"]);
        cron(&world, 1);
    }
    let log = world.logs();
    let tries = log.iter().filter(|one| one["letter"] == "deletion_done").count();
    assert_eq!(tries, 9, "the pauses fit in");
    cron(&world, 2);
    assert_eq!(traces(&world, ada.id, ADA), [""; 0]);
    assert_eq!(mailed(&world, answer["receipt"].as_str().unwrap()), [""; 0]);
}

#[test]
fn a_link_that_was_made_before_shows_nothing_from_the_last_moment_on() {
    let world = World::new();
    let mut ada = arrive(&world, ADA);
    let id = place_for(&world, owner(ada.id)).unwrap().id;
    world.run_until_idle();
    ask(&world, &mut ada.browser);
    world.advance_time(DELAY_MS - 1);
    let view = ada.browser.get(&world, &format!("/api/orders/{id}")).json();
    let url = view["images"][2]["url"].as_str().unwrap().to_owned();
    // Whoever has the link is asked for no session.
    let show = |method: &str| world.request(method, &url, &[], vec![]);
    let before = world.counts();
    assert_eq!(show("GET").status, 200);
    let counts = world.counts().since(&before);
    assert_eq!((counts.of(Op::Database), counts.rows_returned), (1, 1), "one reading of one row");
    world.advance_time(1);
    let condition = [("if-none-match", "*")];
    assert_eq!((show("GET").status, show("HEAD").status), (410, 410));
    assert_eq!(world.request("GET", &url, &condition, vec![]).status, 410);
    assert_eq!(number(&world, "SELECT count(*) FROM orders"), 1, "nobody has swept yet");
    assert_eq!(keys(&world).len(), 3, "two photos in one file, the picture, the portrait");
}

#[test]
fn whoever_comes_again_before_the_rows_are_gone_is_a_new_person_already() {
    let world = World::new();
    let mut ada = arrive(&world, ADA);
    furnish(&world, &ada, ADA);
    ask(&world, &mut ada.browser);
    world.advance_time(DELAY_MS);
    let mut again = arrive(&world, ADA);
    assert_ne!(again.id, ada.id);
    cron(&world, 22);
    assert_eq!(again.browser.get(&world, "/api/account").status, 200);
    assert_eq!(number(&world, "SELECT count(*) FROM accounts"), 1);
    assert_eq!(number(&world, "SELECT count(*) FROM orders"), 0);
}

#[test]
fn an_order_under_way_is_stopped_and_counted() {
    use crate::world::provider::{Calls, Outcome, TaskPlan};
    let world = World::new();
    let mut ada = arrive(&world, ADA);
    let code = ask(&world, &mut ada.browser)["claim"].clone();
    world.advance_time(DELAY_MS - 2 * MINUTE_MS);
    let plan = TaskPlan { outcome: Outcome::Never, calls: Calls::NONE, ..TaskPlan::default() };
    world.script_task(plan);
    place_for(&world, owner(ada.id)).unwrap();
    world.advance_time(2 * MINUTE_MS);
    assert_eq!(number(&world, "SELECT count(*) FROM orders WHERE state = 'submitted'"), 1);
    // One that the browser had placed before its person signed in.
    execute(&world, "UPDATE orders SET visitor = 'hash of a cookie'");
    // One that was let in before is placed while the first is being deleted.
    cron(&world, 2);
    place_for(&world, owner(ada.id)).unwrap();
    cron(&world, 25);
    assert_eq!((number(&world, "SELECT count(*) FROM orders"), keys(&world).len()), (0, 0));
    assert_eq!(number(&world, "SELECT count(*) FROM spent_tries"), 0);
    let receipt = claim(&world, code.as_str().unwrap()).json();
    let says = payload(receipt["receipt"].as_str().unwrap());
    assert_eq!(says["rows_deleted"]["orders"], 2, "{says:#}");
}

#[test]
fn more_orders_than_one_step_takes_go_too() {
    let world = World::new();
    let mut ada = arrive(&world, ADA);
    multiply(&world, &ada);
    let code = ask(&world, &mut ada.browser)["claim"].clone();
    world.advance_time(DELAY_MS + 21 * MINUTE_MS);
    cron(&world, 5);
    assert_eq!((number(&world, "SELECT count(*) FROM orders"), keys(&world).len()), (0, 0));
    let receipt = claim(&world, code.as_str().unwrap()).json();
    let says = payload(receipt["receipt"].as_str().unwrap());
    assert_eq!(says["rows_deleted"]["orders"], 101, "{says:#}");
    assert_eq!(says["objects_deleted"]["count"], 304, "three pictures each, and the portrait");
}

/// Makes 101 orders of one.
fn multiply(world: &World, person: &Person) {
    let made = place_for(world, owner(person.id)).unwrap();
    world.run_until_idle();
    let columns = text_of(
        world,
        "SELECT group_concat(name) FROM pragma_table_info('orders') WHERE name NOT IN ('id')",
    );
    for number in 0..100 {
        let id = format!("{}{number:03}", &made.id.to_string()[..37]);
        execute(
            world,
            &format!(
                "INSERT INTO orders (id, {columns}) SELECT '{id}', {columns} \
                                  FROM orders WHERE id = '{}'",
                made.id
            ),
        );
    }
}

#[test]
fn accounts_that_cannot_be_deleted_hold_up_nobody_else() {
    let world = World::new();
    for number in 0..10 {
        let mut eve = arrive(&world, &format!("eve-{number}"));
        ask(&world, &mut eve.browser);
        place_for(&world, owner(eve.id)).unwrap();
    }
    world.run_until_idle();
    // Nobody can read these rows.
    execute(&world, "UPDATE orders SET images = '{}'");
    world.advance_time(SECOND_MS);
    let mut ada = arrive(&world, ADA);
    let code = ask(&world, &mut ada.browser)["claim"].as_str().unwrap().to_owned();
    world.advance_time(DELAY_MS + 21 * MINUTE_MS);
    cron(&world, 3);
    assert_eq!(claim(&world, &code).status, 200, "she was the last whose time was over");
    assert_eq!(number(&world, "SELECT count(*) FROM accounts"), 10);
    let told = world.logs().into_iter().filter(|line| line["event"] == "account_not_deleted");
    assert_eq!(told.count(), 23, "eight, two and her, and so on by turns");
}

#[test]
fn sweeps_that_run_at_the_same_time_count_and_mail_once() {
    for seed in 1..=4 {
        let world = World::builder(seed).latency_ms(400).build();
        let mut ada = arrive(&world, ADA);
        multiply(&world, &ada);
        let code = ask(&world, &mut ada.browser)["claim"].as_str().unwrap().to_owned();
        world.advance_time(DELAY_MS + 21 * MINUTE_MS);
        for _ in 0..5 {
            for _ in 0..3 {
                let event = world.fresh();
                world.spawn(async move {
                    let _ = anytryon::app::sweep::sweep(&event).await;
                });
            }
            world.advance_time(MINUTE_MS);
        }
        assert_eq!((number(&world, "SELECT count(*) FROM orders"), keys(&world).len()), (0, 0));
        let answer = claim(&world, &code).json();
        let receipt = answer["receipt"].as_str().unwrap();
        assert_eq!(payload(receipt)["objects_deleted"]["count"], 304, "seed {seed}");
        assert_eq!(mailed(&world, receipt).len(), 1, "seed {seed}");
        world.end();
    }
}

/// A deletion that is due, with one of these operations of the sweep that does it all going wrong;
/// the world after some more minutes, and whether the fault was met.
fn interrupted(op: Op, before: usize, fault: Fault) -> (World, String, bool) {
    let world = World::new();
    let mut ada = arrive(&world, ADA);
    furnish(&world, &ada, ADA);
    let code = ask(&world, &mut ada.browser)["claim"].as_str().unwrap().to_owned();
    world.advance_time(DELAY_MS + 21 * MINUTE_MS);
    for _ in 0..before {
        world.script_fault(op, Fault::None);
    }
    world.script_fault(op, fault);
    let counted = world.counts().of(op);
    let _ = world.cron();
    let met = world.counts().of(op) - counted > before as u64;
    for _ in 0..5 {
        world.advance_time(MINUTE_MS);
        let _ = world.cron();
    }
    assert_eq!(number(&world, "SELECT count(*) FROM accounts"), 0, "{op:?} {before} {fault:?}");
    assert_eq!(keys(&world), [""; 0], "{op:?} {before} {fault:?}");
    (world, code, met)
}

#[test]
fn a_deletion_that_dies_at_any_step_ends_and_counts_everything_once() {
    let mut met = 0;
    for op in [Op::Database, Op::DeleteFiles, Op::ListFiles] {
        for fault in [Fault::Before, Fault::After, Fault::KillBefore, Fault::KillAfter] {
            for before in 0.. {
                let (world, code, was_met) = interrupted(op, before, fault);
                if !was_met {
                    world.end();
                    break;
                }
                met += 1;
                let case = format!("{op:?} {before} {fault:?}");
                assert_eq!(number(&world, "SELECT count(*) FROM receipts"), 1, "{case}");
                let answer = claim(&world, &code).json();
                let receipt = answer["receipt"].as_str().unwrap();
                assert_eq!(mailed(&world, receipt), [address(ADA)], "{case}");
                let says = payload(receipt);
                assert_eq!(says["rows_deleted"]["orders"], 2, "{case}");
                // Two times two photos and a picture, the export, the portrait.
                assert_eq!(says["objects_deleted"]["count"], 8, "{case}");
                world.end();
            }
        }
    }
    assert!(met > 40, "{met}");
}
