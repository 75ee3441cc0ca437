//! Every SQL statement, as data, and the decoding of rows into domain values. No IO: the same
//! text runs on D1 and, in the native tests, on `SQLite`.

pub mod accounts;
pub mod announced;
pub mod consents;
pub mod counts;
pub mod decode;
pub mod deletions;
pub mod email_changes;
pub mod export_rows;
pub mod exports;
pub mod history;
pub mod identity_providers;
pub mod listings;
pub mod mailings;
pub mod mails;
pub mod operator;
pub mod orders;
pub mod provider_status;
pub mod receipts;
pub mod sessions;
pub mod trial;
pub mod waitlist;

use crate::ports::{Arg, Statement};

/// A statement with its parameters.
fn statement(sql: &'static str, args: Vec<Arg>) -> Statement {
    Statement { sql, args }
}

fn text(value: impl Into<String>) -> Arg {
    Arg::Text(value.into())
}

fn maybe_text(value: Option<impl Into<String>>) -> Arg {
    value.map_or(Arg::Null, text)
}

fn maybe_int(value: Option<i64>) -> Arg {
    value.map_or(Arg::Null, Arg::Int)
}
