//! Mails, by way of the outbox: a letter is queued in the very batch that causes it, and the cron
//! hands it over.

pub use crate::store::mails::{Recipient, queue};

use crate::domain::account::Account;

impl<'a> Recipient<'a> {
    /// The account at its own address; `None` when it has none.
    pub fn of(account: &'a Account) -> Option<Self> {
        let email = account.email.as_deref()?;
        Some(Self { account: Some(account.id), email, language: account.language })
    }

    /// The same for a mail that is sent although the account is deleted.
    #[must_use]
    pub const fn outliving(self) -> Self {
        Self { account: None, ..self }
    }
}
