//! The page of what an account keeps.

use super::Counted;

/// The page of what an account keeps.
pub struct HistoryText {
    pub(in crate::pages) title: &'static str,
    pub(in crate::pages) lede: &'static str,
    pub(in crate::pages) trash: &'static str,
    pub(in crate::pages) trash_lede: &'static str,
    pub(in crate::pages) views: &'static str,
    pub(in crate::pages) filter: &'static str,
    pub(in crate::pages) search: &'static str,
    pub(in crate::pages) any: &'static str,
    pub(in crate::pages) rating: &'static str,
    pub(in crate::pages) no_rating: &'static str,
    pub(in crate::pages) starred_only: &'static str,
    pub(in crate::pages) from: &'static str,
    pub(in crate::pages) to: &'static str,
    pub(in crate::pages) apply: &'static str,
    pub(in crate::pages) clear: &'static str,
    /// `{name}`.
    pub(in crate::pages) select: &'static str,
    /// `{name}`.
    pub(in crate::pages) star: &'static str,
    /// `{name}`.
    pub(in crate::pages) unstar: &'static str,
    pub(in crate::pages) edit: &'static str,
    pub(in crate::pages) label: &'static str,
    pub(in crate::pages) save: &'static str,
    pub(in crate::pages) selection: &'static str,
    pub(in crate::pages) download: &'static str,
    pub(in crate::pages) delete: &'static str,
    pub(in crate::pages) restore: &'static str,
    pub(in crate::pages) empty_trash: &'static str,
    pub(in crate::pages) empty_explained: &'static str,
    pub(in crate::pages) empty_confirm: &'static str,
    pub(in crate::pages) more: &'static str,
    pub(in crate::pages) none: &'static str,
    pub(in crate::pages) none_detail: &'static str,
    pub(in crate::pages) none_found: &'static str,
    pub(in crate::pages) none_found_detail: &'static str,
    pub(in crate::pages) none_so_far: &'static str,
    pub(in crate::pages) trash_none: &'static str,
    pub(in crate::pages) done: &'static str,
    pub(in crate::pages) trashed: &'static str,
    pub(in crate::pages) restored: &'static str,
    pub(in crate::pages) undo: &'static str,
    pub(in crate::pages) not_done: &'static str,
    pub(in crate::pages) days_left: Counted,
    pub(in crate::pages) stars: Counted,
}
