//! The models of Kie that this product can use, as data. Kie ignores an unknown input field
//! without a word and bills the job, so every field name here is one that Kie publishes for
//! exactly that model; a test holds the requests against the published inputs.

use crate::domain::options::{AspectRatio, Offer, Options, OutputFormat, Resolution};
use crate::domain::refusal::{Code, Refusal};

/// The model that is used unless the configuration names another.
pub const DEFAULT_MODEL_ID: &str = "nano-banana-2";

/// One input field and the value that is sent in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sent {
    /// The field's name in Kie's `input` object.
    pub field: &'static str,
    /// The value in Kie's spelling.
    pub value: &'static str,
}

/// A resolution that a model can make.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SizeClass {
    /// The visitor's choice.
    pub resolution: Resolution,
    /// How it is asked for; `None` where the model knows this one size only.
    pub sent: Option<Sent>,
    /// Price of one picture in thousandths of a Kie credit, with one input image.
    pub credits_milli: u32,
}

/// A file format that a model can deliver.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FormatClass {
    /// The visitor's choice.
    pub format: OutputFormat,
    /// How it is asked for; `None` where the model delivers this one format only.
    pub sent: Option<Sent>,
}

/// What a model does about the ratio `auto`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AutoRatio {
    /// It has the value at every resolution.
    Everywhere,
    /// It has the value at 1K and makes 1K whenever it is given.
    At1KOnly,
    /// It has no such value.
    Nowhere,
}

/// One model: names, limits and prices. Sizes in pixels are not published.
#[derive(Debug, PartialEq, Eq)]
pub struct Model {
    /// Kie's id, also the value of the configuration.
    pub id: &'static str,
    /// The field that takes the links of the input images, person first.
    pub images_field: &'static str,
    /// Most input images, the person's included.
    pub images_max: usize,
    /// Largest input image in MB (10^6 bytes); the smaller figure where Kie publishes two.
    pub image_mb_max: u32,
    /// Resolutions, smallest first.
    pub sizes: &'static [SizeClass],
    /// Ratios other than `auto`; Kie's spelling of each is the visitor's.
    pub ratios: &'static [AspectRatio],
    /// Pairs that Kie refuses although it has both values.
    pub impossible: &'static [(Resolution, AspectRatio)],
    /// What `auto` means to it.
    pub auto_ratio: AutoRatio,
    /// Formats, in the order of the form.
    pub formats: &'static [FormatClass],
    /// Fields that are always sent with `true`.
    pub switches_on: &'static [&'static str],
    /// Longest prompt in characters; of an unpublished limit the one of its family.
    pub prompt_chars_max: usize,
    /// Price of each input image after the first, in thousandths of a credit.
    pub extra_image_milli: u32,
    /// Usual seconds from createTask to the result, for the estimate that a visitor sees.
    pub typical_seconds: u32,
}

/// The field of every model here for the ratio.
pub const RATIO_FIELD: &str = "aspect_ratio";

const fn size(resolution: Resolution, value: &'static str, credits_milli: u32) -> SizeClass {
    let sent = Some(Sent { field: "resolution", value });
    SizeClass { resolution, sent, credits_milli }
}

const fn quality(resolution: Resolution, value: &'static str, credits_milli: u32) -> SizeClass {
    let sent = Some(Sent { field: "quality", value });
    SizeClass { resolution, sent, credits_milli }
}

const fn only_1k(credits_milli: u32) -> SizeClass {
    SizeClass { resolution: Resolution::R1K, sent: None, credits_milli }
}

const fn format(format: OutputFormat, value: &'static str) -> FormatClass {
    FormatClass { format, sent: Some(Sent { field: "output_format", value }) }
}

const JPG_OR_PNG: &[FormatClass] =
    &[format(OutputFormat::Jpeg, "jpg"), format(OutputFormat::Png, "png")];
const JPEG_OR_PNG: &[FormatClass] =
    &[format(OutputFormat::Jpeg, "jpeg"), format(OutputFormat::Png, "png")];

const NINE_RATIOS: &[AspectRatio] = &[
    AspectRatio::R1x1,
    AspectRatio::R3x4,
    AspectRatio::R4x3,
    AspectRatio::R2x3,
    AspectRatio::R3x2,
    AspectRatio::R4x5,
    AspectRatio::R5x4,
    AspectRatio::R9x16,
    AspectRatio::R16x9,
];
const SEVEN_RATIOS: &[AspectRatio] = &[
    AspectRatio::R1x1,
    AspectRatio::R3x4,
    AspectRatio::R4x3,
    AspectRatio::R2x3,
    AspectRatio::R3x2,
    AspectRatio::R9x16,
    AspectRatio::R16x9,
];

