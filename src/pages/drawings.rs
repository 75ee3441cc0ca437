//! The drawings beside the choices. They stand in the page itself, where its colours reach them.
//! They are most of that page's bytes, so whoever renders it says whether they are in it.

use std::borrow::Cow;

use crate::domain::options::{
    AspectRatio, Category, Focus, GarmentPhotoType, LookStyle, OutputFormat, Resolution,
};

macro_rules! drawing {
    ($name:literal) => {
        Cow::Borrowed(include_str!(concat!("drawings/", $name, ".svg")))
    };
}

/// Longer side of a drawn shape; the drawing is [`SHAPE_BOX`] wide and high.
const SHAPE_SIDE: u32 = 36;
const SHAPE_BOX: u32 = 48;

/// A drawing for each choice, and one for each tip.
pub(super) struct Drawings {
    pub(super) category: fn(Category) -> Cow<'static, str>,
    pub(super) look_style: fn(LookStyle) -> Cow<'static, str>,
    pub(super) focus: fn(Focus) -> Cow<'static, str>,
    pub(super) garment_photo_type: fn(GarmentPhotoType) -> Cow<'static, str>,
    pub(super) resolution: fn(Resolution) -> Cow<'static, str>,
    pub(super) aspect_ratio: fn(AspectRatio) -> Cow<'static, str>,
    pub(super) output_format: fn(OutputFormat) -> Cow<'static, str>,
    /// What makes a good photo, by the order of the catalogue's lines.
    pub(super) person_tips: [&'static str; 4],
    /// The same for the photo of a garment; the last two show what goes wrong.
    pub(super) garment_tips: [&'static str; 4],
}

/// All of them.
pub(super) const DRAWINGS: Drawings = Drawings {
    category,
    look_style,
    focus,
    garment_photo_type,
    resolution,
    aspect_ratio,
    output_format,
    person_tips: [
        include_str!("drawings/tip-person-whole.svg"),
        include_str!("drawings/tip-person-front.svg"),
        include_str!("drawings/tip-alone.svg"),
        include_str!("drawings/tip-light.svg"),
    ],
    garment_tips: [
        include_str!("drawings/tip-garment-one.svg"),
        include_str!("drawings/tip-garment-flat.svg"),
        include_str!("drawings/tip-garment-many.svg"),
        include_str!("drawings/tip-garment-cropped.svg"),
    ],
};

/// None: the choices and tips are words alone.
pub(super) const NO_DRAWINGS: Drawings = Drawings {
    category: none,
    look_style: none,
    focus: none,
    garment_photo_type: none,
    resolution: none,
    aspect_ratio: none,
    output_format: none,
    person_tips: [""; 4],
    garment_tips: [""; 4],
};

const fn none<T: Copy>(_: T) -> Cow<'static, str> {
    Cow::Borrowed("")
}

const fn category(value: Category) -> Cow<'static, str> {
    match value {
        Category::Auto => drawing!("category-auto"),
        Category::Tops => drawing!("category-tops"),
        Category::Bottoms => drawing!("category-bottoms"),
        Category::OnePieces => drawing!("category-one-pieces"),
        Category::Outerwear => drawing!("category-outerwear"),
        Category::Footwear => drawing!("category-footwear"),
        Category::Accessories => drawing!("category-accessories"),
    }
}

const fn look_style(value: LookStyle) -> Cow<'static, str> {
    match value {
        LookStyle::Natural => drawing!("style-natural"),
        LookStyle::Studio => drawing!("style-studio"),
        LookStyle::Street => drawing!("style-street"),
        LookStyle::Editorial => drawing!("style-editorial"),
        LookStyle::Evening => drawing!("style-evening"),
    }
}

const fn focus(value: Focus) -> Cow<'static, str> {
    match value {
        Focus::FullBody => drawing!("focus-full-body"),
        Focus::UpperBody => drawing!("focus-upper-body"),
        Focus::LowerBody => drawing!("focus-lower-body"),
        Focus::Details => drawing!("focus-details"),
    }
}

const fn garment_photo_type(value: GarmentPhotoType) -> Cow<'static, str> {
    match value {
        GarmentPhotoType::Auto => drawing!("photo-type-auto"),
        GarmentPhotoType::FlatLay => drawing!("photo-type-flat-lay"),
        GarmentPhotoType::Model => drawing!("photo-type-model"),
    }
}

const fn resolution(value: Resolution) -> Cow<'static, str> {
    match value {
        Resolution::R1K => drawing!("resolution-1k"),
        Resolution::R2K => drawing!("resolution-2k"),
        Resolution::R4K => drawing!("resolution-4k"),
    }
}

const fn output_format(value: OutputFormat) -> Cow<'static, str> {
    match value {
        OutputFormat::Jpeg => drawing!("format-jpeg"),
        OutputFormat::Png => drawing!("format-png"),
    }
}

/// The shape itself, as a rectangle of its sides; for the photo's own shape a dashed one.
fn aspect_ratio(value: AspectRatio) -> Cow<'static, str> {
    let sides = value.as_str().split_once(':');
    let sides = sides.and_then(|(width, height)| Some((width.parse().ok()?, height.parse().ok()?)));
    let (width, height): (u32, u32) = sides.unwrap_or((3, 4));
    let longer = width.max(height).max(1);
    let [width, height] = [width, height].map(|side| side * SHAPE_SIDE / longer);
    let (left, top) = ((SHAPE_BOX - width) / 2, (SHAPE_BOX - height) / 2);
    let dashes = if sides.is_none() { r#" stroke-dasharray="4 4""# } else { "" };
    let frame = r#"aria-hidden="true" focusable="false""#;
    let shape = format!(r#"x="{left}" y="{top}" width="{width}" height="{height}" rx="3"{dashes}"#);
    Cow::Owned(format!(
        r#"<svg class="drawing" viewBox="0 0 {SHAPE_BOX} {SHAPE_BOX}" {frame}>{}{shape}/></svg>"#,
        r#"<rect class="drawing__fill drawing__line" "#
    ))
}
