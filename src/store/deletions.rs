//! Deleting accounts: asked for in the accounts table, done by way of a table that says how far it
//! is.

use crate::domain::deletion::{Schedule, Tally};
use crate::domain::id::AccountId;
use crate::domain::time::Millis;
use crate::ports::{Arg, Row, Statement};

use super::decode::{CorruptRow, int, json, text as read};
use super::{maybe_text, statement, text};

/// How far a deletion is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Guards every change.
    pub version: i64,
    /// What digests are salted with.
    pub salt: String,
    /// The id of the last order that was counted; empty before the first.
    pub counted_until: String,
    /// What was counted.
    pub tally: Tally,
}

/// Schedules the deletion; one that is scheduled keeps its date and gets the new claim. Returns a
/// row for [`schedule_of`] unless it has begun.
pub fn schedule(account: AccountId, schedule: &Schedule, claim_hash: &str) -> Statement {
    statement(
        "UPDATE accounts SET deletion_asked_at = coalesce(deletion_asked_at, ?2), \
         deletion_due_at = coalesce(deletion_due_at, ?3), deletion_claim = ?4 WHERE id = ?1 \
         AND (deletion_due_at IS NULL OR (deletion_due_at > ?2 \
         AND NOT EXISTS (SELECT 1 FROM deletions WHERE account = ?1))) \
         RETURNING deletion_asked_at, deletion_due_at",
        vec![
            text(account.to_string()),
            Arg::Int(schedule.asked_at.0),
            Arg::Int(schedule.due_at.0),
            text(claim_hash),
        ],
    )
}

/// Takes the deletion back. Returns a row when none is scheduled any more, and none when it has
/// begun: clocks differ, so that it has is told by its own row too.
pub fn cancel(account: AccountId, now: Millis) -> Statement {
    statement(
        "UPDATE accounts SET deletion_asked_at = NULL, deletion_due_at = NULL, \
         deletion_claim = NULL, deletion_tried_at = NULL WHERE id = ?1 \
         AND (deletion_due_at IS NULL OR (deletion_due_at > ?2 \
         AND NOT EXISTS (SELECT 1 FROM deletions WHERE account = ?1))) \
         RETURNING id",
        vec![text(account.to_string()), Arg::Int(now.0)],
    )
}

/// Accounts whose time is over, those first that have waited the longest since their turn, as
/// `accounts::account` and [`schedule_of`] read them.
pub fn list_due(now: Millis, most: i64) -> Statement {
    statement(
        "SELECT * FROM accounts WHERE deletion_due_at IS NOT NULL \
         AND coalesce(deletion_tried_at, deletion_due_at) <= ?1 AND deletion_due_at <= ?1 \
         ORDER BY coalesce(deletion_tried_at, deletion_due_at) LIMIT ?2",
        vec![Arg::Int(now.0), Arg::Int(most)],
    )
}

/// Notes that an account has its turn.
pub fn note_turn(account: AccountId, now: Millis) -> Statement {
    statement(
        "UPDATE accounts SET deletion_tried_at = ?2 WHERE id = ?1",
        vec![text(account.to_string()), Arg::Int(now.0)],
    )
}

/// When the deletion of this account was asked for and is due.
pub fn schedule_of(row: &Row) -> Result<Schedule, CorruptRow> {
    Ok(Schedule {
        asked_at: Millis(int(row, "deletion_asked_at")?),
        due_at: Millis(int(row, "deletion_due_at")?),
    })
}

/// Begins to delete an account whose time is over: from now on nothing takes it back.
pub fn begin(account: AccountId, salt: &str, now: Millis) -> Statement {
    statement(
        "INSERT INTO deletions (account, version, salt, counted_until, tally) \
         SELECT id, 1, ?2, '', ?3 FROM accounts WHERE id = ?1 AND deletion_due_at <= ?4 \
         ON CONFLICT (account) DO NOTHING",
        vec![
            text(account.to_string()),
            text(salt),
            text(tally_json(&Tally::default())),
            Arg::Int(now.0),
        ],
    )
}

/// How far the deletion is, for [`progress`].
pub fn find(account: AccountId) -> Statement {
    statement("SELECT * FROM deletions WHERE account = ?1", vec![text(account.to_string())])
}

