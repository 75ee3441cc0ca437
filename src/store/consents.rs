//! The consents table.

use serde_json::Value;

use crate::domain::consent::{BY_SIGNING_IN, Consent, Kind};
use crate::domain::id::AccountId;
use crate::domain::language::Language;
use crate::domain::time::Millis;
use crate::ports::{Arg, Row, Statement};

use super::decode::{CorruptRow, int, maybe_int, text as read};
use super::{statement, text};

/// Most consents that an account is shown.
pub const CONSENTS_MAX: i64 = 50;

/// Notes a consent, unless the same one is alive already.
pub fn give(account: AccountId, kind: Kind, version: &str, now: Millis) -> Statement {
    statement(
        "INSERT INTO consents (account, kind, given_at, version) SELECT ?1, ?2, ?3, ?4 \
         WHERE NOT EXISTS (SELECT 1 FROM consents WHERE account = ?1 AND kind = ?2 \
         AND version = ?4 AND withdrawn_at IS NULL) ON CONFLICT DO NOTHING",
        vec![text(account.to_string()), text(kind.as_str()), Arg::Int(now.0), text(version)],
    )
}

/// Notes what a person accepts by signing in, each of it once for each version. **Goes after
/// `accounts::arrive` in its batch.**
pub fn accept(issuer: &str, subject: &str, version: &str, now: Millis) -> Statement {
    let kinds = Value::from(BY_SIGNING_IN.map(Kind::as_str).to_vec());
    statement(
        "INSERT INTO consents (account, kind, given_at, version) \
         SELECT accounts.id, value, ?4, ?5 FROM accounts, json_each(?3) \
         WHERE issuer = ?1 AND subject = ?2 AND NOT EXISTS (SELECT 1 FROM consents \
         WHERE account = accounts.id AND kind = value AND version = ?5) ON CONFLICT DO NOTHING",
        vec![
            text(issuer),
            text(subject),
            Arg::Text(kinds.to_string()),
            Arg::Int(now.0),
            text(version),
        ],
    )
}

/// Notes that every consent of this kind is taken back.
pub fn withdraw(account: AccountId, kind: Kind, now: Millis) -> Statement {
    statement(
        "UPDATE consents SET withdrawn_at = ?3 WHERE account = ?1 AND kind = ?2 \
         AND withdrawn_at IS NULL",
        vec![text(account.to_string()), text(kind.as_str()), Arg::Int(now.0)],
    )
}

/// An account as a mailing sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reader {
    /// The account.
    pub id: AccountId,
    /// Its address.
    pub email: String,
    /// The same in the one spelling by which addresses are compared and sorted.
    pub address: String,
    /// Its language.
    pub language: Language,
    /// Whether its owner wants news: they are switched on, processing is not restricted, and no
    /// deletion is scheduled.
    pub agrees: bool,
}

/// The accounts whose addresses come after this one, in order, as [`reader`] reads them.
pub fn list_readers_after(address: &str, most: i64) -> Statement {
    statement(
        "SELECT id, email, lower(email) AS address, language, restricted_at IS NULL \
         AND deletion_due_at IS NULL AND EXISTS (SELECT 1 FROM consents \
         WHERE account = accounts.id AND kind = 'marketing' AND withdrawn_at IS NULL) AS agrees \
         FROM accounts WHERE email IS NOT NULL AND lower(email) > ?1 \
         ORDER BY lower(email) LIMIT ?2",
        vec![text(address), Arg::Int(most)],
    )
}

/// One row of [`list_readers_after`].
pub fn reader(row: &Row) -> Result<Reader, CorruptRow> {
    Ok(Reader {
        id: AccountId::parse(read(row, "id")?).ok_or(CorruptRow("id"))?,
        email: read(row, "email")?.to_owned(),
        address: read(row, "address")?.to_owned(),
        language: Language::parse(read(row, "language")?).ok_or(CorruptRow("language"))?,
        agrees: int(row, "agrees")? != 0,
    })
}

/// The consents of an account, the newest of each kind first.
pub fn list(account: AccountId) -> Statement {
    statement(
        "SELECT kind, version, given_at, withdrawn_at FROM consents WHERE account = ?1 \
         ORDER BY kind DESC, given_at DESC LIMIT ?2",
        vec![text(account.to_string()), Arg::Int(CONSENTS_MAX)],
    )
}

/// One consent.
pub fn consent(row: &Row) -> Result<Consent, CorruptRow> {
    Ok(Consent {
        kind: Kind::parse(read(row, "kind")?).ok_or(CorruptRow("kind"))?,
        version: read(row, "version")?.to_owned(),
        given_at: Millis(int(row, "given_at")?),
        withdrawn_at: maybe_int(row, "withdrawn_at")?.map(Millis),
    })
}
