//! Who asked to be told.

use crate::domain::time::Millis;
use crate::ports::{Arg, Statement};

use super::{statement, text};

/// Notes an address once; a second request of it changes nothing.
pub fn join(email: &str, source: &str, now: Millis) -> Statement {
    statement(
        "INSERT INTO waitlist (email, source, joined_at) VALUES (?1, ?2, ?3) \
         ON CONFLICT (email) DO NOTHING",
        vec![text(email), text(source), Arg::Int(now.0)],
    )
}
