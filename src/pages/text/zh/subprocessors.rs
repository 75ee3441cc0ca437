//! Which companies get data.

use crate::pages::text::article::Block::{Paragraph, Parties};
use crate::pages::text::{Article, Section};

/// Which companies get data.
pub(super) const SUBPROCESSORS: Article = Article {
    title: "子处理者",
    description: "从本站获得数据的每一家公司：做什么、收到什么、在哪里、保留多久。",
    lede: "从我们这里获得数据的每一家公司：用途、内容、地点和期限。",
    sections: &[
        Section { id: "list", title: "这些公司", blocks: &[Parties] },
        Section {
            id: "changes",
            title: "名单变更时",
            blocks: &[Paragraph(
                "新的公司在收到任何内容之前，至少提前 {notice} 天公告：在每个页面、在[变更\
                 ](/changes)中，并发邮件给有账号的人。不愿接受的人可以事先带走全部内容并删除账号。\
                 企业可在[数据处理](/dpa)中找到相应协议。",
            )],
        },
    ],
};
