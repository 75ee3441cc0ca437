//! What is kept, why, where and for how long.

use crate::pages::text::article::Block::{BrowserStores, Cookies, Data, List, Paragraph, Parties};
use crate::pages::text::{Article, Section};
use crate::policy::data_map::Group;

/// What is kept, why, where and for how long.
pub(super) const PRIVACY: Article = Article {
    title: "Privacy",
    description: "What we keep, why, where and for how long: 48 hours without an account, with \
                  one until you delete it. No training, no advertising.",
    lede: "What we keep, why, where and for how long. These lists are written from the software \
           itself: it is not released while it keeps something that is missing here.",
    sections: &[
        Section {
            id: "short",
            title: "In short",
            blocks: &[List(&[
                "Without an account your photos and your picture are deleted {anonymous_order} \
                 hours after your order, or at once when you delete it.",
                "With an account they stay in your history until you delete them. Then they lie \
                 in the trash, and by day {trash} they are gone for good.",
                "You can download everything of your account, and delete it: after \
                 {account_deletion} hours, in which you can call it off, it is gone.",
                "Location and other hidden data are removed from your photos before we store them.",
                "Cloudflare runs the site, Kie AI makes the picture, and Google says who you are, \
                 if you sign in.",
                "Nothing is trained on your photos, on no plan, and nothing is sold.",
                "No advertising, and without your consent nothing is loaded from other sites.",
            ])],
        },
        Section {
            id: "kept",
            title: "What making a picture keeps",
            blocks: &[
                Data(Group::Making),
                Paragraph(
                    "Of a deleted order nothing is kept but the try that it used up. Its link \
                     itself carries the time of the order and a mark that shows that the link \
                     came from us: so for {closed_order} days after the order’s time it can say \
                     “deleted” instead of “never existed”.",
                ),
            ],
        },
        Section { id: "account", title: "What an account keeps", blocks: &[Data(Group::Account)] },
        Section {
            id: "running",
            title: "What running the site keeps",
            blocks: &[
                Data(Group::Running),
                Paragraph(
                    "So what was deleted can still be in the database’s history for up to \
                     {recovery} days more. [Security](/security#backups) says what happens if it \
                     is ever needed.",
                ),
            ],
        },
        Section {
            id: "photos",
            title: "How your photos are protected",
            blocks: &[List(&[
                "Location, camera data, captions and other hidden data are taken out, in your \
                 browser where it can and again when the photo arrives. The order’s page says \
                 what was found.",
                "Pictures lie in private storage that has no public address. They are shown by \
                 signed links that stop working after {picture_link} minutes at most.",
                "Without an account an order has a secret link that cannot be guessed, and search \
                 engines are told to stay away. Whoever has the link can see and delete the \
                 order, so treat it like a key. An order of an account opens for its owner only.",
                "Everything travels encrypted, and lies encrypted at Cloudflare.",
                "No software of ours recognises faces.",
            ])],
        },
        Section {
            id: "companies",
            title: "Who else sees them",
            blocks: &[
                Parties,
                Paragraph(
                    "Nobody else. We hand data to authorities only where the law obliges us to, \
                     and we can only hand over what is in the lists above.",
                ),
            ],
        },
        Section {
            id: "cookies",
            title: "What lies in your browser",
            blocks: &[
                Cookies,
                BrowserStores,
                Paragraph(
                    "All of this is needed for what you asked for, unless it says that you agreed \
                     to it. Where nothing needs your consent there is no banner to click away.",
                ),
            ],
        },
        Section {
            id: "rights",
            title: "Your rights",
            blocks: &[
                List(&[
                    "See, download and delete: without an account by the order’s link; with one \
                     in your history and on the account page, where everything can be downloaded \
                     at once.",
                    "Correct: name and mail address, on the account page.",
                    "Restrict and object: on the account page. While processing is restricted no \
                     picture is made, and you can still download everything.",
                    "Withdraw: what you agreed to you may take back at any time, as easily as you \
                     agreed. Each mail that is not about your account’s safety has a link that \
                     ends such mails.",
                ]),
                Paragraph(
                    "For everything else write to {contact}. Without an account we know no name \
                     to search for: send the link of the order you mean. You may also complain to \
                     the data protection authority where you live. Somebody used a photo of you \
                     without asking? Write to us with the link.",
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
                "If we want to keep more, keep it longer or involve another company, we say so at \
                 least {notice} days before, at the top of every page and by mail to whoever has \
                 an account. [All versions](/changes). Questions: {contact}.",
            )],
        },
    ],
};
