//! What an operator looks at and sends, and the notes of it.

use crate::domain::time::Millis;
use crate::ports::{Arg, Row, Statement};

use super::decode::{CorruptRow, int, text as read};
use super::{statement, text};

/// Rows that a count goes up to; beyond, it is "this many or more".
pub const COUNTED_MAX: i64 = 10_000;

/// One note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// When.
    pub at: Millis,
    /// Its id, which with the moment makes its place in the log.
    pub id: String,
    /// What was done, in a fixed word.
    pub action: String,
    /// What belongs to it, without personal data.
    pub detail: String,
}

/// Notes what an operator does.
pub fn note(note: &Note) -> Statement {
    statement(
        "INSERT INTO operator_log (at, id, action, detail) VALUES (?1, ?2, ?3, ?4)",
        vec![
            Arg::Int(note.at.0),
            text(note.id.as_str()),
            text(note.action.as_str()),
            text(note.detail.as_str()),
        ],
    )
}

/// The notes of before this moment, the newest first.
pub fn list_notes(before: Millis, most: i64) -> Statement {
    statement(
        "SELECT at, id, action, detail FROM operator_log WHERE at < ?1 ORDER BY at DESC LIMIT ?2",
        vec![Arg::Int(before.0), Arg::Int(most)],
    )
}

/// How many there are of each thing, in one row; each at most [`COUNTED_MAX`].
pub fn count(now: Millis) -> Statement {
    statement(
        "SELECT \
         (SELECT count(*) FROM (SELECT 1 FROM accounts WHERE id > '' LIMIT ?1)) AS accounts, \
         (SELECT count(*) FROM (SELECT 1 FROM accounts WHERE deletion_due_at > 0 LIMIT ?1)) \
         AS deletions, \
         (SELECT count(*) FROM (SELECT 1 FROM waitlist WHERE email > '' LIMIT ?1)) AS waitlist, \
         (SELECT count(*) FROM (SELECT 1 FROM waitlist WHERE confirmed_at IS NULL \
         AND joined_at > 0 LIMIT ?1)) AS unconfirmed, \
         (SELECT count(*) FROM (SELECT 1 FROM mails WHERE due_at > 0 LIMIT ?1)) AS mails, \
         (SELECT count(*) FROM (SELECT 1 FROM mails WHERE due_at <= ?2 LIMIT ?1)) AS mails_due, \
         (SELECT count(*) FROM (SELECT 1 FROM mailings WHERE finished_at IS NULL LIMIT ?1)) \
         AS mailings",
        vec![Arg::Int(COUNTED_MAX), Arg::Int(now.0)],
    )
}

/// One row of [`list_notes`].
pub fn read_note(row: &Row) -> Result<Note, CorruptRow> {
    Ok(Note {
        at: Millis(int(row, "at")?),
        id: read(row, "id")?.to_owned(),
        action: read(row, "action")?.to_owned(),
        detail: read(row, "detail")?.to_owned(),
    })
}
