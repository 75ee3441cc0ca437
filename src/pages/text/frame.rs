//! What surrounds every page.

/// What surrounds every page.
pub struct FrameText {
    pub(in crate::pages) site_description: &'static str,
    pub(in crate::pages) skip_link: &'static str,
    /// Names of the two lists of links, for who does not see them.
    pub(in crate::pages) nav_label: &'static str,
    pub(in crate::pages) footer_label: &'static str,
    pub(in crate::pages) languages: &'static str,
    pub(in crate::pages) home: &'static str,
    pub(in crate::pages) pricing: &'static str,
    pub(in crate::pages) help: &'static str,
    pub(in crate::pages) status: &'static str,
    pub(in crate::pages) privacy: &'static str,
    pub(in crate::pages) security: &'static str,
    pub(in crate::pages) subprocessors: &'static str,
    pub(in crate::pages) dpa: &'static str,
    pub(in crate::pages) changes: &'static str,
    pub(in crate::pages) terms: &'static str,
    pub(in crate::pages) account: &'static str,
    pub(in crate::pages) sign_in: &'static str,
    /// What signing in means; links to terms and privacy follow.
    pub(in crate::pages) sign_in_terms: &'static str,
    pub(in crate::pages) history: &'static str,
    pub(in crate::pages) sign_out: &'static str,
    pub(in crate::pages) announcement: &'static str,
    pub(in crate::pages) announcement_more: &'static str,
    pub(in crate::pages) announcement_close: &'static str,
    pub(in crate::pages) theme: &'static str,
    pub(in crate::pages) theme_system: &'static str,
    pub(in crate::pages) theme_light: &'static str,
    pub(in crate::pages) theme_dark: &'static str,
    pub(in crate::pages) footer_preview: &'static str,
    pub(in crate::pages) footer_age: &'static str,
}
