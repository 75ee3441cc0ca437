//! The page of one order, and the blank copy of its markup that the home page carries.
//! `public/js/order-status.js` fills the same markup by the same rules when the order changes.

use askama::Template;

use super::frame::Frame;
use super::message::rendered;
use super::script_text::{ScriptText, script_text};
use super::text::{Counted, Text};
use crate::domain::credits::Credits;
use crate::domain::image::Metadata;
use crate::domain::options::Options;
use crate::domain::problem::Problem;
use crate::domain::refusal::Code;
use crate::domain::view::{FactsView, ImageView, OrderView, Status};

/// Seconds after which the page of a running order loads itself again where no script runs.
pub const REFRESH_SECONDS: u32 = 5;

/// From this many seconds on a duration is told in minutes.
const MINUTES_FROM_SECONDS: u32 = 100;
const KILOBYTE_BYTES: u64 = 1_000;
const MEGABYTE_BYTES: u64 = 1_000_000;
/// Length of `2026-01-31T12:34`, the part of a time that a visitor needs.
const MINUTE_TEXT_LENGTH: usize = 16;

/// A moment for machines (RFC 3339) and for people; the script rewrites the words into the
/// visitor's own time zone.
pub(super) struct Moment<'a> {
    pub(super) machine: &'a str,
    pub(super) words: String,
}

pub(super) struct Picture<'a> {
    pub(super) url: &'a str,
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) alt: String,
}

/// The link that saves the result, and when it stops working: the script then asks for a new one.
pub(super) struct Download<'a> {
    pub(super) url: &'a str,
    pub(super) ends: &'a str,
}

/// A size for machines and for people; the script rewrites the words as the language has them.
pub(super) struct Size {
    pub(super) bytes: u64,
    pub(super) words: String,
}

/// What `order_panel.html` shows: [`OrderView`] in words.
#[expect(clippy::struct_excessive_bools, reason = "each shows or hides a part of its own")]
pub(super) struct Panel<'a> {
    pub(super) id: &'a str,
    pub(super) status: &'static str,
    pub(super) open: bool,
    /// Whether an account keeps it: then nothing of it ends by itself, and only its owner sees it.
    pub(super) kept: bool,
    /// Whether History still wants a small picture of it, which the browser draws.
    pub(super) preview_wanted: bool,
    pub(super) sequence: i64,
    pub(super) headline: &'static str,
    pub(super) message: &'static str,
    pub(super) queue_position: Option<String>,
    pub(super) typical_time: Option<String>,
    pub(super) error_title: &'static str,
    pub(super) error_detail: &'static str,
    pub(super) output: Option<Picture<'a>>,
    pub(super) person: Option<Picture<'a>>,
    pub(super) garments: Vec<Picture<'a>>,
    pub(super) download: Option<Download<'a>>,
    pub(super) link: String,
    pub(super) choices: Option<String>,
    pub(super) instructions: Option<&'a str>,
    pub(super) created_at: Option<Moment<'a>>,
    pub(super) stored_until: Option<Moment<'a>>,
    pub(super) pictures: Option<String>,
    pub(super) size: Option<Size>,
    pub(super) metadata_removed: Option<String>,
    pub(super) model: Option<String>,
    pub(super) provider_retention: Option<String>,
    pub(super) provider_credits: Option<String>,
    /// What may be reported, by its name on the wire.
    pub(super) problems: [(&'static str, &'static str); Problem::ALL.len()],
    pub(super) reported: bool,
}

impl<'a> Panel<'a> {
    /// The markup before any order is known.
    pub(super) fn blank(text: &Text) -> Self {
        Self {
            id: "",
            status: Status::Queued.as_str(),
            open: true,
            kept: false,
            preview_wanted: false,
            sequence: 0,
            headline: (text.order.headline)(Status::Queued),
            message: (text.order.message)(Status::Queued),
            queue_position: None,
            typical_time: None,
            error_title: "",
            error_detail: "",
            output: None,
            person: None,
            garments: Vec::new(),
            download: None,
            link: String::new(),
            choices: None,
            instructions: None,
            created_at: None,
            stored_until: None,
            pictures: None,
            size: None,
            metadata_removed: None,
            model: None,
            provider_retention: None,
            provider_credits: None,
            problems: problems(text),
            reported: false,
        }
    }

