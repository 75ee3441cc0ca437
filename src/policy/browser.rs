//! What the site keeps in a visitor's browser.

use super::parties::When;
use super::terms::Term;

/// A cookie.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CookieId {
    /// Who an anonymous visitor is to the trial.
    AnonSid,
    /// The language that was chosen.
    Language,
    /// The theme that was chosen.
    Theme,
    /// Who is signed in.
    Session,
    /// Ties a sign-in to the browser that began it.
    SignIn,
    /// That somebody is signed in, for pages that are the same for everybody.
    SignedIn,
    /// Google Analytics: who a visitor is.
    GoogleAnalytics,
    /// Clarity: who a visitor is.
    ClarityVisitor,
    /// Clarity: which pages are one visit.
    ClarityVisit,
}

/// How long a cookie lives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Life {
    /// So long.
    Term(Term),
    /// As its owner says.
    Days(i64),
}

/// A cookie, and what is to be told of it.
#[derive(Clone, Copy, Debug)]
pub struct Cookie {
    /// Which.
    pub id: CookieId,
    /// Its name.
    pub name: &'static str,
    /// How long it lives.
    pub life: Life,
    /// Whether what was asked for cannot be had without it. Any other waits for consent.
    pub necessary: bool,
    /// When it is set.
    pub when: When,
}

/// Every cookie.
pub const COOKIES: &[Cookie] = &[
    own(CookieId::AnonSid, "__Host-anon_sid", Term::AnonymousOrder, When::Always),
    own(CookieId::Language, "lang", Term::Preference, When::Always),
    own(CookieId::Theme, "theme", Term::Preference, When::Always),
    own(CookieId::Session, "__Host-session", Term::SessionAbsolute, When::Account),
    own(CookieId::SignIn, "__Host-sign_in", Term::SignIn, When::Account),
    own(CookieId::SignedIn, "signed_in", Term::SessionAbsolute, When::Account),
    others(CookieId::GoogleAnalytics, "_ga", 730, When::GoogleAnalytics),
    others(CookieId::ClarityVisitor, "_clck", 365, When::Clarity),
    others(CookieId::ClarityVisit, "_clsk", 1, When::Clarity),
];

const fn own(id: CookieId, name: &'static str, life: Term, when: When) -> Cookie {
    Cookie { id, name, life: Life::Term(life), necessary: true, when }
}

const fn others(id: CookieId, name: &'static str, days: i64, when: When) -> Cookie {
    Cookie { id, name, life: Life::Days(days), necessary: false, when }
}

/// What else a script of ours keeps in a browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum KeptId {
    /// The photo of a person that was used last, if its owner wants that.
    RememberedPhoto,
    /// Style sheets, scripts and the offline page.
    SiteFiles,
    /// Which announcement was read.
    Announcement,
    /// What was said about analytics.
    Consent,
}

/// Which of a browser's stores.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Store {
    /// A cache by name.
    Cache,
    /// `localStorage`.
    Local,
}

/// Something kept in a browser that is no cookie.
#[derive(Clone, Copy, Debug)]
pub struct Kept {
    /// Which.
    pub id: KeptId,
    /// Its name there, up to a part that changes.
    pub name: &'static str,
    /// In which store.
    pub store: Store,
    /// When it is kept.
    pub when: &'static [When],
}

/// Everything kept in a browser that is no cookie.
pub const KEPT: &[Kept] = &[
    Kept {
        id: KeptId::RememberedPhoto,
        name: "last-photo",
        store: Store::Cache,
        when: &[When::Always],
    },
    Kept { id: KeptId::SiteFiles, name: "static-", store: Store::Cache, when: &[When::Always] },
    Kept {
        id: KeptId::Announcement,
        name: "announcement",
        store: Store::Local,
        when: &[When::Always],
    },
    Kept {
        id: KeptId::Consent,
        name: "analytics",
        store: Store::Local,
        when: &[When::GoogleAnalytics, When::Clarity],
    },
];
