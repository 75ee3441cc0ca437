//! An account as its person sees it.

use serde::Serialize;

use super::account::{Account, Portrait};
use super::consent::{Consent, Kind};
use super::id::SessionId;
use super::session::Session;
use super::time::Millis;

/// Characters of the picture's digest in its address.
const VERSION_CHARS: usize = 12;

/// The answer of `/api/account`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AccountView {
    /// The name.
    pub name: String,
    /// The mail address.
    pub email: Option<String>,
    /// A mail address that waits for its confirmation.
    pub email_change: Option<EmailChangeView>,
    /// Where the picture is, relative to the site.
    pub avatar_url: Option<String>,
    /// When the person first signed in.
    pub created_at: String,
    /// The language of mails and of a new device.
    pub language: &'static str,
    /// The theme of a new device.
    pub theme: &'static str,
    /// Whether news come by mail.
    pub marketing: bool,
    /// What was agreed to and taken back, the newest first.
    pub consents: Vec<ConsentView>,
    /// Since when processing is restricted.
    pub restricted_at: Option<String>,
    /// Since when the person objects to being counted in statistics.
    pub objected_at: Option<String>,
    /// The deletion that is scheduled.
    pub deletion: Option<DeletionView>,
    /// What may be used and what is used of it.
    pub limits: LimitsView,
}

/// A mail address that waits for its confirmation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EmailChangeView {
    /// The address.
    pub email: String,
    /// Until when it can be confirmed.
    pub expires_at: String,
}

/// One consent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ConsentView {
    /// To what.
    pub kind: &'static str,
    /// Which text was shown.
    pub version: String,
    /// When it was given.
    pub given_at: String,
    /// When it was taken back.
    pub withdrawn_at: Option<String>,
}

/// A deletion that is scheduled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DeletionView {
    /// When everything goes.
    pub due_at: String,
}

/// What may be used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LimitsView {
    /// Orders in the window that ends now.
    pub orders: LimitView,
}

/// One limit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LimitView {
    /// How many there are.
    pub limit: u32,
    /// How many are used.
    pub used: u32,
    /// When the oldest use stops counting; `None` when none is used.
    pub resets_at: Option<String>,
}

/// One session of the account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SessionView {
    /// Its name, to end it by; it opens nothing.
    pub id: String,
    /// Browser and system in words; empty when the browser does not say.
    pub device: String,
    /// When it began.
    pub signed_in_at: String,
    /// When it was last used, to the hour.
    pub used_at: String,
    /// Whether it is the one that asks.
    pub current: bool,
}

/// What a restriction has done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RestrictionView {
    /// Since when processing is restricted.
    pub restricted_at: String,
    /// Orders that waited in the queue and were canceled; their tries are free again.
    pub canceled_orders: usize,
}

impl AccountView {
    /// The account with what belongs to it.
    pub fn of(
        account: &Account,
        consents: &[Consent],
        email_change: Option<EmailChangeView>,
        orders: LimitView,
    ) -> Self {
        let is_alive = |one: &&Consent| one.kind == Kind::Marketing && one.withdrawn_at.is_none();
        Self {
            name: account.name.clone(),
            email: account.email.clone(),
            email_change,
            avatar_url: account.portrait.as_ref().map(avatar_url),
            created_at: account.created_at.rfc3339(),
            language: account.language.as_str(),
            theme: account.theme.as_str(),
            marketing: consents.iter().any(|one| is_alive(&one)),
            consents: consents.iter().map(consent).collect(),
            restricted_at: account.restricted_at.map(Millis::rfc3339),
            objected_at: account.objected_at.map(Millis::rfc3339),
            deletion: account.deletion_due_at.map(|at| DeletionView { due_at: at.rfc3339() }),
            limits: LimitsView { orders },
        }
    }
}

fn consent(one: &Consent) -> ConsentView {
    ConsentView {
        kind: one.kind.as_str(),
        version: one.version.clone(),
        given_at: one.given_at.rfc3339(),
        withdrawn_at: one.withdrawn_at.map(Millis::rfc3339),
    }
}

/// The picture's address names its content, so that a browser that keeps it never shows another
/// person's, nor an older one.
pub fn avatar_url(portrait: &Portrait) -> String {
    let version = portrait.sha256.get(..VERSION_CHARS).unwrap_or_default();
    format!("/api/account/portrait?v={version}")
}

impl SessionView {
    /// A session as it looks from the one named `current`.
    pub fn of(session: &Session, current: SessionId) -> Self {
        Self {
            id: session.id.to_string(),
            device: session.device.clone(),
            signed_in_at: session.signed_in_at.rfc3339(),
            used_at: session.used_at.rfc3339(),
            current: session.id == current,
        }
    }
}
