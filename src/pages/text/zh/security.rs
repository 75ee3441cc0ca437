//! How data are protected, and what happens when something breaks.

use crate::pages::text::article::Block::{Commands, List, Paragraph, Steps, Terms};
use crate::pages::text::article::{RESTORE, VERIFY};
use crate::pages::text::{Article, Section};

/// How data are protected, and what happens when something breaks.
pub(super) const SECURITY: Article = Article {
    title: "安全",
    description: "照片和账号如何受到保护，备份了什么、何时过期，以及如何自己验证删除回执。",
    lede: "你的数据如何受到保护，备份包含什么、保留到何时，以及你如何自己验证一次删除。",
    sections: &[
        Section {
            id: "pictures",
            title: "图片和页面",
            blocks: &[List(&[
                "图片存放在没有公开地址的私有存储中。一个签名链接只显示一张图片，最多 \
                 {picture_link} 分钟；图片删除后什么也不显示。",
                "存储之前，照片中的隐藏数据已被移除，因此以后也不会泄露。",
                "每个连接都经过加密。文件和数据库在存放之处也经过加密，这是 Cloudflare 的说明。",
                "页面只运行我们自己的脚本，每个脚本都带有浏览器会核对的摘要，其他网站也无法在自己\
                 的页面中显示它们。",
                "日志中没有地址，没有链接，也没有你填写的任何内容。",
            ])],
        },
        Section {
            id: "accounts",
            title: "账号",
            blocks: &[List(&[
                "你使用 Google 登录。我们没有你的密码，也就没有密码可被盗。",
                "对于让你保持登录的信息，我们只存储指纹：能读到我们数据库的人也无法用它登录。",
                "登录在 {session_idle} 天不使用后结束，无论如何在 {session_absolute} 天后结束。账\
                 号页面会列出所有登录，并可立即结束任何一个。",
                "无法撤销的操作（例如删除账号）需要重新登录。",
                "新的登录、邮箱变更和已安排的删除，我们都会通过邮件告诉你。",
                "属于账号的内容，每次请求都会核对其所有者。",
            ])],
        },
        Section {
            id: "backups",
            title: "备份",
            blocks: &[
                Paragraph(
                    "我们唯一的备份是数据库自身的历史：它可以恢复到最近 {recovery} 天内的任何一分\
                     钟。图片没有副本：删除的文件立即消失。因此，删除的内容在 {recovery} 天后就不\
                     在任何备份中了。",
                ),
                Paragraph(
                    "恢复数据库也会让此后删除的内容重新出现。因此，运营本站的人会按以下顺序操作：",
                ),
                Steps(&[
                    "关闭网站，写下当前所有账号和订单的列表。",
                    "把数据库恢复到损坏之前的那一刻，不再往前。",
                    "再次删除早于那一刻、且不在列表上的每个账号和订单。它们的图片早已不在。",
                    "撤回此后撤回过的每项同意，结束此后结束过的每个登录。如果无法判断，则全部处理。",
                    "开放网站，并告知所有相关人员发生了什么。",
                ]),
                Commands(RESTORE),
            ],
        },
        Section {
            id: "receipts",
            title: "验证一次删除",
            blocks: &[
                Paragraph(
                    "删除账号的人会得到一个代码。凭代码可在 {receipt} 天内领取回执，我们最后也会用邮\
                     件发送它：邮件发出后邮箱地址即被删除，最迟在账号删除后 {last_mail} 小时。它写明何\
                     时删除了什么，以及别处还有哪些副本、保留到何时。它经过签名（JWS，Ed25519），不含\
                     任何人的标识。",
                ),
                Paragraph(
                    "你可以不依靠我们、也不联网就验证它。从[回执页面](/receipt)把它保存为 receipt.jws，\
                     把我们的[公钥](/api/receipt-key)（本站地址 /api/receipt-key）保存为 key.pem，\
                     然后使用 OpenSSL 3：",
                ),
                Commands(VERIFY),
                Paragraph(
                    "回执证明的是我们作出的、无法再更改的声明。它无法证明字节已经消失；没有人能做\
                     到。",
                ),
            ],
        },
        Section { id: "terms", title: "所有期限一览", blocks: &[Terms] },
        Section {
            id: "report",
            title: "发现了漏洞？",
            blocks: &[Paragraph(
                "请写信到 {contact}。请只在你自己的订单和账号上尝试，不要触碰他人的数据，并给我们\
                 时间修复：这样我们会心怀感谢，也不会采取法律行动。",
            )],
        },
    ],
};
