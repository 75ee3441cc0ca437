//! The home page around its form. Lines may hold what a prose page's may.

use super::Paragraph;

/// The home page around its form.
pub struct HomeText {
    pub(in crate::pages) example_note: &'static str,
    pub(in crate::pages) example_before_alt: &'static str,
    pub(in crate::pages) example_after_alt: &'static str,
    /// Name of the slider between the two pictures.
    pub(in crate::pages) example_slider: &'static str,
    /// `{before}` and `{after}`: percent of each picture that is shown.
    pub(in crate::pages) example_shares: &'static str,
    pub(in crate::pages) example_hold: &'static str,
    pub(in crate::pages) steps_title: &'static str,
    pub(in crate::pages) steps: [Paragraph; 3],
    pub(in crate::pages) promises_title: &'static str,
    pub(in crate::pages) promises: [Paragraph; 4],
    pub(in crate::pages) promises_more: &'static str,
    pub(in crate::pages) questions_title: &'static str,
    pub(in crate::pages) questions: [Paragraph; 6],
    pub(in crate::pages) questions_more: &'static str,
}
