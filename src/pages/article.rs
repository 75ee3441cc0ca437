//! Pages of prose: pricing, help, privacy and its sisters, terms. They are rendered at build time
//! and nowhere else.

use askama::Template;

use super::data_tables;
use super::error::{anchor, named_codes};
use super::frame::Frame;
use super::message::rendered;
use super::order::{credits, fill};
use super::prose::Piece;
use super::text::{Article, ArticleText, Block, DataText, Drawing, SiteText, Text, WaitlistText};
use crate::domain::credits::Credits;
use crate::domain::options::Resolution;

/// What pictures cost the operator, as the provider bills them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Costs {
    /// The provider's model.
    pub model: &'static str,
    /// Sizes, smallest first, with thousandths of a provider credit for a picture of one garment.
    pub milli: Vec<(Resolution, u32)>,
}

struct ErrorEntry {
    anchor: String,
    code: &'static str,
    title: &'static str,
    detail: &'static str,
}

#[derive(Template)]
#[template(path = "article.html", config = "src/pages/askama.toml")]
struct ArticlePage<'a> {
    frame: Frame<'a>,
    text: &'a Text,
    path: &'static str,
    styles: &'static [&'static str],
    scripts: &'static [&'static str],
    article: &'a Article,
    words: &'a ArticleText,
    waitlist_words: &'a WaitlistText,
    data: &'a DataText,
    prices: Vec<(&'static str, String)>,
    price_note: String,
    errors: Vec<ErrorEntry>,
}

/// Every page of prose in the frame's language, by its path without a language.
pub fn articles(frame: Frame, prose: &SiteText, costs: &Costs) -> Vec<(&'static str, String)> {
    [
        ("/pricing", &prose.pricing),
        ("/help", &prose.help),
        ("/privacy", &prose.privacy),
        ("/security", &prose.security),
        ("/subprocessors", &prose.subprocessors),
        ("/dpa", &prose.dpa),
        ("/changes", &prose.changes),
        ("/terms", &prose.terms),
    ]
    .into_iter()
    .map(|(path, article)| (path, page(frame, prose, costs, path, article)))
    .collect()
}

fn page(
    frame: Frame,
    prose: &SiteText,
    costs: &Costs,
    path: &'static str,
    article: &Article,
) -> String {
    let text = frame.text;
    rendered(&ArticlePage {
        frame,
        text,
        path,
        styles: &["css/prose.css", "css/article.css"],
        scripts: if frame.site.analytics.is_on() {
            &["js/site.js", "js/consent.js"]
        } else {
            &["js/site.js"]
        },
        article,
        words: &prose.article,
        waitlist_words: &prose.waitlist,
        data: &prose.data,
        prices: prices(text, costs),
        price_note: fill(prose.article.price_note, "model", &costs.model),
        errors: errors(text),
    })
}

fn prices(text: &Text, costs: &Costs) -> Vec<(&'static str, String)> {
    let price = |&(size, milli): &(Resolution, u32)| {
        ((text.choices.resolution)(size), credits(text, Credits(i64::from(milli))))
    };
    costs.milli.iter().map(price).collect()
}

fn errors(text: &Text) -> Vec<ErrorEntry> {
    let entry = |code| {
        let words = text.message.error(code);
        ErrorEntry {
            anchor: anchor(code),
            code: code.as_str(),
            title: words.title,
            detail: words.detail,
        }
    };
    named_codes().into_iter().map(entry).collect()
}
