//! The agreement with businesses about the data of other people.

use crate::pages::text::article::Block::{List, Paragraph, Parties, Summary};
use crate::pages::text::{Article, Section};

/// The agreement with businesses about the data of other people.
pub(super) const DPA: Article = Article {
    title: "数据处理协议",
    description: "面向在这里为他人生成图片的企业：我们代为处理什么、如何处理、与谁一起、到何时为止\
                  （GDPR 第 28 条）。",
    lede: "面向在这里处理他人照片的企业。它是[使用条款](/terms)的一部分，自第一个订单起生效，无需\
           签署。",
    sections: &[
        Section {
            id: "subject",
            title: "内容",
            blocks: &[
                Paragraph(
                    "你作为控制者，委托我们（{site} 的运营者）按照 GDPR 第 28 条所述代你处理个人数\
                     据。",
                ),
                List(&[
                    "目的：生成人物穿着衣物的图片，展示并保存这些图片，别无其他。绝不用于训练，绝\
                     不用于广告。",
                    "人员：照片中的人，以及你方登录的人。",
                    "数据：照片、图片、选择和备注，以及账号的数据。",
                    "期限：在你使用服务期间，之后直到下列期限结束。",
                ]),
                Summary,
            ],
        },
        Section {
            id: "duties",
            title: "我们的承诺",
            blocks: &[List(&[
                "我们只按你的指示处理数据。你的订单、删除和设置就是指示。如果我们认为某项指示违法，\
                 会告诉你。",
                "为我们工作的人负有保密义务，运营者查看的内容会被记录。",
                "我们按[安全](/security)中的说明保护数据。",
                "我们帮助你回应要求行使权利的人。大多数事项都有按钮：下载、更正、限制、删除。",
                "如果你的数据丢失或落入他人之手，我们会毫不拖延地告诉你发生了什么、涉及谁，以及我\
                 们采取的措施。",
                "最后我们会删除一切：在你要求后 {account_deletion} 小时，再过 {recovery} 天，数据\
                 库的历史中也不再有。在此之前你可以下载全部内容。",
                "我们向你提供核实以上内容所需的信息，并回答你的问题。你可以在提前通知并自付费用的\
                 情况下进行审计。",
            ])],
        },
        Section {
            id: "subprocessors",
            title: "其他公司",
            blocks: &[
                Paragraph(
                    "你允许这些公司参与。新的公司至少提前 {notice} 天公告；在此期间你可以反对，如\
                     果我们离不开它，你可以终止合同。对于它们的行为，我们像对自己的行为一样向你负\
                     责。",
                ),
                Parties,
                Paragraph(
                    "数据离开欧盟时，凡提供欧盟委员会标准合同条款的公司，均适用该条款。Kie AI 没有\
                     说明它在哪里运营。如果你不能接受，请不要把他人的照片交给我们。",
                ),
            ],
        },
        Section {
            id: "yours",
            title: "你的承诺",
            blocks: &[List(&[
                "你有权使用这些照片，照片中的每个人都已同意并年满 16 周岁。",
                "你会告知相关人员你如何使用他们的照片。",
                "你会保管好自己的登录和订单链接。",
            ])],
        },
        Section {
            id: "signed",
            title: "如果你需要签署",
            blocks: &[Paragraph("请写信到 {contact}。")],
        },
    ],
};
