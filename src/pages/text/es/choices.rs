//! What can be chosen, by its values on the wire.

use crate::domain::options::{
    AspectRatio, Category, Focus, GarmentPhotoType, LookStyle, OutputFormat, Resolution,
};
use crate::pages::text::ChoiceText;

/// What can be chosen, by its values on the wire.
pub(super) const CHOICES: ChoiceText = ChoiceText {
    category_legend: "Tipo de prenda",
    category,
    garment_photo_type_legend: "En las fotos de prendas",
    garment_photo_type,
    look_style_legend: "Ambiente",
    look_style,
    focus_legend: "Encuadre",
    focus,
    resolution_legend: "Tamaño",
    resolution,
    aspect_ratio_legend: "Proporción",
    aspect_ratio,
    output_format_legend: "Formato de archivo",
    output_format,
    not_at: "{option} (no en {sizes})",
    shape_not_at_size: "Esta proporción no existe en el tamaño que elegiste. Elige otra proporción \
                        u otro tamaño.",
};

const fn category(value: Category) -> &'static str {
    match value {
        Category::Auto => "Automático",
        Category::Tops => "Parte de arriba",
        Category::Bottoms => "Parte de abajo",
        Category::OnePieces => "Vestido o una pieza",
        Category::Outerwear => "Chaqueta o abrigo",
        Category::Footwear => "Calzado",
        Category::Accessories => "Accesorio",
    }
}

const fn garment_photo_type(value: GarmentPhotoType) -> &'static str {
    match value {
        GarmentPhotoType::Auto => "Automático",
        GarmentPhotoType::FlatLay => "Solo la prenda",
        GarmentPhotoType::Model => "Alguien con ella puesta",
    }
}

const fn look_style(value: LookStyle) -> &'static str {
    match value {
        LookStyle::Natural => "Natural",
        LookStyle::Studio => "Estudio",
        LookStyle::Street => "Calle",
        LookStyle::Editorial => "Editorial",
        LookStyle::Evening => "Noche",
    }
}

const fn focus(value: Focus) -> &'static str {
    match value {
        Focus::FullBody => "Cuerpo entero",
        Focus::UpperBody => "Parte superior",
        Focus::LowerBody => "Parte inferior",
        Focus::Details => "De cerca",
    }
}

const fn resolution(value: Resolution) -> &'static str {
    match value {
        Resolution::R1K => "1K, unos 1024 píxeles",
        Resolution::R2K => "2K, unos 2048 píxeles",
        Resolution::R4K => "4K, unos 4096 píxeles",
    }
}

const fn aspect_ratio(value: AspectRatio) -> &'static str {
    match value {
        AspectRatio::Auto => "Igual que tu foto",
        AspectRatio::R1x1 => "Cuadrada 1:1",
        AspectRatio::R3x4 => "Vertical 3:4",
        AspectRatio::R4x3 => "Horizontal 4:3",
        AspectRatio::R2x3 => "Vertical 2:3",
        AspectRatio::R3x2 => "Horizontal 3:2",
        AspectRatio::R4x5 => "Vertical 4:5",
        AspectRatio::R5x4 => "Horizontal 5:4",
        AspectRatio::R9x16 => "Vertical 9:16",
        AspectRatio::R16x9 => "Horizontal 16:9",
    }
}

const fn output_format(value: OutputFormat) -> &'static str {
    match value {
        OutputFormat::Jpeg => "JPEG",
        OutputFormat::Png => "PNG",
    }
}
