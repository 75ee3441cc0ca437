//! The form that places an order. It is rendered once at build time, and by the Worker again when a
//! form that was sent without JavaScript was refused: then with what the visitor had typed, and
//! without what is only for a first look.

use std::borrow::Cow;

use askama::Template;

use super::drawings::{Drawings, NO_DRAWINGS};
use super::error::ErrorNotice;
use super::frame::Frame;
use super::message::rendered;
use super::order::{PanelMarkup, fill};
use super::script_text::{ScriptText, script_text};
use super::text::Text;
use crate::domain::options::{
    AspectRatio, Category, Focus, GarmentPhotoType, INSTRUCTIONS_CHARS_MAX, LookStyle, Offer,
    OutputFormat, Resolution,
};
use crate::domain::rules::Rules;
use crate::domain::time::HOUR_MS;

/// Most garment photos of one order; the person's photo comes on top.
pub const GARMENT_IMAGES_MAX: usize = 4;
/// Most bytes of all photos of one order together, as they are sent.
pub const IMAGES_BYTES_MAX: u64 = 24 * 1024 * 1024;

/// What file choosers offer. HEIC is absent on purpose: an iPhone then hands over a JPEG.
const ACCEPT: &str = "image/jpeg,image/png,image/webp";

const SCRIPTS: [&str; 3] = ["js/photo-field.js", "js/order-form.js", "js/site.js"];

/// Modules that the page needs only when something is done with it, by the names of their
/// templates.
const LATER: [(&str, &str); 7] = [
    ("before-after", "js/before-after.js"),
    ("remember-photo", "js/remember-photo.js"),
    ("order-status", "js/order-status.js"),
    ("preview", "js/preview.js"),
    ("sending", "js/sending.js"),
    ("camera", "js/camera.js"),
    ("preparation", "js/preparation.js"),
];

/// Fields inside the closed part of the form; it must be open when the error is about one of them.
const ADVANCED_FIELDS: [&str; 5] =
    ["garment_photo_type", "resolution", "aspect_ratio", "output_format", "instructions"];

/// What the form shows: what can be chosen, what was typed before, and why it was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormState {
    offer: Offer,
    /// Free pictures, and in how many hours.
    free: (u32, i64),
    category: Category,
    garment_photo_type: GarmentPhotoType,
    look_style: LookStyle,
    focus: Focus,
    resolution: Resolution,
    aspect_ratio: AspectRatio,
    output_format: OutputFormat,
    instructions: String,
    consent: bool,
    error: Option<ErrorNotice>,
}

impl FormState {
    /// The form of a first visit: each choice at what an order gets that does not make it.
    pub fn blank(offer: Offer) -> Self {
        let rules = Rules::default();
        Self {
            free: (rules.trial_orders, rules.trial_window_ms / HOUR_MS),
            category: Category::Auto,
            garment_photo_type: GarmentPhotoType::Auto,
            look_style: LookStyle::Natural,
            focus: Focus::FullBody,
            resolution: offer.usual_resolution(),
            aspect_ratio: offer.usual_ratio(),
            output_format: offer.usual_format(),
            instructions: String::new(),
            consent: false,
            error: None,
            offer,
        }
    }

