//! How data are protected, and what happens when something breaks.

use crate::pages::text::article::Block::{Commands, List, Paragraph, Steps, Terms};
use crate::pages::text::article::{RESTORE, VERIFY};
use crate::pages::text::{Article, Section};

/// How data are protected, and what happens when something breaks.
pub(super) const SECURITY: Article = Article {
    title: "Security",
    description: "How photos and accounts are protected, what is backed up and when that expires, \
                  and how to check the receipt of a deletion yourself.",
    lede: "How your data are protected, what a backup holds and until when, and how you can check \
           a deletion yourself.",
    sections: &[
        Section {
            id: "pictures",
            title: "Pictures and pages",
            blocks: &[List(&[
                "Pictures lie in private storage without a public address. A signed link shows \
                 one picture for {picture_link} minutes at most; of a deleted one it shows \
                 nothing.",
                "Hidden data are removed from photos before they are stored, so they cannot leak \
                 later.",
                "Every connection is encrypted. Files and database are encrypted where they lie; \
                 that is Cloudflare’s word.",
                "Pages run our own scripts only, each with a digest that the browser checks, and \
                 no other site can show them inside its own.",
                "The log holds no address, no link and nothing that you typed.",
            ])],
        },
        Section {
            id: "accounts",
            title: "Accounts",
            blocks: &[List(&[
                "You sign in with Google. We have no password of yours that could be stolen.",
                "Of what keeps you signed in we store a fingerprint only: who reads our database \
                 cannot sign in with it.",
                "A sign-in ends after {session_idle} days without use and after \
                 {session_absolute} days in any case. The account page lists all of them and ends \
                 any at once.",
                "What cannot be undone, such as deleting the account, needs a new sign-in.",
                "A new sign-in, a changed mail address and a scheduled deletion are told to you \
                 by mail.",
                "What belongs to an account is checked against its owner with every request.",
            ])],
        },
        Section {
            id: "backups",
            title: "Backups",
            blocks: &[
                Paragraph(
                    "Our only backup is the database’s own history: it can be set back to any \
                     minute of the last {recovery} days. There is no copy of pictures: a deleted \
                     file is gone at once. So what was deleted is out of every backup {recovery} \
                     days later.",
                ),
                Paragraph(
                    "Setting the database back would also bring back what was deleted since. So \
                     whoever runs this site works through the following, in this order:",
                ),
                Steps(&[
                    "Close the site, and write a list of all accounts and orders that there are \
                     now.",
                    "Set the database back, to the moment before the damage and no further.",
                    "Delete again every account and order that is older than that moment and is \
                     not on the list. Their pictures are gone already.",
                    "Take back every consent, and end every sign-in, that was ended since. If \
                     that cannot be told, all of them.",
                    "Open the site, and announce what happened to everybody concerned.",
                ]),
                Commands(RESTORE),
            ],
        },
        Section {
            id: "receipts",
            title: "Checking a deletion",
            blocks: &[
                Paragraph(
                    "Whoever deletes an account gets a code. With it a receipt can be fetched for \
                     {receipt} days, and we mail it as the last thing: the address goes when that \
                     mail has left, {last_mail} hours after the deletion at the latest. It says \
                     what was deleted and when, and which copies elsewhere live until when. It is \
                     signed (JWS, Ed25519) and names nobody.",
                ),
                Paragraph(
                    "You can check it without us and without a network. Save it from the [page of \
                     the receipt](/receipt) as receipt.jws, and our [public \
                     key](/api/receipt-key), which lies here at /api/receipt-key, as \
                     key.pem. Then, with OpenSSL 3:",
                ),
                Commands(VERIFY),
                Paragraph(
                    "A receipt proves what we stated and cannot change any more. It cannot prove \
                     that bytes are gone; nobody can.",
                ),
            ],
        },
        Section { id: "terms", title: "Every term at a glance", blocks: &[Terms] },
        Section {
            id: "report",
            title: "Found a hole?",
            blocks: &[Paragraph(
                "Write to {contact}. Try it on your own orders and account only, leave other \
                 people’s data alone, and give us time to mend it: then we are grateful and take \
                 no legal steps.",
            )],
        },
    ],
};
