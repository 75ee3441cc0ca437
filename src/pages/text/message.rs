//! Pages that say one thing.

/// Pages that say one thing.
pub struct MessageText {
    pub(in crate::pages) error_status: &'static str,
    pub(in crate::pages) error_code: &'static str,
    pub(in crate::pages) request_id: &'static str,
    pub(in crate::pages) back_home: &'static str,
    pub(in crate::pages) not_found_title: &'static str,
    pub(in crate::pages) not_found_detail: &'static str,
    pub(in crate::pages) thanks_title: &'static str,
    pub(in crate::pages) thanks_detail: &'static str,
}
