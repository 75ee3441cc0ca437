//! Simplified Chinese.

/// What a deletion does not reach at once. Said wherever a page speaks of deletion.
macro_rules! and_what_stays {
    ($deleted:literal) => {
        concat!(
            $deleted,
            "Kie AI 会将其结果副本保留 14 天。你在“还有其他要求？”中填写的内容，可能会在我们数据库自带的恢复历史中保留最多 30 天。"
        )
    };
}

mod account;
mod article;
mod changes;
mod choices;
mod data;
mod deletion;
mod dpa;
mod exports;
mod form;
mod frame;
mod help;
mod history;
mod home;
mod mail;
mod message;
mod offline;
mod order;
mod pricing;
mod privacy;
mod security;
mod status;
mod subprocessors;
mod terms;

use super::{SiteText, Text};
use crate::domain::language::Language;

/// The Simplified Chinese catalogue.
pub const ZH: Text = Text {
    language: Language::Zh,
    frame: frame::FRAME,
    form: form::FORM,
    choices: choices::CHOICES,
    order: order::ORDER,
    message: message::MESSAGE,
    mail: mail::MAIL,
    status: status::STATUS,
    account: account::ACCOUNT,
    exports: exports::EXPORTS,
    deletion: deletion::DELETION,
    history: history::HISTORY,
};

/// Simplified Chinese, for the pages that are rendered at build time.
pub const ZH_SITE: SiteText = SiteText {
    home: home::HOME,
    article: article::ARTICLE,
    waitlist: article::WAITLIST,
    pricing: pricing::PRICING,
    help: help::HELP,
    privacy: privacy::PRIVACY,
    security: security::SECURITY,
    subprocessors: subprocessors::SUBPROCESSORS,
    dpa: dpa::DPA,
    changes: changes::CHANGES,
    data: data::DATA,
    terms: terms::TERMS,
    offline: offline::OFFLINE,
};
