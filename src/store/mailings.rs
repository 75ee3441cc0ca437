//! What an operator writes to the waitlist and to accounts, page by page.

use crate::domain::language::Language;
use crate::domain::news::{Audience, NEWS_PAUSE_MS};
use crate::domain::time::Millis;
use crate::ports::{Arg, Row, Statement};

use super::decode::{CorruptRow, int, maybe_text as read_maybe, text as read};
use super::{maybe_text, statement, text};

/// One mailing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mailing {
    /// Made of what it says.
    pub id: String,
    /// The subject.
    pub subject: String,
    /// Paragraphs.
    pub text: String,
    /// Whom it is for.
    pub audience: Audience,
    /// In which language they read; `None` for every language.
    pub language: Option<Language>,
    /// Addresses up to this one are done.
    pub after_email: String,
    /// Mails that were put into the outbox.
    pub written: i64,
    /// Entries that were asked to confirm.
    pub asked: i64,
}

/// What one step of a mailing did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step<'a> {
    /// The mailing as it was before.
    pub mailing: &'a Mailing,
    /// Addresses up to this one are done now.
    pub to_email: &'a str,
    /// Mails in this step.
    pub written: i64,
    /// Questions in this step.
    pub asked: i64,
}

/// Notes a mailing; returns a row unless it was asked for before, or accounts that it is for were
/// written to less than [`NEWS_PAUSE_MS`] ago.
pub fn begin(mailing: &Mailing, now: Millis) -> Statement {
    statement(
        "INSERT INTO mailings (id, subject, text, language, asked_at, audience) \
         SELECT ?1, ?2, ?3, ?4, ?5, ?6 WHERE ?6 = 'waitlist' OR NOT EXISTS (SELECT 1 \
         FROM mailings WHERE audience <> 'waitlist' AND asked_at > ?7 \
         AND (language IS NULL OR ?4 IS NULL OR language = ?4)) \
         ON CONFLICT (id) DO NOTHING RETURNING id",
        vec![
            text(mailing.id.as_str()),
            text(mailing.subject.as_str()),
            text(mailing.text.as_str()),
            maybe_text(mailing.language.map(Language::as_str)),
            Arg::Int(now.0),
            text(mailing.audience.as_str()),
            Arg::Int(now.plus(-NEWS_PAUSE_MS).0),
        ],
    )
}

/// Whether this mailing is known; returns a row if it is.
pub fn find(id: &str) -> Statement {
    statement("SELECT id FROM mailings WHERE id = ?1", vec![text(id)])
}

/// The mailing that is next, as [`mailing`] reads it.
pub fn find_unfinished() -> Statement {
    statement("SELECT * FROM mailings WHERE finished_at IS NULL ORDER BY asked_at LIMIT 1", vec![])
}

/// Puts the mails of a step into the outbox, unless the step was done before. **Goes before
/// [`advance`] in its batch.** `mails` is a JSON list of what `mails::row` makes. To an account
/// that was deleted meanwhile there is none.
pub fn write(step: &Step, mails: String) -> Statement {
    statement(
        "INSERT INTO mails (id, account, recipient, language, letter, due_at, expires_at) \
         SELECT value ->> 'id', value ->> 'account', value ->> 'recipient', \
         value ->> 'language', value ->> 'letter', value ->> 'due_at', value ->> 'expires_at' \
         FROM json_each(?1) WHERE (SELECT after_email FROM mailings WHERE id = ?2) = ?3 \
         AND (value ->> 'account' IS NULL OR value ->> 'account' IN (SELECT id FROM accounts)) \
         ON CONFLICT (id) DO NOTHING",
        vec![
            Arg::Text(mails),
            text(step.mailing.id.as_str()),
            text(step.mailing.after_email.as_str()),
        ],
    )
}

/// Notes that a step is done.
pub fn advance(step: &Step) -> Statement {
    statement(
        "UPDATE mailings SET after_email = ?3, written = written + ?4, asked = asked + ?5 \
         WHERE id = ?1 AND after_email = ?2",
        vec![
            text(step.mailing.id.as_str()),
            text(step.mailing.after_email.as_str()),
            text(step.to_email),
            Arg::Int(step.written),
            Arg::Int(step.asked),
        ],
    )
}

/// Notes that the whole list is done; returns a row the first time. No address stays.
pub fn finish(id: &str, now: Millis) -> Statement {
    statement(
        "UPDATE mailings SET finished_at = ?2, after_email = '' \
         WHERE id = ?1 AND finished_at IS NULL RETURNING id",
        vec![text(id), Arg::Int(now.0)],
    )
}

/// Forgets mailings that were finished at `before` or earlier.
pub fn purge(before: Millis) -> Statement {
    statement("DELETE FROM mailings WHERE finished_at <= ?1", vec![Arg::Int(before.0)])
}

/// One row.
pub fn mailing(row: &Row) -> Result<Mailing, CorruptRow> {
    let language = read_maybe(row, "language")?;
    let language =
        language.map(|name| Language::parse(name).ok_or(CorruptRow("language"))).transpose()?;
    Ok(Mailing {
        id: read(row, "id")?.to_owned(),
        subject: read(row, "subject")?.to_owned(),
        text: read(row, "text")?.to_owned(),
        audience: Audience::parse(read(row, "audience")?).ok_or(CorruptRow("audience"))?,
        language,
        after_email: read(row, "after_email")?.to_owned(),
        written: int(row, "written")?,
        asked: int(row, "asked")?,
    })
}
