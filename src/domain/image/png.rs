//! PNG: chunks with checksums. The cleaned file has, in this order, the header, the colour
//! profile, the orientation, and then the palette, the small chunks of fixed form that say what
//! the numbers mean, and the image data, as they were.

use std::collections::BTreeSet;
use std::ops::Range;

use memchr::{memchr, memmem};
use miniz_oxide::inflate::decompress_to_vec_zlib_with_limit;

use crate::domain::crc32::Crc32;

use super::plan::Plan;
use super::read::Reader;
use super::trouble::Trouble;
use super::{Format, ICC_BYTES_MAX, ImageFacts, Limits, Metadata, PARTS_MAX};
use super::{exif, icc};

/// The first eight bytes; their line ends show whether the file was transferred as text.
pub(super) const SIGNATURE: &[u8; 8] = b"\x89PNG\r\n\x1A\n";
/// Longest name of a colour profile.
const PROFILE_NAME_MAX: usize = 79;
/// Most bytes of one stored block of a zlib stream.
const STORED_MAX: usize = 65_535;

/// Width and height of an IHDR chunk's data.
pub(super) fn frame(data: &[u8]) -> Option<(u32, u32)> {
    let mut reader = Reader::new(data);
    let (width, height) = (reader.u32_be()?, reader.u32_be()?);
    let [depth, colour, compression, filter, interlace] = reader.array()?;
    let is_known = matches!(
        (colour, depth),
        (0, 1 | 2 | 4 | 8 | 16) | (3, 1 | 2 | 4 | 8) | (2 | 4 | 6, 8 | 16)
    );
    let fits = is_known && compression == 0 && filter == 0 && interlace <= 1;
    let has_sides = (1..=0x7FFF_FFFF).contains(&width) && (1..=0x7FFF_FFFF).contains(&height);
    (fits && has_sides && reader.is_at_end()).then_some((width, height))
}

pub(super) fn plan(bytes: &[u8], limits: &Limits) -> Result<(Plan, ImageFacts), Trouble> {
    let mut walk = Walk {
        bytes,
        reader: Reader::new(bytes),
        has_palette: false,
        has_data: false,
        has_left_data: false,
        orientation: None,
        profile: None,
        seen: Vec::new(),
        kept: Vec::new(),
        removed: BTreeSet::new(),
    };
    let (width, height, needs_palette) = walk.header(limits)?;
    for _ in 0..PARTS_MAX {
        let chunk = walk.next_chunk()?;
        if &chunk.name == b"IEND" {
            return walk.finish(&chunk, needs_palette).map(|(plan, orientation)| {
                (plan, ImageFacts { format: Format::Png, width, height, orientation })
            });
        }
        walk.chunk(&chunk)?;
    }
    Err(Trouble::TooManyParts)
}

struct Chunk<'a> {
    name: [u8; 4],
    data: &'a [u8],
    range: Range<usize>,
    is_intact: bool,
}

struct Walk<'a> {
    bytes: &'a [u8],
    reader: Reader<'a>,
    has_palette: bool,
    has_data: bool,
    /// Another chunk came after image data; more image data may not follow.
    has_left_data: bool,
    orientation: Option<u8>,
    profile: Option<Vec<u8>>,
    /// Small chunks that are kept, which may occur once.
    seen: Vec<[u8; 4]>,
    kept: Vec<Range<usize>>,
    removed: BTreeSet<Metadata>,
}

