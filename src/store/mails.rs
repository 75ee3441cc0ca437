//! The outbox: mails that are to be sent. A row is deleted when its mail was taken over, so an
//! address is here for minutes unless nobody takes mails.

use serde_json::{Value, json as value};

use crate::domain::id::AccountId;
use crate::domain::language::Language;
use crate::domain::letter::{FIRST_PAUSE_MS, Letter, PAUSE_MS_MAX};
use crate::domain::time::Millis;
use crate::ports::{Arg, Row, Statement};

use super::decode::{CorruptRow, int, json, maybe_int, text as read};
use super::{maybe_text, statement, text};

/// Mails that are due at most while more are put here that nobody waits for. An hour of mailings
/// cannot hold up the mail that tells of a new sign-in.
pub const BACKLOG_MAX: i64 = 120;

/// Who gets a mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Recipient<'a> {
    /// The account, with which a mail that has not left is deleted; `None` for the waitlist and for
    /// what outlives the account.
    pub account: Option<AccountId>,
    /// The address.
    pub email: &'a str,
    /// The language that the mail is written in.
    pub language: Language,
}

/// A mail that is to be sent now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    /// Its name.
    pub id: String,
    /// The address.
    pub recipient: String,
    /// The language that it is written in.
    pub language: Language,
    /// What it says.
    pub letter: Letter,
    /// Tries so far, with the one that is about to be made.
    pub tries: i64,
    /// When it is no longer worth sending.
    pub expires_at: Millis,
    /// What the waitlist has of the address: nothing, or whether it is confirmed.
    pub waits: Option<bool>,
    /// Whether the account wants news, now; only of such mails.
    pub agrees: bool,
}

/// A letter as the outbox keeps it.
pub(super) fn letter_text(letter: &Letter) -> String {
    // Serialising our own plain enum cannot fail.
    serde_json::to_string(letter).unwrap_or_default()
}

/// Puts a letter into the outbox. Of one cause there is one mail, however often this runs before it
/// has left.
pub fn queue(to: &Recipient, letter: &Letter, cause: &str, now: Millis) -> Statement {
    statement(
        "INSERT INTO mails (id, account, recipient, language, letter, due_at, expires_at) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (id) DO NOTHING",
        vec![
            text(letter.mail_id(to.email, cause)),
            maybe_text(to.account.map(|id| id.to_string())),
            text(to.email),
            text(to.language.as_str()),
            text(letter_text(letter)),
            Arg::Int(now.0),
            Arg::Int(now.plus(letter.life_ms()).0),
        ],
    )
}

/// The same row as JSON, for statements that put many into the outbox.
pub fn row(to: &Recipient, letter: &Letter, cause: &str, now: Millis) -> Value {
    value!({
        "id": letter.mail_id(to.email, cause),
        "account": to.account,
        "recipient": to.email,
        "language": to.language.as_str(),
        "letter": letter_text(letter),
        "due_at": now,
        "expires_at": now.plus(letter.life_ms()),
    })
}

/// One row when a mail is due.
pub fn find_due(now: Millis) -> Statement {
    statement("SELECT 1 AS due FROM mails WHERE due_at <= ?1 LIMIT 1", vec![Arg::Int(now.0)])
}

/// Takes the mails that are due, as [`due`] reads them, and puts each off until it would be tried
/// again: two sweeps at a time never send the same one, and one whose sender dies comes back. It
/// comes back at the end of its time too, to be dropped. What goes to many is behind what tells one
/// person of his account: of what is due there are not many more than [`BACKLOG_MAX`].
pub fn take_due(now: Millis, most: i64) -> Statement {
    statement(
        "UPDATE mails SET tries = tries + 1, \
         due_at = min(expires_at, ?1 + min(?3 << (2 * min(tries, 8)), ?4)) \
         WHERE id IN (SELECT id FROM mails WHERE due_at <= ?1 ORDER BY letter ->> 'kind' \
         IN ('announcement', 'news', 'waitlist', 'waitlist_confirm'), due_at LIMIT ?2) \
         RETURNING *, (SELECT confirmed_at IS NOT NULL FROM waitlist WHERE email = recipient) \
         AS waits, letter ->> 'kind' = 'news' AND EXISTS (SELECT 1 FROM accounts \
         WHERE accounts.id = mails.account AND accounts.email = recipient \
         AND restricted_at IS NULL AND deletion_due_at IS NULL \
         AND EXISTS (SELECT 1 FROM consents WHERE consents.account = accounts.id \
         AND kind = 'marketing' AND withdrawn_at IS NULL)) AS agrees",
        vec![Arg::Int(now.0), Arg::Int(most), Arg::Int(FIRST_PAUSE_MS), Arg::Int(PAUSE_MS_MAX)],
    )
}

/// Removes mails that were taken over, or that never will be.
pub fn delete(ids: &[String]) -> Statement {
    let ids = Value::from(ids).to_string();
    statement(
        "DELETE FROM mails WHERE id IN (SELECT value FROM json_each(?1))",
        vec![Arg::Text(ids)],
    )
}

/// Whether as many mails are due as may be, as [`is_full`] reads it.
pub fn count_due(now: Millis) -> Statement {
    statement(
        "SELECT count(*) >= ?2 AS is_full FROM (SELECT 1 FROM mails WHERE due_at <= ?1 LIMIT ?2)",
        vec![Arg::Int(now.0), Arg::Int(BACKLOG_MAX)],
    )
}

/// The row of [`count_due`].
pub fn is_full(row: &Row) -> Result<bool, CorruptRow> {
    Ok(int(row, "is_full")? != 0)
}

/// One row of [`take_due`].
pub fn due(row: &Row) -> Result<Due, CorruptRow> {
    Ok(Due {
        id: read(row, "id")?.to_owned(),
        recipient: read(row, "recipient")?.to_owned(),
        language: Language::parse(read(row, "language")?).ok_or(CorruptRow("language"))?,
        letter: json(row, "letter")?,
        tries: int(row, "tries")?,
        expires_at: Millis(int(row, "expires_at")?),
        waits: maybe_int(row, "waits")?.map(|waits| waits != 0),
        agrees: int(row, "agrees")? != 0,
    })
}
