//! 删除账号及其回执。

use crate::pages::text::{Counted, DeletionText};

/// 删除账号及其回执。
pub(super) const DELETION: DeletionText = DeletionText {
    title: "删除我的账号",
    go_on: "前往删除页面",
    lede: "在你提出请求 72 小时后，属于你账号的一切都会被删除。在最后一秒之前，你都可以改变主意。",
    what_title: "会删除什么",
    what: "所有订单及其照片和图片、你的历史记录和回收站、数据导出、你的姓名、邮箱地址和头像、你的设置和\
           同意记录，以及所有登录会话。你会在所有设备上退出登录。之后再登录的人将作为新用户开始。",
    stays_title: "其他地方会暂时保留什么",
    stays: "Kie AI 会将其生成的图片副本保留 14 天，日志保留两个月。数据行可能在我们数据库自身的恢复历史\
            中保留 30 天。回执会列出每一处存储，以及其中可能留有内容的截止日期。",
    export_first: "删除的内容无法恢复。如果你想保留图片，请先下载你的数据。",
    export: "下载我的数据",
    receipt_note: "提出删除请求时，你会得到一个代码。之后 30 天内，你可以用它领取一份签名回执。我们也会\
                   在清除你的邮箱地址之前，最后一次给你发送邮件，附上该回执。",
    prove_first: "为了确认是你本人，需要由 Google 再次确认。该确认十分钟内有效。",
    prove: "再次登录",
    confirm: "72 小时后删除一切",
    scheduled_title: "你的账号将被删除",
    scheduled: "一切将在 {time} 删除，还有 {left}。",
    hours: Counted { one: "1 小时", other: "{count} 小时" },
    scheduled_note: "在此之前，你的账号一切照常。",
    cancel: "保留我的账号",
    code_title: "你的回执代码",
    code_note: "请抄下来或拍照保存：它只在此刻显示，我们只保存它的指纹。",
    lost_code: "代码丢了？新的代码会取代旧的，日期不变。",
    new_code: "显示新代码",
    to_receipt: "前往回执页面",
    receipt_title: "删除回执",
    receipt_lede: "删除了账号的人可以在 30 天内在此领取回执。",
    code_label: "你的代码",
    code_hint: "32 个数字和 a 到 f 的字母，短横线可有可无。",
    show: "显示回执",
    unknown: "这个代码没有对应的回执。回执会在倒计时结束几分钟后出现，并保留 30 天。",
    no_code: "这不是代码：它必须有 32 个数字和 a 到 f 的字母。",
    waits_until: "这份回执在此保留到 {time}。请自行保存：我们不会保存。",
    says: "回执内容",
    signed: "签名回执",
    download: "下载回执",
    verify_title: "自行验证",
    verify: "将回执和我们的公钥下载到同一个文件夹。使用 OpenSSL 3，以下命令无需联网即可验证签名：",
    key: "下载公钥",
    proves_title: "它证明什么",
    proves: "签名证明我们作出了这份声明，并且此后没有更改。它无法证明世上没有任何副本：没有什么能证明。",
};
