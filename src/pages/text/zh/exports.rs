//! "Download my data": its part of the account page, and the page that lies in the zip.

use crate::pages::text::ExportsText;

/// "Download my data": its part of the account page, and the page that lies in the zip.
pub(super) const EXPORTS: ExportsText = ExportsText {
    title: "下载我的数据",
    lede: "获取我们保存的关于您的一切：每个订单、每张图片以及您的账户信息，既有可直接查看的 zip 文件，也有供程序读取的 JSON。",
    rules: "您每天可以申请 {count} 次。下载在 {days} 天内有效，之后会被删除。数据较多的账户会得到多个文件。",
    request: "申请下载",
    none: "您最近几周没有申请过下载。",
    queued: "等待中",
    building: "正在准备",
    queued_detail: "您不必停留在此：准备好后，下载会出现在本页。",
    ready: "可以下载",
    days_left: "还剩 {count} 天，截止",
    hours_left: "还剩 {count} 小时，截止",
    soon_over: "剩余不到两小时，截止",
    part: "第 {number} 部分，共 {of} 部分（{size}）",
    expired: "已过期",
    expired_detail: "期限已过，文件已删除。",
    failed: "未能准备好",
    failed_detail: "这是我们的问题，请再申请一次。",
    index_title: "我的数据",
    index_requested: "截至 {time}",
    index_files: "文件",
    index_earlier: "之前的部分",
    index_orders: "订单",
    index_nothing: "没有订单。",
    index_missing: "有内容缺失（{count}）。清单中说明了是什么以及原因。",
    trashed: "在回收站中",
    person: "人物照片",
    garment: "服装照片",
    output: "结果",
    preview: "预览",
    portrait: "账户头像",
};
