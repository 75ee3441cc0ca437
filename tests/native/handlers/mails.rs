//! The outbox: what causes a mail, that it leaves once, and what becomes of it when it cannot.

use anytryon::app::mails::{self, Recipient};
use anytryon::domain::language::Language;
use anytryon::domain::letter::{Letter, TRIES_MAX};
use anytryon::domain::time::{DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS};
use anytryon::ports::{Mail, MailError, World as _};

use crate::world::{BEGIN, Browser, Fault, Op, World};

/// Mails that were taken over, the oldest first.
pub fn sent(world: &World) -> Vec<Mail> {
    world.with_google(|google| google.mails.clone())
}

/// Rows of a table.
pub fn rows(world: &World, table: &str) -> i64 {
    let sql = format!("SELECT count(*) FROM {table}");
    world.with_database(|one| one.connection().query_row(&sql, [], |row| row.get(0)).unwrap())
}

/// So many minutes with their sweeps.
pub fn minutes(world: &World, number: i64) {
    for _ in 0..number {
        world.advance_time(MINUTE_MS);
        world.cron().unwrap().unwrap();
    }
}

/// Lines of the log with this event.
fn told(world: &World, event: &str) -> usize {
    world.logs().iter().filter(|line| line["event"] == event).count()
}

fn post(world: &World, email: &str, cause: &str) {
    let to = Recipient { account: None, email, language: Language::En };
    let statement = mails::queue(&to, &Letter::EmailChanged { at: BEGIN }, cause, world.clock());
    let event = world.fresh();
    world.block_on(async move { event.database(vec![statement]).await.unwrap() }).unwrap();
}

#[test]
fn a_new_sign_in_is_told_by_mail_and_the_first_one_is_not() {
    let world = World::new();
    let _first = Browser::of(&world, "ada");
    minutes(&world, 1);
    assert_eq!(sent(&world), []);
    world.with_google(|google| google.change = serde_json::json!({"email": null}));
    let _nowhere = Browser::of(&world, "eve");
    let _again = Browser::of(&world, "eve");
    world.with_google(|google| google.change = serde_json::Value::Null);
    let _second = Browser::of(&world, "ada");
    assert_eq!((sent(&world).len(), rows(&world, "mails")), (0, 1), "the cron sends it");
    minutes(&world, 2);
    let mails = sent(&world);
    assert_eq!((mails.len(), rows(&world, "mails")), (1, 0));
    assert_eq!(mails[0].to, "ada@example.com");
    assert_eq!(mails[0].subject, "New sign-in to your AnyTryOn account");
    assert_eq!(mails[0].unsubscribe, None, "it cannot be switched off");
    for part in ["on 2026-11-20 10:01 UTC", "https://anytryon.example/account", "unknown"] {
        assert!(mails[0].text.contains(part), "{part}: {}", mails[0].text);
        assert!(mails[0].html.contains(part), "{part}: {}", mails[0].html);
    }
}

#[test]
fn a_cause_that_is_repeated_is_one_mail() {
    let world = World::new();
    for cause in ["one", "one", "two"] {
        post(&world, "ada@example.com", cause);
    }
    post(&world, "bob@example.com", "one");
    minutes(&world, 1);
    assert_eq!(sent(&world).len(), 3);
}

#[test]
fn a_mail_that_nobody_takes_comes_again_with_growing_pauses_and_is_given_up_in_the_end() {
    let world = World::new();
    world.with_google(|google| google.mail_error = Some(MailError::Transient("ada@x down".into())));
    post(&world, "ada@example.com", "one");
    let (mut tries, mut minute) = (vec![], 0);
    while rows(&world, "mails") == 1 && minute < 5_000 {
        minutes(&world, 1);
        minute += 1;
        if told(&world, "mail_put_off") > tries.len() {
            tries.push(minute);
        }
    }
    assert_eq!(&tries[..6], [1, 2, 6, 22, 86, 342], "in minutes");
    assert_eq!(minute, 3 * DAY_MS / MINUTE_MS, "the address is here for three days at most");
    assert!(i64::try_from(tries.len()).unwrap() <= TRIES_MAX);
    assert_eq!((sent(&world).len(), told(&world, "mail_given_up")), (0, 1));
    let log = format!("{:?}", world.logs());
    assert!(!log.contains("ada@"), "no line names an address");
}

