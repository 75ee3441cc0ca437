//! The small picture of an order that its owner's browser makes for History.

use super::crc32::crc32;
use super::hex::hex;
use super::image::{Clean, Format, Limits, sanitize};
use super::order::{FileKey, Image, Role};
use super::refusal::{Code, Refusal};

use sha2::{Digest, Sha256};

/// Largest preview, in bytes as it is sent.
pub const BYTES_MAX: usize = 40 * 1024;
/// Longest side, in pixels.
pub const SIDE_MAX: u32 = 320;
/// The name of the picture in refusals.
const FIELD: &str = "preview";

const LIMITS: Limits =
    Limits { bytes_max: BYTES_MAX, side_min: 16, side_max: SIDE_MAX, pixels_max: 320 * 320 };

/// Checks a preview as an upload is checked, and takes its metadata out.
pub fn examine(bytes: Vec<u8>) -> Result<Clean, Refusal> {
    let clean = sanitize(bytes, FIELD, &LIMITS)?;
    match clean.facts.format {
        Format::Jpeg | Format::Webp => Ok(clean),
        Format::Png => {
            let detail = "A preview is a WebP or a JPEG.";
            Err(Refusal::field(Code::ImageFormatUnsupported, FIELD, detail))
        }
    }
}

/// The picture as its order knows it, at this key.
pub fn image(clean: &Clean, key: FileKey) -> Image {
    let (width, height) = clean.facts.displayed();
    Image {
        role: Role::Output,
        key,
        offset: 0,
        format: clean.facts.format,
        width,
        height,
        bytes: u32::try_from(clean.bytes.len()).unwrap_or(u32::MAX),
        sha256: hex(&Sha256::digest(&clean.bytes)),
        crc32: crc32(&clean.bytes),
    }
}
