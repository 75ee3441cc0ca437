//! The page on which a person deletes the account, or keeps it. The account's own page leads there.

use askama::Template;

use super::frame::Frame;
use super::message::rendered;
use super::order::{counted, duration, moment};
use super::text::Text;
use crate::domain::time::{HOUR_MS, MINUTE_MS, Millis, SECOND_MS};

const STYLES: [&str; 1] = ["css/deletion.css"];
const SCRIPTS: [&str; 2] = ["js/site.js", "js/account.js"];
/// From this time on what is left is told in hours.
const HOURS_FROM_MS: i64 = 100 * MINUTE_MS;

/// How the deletion of an account stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DeletionView<'a> {
    /// Whose account it is: name and mail address, of which either may be missing.
    pub owner: [&'a str; 2],
    /// When it is due, if it is scheduled.
    pub due_at: Option<Millis>,
    /// The moment of the page.
    pub now: Millis,
    /// Whether the person has just signed in.
    pub is_fresh: bool,
    /// The code of the receipt, on the one page that shows it.
    pub claim: Option<&'a str>,
}

/// What the part shows of it.
pub(super) struct DeletionPart<'a> {
    owner: String,
    /// When and how soon, in the sentence around it.
    scheduled: Option<Scheduled>,
    is_fresh: bool,
    claim: Option<&'a str>,
}

struct Scheduled {
    machine: String,
    before: &'static str,
    words: String,
    between: &'static str,
    left: String,
    after: &'static str,
}

impl<'a> DeletionPart<'a> {
    pub(super) fn of(text: &Text, view: &DeletionView<'a>) -> Self {
        let scheduled = view.due_at.map(|due_at| {
            let machine = due_at.rfc3339();
            let line = text.deletion.scheduled;
            let (before, rest) = line.split_once("{time}").unwrap_or((line, ""));
            let (between, after) = rest.split_once("{left}").unwrap_or((rest, ""));
            let left = left(text, due_at.since(view.now));
            Scheduled { words: moment(&machine).words, machine, before, between, left, after }
        });
        let owner = view.owner.into_iter().filter(|part| !part.is_empty());
        let owner = owner.collect::<Vec<_>>().join(" · ");
        Self { owner, scheduled, is_fresh: view.is_fresh, claim: view.claim }
    }
}

/// What is left, in whole hours or minutes.
fn left(text: &Text, ms: i64) -> String {
    let ms = ms.max(0);
    if ms < HOURS_FROM_MS {
        return duration(text, u32::try_from(ms / SECOND_MS).unwrap_or(u32::MAX));
    }
    counted(&text.deletion.hours, &(ms / HOUR_MS).to_string())
}

#[derive(Template)]
#[template(path = "account_deletion_page.html", config = "src/pages/askama.toml")]
struct DeletionPage<'a> {
    frame: Frame<'a>,
    text: &'a Text,
    path: &'static str,
    styles: &'static [&'static str],
    scripts: &'static [&'static str],
    deletion: DeletionPart<'a>,
}

/// The page of the account's deletion.
pub fn account_deletion(frame: Frame, view: &DeletionView) -> String {
    let text = frame.text;
    let page = DeletionPage {
        frame,
        text,
        path: "/account/deletion",
        styles: &STYLES,
        scripts: &SCRIPTS,
        deletion: DeletionPart::of(text, view),
    };
    rendered(&page)
}
