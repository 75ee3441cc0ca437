//! The `email_changes` table: mail addresses that wait for their confirmation. A row whose address
//! is empty waits for nothing and only remembers how often the account has asked.

use crate::domain::id::AccountId;
use crate::domain::language::Language;
use crate::domain::letter::Letter;
use crate::domain::time::Millis;
use crate::ports::{Arg, Row, Statement};

use super::decode::{CorruptRow, int, maybe_text as read_maybe, text as read};
use super::mails::{Recipient, letter_text};
use super::{maybe_text, statement, text};

/// A mail address that waits for its confirmation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EmailChange {
    /// Whose it would be.
    pub account: AccountId,
    /// The address; empty when nothing waits.
    pub email: String,
    /// Until when.
    pub expires_at: Millis,
    /// How often the account has asked.
    pub asked: i64,
}

/// Notes what is wanted, in place of what was wanted before, unless the account has asked too
/// often. A row whose time is over counts for nothing. Returns a row when it was noted.
pub fn ask(
    account: AccountId,
    email: &str,
    token_hash: &str,
    now: Millis,
    expires_at: Millis,
    asked_max: u32,
) -> Statement {
    statement(
        "INSERT INTO email_changes (account, email, token_hash, expires_at) \
         VALUES (?1, ?2, ?3, ?5) ON CONFLICT (account) DO UPDATE SET email = excluded.email, \
         token_hash = excluded.token_hash, expires_at = excluded.expires_at, \
         asked = iif(email_changes.expires_at <= ?4, 1, email_changes.asked + 1) \
         WHERE email_changes.expires_at <= ?4 OR email_changes.asked < ?6 RETURNING account",
        vec![
            text(account.to_string()),
            text(email),
            text(token_hash),
            Arg::Int(now.0),
            Arg::Int(expires_at.0),
            Arg::Int(i64::from(asked_max)),
        ],
    )
}

/// Puts the mail with the link into the outbox, if [`ask`] **before it in its batch** has noted the
/// wish: of wishes at one time those beyond the most that are allowed are not.
pub fn mail(to: &Recipient, letter: &Letter, token_hash: &str, now: Millis) -> Statement {
    statement(
        "INSERT INTO mails (id, account, recipient, language, letter, due_at, expires_at) \
         SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7 FROM email_changes WHERE token_hash = ?8 \
         ON CONFLICT (id) DO NOTHING",
        vec![
            text(letter.mail_id(to.email, token_hash)),
            maybe_text(to.account.map(|id| id.to_string())),
            text(to.email),
            text(to.language.as_str()),
            text(letter_text(letter)),
            Arg::Int(now.0),
            Arg::Int(now.plus(letter.life_ms()).0),
            text(token_hash),
        ],
    )
}

/// Forgets what an account wanted. The token of `nobody_hash` is known to nobody.
pub fn forget(account: AccountId, nobody_hash: &str) -> Statement {
    statement(
        "UPDATE email_changes SET email = '', token_hash = ?2 WHERE account = ?1",
        vec![text(account.to_string()), text(nobody_hash)],
    )
}

/// What an account waits for.
pub fn find(account: AccountId) -> Statement {
    statement(
        "SELECT account, email, expires_at, asked FROM email_changes WHERE account = ?1",
        vec![text(account.to_string())],
    )
}

/// What waits for this token, with the address that the account has now as `old_email`, and its
/// `language`.
pub fn find_by_token(token_hash: &str, now: Millis) -> Statement {
    statement(
        "SELECT account, email_changes.email, expires_at, asked, accounts.email AS old_email, \
         language FROM email_changes JOIN accounts ON accounts.id = account \
         WHERE token_hash = ?1 AND expires_at > ?2 AND email_changes.email <> '' \
         AND (deletion_due_at IS NULL OR deletion_due_at > ?2)",
        vec![text(token_hash), Arg::Int(now.0)],
    )
}

/// Gives the account the address that waits for this token. **Goes before [`take`] in its batch.**
pub fn confirm(token_hash: &str, now: Millis) -> Statement {
    statement(
        "UPDATE accounts SET email_is_own = 1, email = (SELECT email FROM email_changes \
         WHERE token_hash = ?1) WHERE id = (SELECT account FROM email_changes \
         WHERE token_hash = ?1 AND expires_at > ?2 AND email <> '')",
        vec![text(token_hash), Arg::Int(now.0)],
    )
}

/// Lets the waitlist have the new address in place of the old one, if it has that. **Goes before
/// [`take`] in its batch.** Where it has both, the one that somebody has confirmed counts.
pub fn follow(token_hash: &str, old: &str, now: Millis) -> Statement {
    statement(
        "UPDATE OR REPLACE waitlist SET email = lower(change.email), confirmed_at = \
         coalesce(confirmed_at, (SELECT confirmed_at FROM waitlist AS both \
         WHERE both.email = lower(change.email))) \
         FROM (SELECT email FROM email_changes WHERE token_hash = ?1 AND expires_at > ?3 \
         AND email <> '') AS change WHERE waitlist.email = lower(?2)",
        vec![text(token_hash), text(old), Arg::Int(now.0)],
    )
}

/// Takes the wish of this token: it is good once. Returns a row when it was there; what stays only
/// remembers how often the account has asked. The token of `nobody_hash` is known to nobody.
pub fn take(token_hash: &str, nobody_hash: &str, now: Millis) -> Statement {
    statement(
        "UPDATE email_changes SET email = '', token_hash = ?2 WHERE token_hash = ?1 \
         AND expires_at > ?3 AND email <> '' RETURNING account",
        vec![text(token_hash), text(nobody_hash), Arg::Int(now.0)],
    )
}

/// Removes what nobody has confirmed in time.
pub fn purge(now: Millis) -> Statement {
    statement("DELETE FROM email_changes WHERE expires_at <= ?1", vec![Arg::Int(now.0)])
}

/// One row.
pub fn email_change(row: &Row) -> Result<EmailChange, CorruptRow> {
    Ok(EmailChange {
        account: AccountId::parse(read(row, "account")?).ok_or(CorruptRow("account"))?,
        email: read(row, "email")?.to_owned(),
        expires_at: Millis(int(row, "expires_at")?),
        asked: int(row, "asked")?,
    })
}

/// The language of the account, of a row of [`find_by_token`].
pub fn language(row: &Row) -> Result<Language, CorruptRow> {
    Language::parse(read(row, "language")?).ok_or(CorruptRow("language"))
}

/// The address that the account has now, of a row of [`find_by_token`].
pub fn old_email(row: &Row) -> Result<Option<&str>, CorruptRow> {
    read_maybe(row, "old_email")
}