    fn of(frame: Frame<'_>, view: &'a OrderView) -> Self {
        let text = frame.text;
        let garments: Vec<&ImageView> = by_role(view, "garment").collect();
        let output = by_role(view, "output").next();
        let kept = view.expires_at.is_none();
        let failure = view.error.as_ref().and_then(|error| Code::parse(error.code));
        Self {
            id: &view.id,
            status: view.status.as_str(),
            open: !view.status.is_final(),
            kept,
            preview_wanted: kept && !view.has_preview,
            sequence: view.status_sequence,
            headline: (text.order.headline)(view.status),
            message: (text.order.message)(view.status),
            queue_position: view.queue_position.map(|position| position.to_string()),
            typical_time: view.eta_seconds.map(|seconds| duration(text, seconds)),
            error_title: failure.map_or("", |code| text.message.error(code).title),
            error_detail: failure.map_or("", |code| text.message.error(code).detail),
            output: output.map(|image| picture(image, output_alt(text, &view.options))),
            person: by_role(view, "person")
                .next()
                .map(|image| picture(image, text.order.alt_person.to_owned())),
            garments: garments
                .iter()
                .zip(1_u32..)
                .map(|(image, number)| {
                    picture(image, fill(text.order.alt_garment, "number", &number))
                })
                .collect(),
            download: output.map(|image| Download { url: &image.url, ends: &image.url_expires_at }),
            link: frame.canonical(&format!("/orders/{}", view.id)),
            choices: Some(choice_words(text, &view.options)),
            instructions: view.options.instructions.as_deref(),
            created_at: Some(moment(&view.created_at)),
            stored_until: view.facts.stored_until.as_deref().map(moment),
            pictures: Some(view.images.len().to_string()),
            size: Some(size(text, view.images.iter().map(|image| image.bytes).sum())),
            metadata_removed: Some(metadata_removed(text, &view.facts)),
            model: Some(format!(
                "{} · {}",
                (text.order.provider)(view.facts.provider),
                view.facts.model
            )),
            provider_retention: Some(counted(
                &text.order.days,
                &view.facts.provider_retention_days.to_string(),
            )),
            provider_credits: view.facts.provider_credits.map(|some| credits(text, some)),
            problems: problems(text),
            reported: !view.problems.is_empty(),
        }
    }

    /// Whether a part marked for these statuses, a list with spaces, is shown.
    pub(super) fn shows(&self, statuses: &str) -> bool {
        statuses.split(' ').any(|status| status == self.status)
    }
}

fn problems(text: &Text) -> [(&'static str, &'static str); Problem::ALL.len()] {
    Problem::ALL.map(|problem| (problem.as_str(), (text.order.problem)(problem)))
}

/// Whole kilobytes, from a megabyte on megabytes with one decimal.
pub(super) fn size(text: &Text, bytes: u64) -> Size {
    let tenths = bytes.div_ceil(MEGABYTE_BYTES / 10);
    let words = if bytes < MEGABYTE_BYTES {
        format!("{} kB", bytes.div_ceil(KILOBYTE_BYTES))
    } else {
        format!("{}{}{} MB", tenths / 10, text.order.decimal_point, tenths % 10)
    };
    Size { bytes, words }
}

fn by_role<'a>(view: &'a OrderView, role: &'static str) -> impl Iterator<Item = &'a ImageView> {
    view.images.iter().filter(move |image| image.role == role)
}

fn picture(image: &ImageView, alt: String) -> Picture<'_> {
    Picture { url: &image.url, width: image.width, height: image.height, alt }
}