    /// A refused form: its text fields as they came, by their names on the wire, and the error.
    /// An unknown name is dropped, and so is a value that is not offered: what it would have
    /// chosen is the default again.
    pub fn refused<'a>(
        offer: Offer,
        fields: impl IntoIterator<Item = (&'a str, &'a str)>,
        error: ErrorNotice,
    ) -> Self {
        let mut form = Self { error: Some(error), ..Self::blank(offer) };
        for (name, value) in fields {
            form.fill(name, value);
        }
        form
    }

    /// The same form where these rules hold: it says how many pictures are free.
    #[must_use]
    pub fn under(self, rules: &Rules) -> Self {
        Self { free: (rules.trial_orders, rules.trial_window_ms / HOUR_MS), ..self }
    }

    fn fill(&mut self, name: &str, value: &str) {
        match name {
            "category" => keep(&mut self.category, Category::parse(value), Category::ALL),
            "garment_photo_type" => {
                let parsed = GarmentPhotoType::parse(value);
                keep(&mut self.garment_photo_type, parsed, GarmentPhotoType::ALL);
            }
            "look_style" => keep(&mut self.look_style, LookStyle::parse(value), LookStyle::ALL),
            "focus" => keep(&mut self.focus, Focus::parse(value), Focus::ALL),
            "resolution" => {
                keep(&mut self.resolution, Resolution::parse(value), &self.offer.resolutions);
            }
            "aspect_ratio" => {
                keep(&mut self.aspect_ratio, AspectRatio::parse(value), &self.offer.ratios);
            }
            "output_format" => {
                keep(&mut self.output_format, OutputFormat::parse(value), &self.offer.formats);
            }
            "instructions" => value.clone_into(&mut self.instructions),
            "consent" => self.consent = value == "on",
            _ => {}
        }
    }

    fn detail_at(&self, field: &str) -> Option<&str> {
        self.error.as_ref().filter(|error| error.field == Some(field)).map(|error| &*error.detail)
    }

    fn error_title(&self) -> &str {
        self.error.as_ref().map_or("", |error| error.title)
    }

    fn error_detail(&self) -> &str {
        self.error.as_ref().map_or("", |error| &error.detail)
    }

    fn error_code(&self) -> Option<&'static str> {
        self.error.as_ref().map(|error| error.code.as_str())
    }

    fn request_id(&self) -> Option<&str> {
        self.error.as_ref()?.request_id.as_deref()
    }

    fn has_advanced_error(&self) -> bool {
        ADVANCED_FIELDS.iter().any(|field| self.detail_at(field).is_some())
    }
}

fn keep<T: PartialEq>(slot: &mut T, parsed: Option<T>, offered: &[T]) {
    if let Some(value) = parsed.filter(|value| offered.contains(value)) {
        *slot = value;
    }
}

struct ChoiceGroup {
    name: &'static str,
    legend: &'static str,
    options: Vec<ChoiceOption>,
}

struct ChoiceOption {
    value: &'static str,
    label: Cow<'static, str>,
    drawing: Cow<'static, str>,
    chosen: bool,
    /// The sizes with which this cannot be chosen, on the wire and separated by spaces.
    not_at: String,
}

fn options<T: Copy + PartialEq>(
    all: &[T],
    chosen: T,
    value: fn(T) -> &'static str,
    label: fn(T) -> &'static str,
    drawing: fn(T) -> Cow<'static, str>,
) -> Vec<ChoiceOption> {
    all.iter()
        .map(|&option| ChoiceOption {
            value: value(option),
            label: Cow::Borrowed(label(option)),
            drawing: drawing(option),
            chosen: option == chosen,
            not_at: String::new(),
        })
        .collect()
}

/// The ratios, each with the sizes at which it cannot be made: one choice cannot know what another
/// one is, so it is told to the visitor, and to the script.
fn ratio_options(text: &Text, form: &FormState, drawings: &Drawings) -> Vec<ChoiceOption> {
    let (offer, chosen) = (&form.offer, form.aspect_ratio);
    let mut options = options(
        &offer.ratios,
        chosen,
        AspectRatio::as_str,
        text.choices.aspect_ratio,
        drawings.aspect_ratio,
    );
    for (option, ratio) in options.iter_mut().zip(&offer.ratios) {
        let without = offer.resolutions_without(*ratio);
        if without.is_empty() {
            continue;
        }
        let names: Vec<_> = without.into_iter().map(Resolution::as_str).collect();
        let line = fill(text.choices.not_at, "option", &option.label);
        let sizes = names.join(text.order.list_comma);
        option.label = Cow::Owned(fill(&line, "sizes", &sizes));
        option.not_at = names.join(" ");
    }
    options
}

fn visible_groups(text: &Text, form: &FormState, drawings: &Drawings) -> [ChoiceGroup; 3] {
    [
        ChoiceGroup {
            name: "category",
            legend: text.choices.category_legend,
            options: options(
                Category::ALL,
                form.category,
                Category::as_str,
                text.choices.category,
                drawings.category,
            ),
        },
        ChoiceGroup {
            name: "look_style",
            legend: text.choices.look_style_legend,
            options: options(
                LookStyle::ALL,
                form.look_style,
                LookStyle::as_str,
                text.choices.look_style,
                drawings.look_style,
            ),
        },
        ChoiceGroup {
            name: "focus",
            legend: text.choices.focus_legend,
            options: options(
                Focus::ALL,
                form.focus,
                Focus::as_str,
                text.choices.focus,
                drawings.focus,
            ),
        },
    ]
}

