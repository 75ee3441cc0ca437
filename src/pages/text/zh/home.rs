//! The home page around its form.

use crate::pages::text::{HomeText, Paragraph};

/// The home page around its form.
pub(super) const HOME: HomeText = HomeText {
    example_note: "这是插画示例。你的图片会用你自己的照片生成。",
    example_before_alt: "插画：一个衣着简单的人",
    example_after_alt: "插画：同一个人，同样的姿势，换上了其他衣物",
    example_slider: "两张图片的显示比例",
    example_shares: "试穿前 {before}%，试穿后 {after}%",
    example_hold: "按住查看试穿前",
    steps_title: "使用步骤",
    steps: [
        Paragraph {
            title: "添加一张人物照片",
            body: "全身入镜，面向镜头。可以是你自己，也可以是任何同意的人。",
        },
        Paragraph {
            title: "添加衣物",
            body: "一到四张照片：可以来自商品页，也可以拍眼前挂着的衣物。",
        },
        Paragraph {
            title: "得到图片",
            body: "通常需要一分钟左右。你可以与原图对比、下载，或全部删除。",
        },
    ],
    promises_title: "你的照片会怎样",
    promises: [
        Paragraph {
            title: "48 小时后关闭，除非你保留",
            body: and_what_stays!(
                "48 小时后照片、图片和订单无法再打开，并在随后一小时内删除；你也可以随时删除，立即\
                 生效。登录后，它们会留在你的历史记录里，直到你删除。"
            ),
        },
        Paragraph {
            title: "只有你告诉的人能看到",
            body: "图片存放在私有存储中。你的订单有一个私密链接，拿到链接的人可以查看，任何人都搜索\
                   不到。",
        },
        Paragraph {
            title: "移除位置信息",
            body: "在存储或转交之前，我们会从文件中清除拍摄地点和拍摄设备的信息。",
        },
        Paragraph {
            title: "我们不用它们训练",
            body: "在我们这里，你的照片只用于生成你的图片。Kie AI 用它们生成图片。",
        },
    ],
    promises_more: "全部细节，包括每个期限和每个 Cookie：[隐私政策](/privacy)。",
    questions_title: "常见问题",
    questions: [
        Paragraph {
            title: "我穿合身吗？",
            body: "图片看不出来。它呈现的是你的穿搭效果，不代表尺码合不合身。想知道合不合身，请拿你\
                   的身体尺寸对照商家的尺码表。",
        },
        Paragraph {
            title: "要花多少钱？",
            body: "不花钱：24 小时内 3 张图片免费。生成失败的不计次数。[免费内容和后续计\
                   划](/pricing)",
        },
        Paragraph {
            title: "什么样的照片效果最好？",
            body: "一个人，全身入镜，光线充足，身体前面没有遮挡。每张照片一件衣物，完整入镜。[图解\
                   技巧](/help#photos)",
        },
        Paragraph {
            title: "可以试穿哪些衣物？",
            body: "上装、下装、连衣裙、外套、鞋和配饰，最多四件一起试。大件的效果比首饰这类小件\
                   好。",
        },
        Paragraph {
            title: "可以用别人的照片吗？",
            body: "只有对方同意并且年满 16 周岁才可以。这是我们[规则](/terms#photos)的第一条。",
        },
        Paragraph {
            title: "怎样找回我的图片？",
            body: "48 小时内，用私密链接就能找回。请复制链接或下载图片：没有账号，我们没法帮你找。\
                   登录后，它在你的历史记录里。",
        },
    ],
    questions_more: "更多内容请看[帮助](/help)。",
};
