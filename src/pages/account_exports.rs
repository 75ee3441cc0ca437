//! "Download my data": its part of the account page, and the page that lies in the zip.

use askama::Template;

use super::message::rendered;
use super::order::{fill, moment, size};
use super::text::{ExportsText, Text};
use crate::domain::export::{EXPORTS_A_DAY, Export, Index, IndexPicture, Part, State};
use crate::domain::rules::Rules;
use crate::domain::time::{DAY_MS, HOUR_MS, Millis};

/// Exports that the account page shows.
const SHOWN_MAX: usize = 10;

pub(super) struct PartLink {
    pub(super) url: String,
    pub(super) words: String,
}

pub(super) struct ExportRow {
    pub(super) state: &'static str,
    pub(super) title: &'static str,
    pub(super) detail: String,
    /// For machines and for people.
    pub(super) requested: (String, String),
    pub(super) until: Option<(String, String)>,
    pub(super) parts: Vec<PartLink>,
}

/// What `account_exports.html` shows.
pub struct ExportsPart {
    pub(super) rules: String,
    pub(super) live: bool,
    pub(super) rows: Vec<ExportRow>,
}

#[derive(Template)]
#[template(path = "export_index.html", config = "src/pages/askama.toml")]
struct IndexPage<'a> {
    text: &'a Text,
    words: &'a ExportsText,
    index: &'a Index,
    requested: String,
    orders: Vec<OrderSection<'a>>,
    others: Vec<Shown<'a>>,
    missing: Option<String>,
}

struct OrderSection<'a> {
    moment: String,
    label: Option<&'a str>,
    trashed: bool,
    pictures: Vec<Shown<'a>>,
}

struct Shown<'a> {
    name: &'a str,
    words: &'static str,
}

/// What the account page tells of these exports.
pub fn exports_part(text: &Text, exports: &[Export], rules: &Rules, now: Millis) -> ExportsPart {
    let days = rules.export_life_ms / DAY_MS;
    let told = fill(text.exports.rules, "days", &days);
    ExportsPart {
        rules: fill(&told, "count", &EXPORTS_A_DAY),
        live: exports.iter().any(|export| export.state.is_live()),
        rows: exports.iter().take(SHOWN_MAX).map(|export| row(text, export, now)).collect(),
    }
}

fn row(text: &Text, export: &Export, now: Millis) -> ExportRow {
    let words = &text.exports;
    let state = export.told_state(now);
    let (title, detail) = match state {
        State::Queued => (words.queued, words.queued_detail.to_owned()),
        State::Building => (words.building, words.queued_detail.to_owned()),
        State::Ready => (words.ready, left(words, export, now)),
        State::Expired => (words.expired, words.expired_detail.to_owned()),
        State::Failed => (words.failed, words.failed_detail.to_owned()),
    };
    let until = export.expires_at.filter(|_| state == State::Ready);
    let parts: &[Part] = if state == State::Ready { &export.parts } else { &[] };
    ExportRow {
        state: state.as_str(),
        title,
        detail,
        requested: told(export.requested_at),
        until: until.map(told),
        parts: (1..).zip(parts).map(|(number, part)| link(text, export, number, part)).collect(),
    }
}

fn told(at: Millis) -> (String, String) {
    let machine = at.rfc3339();
    let words = moment(&machine).words;
    (machine, words)
}

/// How long the link still works, in whole days or hours, never more than it is.
fn left(words: &ExportsText, export: &Export, now: Millis) -> String {
    let left_ms = export.expires_at.map_or(0, |at| at.since(now));
    let (line, unit_ms) =
        if left_ms >= 2 * DAY_MS { (words.days_left, DAY_MS) } else { (words.hours_left, HOUR_MS) };
    match left_ms / unit_ms {
        0 | 1 if unit_ms == HOUR_MS => words.soon_over.to_owned(),
        count => fill(line, "count", &count),
    }
}

fn link(text: &Text, export: &Export, number: usize, part: &Part) -> PartLink {
    let words = fill(text.exports.part, "number", &number);
    let words = fill(&words, "of", &export.parts.len());
    PartLink {
        url: format!("/api/account/exports/{}.{number}.zip", export.id),
        words: fill(&words, "size", &size(text, part.bytes).words),
    }
}

/// The page to look at that lies in a part of an export. It has no script and loads nothing but the
/// pictures that lie beside it.
pub fn export_index(index: &Index) -> String {
    let text = Text::of(index.header.language);
    let words = &text.exports;
    let orders = index.orders.iter().map(|order| OrderSection {
        moment: told(order.created_at).1,
        label: order.label.as_deref(),
        trashed: order.trashed,
        pictures: order.pictures.iter().map(|one| shown(words, one)).collect(),
    });
    let page = IndexPage {
        text,
        words,
        index,
        requested: fill(words.index_requested, "time", &told(index.header.requested_at).1),
        orders: orders.collect(),
        others: index.others.iter().map(|one| shown(words, one)).collect(),
        missing: (index.missing > 0).then(|| fill(words.index_missing, "count", &index.missing)),
    };
    rendered(&page)
}

fn shown<'a>(words: &ExportsText, picture: &'a IndexPicture) -> Shown<'a> {
    let words = match picture.role.as_str() {
        "person" => words.person,
        "garment" => words.garment,
        "output" => words.output,
        "preview" => words.preview,
        _ => words.portrait,
    };
    Shown { name: &picture.name, words }
}
