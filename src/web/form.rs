//! From form fields to an order request.

use http::HeaderMap;

use crate::app::Failure;
use crate::app::place::{Draft, GARMENTS, Upload};
use crate::domain::image::Metadata;
use crate::domain::options::{
    AspectRatio, Category, Focus, GarmentPhotoType, INSTRUCTIONS_CHARS_MAX, LookStyle, Offer,
    Options, OutputFormat, Resolution,
};
use crate::domain::order::Role;
use crate::domain::refusal::{Code, Refusal};

use super::Incoming;
use super::multipart::{self, Part};

/// The two file fields.
pub const FILE_FIELDS: [&str; 2] = ["person_image", "garment_images"];
/// The text fields.
pub const TEXT_FIELDS: [&str; 10] = [
    "category",
    "garment_photo_type",
    "look_style",
    "focus",
    "resolution",
    "aspect_ratio",
    "output_format",
    "instructions",
    "consent",
    REMOVED_FIELD,
];
/// What the visitor's browser removed from the photos before it sent them; repeated, one kind each.
pub const REMOVED_FIELD: &str = "metadata_removed";
/// Times that it may come: every kind once, and room for one kind of two photos.
pub const REMOVED_MAX: usize = 16;

/// What came, field by field; kept so that a refused form can be shown again as it was.
#[derive(Debug, Default)]
pub(super) struct Fields {
    /// Text fields by name, as they came.
    pub(super) texts: Vec<(String, String)>,
    person: Option<Vec<u8>>,
    garments: Vec<Vec<u8>>,
    removed: Vec<Metadata>,
}

impl Fields {
    /// Reads the body into the fields; on a failure they hold every text that came. `hold` is asked
    /// before so many bytes of photos are kept.
    pub(super) async fn read(
        &mut self,
        headers: &HeaderMap,
        body: Incoming,
        hold: impl Fn(u64) -> Result<(), Refusal>,
    ) -> Result<(), Failure> {
        let fields = [FILE_FIELDS.as_slice(), TEXT_FIELDS.as_slice()];
        multipart::read(headers, body, fields, hold, |part| self.take(part)).await
    }

    fn take(&mut self, part: Part) -> Result<(), Refusal> {
        match part {
            // An input that was left alone: browsers send an empty nameless file for it.
            Part::File(_, false, bytes) if bytes.is_empty() => Ok(()),
            Part::File(name, _, bytes) if name == "person_image" => {
                if self.person.replace(bytes).is_some() {
                    let detail = "Send exactly one photo of the person.";
                    return Err(Refusal::field(Code::InputInvalid, "person_image", detail));
                }
                Ok(())
            }
            Part::File(_, _, bytes) => {
                self.garments.push(bytes);
                if self.garments.len() > *GARMENTS.end() {
                    let detail = "Send at most 4 photos of garments.";
                    return Err(Refusal::field(Code::InputInvalid, "garment_images", detail));
                }
                Ok(())
            }
            Part::Text(name, value) => self.take_text(name, value),
        }
    }

    fn take_text(&mut self, name: String, value: String) -> Result<(), Refusal> {
        let Some(known) = TEXT_FIELDS.into_iter().find(|field| *field == name) else {
            let detail = format!(
                "The form has a field that is not known here. Fields: {}, {}.",
                FILE_FIELDS.join(", "),
                TEXT_FIELDS.join(", ")
            );
            return Err(Refusal::new(Code::InputInvalid, detail));
        };
        if known == REMOVED_FIELD {
            return self.take_removed(&value);
        }
        if self.texts.iter().any(|(have, _)| have == known) {
            return Err(Refusal::field(Code::InputInvalid, known, "Send this field once."));
        }
        self.texts.push((name, value));
        Ok(())
    }

    /// Photos lose their metadata in the browser, before it could be found here; the order's facts
    /// say what it was all the same. Whoever lies about it deceives only that order's readers.
    fn take_removed(&mut self, name: &str) -> Result<(), Refusal> {
        let refused = |detail| Refusal::field(Code::InputInvalid, REMOVED_FIELD, detail);
        let Some(kind) = Metadata::parse(name) else {
            return Err(refused("This kind of metadata is not known here."));
        };
        if self.removed.len() == REMOVED_MAX {
            return Err(refused("Send this field at most 16 times."));
        }
        self.removed.push(kind);
        Ok(())
    }

    /// The order request; a missing choice is the usual one of the offer, as in the form.
    pub(super) fn draft(&mut self, offer: &Offer) -> Result<Draft, Refusal> {
        let options = Options {
            category: self.choice("category", Category::Auto, Category::parse)?,
            garment_photo_type: self.choice(
                "garment_photo_type",
                GarmentPhotoType::Auto,
                GarmentPhotoType::parse,
            )?,
            look_style: self.choice("look_style", LookStyle::Natural, LookStyle::parse)?,
            focus: self.choice("focus", Focus::FullBody, Focus::parse)?,
            resolution: self.choice("resolution", offer.usual_resolution(), Resolution::parse)?,
            aspect_ratio: self.choice("aspect_ratio", offer.usual_ratio(), AspectRatio::parse)?,
            output_format: self.choice(
                "output_format",
                offer.usual_format(),
                OutputFormat::parse,
            )?,
            instructions: self.instructions()?,
        };
        let person = self.person.take().ok_or_else(|| {
            let detail = "Add a photo of the person.";
            Refusal::field(Code::InputInvalid, "person_image", detail)
        })?;
        if self.garments.is_empty() {
            let detail = "Add 1 to 4 photos of garments.";
            return Err(Refusal::field(Code::InputInvalid, "garment_images", detail));
        }
        let garments = std::mem::take(&mut self.garments);
        let uploads = std::iter::once(Upload { role: Role::Person, bytes: person })
            .chain(garments.into_iter().map(|bytes| Upload { role: Role::Garment, bytes }))
            .collect();
        let removed = std::mem::take(&mut self.removed);
        Ok(Draft { options, consent: self.text("consent") == Some("on"), uploads, removed })
    }

    fn text(&self, name: &str) -> Option<&str> {
        self.texts.iter().find(|(have, _)| have == name).map(|(_, value)| value.as_str())
    }

    fn choice<T>(
        &self,
        field: &'static str,
        default: T,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Result<T, Refusal> {
        match self.text(field) {
            None | Some("") => Ok(default),
            Some(value) => parse(value).ok_or_else(|| {
                let detail = "This value is not offered; GET /api/options lists those that are.";
                Refusal::field(Code::InputInvalid, field, detail)
            }),
        }
    }

    fn instructions(&self) -> Result<Option<String>, Refusal> {
        let text = self.text("instructions").unwrap_or_default().replace("\r\n", "\n");
        let length = text.chars().count();
        if length > INSTRUCTIONS_CHARS_MAX {
            let detail = format!(
                "The instructions have {length} characters; at most {INSTRUCTIONS_CHARS_MAX} fit."
            );
            return Err(Refusal::field(Code::InputInvalid, "instructions", detail));
        }
        let text = text.trim();
        Ok((!text.is_empty()).then(|| text.to_owned()))
    }
}
