//! The home page with the form. It is rendered once at build time, and by the Worker again when a
//! form that was sent without JavaScript was refused: then with what the visitor had typed.

use askama::Template;

use super::message::{ErrorNotice, rendered};
use super::order::Panel;
use super::script_text::script_text;
use super::text::Text;
use crate::domain::options::{
    AspectRatio, Category, Focus, GarmentPhotoType, INSTRUCTIONS_CHARS_MAX, LookStyle,
    OutputFormat, Resolution,
};

/// Most garment photos of one order; the person's photo comes on top.
pub const GARMENT_IMAGES_MAX: usize = 4;

/// What file choosers offer. HEIC is absent on purpose: an iPhone then hands over a JPEG.
const ACCEPT: &str = "image/jpeg,image/png,image/webp";

/// Fields inside the closed part of the form; it must be open when the error is about one of them.
const ADVANCED_FIELDS: [&str; 5] =
    ["garment_photo_type", "resolution", "aspect_ratio", "output_format", "instructions"];

/// What the form shows: what was typed before, and why it was refused. The default is the form of a
/// first visit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormState {
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

impl Default for FormState {
    fn default() -> Self {
        Self {
            category: Category::Auto,
            garment_photo_type: GarmentPhotoType::Auto,
            look_style: LookStyle::Natural,
            focus: Focus::FullBody,
            resolution: Resolution::R1K,
            aspect_ratio: AspectRatio::Auto,
            output_format: OutputFormat::Jpeg,
            instructions: String::new(),
            consent: false,
            error: None,
        }
    }
}

impl FormState {
    /// A refused form: its text fields as they came, by their names on the wire, and the error.
    /// An unknown name or value is dropped, so what it would have chosen is the default again.
    pub fn refused<'a>(
        fields: impl IntoIterator<Item = (&'a str, &'a str)>,
        error: ErrorNotice,
    ) -> Self {
        let mut form = Self { error: Some(error), ..Self::default() };
        for (name, value) in fields {
            form.fill(name, value);
        }
        form
    }

    fn fill(&mut self, name: &str, value: &str) {
        match name {
            "category" => keep(&mut self.category, Category::parse(value)),
            "garment_photo_type" => {
                keep(&mut self.garment_photo_type, GarmentPhotoType::parse(value));
            }
            "look_style" => keep(&mut self.look_style, LookStyle::parse(value)),
            "focus" => keep(&mut self.focus, Focus::parse(value)),
            "resolution" => keep(&mut self.resolution, Resolution::parse(value)),
            "aspect_ratio" => keep(&mut self.aspect_ratio, AspectRatio::parse(value)),
            "output_format" => keep(&mut self.output_format, OutputFormat::parse(value)),
            "instructions" => value.clone_into(&mut self.instructions),
            "consent" => self.consent = value == "on",
            _ => {}
        }
    }

    fn detail_at(&self, field: &str) -> Option<&str> {
        self.error.as_ref().filter(|error| error.field == Some(field)).map(|error| &*error.detail)
    }

    fn error_title(&self) -> &str {
        self.error.as_ref().map_or("", |error| &error.title)
    }

    fn error_detail(&self) -> &str {
        self.error.as_ref().map_or("", |error| &error.detail)
    }

    fn has_advanced_error(&self) -> bool {
        ADVANCED_FIELDS.iter().any(|field| self.detail_at(field).is_some())
    }
}

fn keep<T>(slot: &mut T, parsed: Option<T>) {
    if let Some(value) = parsed {
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
    label: &'static str,
    chosen: bool,
}

fn options<T: Copy + PartialEq>(
    all: &[T],
    chosen: T,
    value: fn(T) -> &'static str,
    label: fn(T) -> &'static str,
) -> Vec<ChoiceOption> {
    all.iter()
        .map(|&option| ChoiceOption {
            value: value(option),
            label: label(option),
            chosen: option == chosen,
        })
        .collect()
}

fn visible_groups(text: &Text, form: &FormState) -> [ChoiceGroup; 3] {
    [
        ChoiceGroup {
            name: "category",
            legend: text.category_legend,
            options: options(Category::ALL, form.category, Category::as_str, text.category),
        },
        ChoiceGroup {
            name: "look_style",
            legend: text.look_style_legend,
            options: options(LookStyle::ALL, form.look_style, LookStyle::as_str, text.look_style),
        },
        ChoiceGroup {
            name: "focus",
            legend: text.focus_legend,
            options: options(Focus::ALL, form.focus, Focus::as_str, text.focus),
        },
    ]
}

fn advanced_groups(text: &Text, form: &FormState) -> [ChoiceGroup; 4] {
    [
        ChoiceGroup {
            name: "garment_photo_type",
            legend: text.garment_photo_type_legend,
            options: options(
                GarmentPhotoType::ALL,
                form.garment_photo_type,
                GarmentPhotoType::as_str,
                text.garment_photo_type,
            ),
        },
        ChoiceGroup {
            name: "resolution",
            legend: text.resolution_legend,
            options: options(Resolution::ALL, form.resolution, Resolution::as_str, text.resolution),
        },
        ChoiceGroup {
            name: "aspect_ratio",
            legend: text.aspect_ratio_legend,
            options: options(
                AspectRatio::ALL,
                form.aspect_ratio,
                AspectRatio::as_str,
                text.aspect_ratio,
            ),
        },
        ChoiceGroup {
            name: "output_format",
            legend: text.output_format_legend,
            options: options(
                OutputFormat::ALL,
                form.output_format,
                OutputFormat::as_str,
                text.output_format,
            ),
        },
    ]
}

#[derive(Template)]
#[template(path = "home.html", config = "src/pages/askama.toml")]
struct HomePage<'a> {
    text: &'a Text,
    form: &'a FormState,
    visible: [ChoiceGroup; 3],
    advanced: [ChoiceGroup; 4],
    accept: &'static str,
    garments_max: usize,
    instructions_max: usize,
    panel: Panel<'a>,
    script_text: Vec<(String, &'a str)>,
}

/// The home page.
pub fn home(text: &Text, form: &FormState) -> String {
    let page = HomePage {
        text,
        form,
        visible: visible_groups(text, form),
        advanced: advanced_groups(text, form),
        accept: ACCEPT,
        garments_max: GARMENT_IMAGES_MAX,
        instructions_max: INSTRUCTIONS_CHARS_MAX,
        panel: Panel::blank(text),
        script_text: script_text(text),
    };
    rendered(&page)
}
