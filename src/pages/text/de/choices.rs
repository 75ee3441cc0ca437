//! What can be chosen, by its values on the wire.

use crate::domain::options::{
    AspectRatio, Category, Focus, GarmentPhotoType, LookStyle, OutputFormat, Resolution,
};
use crate::pages::text::ChoiceText;

/// What can be chosen, by its values on the wire.
pub(super) const CHOICES: ChoiceText = ChoiceText {
    category_legend: "Kind of garment",
    category,
    garment_photo_type_legend: "Garment photos show",
    garment_photo_type,
    look_style_legend: "Look",
    look_style,
    focus_legend: "In the picture",
    focus,
    resolution_legend: "Size",
    resolution,
    aspect_ratio_legend: "Shape",
    aspect_ratio,
    output_format_legend: "File format",
    output_format,
    not_at: "{option} (not at {sizes})",
    shape_not_at_size: "This shape is not made at the size you chose. Choose another shape or \
                        another size.",
};

const fn category(value: Category) -> &'static str {
    match value {
        Category::Auto => "Automatic",
        Category::Tops => "Top",
        Category::Bottoms => "Bottoms",
        Category::OnePieces => "Dress or one-piece",
        Category::Outerwear => "Jacket or coat",
        Category::Footwear => "Shoes",
        Category::Accessories => "Accessory",
    }
}

const fn garment_photo_type(value: GarmentPhotoType) -> &'static str {
    match value {
        GarmentPhotoType::Auto => "Automatic",
        GarmentPhotoType::FlatLay => "The garment alone",
        GarmentPhotoType::Model => "Somebody wearing it",
    }
}

const fn look_style(value: LookStyle) -> &'static str {
    match value {
        LookStyle::Natural => "Natural",
        LookStyle::Studio => "Studio",
        LookStyle::Street => "Street",
        LookStyle::Editorial => "Editorial",
        LookStyle::Evening => "Evening",
    }
}

const fn focus(value: Focus) -> &'static str {
    match value {
        Focus::FullBody => "Head to toe",
        Focus::UpperBody => "Upper body",
        Focus::LowerBody => "Lower body",
        Focus::Details => "Close-up",
    }
}

const fn resolution(value: Resolution) -> &'static str {
    match value {
        Resolution::R1K => "1K, about 1024 pixels",
        Resolution::R2K => "2K, about 2048 pixels",
        Resolution::R4K => "4K, about 4096 pixels",
    }
}

const fn aspect_ratio(value: AspectRatio) -> &'static str {
    match value {
        AspectRatio::Auto => "Same as the person’s photo",
        AspectRatio::R1x1 => "Square 1:1",
        AspectRatio::R3x4 => "Portrait 3:4",
        AspectRatio::R4x3 => "Landscape 4:3",
        AspectRatio::R2x3 => "Portrait 2:3",
        AspectRatio::R3x2 => "Landscape 3:2",
        AspectRatio::R4x5 => "Portrait 4:5",
        AspectRatio::R5x4 => "Landscape 5:4",
        AspectRatio::R9x16 => "Portrait 9:16",
        AspectRatio::R16x9 => "Landscape 16:9",
    }
}

const fn output_format(value: OutputFormat) -> &'static str {
    match value {
        OutputFormat::Jpeg => "JPEG",
        OutputFormat::Png => "PNG",
    }
}
