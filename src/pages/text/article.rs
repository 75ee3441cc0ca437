//! Prose pages. A line may hold `{contact}`, `{site}`, the number of a term by its name in
//! `policy::terms`, and links as `[words](/path)`, and no other markup; the page fills them in.

use crate::policy::data_map::Group;

/// A page of prose.
pub struct Article {
    /// The heading and the browser's title.
    pub(in crate::pages) title: &'static str,
    /// For search engines: at most 160 characters.
    pub(in crate::pages) description: &'static str,
    pub(in crate::pages) lede: &'static str,
    pub(in crate::pages) sections: &'static [Section],
}

/// A part of a page of prose.
pub struct Section {
    /// Its anchor: the same in every language.
    pub(in crate::pages) id: &'static str,
    pub(in crate::pages) title: &'static str,
    pub(in crate::pages) blocks: &'static [Block],
}

/// What a part is made of. A page has the same blocks in the same order in every language.
pub(in crate::pages) enum Block {
    Paragraph(&'static str),
    List(&'static [&'static str]),
    /// Things to do, one after the other.
    Steps(&'static [&'static str]),
    /// Words and what they mean.
    Definitions(&'static [(&'static str, &'static str)]),
    /// Questions with answers that open.
    Questions(&'static [(&'static str, &'static str)]),
    /// Photos that work and photos that do not.
    Tips(&'static [Tip]),
    /// What a picture of each size costs the operator.
    Prices,
    /// Every error with its cause and fix.
    Errors,
    /// The form that joins the waitlist, with this source.
    Waitlist(&'static str),
    /// What is typed at a command line.
    Commands(&'static str),
    /// Categories of the data map.
    Data(Group),
    /// All categories, with no more than until when they are kept.
    Summary,
    /// Companies that get data.
    Parties,
    /// Cookies.
    Cookies,
    /// What else is kept in the browser.
    BrowserStores,
    /// Every length of time that is promised.
    Terms,
    /// Versions of the policy.
    Versions,
}

/// Advice with a drawing.
pub(in crate::pages) struct Tip {
    pub(in crate::pages) drawing: Drawing,
    pub(in crate::pages) title: &'static str,
    pub(in crate::pages) body: &'static str,
}

/// The drawings of advice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::pages) enum Drawing {
    PersonWhole,
    PersonFront,
    PersonAlone,
    Light,
    PersonCropped,
    PersonTurned,
    PersonNotAlone,
    PersonCovered,
    Dark,
    GarmentFlat,
    GarmentOne,
    ShoesAsPair,
    GarmentCropped,
    GarmentCrumpled,
    GarmentMany,
}

/// The form that joins the waitlist.
pub struct WaitlistText {
    pub(in crate::pages) title: &'static str,
    pub(in crate::pages) hint: &'static str,
    pub(in crate::pages) email: &'static str,
    pub(in crate::pages) submit: &'static str,
}

/// Words of every prose page.
pub struct ArticleText {
    pub(in crate::pages) contents: &'static str,
    /// Column heads of the table of prices.
    pub(in crate::pages) price_size: &'static str,
    pub(in crate::pages) price_cost: &'static str,
    /// `{model}`.
    pub(in crate::pages) price_note: &'static str,
    /// Whether others may count visits.
    pub(in crate::pages) consent_title: &'static str,
    pub(in crate::pages) consent_text: &'static str,
    /// Where visits are recorded.
    pub(in crate::pages) consent_age: &'static str,
    pub(in crate::pages) consent_no: &'static str,
    pub(in crate::pages) consent_yes: &'static str,
    pub(in crate::pages) consent_again: &'static str,
}

/// Sets the database back.
pub(in crate::pages) const RESTORE: &str =
    "npx wrangler d1 time-travel restore anytryon --timestamp=…";

/// Checks the receipt of a deletion: says "Signature Verified Successfully", or fails.
pub(in crate::pages) const VERIFY: &str = "\
cut -d. -f1,2 receipt.jws | tr -d '\\n' > signed
{ cut -d. -f3 receipt.jws | tr -d '\\n' | tr '_-' '/+'; echo '=='; } | base64 -d > signature
openssl pkeyutl -verify -pubin -inkey key.pem -rawin -in signed -sigfile signature
";