/// One row of [`find`].
pub fn progress(row: &Row) -> Result<Progress, CorruptRow> {
    Ok(Progress {
        version: int(row, "version")?,
        salt: read(row, "salt")?.to_owned(),
        counted_until: read(row, "counted_until")?.to_owned(),
        tally: json(row, "tally")?,
    })
}

/// Notes what was counted. Returns a row unless somebody else was quicker.
pub fn advance(account: AccountId, next: &Progress) -> Statement {
    statement(
        "UPDATE deletions SET version = ?2, counted_until = ?3, tally = ?4 \
         WHERE account = ?1 AND version = ?2 - 1 RETURNING version",
        vec![
            text(account.to_string()),
            Arg::Int(next.version),
            text(next.counted_until.as_str()),
            text(tally_json(&next.tally)),
        ],
    )
}

/// Orders of the account that are not counted yet, as `orders::order` reads them.
pub fn list_uncounted(account: AccountId, counted_until: &str, most: i64) -> Statement {
    statement(
        "SELECT * FROM orders WHERE account = ?1 AND id > ?2 ORDER BY id LIMIT ?3",
        vec![text(account.to_string()), text(counted_until), Arg::Int(most)],
    )
}

/// Those that are counted.
pub fn list_counted(account: AccountId, counted_until: &str, most: i64) -> Statement {
    statement(
        "SELECT * FROM orders WHERE account = ?1 AND id <= ?2 ORDER BY id LIMIT ?3",
        vec![text(account.to_string()), text(counted_until), Arg::Int(most)],
    )
}

/// Serialising our own plain struct cannot fail.
fn tally_json(tally: &Tally) -> String {
    serde_json::to_string(tally).unwrap_or_default()
}

/// Nobody builds an export of this account any more, and nobody can fetch one. Whoever is building
/// finds another version.
pub fn stop_exports(account: AccountId) -> Statement {
    statement(
        "UPDATE exports SET state = 'expired', wake_at = NULL, progress = json_set(progress, \
         '$.version', progress ->> '$.version' + 1) WHERE account = ?1 \
         AND state IN ('queued', 'building', 'ready')",
        vec![text(account.to_string())],
    )
}

/// All exports of an account, as `exports::export` reads them.
pub fn list_exports(account: AccountId) -> Statement {
    statement("SELECT * FROM exports WHERE account = ?1", vec![text(account.to_string())])
}

/// Tables whose rows go with the account, in the order of the columns of [`count_rows`].
const TABLES: [&str; 7] =
    ["accounts", "sessions", "consents", "email_changes", "exports", "mails", "waitlist"];

/// How many rows of an account there are, for [`rows_by_table`].
pub fn count_rows(account: AccountId, email: Option<&str>) -> Statement {
    statement(
        "SELECT (SELECT count(*) FROM accounts WHERE id = ?1) AS accounts, \
         (SELECT count(*) FROM sessions WHERE account = ?1) AS sessions, \
         (SELECT count(*) FROM consents WHERE account = ?1) AS consents, \
         (SELECT count(*) FROM email_changes WHERE account = ?1) AS email_changes, \
         (SELECT count(*) FROM exports WHERE account = ?1) AS exports, \
         (SELECT count(*) FROM mails WHERE account = ?1) AS mails, \
         (SELECT count(*) FROM waitlist WHERE email = lower(?2)) AS waitlist",
        vec![text(account.to_string()), maybe_text(email)],
    )
}

/// The rows by table, without tables that had none.
pub fn rows_by_table(row: &Row) -> Result<Vec<(&'static str, u64)>, CorruptRow> {
    let mut counts = vec![];
    for table in TABLES {
        let count = u64::try_from(int(row, table)?).map_err(|_| CorruptRow(table))?;
        if count > 0 {
            counts.push((table, count));
        }
    }
    Ok(counts)
}

/// Takes the address of an account off the waitlist: it was given by the same person. The waitlist
/// has its addresses in lower case, an account as its owner writes it.
pub fn leave_waitlist(email: &str) -> Statement {
    statement("DELETE FROM waitlist WHERE email = lower(?1)", vec![text(email)])
}

/// Deletes the account and with it every row that names it.
pub fn delete_account(account: AccountId) -> Statement {
    statement("DELETE FROM accounts WHERE id = ?1", vec![text(account.to_string())])
}
