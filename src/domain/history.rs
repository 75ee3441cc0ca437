//! History: the orders that an account keeps, and those in its trash. What is asked for is read
//! from the fields of a query or a form; an entry is held against it without asking anybody.

use chrono::NaiveDate;
use serde::Serialize;

use super::id::OrderId;
use super::options::{LookStyle, Options};
use super::order::{Image, State};
use super::person_name::one_line;
use super::refusal::{Code, Refusal};
use super::rules::Rules;
use super::time::{DAY_MS, Millis};
use super::view::{ImageView, Status};

/// Entries of a page, when nobody asks for another number.
pub const PAGE_ENTRIES: usize = 24;
/// Most entries of a page.
pub const PAGE_ENTRIES_MAX: usize = 100;
/// Longest label, in characters.
pub const LABEL_CHARS_MAX: usize = 80;
/// Longest text that is searched for, in characters.
pub const SEARCH_CHARS_MAX: usize = 80;
/// Most orders that are changed or downloaded at once.
pub const SELECTION_MAX: usize = 100;
/// The best rating; the worst is 1.
pub const RATING_MAX: u8 = 5;
/// The field that names the orders of a selection.
pub const IDS: &str = "ids";

/// One order of an account, as far as History shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The order.
    pub id: OrderId,
    /// Where it is.
    pub state: State,
    /// Its owner's choices.
    pub options: Options,
    /// What its owner calls it.
    pub label: Option<String>,
    /// Whether its owner marked it.
    pub starred: bool,
    /// How its owner likes it, 1 to 5.
    pub rating: Option<u8>,
    /// The small picture of it.
    pub preview: Option<Image>,
    /// The picture that was made.
    pub output: Option<Image>,
    /// When it was put into the trash.
    pub trashed_at: Option<Millis>,
}

impl Entry {
    /// Days until it leaves the trash for good, begun ones included; `None` outside of the trash.
    pub fn days_left(&self, now: Millis, rules: &Rules) -> Option<i64> {
        let left = self.trashed_at?.plus(rules.trash_ms).since(now);
        Some(left.max(0).saturating_add(DAY_MS - 1).div_euclid(DAY_MS))
    }
}

/// What is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// Only what is older than this order: how a page follows another, whatever comes or goes.
    pub cursor: Option<OrderId>,
    /// Entries of a page; `None` for the usual number.
    pub limit: Option<usize>,
    /// What is searched for, as it was typed.
    pub search: Option<String>,
    /// The trash in place of what is kept.
    pub trashed: bool,
    /// Only this style.
    pub style: Option<LookStyle>,
    /// Only this rating.
    pub rating: Option<u8>,
    /// Only what is starred.
    pub starred: bool,
    /// The first day, as it was typed, and its first moment.
    pub from: Option<(String, Millis)>,
    /// The last day, as it was typed, and the first moment after it.
    pub to: Option<(String, Millis)>,
}

impl Query {
    /// Reads the fields of a query. An empty one is as none, since forms send those too; others
    /// than its own are not its business.
    pub fn parse<'a>(
        fields: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Result<Self, Refusal> {
        let mut query = Self::default();
        for (name, value) in fields {
            if !value.is_empty() {
                query.take(name, value)?;
            }
        }
        Ok(query)
    }

    fn take(&mut self, name: &str, value: &str) -> Result<(), Refusal> {
        match name {
            "cursor" => self.cursor = Some(known("cursor", OrderId::parse(value), CURSOR)?),
            "limit" => self.limit = Some(known("limit", limit(value), LIMIT)?),
            "q" => self.search = Some(known("q", search(value), SEARCH)?).filter(|q| !q.is_empty()),
            "trashed" => self.trashed = known("trashed", truth(value), TRUTH)?,
            "style" => self.style = Some(known("style", LookStyle::parse(value), CHOICE)?),
            "rating" => self.rating = Some(known("rating", rating(value), RATING)?),
            "starred" => self.starred = known("starred", truth(value), TRUTH)?,
            "from" => self.from = Some((value.to_owned(), known("from", day(value), DAY)?)),
            "to" => {
                let next = day(value).map(|day| day.plus(DAY_MS));
                self.to = Some((value.to_owned(), known("to", next, DAY)?));
            }
            _ => {}
        }
        Ok(())
    }

    /// Entries of a page.
    pub fn page_entries(&self) -> usize {
        self.limit.unwrap_or(PAGE_ENTRIES)
    }

    /// Whether only some entries are asked for.
    pub const fn is_filtered(&self) -> bool {
        self.search.is_some()
            || self.style.is_some()
            || self.rating.is_some()
            || self.starred
            || self.from.is_some()
            || self.to.is_some()
    }

    /// Ids from the first to before the second, as text: what the days and the cursor leave.
    pub fn id_range(&self) -> (String, String) {
        let from = self.from.as_ref().map_or(Millis(0), |(_, moment)| *moment);
        let to = self.to.as_ref().map_or(Millis(i64::MAX), |(_, moment)| *moment);
        let end = OrderId::first_text_of(to);
        let cursor = self.cursor.map(|id| id.to_string());
        (OrderId::first_text_of(from), cursor.filter(|id| *id < end).unwrap_or(end))
    }

    /// Whether an entry is asked for. `choices` says its choices in the words of whoever asks.
    pub fn admits(&self, entry: &Entry, choices: impl FnOnce(&Options) -> String) -> bool {
        let plain = entry.trashed_at.is_some() == self.trashed
            && self.style.is_none_or(|style| entry.options.look_style == style)
            && self.rating.is_none_or(|rating| entry.rating == Some(rating))
            && (entry.starred || !self.starred);
        let Some(search) = self.search.as_deref().filter(|_| plain) else { return plain };
        let text = searched(entry, &choices(&entry.options));
        search.to_lowercase().split_whitespace().all(|word| text.contains(word))
    }
}

