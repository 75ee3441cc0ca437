//! What a person has agreed to, when, and which text was shown.

use super::time::Millis;

/// What is agreed to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The terms.
    Terms,
    /// The privacy policy.
    Privacy,
    /// News by mail.
    Marketing,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::Terms, Self::Privacy, Self::Marketing];

    /// Its name on the wire and in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Terms => "terms",
            Self::Privacy => "privacy",
            Self::Marketing => "marketing",
        }
    }

    /// Reads the name.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }
}

/// What is accepted by signing in, as the sentence beside every link to it says.
pub const BY_SIGNING_IN: [Kind; 2] = [Kind::Terms, Kind::Privacy];

/// Which text stands beside the switch for news by mail. Whoever changes the meaning of that text
/// gives it another name: what was agreed to is this one.
pub const MARKETING_VERSION: &str = "2026-11-01";

/// One consent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Consent {
    /// To what.
    pub kind: Kind,
    /// Which text was shown.
    pub version: String,
    /// When it was given.
    pub given_at: Millis,
    /// When it was taken back.
    pub withdrawn_at: Option<Millis>,
}
