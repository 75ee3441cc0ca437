//! One order: its page, and the copy of its markup that the home page carries.

use crate::domain::image::Metadata;
use crate::domain::options::Category;
use crate::domain::problem::Problem;
use crate::domain::view::Status;
use crate::pages::text::{Counted, OrderText};

/// One order: its page, and the copy of its markup that the home page carries.
pub(super) const ORDER: OrderText = OrderText {
    headline,
    message,
    deleted_headline: "已删除",
    deleted_message: and_what_stays!("订单、你的照片和图片都已删除。"),
    trashed_headline: "已移到回收站",
    trashed_message: "29 天内可以从回收站恢复，之后将永久删除。",
    step_queued: "排队中",
    step_processing: "生成中",
    step_completed: "已完成",
    queue_position: "排队位置",
    typical_time: "通常用时",
    seconds: Counted { one: "1 秒", other: "{count} 秒" },
    minutes: Counted { one: "1 分钟", other: "{count} 分钟" },
    elapsed: "已等待",
    notify: "完成后通知我",
    notify_note: "只要此页面保持打开就有效，在后台也可以。",
    notify_on: "只要此页面保持打开，完成后就会通知你。",
    notify_refused: "你的浏览器不允许本站发送通知。你可以在浏览器中更改本站的设置。",
    notify_body: "回到页面查看。",
    close_title: "你可以关闭此页面",
    result_waiting: "图片会显示在这里",
    result_note: "只呈现穿搭效果，不代表尺码或合身程度。",
    ai_mark: "AI 预览",
    compare_label: "与原图对比",
    compare_words: "原图 {before}%，成图 {after}%",
    compare_hold: "按住查看原图",
    zoom: "放大查看",
    zoom_label: "原尺寸图片",
    zoom_close: "关闭",
    inputs_title: "你的照片",
    person_caption: "原图",
    garments_caption: "衣物",
    alt_person: "你选择的人物照片",
    alt_garment: "衣物照片 {number}",
    alt_output: "AI 预览：照片中的人物穿戴着{garments}。风格：{look}",
    worn,
    download: "下载",
    share: "分享",
    share_copied: "此浏览器无法分享图片，已改为复制你的私密链接。拿到链接的人都能查看、取消和删除此\
                   订单。",
    share_kept: "此浏览器无法分享图片。请下载后分享文件。",
    share_again: "图片已准备好。请再点一次“分享”。",
    try_garment: "试穿其他衣物",
    use_as_person: "用这张图片作为人物照片",
    try_person: "用同一人物再试一次",
    to_start: "回到首页",
    report: "反馈问题",
    report_question: "图片哪里不对？",
    problem,
    report_note: "只统计问题，不含你的图片，结果显示在服务状态页上。",
    report_send: "发送反馈",
    report_choose: "请至少选择一项。",
    report_thanks: "谢谢。你的反馈已计入统计，不含你的图片。",
    cancel: "取消订单",
    cancel_explained: "不会再生成图片；如果即将完成，图片会被丢弃。如果已经开始生成，会计入你的免费图片。",
    cancel_confirm: "确认取消",
    delete: "立即删除",
    delete_explained: and_what_stays!("订单、你的照片和图片会立即删除，无法撤销。"),
    delete_confirm: "确认全部删除",
    trash_explained: "订单会连同你的照片和图片移到回收站。29 天内可以恢复，之后将永久删除。",
    action_failed_title: "操作没有成功",
    action_failed_detail: "无法连接到我们的服务。请重试。",
    connection_lost_title: "连接已断开",
    connection_lost_detail: "你的订单会继续处理。连接恢复后，此页面会自动更新。",
    link_title: "你的私密链接",
    link_warning: "私密链接可以带你回到这里。拿到链接的人都能查看、取消和删除此订单，请不要外传。",
    kept_title: "在你的历史记录中",
    kept_explained: "此订单会保留在你的历史记录中，直到你删除它。只有你登录后才能看到。",
    to_history: "前往历史记录",
    to_trash: "前往回收站",
    link_label: "此订单的私密链接",
    link_copy: "复制",
    link_copied: "已复制",
    facts_title: "详细信息",
    fact_choices: "你的选择",
    fact_instructions: "你的要求",
    fact_created: "下单时间",
    fact_stored_until: "订单和图片可打开至",
    fact_pictures: "我们存储的图片",
    fact_size: "占用空间",
    decimal_point: ".",
    list_comma: "、",
    fact_removed: "已从照片中移除",
    fact_model: "生成方",
    fact_provider_keeps: "生成方保留副本",
    fact_credits: "生成方向我们收取",
    fact_preview: "你看到的是",
    preview_statement: "由 AI 生成的预览，只呈现穿搭效果，不代表尺码或合身程度。",
    days: Counted { one: "1 天", other: "{count} 天" },
    credits: Counted { one: "1 积分", other: "{count} 积分" },
    provider,
    metadata,
    metadata_none: "未发现隐藏数据",
};

const fn headline(status: Status) -> &'static str {
    match status {
        Status::Queued => "正在排队",
        Status::Processing => "正在生成图片",
        Status::Completed => "图片已完成",
        Status::Failed => "这次没能生成图片",
        Status::Canceled => "已取消",
        Status::Expired => "此订单已不存在",
    }
}

const fn message(status: Status) -> &'static str {
    match status {
        Status::Queued => "轮到你时会立即开始。",
        Status::Processing => "完成后会立即显示在本页。",
        Status::Completed => "与原图对比一下，再决定留下还是删除。",
        Status::Failed => "出了什么问题，以及你可以怎么做：",
        Status::Canceled => "你取消了此订单，没有图片。",
        Status::Expired => {
            and_what_stays!("订单已被删除或期限已过：订单、你的照片和图片都已不在这里。")
        }
    }
}

const fn worn(value: Category) -> &'static str {
    match value {
        Category::Auto => "你选的衣物",
        Category::Tops => "你选的上装",
        Category::Bottoms => "你选的下装",
        Category::OnePieces => "你选的连衣裙或连体装",
        Category::Outerwear => "你选的外套",
        Category::Footwear => "你选的鞋",
        Category::Accessories => "你选的配饰",
    }
}

fn provider(name: &'static str) -> &'static str {
    match name {
        "kie" => "Kie AI",
        other => other,
    }
}

const fn metadata(kind: Metadata) -> &'static str {
    match kind {
        Metadata::Gps => "位置",
        Metadata::Exif => "相机数据",
        Metadata::Xmp => "编辑数据",
        Metadata::Iptc => "说明文字",
        Metadata::Comment => "注释",
        Metadata::Thumbnail => "内嵌缩略图",
        Metadata::Text => "文字备注",
        Metadata::Time => "时间戳",
        Metadata::IccProfile => "损坏的色彩配置文件",
        Metadata::IccText => "色彩配置文件中的备注",
        Metadata::ExtraPicture => "附带的其他图片",
        Metadata::TrailingData => "图片末尾的附加数据",
        Metadata::Other => "其他隐藏数据",
    }
}

const fn problem(kind: Problem) -> &'static str {
    match kind {
        Problem::BodyChanged => "身材变了",
        Problem::OldGarmentLeft => "原来的衣物还在",
        Problem::WrongGarment => "不是我选的衣物",
        Problem::FaceChanged => "脸变了",
        Problem::Other => "其他问题",
    }
}
