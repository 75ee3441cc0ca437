//! What holds between the operator and a visitor.

use crate::pages::text::article::Block::{List, Paragraph};
use crate::pages::text::{Article, Section};

/// What holds between the operator and a visitor.
pub(super) const TERMS: Article = Article {
    title: "Terms",
    description: "The rules for making pictures here: whose photos you may use, what is not \
                  allowed, what the picture is good for, and what we answer for.",
    lede: "The rules, in plain words. By making a picture or signing in you accept them.",
    sections: &[
        Section {
            id: "service",
            title: "What you get",
            blocks: &[Paragraph(
                "{site} makes a picture of a person wearing clothes, from photos that you give. It \
                 is free within its [limits](/pricing). You have to be 16 or older to use it.",
            )],
        },
        Section {
            id: "photos",
            title: "Your photos",
            blocks: &[List(&[
                "Use photos that are yours, or that you are allowed to use, also those of the \
                 clothes.",
                "Everyone shown must agree to it and be 16 or older.",
                "Your photos stay yours. You let us and Kie AI process them to make your picture, \
                 and for nothing else of ours.",
            ])],
        },
        Section {
            id: "not-allowed",
            title: "What is not allowed",
            blocks: &[
                List(&[
                    "Undressing people, or showing anybody nude or in a sexual way.",
                    "Photos of anybody under 16.",
                    "Pictures that humiliate, threaten or deceive, or that pass somebody off as \
                     having worn, bought or recommended something.",
                    "Getting around the limits, or ordering by a machine in bulk.",
                    "Anything that is against the law where you are.",
                ]),
                Paragraph(
                    "Kie AI has content rules of its own and declines some pictures. We may delete \
                     orders that break these rules and shut out whoever places them. If a picture \
                     made here harms you, write to {contact}.",
                ),
            ],
        },
        Section {
            id: "picture",
            title: "What the picture is",
            blocks: &[List(&[
                "It is made by a machine and is a preview of style. It does not show size, fit, \
                 exact colour or fabric, and it can be wrong about the clothes and about the \
                 person.",
                "You may use it as you like, within the law and the rights of others. As far as we \
                 have any rights in it, they are yours.",
                "When you show it to others, say that it was made with AI. On the order’s page it \
                 is marked “AI preview”; please leave such marks in place.",
            ])],
        },
        Section {
            id: "storage",
            title: "What is deleted",
            blocks: &[Paragraph(
                "Without an account orders are deleted after 48 hours and cannot be brought back \
                 for you; download what you want to keep. With one they stay until you delete \
                 them or the account, and for up to {trash} days more in the trash. The details \
                 are in [Privacy](/privacy).",
            )],
        },
        Section {
            id: "liability",
            title: "What we answer for",
            blocks: &[
                Paragraph(
                    "The service is free and comes as it is. It may be slow, fail or end, and we \
                     do not promise that a picture turns out as you hoped. Do not buy something \
                     you cannot return because of a picture.",
                ),
                Paragraph(
                    "We answer for harm that we cause on purpose or by gross carelessness, for \
                     harm to life and health, and wherever the law does not let us say otherwise. \
                     For anything else we do not. Rights that consumers have by law stay as they \
                     are.",
                ),
            ],
        },
        Section {
            id: "changes",
            title: "Changes",
            blocks: &[Paragraph(
                "New terms stand on this page, at the top of every page and in a mail to whoever \
                 has an account at least {notice} days before they hold. Orders placed before \
                 then follow the old ones. Questions: {contact}.",
            )],
        },
    ],
};
