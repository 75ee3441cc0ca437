//! Who asked to be told, and whose owner of the address has said so.

use crate::domain::id::{AccountId, WaitlistToken};
use crate::domain::language::Language;
use crate::domain::letter::Letter;
use crate::domain::time::Millis;
use crate::ports::{Arg, Row, Statement};

use super::decode::{CorruptRow, int, maybe_int, maybe_text, text as read};
use super::mails::{BACKLOG_MAX, letter_text};
use super::{statement, text};

/// Somebody who asks to be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Request<'a> {
    /// The address, in the one spelling under which it is stored.
    pub email: &'a str,
    /// The page of the request.
    pub source: &'a str,
    /// The language of the mails.
    pub language: Language,
    /// The secret of the links, unless the entry has one.
    pub token: WaitlistToken,
}

/// One entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The address.
    pub email: String,
    /// The language of its mails.
    pub language: Language,
    /// The secret of its links; `None` for an entry from before it was asked to confirm.
    pub token: Option<WaitlistToken>,
    /// Whether its owner has confirmed it.
    pub is_confirmed: bool,
    /// Whether somebody of this address wants to be left alone: processing is restricted, or the
    /// account will be deleted.
    pub is_silent: bool,
}

/// Notes an address, or that it is asked anew when that was `pause_ms` ago and nobody has confirmed
/// it. Nothing while the outbox is full: whoever floods the list must not hold up other mails.
pub fn join(request: &Request, now: Millis, pause_ms: i64) -> Statement {
    statement(
        "INSERT INTO waitlist (email, source, joined_at, token, language) \
         SELECT ?1, ?2, ?3, ?4, ?5 \
         WHERE (SELECT count(*) FROM (SELECT 1 FROM mails WHERE due_at <= ?3 LIMIT ?6)) < ?6 \
         ON CONFLICT (email) DO UPDATE SET joined_at = excluded.joined_at, \
         token = coalesce(token, excluded.token), language = excluded.language \
         WHERE confirmed_at IS NULL AND (token IS NULL OR joined_at <= ?7)",
        vec![
            text(request.email),
            text(request.source),
            Arg::Int(now.0),
            text(request.token.to_string()),
            text(request.language.as_str()),
            Arg::Int(BACKLOG_MAX),
            Arg::Int(now.plus(-pause_ms).0),
        ],
    )
}

/// Puts the question whether an address is right into the outbox, if [`join`] **before it in its
/// batch** has noted the address just now. Only there the entry's own token is known.
pub fn ask(request: &Request, now: Millis) -> Statement {
    let letter = Letter::WaitlistConfirm { token: request.token.to_string() };
    let cause = now.0.to_string();
    statement(
        "INSERT INTO mails (id, recipient, language, letter, due_at, expires_at) \
         SELECT ?1, email, language, json_set(?2, '$.token', token), ?3, ?4 FROM waitlist \
         WHERE email = ?5 AND joined_at = ?3 AND confirmed_at IS NULL AND token IS NOT NULL \
         ON CONFLICT (id) DO NOTHING",
        vec![
            text(letter.mail_id(request.email, &cause)),
            text(letter_text(&letter)),
            Arg::Int(now.0),
            Arg::Int(now.plus(letter.life_ms()).0),
            text(request.email),
        ],
    )
}

/// Confirms the entry of this token; returns a row when there is one.
pub fn confirm(token: WaitlistToken, now: Millis) -> Statement {
    statement(
        "UPDATE waitlist SET confirmed_at = coalesce(confirmed_at, ?2) WHERE token = ?1 \
         RETURNING 1 AS found",
        vec![text(token.to_string()), Arg::Int(now.0)],
    )
}

/// Removes the entry of this token.
pub fn leave(token: WaitlistToken) -> Statement {
    statement("DELETE FROM waitlist WHERE token = ?1", vec![text(token.to_string())])
}

/// Removes the entry of this account's address.
pub fn leave_as(account: AccountId) -> Statement {
    statement(
        "DELETE FROM waitlist WHERE email = (SELECT lower(email) FROM accounts WHERE id = ?1)",
        vec![text(account.to_string())],
    )
}

/// Removes who was asked to confirm at `before` or earlier and has not.
pub fn purge(before: Millis) -> Statement {
    statement(
        "DELETE FROM waitlist WHERE confirmed_at IS NULL AND joined_at <= ?1 \
         AND token IS NOT NULL",
        vec![Arg::Int(before.0)],
    )
}

/// The entries after this address, in order. (`+` takes the type off a column, which would keep the
/// index of accounts from being used.)
pub fn list_after(email: &str, most: i64) -> Statement {
    statement(
        "SELECT email, language, token, confirmed_at, EXISTS (SELECT 1 FROM accounts \
         WHERE accounts.email IS NOT NULL AND lower(accounts.email) = +waitlist.email \
         AND (restricted_at IS NOT NULL OR deletion_due_at IS NOT NULL)) AS is_silent \
         FROM waitlist WHERE email > ?1 ORDER BY email LIMIT ?2",
        vec![text(email), Arg::Int(most)],
    )
}

/// Gives entries that have no token one, and their week to confirm: `tokens` is a JSON object of
/// tokens by address.
pub fn give_tokens(tokens: String, now: Millis) -> Statement {
    statement(
        "UPDATE waitlist SET joined_at = ?2, \
         token = (SELECT value FROM json_each(?1) WHERE key = email) \
         WHERE email IN (SELECT key FROM json_each(?1)) AND token IS NULL",
        vec![Arg::Text(tokens), Arg::Int(now.0)],
    )
}

/// One row of [`list_after`].
pub fn entry(row: &Row) -> Result<Entry, CorruptRow> {
    let token = maybe_text(row, "token")?;
    let token =
        token.map(|token| WaitlistToken::parse(token).ok_or(CorruptRow("token"))).transpose()?;
    Ok(Entry {
        email: read(row, "email")?.to_owned(),
        language: Language::parse(read(row, "language")?).ok_or(CorruptRow("language"))?,
        token,
        is_confirmed: maybe_int(row, "confirmed_at")?.is_some(),
        is_silent: int(row, "is_silent")? != 0,
    })
}