impl<'a> Walk<'a> {
    fn next_chunk(&mut self) -> Result<Chunk<'a>, Trouble> {
        let start = self.reader.position();
        let length = self.reader.length_be().ok_or(Trouble::Truncated)?;
        let name = self.reader.array::<4>().ok_or(Trouble::Truncated)?;
        if !name.iter().all(u8::is_ascii_alphabetic) {
            return Err(Trouble::Damaged("a chunk has no name"));
        }
        let data = self.reader.take(length).ok_or(Trouble::Truncated)?;
        let stated = self.reader.u32_be().ok_or(Trouble::Truncated)?;
        let range = start..self.reader.position();
        // A chunk that goes need not be intact: its checksum is not worth the time.
        let is_intact = may_stay(name) && checksum(name, data) == stated;
        Ok(Chunk { name, data, range, is_intact })
    }

    /// Signature and IHDR. Gives width, height and whether a palette must follow.
    fn header(&mut self, limits: &Limits) -> Result<(u32, u32, bool), Trouble> {
        if self.reader.array().as_ref() != Some(SIGNATURE) {
            let is_short = self.bytes.len() < SIGNATURE.len();
            let damage = Trouble::Damaged("its first bytes were changed, as by a text transfer");
            return Err(if is_short { Trouble::Truncated } else { damage });
        }
        let chunk = self.next_chunk()?;
        let frame = (&chunk.name == b"IHDR" && chunk.is_intact).then(|| frame(chunk.data));
        let (width, height) = frame.flatten().ok_or(Trouble::Damaged("its header is wrong"))?;
        limits.check(width, height)?;
        self.kept.push(0..chunk.range.end);
        Ok((width, height, chunk.data.get(9) == Some(&3)))
    }

    fn chunk(&mut self, chunk: &Chunk<'_>) -> Result<(), Trouble> {
        let is_data = &chunk.name == b"IDAT";
        self.has_left_data |= self.has_data && !is_data;
        match &chunk.name {
            b"IDAT" | b"PLTE" if !chunk.is_intact => {
                return Err(Trouble::Damaged("a checksum is wrong"));
            }
            b"IDAT" if self.has_left_data => {
                return Err(Trouble::Damaged("its image data is interrupted"));
            }
            b"IDAT" => {
                self.has_data |= !chunk.data.is_empty();
                self.kept.push(chunk.range.clone());
            }
            b"PLTE" => self.palette(chunk)?,
            b"acTL" if chunk.data.get(..4) != Some(&[0, 0, 0, 1]) => return Err(Trouble::Animated),
            b"eXIf" => self.exif(chunk),
            b"iCCP" => self.profile(chunk),
            name if name.first().is_some_and(u8::is_ascii_uppercase) => {
                return Err(Trouble::Damaged("it holds a chunk that must be known and is not"));
            }
            _ => self.ancillary(chunk),
        }
        Ok(())
    }

    fn palette(&mut self, chunk: &Chunk<'_>) -> Result<(), Trouble> {
        let colours = chunk.data.len() / 3;
        let fits = chunk.data.len().is_multiple_of(3) && (1..=256).contains(&colours);
        if !fits || self.has_palette || self.has_data {
            return Err(Trouble::Damaged("its palette is wrong"));
        }
        self.has_palette = true;
        self.kept.push(chunk.range.clone());
        Ok(())
    }

    fn exif(&mut self, chunk: &Chunk<'_>) {
        let orientation = if chunk.is_intact && self.orientation.is_none() {
            exif::take_out(chunk.data, &mut self.removed)
        } else {
            self.removed.insert(Metadata::Exif);
            1
        };
        self.orientation.get_or_insert(orientation);
    }

    fn profile(&mut self, chunk: &Chunk<'_>) {
        let may_count = chunk.is_intact && !self.has_data && !self.has_palette;
        let rebuilt = if may_count && self.profile.is_none() {
            unpack_profile(chunk.data).and_then(|before| {
                let after = icc::rebuild(&before)?;
                self.removed.extend(icc::loss(&before, Some(&after)));
                Some(after)
            })
        } else {
            None
        };
        match rebuilt {
            Some(profile) => self.profile = Some(profile),
            None => {
                self.removed.insert(Metadata::IccProfile);
            }
        }
    }

    fn ancillary(&mut self, chunk: &Chunk<'_>) {
        let length = chunk.data.len();
        let may_stay = chunk.is_intact && fixed_form(chunk.name, length) && !self.has_data;
        if may_stay && !self.seen.contains(&chunk.name) {
            self.seen.push(chunk.name);
            self.kept.push(chunk.range.clone());
            return;
        }
        self.removed.extend(kinds(chunk));
    }

    fn finish(mut self, end: &Chunk<'_>, needs_palette: bool) -> Result<(Plan, u8), Trouble> {
        if !end.data.is_empty() || !end.is_intact {
            return Err(Trouble::Damaged("its end is wrong"));
        }
        if !self.has_data {
            return Err(Trouble::Damaged("it has no image data"));
        }
        if needs_palette && !self.has_palette {
            return Err(Trouble::Damaged("its palette is missing"));
        }
        if !self.reader.is_at_end() {
            self.removed.insert(Metadata::TrailingData);
        }
        self.kept.push(end.range.clone());
        let orientation = self.orientation.unwrap_or(1);
        let mut plan = Plan::new(self.removed);
        let mut kept = self.kept.into_iter();
        if let Some(header) = kept.next() {
            plan.keep(header);
        }
        if let Some(profile) = self.profile {
            plan.write(chunk(*b"iCCP", &pack_profile(&profile)));
        }
        if orientation != 1 {
            plan.write(chunk(*b"eXIf", &exif::minimal(orientation)));
        }
        kept.for_each(|range| plan.keep(range));
        Ok((plan, orientation))
    }
}

