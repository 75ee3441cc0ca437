//! Words of every prose page.

use crate::pages::text::{ArticleText, WaitlistText};

/// Words of every prose page.
pub(super) const ARTICLE: ArticleText = ArticleText {
    contents: "本页内容",
    price_size: "尺寸",
    price_cost: "我们的成本",
    price_note: "费用按用 {model} 为一件衣物生成一张图片计算。每个订单的实际费用见订单页面。",
    consent_title: "我们可以统计你的访问吗？",
    consent_text: "我们想在文字页面上使用其他公司的分析服务。它们绝不会出现在有照片的页面上，不经\
                   你同意也不会开启。[由谁、如何](/privacy#companies)",
    consent_age: "其中一项会录制访问过程：请仅在年满 18 周岁时同意。",
    consent_no: "不",
    consent_yes: "可以",
    consent_again: "更改我对分析统计的选择",
};

/// The form that joins the waitlist.
pub(super) const WAITLIST: WaitlistText = WaitlistText {
    title: "保存你的图片",
    hint: "带历史记录的账号功能即将推出。留下邮箱地址，上线时我们会给你发一封邮件，只发这一封。",
    email: "邮箱地址",
    submit: "通知我",
};
