//! Type by content. A file name or a Content-Type never counts.

use super::Format;

/// Bytes at the start of a file that decide whether it is a text of markup.
const TEXT_PREFIX: usize = 1_024;
/// Brands of an ISO media file that are looked at.
const BRANDS_MAX: usize = 32;

/// Files that are not accepted but known, so that the refusal can say how to get a JPEG.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Foreign {
    Gif,
    Heic,
    Avif,
    Video,
    Svg,
    Html,
    Pdf,
    Tiff,
    Bmp,
    JpegXl,
    Jpeg2000,
    Unknown,
}

/// Bytes from which [`format`] decides.
pub(super) const SNIFF_BYTES: usize = 12;

pub(super) fn format(bytes: &[u8]) -> Option<Format> {
    if bytes.starts_with(&[0xFF, 0xD8, 0xFF]) {
        return Some(Format::Jpeg);
    }
    if bytes.starts_with(b"\x89PNG") {
        return Some(Format::Png);
    }
    (bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP")).then_some(Format::Webp)
}

pub(super) fn foreign(bytes: &[u8]) -> Foreign {
    const SIGNATURES: [(&[u8], Foreign); 9] = [
        (b"GIF8", Foreign::Gif),
        (b"%PDF-", Foreign::Pdf),
        (b"II*\0", Foreign::Tiff),
        (b"MM\0*", Foreign::Tiff),
        (b"BM", Foreign::Bmp),
        (b"\xFF\x0A", Foreign::JpegXl),
        (b"\0\0\0\x0CJXL ", Foreign::JpegXl),
        (b"\0\0\0\x0CjP  ", Foreign::Jpeg2000),
        (b"\xFF\x4F\xFF\x51", Foreign::Jpeg2000),
    ];
    let known = SIGNATURES.iter().find(|(signature, _)| bytes.starts_with(signature));
    if let Some((_, foreign)) = known {
        return *foreign;
    }
    iso_media(bytes).unwrap_or_else(|| markup(bytes))
}

/// Files that start with an `ftyp` box name their kind by brands, the main one first.
fn iso_media(bytes: &[u8]) -> Option<Foreign> {
    if bytes.get(4..8) != Some(b"ftyp") {
        return None;
    }
    let size = bytes.first_chunk().map_or(0, |size| u32::from_be_bytes(*size));
    let end = usize::try_from(size).unwrap_or(usize::MAX).min(bytes.len());
    let brands = bytes.get(8..end).unwrap_or_default();
    let has = |wanted: &[&[u8; 4]]| {
        let mut brands = brands.chunks_exact(4).take(BRANDS_MAX);
        brands.any(|brand| wanted.iter().any(|name| name.as_slice() == brand))
    };
    if has(&[b"avif", b"avis"]) {
        return Some(Foreign::Avif);
    }
    let heif = [b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1"];
    Some(if has(&heif) { Foreign::Heic } else { Foreign::Video })
}

fn markup(bytes: &[u8]) -> Foreign {
    let start = bytes.get(..TEXT_PREFIX).unwrap_or(bytes);
    let start = start.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(start);
    let text = start.trim_ascii_start().to_ascii_lowercase();
    if !text.starts_with(b"<") {
        return Foreign::Unknown;
    }
    let holds = |needle: &[u8]| memchr::memmem::find(&text, needle);
    let html = [&b"<!doctype html"[..], b"<html", b"<head", b"<body", b"<script"];
    let html = html.into_iter().filter_map(holds).min();
    match (holds(b"<svg"), html) {
        (Some(svg), Some(html)) if html < svg => Foreign::Html,
        (Some(_), _) => Foreign::Svg,
        (None, Some(_)) => Foreign::Html,
        (None, None) => Foreign::Unknown,
    }
}
