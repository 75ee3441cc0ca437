//! EXIF is a small TIFF file. Of it only the orientation is believed and kept.

use std::collections::BTreeSet;

use super::Metadata;
use super::read::Reader;

/// Entries of the first directory that are read: cameras write about 15.
const ENTRIES_MAX: u16 = 512;
const TAG_ORIENTATION: u16 = 0x0112;
const TAG_GPS: u16 = 0x8825;
const TYPE_SHORT: u16 = 3;

/// What one EXIF block says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Exif {
    /// 1 to 8; 1 when it is missing or out of range, as browsers read it.
    pub(super) orientation: u8,
    has_gps: bool,
    has_thumbnail: bool,
}

/// The smallest TIFF file that states an orientation.
pub(super) fn minimal(orientation: u8) -> Vec<u8> {
    let mut tiff = Vec::with_capacity(26);
    tiff.extend_from_slice(b"MM\0*\0\0\0\x08");
    tiff.extend_from_slice(&[0, 1]);
    tiff.extend_from_slice(&TAG_ORIENTATION.to_be_bytes());
    tiff.extend_from_slice(&TYPE_SHORT.to_be_bytes());
    tiff.extend_from_slice(&[0, 0, 0, 1, 0, orientation, 0, 0]);
    tiff.extend_from_slice(&[0, 0, 0, 0]);
    tiff
}

/// Reads the TIFF file of an EXIF block and notes in `removed` what goes with it. Gives the
/// orientation, which is 1 also when the block cannot be read.
pub(super) fn take_out(tiff: &[u8], removed: &mut BTreeSet<Metadata>) -> u8 {
    let exif = read(tiff).unwrap_or(Exif { orientation: 1, has_gps: false, has_thumbnail: false });
    if exif.orientation != 1 && tiff == minimal(exif.orientation) {
        return exif.orientation;
    }
    removed.insert(Metadata::Exif);
    if exif.has_gps {
        removed.insert(Metadata::Gps);
    }
    if exif.has_thumbnail {
        removed.insert(Metadata::Thumbnail);
    }
    exif.orientation
}

/// Numbers in the byte order that the TIFF file states.
struct Numbers<'a> {
    reader: Reader<'a>,
    is_little: bool,
}

impl Numbers<'_> {
    fn short(&mut self) -> Option<u16> {
        let bytes = self.reader.array()?;
        Some(if self.is_little { u16::from_le_bytes(bytes) } else { u16::from_be_bytes(bytes) })
    }

    fn long(&mut self) -> Option<u32> {
        let bytes = self.reader.array()?;
        Some(if self.is_little { u32::from_le_bytes(bytes) } else { u32::from_be_bytes(bytes) })
    }
}

fn read(tiff: &[u8]) -> Option<Exif> {
    let is_little = match tiff.first_chunk::<4>()? {
        b"II*\0" => true,
        b"MM\0*" => false,
        _ => return None,
    };
    let directory = Numbers { reader: Reader::at(tiff, 4), is_little }.long()?;
    let directory = usize::try_from(directory).ok()?;
    let mut numbers = Numbers { reader: Reader::at(tiff, directory), is_little };
    let count = numbers.short()?;
    let mut exif = Exif { orientation: 1, has_gps: false, has_thumbnail: false };
    for _ in 0..count.min(ENTRIES_MAX) {
        // A directory that is cut off still counts as far as it goes: viewers read it so.
        let Some(entry) = entry(&mut numbers) else { return Some(exif) };
        match entry.tag {
            TAG_ORIENTATION if entry.kind == TYPE_SHORT && entry.count == 1 => {
                exif.orientation = match u8::try_from(entry.short) {
                    Ok(value @ 1..=8) => value,
                    Ok(_) | Err(_) => 1,
                };
            }
            TAG_GPS => exif.has_gps = true,
            _ => {}
        }
    }
    exif.has_thumbnail = numbers.long().is_some_and(|next| next != 0);
    Some(exif)
}

struct Entry {
    tag: u16,
    kind: u16,
    count: u32,
    /// The value where it is a single SHORT.
    short: u16,
}

fn entry(numbers: &mut Numbers<'_>) -> Option<Entry> {
    let entry = Entry {
        tag: numbers.short()?,
        kind: numbers.short()?,
        count: numbers.long()?,
        short: numbers.short()?,
    };
    numbers.short()?;
    Some(entry)
}
