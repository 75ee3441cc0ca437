//! Colour profiles, rebuilt from the elements that turn colours and nothing else. A profile that
//! a computer made for its own screen also names the machine, its serial number and the day.

use std::collections::BTreeMap;
use std::ops::Range;

use super::read::Reader;
use super::{ICC_BYTES_MAX, Metadata};

const HEADER_BYTES: usize = 128;
/// Tags of one profile: print profiles have about 30.
const TAGS_MAX: u32 = 100;
/// What is kept of the header: size, version, class, colour spaces, signature, platform, flags,
/// attributes, intent and white point. Not: preferred software, date, device maker and model,
/// creator, checksum.
const HEADER_KEPT: [Range<usize>; 3] = [8..24, 36..48, 56..80];
/// The elements that turn colours.
const COLOUR_TAGS: [&[u8; 4]; 26] = [
    b"wtpt", b"bkpt", b"chad", b"rXYZ", b"gXYZ", b"bXYZ", b"rTRC", b"gTRC", b"bTRC", b"kTRC",
    b"A2B0", b"A2B1", b"A2B2", b"A2B3", b"B2A0", b"B2A1", b"B2A2", b"B2A3", b"D2B0", b"D2B1",
    b"D2B2", b"D2B3", b"B2D0", b"B2D1", b"B2D2", b"cicp",
];

/// A profile of the same colours without texts, dates, device data or unknown elements; `None`
/// for one that is broken or larger than [`ICC_BYTES_MAX`]. A profile that came out goes through
/// again unchanged.
pub(super) fn rebuild(profile: &[u8]) -> Option<Vec<u8>> {
    let size = Reader::new(profile).length_be()?;
    if size != profile.len() || size > ICC_BYTES_MAX || profile.get(36..40)? != b"acsp" {
        return None;
    }
    let [description, copyright] = empty_texts(*profile.get(8)? >= 4);
    let mut elements = vec![(*b"desc", &description[..]), (*b"cprt", &copyright[..])];
    let required = elements.len();
    let mut table = Reader::at(profile, HEADER_BYTES);
    let count = table.u32_be()?;
    if count > TAGS_MAX {
        return None;
    }
    for _ in 0..count {
        let (tag, offset, length) = (table.array::<4>()?, table.length_be()?, table.length_be()?);
        let element = Reader::at(profile, offset).take(length)?;
        let is_new = elements.iter().all(|(known, _)| *known != tag);
        if is_new
            && COLOUR_TAGS.contains(&&tag)
            && let Some(length) = numeric_length(element)
        {
            elements.push((tag, element.get(..length)?));
        }
    }
    if elements.len() == required {
        return None;
    }
    assemble(profile, &elements)
}

/// The description and the copyright, which every profile must have, without a letter in them.
fn empty_texts(is_v4: bool) -> [Vec<u8>; 2] {
    if is_v4 {
        // No records, each of 12 bytes.
        let text = b"mluc\0\0\0\0\0\0\0\0\0\0\0\x0C".to_vec();
        return [text.clone(), text];
    }
    // One byte of ASCII, its terminator; no Unicode, no script code, 67 bytes for a name.
    let mut description = b"desc\0\0\0\0\0\0\0\x01".to_vec();
    description.resize(91, 0);
    [description, b"text\0\0\0\0\0".to_vec()]
}

/// How many bytes of an element its own type accounts for; `None` for a type that can hold text.
fn numeric_length(element: &[u8]) -> Option<usize> {
    let mut reader = Reader::new(element);
    let kind = reader.array::<4>()?;
    if reader.take(4)? != [0; 4] {
        return None;
    }
    let length = match &kind {
        b"XYZ " => 20,
        // A matrix of 3 by 3.
        b"sf32" => 44,
        b"cicp" => 12,
        b"curv" => reader.length_be()?.checked_mul(2)?.checked_add(12)?,
        b"para" => 12 + 4 * [1, 3, 4, 5, 7].get(usize::from(reader.u16_be()?))?,
        b"mft1" | b"mft2" => lut_length(element)?,
        // Tables whose parts are addressed by offsets: all of it.
        b"mAB " | b"mBA " | b"mpet" => element.len(),
        _ => return None,
    };
    (length <= element.len()).then_some(length)
}

/// Length of a table of colours: one curve for each input, a grid, one curve for each output.
fn lut_length(element: &[u8]) -> Option<usize> {
    let is_wide = element.starts_with(b"mft2");
    let [inputs, outputs, grid] =
        Reader::at(element, 8).array()?.map(|count: u8| usize::from(count));
    let (head, width, curve_in, curve_out) = if is_wide {
        let mut lengths = Reader::at(element, 48);
        (52, 2, usize::from(lengths.u16_be()?), usize::from(lengths.u16_be()?))
    } else {
        (48, 1, 256, 256)
    };
    let grid = grid.checked_pow(u32::try_from(inputs).ok()?)?.checked_mul(outputs)?;
    let numbers = (inputs * curve_in).checked_add(grid)?.checked_add(outputs * curve_out)?;
    numbers.checked_mul(width)?.checked_add(head)
}

/// Header, table of tags, and the elements, those that are equal stored once.
fn assemble(profile: &[u8], elements: &[([u8; 4], &[u8])]) -> Option<Vec<u8>> {
    let mut rebuilt = vec![0; HEADER_BYTES];
    for kept in HEADER_KEPT {
        rebuilt.get_mut(kept.clone())?.copy_from_slice(profile.get(kept)?);
    }
    rebuilt.extend_from_slice(&u32::try_from(elements.len()).ok()?.to_be_bytes());
    let mut data = Vec::new();
    let mut offsets = BTreeMap::new();
    let data_start = rebuilt.len() + 12 * elements.len();
    for (tag, element) in elements {
        let offset = *offsets.entry(element).or_insert(data_start + data.len());
        if offset == data_start + data.len() {
            data.extend_from_slice(element);
            data.resize(data.len().next_multiple_of(4), 0);
        }
        // Elements may overlap in the input: 26 of them, each as long as the profile.
        if data_start + data.len() > ICC_BYTES_MAX {
            return None;
        }
        rebuilt.extend_from_slice(tag);
        rebuilt.extend_from_slice(&u32::try_from(offset).ok()?.to_be_bytes());
        rebuilt.extend_from_slice(&u32::try_from(element.len()).ok()?.to_be_bytes());
    }
    rebuilt.append(&mut data);
    let size = u32::try_from(rebuilt.len()).ok()?;
    rebuilt.get_mut(..4)?.copy_from_slice(&size.to_be_bytes());
    Some(rebuilt)
}

/// What rebuilding took out of a profile.
pub(super) fn loss(before: &[u8], after: Option<&[u8]>) -> Option<Metadata> {
    match after {
        None => Some(Metadata::IccProfile),
        Some(after) if after == before => None,
        Some(_) => Some(Metadata::IccText),
    }
}
