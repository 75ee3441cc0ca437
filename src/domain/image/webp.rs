//! WebP: a RIFF file with one image chunk. The cleaned file has, in this order, the extended
//! header where there was one, the colour profile, the separate transparency, the image, and the
//! orientation.

use std::collections::BTreeSet;
use std::ops::Range;

use memchr::memmem;

use super::plan::Plan;
use super::read::Reader;
use super::trouble::Trouble;
use super::{Format, ImageFacts, Limits, Metadata, PARTS_MAX};
use super::{exif, icc};

/// Bytes of the RIFF header: name, size, kind.
const RIFF_BYTES: usize = 12;
pub(super) const FLAG_ANIMATION: u8 = 0x02;
const FLAG_EXIF: u8 = 0x08;
const FLAG_ALPHA: u8 = 0x10;
const FLAG_PROFILE: u8 = 0x20;

/// Width and height of a lossy image chunk's data, from its key frame header.
pub(super) fn lossy_frame(data: &[u8]) -> Option<(u32, u32)> {
    let mut reader = Reader::new(data);
    let tag = reader.u24_le()?;
    let (is_key, version, is_shown) = (tag & 1 == 0, tag >> 1 & 7, tag >> 4 & 1 == 1);
    let start_code = reader.array()?;
    let [width, height] =
        [reader.array()?, reader.array()?].map(|side| u32::from(u16::from_le_bytes(side) & 0x3FFF));
    let fits = is_key && version <= 3 && is_shown && start_code == [0x9D, 0x01, 0x2A];
    (fits && width != 0 && height != 0).then_some((width, height))
}

/// Whether a lossy image chunk is long enough for the first partition that it states.
fn has_first_partition(data: &[u8]) -> bool {
    let partition = Reader::new(data).u24_le().and_then(|tag| usize::try_from(tag >> 5).ok());
    partition.is_some_and(|length| length <= data.len().saturating_sub(10))
}

/// Width, height and use of transparency of a lossless image chunk's data.
pub(super) fn lossless_frame(data: &[u8]) -> Option<(u32, u32, bool)> {
    let mut reader = Reader::new(data);
    let (signature, bits) = (reader.byte()?, reader.u32_le()?);
    let fits = signature == 0x2F && bits >> 29 == 0;
    let (width, height) = ((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1);
    fits.then_some((width, height, bits >> 28 & 1 == 1))
}

/// Flags, width and height of an extended header's data.
pub(super) fn extended_frame(data: &[u8]) -> Option<(u8, u32, u32)> {
    let mut reader = Reader::new(data);
    let [flags, _, _, _] = reader.array()?;
    let (width, height) = (reader.u24_le()? + 1, reader.u24_le()? + 1);
    reader.is_at_end().then_some((flags, width, height))
}

pub(super) fn plan(bytes: &[u8], limits: &Limits) -> Result<(Plan, ImageFacts), Trouble> {
    let size = Reader::at(bytes, 4).length_le().ok_or(Trouble::Truncated)?;
    let end = size.checked_add(8).ok_or(Trouble::Truncated)?;
    let riff = bytes.get(..end).ok_or(Trouble::Truncated)?;
    let mut walk = Walk::new(riff, limits);
    for _ in 0..PARTS_MAX {
        if walk.reader.is_at_end() {
            // RIFF pads to an even length; a writer may leave the last pad byte uncounted.
            let pad = usize::from(size % 2 == 1 && bytes.get(end) == Some(&0));
            if bytes.len() > end + pad {
                walk.removed.insert(Metadata::TrailingData);
            }
            return walk.finish();
        }
        walk.step()?;
    }
    Err(Trouble::TooManyParts)
}

struct Walk<'a> {
    limits: &'a Limits,
    reader: Reader<'a>,
    /// Flags, width and height of the extended header.
    extended: Option<(u8, u32, u32)>,
    alpha: Option<Range<usize>>,
    image: Option<Image>,
    profile: Option<Vec<u8>>,
    orientation: Option<u8>,
    removed: BTreeSet<Metadata>,
}

struct Image {
    range: Range<usize>,
    width: u32,
    height: u32,
    is_lossy: bool,
}

impl<'a> Walk<'a> {
    fn new(riff: &'a [u8], limits: &'a Limits) -> Self {
        Self {
            limits,
            reader: Reader::at(riff, RIFF_BYTES),
            extended: None,
            alpha: None,
            image: None,
            profile: None,
            orientation: None,
            removed: BTreeSet::new(),
        }
    }

    fn step(&mut self) -> Result<(), Trouble> {
        let start = self.reader.position();
        let name = self.reader.array::<4>().ok_or(Trouble::Truncated)?;
        let length = self.reader.length_le().ok_or(Trouble::Truncated)?;
        let data = self.reader.take(length).ok_or(Trouble::Truncated)?;
        let range = start..self.reader.position();
        if length % 2 == 1 {
            self.reader.byte();
        }
        match &name {
            b"VP8X" => self.extended(data, start)?,
            b"ANIM" | b"ANMF" => return Err(Trouble::Animated),
            b"VP8 " | b"VP8L" => self.image(name, data, range)?,
            b"ALPH" if self.extended.is_some() && self.alpha.is_none() && self.image.is_none() => {
                self.alpha = Some(range);
            }
            b"ICCP" => self.profile(data),
            b"EXIF" => self.exif(data),
            b"XMP " => {
                self.removed.insert(Metadata::Xmp);
                if memmem::find(data, b"GPSLatitude").is_some() {
                    self.removed.insert(Metadata::Gps);
                }
            }
            _ => {
                self.removed.insert(Metadata::Other);
            }
        }
        Ok(())
    }

