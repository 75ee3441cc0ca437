//! What is kept, why, where and for how long.

use crate::pages::text::article::Block::{BrowserStores, Cookies, Data, List, Paragraph, Parties};
use crate::pages::text::{Article, Section};
use crate::policy::data_map::Group;

/// What is kept, why, where and for how long.
pub(super) const PRIVACY: Article = Article {
    title: "隐私政策",
    description: "我们保留什么、为什么保留、存在哪里、保留多久：没有账号 48 小时，有账号则到你删除\
                  为止。无训练，无广告。",
    lede: "我们保留什么、为什么保留、存在哪里、保留多久。这些列表由软件本身生成：只要软件保留了这\
           里没有列出的内容，就不会发布。",
    sections: &[
        Section {
            id: "short",
            title: "概要",
            blocks: &[List(&[
                "没有账号时，你的照片和图片会在下单 {anonymous_order} 小时后删除；如果你主动删除，\
                 则立即删除。",
                "有账号时，它们会留在你的历史记录中，直到你删除。之后放入回收站，最迟第 {trash} 天\
                 彻底删除。",
                "你可以下载账号的全部内容，也可以删除账号：{account_deletion} 小时内可以取消，之后\
                 全部消失。",
                "在存储照片之前，我们会移除其中的位置和其他隐藏数据。",
                "Cloudflare 运行网站，Kie AI 生成图片；如果你登录，则由 Google 说明你是谁。",
                "无论哪种套餐，都不会用你的照片做任何训练，也不出售任何东西。",
                "没有广告；未经你同意，不会从其他网站加载任何内容。",
            ])],
        },
        Section {
            id: "kept",
            title: "生成图片时保留什么",
            blocks: &[
                Data(Group::Making),
                Paragraph(
                    "已删除的订单只留下它用掉的那次机会。订单链接本身含有下单时间，以及证明它由我\
                     们发出的标记：因此在订单到期后的 {closed_order} 天内，它会显示“已删除”，而不\
                     是“从未存在”。",
                ),
            ],
        },
        Section { id: "account", title: "账号保留什么", blocks: &[Data(Group::Account)] },
        Section {
            id: "running",
            title: "运行网站时保留什么",
            blocks: &[
                Data(Group::Running),
                Paragraph(
                    "因此，已删除的内容最多还会在数据库的历史中停留 {recovery} 天。如果需要用到它\
                     会怎样，见[安全](/security#backups)。",
                ),
            ],
        },
        Section {
            id: "photos",
            title: "如何保护你的照片",
            blocks: &[List(&[
                "位置、相机数据、说明文字和其他隐藏数据都会被移除：如果浏览器支持，先在浏览器中移\
                 除；照片到达后再移除一次。订单页面会显示发现了什么。",
                "图片存放在没有公开地址的私有存储中，通过签名链接显示，链接最多 {picture_link} 分\
                 钟后失效。",
                "没有账号时，每个订单都有一个无法猜到的私密链接，我们也告知搜索引擎不要收录。拿到\
                 链接的人可以查看和删除订单，请像钥匙一样保管好。账号的订单只有其所有者能打开。",
                "所有传输都经过加密，在 Cloudflare 的存储也经过加密。",
                "我们的软件都不会识别人脸。",
            ])],
        },
        Section {
            id: "companies",
            title: "还有谁能看到",
            blocks: &[
                Parties,
                Paragraph(
                    "除此之外没有别人。只有在法律要求时，我们才会向政府机关提供数据，而且能提供的\
                     只有上面列表中的内容。",
                ),
            ],
        },
        Section {
            id: "cookies",
            title: "你的浏览器里有什么",
            blocks: &[
                Cookies,
                BrowserStores,
                Paragraph(
                    "这些都是提供你所要求的功能所必需的，除非注明经你同意。如果没有任何内容需要你\
                     同意，就没有需要点掉的横幅。",
                ),
            ],
        },
        Section {
            id: "rights",
            title: "你的权利",
            blocks: &[
                List(&[
                    "查看、下载和删除：没有账号时通过订单链接；有账号时在历史记录和账号页面，账号\
                     页面可以一次下载全部内容。",
                    "更正：姓名和邮箱地址，在账号页面。",
                    "限制处理和反对：在账号页面。限制处理期间不会生成图片，你仍可下载全部内容。",
                    "撤回：你同意过的内容可以随时撤回，和同意时一样简单。除账号安全邮件外，每封邮\
                     件都有停止此类邮件的链接。",
                ]),
                Paragraph(
                    "其他事项请写信到 {contact}。没有账号，我们就没有可供查找的姓名：请附上相关订\
                     单的链接。你也可以向你居住地的数据保护机构投诉。有人未经询问就使用了你的照片？\
                     请写信给我们并附上链接。",
                ),
            ],
        },
        Section {
            id: "age",
            title: "年龄",
            blocks: &[Paragraph(
                "本站仅供年满 16 周岁的人士使用，照片也是如此：照片中的任何人都不得未满 16 周岁。",
            )],
        },
        Section {
            id: "changes",
            title: "变更",
            blocks: &[Paragraph(
                "如果我们要保留更多内容、延长保留时间或引入其他公司，会至少提前 {notice} 天在每个\
                 页面说明，并发邮件给有账号的人。[所有版本](/changes)。如有疑问：{contact}。",
            )],
        },
    ],
};
