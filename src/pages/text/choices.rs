//! What can be chosen, by its values on the wire.

use crate::domain::options::{
    AspectRatio, Category, Focus, GarmentPhotoType, LookStyle, OutputFormat, Resolution,
};

/// What can be chosen, by its values on the wire.
pub struct ChoiceText {
    pub(in crate::pages) category_legend: &'static str,
    pub(in crate::pages) category: fn(Category) -> &'static str,
    pub(in crate::pages) garment_photo_type_legend: &'static str,
    pub(in crate::pages) garment_photo_type: fn(GarmentPhotoType) -> &'static str,
    pub(in crate::pages) look_style_legend: &'static str,
    pub(in crate::pages) look_style: fn(LookStyle) -> &'static str,
    pub(in crate::pages) focus_legend: &'static str,
    pub(in crate::pages) focus: fn(Focus) -> &'static str,
    pub(in crate::pages) resolution_legend: &'static str,
    pub(in crate::pages) resolution: fn(Resolution) -> &'static str,
    pub(in crate::pages) aspect_ratio_legend: &'static str,
    pub(in crate::pages) aspect_ratio: fn(AspectRatio) -> &'static str,
    pub(in crate::pages) output_format_legend: &'static str,
    pub(in crate::pages) output_format: fn(OutputFormat) -> &'static str,
    /// A choice that some sizes exclude; `{option}`, and `{sizes}`: a list.
    pub(in crate::pages) not_at: &'static str,
    pub(in crate::pages) shape_not_at_size: &'static str,
}
