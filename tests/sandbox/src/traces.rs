//! What a picture that came from outside still tells about its origin.

use serde_json::{Value, json};

/// TIFF tag of the link to the GPS directory.
const GPS_TAG: u16 = 0x8825;
/// Entries read of the first directory; cameras write about 20.
const MAX_TAGS: usize = 200;

/// Metadata found by scanning the file's bytes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Traces {
    pub exif: bool,
    pub xmp: bool,
    pub iptc: bool,
    /// Tags of the first EXIF directory; 274 is the orientation.
    pub exif_tags: Vec<u16>,
}

impl Traces {
    /// Scans a JPEG, PNG or WebP file, however damaged it is.
    pub fn of(file: &[u8]) -> Self {
        let tiff = find(file, b"Exif\0\0").map(|at| at + 6).or_else(|| {
            let chunk = if file.starts_with(b"RIFF") { b"EXIF" } else { b"eXIf" };
            let header = if file.starts_with(b"RIFF") { 8 } else { 4 };
            let is_container = file.starts_with(b"RIFF") || file.starts_with(b"\x89PNG");
            find(file, chunk).filter(|_| is_container).map(|at| at + header)
        });
        Self {
            exif: tiff.is_some(),
            xmp: find(file, b"http://ns.adobe.com/xap/").is_some()
                || find(file, b"<x:xmpmeta").is_some(),
            iptc: find(file, b"Photoshop 3.0").is_some(),
            exif_tags: tiff.and_then(|at| tags(file.get(at..)?)).unwrap_or_default(),
        }
    }

    pub fn list(&self) -> Value {
        json!({"exif": self.exif, "xmp": self.xmp, "iptc": self.iptc,
               "gps": self.exif_tags.contains(&GPS_TAG), "exif_tags": self.exif_tags})
    }
}

fn find(file: &[u8], wanted: &[u8]) -> Option<usize> {
    file.windows(wanted.len()).position(|window| window == wanted)
}

/// Tags of the first directory of a TIFF block.
fn tags(tiff: &[u8]) -> Option<Vec<u16>> {
    let little = tiff.starts_with(b"II");
    let u16_at = |at: usize| {
        let pair: [u8; 2] = tiff.get(at..at + 2)?.try_into().ok()?;
        Some(if little { u16::from_le_bytes(pair) } else { u16::from_be_bytes(pair) })
    };
    let four: [u8; 4] = tiff.get(4..8)?.try_into().ok()?;
    let start = if little { u32::from_le_bytes(four) } else { u32::from_be_bytes(four) };
    let start = usize::try_from(start).ok()?;
    let count = usize::from(u16_at(start)?).min(MAX_TAGS);
    (0..count).map(|entry| u16_at(start + 2 + entry * 12)).collect()
}

#[cfg(test)]
mod tests {
    use super::Traces;

    #[test]
    fn finds_the_tags_of_both_byte_orders() {
        let little = b"\xFF\xD8Exif\0\0II*\0\x08\0\0\0\x02\0\x12\x01........ab\x25\x88..........";
        let traces = Traces::of(little);
        assert_eq!(traces.exif_tags, [0x0112, 0x8825]);
        let big = b"\x89PNG....eXIfMM\0*\0\0\0\x08\0\x01\x88\x25..........";
        let traces = Traces::of(big);
        assert!(traces.exif && traces.list()["gps"] == true, "{traces:?}");
        assert_eq!(Traces::of(b"\xFF\xD8 nothing"), Traces::default());
    }
}
