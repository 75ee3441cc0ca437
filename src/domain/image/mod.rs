//! Pictures at the container level: type by content, size and frames from the headers, and all
//! metadata removed except orientation and colour profile. No pixel is decoded here.
//!
//! The walkers rebuild each file from an allow-list: what is not known to be needed for showing
//! the pixels goes. Two places are out of their reach, since only a decoder could tell padding
//! from pixels: bytes inside the entropy-coded data of a JPEG scan or of a WebP frame, and bytes
//! inside the compressed stream of PNG image data.

mod exif;
mod icc;
mod ingest;
mod jpeg;
mod plan;
mod png;
mod read;
mod sniff;
mod trouble;
mod webp;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::refusal::Refusal;
pub use ingest::{INGEST_HEADER_BYTES_MAX, Ingest, IngestFacts, IngestRefusal};
use plan::Plan;
use trouble::Trouble;

/// Most segments or chunks in one picture. PNG writers of small buffers make one chunk for every
/// 4 KiB, which is 2,560 in a picture of 10 MB; the rest is room.
pub const PARTS_MAX: usize = 8_192;
/// Most scans in one JPEG: usual progressive pictures have about 10. Each costs the decoder a
/// pass over all pixels.
pub const SCANS_MAX: usize = 100;
/// Largest colour profile that is kept, in bytes, unpacked. Camera and screen profiles have
/// 0.5 to 4 KB, the print profiles of CMYK pictures about 650 KB.
pub const ICC_BYTES_MAX: usize = 1 << 20;

/// The file formats that are taken in and given out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// JPEG: baseline, extended or progressive with Huffman coding, 8 bits a sample.
    Jpeg,
    /// PNG.
    Png,
    /// WebP, lossy or lossless.
    Webp,
}

impl Format {
    /// Every format.
    pub const ALL: [Self; 3] = [Self::Jpeg, Self::Png, Self::Webp];

    /// The format's fixed name on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Jpeg => "jpeg",
            Self::Png => "png",
            Self::Webp => "webp",
        }
    }

    /// Reads the name on the wire; `None` for an unknown one.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.as_str() == text)
    }

    /// The media type with which a picture of this format is stored and served.
    pub const fn content_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Webp => "image/webp",
        }
    }

    /// The file name extension, without the dot.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::Png => "png",
            Self::Webp => "webp",
        }
    }
}

/// What an uploaded picture may measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Most bytes of the file as uploaded.
    pub bytes_max: usize,
    /// Least width and least height, in pixels.
    pub side_min: u32,
    /// Most width and most height, in pixels.
    pub side_max: u32,
    /// Most pixels, width times height.
    pub pixels_max: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self::UPLOAD
    }
}

impl Limits {
    /// The limits that the HTTP interface publishes.
    pub const UPLOAD: Self = Self {
        bytes_max: 10 * 1024 * 1024,
        side_min: 256,
        side_max: 8_192,
        pixels_max: 40_000_000,
    };

    fn check(&self, width: u32, height: u32) -> Result<(), Trouble> {
        if width.max(height) > self.side_max {
            return Err(Trouble::SideTooLong { width, height });
        }
        if u64::from(width) * u64::from(height) > self.pixels_max {
            return Err(Trouble::TooManyPixels { width, height });
        }
        if width.min(height) < self.side_min {
            return Err(Trouble::SideTooShort { width, height });
        }
        Ok(())
    }
}

/// What the headers say about a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ImageFacts {
    /// The format, by content.
    pub format: Format,
    /// Width in pixels as stored, before orientation.
    pub width: u32,
    /// Height in pixels as stored, before orientation.
    pub height: u32,
    /// The EXIF orientation, 1 to 8; 1 is upright.
    pub orientation: u8,
}

impl ImageFacts {
    /// Whether a viewer turns the picture by a quarter.
    const fn is_turned(&self) -> bool {
        self.orientation >= 5
    }

    /// Width and height in pixels as a viewer shows it.
    pub const fn displayed(&self) -> (u32, u32) {
        if self.is_turned() { (self.height, self.width) } else { (self.width, self.height) }
    }
}

/// Kinds of things that [`sanitize`] takes out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Metadata {
    /// The place where the photo was taken.
    Gps,
    /// Camera settings, dates, serial numbers, maker notes: EXIF other than orientation.
    Exif,
    /// XMP, also extended XMP.
    Xmp,
    /// IPTC and Photoshop blocks.
    Iptc,
    /// JPEG comments.
    Comment,
    /// Small previews, which may show what was cropped away.
    Thumbnail,
    /// PNG text.
    Text,
    /// PNG modification time.
    Time,
    /// A colour profile that is too large or broken; the picture counts as sRGB without it.
    IccProfile,
    /// Names, dates and device data inside the colour profile; its colours stay.
    IccText,
    /// Further pictures in the same file.
    ExtraPicture,
    /// Bytes after the end of the picture.
    TrailingData,
    /// Anything else that is not needed for showing the pixels.
    Other,
}

impl Metadata {
    /// Every kind.
    pub const ALL: [Self; 13] = [
        Self::Gps,
        Self::Exif,
        Self::Xmp,
        Self::Iptc,
        Self::Comment,
        Self::Thumbnail,
        Self::Text,
        Self::Time,
        Self::IccProfile,
        Self::IccText,
        Self::ExtraPicture,
        Self::TrailingData,
        Self::Other,
    ];

    /// The kind's fixed name on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Gps => "gps",
            Self::Exif => "exif",
            Self::Xmp => "xmp",
            Self::Iptc => "iptc",
            Self::Comment => "comment",
            Self::Thumbnail => "thumbnail",
            Self::Text => "text",
            Self::Time => "time",
            Self::IccProfile => "icc_profile",
            Self::IccText => "icc_text",
            Self::ExtraPicture => "extra_picture",
            Self::TrailingData => "trailing_data",
            Self::Other => "other",
        }
    }

    /// Reads the name on the wire; `None` for an unknown one.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }
}

/// A picture that may be stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clean {
    /// The file without metadata: the buffer that was handed in, compacted.
    pub bytes: Vec<u8>,
    /// What its headers say.
    pub facts: ImageFacts,
    /// What was taken out, sorted.
    pub removed: BTreeSet<Metadata>,
}

/// Checks an uploaded picture and takes its metadata out, within the buffer it came in. `field`
/// is the form field's name on the wire, which the refusal carries.
///
/// A picture that came out goes through again unchanged, with nothing more to remove.
///
/// Refuses with `image_format_unsupported`, `image_too_large`, `image_too_small` or
/// `image_unreadable`.
pub fn sanitize(
    mut bytes: Vec<u8>,
    field: &'static str,
    limits: &Limits,
) -> Result<Clean, Refusal> {
    let (plan, facts) = examine(&bytes, limits).map_err(|no| no.refusal(field, limits))?;
    let removed = plan.apply(&mut bytes);
    Ok(Clean { bytes, facts, removed })
}

fn examine(bytes: &[u8], limits: &Limits) -> Result<(Plan, ImageFacts), Trouble> {
    if bytes.is_empty() {
        return Err(Trouble::Empty);
    }
    if bytes.len() > limits.bytes_max {
        return Err(Trouble::TooManyBytes { bytes: bytes.len() });
    }
    match sniff::format(bytes).ok_or_else(|| Trouble::Foreign(sniff::foreign(bytes)))? {
        Format::Jpeg => jpeg::plan(bytes, limits),
        Format::Png => png::plan(bytes, limits),
        Format::Webp => webp::plan(bytes, limits),
    }
}
