//! Words of every prose page.

use crate::pages::text::{ArticleText, WaitlistText};

/// Words of every prose page.
pub(super) const ARTICLE: ArticleText = ArticleText {
    contents: "On this page",
    price_size: "Size",
    price_cost: "What it costs us",
    price_note: "For one picture with one garment, made by {model}. Each order’s page says what it \
                 really cost.",
    consent_title: "May we count your visit?",
    consent_text: "On pages of text we would use analytics of other companies. They are never on \
                   pages with photos, and off unless you agree. [Who and how](/privacy#companies)",
    consent_age: "One of them records visits: say yes only if you are 18 or older.",
    consent_no: "No",
    consent_yes: "Yes",
    consent_again: "Change my answer about analytics",
};

/// The form that joins the waitlist.
pub(super) const WAITLIST: WaitlistText = WaitlistText {
    title: "Keep your pictures",
    hint: "Accounts with a history are on their way. Leave your address and we will write once, \
           when they are here.",
    email: "Email address",
    submit: "Tell me",
};
