//! The home page around its form.

use crate::pages::text::{HomeText, Paragraph};

/// The home page around its form.
pub(super) const HOME: HomeText = HomeText {
    promises_title: "What happens to your photos",
    promises: [
        Paragraph {
            title: "Gone after 48 hours",
            body: and_what_stays!(
                "Photos, picture and order are deleted two days after your order at the latest, \
                 or the moment you delete it."
            ),
        },
        Paragraph {
            title: "Location removed",
            body: "Where and with what a photo was taken is stripped from the file before anything \
                   is stored or passed on.",
        },
        Paragraph {
            title: "Never training data",
            body: "We train nothing on your photos. Kie AI, which makes the picture, keeps its own \
                   copy for a limited time; each order says for how long.",
        },
    ],
    waitlist_title: "Keep your pictures",
    waitlist_hint: "Accounts with a history are on their way. Leave your address and we will write \
                    once, when they are here.",
    waitlist_email: "Email address",
    waitlist_submit: "Tell me",
};
