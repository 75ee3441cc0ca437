//! What the product writes by mail.

use crate::pages::text::{LetterText, MailText, NewsPageText, WaitlistPageText};

/// What the product writes by mail.
pub(super) const MAIL: MailText = MailText {
    new_sign_in: LetterText {
        subject: "你的 {site} 账号有新的登录",
        lines: &[
            "有人在 {time} 用 Google 登录了你的账号。设备：{device}。",
            "如果是你本人，无需任何操作。如果不是，请先保护好你的 Google 账号，再到账号页面结束该会话。",
        ],
        action: "查看你在哪里登录",
    },
    unknown_device: "未知",
    email_change_confirm: LetterText {
        subject: "确认你在 {site} 的邮箱",
        lines: &[
            "有人（应该是你）希望把某个 {site} 账号的邮件发到这个邮箱。打开此链接并按下页面上的按钮后才会生效。",
            "如果不是你，请不要操作，那么一切不变。",
        ],
        action: "查看更改",
    },
    email_changed: LetterText {
        subject: "你在 {site} 的邮箱已更改",
        lines: &[
            "自 {time} 起，你账号的邮件会发到另一个邮箱。这是发到此邮箱的最后一封。",
            "如果不是你本人操作，请保护好你的 Google 账号，登录后改回来。如果做不到，请写信给 {contact}。",
        ],
        action: "前往你的账号",
    },
    deletion_scheduled: LetterText {
        subject: "你的 {site} 账号即将删除",
        lines: &[
            "到 {time}，属于你账号的一切都会被删除：图片、订单、会话以及账号本身。之后无法恢复。",
            "在此之前，你可以在账号页面取消。如果不是你提出的，请立即取消并保护好你的 Google 账号。",
            "回执的领取码已在申请删除时显示，不会再通过邮件发送。",
        ],
        action: "取消删除",
    },
    deletion_done: LetterText {
        subject: "你的 {site} 账号已删除",
        lines: &[
            "属于你账号的一切都已删除。下面是签名的回执，其中也写明谁还保留副本以及保留到何时。",
            "如果需要凭证，请自行保存：我们的副本会在 30 天后删除。此链接的页面说明如何不依赖我们验证签名。",
        ],
        action: "如何验证回执",
    },
    export_ready: LetterText {
        subject: "你在 {site} 的数据已准备好",
        lines: &["在 {time} 之前，可以下载我们存储的关于你的一切。下载时需要登录。"],
        action: "前往下载",
    },
    waitlist_confirm: LetterText {
        subject: "你想收到 {site} 的消息吗？",
        lines: &[
            "有人（应该是你）把这个邮箱加入了我们的候补名单。打开此链接并按下页面上的按钮后，我们才会给你写信。",
            "如果不是你，请不要操作。7 天后我们会忘记这个邮箱。",
        ],
        action: "查看候补名单",
    },
    announcement_action: "了解有什么变化",
    or_copy: "或者把这个网址复制到浏览器：",
    from: "此邮件由 {site} 发送。如有问题，请联系 {contact}。",
    why_account: "你收到它，是因为它关系到你账号的安全或数据。这类邮件无法关闭；哪些可以关闭，请看账号页面：{link}",
    why_deleted: "你收到它，是因为你曾有账号。这是最后一封邮件：发出后，你的邮箱就会被删除。",
    why_entered: "你收到它，是因为有人在我们的网站上填写了这个邮箱。没有你的确认，不会再有其他邮件。",
    why_asked: "你收到它，是因为有人为我们的候补名单填写了这个邮箱。没有你的确认，不会再有其他邮件。点此立即删除这个邮箱：{link}",
    why_announced: "你收到它，是因为你有账号，而每位有账号的人都必须知道这件事。这类邮件无法关闭；哪些可以关闭，\
                    请看账号页面：{link}",
    why_waitlist: "你收到它，是因为你为候补名单确认了这个邮箱。点此不再接收：{link}",
    why_news: "你收到它，是因为你的账号开启了邮件新消息。点此不再接收：{link}",
    waitlist: WaitlistPageText {
        confirm_title: "你想收到我们的消息吗？",
        confirm_detail: "按下按钮，有新消息时我们会写信给你。每封邮件里都有退订链接。",
        confirm: "好的，请写信给我",
        confirmed_title: "你已在名单上",
        confirmed_detail: "有新消息时我们会写信给你。每封邮件里都有退订链接。",
        leave_title: "要退出候补名单吗？",
        leave_detail: "按下按钮，我们会从候补名单中删除你的邮箱。",
        leave: "删除我的邮箱",
        left_title: "你的邮箱已删除",
        left_detail: "它已不在候补名单上，也不会再有邮件。",
    },
    news: NewsPageText {
        end_title: "不再接收邮件新消息？",
        end_detail: "按下按钮，我们就不再向你账号的邮箱发送新消息；如果它在候补名单上，也会被删除。无需登录。",
        end: "不再接收",
        ended_title: "你不会再收到新消息",
        ended_detail: "只会收到关于账号安全和数据的邮件。你可以在账号页面重新开启新消息。",
    },
};
