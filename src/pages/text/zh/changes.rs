//! What changed in what is promised.

use crate::pages::text::article::Block::{Paragraph, Versions};
use crate::pages::text::{Article, Section};

/// What changed in what is promised.
pub(super) const CHANGES: Article = Article {
    title: "变更",
    description: "我们对你的数据所作承诺的每个版本：何时公告、何时生效、有何不同。",
    lede: "我们对你的数据所作承诺的每个版本，最新的在前。",
    sections: &[
        Section { id: "versions", title: "版本", blocks: &[Versions] },
        Section {
            id: "how",
            title: "我们如何公告变更",
            blocks: &[Paragraph(
                "变更生效前至少 {notice} 天，它会出现在这里和每个页面的顶部，有账号的人会收到邮件。\
                 在那之前适用上一个版本。[隐私政策](/privacy)描述的是最新版本。",
            )],
        },
    ],
};
