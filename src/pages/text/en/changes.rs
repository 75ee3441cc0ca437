//! What changed in what is promised.

use crate::pages::text::article::Block::{Paragraph, Versions};
use crate::pages::text::{Article, Section};

/// What changed in what is promised.
pub(super) const CHANGES: Article = Article {
    title: "Changes",
    description: "Every version of what we promise about your data, when it was announced, from \
                  when it holds, and what is different.",
    lede: "Every version of what we promise about your data, the newest first.",
    sections: &[
        Section { id: "versions", title: "Versions", blocks: &[Versions] },
        Section {
            id: "how",
            title: "How we announce changes",
            blocks: &[Paragraph(
                "At least {notice} days before a change holds it stands here and at the top of \
                 every page, and whoever has an account gets a mail. Until then the version \
                 before holds. [Privacy](/privacy) describes the newest one.",
            )],
        },
    ],
};