    fn extended(&mut self, data: &[u8], start: usize) -> Result<(), Trouble> {
        let fits = start == RIFF_BYTES;
        let frame = extended_frame(data).filter(|_| fits);
        let (flags, width, height) =
            frame.ok_or(Trouble::Damaged("its extended header is wrong"))?;
        if flags & FLAG_ANIMATION != 0 {
            return Err(Trouble::Animated);
        }
        self.limits.check(width, height)?;
        self.extended = Some((flags, width, height));
        Ok(())
    }

    fn image(&mut self, name: [u8; 4], data: &[u8], range: Range<usize>) -> Result<(), Trouble> {
        if self.image.is_some() {
            self.removed.insert(Metadata::ExtraPicture);
            return Ok(());
        }
        let is_lossy = &name == b"VP8 ";
        let frame = if is_lossy {
            lossy_frame(data).filter(|_| has_first_partition(data))
        } else {
            lossless_frame(data).map(|(width, height, _)| (width, height))
        };
        let (width, height) = frame.ok_or(Trouble::Damaged("its frame header is wrong"))?;
        self.limits.check(width, height)?;
        if self.extended.is_some_and(|(_, w, h)| (w, h) != (width, height)) {
            return Err(Trouble::Damaged("its headers state different sizes"));
        }
        self.image = Some(Image { range, width, height, is_lossy });
        Ok(())
    }

    fn profile(&mut self, data: &[u8]) {
        let may_count = self.extended.is_some() && self.image.is_none();
        let rebuilt = (may_count && self.profile.is_none()).then(|| icc::rebuild(data)).flatten();
        self.removed.extend(icc::loss(data, rebuilt.as_deref()));
        self.profile = self.profile.take().or(rebuilt);
    }

    fn exif(&mut self, data: &[u8]) {
        // Some writers put JPEG's prefix in front, and readers accept it.
        let tiff = data.strip_prefix(b"Exif\0\0").unwrap_or(data);
        let may_count = self.extended.is_some() && self.orientation.is_none();
        let orientation = if may_count {
            exif::take_out(tiff, &mut self.removed)
        } else {
            self.removed.insert(Metadata::Exif);
            1
        };
        self.orientation.get_or_insert(orientation);
    }

    fn finish(mut self) -> Result<(Plan, ImageFacts), Trouble> {
        let image = self.image.ok_or(Trouble::Damaged("it has no image data"))?;
        let Image { width, height, .. } = image;
        let orientation = self.orientation.unwrap_or(1);
        if self.alpha.is_some() && !image.is_lossy {
            // Decoders pass over a separate transparency beside a lossless image.
            self.alpha = None;
            self.removed.insert(Metadata::Other);
        }
        let mut plan = Plan::new(self.removed);
        if let Some((flags, ..)) = self.extended {
            let has_alpha =
                if image.is_lossy { self.alpha.is_some() } else { flags & FLAG_ALPHA != 0 };
            let kept = [
                (FLAG_ALPHA, has_alpha),
                (FLAG_PROFILE, self.profile.is_some()),
                (FLAG_EXIF, orientation != 1),
            ];
            let kept = kept.iter().filter(|(_, is_set)| *is_set);
            let flags = kept.fold(0, |flags, (flag, _)| flags | flag);
            plan.write(chunk(*b"VP8X", &extended_data(flags, width, height)));
        }
        if let Some(profile) = self.profile {
            plan.write(chunk(*b"ICCP", &profile));
        }
        for range in self.alpha.into_iter().chain([image.range]) {
            let is_odd = range.len() % 2 == 1;
            plan.keep(range);
            if is_odd {
                plan.write(vec![0]);
            }
        }
        if orientation != 1 {
            plan.write(chunk(*b"EXIF", &exif::minimal(orientation)));
        }
        let size = u32::try_from(plan.length() + 4).unwrap_or(u32::MAX);
        plan.write_first([*b"RIFF", size.to_le_bytes(), *b"WEBP"].as_flattened().to_vec());
        Ok((plan, ImageFacts { format: Format::Webp, width, height, orientation }))
    }
}

fn extended_data(flags: u8, width: u32, height: u32) -> Vec<u8> {
    let [[w0, w1, w2, _], [h0, h1, h2, _]] = [width, height].map(|side| (side - 1).to_le_bytes());
    vec![flags, 0, 0, 0, w0, w1, w2, h0, h1, h2]
}

fn chunk(name: [u8; 4], data: &[u8]) -> Vec<u8> {
    let length = u32::try_from(data.len()).unwrap_or(u32::MAX);
    let mut chunk = Vec::with_capacity(data.len() + 9);
    chunk.extend_from_slice(&name);
    chunk.extend_from_slice(&length.to_le_bytes());
    chunk.extend_from_slice(data);
    if data.len() % 2 == 1 {
        chunk.push(0);
    }
    chunk
}
