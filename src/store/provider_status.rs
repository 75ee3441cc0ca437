//! How the provider answered last.

use crate::domain::time::Millis;
use crate::ports::{Arg, Statement};

use super::{statement, text};

/// Notes the status if it differs from the stored one.
pub fn note(status: &str, now: Millis) -> Statement {
    statement(
        "UPDATE provider_status SET status = ?1, changed_at = ?2 \
         WHERE provider = 'kie' AND status <> ?1",
        vec![text(status), Arg::Int(now.0)],
    )
}

/// The stored status, in column `status`.
pub fn find() -> Statement {
    statement("SELECT status FROM provider_status WHERE provider = 'kie'", vec![])
}