/// What of an entry is searched: its label, its instructions, its choices by name and in words.
fn searched(entry: &Entry, choices: &str) -> String {
    let options = &entry.options;
    let texts = [
        entry.label.as_deref().unwrap_or_default(),
        options.instructions.as_deref().unwrap_or_default(),
        options.category.as_str(),
        options.look_style.as_str(),
        options.focus.as_str(),
        options.resolution.as_str(),
        options.aspect_ratio.as_str(),
        options.output_format.as_str(),
        choices,
    ];
    texts.join("\n").to_lowercase()
}

const CURSOR: &str = "The cursor is that of a page before, unchanged.";
const LIMIT: &str = "A page has 1 to 100 entries.";
const SEARCH: &str = "Search for at most 80 characters.";
const TRUTH: &str = "Either true or false.";
const CHOICE: &str = "This value is not offered; /openapi.json lists those that are.";
const RATING: &str = "A rating is a whole number from 1 to 5.";
const DAY: &str = "A day is written as 2026-01-31.";

fn known<T>(field: &'static str, value: Option<T>, detail: &'static str) -> Result<T, Refusal> {
    value.ok_or_else(|| Refusal::field(Code::InputInvalid, field, detail))
}

fn limit(value: &str) -> Option<usize> {
    value.parse().ok().filter(|limit| (1..=PAGE_ENTRIES_MAX).contains(limit))
}

fn search(value: &str) -> Option<String> {
    (value.chars().count() <= SEARCH_CHARS_MAX).then(|| value.trim().to_owned())
}

fn rating(value: &str) -> Option<u8> {
    value.parse().ok().filter(|rating| (1..=RATING_MAX).contains(rating))
}

/// A ticked box says `on`.
fn truth(value: &str) -> Option<bool> {
    match value {
        "true" | "on" => Some(true),
        "false" => Some(false),
        _ => None,
    }
}

/// The first moment of a day, UTC.
fn day(value: &str) -> Option<Millis> {
    let day = NaiveDate::parse_from_str(value, "%Y-%m-%d").ok()?;
    // Only one spelling, and nothing before there were any orders or after they can have ids.
    let good = day.format("%Y-%m-%d").to_string() == value && value.len() == DAY_CHARS;
    good.then(|| Millis(day.and_time(chrono::NaiveTime::MIN).and_utc().timestamp_millis()))
}

/// `2026-01-31`.
const DAY_CHARS: usize = 10;

/// What its owner notes about an order; what is `None` stays.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Note {
    /// The label, or none any more.
    pub label: Option<Option<String>>,
    /// Whether it is starred.
    pub starred: Option<bool>,
    /// The rating, or none any more.
    pub rating: Option<Option<u8>>,
}

impl Note {
    /// Reads the fields of a change; an empty label or rating takes it away.
    pub fn parse<'a>(
        fields: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Result<Self, Refusal> {
        let mut note = Self::default();
        for (name, value) in fields {
            match name {
                "label" => note.label = Some(label(value)?),
                "starred" => note.starred = Some(known("starred", truth(value), TRUTH)?),
                "rating" if value.is_empty() => note.rating = Some(None),
                "rating" => note.rating = Some(Some(known("rating", rating(value), RATING)?)),
                _ => {
                    let detail = "Fields that can be changed: label, starred, rating.";
                    return Err(Refusal::new(Code::InputInvalid, detail));
                }
            }
        }
        Ok(note)
    }
}

fn label(value: &str) -> Result<Option<String>, Refusal> {
    if value.chars().count() > LABEL_CHARS_MAX {
        let detail = format!("A label has at most {LABEL_CHARS_MAX} characters.");
        return Err(Refusal::field(Code::InputInvalid, "label", detail));
    }
    let label = one_line(value);
    Ok((!label.is_empty()).then_some(label))
}

/// Reads the ids of a selection, each once.
pub fn selection(texts: &[String]) -> Result<Vec<OrderId>, Refusal> {
    let refused = |detail: &str| Refusal::field(Code::InputInvalid, IDS, detail.to_owned());
    if texts.is_empty() || texts.len() > SELECTION_MAX {
        return Err(refused("Choose 1 to 100 orders."));
    }
    let ids = texts.iter().map(|text| OrderId::parse(text));
    let mut ids: Vec<OrderId> =
        ids.collect::<Option<_>>().ok_or_else(|| refused("This is no list of ids of orders."))?;
    ids.sort_unstable();
    ids.dedup();
    Ok(ids)
}

/// An entry as its owner sees it. Times are RFC 3339 UTC.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EntryView {
    /// The order's id.
    pub id: String,
    /// When the order was placed.
    pub created_at: String,
    /// The public status.
    pub status: Status,
    /// Its owner's choices.
    pub options: Options,
    /// What its owner calls it.
    pub label: Option<String>,
    /// Whether its owner marked it.
    pub starred: bool,
    /// How its owner likes it, 1 to 5.
    pub rating: Option<u8>,
    /// The small picture, if its owner's browser has made one.
    pub preview: Option<ImageView>,
    /// The picture that was made; none in the trash.
    pub output: Option<ImageView>,
    /// When it was put into the trash.
    pub trashed_at: Option<String>,
    /// Days until it is deleted for good.
    pub days_left: Option<i64>,
}

/// A page of History.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PageView {
    /// The newest first.
    pub orders: Vec<EntryView>,
    /// Where the next page begins; `None` on the last one. A search may have to go on for a while
    /// before it finds something, or nothing.
    pub next_cursor: Option<String>,
}
