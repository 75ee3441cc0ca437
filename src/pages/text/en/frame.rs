//! What surrounds every page.

use crate::pages::text::FrameText;

/// What surrounds every page.
pub(super) const FRAME: FrameText = FrameText {
    site_description: "See yourself in clothes before you own them: one photo of a person, one to \
                       four photos of garments, one picture. No account needed.",
    skip_link: "Skip to content",
    nav_label: "Pages",
    footer_label: "All pages",
    languages: "Language",
    home: "Try on",
    pricing: "Pricing",
    help: "Help",
    status: "Status",
    privacy: "Privacy",
    security: "Security",
    subprocessors: "Subprocessors",
    dpa: "Data processing",
    changes: "Changes",
    terms: "Terms",
    account: "Your account",
    sign_in: "Sign in with Google",
    sign_in_terms: "By signing in you accept:",
    history: "History",
    sign_out: "Sign out",
    announcement: "News",
    announcement_more: "What changes",
    announcement_close: "Close",
    theme: "Appearance",
    theme_system: "System",
    theme_light: "Light",
    theme_dark: "Dark",
    footer_preview: "Pictures made here are AI previews. They show style, not size or fit.",
    footer_age: "For people aged 16 and over.",
};
