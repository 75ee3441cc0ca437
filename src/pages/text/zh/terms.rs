//! What holds between the operator and a visitor.

use crate::pages::text::article::Block::{List, Paragraph};
use crate::pages::text::{Article, Section};

/// What holds between the operator and a visitor.
pub(super) const TERMS: Article = Article {
    title: "使用条款",
    description: "在这里生成图片的规则：可以用谁的照片，哪些行为不允许，图片有什么用，以及我们承担\
                  哪些责任。",
    lede: "用通俗的话写的规则。生成图片或登录即表示你接受这些规则。",
    sections: &[
        Section {
            id: "service",
            title: "你能得到什么",
            blocks: &[Paragraph(
                "{site} 用你提供的照片，生成人物穿着衣物的图片。在[限额](/pricing)内免费。你必须年\
                 满 16 周岁才能使用。",
            )],
        },
        Section {
            id: "photos",
            title: "你的照片",
            blocks: &[List(&[
                "请使用属于你自己的照片，或你有权使用的照片，衣物照片也是如此。",
                "照片中的每个人都必须同意，并且年满 16 周岁。",
                "你的照片仍归你所有。你允许我们和 Kie AI 处理这些照片来生成你的图片，除此之外，我们\
                 不作任何其他用途。",
            ])],
        },
        Section {
            id: "not-allowed",
            title: "哪些行为不允许",
            blocks: &[
                List(&[
                    "脱去他人的衣物，或以裸露或色情的方式展示任何人。",
                    "使用未满 16 周岁者的照片。",
                    "羞辱、威胁或欺骗他人的图片，或冒称某人穿过、购买过或推荐过某物的图片。",
                    "绕过限额，或用机器批量下单。",
                    "任何违反你所在地法律的行为。",
                ]),
                Paragraph(
                    "Kie AI 有自己的内容规则，会拒绝生成某些图片。我们可以删除违反这些规则的订单，\
                     并停止向下单者提供服务。如果在这里生成的图片对你造成了伤害，请写信到 \
                     {contact}。",
                ),
            ],
        },
        Section {
            id: "picture",
            title: "关于图片",
            blocks: &[List(&[
                "图片由机器生成，是穿搭效果的预览。它不代表尺码、合身程度、准确的颜色或面料，衣物和\
                 人物都可能出错。",
                "在法律和他人权利允许的范围内，你可以随意使用图片。如果我们对图片享有任何权利，这些\
                 权利都归你。",
                "向他人展示时，请说明图片由 AI 生成。图片在订单页面上标有“AI 预览”，请保留这类标\
                 记。",
            ])],
        },
        Section {
            id: "storage",
            title: "哪些内容会删除",
            blocks: &[Paragraph(
                "没有账号时，订单会在 48 小时后删除，无法为你恢复，想保留的内容请下载。有账号时，\
                 订单会保留到你删除它们或删除账号为止，之后最多在回收站停留 {trash} 天。详情见[隐\
                 私政策](/privacy)。",
            )],
        },
        Section {
            id: "liability",
            title: "我们承担哪些责任",
            blocks: &[
                Paragraph(
                    "服务免费，按现状提供。它可能变慢、出错或终止，我们不保证图片符合你的期望。请不\
                     要因为一张图片就购买无法退货的商品。",
                ),
                Paragraph(
                    "对于我们故意或因重大过失造成的损害、对生命和健康的损害，以及法律不允许我们另作\
                     约定的情形，我们承担责任。除此之外，我们不承担责任。消费者依法享有的权利不受影\
                     响。",
                ),
            ],
        },
        Section {
            id: "changes",
            title: "变更",
            blocks: &[Paragraph(
                "新条款会在生效前至少 {notice} 天公布在本页和每个页面的顶部，并发邮件给有账号的人。\
                 在此之前下的订单适用旧条款。如有疑问：{contact}。",
            )],
        },
    ],
};
