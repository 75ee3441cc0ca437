//! What can be chosen, by its values on the wire.

use crate::domain::options::{
    AspectRatio, Category, Focus, GarmentPhotoType, LookStyle, OutputFormat, Resolution,
};
use crate::pages::text::ChoiceText;

/// What can be chosen, by its values on the wire.
pub(super) const CHOICES: ChoiceText = ChoiceText {
    category_legend: "衣物类型",
    category,
    garment_photo_type_legend: "衣物照片拍的是",
    garment_photo_type,
    look_style_legend: "风格",
    look_style,
    focus_legend: "取景",
    focus,
    resolution_legend: "尺寸",
    resolution,
    aspect_ratio_legend: "比例",
    aspect_ratio,
    output_format_legend: "文件格式",
    output_format,
    not_at: "{option}（{sizes} 不支持）",
    shape_not_at_size: "你选的尺寸不支持这个比例。请换一个比例或尺寸。",
};

const fn category(value: Category) -> &'static str {
    match value {
        Category::Auto => "自动",
        Category::Tops => "上装",
        Category::Bottoms => "下装",
        Category::OnePieces => "连衣裙或连体装",
        Category::Outerwear => "外套",
        Category::Footwear => "鞋",
        Category::Accessories => "配饰",
    }
}

const fn garment_photo_type(value: GarmentPhotoType) -> &'static str {
    match value {
        GarmentPhotoType::Auto => "自动",
        GarmentPhotoType::FlatLay => "仅衣物",
        GarmentPhotoType::Model => "有人穿着",
    }
}

const fn look_style(value: LookStyle) -> &'static str {
    match value {
        LookStyle::Natural => "自然",
        LookStyle::Studio => "影棚",
        LookStyle::Street => "街头",
        LookStyle::Editorial => "时尚大片",
        LookStyle::Evening => "晚宴",
    }
}

const fn focus(value: Focus) -> &'static str {
    match value {
        Focus::FullBody => "全身",
        Focus::UpperBody => "上半身",
        Focus::LowerBody => "下半身",
        Focus::Details => "特写",
    }
}

const fn resolution(value: Resolution) -> &'static str {
    match value {
        Resolution::R1K => "1K，约 1024 像素",
        Resolution::R2K => "2K，约 2048 像素",
        Resolution::R4K => "4K，约 4096 像素",
    }
}

const fn aspect_ratio(value: AspectRatio) -> &'static str {
    match value {
        AspectRatio::Auto => "与原图一致",
        AspectRatio::R1x1 => "方形 1:1",
        AspectRatio::R3x4 => "竖版 3:4",
        AspectRatio::R4x3 => "横版 4:3",
        AspectRatio::R2x3 => "竖版 2:3",
        AspectRatio::R3x2 => "横版 3:2",
        AspectRatio::R4x5 => "竖版 4:5",
        AspectRatio::R5x4 => "横版 5:4",
        AspectRatio::R9x16 => "竖版 9:16",
        AspectRatio::R16x9 => "横版 16:9",
    }
}

const fn output_format(value: OutputFormat) -> &'static str {
    match value {
        OutputFormat::Jpeg => "JPEG",
        OutputFormat::Png => "PNG",
    }
}