fn advanced_groups(text: &Text, form: &FormState, drawings: &Drawings) -> [ChoiceGroup; 4] {
    [
        ChoiceGroup {
            name: "garment_photo_type",
            legend: text.choices.garment_photo_type_legend,
            options: options(
                GarmentPhotoType::ALL,
                form.garment_photo_type,
                GarmentPhotoType::as_str,
                text.choices.garment_photo_type,
                drawings.garment_photo_type,
            ),
        },
        ChoiceGroup {
            name: "resolution",
            legend: text.choices.resolution_legend,
            options: options(
                &form.offer.resolutions,
                form.resolution,
                Resolution::as_str,
                text.choices.resolution,
                drawings.resolution,
            ),
        },
        ChoiceGroup {
            name: "aspect_ratio",
            legend: text.choices.aspect_ratio_legend,
            options: ratio_options(text, form, drawings),
        },
        ChoiceGroup {
            name: "output_format",
            legend: text.choices.output_format_legend,
            options: options(
                &form.offer.formats,
                form.output_format,
                OutputFormat::as_str,
                text.choices.output_format,
                drawings.output_format,
            ),
        },
    ]
}

/// A drawing and what it says.
struct Tip {
    drawing: &'static str,
    line: &'static str,
}

fn tips(drawings: [&'static str; 4], lines: [&'static str; 4]) -> Vec<Tip> {
    drawings.into_iter().zip(lines).map(|(drawing, line)| Tip { drawing, line }).collect()
}

/// What the page for everybody shows beside the form itself.
pub(super) struct Extras {
    pub(super) drawings: &'static Drawings,
    /// Markup: photos of people to try the form with.
    pub(super) people: String,
    /// Markup: the same of garments.
    pub(super) garments: String,
    /// Markup: what is below the form.
    pub(super) prose: String,
}

#[derive(Template)]
#[template(path = "home.html", config = "src/pages/askama.toml")]
struct HomePage<'a> {
    frame: Frame<'a>,
    text: &'a Text,
    path: &'static str,
    styles: &'static [&'static str],
    scripts: &'static [&'static str],
    extras: &'a Extras,
    form: &'a FormState,
    visible: [ChoiceGroup; 3],
    advanced: [ChoiceGroup; 4],
    person_tips: Vec<Tip>,
    garment_tips: Vec<Tip>,
    free: String,
    accept: &'static str,
    garments_max: usize,
    images_bytes_max: u64,
    instructions_max: usize,
    panel: PanelMarkup<'a>,
    script_text: ScriptText<'a>,
}

/// The page of a form that is shown again because it was refused.
pub fn refused_form(frame: Frame, form: &FormState) -> String {
    let extras = Extras {
        drawings: &NO_DRAWINGS,
        people: String::new(),
        garments: String::new(),
        prose: String::new(),
    };
    form_page(frame, form, &extras)
}

pub(super) fn form_page(frame: Frame, form: &FormState, extras: &Extras) -> String {
    let drawings = extras.drawings;
    let text = frame.text;
    let (count, hours) = form.free;
    let page = HomePage {
        frame,
        text,
        path: "/",
        styles: &[
            "css/form.css",
            "css/photos.css",
            "css/compare.css",
            "css/prose.css",
            "css/home.css",
        ],
        scripts: &SCRIPTS,
        extras,
        form,
        visible: visible_groups(text, form, drawings),
        advanced: advanced_groups(text, form, drawings),
        person_tips: tips(drawings.person_tips, text.form.person_tips),
        garment_tips: tips(drawings.garment_tips, text.form.garment_tips),
        free: fill(&fill(text.form.free, "count", &count.to_string()), "hours", &hours.to_string()),
        accept: ACCEPT,
        garments_max: GARMENT_IMAGES_MAX,
        images_bytes_max: IMAGES_BYTES_MAX,
        instructions_max: INSTRUCTIONS_CHARS_MAX,
        panel: PanelMarkup::blank(frame),
        script_text: script_text(frame),
    };
    rendered(&page)
}