pub(super) fn moment(machine: &str) -> Moment<'_> {
    let minute = machine.get(..MINUTE_TEXT_LENGTH).unwrap_or(machine);
    Moment { machine, words: format!("{} UTC", minute.replace('T', " ")) }
}

pub(super) fn duration(text: &Text, seconds: u32) -> String {
    if seconds < MINUTES_FROM_SECONDS {
        counted(&text.order.seconds, &seconds.to_string())
    } else {
        counted(&text.order.minutes, &seconds.div_ceil(60).to_string())
    }
}

pub(super) fn credits(text: &Text, credits: Credits) -> String {
    counted(&text.order.credits, &credits.to_string().replace('.', text.order.decimal_point))
}

/// The form of a line for this number, which is in it as it is written here.
pub(super) fn counted(line: &Counted, number: &str) -> String {
    if number == "1" { line.one.to_owned() } else { fill(line.other, "count", &number) }
}

/// The choices of an order in words.
pub fn choice_words(text: &Text, options: &Options) -> String {
    [
        (text.choices.category)(options.category),
        (text.choices.look_style)(options.look_style),
        (text.choices.focus)(options.focus),
        (text.choices.resolution)(options.resolution),
        (text.choices.aspect_ratio)(options.aspect_ratio),
        (text.choices.output_format)(options.output_format),
    ]
    .join(" · ")
}

pub(super) fn output_alt(text: &Text, options: &Options) -> String {
    let worn = fill(text.order.alt_output, "garments", &(text.order.worn)(options.category));
    fill(&worn, "look", &(text.choices.look_style)(options.look_style))
}

fn metadata_removed(text: &Text, facts: &FactsView) -> String {
    if facts.metadata_removed.is_empty() {
        return text.order.metadata_none.to_owned();
    }
    let names: Vec<&str> =
        facts.metadata_removed.iter().map(|&kind| metadata_label(text, kind)).collect();
    names.join(text.order.list_comma)
}

/// The catalogue's word for a kind of metadata; the name itself where it is no known kind.
fn metadata_label(text: &Text, name: &'static str) -> &'static str {
    Metadata::parse(name).map_or(name, text.order.metadata)
}

/// Replaces `{name}` of a catalogue line.
pub(super) fn fill(line: &str, name: &str, value: &impl ToString) -> String {
    line.replace(&format!("{{{name}}}"), &value.to_string())
}

/// The markup of an order.
#[derive(Template)]
#[template(path = "order_panel.html", config = "src/pages/askama.toml")]
pub(super) struct PanelMarkup<'a> {
    frame: Frame<'a>,
    text: &'a Text,
    panel: Panel<'a>,
}

impl<'a> PanelMarkup<'a> {
    /// The markup before any order is known.
    pub(super) fn blank(frame: Frame<'a>) -> Self {
        Self { frame, text: frame.text, panel: Panel::blank(frame.text) }
    }
}

#[derive(Template)]
#[template(path = "order.html", config = "src/pages/askama.toml")]
struct OrderPage<'a> {
    frame: Frame<'a>,
    text: &'a Text,
    path: String,
    styles: &'static [&'static str],
    scripts: &'static [&'static str],
    title: &'static str,
    open: bool,
    panel: PanelMarkup<'a>,
    refresh_seconds: u32,
    script_text: ScriptText<'a>,
}

/// The page of one order.
pub fn order(frame: Frame, view: &OrderView) -> String {
    let text = frame.text;
    let panel = Panel::of(frame, view);
    let page = OrderPage {
        frame,
        text,
        path: format!("/orders/{}", view.id),
        styles: &["css/compare.css", "css/order.css"],
        scripts: &["js/order-status.js", "js/site.js"],
        title: panel.headline,
        open: panel.open,
        panel: PanelMarkup { frame, text, panel },
        refresh_seconds: REFRESH_SECONDS,
        script_text: script_text(frame),
    };
    rendered(&page)
}
