//! Every way in which a picture is not accepted, and what a person is told about it.

use std::borrow::Cow;

use super::sniff::Foreign;
use super::{Limits, PARTS_MAX, SCANS_MAX};
use crate::domain::refusal::{Code, Refusal};

/// Why a picture is not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Trouble {
    Empty,
    Foreign(Foreign),
    /// A JPEG in a coding that browsers do not show either.
    JpegCoding(&'static str),
    TooManyBytes {
        bytes: usize,
    },
    SideTooLong {
        width: u32,
        height: u32,
    },
    TooManyPixels {
        width: u32,
        height: u32,
    },
    SideTooShort {
        width: u32,
        height: u32,
    },
    Truncated,
    Animated,
    TooManyParts,
    TooManyScans,
    /// The file contradicts itself; says where.
    Damaged(&'static str),
}

impl Trouble {
    pub(super) fn refusal(self, field: &'static str, limits: &Limits) -> Refusal {
        Refusal::field(self.code(), field, self.detail(limits))
    }

    const fn code(self) -> Code {
        match self {
            Self::Foreign(_) | Self::JpegCoding(_) => Code::ImageFormatUnsupported,
            Self::TooManyBytes { .. } | Self::SideTooLong { .. } | Self::TooManyPixels { .. } => {
                Code::ImageTooLarge
            }
            Self::SideTooShort { .. } => Code::ImageTooSmall,
            Self::Empty
            | Self::Truncated
            | Self::Animated
            | Self::TooManyParts
            | Self::TooManyScans
            | Self::Damaged(_) => Code::ImageUnreadable,
        }
    }

    fn detail(self, limits: &Limits) -> Cow<'static, str> {
        match self {
            Self::Empty => "The file is empty. Choose the photo again.".into(),
            Self::Foreign(foreign) => foreign.detail().into(),
            Self::JpegCoding(coding) => format!(
                "This JPEG uses {coding}, which few programs can read. Save it as an ordinary \
                 JPEG, PNG or WebP."
            )
            .into(),
            Self::TooManyBytes { bytes } => format!(
                "The file has {} MB; the most is {} MB. Make the photo smaller or save it with \
                 more compression.",
                megabytes(bytes),
                megabytes(limits.bytes_max)
            )
            .into(),
            Self::SideTooLong { width, height } => format!(
                "The picture has {width} x {height} pixels; no side may have more than {}. \
                 Make it smaller.",
                limits.side_max
            )
            .into(),
            Self::TooManyPixels { width, height } => format!(
                "The picture has {width} x {height} pixels, which is {} megapixels; the most \
                 is {}. Make it smaller.",
                megapixels(u64::from(width) * u64::from(height)),
                megapixels(limits.pixels_max)
            )
            .into(),
            Self::SideTooShort { width, height } => format!(
                "The picture has {width} x {height} pixels; each side needs at least {}. \
                 Choose a larger one.",
                limits.side_min
            )
            .into(),
            Self::Truncated => "The picture is cut off: its end is missing. Choose the photo \
                                again, or save a new copy of it."
                .into(),
            Self::Animated => "The picture is animated; only one frame is accepted. Save one \
                               frame of it as JPEG, PNG or WebP."
                .into(),
            Self::TooManyParts => format!(
                "The file has more than {PARTS_MAX} parts. Save a new copy of the picture as \
                 JPEG, PNG or WebP."
            )
            .into(),
            Self::TooManyScans => format!(
                "This JPEG has more than {SCANS_MAX} scans. Save it as an ordinary JPEG, PNG or \
                 WebP."
            )
            .into(),
            Self::Damaged(place) => format!(
                "The picture is damaged: {place}. Open it in a photo program and save a new copy."
            )
            .into(),
        }
    }
}

impl Foreign {
    const fn detail(self) -> &'static str {
        match self {
            Self::Gif => {
                "GIF is not accepted. Save the picture as JPEG, PNG or WebP; of an animation, \
                 one frame."
            }
            Self::Heic => {
                "HEIC is not accepted. On an iPhone, share the photo as JPEG, or set Settings > \
                 Camera > Formats to Most Compatible; elsewhere save it as JPEG."
            }
            Self::Avif => "AVIF is not accepted. Save the picture as JPEG, PNG or WebP.",
            Self::Video => "This is a video. Choose a photo in JPEG, PNG or WebP.",
            Self::Svg => "SVG is a drawing, not a photo. Choose a photo in JPEG, PNG or WebP.",
            Self::Html => {
                "This is a web page, not a picture. Save the picture itself as JPEG, PNG or WebP."
            }
            Self::Pdf => "PDF is not accepted. Save the page as a picture in JPEG, PNG or WebP.",
            Self::Tiff => {
                "TIFF and camera raw files are not accepted. Save the photo as JPEG, PNG or WebP."
            }
            Self::Bmp => "BMP is not accepted. Save the picture as JPEG, PNG or WebP.",
            Self::JpegXl => "JPEG XL is not accepted. Save the picture as JPEG, PNG or WebP.",
            Self::Jpeg2000 => "JPEG 2000 is not accepted. Save the picture as JPEG, PNG or WebP.",
            Self::Unknown => {
                "The file is not a picture in JPEG, PNG or WebP. Its content counts, not its name."
            }
        }
    }
}

/// Rounded up to a tenth, so that a file just over the limit never reads as the limit itself.
fn megabytes(bytes: usize) -> String {
    tenths(bytes as u128, 1024 * 1024)
}

/// Rounded up to a tenth, for the same reason.
fn megapixels(pixels: u64) -> String {
    tenths(u128::from(pixels), 1_000_000)
}

fn tenths(count: u128, unit: u128) -> String {
    let tenths = (count * 10).div_ceil(unit);
    let (whole, tenth) = (tenths / 10, tenths % 10);
    if tenth == 0 { format!("{whole}") } else { format!("{whole}.{tenth}") }
}
