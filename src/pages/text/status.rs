//! The page of the service's status.

use crate::domain::count::Outcome;
use crate::domain::problem::Problem;
use crate::domain::service::Provider;

/// The page of the service's status.
pub struct StatusText {
    pub(in crate::pages) title: &'static str,
    pub(in crate::pages) provider: fn(Provider) -> &'static str,
    pub(in crate::pages) now: &'static str,
    pub(in crate::pages) waiting: &'static str,
    pub(in crate::pages) under_way: &'static str,
    /// `{number}`.
    pub(in crate::pages) or_more: &'static str,
    pub(in crate::pages) last_day: &'static str,
    /// `{time}`.
    pub(in crate::pages) since: &'static str,
    pub(in crate::pages) nothing: &'static str,
    pub(in crate::pages) by_model: &'static str,
    pub(in crate::pages) model: &'static str,
    pub(in crate::pages) orders: &'static str,
    pub(in crate::pages) success: &'static str,
    pub(in crate::pages) median: &'static str,
    /// In place of a number that there is not.
    pub(in crate::pages) unknown: &'static str,
    pub(in crate::pages) by_end: &'static str,
    pub(in crate::pages) end: &'static str,
    pub(in crate::pages) ended: fn(Outcome) -> &'static str,
    pub(in crate::pages) reported: &'static str,
    pub(in crate::pages) nothing_reported: &'static str,
    pub(in crate::pages) problem_column: &'static str,
    pub(in crate::pages) problem: fn(Problem) -> &'static str,
    pub(in crate::pages) pictures: &'static str,
    pub(in crate::pages) share: &'static str,
    /// `{percent}`.
    pub(in crate::pages) percent: &'static str,
    pub(in crate::pages) how: &'static str,
    pub(in crate::pages) how_counted: &'static str,
}
