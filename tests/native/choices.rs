//! The choices of a visitor who changes nothing.

use anytryon::domain::options::{
    AspectRatio, Category, Focus, GarmentPhotoType, LookStyle, Options, OutputFormat, Resolution,
};

pub fn plain() -> Options {
    Options {
        category: Category::Auto,
        garment_photo_type: GarmentPhotoType::Auto,
        look_style: LookStyle::Natural,
        focus: Focus::FullBody,
        resolution: Resolution::R1K,
        aspect_ratio: AspectRatio::Auto,
        output_format: OutputFormat::Jpeg,
        instructions: None,
    }
}