fn may_stay(name: [u8; 4]) -> bool {
    matches!(&name, b"IHDR" | b"PLTE" | b"IDAT" | b"IEND" | b"eXIf" | b"iCCP")
        || (0..=256).any(|length| fixed_form(name, length))
}

/// Chunks that say what the numbers of the pixels mean. Each has a form too small and too strict
/// to carry a message: transparency, gamma, primaries, sRGB, coding-independent code points,
/// significant bits, pixel density, mastering display, light level.
fn fixed_form(name: [u8; 4], length: usize) -> bool {
    match &name {
        b"tRNS" => (1..=256).contains(&length),
        b"gAMA" | b"cICP" => length == 4,
        b"cHRM" => length == 32,
        b"sRGB" => length == 1,
        b"sBIT" => (1..=4).contains(&length),
        b"pHYs" => length == 9,
        b"mDCV" => length == 24,
        b"cLLI" => length == 8,
        _ => false,
    }
}

/// What a dropped chunk was.
fn kinds(chunk: &Chunk<'_>) -> BTreeSet<Metadata> {
    let keyword = chunk.data.split(|byte| *byte == 0).next().unwrap_or_default();
    let mut kinds = BTreeSet::new();
    match &chunk.name {
        b"tEXt" | b"zTXt" | b"iTXt" => {
            kinds.insert(match keyword {
                b"XML:com.adobe.xmp" | b"Raw profile type xmp" => Metadata::Xmp,
                b"Raw profile type exif" | b"Raw profile type APP1" => Metadata::Exif,
                b"Raw profile type iptc" | b"Raw profile type 8bim" => Metadata::Iptc,
                _ => Metadata::Text,
            });
            if memmem::find(chunk.data, b"GPSLatitude").is_some() {
                kinds.insert(Metadata::Gps);
            }
        }
        b"tIME" => {
            kinds.insert(Metadata::Time);
        }
        _ => {
            kinds.insert(Metadata::Other);
        }
    }
    kinds
}

fn checksum(name: [u8; 4], data: &[u8]) -> u32 {
    let mut hasher = Crc32::new();
    hasher.update(&name);
    hasher.update(data);
    hasher.finish()
}

fn chunk(name: [u8; 4], data: &[u8]) -> Vec<u8> {
    let length = u32::try_from(data.len()).unwrap_or(u32::MAX);
    let mut chunk = Vec::with_capacity(data.len() + 12);
    chunk.extend_from_slice(&length.to_be_bytes());
    chunk.extend_from_slice(&name);
    chunk.extend_from_slice(data);
    chunk.extend_from_slice(&checksum(name, data).to_be_bytes());
    chunk
}

/// The profile inside iCCP: a name, a zero, the method (0), a zlib stream.
fn unpack_profile(data: &[u8]) -> Option<Vec<u8>> {
    let name = memchr(0, data.get(..=PROFILE_NAME_MAX).unwrap_or(data))?;
    let (method, stream) = data.get(name + 1..)?.split_first()?;
    if *method != 0 {
        return None;
    }
    decompress_to_vec_zlib_with_limit(stream, ICC_BYTES_MAX).ok()
}

/// An iCCP chunk's data of this profile, not compressed: rebuilt profiles are small, and a
/// compressor would cost more bytes of program than it saves of picture.
fn pack_profile(profile: &[u8]) -> Vec<u8> {
    let blocks = profile.chunks(STORED_MAX);
    let last = blocks.len().saturating_sub(1);
    let mut data = b"icc\0\0\x78\x01".to_vec();
    for (number, block) in blocks.enumerate() {
        let length = u16::try_from(block.len()).unwrap_or(u16::MAX);
        data.push(u8::from(number == last));
        data.extend_from_slice(&length.to_le_bytes());
        data.extend_from_slice(&(!length).to_le_bytes());
        data.extend_from_slice(block);
    }
    data.extend_from_slice(&adler32(profile).to_be_bytes());
    data
}

/// The checksum at the end of a zlib stream.
fn adler32(bytes: &[u8]) -> u32 {
    const MODULUS: u32 = 65_521;
    // 5,552 bytes are the most whose sums stay below 2^32.
    let (low, high) = bytes.chunks(5_552).fold((1, 0), |(low, high), block| {
        let (low, high) = block.iter().fold((low, high), |(low, high): (u32, u32), byte| {
            let low = low + u32::from(*byte);
            (low, high + low)
        });
        (low % MODULUS, high % MODULUS)
    });
    high << 16 | low
}
