//! What Google publishes about itself, as its documents came.

use crate::domain::time::Millis;
use crate::ports::{Arg, Row, Statement};

use super::decode::{CorruptRow, int, text as read};
use super::{statement, text};

/// The documents as they were fetched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Documents {
    /// The discovery document.
    pub endpoints: String,
    /// The key set.
    pub keys: String,
    /// Until when they hold.
    pub fresh_until: Millis,
}

/// The documents of an issuer.
pub fn find(issuer: &str) -> Statement {
    statement(
        "SELECT endpoints, keys, fresh_until FROM identity_providers WHERE issuer = ?1",
        vec![text(issuer)],
    )
}

/// Claims the right to fetch them: returns a row to one caller, and then to nobody for `pause_ms`.
pub fn claim(issuer: &str, now: Millis, pause_ms: i64) -> Statement {
    statement(
        "INSERT INTO identity_providers (issuer, endpoints, keys, fresh_until, asked_at) \
         VALUES (?1, '{}', '{}', 0, ?2) ON CONFLICT (issuer) DO UPDATE SET asked_at = ?2 \
         WHERE asked_at <= ?3 OR asked_at > ?2 RETURNING issuer",
        vec![text(issuer), Arg::Int(now.0), Arg::Int(now.plus(-pause_ms).0)],
    )
}

/// Keeps what was fetched.
pub fn keep(issuer: &str, documents: &Documents) -> Statement {
    statement(
        "UPDATE identity_providers SET endpoints = ?2, keys = ?3, fresh_until = ?4 \
         WHERE issuer = ?1",
        vec![
            text(issuer),
            text(documents.endpoints.as_str()),
            text(documents.keys.as_str()),
            Arg::Int(documents.fresh_until.0),
        ],
    )
}

/// The documents of a row.
pub fn documents(row: &Row) -> Result<Documents, CorruptRow> {
    Ok(Documents {
        endpoints: read(row, "endpoints")?.to_owned(),
        keys: read(row, "keys")?.to_owned(),
        fresh_until: Millis(int(row, "fresh_until")?),
    })
}
