//! The page of an account: who the person is, where that person is signed in, and what can be
//! decided.

use askama::Template;

use super::account_exports::ExportsPart;
use super::error::ErrorNotice;
use super::frame::Frame;
use super::message::rendered;
use super::order::{Moment, fill, moment};
use super::script_text::{ScriptText, account_text};
use super::text::Text;
use crate::domain::account::Theme;
use crate::domain::account_view::{AccountView, ConsentView, SessionView};
use crate::domain::consent::Kind;
use crate::domain::language::Language;
use crate::domain::person_name::NAME_CHARS_MAX;
use crate::domain::refusal::Refusal;

const STYLES: [&str; 1] = ["css/account.css"];
const SCRIPTS: [&str; 2] = ["js/site.js", "js/account.js"];

/// A part of the page; its name is its anchor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AccountPart {
    /// Name and picture.
    Profile,
    /// The mail address.
    Email,
    /// Where the person is signed in.
    Sessions,
    /// Language and theme.
    Appearance,
    /// News by mail, and being counted.
    Privacy,
    /// Restriction of processing.
    Restriction,
}

impl AccountPart {
    const ALL: [Self; 6] = [
        Self::Profile,
        Self::Email,
        Self::Sessions,
        Self::Appearance,
        Self::Privacy,
        Self::Restriction,
    ];

    /// Its name in addresses.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Profile => "profile",
            Self::Email => "email",
            Self::Sessions => "sessions",
            Self::Appearance => "appearance",
            Self::Privacy => "privacy",
            Self::Restriction => "restriction",
        }
    }

    /// Reads the name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|part| part.as_str() == name)
    }
}

/// What the page says first: what a form has done, or why it was refused.
#[derive(Default)]
pub struct AccountNotice<'a> {
    done: Option<AccountPart>,
    refused: Option<(AccountPart, ErrorNotice)>,
    typed: &'a [(String, String)],
}

impl<'a> AccountNotice<'a> {
    /// The form of this part has done what it was asked for.
    pub const fn done(part: Option<AccountPart>) -> Self {
        Self { done: part, refused: None, typed: &[] }
    }

    /// The form of this part was refused; it is shown as it was typed.
    pub fn refused(
        text: &Text,
        part: AccountPart,
        refusal: &Refusal,
        typed: &'a [(String, String)],
    ) -> Self {
        Self { done: None, refused: Some((part, ErrorNotice::of(text, refusal, None))), typed }
    }

    fn typed(&self, name: &str) -> Option<&'a str> {
        let found = self.typed.iter().find(|(have, _)| have == name);
        found.map(|(_, value)| value.as_str())
    }
}

struct SessionRow<'a> {
    id: &'a str,
    device: &'a str,
    current: bool,
    used: Moment<'a>,
    begun: Moment<'a>,
}

struct ConsentRow<'a> {
    name: &'static str,
    version: &'a str,
    given: Moment<'a>,
    withdrawn: Option<Moment<'a>>,
}

#[derive(Template)]
#[template(path = "account.html", config = "src/pages/askama.toml")]
struct AccountPage<'a> {
    frame: Frame<'a>,
    text: &'a Text,
    path: &'static str,
    styles: &'static [&'static str],
    scripts: &'static [&'static str],
    account: &'a AccountView,
    name: &'a str,
    name_chars_max: usize,
    email: &'a str,
    initial: String,
    since: Moment<'a>,
    waiting_until: Option<Moment<'a>>,
    restricted_since: Option<Moment<'a>>,
    deletion_due: Option<Moment<'a>>,
    sessions: Vec<SessionRow<'a>>,
    consents: Vec<ConsentRow<'a>>,
    exports: ExportsPart,
    notice: &'a AccountNotice<'a>,
    words: ScriptText<'a>,
}

