//! The message catalogue: every word of every page, one constant for each language. A language that
//! lacks a line does not compile. `{name}` marks what the page fills in.
//!
//! [`Text`] is what the Worker may have to say; [`SiteText`] is the prose of the pages that are
//! rendered at build time, kept apart so that the Worker does not carry it.

mod account;
mod article;
mod choices;
mod data;
mod de;
mod deletion;
mod en;
mod es;
mod exports;
mod form;
mod frame;
mod history;
mod home;
mod mail;
mod message;
mod offline;
mod order;
mod status;
mod zh;

pub use account::AccountText;
pub use article::{Article, ArticleText, Section, WaitlistText};
pub(super) use article::{Block, Drawing, VERIFY};
pub use choices::ChoiceText;
pub use data::DataText;
pub use de::{DE, DE_SITE};
pub use deletion::DeletionText;
pub use en::{EN, EN_SITE};
pub use es::{ES, ES_SITE};
pub use exports::ExportsText;
pub use form::FormText;
pub use frame::FrameText;
pub use history::HistoryText;
pub use home::HomeText;
pub use mail::{LetterText, MailText, NewsPageText, WaitlistPageText};
pub use message::{ErrorText, ErrorTexts, MessageText};
pub use offline::OfflineText;
pub use order::OrderText;
pub use status::StatusText;
pub use zh::{ZH, ZH_SITE};

use crate::domain::language::Language;

/// A heading and its paragraph.
pub(super) struct Paragraph {
    pub(super) title: &'static str,
    pub(super) body: &'static str,
}

/// How many there are of a thing. Each of our languages has these two forms, or one twice.
pub(super) struct Counted {
    /// Of exactly 1, which it names itself.
    pub(super) one: &'static str,
    /// Of any other number, also 0 and 1.5: `{count}`.
    pub(super) other: &'static str,
}

/// All words of one language that the Worker's pages use.
pub struct Text {
    /// Which language.
    pub language: Language,
    pub(super) frame: FrameText,
    pub(super) form: FormText,
    pub(super) choices: ChoiceText,
    pub(super) order: OrderText,
    pub(super) message: MessageText,
    pub(super) mail: MailText,
    pub(super) status: StatusText,
    pub(super) account: AccountText,
    pub(super) exports: ExportsText,
    pub(super) deletion: DeletionText,
    pub(super) history: HistoryText,
}

/// The prose of one language's static pages.
pub struct SiteText {
    pub(super) home: HomeText,
    pub(super) article: ArticleText,
    pub(super) waitlist: WaitlistText,
    pub(super) pricing: Article,
    pub(super) help: Article,
    pub(super) privacy: Article,
    pub(super) security: Article,
    pub(super) subprocessors: Article,
    pub(super) dpa: Article,
    pub(super) changes: Article,
    pub(super) data: DataText,
    pub(super) terms: Article,
    pub(super) offline: OfflineText,
}

impl Text {
    /// The catalogue of a language.
    pub const fn of(language: Language) -> &'static Self {
        match language {
            Language::En => &EN,
            Language::Es => &ES,
            Language::De => &DE,
            Language::Zh => &ZH,
        }
    }
}

impl SiteText {
    /// The prose of a language.
    pub const fn of(language: Language) -> &'static Self {
        match language {
            Language::En => &EN_SITE,
            Language::Es => &ES_SITE,
            Language::De => &DE_SITE,
            Language::Zh => &ZH_SITE,
        }
    }
}
