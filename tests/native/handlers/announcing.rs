//! Announcements by mail: everybody who has an account, each once, before the change holds.

use anytryon::domain::time::DAY_MS;
use anytryon::policy::announcements::ANNOUNCEMENTS;

use super::mails::{minutes, rows, sent};
use crate::world::{Browser, Fault, World};

/// Accounts that were there long ago, the last one without an address.
fn crowd(world: &World, number: i64) {
    let sql = "WITH RECURSIVE number(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM number \
               WHERE n < ?1) INSERT INTO accounts (id, issuer, subject, name, email, language, \
               created_at) SELECT printf('%021d', n) || 'A', 'issuer', 's' || n, 'N', \
               iif(n = ?1, NULL, 'p' || n || '@example.com'), iif(n % 2, 'de', 'en'), 1 \
               FROM number";
    world.with_database(|one| one.connection().execute(sql, [number]).unwrap());
}

/// The first moment of the announcement.
fn publish(world: &World) {
    let news = &ANNOUNCEMENTS[0];
    world.advance_time(news.published.begins().0 - world.clock().0);
}

#[test]
fn everybody_with_an_account_gets_one_mail_whatever_breaks() {
    let world = World::new();
    crowd(&world, 120);
    minutes(&world, 3);
    assert_eq!((sent(&world).len(), rows(&world, "announced")), (0, 0), "not before its day");
    publish(&world);
    let _late = Browser::of(&world, "ada");
    for fault in [Fault::Before, Fault::After, Fault::KillBefore, Fault::KillAfter] {
        world.script_batch("INSERT INTO mails", fault);
        world.advance_time(60_000);
        let _ = world.cron();
    }
    minutes(&world, 12);
    let mut reached: Vec<_> = sent(&world).into_iter().map(|mail| mail.to).collect();
    assert_eq!(reached.len(), 120);
    reached.sort();
    reached.dedup();
    assert_eq!(reached.len(), 120, "each once, and nobody who came later");
    let german = sent(&world).into_iter().find(|mail| mail.to == "p1@example.com").unwrap();
    assert_eq!(german.subject, ANNOUNCEMENTS[0].title.de);
    assert!(german.text.contains("https://anytryon.example/de/privacy"), "{}", german.text);
    assert!(
        german.text.contains("https://anytryon.example/de/account"),
        "what can be switched off"
    );
    world.advance_time(DAY_MS);
    minutes(&world, 3);
    assert_eq!(sent(&world).len(), 120);
    assert_eq!(rows(&world, "announced WHERE finished_at > 0 AND next_account = ''"), 1);
}

#[test]
fn who_is_deleted_meanwhile_is_not_written_to() {
    let world = World::new();
    crowd(&world, 3);
    let sql = "UPDATE accounts SET deletion_asked_at = 1, deletion_due_at = 2, deletion_claim = 'x' \
               WHERE email = 'p1@example.com'";
    world.with_database(|one| one.connection().execute(sql, []).unwrap());
    publish(&world);
    minutes(&world, 1);
    let sql = "DELETE FROM accounts WHERE email = 'p0@example.com'";
    world.with_database(|one| one.connection().execute(sql, []).unwrap());
    minutes(&world, 3);
    let reached: Vec<_> = sent(&world).into_iter().map(|mail| mail.to).collect();
    assert_eq!(reached, ["p2@example.com"]);
}
