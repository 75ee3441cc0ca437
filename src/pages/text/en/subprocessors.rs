//! Which companies get data.

use crate::pages::text::article::Block::{Paragraph, Parties};
use crate::pages::text::{Article, Section};

/// Which companies get data.
pub(super) const SUBPROCESSORS: Article = Article {
    title: "Subprocessors",
    description: "Every company that gets data from this site: what it does, what it gets, where, \
                  and how long it keeps it.",
    lede: "Every company that gets data from us: what for, which, where, and for how long.",
    sections: &[
        Section { id: "list", title: "The companies", blocks: &[Parties] },
        Section {
            id: "changes",
            title: "When the list changes",
            blocks: &[Paragraph(
                "A new company is announced at least {notice} days before it gets anything: on \
                 every page, in [Changes](/changes), and by mail to whoever has an account. Who \
                 does not want it can take everything along and delete the account before. \
                 Businesses find their agreement under [Data processing](/dpa).",
            )],
        },
    ],
};
