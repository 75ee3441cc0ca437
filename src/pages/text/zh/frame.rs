//! What surrounds every page.

use crate::pages::text::FrameText;

/// What surrounds every page.
pub(super) const FRAME: FrameText = FrameText {
    site_description: "先看上身效果，再决定入手：一张人物照片，一到四张衣物照片，生成一张图片。无需\
                       账号。",
    skip_link: "跳到正文",
    nav_label: "页面",
    footer_label: "全部页面",
    languages: "语言",
    home: "试穿",
    pricing: "价格",
    help: "帮助",
    status: "服务状态",
    privacy: "隐私政策",
    security: "安全",
    subprocessors: "子处理者",
    dpa: "数据处理",
    changes: "变更",
    terms: "使用条款",
    account: "你的账号",
    sign_in: "用 Google 登录",
    sign_in_terms: "登录即表示你接受：",
    history: "历史记录",
    sign_out: "退出登录",
    announcement: "公告",
    announcement_more: "有哪些变化",
    announcement_close: "关闭",
    theme: "外观",
    theme_system: "跟随系统",
    theme_light: "浅色",
    theme_dark: "深色",
    footer_preview: "本站生成的图片均为 AI 预览，只呈现穿搭效果，不代表尺码或合身程度。",
    footer_age: "仅供年满 16 周岁的人士使用。",
};
