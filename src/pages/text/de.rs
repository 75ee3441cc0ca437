//! German.

/// What a deletion does not reach at once. Said wherever a page speaks of deletion.
macro_rules! and_what_stays {
    ($deleted:literal) => {
        concat!(
            $deleted,
            " Kie AI behält seine Kopie eines Ergebnisses 14 Tage lang. Was du unter „Noch ein \
             Wunsch?“ geschrieben hast, kann noch bis zu 30 Tage im eigenen \
             Wiederherstellungsverlauf unserer Datenbank bleiben."
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

/// The German catalogue.
pub const DE: Text = Text {
    language: Language::De,
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

/// German, for the pages that are rendered at build time.
pub const DE_SITE: SiteText = SiteText {
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
