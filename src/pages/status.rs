//! The page of the service's status: how it is now, and the last day in numbers.

use askama::Template;

use super::frame::Frame;
use super::message::rendered;
use super::order::{duration, fill, moment};
use super::text::Text;
use crate::domain::service::{ModelView, OutcomeView, Provider, ReportView, ServiceView};

const STYLES: [&str; 1] = ["css/status.css"];
const SCRIPTS: [&str; 2] = ["js/site.js", "js/status.js"];

struct ModelRow<'a> {
    model: &'a str,
    orders: u64,
    success: String,
    median: String,
}

struct Row {
    name: &'static str,
    orders: u64,
    share: String,
}

#[derive(Template)]
#[template(path = "status.html", config = "src/pages/askama.toml")]
struct StatusPage<'a> {
    frame: Frame<'a>,
    text: &'a Text,
    path: &'static str,
    styles: &'static [&'static str],
    scripts: &'static [&'static str],
    provider: &'static str,
    well: bool,
    waiting: String,
    under_way: String,
    since_machine: &'a str,
    since: (&'static str, String, &'static str),
    models: Vec<ModelRow<'a>>,
    ends: Vec<Row>,
    reports: Vec<Row>,
}

/// The page of the service's status.
pub fn status(frame: Frame, view: &ServiceView) -> String {
    let text = frame.text;
    let words = &text.status;
    let number = |count: u64| {
        let more = count >= view.queue.counted_up_to;
        if more { fill(words.or_more, "number", &count) } else { count.to_string() }
    };
    let end_row = |one: &OutcomeView| Row {
        name: (words.ended)(one.end),
        orders: one.orders,
        share: String::new(),
    };
    let reported = view.reports.iter().filter(|one| one.orders > 0);
    let (before, after) = words.since.split_once("{time}").unwrap_or((words.since, ""));
    let page = StatusPage {
        frame,
        text,
        path: "/status",
        styles: &STYLES,
        scripts: &SCRIPTS,
        provider: (words.provider)(view.provider),
        well: view.provider == Provider::Ok,
        waiting: number(view.queue.waiting),
        under_way: number(view.queue.under_way),
        since_machine: &view.since,
        since: (before, moment(&view.since).words, after),
        models: view.models.iter().map(|one| model_row(text, one)).collect(),
        ends: view.outcomes.iter().map(end_row).collect(),
        reports: reported.map(|one| report_row(text, one)).collect(),
    };
    rendered(&page)
}

/// Whole percent, and never better than it was: success is rounded down, trouble up.
fn model_row<'a>(text: &Text, one: &'a ModelView) -> ModelRow<'a> {
    let unknown = || text.status.unknown.to_owned();
    ModelRow {
        model: &one.model,
        orders: one.orders,
        success: one.success_rate.map_or_else(unknown, |rate| percent(text, rate, f64::floor)),
        median: one.median_seconds.map_or_else(unknown, |seconds| duration(text, seconds)),
    }
}

fn report_row(text: &Text, one: &ReportView) -> Row {
    Row {
        name: (text.status.problem)(one.problem),
        orders: one.orders,
        share: one.share.map_or_else(
            || text.status.unknown.to_owned(),
            |share| percent(text, share, f64::ceil),
        ),
    }
}

/// 0.29 of 100 is 28.999… to a machine, so what lies that near to a whole number is one.
fn percent(text: &Text, share: f64, round: fn(f64) -> f64) -> String {
    let exact = share * 100.0;
    let whole = if (exact - exact.round()).abs() < 1e-9 { exact.round() } else { round(exact) };
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a share is at most 1 and never negative"
    )]
    let whole = whole as u32;
    fill(text.status.percent, "percent", &whole)
}