/// Every model that can be configured, the default first.
pub static MODELS: [Model; 6] = [
    Model {
        id: DEFAULT_MODEL_ID,
        images_field: "image_input",
        images_max: 14,
        image_mb_max: 30,
        sizes: &[
            size(Resolution::R1K, "1K", 8_000),
            size(Resolution::R2K, "2K", 12_000),
            size(Resolution::R4K, "4K", 18_000),
        ],
        ratios: NINE_RATIOS,
        impossible: &[],
        auto_ratio: AutoRatio::Everywhere,
        formats: JPG_OR_PNG,
        switches_on: &[],
        prompt_chars_max: 20_000,
        extra_image_milli: 0,
        typical_seconds: 45,
    },
    Model {
        id: "nano-banana-pro",
        images_field: "image_input",
        images_max: 8,
        image_mb_max: 30,
        sizes: &[
            size(Resolution::R1K, "1K", 18_000),
            size(Resolution::R2K, "2K", 18_000),
            size(Resolution::R4K, "4K", 24_000),
        ],
        ratios: NINE_RATIOS,
        impossible: &[],
        auto_ratio: AutoRatio::Everywhere,
        formats: JPG_OR_PNG,
        switches_on: &[],
        prompt_chars_max: 10_000,
        extra_image_milli: 0,
        typical_seconds: 60,
    },
    Model {
        id: "nano-banana-2-lite",
        images_field: "image_urls",
        images_max: 10,
        image_mb_max: 30,
        sizes: &[only_1k(4_000)],
        ratios: NINE_RATIOS,
        impossible: &[],
        auto_ratio: AutoRatio::Everywhere,
        // It publishes no format; its family's default is what it is expected to deliver.
        formats: &[FormatClass { format: OutputFormat::Jpeg, sent: None }],
        switches_on: &[],
        prompt_chars_max: 20_000,
        extra_image_milli: 0,
        typical_seconds: 20,
    },
    Model {
        id: "google/nano-banana-edit",
        images_field: "image_urls",
        images_max: 10,
        image_mb_max: 10,
        sizes: &[only_1k(4_000)],
        ratios: NINE_RATIOS,
        impossible: &[],
        auto_ratio: AutoRatio::Everywhere,
        formats: JPEG_OR_PNG,
        switches_on: &[],
        prompt_chars_max: 5_000,
        extra_image_milli: 0,
        typical_seconds: 25,
    },
    Model {
        id: "seedream/5-pro-image-to-image",
        images_field: "image_urls",
        images_max: 10,
        image_mb_max: 10,
        sizes: &[
            quality(Resolution::R1K, "basic", 7_000),
            quality(Resolution::R2K, "high", 14_000),
        ],
        ratios: SEVEN_RATIOS,
        impossible: &[],
        auto_ratio: AutoRatio::Nowhere,
        formats: JPEG_OR_PNG,
        // Off unless asked for; anybody can order here.
        switches_on: &["nsfw_checker"],
        prompt_chars_max: 5_000,
        extra_image_milli: 500,
        typical_seconds: 75,
    },
    Model {
        id: "gpt-image-2-image-to-image",
        images_field: "input_urls",
        images_max: 16,
        image_mb_max: 10,
        sizes: &[
            size(Resolution::R1K, "1K", 6_000),
            size(Resolution::R2K, "2K", 10_000),
            size(Resolution::R4K, "4K", 16_000),
        ],
        ratios: NINE_RATIOS,
        impossible: &[
            (Resolution::R2K, AspectRatio::R4x5),
            (Resolution::R2K, AspectRatio::R5x4),
            (Resolution::R4K, AspectRatio::R1x1),
            (Resolution::R4K, AspectRatio::R4x5),
            (Resolution::R4K, AspectRatio::R5x4),
        ],
        auto_ratio: AutoRatio::At1KOnly,
        // Its recorded results are all PNG, and it has no field to ask for another.
        formats: &[FormatClass { format: OutputFormat::Png, sent: None }],
        switches_on: &[],
        prompt_chars_max: 20_000,
        extra_image_milli: 0,
        typical_seconds: 55,
    },
];

/// The model with Kie's id `id`; `None` for one that this product cannot use.
pub fn find(id: &str) -> Option<&'static Model> {
    MODELS.iter().find(|model| model.id == id)
}

impl Model {
    /// What the form may offer while this model is configured.
    pub fn offers(&self) -> Offer {
        let can = |ratio: &AspectRatio| *ratio == AspectRatio::Auto || self.ratios.contains(ratio);
        Offer {
            resolutions: self.sizes.iter().map(|size| size.resolution).collect(),
            ratios: AspectRatio::ALL.iter().copied().filter(can).collect(),
            formats: self.formats.iter().map(|class| class.format).collect(),
            impossible: self.impossible.to_vec(),
        }
    }

