//! Deleting an account, and the receipt of it.

use super::Counted;

/// Deleting an account, and the receipt of it.
pub struct DeletionText {
    pub(in crate::pages) title: &'static str,
    /// To the page, from the account's.
    pub(in crate::pages) go_on: &'static str,
    pub(in crate::pages) lede: &'static str,
    pub(in crate::pages) what_title: &'static str,
    pub(in crate::pages) what: &'static str,
    pub(in crate::pages) stays_title: &'static str,
    pub(in crate::pages) stays: &'static str,
    pub(in crate::pages) export_first: &'static str,
    pub(in crate::pages) export: &'static str,
    pub(in crate::pages) receipt_note: &'static str,
    pub(in crate::pages) prove_first: &'static str,
    pub(in crate::pages) prove: &'static str,
    pub(in crate::pages) confirm: &'static str,
    pub(in crate::pages) scheduled_title: &'static str,
    /// `{time}` and `{left}`.
    pub(in crate::pages) scheduled: &'static str,
    pub(in crate::pages) hours: Counted,
    pub(in crate::pages) scheduled_note: &'static str,
    pub(in crate::pages) cancel: &'static str,
    pub(in crate::pages) code_title: &'static str,
    pub(in crate::pages) code_note: &'static str,
    pub(in crate::pages) lost_code: &'static str,
    pub(in crate::pages) new_code: &'static str,
    pub(in crate::pages) to_receipt: &'static str,
    pub(in crate::pages) receipt_title: &'static str,
    pub(in crate::pages) receipt_lede: &'static str,
    pub(in crate::pages) code_label: &'static str,
    pub(in crate::pages) code_hint: &'static str,
    pub(in crate::pages) show: &'static str,
    pub(in crate::pages) unknown: &'static str,
    pub(in crate::pages) no_code: &'static str,
    /// `{time}`.
    pub(in crate::pages) waits_until: &'static str,
    pub(in crate::pages) says: &'static str,
    pub(in crate::pages) signed: &'static str,
    pub(in crate::pages) download: &'static str,
    pub(in crate::pages) verify_title: &'static str,
    pub(in crate::pages) verify: &'static str,
    pub(in crate::pages) key: &'static str,
    pub(in crate::pages) proves_title: &'static str,
    pub(in crate::pages) proves: &'static str,
}
