//! An account: a person who signed in, and what that person has decided.

use super::deletion::is_over;
use super::id::AccountId;
use super::image::Format;
use super::language::Language;
use super::order::Owner;
use super::refusal::{Code, Refusal};
use super::time::Millis;

/// The theme that an account keeps for all its devices.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    /// As the system says.
    Auto,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

impl Theme {
    /// Every theme.
    pub const ALL: [Self; 3] = [Self::Auto, Self::Light, Self::Dark];

    /// The theme's name on the wire and in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// Reads the name.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|theme| theme.as_str() == text)
    }
}

/// The stored picture of a person, as Google had it.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Portrait {
    /// Where it lies in R2.
    pub key: String,
    /// Format found from the bytes.
    pub format: Format,
    /// Its size.
    pub bytes: u32,
    /// SHA-256 of its bytes, lower-case hex.
    pub sha256: String,
    /// CRC-32 (IEEE) of the same bytes.
    pub crc32: u32,
}

/// One account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Its id.
    pub id: AccountId,
    /// The person's name, from Google or corrected.
    pub name: String,
    /// The mail address, from Google or corrected; `None` when Google gave no verified one.
    pub email: Option<String>,
    /// The picture, once it was fetched.
    pub portrait: Option<Portrait>,
    /// The language of mails and of a new device.
    pub language: Language,
    /// The theme of a new device.
    pub theme: Theme,
    /// When the person first signed in.
    pub created_at: Millis,
    /// Since when processing is restricted.
    pub restricted_at: Option<Millis>,
    /// Since when the person objects to being counted in statistics.
    pub objected_at: Option<Millis>,
    /// When everything is deleted, if that is scheduled.
    pub deletion_due_at: Option<Millis>,
}

impl Account {
    /// The account as its orders name it. An objection keeps them out of the statistics.
    pub const fn owner(&self) -> Owner {
        Owner { id: self.id, counted: self.objected_at.is_none() }
    }

    /// Refuses what would process anything while processing is restricted.
    pub fn require_processing(&self) -> Result<(), Refusal> {
        if self.restricted_at.is_none() {
            return Ok(());
        }
        Err(Refusal::new(
            Code::ProcessingRestricted,
            "You have restricted processing for your account. Lift the restriction on the account \
             page first.",
        ))
    }

    /// Whether the account's time is over: nothing of it may be read any more.
    pub fn is_over(&self, now: Millis) -> bool {
        is_over(self.deletion_due_at, now)
    }
}
