//! How far an announcement has been mailed to the accounts.

use crate::domain::id::AccountId;
use crate::domain::language::Language;
use crate::domain::time::Millis;
use crate::ports::{Arg, Row, Statement};

use super::decode::{CorruptRow, maybe_int, maybe_text, text as read};
use super::{statement, text};

/// How far one announcement is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Accounts from here on have not been written to.
    pub next_account: String,
    /// Whether everybody has.
    pub is_finished: bool,
}

/// Whom an announcement is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reader {
    /// The account.
    pub id: AccountId,
    /// Its address.
    pub email: Option<String>,
    /// Its language.
    pub language: Language,
    /// Whether it was there at that moment, and is not over.
    pub is_meant: bool,
}

/// Notes that an announcement is to be mailed, once.
pub fn begin(announcement: &str) -> Statement {
    statement(
        "INSERT INTO announced (announcement, next_account) VALUES (?1, '') \
         ON CONFLICT (announcement) DO NOTHING",
        vec![text(announcement)],
    )
}

/// How far it is, as [`progress`] reads it.
pub fn find(announcement: &str) -> Statement {
    statement(
        "SELECT next_account, finished_at FROM announced WHERE announcement = ?1",
        vec![text(announcement)],
    )
}

/// The accounts from this one on, in order. Meant is who had one when it was published and still
/// has it: who comes later is told at the door.
pub fn list_readers(from: &str, published: Millis, now: Millis, most: i64) -> Statement {
    statement(
        "SELECT id, email, language, created_at < ?2 AND (deletion_due_at IS NULL \
         OR deletion_due_at > ?3) AS is_meant FROM accounts WHERE id >= ?1 ORDER BY id LIMIT ?4",
        vec![text(from), Arg::Int(published.0), Arg::Int(now.0), Arg::Int(most)],
    )
}

/// Puts the mails of one page into the outbox, unless that was done before; `mails` is a JSON list
/// of what `mails::row` makes. **Goes before [`advance`] in its batch.** Of an account that was
/// deleted meanwhile there is none.
pub fn write(announcement: &str, from: &str, mails: String) -> Statement {
    statement(
        "INSERT INTO mails (id, account, recipient, language, letter, due_at, expires_at) \
         SELECT value ->> 'id', value ->> 'account', value ->> 'recipient', \
         value ->> 'language', value ->> 'letter', value ->> 'due_at', value ->> 'expires_at' \
         FROM json_each(?1) WHERE (SELECT next_account FROM announced WHERE announcement = ?2) \
         = ?3 AND value ->> 'account' IN (SELECT id FROM accounts) ON CONFLICT (id) DO NOTHING",
        vec![Arg::Text(mails), text(announcement), text(from)],
    )
}

/// Notes that a page is done; without a next one it was the last.
pub fn advance(announcement: &str, from: &str, next: Option<&str>, now: Millis) -> Statement {
    statement(
        "UPDATE announced SET next_account = coalesce(?3, ''), \
         finished_at = iif(?3 IS NULL, ?4, NULL) WHERE announcement = ?1 AND next_account = ?2 \
         AND finished_at IS NULL",
        vec![text(announcement), text(from), super::maybe_text(next), Arg::Int(now.0)],
    )
}

/// The row of [`find`].
pub fn progress(row: &Row) -> Result<Progress, CorruptRow> {
    Ok(Progress {
        next_account: read(row, "next_account")?.to_owned(),
        is_finished: maybe_int(row, "finished_at")?.is_some(),
    })
}

/// One row of [`list_readers`].
pub fn reader(row: &Row) -> Result<Reader, CorruptRow> {
    Ok(Reader {
        id: AccountId::parse(read(row, "id")?).ok_or(CorruptRow("id"))?,
        email: maybe_text(row, "email")?.map(str::to_owned),
        language: Language::parse(read(row, "language")?).ok_or(CorruptRow("language"))?,
        is_meant: maybe_int(row, "is_meant")?.is_some_and(|meant| meant != 0),
    })
}
