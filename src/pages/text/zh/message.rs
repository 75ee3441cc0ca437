//! Pages that say one thing, and what errors mean.

use crate::pages::text::{ErrorText, ErrorTexts, MessageText};

/// Pages that say one thing, and what errors mean.
pub(super) const MESSAGE: MessageText = MessageText {
    error_status: "错误",
    error_code: "错误代码：",
    request_id: "写信给我们时，请注明这个请求编号：",
    errors: ERRORS,
    between: "",
    wait_moment: "你可以在几秒后重试。",
    wait_seconds: "你可以在 {seconds} 秒后重试。",
    wait_minutes: "你可以在 {minutes} 分钟后重试。",
    wait_hours: "你可以在大约 {hours} 小时后重试。",
    way_home: "回到首页",
    way_again: "返回表单",
    way_new: "生成新图片",
    way_pricing: "免费内容和后续计划",
    way_status: "查看服务状态",
    way_sign_in: "用 Google 登录",
    way_account: "前往你的账号",
    way_contact: "联系我们",
    more_help: "详细说明",
    thanks_title: "谢谢",
    thanks_detail: "请查看邮箱：打开我们发送的链接并按下按钮后，你就在名单上了。如果该邮箱已在名单上，则不会再有邮件。",
};

/// What each error means and what helps.
const ERRORS: ErrorTexts = ErrorTexts {
    input_invalid: ErrorText {
        title: "表单中有内容需要修改",
        detail: "有一项没有填写，或不在可选范围内。请检查你的选择，然后重新发送表单。",
    },
    image_format_unsupported: ErrorText {
        title: "无法读取这种照片",
        detail: "支持 JPEG、PNG 和 WebP。在 iPhone 上，请从照片图库而不是“文件”中选择，这样发来的就\
                 是 JPEG。在电脑上，请先导出为 JPEG。",
    },
    image_too_large: ErrorText {
        title: "这张照片太大",
        detail: "单张照片最大 10 MB，每边最多 8192 像素，总计最多四千万像素。请缩小后保存，或换一张\
                 照片。",
    },
    image_too_small: ErrorText {
        title: "这张照片太小",
        detail: "每边至少需要 256 像素。请选择原图，不要用预览图或缩略图。",
    },
    image_unreadable: ErrorText {
        title: "无法打开这张照片",
        detail: "文件已损坏、为空，或是动图。请用照片应用打开，另存为 JPEG 后再选择。",
    },
    body_too_large: ErrorText {
        title: "照片合计太大",
        detail: "一张图片所用的全部照片合计最大 24 MB。请去掉一张，或选择小一些的照片。",
    },
    consent_required: ErrorText {
        title: "缺少你的同意",
        detail: "请勾选按钮上方的复选框：你必须有权使用每张照片，照片中的每个人都必须同意，并且你必\
                 须年满 16 周岁。",
    },
    trial_exhausted: ErrorText {
        title: "免费图片已用完",
        detail: "每人 24 小时内可以生成 3 张图片，生成失败的不计次数。目前还没有付费选项，请稍后再\
                 来。",
    },
    rate_limited: ErrorText {
        title: "一下子太多了",
        detail: "来自你所在网络或全体访客的请求超出了我们的处理能力。没有出故障，请稍等片刻再试。",
    },
    not_found: ErrorText {
        title: "这里什么都没有",
        detail: "地址可能输错或不完整。如果是图片链接，请检查是否复制完整。",
    },
    gone: ErrorText {
        title: "已删除或已过期",
        detail: "有人用链接删除了这个订单，或 48 小时已过。其照片和图片在本站已不存在。在“还有其他\
                 要求？”中填写的内容，可能会在我们数据库自带的恢复历史中保留最多 30 天。你可以用同\
                 样的照片重新生成图片。",
    },
    link_invalid: ErrorText {
        title: "这个图片链接无效",
        detail: "单张图片的链接只在几分钟内有效，而且不能改动。请重新打开订单页面，那里有新的链\
                 接。",
    },
    idempotency_conflict: ErrorText {
        title: "已经发送过了",
        detail: "同一份表单正在处理中，或已用于另一个订单。请返回表单重新发送。",
    },
    cross_site_request: ErrorText {
        title: "来自其他网站的请求",
        detail: "为了你的安全，我们只接受从本站页面提交的表单。请直接打开本站再试。",
    },
    method_not_allowed: ErrorText {
        title: "不能这样打开",
        detail: "这个地址存在，但不是用来这样打开的。请从首页重新开始。",
    },
    sign_in_required: ErrorText {
        title: "请先登录",
        detail: "这部分属于你的账号。请用 Google 登录，登录后会回到这里。",
    },
    fresh_sign_in_required: ErrorText {
        title: "请再登录一次",
        detail: "这个操作无法撤销，所以我们要再次向 Google 确认是你本人。请重新登录后再操作一次。",
    },
    sign_in_failed: ErrorText {
        title: "登录没有成功",
        detail: "Google 没有确认你的身份，或者登录用了超过十分钟。没有任何内容被更改，请再试一次。",
    },
    processing_restricted: ErrorText {
        title: "处理已被限制",
        detail: "你要求我们不再为你的账号处理任何内容。要继续生成图片，请在账号页面解除限制。",
    },
    signature_invalid: ErrorText {
        title: "这条消息没有签名",
        detail: "这个地址只供图片生成服务使用，它的消息都带有签名。如果你是通过本站的链接来到这里\
                 的，请告诉我们。",
    },
    order_final: ErrorText {
        title: "这个订单已经结束",
        detail: "它不能再取消，也不能再反馈问题。你可以删除它，或生成新图片。",
    },
    provider_rejected: ErrorText {
        title: "无法使用这个组合",
        detail: "图片生成服务没有接受这个订单。请换其他选项或照片。这次不计次数。",
    },
    content_moderation: ErrorText {
        title: "图片生成服务拒绝了这些图片",
        detail: "它的内容规则不允许生成这张图片。请换其他照片，或修改要求。这次不计次数。",
    },
    provider_failed: ErrorText {
        title: "没能生成图片",
        detail: "图片生成服务尝试过，但失败了。请重新下单。这次不计次数。",
    },
    provider_timeout: ErrorText {
        title: "用时太久",
        detail: "图片生成服务没有按时完成。请重新下单。这次不计次数。",
    },
    provider_busy: ErrorText {
        title: "图片生成服务暂时不接单",
        detail: "请稍后再试。这次不计次数。",
    },
    unavailable: ErrorText {
        title: "暂时不可用",
        detail: "这次没有成功。据我们所知，没有下单，也没有计入次数。\
                 网速较慢时，较小的照片会有帮助。请稍后再试。",
    },
    internal: ErrorText {
        title: "我们这边出错了",
        detail: "这是我们的问题，不是你的。请重试；如果再次出现，请写信给我们，并注明下面的代码。",
    },
};
