//! English.

/// What a deletion does not reach at once. Said wherever a page speaks of deletion.
macro_rules! and_what_stays {
    ($deleted:literal) => {
        concat!(
            $deleted,
            " Kie AI keeps its copy of a result for 14 days. What you typed under “Anything else?” \
             can remain in our database’s own recovery history for up to 30 days."
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

/// The English catalogue.
pub const EN: Text = Text {
    language: Language::En,
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

/// English, for the pages that are rendered at build time.
pub const EN_SITE: SiteText = SiteText {
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
