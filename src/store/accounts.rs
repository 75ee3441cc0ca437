//! The accounts table.

use crate::domain::account::{Account, Portrait, Theme};
use crate::domain::account_change::AccountChange;
use crate::domain::id::AccountId;
use crate::domain::language::Language;
use crate::domain::time::Millis;
use crate::ports::{Arg, Row, Statement};

use super::decode::{
    CorruptRow, int, maybe_int, maybe_json, maybe_text as read_maybe, text as read,
};
use super::{maybe_int as maybe_number, maybe_text, statement, text};

/// Who signs in, as the issuer tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arrival<'a> {
    /// Who says so.
    pub issuer: &'a str,
    /// The issuer's id of the person.
    pub subject: &'a str,
    /// The name.
    pub name: &'a str,
    /// The verified mail address.
    pub email: Option<&'a str>,
}

/// The account of this person, made under `id` when there is none; returns the whole row. What the
/// person has corrected here stays. An account whose time is over is no longer this person's.
pub fn arrive(id: AccountId, arrival: &Arrival, language: Language, now: Millis) -> Statement {
    statement(
        "INSERT INTO accounts (id, issuer, subject, name, email, language, created_at) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (issuer, subject) DO UPDATE SET \
         name = iif(name_is_own, name, excluded.name), \
         email = iif(email_is_own, email, excluded.email) RETURNING *",
        vec![
            text(id.to_string()),
            text(arrival.issuer),
            text(arrival.subject),
            text(arrival.name),
            maybe_text(arrival.email),
            text(language.as_str()),
            Arg::Int(now.0),
        ],
    )
}

/// Takes the identity off an account whose time is over and that is not gone yet, so that its
/// person arrives as a new one. **Goes before [`arrive`] in its batch.**
pub fn detach_over(issuer: &str, subject: &str, now: Millis) -> Statement {
    statement(
        "UPDATE accounts SET issuer = '', subject = id WHERE issuer = ?1 AND subject = ?2 \
         AND deletion_due_at <= ?3",
        vec![text(issuer), text(subject), Arg::Int(now.0)],
    )
}

/// One account by id.
pub fn find(id: AccountId) -> Statement {
    statement("SELECT * FROM accounts WHERE id = ?1", vec![text(id.to_string())])
}

/// Writes what the person has decided; what is `None` stays. A name is the person's own then.
pub fn change(id: AccountId, change: &AccountChange, now: Millis) -> Statement {
    statement(
        "UPDATE accounts SET name = coalesce(?2, name), \
         name_is_own = iif(?2 IS NULL, name_is_own, 1), language = coalesce(?3, language), \
         theme = coalesce(?4, theme), \
         objected_at = iif(?5 IS NULL, objected_at, iif(?5, coalesce(objected_at, ?6), NULL)) \
         WHERE id = ?1",
        vec![
            text(id.to_string()),
            maybe_text(change.name.as_deref()),
            maybe_text(change.language.map(Language::as_str)),
            maybe_text(change.theme.map(Theme::as_str)),
            maybe_number(change.objection.map(i64::from)),
            Arg::Int(now.0),
        ],
    )
}

/// Restricts processing; the first moment stays.
pub fn restrict(id: AccountId, now: Millis) -> Statement {
    statement(
        "UPDATE accounts SET restricted_at = ?2 WHERE id = ?1 AND restricted_at IS NULL",
        vec![text(id.to_string()), Arg::Int(now.0)],
    )
}

/// Lifts the restriction.
pub fn lift(id: AccountId) -> Statement {
    statement(
        "UPDATE accounts SET restricted_at = NULL WHERE id = ?1 AND restricted_at IS NOT NULL",
        vec![text(id.to_string())],
    )
}

/// Names the account's portrait before it is stored, in place of the one under `old_key`. As long
/// as its source is unknown the next sign-in fetches it again. Returns a row unless another was
/// quicker.
pub fn name_portrait(id: AccountId, old_key: Option<&str>, portrait: &Portrait) -> Statement {
    statement(
        "UPDATE accounts SET portrait = ?3, portrait_source = NULL WHERE id = ?1 \
         AND json_extract(portrait, '$.key') IS ?2 RETURNING id",
        // Serialising our own plain struct cannot fail.
        vec![
            text(id.to_string()),
            maybe_text(old_key),
            text(serde_json::to_string(portrait).unwrap_or_default()),
        ],
    )
}

/// Notes from where the portrait under this key came, once it is stored. Returns a row unless the
/// account has no such portrait any more.
pub fn note_portrait_source(id: AccountId, key: Option<&str>, source: &str) -> Statement {
    statement(
        "UPDATE accounts SET portrait_source = ?3 WHERE id = ?1 \
         AND json_extract(portrait, '$.key') IS ?2 RETURNING id",
        vec![text(id.to_string()), maybe_text(key), text(source)],
    )
}

/// From where the account's portrait was fetched, as a digest.
pub fn portrait_source(row: &Row) -> Result<Option<&str>, CorruptRow> {
    read_maybe(row, "portrait_source")
}

/// One account.
pub fn account(row: &Row) -> Result<Account, CorruptRow> {
    let millis = |column| Ok(maybe_int(row, column)?.map(Millis));
    Ok(Account {
        id: AccountId::parse(read(row, "id")?).ok_or(CorruptRow("id"))?,
        name: read(row, "name")?.to_owned(),
        email: read_maybe(row, "email")?.map(str::to_owned),
        portrait: maybe_json(row, "portrait")?,
        language: Language::parse(read(row, "language")?).ok_or(CorruptRow("language"))?,
        theme: Theme::parse(read(row, "theme")?).ok_or(CorruptRow("theme"))?,
        created_at: Millis(int(row, "created_at")?),
        restricted_at: millis("restricted_at")?,
        objected_at: millis("objected_at")?,
        deletion_due_at: millis("deletion_due_at")?,
    })
}
