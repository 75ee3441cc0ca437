//! The home page around its form.

use super::Paragraph;

/// The home page around its form.
pub struct HomeText {
    pub(in crate::pages) promises_title: &'static str,
    pub(in crate::pages) promises: [Paragraph; 3],
    pub(in crate::pages) waitlist_title: &'static str,
    pub(in crate::pages) waitlist_hint: &'static str,
    pub(in crate::pages) waitlist_email: &'static str,
    pub(in crate::pages) waitlist_submit: &'static str,
}
