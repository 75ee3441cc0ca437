//! Receipts of deletions, each under the hash of its claim code.

use crate::domain::id::AccountId;
use crate::domain::receipt::Kept;
use crate::domain::time::Millis;
use crate::ports::{Arg, Row, Statement};

use super::decode::{CorruptRow, int, text as read};
use super::{statement, text};

/// Keeps the receipt of an account whose time is over. **Goes first in the batch that deletes the
/// account**: without such an account, or while it still has orders, its claim is NULL, which
/// violates a constraint and aborts the batch. So that batch happens once, whoever tries it.
pub fn keep(account: AccountId, kept: &Kept, now: Millis) -> Statement {
    statement(
        "INSERT INTO receipts (claim_hash, receipt, expires_at) VALUES ((SELECT deletion_claim \
         FROM accounts WHERE id = ?1 AND deletion_due_at <= ?4 \
         AND NOT EXISTS (SELECT 1 FROM orders WHERE account = ?1)), ?2, ?3)",
        vec![
            text(account.to_string()),
            text(kept.receipt.as_str()),
            Arg::Int(kept.expires_at.0),
            Arg::Int(now.0),
        ],
    )
}

/// The receipt under this hash as long as it waits, for [`kept`].
pub fn find(claim_hash: &str, now: Millis) -> Statement {
    statement(
        "SELECT receipt, expires_at FROM receipts WHERE claim_hash = ?1 AND expires_at > ?2",
        vec![text(claim_hash), Arg::Int(now.0)],
    )
}

/// One row of [`find`].
pub fn kept(row: &Row) -> Result<Kept, CorruptRow> {
    Ok(Kept {
        receipt: read(row, "receipt")?.to_owned(),
        expires_at: Millis(int(row, "expires_at")?),
    })
}

/// Removes the receipts whose time is over.
pub fn purge(now: Millis) -> Statement {
    statement("DELETE FROM receipts WHERE expires_at <= ?1", vec![Arg::Int(now.0)])
}
