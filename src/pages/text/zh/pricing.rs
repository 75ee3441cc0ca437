//! What is free and what is coming.

use crate::pages::text::article::Block::{List, Paragraph, Prices, Questions, Waitlist};
use crate::pages::text::{Article, Section};

/// What is free and what is coming.
pub(super) const PRICING: Article = Article {
    title: "价格",
    description: "试穿免费：24 小时内 3 张图片，无需账号，无需绑卡。看看一张图片的成本，以及后续计\
                  划。",
    lede: "不花钱。24 小时内 3 张图片免费，目前也没有付费选项。",
    sections: &[
        Section {
            id: "free",
            title: "哪些免费",
            blocks: &[
                List(&[
                    "24 小时内 3 张图片。每用掉一张，24 小时后恢复一张。",
                    "表单提供的所有衣物类型、风格、尺寸和比例。",
                    "生成失败的图片不计次数，在我们开始生成前取消的也不计。",
                    "无需账号，无需绑卡，没有广告。",
                ]),
                Paragraph(
                    "为了让人人都有机会，同一网络每小时和每天可下单的数量有上限。许多人共用一个网络\
                     时，你可能会遇到这个限制。",
                ),
            ],
        },
        Section {
            id: "cost",
            title: "我们的成本",
            blocks: &[
                Paragraph(
                    "图片由 Kie AI 生成，它以积分向我们收费。这些费用不用你付；我们列出来，是因为你\
                     可能想知道。",
                ),
                Prices,
            ],
        },
        Section {
            id: "coming",
            title: "后续计划",
            blocks: &[
                Paragraph(
                    "让你一天生成更多图片的积分，以及保存图片的账号。价格还没有定，所以这里没有列\
                     出。开放购买之前，价格会先公布在本页。",
                ),
                Waitlist("pricing"),
            ],
        },
        Section {
            id: "questions",
            title: "常见问题",
            blocks: &[Questions(&[
                ("为什么免费？", "这样你可以看看它对你有没有用。费用由我们承担，所以设有上限。"),
                (
                    "你们会用我的照片赚钱吗？",
                    "不会。照片不会出售；除生成图片的 Kie AI 外，不会给任何人看。我们不会用它们做任何训练。[隐私政策](/privacy)",
                ),
                (
                    "3 张图片用完了，怎么办？",
                    "稍后再来：每用掉一张，24 小时后恢复一张。表单会显示还剩几张。",
                ),
            ])],
        },
    ],
};
