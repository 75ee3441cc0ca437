//! The page of what an account keeps: a grid of small pictures with what its owner notes, and the
//! trash. Works by links and forms; scripts make the same without leaving it.

use askama::Template;

use super::frame::Frame;
use super::message::rendered;
use super::order::{Moment, choice_words, counted, moment, output_alt};
use super::script_text::{ScriptText, history_text};
use super::text::Text;
use crate::domain::history::{
    EntryView, LABEL_CHARS_MAX, PageView, Query, RATING_MAX, SEARCH_CHARS_MAX,
};
use crate::domain::options::LookStyle;
use crate::domain::time::Millis;

const STYLES: [&str; 1] = ["css/history.css"];
const SCRIPTS: [&str; 2] = ["js/site.js", "js/history.js"];

/// From so many days before its end on, what lies in the trash is shown as soon gone.
const SOON_DAYS: i64 = 3;

/// One order of the grid.
struct Card<'a> {
    entry: &'a EntryView,
    name: String,
    /// Its name where it has no label.
    plain: String,
    alt: String,
    placed: Moment<'a>,
    days_left: Option<String>,
}

impl Card<'_> {
    fn has_rating(&self, rating: u8) -> bool {
        self.entry.rating == Some(rating)
    }

    fn is_soon_gone(&self) -> bool {
        self.entry.days_left.is_some_and(|days| days <= SOON_DAYS)
    }
}

#[derive(Template)]
#[template(path = "history.html", config = "src/pages/askama.toml")]
struct HistoryPage<'a> {
    frame: Frame<'a>,
    text: &'a Text,
    path: &'static str,
    styles: &'static [&'static str],
    scripts: &'static [&'static str],
    query: &'a Query,
    cards: Vec<Card<'a>>,
    /// What the address asks for without its page, for forms that lead back to it.
    back: String,
    more: Option<String>,
    done: bool,
    words: ScriptText<'a>,
}

impl HistoryPage<'_> {
    fn search(&self) -> &str {
        self.query.search.as_deref().unwrap_or_default()
    }

    fn day(day: Option<&(String, Millis)>) -> &str {
        day.map_or("", |(typed, _)| typed)
    }

    fn styles_offered(&self) -> Vec<(&'static str, &'static str, bool)> {
        let style = |one: &LookStyle| {
            let is_chosen = self.query.style == Some(*one);
            (one.as_str(), (self.text.choices.look_style)(*one), is_chosen)
        };
        LookStyle::ALL.iter().map(style).collect()
    }

    fn ratings(&self) -> Vec<(u8, String)> {
        let stars = |one: u8| (one, counted(&self.text.history.stars, &one.to_string()));
        (1..=RATING_MAX).map(stars).collect()
    }

    fn is_rating(&self, rating: u8) -> bool {
        self.query.rating == Some(rating)
    }

    /// Whether something may be there that is not shown.
    fn is_search(&self) -> bool {
        self.more.is_some() || self.query.is_filtered() || self.query.cursor.is_some()
    }

    /// What is said where there is nothing to show.
    fn nothing(&self) -> (&'static str, &'static str) {
        let words = &self.text.history;
        if self.more.is_some() {
            (words.none_so_far, "")
        } else if self.is_search() {
            (words.none_found, words.none_found_detail)
        } else if self.query.trashed {
            (words.trash_none, "")
        } else {
            (words.none, words.none_detail)
        }
    }
}

/// The page of what an account keeps, or of its trash.
pub fn history(frame: Frame, query: &Query, page: &PageView, done: bool) -> String {
    let text = frame.text;
    let back = back(query);
    let more = page.next_cursor.as_ref().map(|cursor| {
        let joint = if back.is_empty() { "" } else { "&" };
        format!("{}?{back}{joint}cursor={cursor}", frame.href("/history"))
    });
    let page = HistoryPage {
        frame,
        text,
        path: "/history",
        styles: &STYLES,
        scripts: &SCRIPTS,
        query,
        cards: page.orders.iter().map(|entry| card(text, entry)).collect(),
        back,
        more,
        done,
        words: history_text(text),
    };
    rendered(&page)
}

fn card<'a>(text: &Text, entry: &'a EntryView) -> Card<'a> {
    let choices = choice_words(text, &entry.options);
    let plain = choices.split(" · ").take(2).collect::<Vec<_>>().join(" · ");
    let name = entry.label.clone().unwrap_or_else(|| plain.clone());
    let alt = output_alt(text, &entry.options);
    Card {
        entry,
        alt: entry.label.as_ref().map_or_else(|| alt.clone(), |label| format!("{label}: {alt}")),
        name,
        plain,
        placed: moment(&entry.created_at),
        days_left: entry.days_left.map(|days| counted(&text.history.days_left, &days.to_string())),
    }
}

/// The query as it was, without the place in the list.
fn back(query: &Query) -> String {
    let mut fields: Vec<(&str, String)> = vec![];
    fields.extend(query.trashed.then(|| ("trashed", "on".to_owned())));
    fields.extend(query.search.as_ref().map(|search| ("q", search.clone())));
    fields.extend(query.style.map(|style| ("style", style.as_str().to_owned())));
    fields.extend(query.rating.map(|rating| ("rating", rating.to_string())));
    fields.extend(query.starred.then(|| ("starred", "on".to_owned())));
    fields.extend(query.from.as_ref().map(|(day, _)| ("from", day.clone())));
    fields.extend(query.to.as_ref().map(|(day, _)| ("to", day.clone())));
    let mut text = form_urlencoded::Serializer::new(String::new());
    text.extend_pairs(fields);
    text.finish()
}
