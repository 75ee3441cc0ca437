//! The accounts table.

use crate::domain::account::{Account, Theme};
use crate::domain::id::AccountId;
use crate::domain::language::Language;
use crate::domain::time::Millis;
use crate::ports::{Arg, Row, Statement};

use super::decode::{
    CorruptRow, int, maybe_int, maybe_json, maybe_text as read_maybe, text as read,
};
use super::{maybe_text, statement, text};

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