    /// Whether the model can do this with this many garment images; otherwise `input_invalid`
    /// that names the first field which it cannot.
    pub fn check(&self, options: &Options, garments: usize) -> Result<(), Refusal> {
        let garments_max = self.images_max.saturating_sub(1);
        if garments == 0 || garments > garments_max {
            return Err(cannot("garment_images", format!("Send 1 to {garments_max} garments.")));
        }
        if self.size(options.resolution).is_none() {
            let names: Vec<_> = self.sizes.iter().map(|size| size.resolution.as_str()).collect();
            return Err(cannot("resolution", one_of("resolution", &names)));
        }
        if !self.can_make(options.resolution, options.aspect_ratio) {
            let names: Vec<_> = self
                .offers()
                .ratios
                .into_iter()
                .filter(|ratio| self.can_make(options.resolution, *ratio))
                .map(AspectRatio::as_str)
                .collect();
            let what = format!("aspect ratio at {}", options.resolution.as_str());
            return Err(cannot("aspect_ratio", one_of(&what, &names)));
        }
        if self.format(options.output_format).is_none() {
            let names: Vec<_> = self.formats.iter().map(|class| class.format.as_str()).collect();
            return Err(cannot("output_format", one_of("file format", &names)));
        }
        Ok(())
    }

    /// Price in thousandths of a credit for one picture out of `images` input images (the person
    /// included); `None` for a resolution that the model cannot make.
    pub fn price_milli(&self, resolution: Resolution, images: usize) -> Option<u32> {
        let extra = u32::try_from(images.saturating_sub(1)).ok()?;
        let size = self.size(resolution)?;
        size.credits_milli.checked_add(self.extra_image_milli.checked_mul(extra)?)
    }

    /// The size class of a resolution; `None` when the model cannot make it.
    pub fn size(&self, resolution: Resolution) -> Option<&'static SizeClass> {
        self.sizes.iter().find(|size| size.resolution == resolution)
    }

    /// The format class of a format; `None` when the model cannot deliver it.
    pub fn format(&self, format: OutputFormat) -> Option<&'static FormatClass> {
        self.formats.iter().find(|class| class.format == format)
    }

    /// The ratio to send. `auto` goes out as it is where the model has it at this resolution, and
    /// otherwise becomes the possible ratio nearest to `person_size` (width, height in pixels).
    /// `None` when the model cannot make the ratio.
    pub fn sent_ratio(
        &self,
        resolution: Resolution,
        ratio: AspectRatio,
        person_size: (u32, u32),
    ) -> Option<AspectRatio> {
        if !self.can_make(resolution, ratio) {
            return None;
        }
        if ratio != AspectRatio::Auto {
            return Some(ratio);
        }
        match (self.auto_ratio, resolution) {
            (AutoRatio::Everywhere, _) | (AutoRatio::At1KOnly, Resolution::R1K) => Some(ratio),
            (AutoRatio::At1KOnly, Resolution::R2K | Resolution::R4K) | (AutoRatio::Nowhere, _) => {
                let possible = self.ratios.iter().copied();
                nearest(possible.filter(|ratio| self.can_make(resolution, *ratio)), person_size)
            }
        }
    }

    fn can_make(&self, resolution: Resolution, ratio: AspectRatio) -> bool {
        (ratio == AspectRatio::Auto || self.ratios.contains(&ratio))
            && !self.impossible.contains(&(resolution, ratio))
    }
}

fn cannot(field: &'static str, detail: String) -> Refusal {
    Refusal::field(Code::InputInvalid, field, detail)
}

fn one_of(what: &str, names: &[&str]) -> String {
    format!("This {what} is not available. Choose one of: {}.", names.join(", "))
}

/// The ratio by whose factor the picture's own differs least, so that 2:1 is as far from 1:1 as
/// 1:2. Exact: a side has 32 bits, times 16 it has 36, and two products of them 72 of 128.
fn nearest(
    ratios: impl Iterator<Item = AspectRatio>,
    (width, height): (u32, u32),
) -> Option<AspectRatio> {
    let sides = (u128::from(width.max(1)), u128::from(height.max(1)));
    let mut best: Option<(AspectRatio, u128, u128)> = None;
    for ratio in ratios {
        let Some((across, down)) = sides_of(ratio) else { continue };
        let (one, other) = (sides.0 * u128::from(down), sides.1 * u128::from(across));
        let (more, less) = (one.max(other), one.min(other));
        if best.is_none_or(|(_, best_more, best_less)| more * best_less < best_more * less) {
            best = Some((ratio, more, less));
        }
    }
    best.map(|(ratio, _, _)| ratio)
}

const fn sides_of(ratio: AspectRatio) -> Option<(u32, u32)> {
    match ratio {
        AspectRatio::Auto => None,
        AspectRatio::R1x1 => Some((1, 1)),
        AspectRatio::R3x4 => Some((3, 4)),
        AspectRatio::R4x3 => Some((4, 3)),
        AspectRatio::R2x3 => Some((2, 3)),
        AspectRatio::R3x2 => Some((3, 2)),
        AspectRatio::R4x5 => Some((4, 5)),
        AspectRatio::R5x4 => Some((5, 4)),
        AspectRatio::R9x16 => Some((9, 16)),
        AspectRatio::R16x9 => Some((16, 9)),
    }
}
