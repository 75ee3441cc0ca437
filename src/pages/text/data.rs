//! The words of the data map. A line may hold `{time}` or a term of `policy::terms` in braces.

use super::Counted;
use crate::policy::browser::{CookieId, KeptId, Store};
use crate::policy::data_map::{Basis, CategoryId, Until};
use crate::policy::parties::ProcessorId;
use crate::policy::terms::{Term, Unit};

/// What a category is called, and what it is for.
pub(in crate::pages) struct CategoryText {
    pub(in crate::pages) title: &'static str,
    pub(in crate::pages) purpose: &'static str,
}

/// The words of every category.
pub(in crate::pages) struct CategoryTexts {
    pub(in crate::pages) pictures: CategoryText,
    pub(in crate::pages) order: CategoryText,
    pub(in crate::pages) trial: CategoryText,
    pub(in crate::pages) network: CategoryText,
    pub(in crate::pages) connection: CategoryText,
    pub(in crate::pages) history: CategoryText,
    pub(in crate::pages) account: CategoryText,
    pub(in crate::pages) session: CategoryText,
    pub(in crate::pages) sign_in: CategoryText,
    pub(in crate::pages) email_change: CategoryText,
    pub(in crate::pages) consent: CategoryText,
    pub(in crate::pages) restriction: CategoryText,
    pub(in crate::pages) deletion: CategoryText,
    pub(in crate::pages) receipt: CategoryText,
    pub(in crate::pages) export: CategoryText,
    pub(in crate::pages) mail: CategoryText,
    pub(in crate::pages) waitlist: CategoryText,
    pub(in crate::pages) counts: CategoryText,
    pub(in crate::pages) log: CategoryText,
    pub(in crate::pages) operator_log: CategoryText,
    pub(in crate::pages) recovery: CategoryText,
}

impl CategoryTexts {
    /// The words of one category.
    pub(in crate::pages) const fn of(&self, id: CategoryId) -> &CategoryText {
        match id {
            CategoryId::Pictures => &self.pictures,
            CategoryId::Order => &self.order,
            CategoryId::Trial => &self.trial,
            CategoryId::Network => &self.network,
            CategoryId::Connection => &self.connection,
            CategoryId::History => &self.history,
            CategoryId::Account => &self.account,
            CategoryId::Session => &self.session,
            CategoryId::SignIn => &self.sign_in,
            CategoryId::EmailChange => &self.email_change,
            CategoryId::Consent => &self.consent,
            CategoryId::Restriction => &self.restriction,
            CategoryId::Deletion => &self.deletion,
            CategoryId::Receipt => &self.receipt,
            CategoryId::Export => &self.export,
            CategoryId::Mail => &self.mail,
            CategoryId::Waitlist => &self.waitlist,
            CategoryId::Counts => &self.counts,
            CategoryId::Log => &self.log,
            CategoryId::OperatorLog => &self.operator_log,
            CategoryId::Recovery => &self.recovery,
        }
    }
}

/// What a company does, what it gets, and where it does it.
pub(in crate::pages) struct ProcessorText {
    pub(in crate::pages) role: &'static str,
    pub(in crate::pages) gets: &'static str,
    pub(in crate::pages) place: &'static str,
    pub(in crate::pages) keeps: &'static str,
}

/// Where data lie, in words: `{name}` in braces.
pub(in crate::pages) struct PlaceText {
    pub(in crate::pages) columns: &'static str,
    pub(in crate::pages) table: &'static str,
    pub(in crate::pages) files: &'static str,
    pub(in crate::pages) object: &'static str,
    pub(in crate::pages) cookie: &'static str,
    pub(in crate::pages) log: &'static str,
    pub(in crate::pages) recovery: &'static str,
    pub(in crate::pages) nowhere: &'static str,
}

/// The words of the data map.
pub struct DataText {
    /// Names of what is told of a category.
    pub(in crate::pages) until_when: &'static str,
    /// What opens the rest.
    pub(in crate::pages) more: &'static str,
    pub(in crate::pages) legal_basis: &'static str,
    pub(in crate::pages) handled_by: &'static str,
    pub(in crate::pages) where_it_lies: &'static str,
    /// `{article}`.
    pub(in crate::pages) article: &'static str,
    /// Names of what is told of a company.
    pub(in crate::pages) gets: &'static str,
    pub(in crate::pages) place: &'static str,
    pub(in crate::pages) keeps: &'static str,
    pub(in crate::pages) hosts: &'static str,
    pub(in crate::pages) terms_link: &'static str,
    /// Column heads.
    pub(in crate::pages) name: &'static str,
    pub(in crate::pages) purpose: &'static str,
    pub(in crate::pages) how_long: &'static str,
    pub(in crate::pages) what: &'static str,
    pub(in crate::pages) needs_consent: &'static str,
    pub(in crate::pages) until_forgotten: &'static str,
    /// `{number}`; `{date}`.
    pub(in crate::pages) version: &'static str,
    pub(in crate::pages) published: &'static str,
    pub(in crate::pages) effective: &'static str,
    pub(in crate::pages) places: PlaceText,
    pub(in crate::pages) categories: CategoryTexts,
    pub(in crate::pages) basis: fn(Basis) -> &'static str,
    pub(in crate::pages) until: fn(Until) -> &'static str,
    pub(in crate::pages) amount: fn(Unit) -> Counted,
    pub(in crate::pages) term: fn(Term) -> &'static str,
    pub(in crate::pages) processor: fn(ProcessorId) -> ProcessorText,
    pub(in crate::pages) cookie: fn(CookieId) -> &'static str,
    pub(in crate::pages) kept: fn(KeptId) -> CategoryText,
    pub(in crate::pages) store: fn(Store) -> &'static str,
}
