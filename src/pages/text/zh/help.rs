//! How to get a good picture, and what to do when something is wrong.

use crate::pages::text::article::Block::{
    Definitions, Errors, List, Paragraph, Questions, Steps, Tips,
};
use crate::pages::text::article::{Drawing, Tip};
use crate::pages::text::{Article, Section};

/// How to get a good picture, and what to do when something is wrong.
pub(super) const HELP: Article = Article {
    title: "帮助",
    description: "哪些照片合适，每个选项有什么用，如何删除全部内容，以及每种错误的含义和解决办法。",
    lede: "哪些照片合适，各个选项有什么用，出了问题怎么办。",
    sections: &[
        Section {
            id: "photos",
            title: "人物照片",
            blocks: &[Tips(&[
                Tip {
                    drawing: Drawing::PersonWhole,
                    title: "全身入镜",
                    body: "照片里没有的部分只能靠想象补全。",
                },
                Tip {
                    drawing: Drawing::PersonFront,
                    title: "面向镜头",
                    body: "站直，双臂略微离开身体。",
                },
                Tip {
                    drawing: Drawing::PersonAlone,
                    title: "只有一个人",
                    body: "如果可以选，背景尽量简洁。",
                },
                Tip {
                    drawing: Drawing::Light, title: "光从正面来", body: "一扇窗的光就够了。"
                },
                Tip {
                    drawing: Drawing::PersonCropped,
                    title: "不要截断",
                    body: "没拍到腿，就没法试穿裤子。",
                },
                Tip {
                    drawing: Drawing::PersonTurned,
                    title: "不要侧身",
                    body: "衣物也是以正面呈现的。",
                },
                Tip {
                    drawing: Drawing::PersonNotAlone,
                    title: "不要合影",
                    body: "没法判断要给谁试穿。",
                },
                Tip {
                    drawing: Drawing::PersonCovered,
                    title: "前面没有遮挡",
                    body: "包、大衣和交叉的双臂会挡住身体。",
                },
                Tip {
                    drawing: Drawing::Dark, title: "不要太暗", body: "颜色和轮廓会看不清。"
                },
            ])],
        },
        Section {
            id: "garments",
            title: "衣物照片",
            blocks: &[
                Tips(&[
                    Tip {
                        drawing: Drawing::GarmentFlat,
                        title: "平铺或挂起",
                        body: "拍正面，平整、端正。",
                    },
                    Tip {
                        drawing: Drawing::GarmentOne,
                        title: "每张照片一件",
                        body: "完整入镜。最多四张照片。",
                    },
                    Tip {
                        drawing: Drawing::ShoesAsPair,
                        title: "鞋要成双",
                        body: "从侧面或正面拍。",
                    },
                    Tip {
                        drawing: Drawing::GarmentCropped,
                        title: "不要截断",
                        body: "缺的袖子只能靠猜。",
                    },
                    Tip {
                        drawing: Drawing::GarmentCrumpled,
                        title: "不要皱成一团",
                        body: "褶皱会被当成剪裁。",
                    },
                    Tip {
                        drawing: Drawing::GarmentMany,
                        title: "不要一张多件",
                        body: "会被混在一起。",
                    },
                ]),
                Paragraph(
                    "支持 JPEG、PNG 和 WebP，每张最大 10 MB，合计最大 24 MB，每边至少 256 像素。商\
                     品页上的图片一般都能用，截图也可以。",
                ),
            ],
        },
        Section {
            id: "options",
            title: "选项说明",
            blocks: &[
                Paragraph("所有选项都可以保持默认。它们的作用如下："),
                Definitions(&[
                    (
                        "衣物类型",
                        "决定替换哪一部分。“自动”会根据照片判断。如果换错了地方，请指定类型。",
                    ),
                    ("风格", "图片的氛围。“自然”最接近你的照片，其他风格会改变光线和环境。"),
                    ("取景", "显示人物的多大范围。特写会突出面料和细节。"),
                    (
                        "衣物照片拍的是",
                        "衣物是单独拍摄，还是有人穿着。如果那个人身上的其他衣物出现在你的图片里，可\
                         以试试这个选项。",
                    ),
                    ("尺寸", "像素越多，用时会稍长一些。手机上看，1K 就够了。"),
                    ("比例", "图片的长宽比例。默认与人物照片一致。"),
                    ("文件格式", "JPEG 文件较小。PNG 无损，文件较大。"),
                    (
                        "还有其他要求？",
                        "用自己的话提要求，最多 500 个字符，例如“把衬衫塞进裤腰”“敞开外套”。",
                    ),
                ]),
            ],
        },
        Section {
            id: "order",
            title: "等待期间",
            blocks: &[List(&[
                "一张图片通常需要一分钟左右。页面会显示你的排队位置和通常用时。",
                "你可以关闭页面。48 小时内，私密链接都能带你回来；请保存好，因为没有账号，谁也没法\
                 帮你找回。有账号时，图片在你的历史记录里。",
                "你可以取消订单。如果我们还没开始生成，就不计次数。",
                "超过 15 分钟仍未生成图片，我们会放弃，这次不计次数。",
            ])],
        },
        Section {
            id: "better",
            title: "图片不对怎么办",
            blocks: &[
                Questions(&[
                    (
                        "原来的衣物还在",
                        "选择衣物类型，并写明要去掉什么，例如“把连帽衫完全去掉”。穿着轻薄贴身的照片\
                         效果最好。",
                    ),
                    (
                        "脸或身材看起来不一样",
                        "换一张更清晰、光线更好的照片，并选更大的尺寸。风格保持“自然”。",
                    ),
                    (
                        "衣物不对，或混在了一起",
                        "每张照片只放一件衣物；如果衣物穿在人身上，请选择“有人穿着”。",
                    ),
                    (
                        "图案或标志不对",
                        "小字和细密图案是弱项。选更大的尺寸，并近距离拍摄衣物，会有所改善。",
                    ),
                ]),
                Paragraph(
                    "请在订单页面告诉我们哪里不对。我们只统计问题的类型，[服务状态页](/status)会显\
                     示各类问题出现的频率。",
                ),
            ],
        },
        Section {
            id: "delete",
            title: "如何删除全部内容",
            blocks: &[
                Steps(&[
                    "打开订单的私密链接。",
                    "点“立即删除”并确认。",
                    "照片、图片和订单会立刻从本站消失。",
                ]),
                Paragraph(
                    "没有账号时，如果你什么都不做，48 小时后也会同样删除。有账号时，删除的内容最多\
                     在回收站停留 {trash} 天，账号页面可以连同全部内容删除账号。哪些内容可能在别处\
                     保留一段时间，例如 Kie AI 会将生成结果的副本保留 14 天，请见[隐私政策\
                     ](/privacy#kept)。",
                ),
            ],
        },
        Section { id: "errors", title: "错误及解决办法", blocks: &[Errors] },
        Section {
            id: "contact",
            title: "联系我们",
            blocks: &[Paragraph(
                "请写信到 {contact}。如果与某个错误有关，请注明页面上显示的错误代码和请求编号。只有\
                 当你希望我们查看订单中的图片时，才需要附上订单链接。",
            )],
        },
    ],
};
