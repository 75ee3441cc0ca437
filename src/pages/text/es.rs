//! Spanish.

/// What a deletion does not reach at once. Said wherever a page speaks of deletion.
macro_rules! and_what_stays {
    ($deleted:literal) => {
        concat!(
            $deleted,
            " Kie AI conserva su copia de un resultado 14 días. Lo que escribiste en «¿Algo más?» \
             puede permanecer hasta 30 días en el historial de recuperación propio de nuestra \
             base de datos."
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

/// The Spanish catalogue.
pub const ES: Text = Text {
    language: Language::Es,
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

/// Spanish, for the pages that are rendered at build time.
pub const ES_SITE: SiteText = SiteText {
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
