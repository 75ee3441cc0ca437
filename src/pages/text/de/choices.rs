//! What can be chosen, by its values on the wire.

use crate::domain::options::{
    AspectRatio, Category, Focus, GarmentPhotoType, LookStyle, OutputFormat, Resolution,
};
use crate::pages::text::ChoiceText;

/// What can be chosen, by its values on the wire.
pub(super) const CHOICES: ChoiceText = ChoiceText {
    category_legend: "Art der Kleidung",
    category,
    garment_photo_type_legend: "Kleidungsfotos zeigen",
    garment_photo_type,
    look_style_legend: "Look",
    look_style,
    focus_legend: "Bildausschnitt",
    focus,
    resolution_legend: "Bildgröße",
    resolution,
    aspect_ratio_legend: "Bildformat",
    aspect_ratio,
    output_format_legend: "Dateiformat",
    output_format,
    not_at: "{option} (nicht in {sizes})",
    shape_not_at_size: "Dieses Bildformat gibt es nicht in der gewählten Bildgröße. Wähle ein \
                        anderes Bildformat oder eine andere Bildgröße.",
};

const fn category(value: Category) -> &'static str {
    match value {
        Category::Auto => "Automatisch",
        Category::Tops => "Oberteil",
        Category::Bottoms => "Hose oder Rock",
        Category::OnePieces => "Kleid oder Einteiler",
        Category::Outerwear => "Jacke oder Mantel",
        Category::Footwear => "Schuhe",
        Category::Accessories => "Accessoire",
    }
}

const fn garment_photo_type(value: GarmentPhotoType) -> &'static str {
    match value {
        GarmentPhotoType::Auto => "Automatisch",
        GarmentPhotoType::FlatLay => "Nur das Kleidungsstück",
        GarmentPhotoType::Model => "Eine Person, die es trägt",
    }
}

const fn look_style(value: LookStyle) -> &'static str {
    match value {
        LookStyle::Natural => "Natürlich",
        LookStyle::Studio => "Studio",
        LookStyle::Street => "Streetstyle",
        LookStyle::Editorial => "Magazin",
        LookStyle::Evening => "Abend",
    }
}

const fn focus(value: Focus) -> &'static str {
    match value {
        Focus::FullBody => "Von Kopf bis Fuß",
        Focus::UpperBody => "Oberkörper",
        Focus::LowerBody => "Unterkörper",
        Focus::Details => "Detail",
    }
}

const fn resolution(value: Resolution) -> &'static str {
    match value {
        Resolution::R1K => "1K, etwa 1024 Pixel",
        Resolution::R2K => "2K, etwa 2048 Pixel",
        Resolution::R4K => "4K, etwa 4096 Pixel",
    }
}

const fn aspect_ratio(value: AspectRatio) -> &'static str {
    match value {
        AspectRatio::Auto => "Wie dein Foto",
        AspectRatio::R1x1 => "Quadrat 1:1",
        AspectRatio::R3x4 => "Hochformat 3:4",
        AspectRatio::R4x3 => "Querformat 4:3",
        AspectRatio::R2x3 => "Hochformat 2:3",
        AspectRatio::R3x2 => "Querformat 3:2",
        AspectRatio::R4x5 => "Hochformat 4:5",
        AspectRatio::R5x4 => "Querformat 5:4",
        AspectRatio::R9x16 => "Hochformat 9:16",
        AspectRatio::R16x9 => "Querformat 16:9",
    }
}

const fn output_format(value: OutputFormat) -> &'static str {
    match value {
        OutputFormat::Jpeg => "JPEG",
        OutputFormat::Png => "PNG",
    }
}