impl AccountPage<'_> {
    fn themes(&self) -> [(&'static str, &'static str); 3] {
        let words = &self.text.frame;
        Theme::ALL.map(|theme| {
            let label = match theme {
                Theme::Auto => words.theme_system,
                Theme::Light => words.theme_light,
                Theme::Dark => words.theme_dark,
            };
            (theme.as_str(), label)
        })
    }

    fn orders(&self) -> String {
        let orders = &self.account.limits.orders;
        let line = fill(self.text.account.orders, "used", &orders.used);
        fill(&line, "limit", &orders.limit)
    }

    fn is_done(&self, part: &str) -> bool {
        self.notice.done.is_some_and(|done| done.as_str() == part)
    }

    fn refusal(&self, part: &str) -> Option<&ErrorNotice> {
        let refused = self.notice.refused.as_ref();
        refused.filter(|(of, _)| of.as_str() == part).map(|(_, notice)| notice)
    }

    fn has_others(&self) -> bool {
        self.sessions.iter().any(|one| !one.current)
    }
}

/// The page of an account.
pub fn account(
    frame: Frame,
    account: &AccountView,
    sessions: &[SessionView],
    exports: ExportsPart,
    notice: &AccountNotice,
) -> String {
    let text = frame.text;
    let page = AccountPage {
        frame,
        text,
        path: "/account",
        styles: &STYLES,
        scripts: &SCRIPTS,
        account,
        name: notice.typed("name").unwrap_or(&account.name),
        name_chars_max: NAME_CHARS_MAX,
        email: notice.typed("email").or(account.email.as_deref()).unwrap_or_default(),
        initial: initial(account),
        since: moment(&account.created_at),
        waiting_until: account.email_change.as_ref().map(|change| moment(&change.expires_at)),
        restricted_since: account.restricted_at.as_deref().map(moment),
        deletion_due: account.deletion.as_ref().map(|deletion| moment(&deletion.due_at)),
        sessions: sessions.iter().map(|one| session_row(text, one)).collect(),
        consents: account.consents.iter().map(|one| consent_row(text, one)).collect(),
        exports,
        notice,
        words: account_text(text),
    };
    rendered(&page)
}

/// What stands in the place of a picture.
fn initial(account: &AccountView) -> String {
    let from =
        if account.name.is_empty() { account.email.as_deref() } else { Some(&*account.name) };
    from.and_then(|name| name.chars().next())
        .map_or_else(String::new, |c| c.to_uppercase().collect())
}

fn session_row<'a>(text: &Text, session: &'a SessionView) -> SessionRow<'a> {
    let named = !session.device.is_empty();
    SessionRow {
        id: &session.id,
        device: if named { &session.device } else { text.account.unknown_device },
        current: session.current,
        used: moment(&session.used_at),
        begun: moment(&session.signed_in_at),
    }
}

fn consent_row<'a>(text: &Text, consent: &'a ConsentView) -> ConsentRow<'a> {
    let name = match Kind::parse(consent.kind) {
        Some(Kind::Marketing) => text.account.marketing,
        Some(Kind::Privacy) => text.frame.privacy,
        Some(Kind::Terms) | None => text.frame.terms,
    };
    ConsentRow {
        name,
        version: &consent.version,
        given: moment(&consent.given_at),
        withdrawn: consent.withdrawn_at.as_deref().map(moment),
    }
}

/// What the link in a mail to a new address leads to.
pub enum EmailConfirmation<'a> {
    /// It can be confirmed.
    Asked {
        /// The address.
        email: &'a str,
        /// The link's token.
        token: &'a str,
    },
    /// It is confirmed.
    Done,
    /// The link does not work any more.
    Over,
}

#[derive(Template)]
#[template(path = "account_email.html", config = "src/pages/askama.toml")]
struct EmailPage<'a> {
    frame: Frame<'a>,
    text: &'a Text,
    path: &'static str,
    styles: &'static [&'static str],
    scripts: &'static [&'static str],
    title: &'static str,
    detail: String,
    token: Option<&'a str>,
}

/// The page that confirms a mail address.
pub fn email_confirmation(frame: Frame, page: &EmailConfirmation) -> String {
    let words = &frame.text.account;
    let (title, detail, token) = match page {
        EmailConfirmation::Asked { email, token } => {
            (words.confirm_title, fill(words.confirm_detail, "email", email), Some(*token))
        }
        EmailConfirmation::Done => (words.confirmed_title, words.confirmed_detail.to_owned(), None),
        EmailConfirmation::Over => (words.over_title, words.over_detail.to_owned(), None),
    };
    let page = EmailPage {
        frame,
        text: frame.text,
        path: "/account",
        styles: &["css/message.css"],
        scripts: &["js/site.js"],
        title,
        detail,
        token,
    };
    rendered(&page)
}
