//! The agreement with businesses about the data of other people.

use crate::pages::text::article::Block::{List, Paragraph, Parties, Summary};
use crate::pages::text::{Article, Section};

/// The agreement with businesses about the data of other people.
pub(super) const DPA: Article = Article {
    title: "Data processing agreement",
    description: "For businesses that make pictures of other people here: what we process on \
                  their behalf, how, with whom, and until when (GDPR article 28).",
    lede: "For businesses that process photos of other people here. It is part of the \
           [Terms](/terms) and holds from your first order on; nothing has to be signed.",
    sections: &[
        Section {
            id: "subject",
            title: "What it is about",
            blocks: &[
                Paragraph(
                    "You, the controller, let us, who run {site}, process personal data on your \
                     behalf, as article 28 of the GDPR describes it.",
                ),
                List(&[
                    "Purpose: making pictures of people wearing clothes, showing them and keeping \
                     them, and nothing else. Never training, never advertising.",
                    "People: those in the photos, and those of yours who sign in.",
                    "Data: photos, pictures, choices and notes, and the account’s data.",
                    "Duration: as long as you use the service, and then until the terms below are \
                     over.",
                ]),
                Summary,
            ],
        },
        Section {
            id: "duties",
            title: "What we commit to",
            blocks: &[List(&[
                "We process data on your instructions only. Your orders, deletions and settings \
                 are the instructions. If we think that one breaks the law, we say so.",
                "Whoever works for us is bound to secrecy, and what operators look at is logged.",
                "We protect the data as [Security](/security) describes.",
                "We help you answer people who ask for their rights. For most of it there are \
                 buttons: download, correct, restrict, delete.",
                "If data of yours are lost or get into wrong hands, we tell you without undue \
                 delay what happened, whom it concerns and what we do.",
                "At the end we delete everything: {account_deletion} hours after you ask for it, \
                 and after {recovery} days more it is out of the database’s history too. Before \
                 that you can download everything.",
                "We give you what you need to check all this, and answer your questions. You may \
                 have it audited, with notice and at your own cost.",
            ])],
        },
        Section {
            id: "subprocessors",
            title: "Other companies",
            blocks: &[
                Paragraph(
                    "You allow these companies to take part. A new one is announced at least \
                     {notice} days before; within that time you may object, and end the contract \
                     if we cannot do without it. For what they do we answer to you as for our own \
                     doing.",
                ),
                Parties,
                Paragraph(
                    "Where data leave the European Union, the standard contractual clauses of its \
                     Commission apply with every company that offers them. Kie AI does not say \
                     where it works. If you may not accept that, do not give us photos of other \
                     people.",
                ),
            ],
        },
        Section {
            id: "yours",
            title: "What you commit to",
            blocks: &[List(&[
                "You may use the photos, and everyone shown agreed and is 16 or older.",
                "You tell the people concerned what you do with their photos.",
                "You keep your sign-in and the links of orders to yourself.",
            ])],
        },
        Section {
            id: "signed",
            title: "If you need it signed",
            blocks: &[Paragraph("Write to {contact}.")],
        },
    ],
};