#[test]
fn an_outage_that_ends_loses_no_mail_and_a_refusal_is_final() {
    let world = World::new();
    world.with_google(|google| google.mail_error = Some(MailError::Transient("down".into())));
    for number in 0..20 {
        post(&world, &format!("p{number}@example.com"), "one");
    }
    minutes(&world, 1);
    assert_eq!(told(&world, "mail_put_off"), 6, "one round is enough to see it");
    world.with_google(|google| google.mail_error = None);
    minutes(&world, 5);
    assert_eq!((sent(&world).len(), rows(&world, "mails")), (20, 0));
    world.with_google(|google| google.mail_error = Some(MailError::Refused("no".into())));
    post(&world, "ada@example.com", "one");
    minutes(&world, 1);
    assert_eq!((rows(&world, "mails"), told(&world, "mail_refused")), (0, 1));
}

#[test]
fn who_dies_before_the_hand_over_sends_later_and_after_it_once_more() {
    for (fault, wanted) in [(Fault::KillBefore, 1), (Fault::KillAfter, 2)] {
        let world = World::new();
        post(&world, "ada@example.com", "one");
        world.script_fault(Op::SendMail, fault);
        world.advance_time(MINUTE_MS);
        assert!(world.cron().is_none(), "{fault:?}");
        minutes(&world, 10);
        assert_eq!((sent(&world).len(), rows(&world, "mails")), (wanted, 0), "{fault:?}");
    }
}

#[test]
fn two_sweeps_at_a_time_send_a_mail_once() {
    let world = World::builder(3).latency_ms(500).build();
    for number in 0..30 {
        post(&world, &format!("p{number}@example.com"), "one");
    }
    for _ in 0..2 {
        let event = world.fresh();
        world.spawn(async move { mails::tend(&event).await });
    }
    world.advance_time(MINUTE_MS);
    assert_eq!((sent(&world).len(), rows(&world, "mails")), (30, 0));
}

#[test]
fn one_minute_sends_sixty_mails_at_most_and_waits_for_nobody() {
    let world = World::new();
    for number in 0..70 {
        post(&world, &format!("p{number}@example.com"), "one");
    }
    minutes(&world, 1);
    assert_eq!(sent(&world).len(), 60);
    minutes(&world, 1);
    assert_eq!(sent(&world).len(), 70);
    for number in 0..40 {
        post(&world, &format!("q{number}@example.com"), "one");
        world.script_fault(Op::SendMail, Fault::Slow(5 * SECOND_MS));
    }
    let began = world.elapsed_ms();
    world.cron().unwrap().unwrap();
    assert!(world.elapsed_ms() - began <= mails::SENDING_MS_MAX + 10 * SECOND_MS);
    assert!(sent(&world).len() < 110);
    minutes(&world, 3);
    assert_eq!(sent(&world).len(), 110);
}

#[test]
fn what_tells_of_an_account_goes_before_what_goes_to_many() {
    let world = World::new();
    for number in 0..90 {
        super::waitlist::join(&world, &format!("many{number}@example.com"));
    }
    world.advance_time(SECOND_MS);
    post(&world, "ada@example.com", "one");
    world.cron().unwrap().unwrap();
    let sent = sent(&world);
    assert_eq!(sent.len(), 60);
    assert!(sent[..6].iter().any(|mail| mail.to == "ada@example.com"), "with the first six");
}

#[test]
fn a_mail_goes_with_its_account_unless_it_outlives_it() {
    let world = World::new();
    let _ada = Browser::of(&world, "ada");
    let _again = Browser::of(&world, "ada");
    post(&world, "ada@example.com", "the last act");
    world.with_database(|one| one.connection().execute("DELETE FROM accounts", []).unwrap());
    minutes(&world, 1);
    let subjects: Vec<_> = sent(&world).into_iter().map(|mail| mail.subject).collect();
    assert_eq!(subjects, ["Your address at AnyTryOn was changed"]);
}

#[test]
fn a_row_that_nobody_can_read_is_dropped_and_holds_up_no_other() {
    let world = World::new();
    post(&world, "ada@example.com", "one");
    let sql = "INSERT INTO mails (id, recipient, language, letter, due_at, expires_at) VALUES \
               ('x', 'bob@example.com', 'en', '{\"kind\":\"unheard\"}', 0, 9e15)";
    world.with_database(|one| one.connection().execute(sql, []).unwrap());
    minutes(&world, 1);
    assert_eq!((sent(&world).len(), rows(&world, "mails")), (1, 0));
    assert_eq!(told(&world, "mail_corrupt"), 1);
}

#[test]
fn an_hour_without_a_cron_is_made_up_for() {
    let world = World::new();
    post(&world, "ada@example.com", "one");
    world.advance_time(HOUR_MS);
    world.cron().unwrap().unwrap();
    assert_eq!(sent(&world).len(), 1);
}
