//! What is kept, why, where and for how long.

use crate::pages::text::article::Block::{Definitions, List, Paragraph, Table};
use crate::pages::text::{Article, Section};

/// What is kept, why, where and for how long.
pub(super) const PRIVACY: Article = Article {
    title: "Privacy",
    description: "What we keep, why, where and for how long: photos 48 hours, no tracking, no \
                  training, no advertising, three cookies.",
    lede: "What we keep, why, where and for how long. This describes the software as it runs \
           today.",
    sections: &[
        Section {
            id: "short",
            title: "In short",
            blocks: &[List(&[
                "Your photos and your picture are deleted 48 hours after your order, or at once \
                 when you delete it.",
                "Location and other hidden data are removed from your photos before we store them.",
                "Two companies are involved: Cloudflare runs the site, Kie AI makes the picture.",
                "We train nothing on your photos and sell nothing.",
                "No account, no analytics, no advertising, nothing loaded from other sites.",
            ])],
        },
        Section {
            id: "kept",
            title: "What is kept, and until when",
            blocks: &[
                Table(
                    &["What", "What for", "Until when"],
                    &[
                        &[
                            "Your photos and the picture",
                            "To make the picture and show it to you",
                            "48 hours after the order, or until you delete it. After 48 hours \
                             nobody can open them; the files themselves are removed within the \
                             hour.",
                        ],
                        &[
                            "The order: your choices, what you typed, its times, which kinds of \
                             hidden data were removed, what it cost us, problems you reported",
                            "To make the picture and to show you the facts about it",
                            "As long as its photos",
                        ],
                        &[
                            "A fingerprint of your cookie, with the time of each order; for a \
                             deleted order also one of its number",
                            "To count the 3 free pictures in 24 hours, those of deleted orders too",
                            "48 hours",
                        ],
                        &[
                            "A keyed fingerprint of your network, which changes every day",
                            "To keep one network from using up everybody’s turn",
                            "2 days",
                        ],
                        &[
                            "Counts: how orders ended, how long they took, which problems were \
                             reported",
                            "For the [status page](/status). They name nobody and no order.",
                            "48 hours at least, until newer counts take their place",
                        ],
                        &[
                            "One log line for each request: kind of page, result, duration and a \
                             random number",
                            "To find faults. It holds no address, no link and nothing you typed.",
                            "A few days",
                        ],
                        &[
                            "Your email address, if you join the waitlist, and on which page and \
                             when",
                            "To write to you once, when accounts are here",
                            "Until we have written, or until you ask us to remove it",
                        ],
                    ],
                ),
                Paragraph(
                    "Of a deleted order nothing is kept but the try that it used up, as the table \
                     says. Its link itself carries the time of the order and a mark that shows \
                     that the link came from us: so for 30 days after the order’s time it can say \
                     “deleted” instead of “never existed”.",
                ),
                Paragraph(
                    "Our database keeps a recovery history of its own for up to 30 days, in case \
                     something breaks. What was in a row, such as what you typed under “Anything \
                     else?”, can be brought back from it in that time. Pictures never lie there.",
                ),
            ],
        },
        Section {
            id: "photos",
            title: "How your photos are protected",
            blocks: &[List(&[
                "Location, camera data, captions and other hidden data are taken out, in your \
                 browser where it can and again when the photo arrives. The order’s page says what \
                 was found.",
                "Pictures lie in private storage that has no public address. They are shown by \
                 signed links that stop working after 15 minutes at most.",
                "An order has a secret link that cannot be guessed, and search engines are told to \
                 stay away. Whoever has the link can see and delete the order, so treat it like a \
                 key.",
                "Everything travels encrypted.",
                "No software of ours recognises faces.",
            ])],
        },
        Section {
            id: "companies",
            title: "Who else sees them",
            blocks: &[
                Definitions(&[
                    (
                        "Kie AI",
                        "Makes the picture. It gets links to your photos that work for 20 minutes, \
                         your choices and what you typed; never your address, cookie or email. It \
                         keeps the result for 14 days and records of its work for 2 months, and we \
                         cannot shorten that. It does not say how long it keeps the photos it \
                         fetched.",
                    ),
                    (
                        "Cloudflare",
                        "Runs the site, the storage and the database for us. As with every \
                         website, it sees your internet address and what your browser says of \
                         itself. We use the address only to limit how much one network orders, and \
                         do not write it down.",
                    ),
                ]),
                Paragraph(
                    "Nobody else. We hand data to authorities only where the law obliges us to, \
                     and we can only hand over what is in the table above.",
                ),
            ],
        },
        Section {
            id: "cookies",
            title: "Cookies",
            blocks: &[
                Table(
                    &["Name", "What for", "How long"],
                    &[
                        &[
                            "__Host-anon_sid",
                            "A random number that counts your free pictures and keeps one order \
                             from being placed twice",
                            "48 hours after your last order",
                        ],
                        &["lang", "The language you chose, if you chose one", "1 year"],
                        &["theme", "Light or dark, if you chose one", "1 year"],
                    ],
                ),
                Paragraph(
                    "All three are needed for what you asked for, so there is no banner to click \
                     away. A photo that you let your browser remember stays in your browser until \
                     you tell the form to forget it.",
                ),
            ],
        },
        Section {
            id: "rights",
            title: "Your rights",
            blocks: &[
                Paragraph(
                    "You can see, download and delete an order yourself, by its link. For \
                     everything else, such as a copy of your data, a correction, a restriction, an \
                     objection, or leaving the waitlist, write to {contact}. Without an account we \
                     know no name to search for: send the link of the order you mean.",
                ),
                List(&[
                    "We process your photos because you ask us to make a picture of them.",
                    "We count and limit because we have an interest in a service that works and is \
                     not misused.",
                    "We keep your email address because you agreed, and you may withdraw that at \
                     any time.",
                ]),
                Paragraph(
                    "You may also complain to the data protection authority where you live. \
                     Somebody used a photo of you without asking? Write to us with the link.",
                ),
            ],
        },
        Section {
            id: "age",
            title: "Age",
            blocks: &[Paragraph(
                "This site is for people aged 16 and over, and so are the photos: nobody shown in \
                 them may be younger.",
            )],
        },
        Section {
            id: "changes",
            title: "Changes",
            blocks: &[Paragraph(
                "If we want to keep more, keep it longer or involve another company, we say so on \
                 this page at least 14 days before. Questions: {contact}.",
            )],
        },
    ],
};
