//! What the product does, one verb a file: load, decide, commit, act. The only awaiter of ports.

pub mod account;
pub mod account_email;
pub mod account_portrait;
pub mod advance;
pub mod announce;
pub mod ask;
pub mod change;
pub mod claim;
pub mod deletion;
pub mod dispatch;
pub mod export;
pub mod health;
pub mod history;
pub mod identity_provider;
pub mod keep;
pub mod leftovers;
pub mod mailing;
pub mod mails;
pub mod news;
pub mod operator;
pub mod place;
pub mod preview;
pub mod purge;
pub mod read;
pub mod receipt;
pub mod receive_callback;
pub mod session;
pub mod sign_in;
pub mod status;
pub mod sweep;
pub mod trial;
pub mod upload;
pub mod visitor;
pub mod waitlist;
pub mod watch;

use crate::domain::limits::{Policy, Standing};
use crate::domain::refusal::Refusal;
use crate::ports::{CallError, DatabaseError, FileError};
use crate::store::decode::CorruptRow;

/// Why a verb did not do what it was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// An expected no.
    Refused(Refusal),
    /// Too often; the limits and what is left of them.
    Limited(Refusal, Vec<(Policy, Standing)>),
    /// A part of the platform did not answer; the text is for the log.
    Unavailable(String),
    /// A defect: a corrupt row or a broken statement; the text is for the log.
    Broken(String),
}

impl Failure {
    /// What a log may say of it: a code, or the text of the platform; never input.
    pub fn log_text(&self) -> String {
        match self {
            Self::Refused(refusal) | Self::Limited(refusal, _) => refusal.code.as_str().to_owned(),
            Self::Unavailable(text) | Self::Broken(text) => text.clone(),
        }
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<DatabaseError> for Failure {
    fn from(error: DatabaseError) -> Self {
        match error {
            DatabaseError::Transient(text) => Self::Unavailable(format!("database: {text}")),
            DatabaseError::Constraint(text) | DatabaseError::Broken(text) => {
                Self::Broken(format!("database: {text}"))
            }
        }
    }
}

impl From<FileError> for Failure {
    fn from(FileError(text): FileError) -> Self {
        Self::Unavailable(format!("files: {text}"))
    }
}

impl From<CallError> for Failure {
    fn from(error: CallError) -> Self {
        match error {
            CallError::TimedOut => Self::Unavailable("call: timed out".to_owned()),
            CallError::Broken(text) => Self::Unavailable(format!("call: {text}")),
        }
    }
}

impl From<CorruptRow> for Failure {
    fn from(CorruptRow(column): CorruptRow) -> Self {
        Self::Broken(format!("corrupt row: {column}"))
    }
}
