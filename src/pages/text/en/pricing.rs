//! What is free and what is coming.

use crate::pages::text::article::Block::{List, Paragraph, Prices, Questions, Waitlist};
use crate::pages::text::{Article, Section};

/// What is free and what is coming.
pub(super) const PRICING: Article = Article {
    title: "What it costs",
    description: "Trying clothes on is free: 3 pictures in 24 hours, no account, no card. What a \
                  picture costs us, and what is coming.",
    lede: "Nothing. 3 pictures in 24 hours are free, and there is nothing to buy yet.",
    sections: &[
        Section {
            id: "free",
            title: "What is free",
            blocks: &[
                List(&[
                    "3 pictures in 24 hours. Each one becomes free again 24 hours after you used \
                     it.",
                    "Every kind of garment, look, size and shape that the form offers.",
                    "A picture that fails does not count, nor one that you stop before we started \
                     it.",
                    "No account, no card, no advertising.",
                ]),
                Paragraph(
                    "So that everybody gets a turn, there is a limit to what one network can order \
                     in an hour and in a day. You may notice it where many people share a \
                     connection.",
                ),
            ],
        },
        Section {
            id: "cost",
            title: "What it costs us",
            blocks: &[
                Paragraph(
                    "Kie AI makes the pictures and charges us in its credits. You do not pay them; \
                     we show them because you may want to know.",
                ),
                Prices,
            ],
        },
        Section {
            id: "coming",
            title: "What is coming",
            blocks: &[
                Paragraph(
                    "Credits for more pictures in a day, with an account that keeps them. There \
                     are no prices yet, so none stand here. They will stand on this page before \
                     anything can be bought.",
                ),
                Waitlist("pricing"),
            ],
        },
        Section {
            id: "questions",
            title: "Questions",
            blocks: &[Questions(&[
                (
                    "Why is it free?",
                    "So that you can find out whether it is of use to you. We pay for it, which is \
                     why there is a limit.",
                ),
                (
                    "Do you earn money with my photos?",
                    "No. They are not sold, and shown to nobody but Kie AI, which makes the \
                     picture. We train nothing on them. [Privacy](/privacy)",
                ),
                (
                    "My 3 pictures are used up. What now?",
                    "Come back later: each one becomes free again 24 hours after you used it. The \
                     form says how many are left.",
                ),
            ])],
        },
    ],
};
