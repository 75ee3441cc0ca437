//! The letters that leave as mails: which there are, and what each of them says.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::hex::hex;
use super::time::{DAY_MS, HOUR_MS, MINUTE_MS, Millis};

/// Pause after the first try of a mail; each later one is four times as long.
pub const FIRST_PAUSE_MS: i64 = MINUTE_MS;
/// The longest pause between two tries.
pub const PAUSE_MS_MAX: i64 = 6 * HOUR_MS;
/// Most tries of one mail.
pub const TRIES_MAX: i64 = 24;

/// How long the longest-lived letter waits for somebody to take it.
pub const WAIT_MS_MAX: i64 = 3 * DAY_MS;
/// How long the last letter to a deleted account does, and with it the last trace of the address.
/// That is time for nine tries. Whoever misses it still has the code for the receipt.
pub const LAST_WAIT_MS: i64 = DAY_MS;

/// One letter with the data that it says, as the outbox keeps it until the mail has left.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Letter {
    /// Somebody signed in to the account.
    NewSignIn {
        /// Browser and system in words; empty when unknown.
        device: String,
        /// When.
        at: Millis,
    },
    /// To an address that an account wants to have: it counts once its owner says so.
    EmailChangeConfirm {
        /// Path and query of our page with the button, without a language.
        path: String,
    },
    /// To the address that an account had until now.
    EmailChanged {
        /// When.
        at: Millis,
    },
    /// The account will be deleted.
    DeletionScheduled {
        /// When.
        due_at: Millis,
    },
    /// The account is deleted; the last mail.
    DeletionDone {
        /// The signed receipt, as it can be verified.
        receipt: String,
    },
    /// "Download my data" has something to download.
    ExportReady {
        /// Until when.
        expires_at: Millis,
    },
    /// To an address that was put on the waitlist: it counts once its owner says so.
    WaitlistConfirm {
        /// The entry's token.
        token: String,
    },
    /// What the operator writes to the confirmed waitlist.
    Waitlist {
        /// The subject.
        subject: String,
        /// Paragraphs with an empty line between them.
        text: String,
        /// The entry's token, which ends these mails.
        token: String,
    },
    /// The same to an account whose owner switched news by mail on.
    News {
        /// The subject.
        subject: String,
        /// Paragraphs with an empty line between them.
        text: String,
        /// What ends these mails.
        token: String,
    },
    /// A change of what is promised, to everybody with an account.
    Announcement {
        /// Its name for ever.
        id: String,
        /// In a few words, in the recipient's language.
        title: String,
        /// One or two sentences in the same.
        text: String,
    },
}

impl Letter {
    /// The letter's name in ids and in the log.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::NewSignIn { .. } => "new_sign_in",
            Self::EmailChangeConfirm { .. } => "email_change_confirm",
            Self::EmailChanged { .. } => "email_changed",
            Self::DeletionScheduled { .. } => "deletion_scheduled",
            Self::DeletionDone { .. } => "deletion_done",
            Self::ExportReady { .. } => "export_ready",
            Self::WaitlistConfirm { .. } => "waitlist_confirm",
            Self::Waitlist { .. } => "waitlist",
            Self::News { .. } => "news",
            Self::Announcement { .. } => "announcement",
        }
    }

    /// How long it is worth sending. Its recipient's address is kept no longer for it.
    pub const fn life_ms(&self) -> i64 {
        match self {
            // A link of these is good for a day at most, and what was done is old news by then.
            Self::NewSignIn { .. }
            | Self::EmailChangeConfirm { .. }
            | Self::WaitlistConfirm { .. } => DAY_MS,
            Self::EmailChanged { .. }
            | Self::DeletionScheduled { .. }
            | Self::ExportReady { .. }
            | Self::Waitlist { .. }
            | Self::News { .. }
            | Self::Announcement { .. } => WAIT_MS_MAX,
            Self::DeletionDone { .. } => LAST_WAIT_MS,
        }
    }

    /// The name of the mail that brings this letter to `recipient` for `cause`: the same cause has
    /// the same name, so that it is written once. Names nobody.
    pub fn mail_id(&self, recipient: &str, cause: &str) -> String {
        let digest = Sha256::new_with_prefix(recipient).chain_update([0]).chain_update(cause);
        let digest = hex(&digest.finalize());
        format!("{}:{}", self.name(), digest.get(..32).unwrap_or_default())
    }
}
