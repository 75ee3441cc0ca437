//! JPEG: markers, segments and scans. The cleaned file has, in this order, the JFIF header
//! without its thumbnail, the orientation, the colour profile, Adobe's colour transform, and then
//! the tables, the frame and the scans as they were.

use std::collections::BTreeSet;
use std::ops::Range;

use memchr::{memchr, memmem};

use super::plan::Plan;
use super::read::Reader;
use super::trouble::Trouble;
use super::{Format, ICC_BYTES_MAX, ImageFacts, Limits, Metadata, PARTS_MAX, SCANS_MAX};
use super::{exif, icc};

pub(super) mod marker {
    //! The second byte of a marker; the first is 0xFF.
    pub const TEM: u8 = 0x01;
    pub const SOF0: u8 = 0xC0;
    pub const SOF2: u8 = 0xC2;
    pub const SOF3: u8 = 0xC3;
    pub const DHT: u8 = 0xC4;
    pub const SOF15: u8 = 0xCF;
    pub const DAC: u8 = 0xCC;
    pub const RST0: u8 = 0xD0;
    pub const RST7: u8 = 0xD7;
    pub const SOI: u8 = 0xD8;
    pub const EOI: u8 = 0xD9;
    pub const SOS: u8 = 0xDA;
    pub const DQT: u8 = 0xDB;
    pub const DNL: u8 = 0xDC;
    pub const DRI: u8 = 0xDD;
    pub const APP0: u8 = 0xE0;
    pub const APP1: u8 = 0xE1;
    pub const APP2: u8 = 0xE2;
    pub const APP13: u8 = 0xED;
    pub const APP14: u8 = 0xEE;
    pub const APP15: u8 = 0xEF;
    pub const COM: u8 = 0xFE;
}

const JFIF: &[u8] = b"JFIF\0";
const EXIF: &[u8] = b"Exif\0";
const XMP: [&[u8]; 2] =
    [b"http://ns.adobe.com/xap/1.0/\0", b"http://ns.adobe.com/xmp/extension/\0"];
const ICC: &[u8] = b"ICC_PROFILE\0";
const ADOBE: &[u8] = b"Adobe";
/// Bytes of a JFIF header up to its thumbnail: version, unit, two densities.
const JFIF_NUMBERS: usize = 7;
/// Longest payload of one segment: its length field of two bytes counts itself.
const PAYLOAD_MAX: usize = 65_535 - 2;

/// Width, height and number of components of a frame header's payload.
pub(super) fn frame(payload: &[u8]) -> Option<(u32, u32, u8)> {
    let mut reader = Reader::new(payload);
    let precision = reader.byte()?;
    let (height, width) = (reader.u16_be()?, reader.u16_be()?);
    let components = reader.byte()?;
    let fits = precision == 8
        && matches!(components, 1 | 3 | 4)
        && payload.len() == 6 + 3 * usize::from(components);
    for _ in 0..components {
        let [_, sampling, table] = reader.array()?;
        if !matches!((sampling >> 4, sampling & 15, table), (1..=4, 1..=4, 0..=3)) {
            return None;
        }
    }
    fits.then_some((u32::from(width), u32::from(height), components))
}

/// Whether this marker starts a frame, of whatever coding.
pub(super) const fn is_frame(code: u8) -> bool {
    matches!(code, marker::SOF0..=marker::SOF15)
        && !matches!(code, marker::DHT | marker::DAC | 0xC8)
}

pub(super) fn plan(bytes: &[u8], limits: &Limits) -> Result<(Plan, ImageFacts), Trouble> {
    let mut walk = Walk::new(bytes, limits);
    while walk.step()? == Step::More {}
    walk.finish()
}

#[derive(PartialEq, Eq)]
enum Step {
    More,
    End,
}

struct Walk<'a> {
    bytes: &'a [u8],
    limits: &'a Limits,
    at: usize,
    parts: usize,
    scans: usize,
    /// Width, height, components.
    frame: Option<(u32, u32, u8)>,
    jfif: Option<[u8; JFIF_NUMBERS]>,
    /// Adobe's colour transform: 0 none, 1 `YCbCr`, 2 YCCK.
    adobe: Option<u8>,
    /// Of the first EXIF block; later ones do not count, as in viewers.
    orientation: Option<u8>,
    profile: Profile,
    kept: Vec<Range<usize>>,
    removed: BTreeSet<Metadata>,
}

impl<'a> Walk<'a> {
    fn new(bytes: &'a [u8], limits: &'a Limits) -> Self {
        Self {
            bytes,
            limits,
            at: 2,
            parts: 0,
            scans: 0,
            frame: None,
            jfif: None,
            adobe: None,
            orientation: None,
            profile: Profile::default(),
            kept: Vec::new(),
            removed: BTreeSet::new(),
        }
    }

    fn step(&mut self) -> Result<Step, Trouble> {
        self.parts += 1;
        if self.parts > PARTS_MAX {
            return Err(Trouble::TooManyParts);
        }
        let code = self.next_marker()?;
        match code {
            marker::EOI => return Ok(Step::End),
            marker::SOI => return Err(Trouble::Damaged("a second picture starts inside it")),
            marker::TEM | marker::RST0..=marker::RST7 => {
                self.removed.insert(Metadata::Other);
                return Ok(Step::More);
            }
            _ => {}
        }
        let start = self.at - 2;
        let payload = self.payload()?;
        match code {
            marker::SOF0..=marker::SOF2 => self.frame(payload)?,
            marker::DQT => check(quantization_fits(payload), "a quantization table is wrong")?,
            marker::DHT => check(huffman_fits(payload), "a Huffman table is wrong")?,
            marker::DRI => check(payload.len() == 2, "its restart interval is wrong")?,
            marker::SOS => self.scan(payload)?,
            marker::DAC | marker::DNL => return Ok(self.drop(Metadata::Other)),
            marker::SOF3..=marker::SOF15 if is_frame(code) => {
                return Err(Trouble::JpegCoding(coding(code)));
            }
            marker::APP0..=marker::APP15 => {
                self.application(code, payload);
                return Ok(Step::More);
            }
            marker::COM => return Ok(self.drop(Metadata::Comment)),
            _ => return Err(Trouble::Damaged("it holds a marker that no JPEG has")),
        }
        self.kept.push(start..self.at);
        Ok(Step::More)
    }

    fn drop(&mut self, kind: Metadata) -> Step {
        self.removed.insert(kind);
        Step::More
    }

    /// Goes behind the next marker and gives its code. Fill bytes and stray bytes before it, which
    /// every decoder skips, are not kept.
    fn next_marker(&mut self) -> Result<u8, Trouble> {
        loop {
            let rest = self.bytes.get(self.at..).unwrap_or_default();
            let skipped = memchr(0xFF, rest).ok_or(Trouble::Truncated)?;
            let fill = rest.iter().skip(skipped).take_while(|byte| **byte == 0xFF).count();
            let code = *rest.get(skipped + fill).ok_or(Trouble::Truncated)?;
            self.at += skipped + fill + 1;
            if skipped > 0 || code == 0 {
                self.removed.insert(Metadata::Other);
            }
            if code != 0 {
                return Ok(code);
            }
        }
    }

    fn payload(&mut self) -> Result<&'a [u8], Trouble> {
        let mut reader = Reader::at(self.bytes, self.at);
        let length = reader.u16_be().ok_or(Trouble::Truncated)?;
        let length = usize::from(length)
            .checked_sub(2)
            .ok_or(Trouble::Damaged("a segment says that it is shorter than its own length"))?;
        let payload = reader.take(length).ok_or(Trouble::Truncated)?;
        self.at = reader.position();
        Ok(payload)
    }

    fn frame(&mut self, payload: &[u8]) -> Result<(), Trouble> {
        if self.frame.is_some() {
            return Err(Trouble::Damaged("it has two frame headers"));
        }
        if payload.first().is_some_and(|precision| *precision != 8) {
            return Err(Trouble::JpegCoding("more or fewer than 8 bits a sample"));
        }
        let frame = frame(payload).ok_or(Trouble::Damaged("its frame header is wrong"))?;
        let (width, height, _) = frame;
        check(width != 0 && height != 0, "its header does not state width and height")?;
        self.limits.check(width, height)?;
        self.frame = Some(frame);
        Ok(())
    }

    fn scan(&mut self, payload: &[u8]) -> Result<(), Trouble> {
        let (_, _, frame_components) =
            self.frame.ok_or(Trouble::Damaged("its pixels start before their frame header"))?;
        let components = payload.first().copied().unwrap_or(0);
        let fits = (1..=frame_components).contains(&components)
            && payload.len() == 4 + 2 * usize::from(components);
        check(fits, "a scan header is wrong")?;
        self.scans += 1;
        if self.scans > SCANS_MAX {
            return Err(Trouble::TooManyScans);
        }
        let end = scan_end(self.bytes, self.at).ok_or(Trouble::Truncated)?;
        check(end > self.at, "a scan is empty")?;
        self.at = end;
        Ok(())
    }

    /// APP0 to APP15: reads what is kept of it, notes what is not.
    fn application(&mut self, code: u8, payload: &[u8]) {
        let before_pixels = self.scans == 0;
        let kind = match code {
            marker::APP0 if before_pixels && self.jfif(payload) => return,
            marker::APP0 if payload.starts_with(b"JFXX\0") => Metadata::Thumbnail,
            marker::APP1 if payload.starts_with(EXIF) => {
                let tiff = payload.get(EXIF.len() + 1..).unwrap_or_default();
                let orientation = if before_pixels && self.orientation.is_none() {
                    exif::take_out(tiff, &mut self.removed)
                } else {
                    self.removed.insert(Metadata::Exif);
                    1
                };
                self.orientation.get_or_insert(orientation);
                return;
            }
            marker::APP1 if XMP.iter().any(|name| payload.starts_with(name)) => {
                if memmem::find(payload, b"GPSLatitude").is_some() {
                    self.removed.insert(Metadata::Gps);
                }
                Metadata::Xmp
            }
            marker::APP2 if before_pixels && payload.starts_with(ICC) => {
                self.profile.add(payload.get(ICC.len()..).unwrap_or_default());
                return;
            }
            marker::APP2 if payload.starts_with(ICC) => Metadata::IccProfile,
            marker::APP2 if payload.starts_with(b"MPF\0") => Metadata::ExtraPicture,
            marker::APP13 => Metadata::Iptc,
            marker::APP14 if before_pixels && self.adobe(payload) => return,
            _ => Metadata::Other,
        };
        self.removed.insert(kind);
    }

    fn jfif(&mut self, payload: &[u8]) -> bool {
        let Some(body) = payload.strip_prefix(JFIF) else { return false };
        let Some((numbers, thumbnail)) = body.split_first_chunk::<JFIF_NUMBERS>() else {
            return false;
        };
        if self.jfif.is_some() {
            return false;
        }
        self.jfif = Some(*numbers);
        if thumbnail != [0, 0] {
            self.removed.insert(Metadata::Thumbnail);
        }
        true
    }

    fn adobe(&mut self, payload: &[u8]) -> bool {
        // Behind the name: version and two flag words, which decoders pass over.
        let body = payload.strip_prefix(ADOBE).and_then(<[u8]>::split_first_chunk::<7>);
        let Some(([_, _, _, _, _, _, transform @ 0..=2], rest)) = body else { return false };
        // The last one counts, as in decoders.
        self.adobe = Some(*transform);
        if !rest.is_empty() {
            self.removed.insert(Metadata::Other);
        }
        true
    }

    fn finish(mut self) -> Result<(Plan, ImageFacts), Trouble> {
        let Some((width, height, _)) = self.frame else {
            return Err(Trouble::Damaged("it ends before its frame header"));
        };
        check(self.scans > 0, "it ends before its pixels")?;
        if self.at < self.bytes.len() {
            self.removed.insert(Metadata::TrailingData);
        }
        let profile = self.profile.finish(&mut self.removed);
        let orientation = self.orientation.unwrap_or(1);
        let mut plan = Plan::new(self.removed);
        plan.write(header(self.jfif, orientation, profile.as_deref(), self.adobe));
        for range in self.kept {
            plan.keep(range);
        }
        plan.write(vec![0xFF, marker::EOI]);
        Ok((plan, ImageFacts { format: Format::Jpeg, width, height, orientation }))
    }
}

fn check(fits: bool, damage: &'static str) -> Result<(), Trouble> {
    if fits { Ok(()) } else { Err(Trouble::Damaged(damage)) }
}

const fn coding(code: u8) -> &'static str {
    match code {
        0xC3 | 0xCB => "lossless coding",
        0xC9 | 0xCA => "arithmetic coding",
        _ => "hierarchical coding",
    }
}

/// Whether a DQT payload is whole tables and nothing else: a decoder refuses the rest, and no
/// bytes can hide in it.
fn quantization_fits(payload: &[u8]) -> bool {
    let mut reader = Reader::new(payload);
    while let Some(head) = reader.byte() {
        let (precision, table) = (head >> 4, head & 15);
        if precision > 1 || table > 3 || reader.take(64 << precision).is_none() {
            return false;
        }
    }
    true
}

/// Whether a DHT payload is whole tables and nothing else.
fn huffman_fits(payload: &[u8]) -> bool {
    let mut reader = Reader::new(payload);
    while let Some(head) = reader.byte() {
        let (class, table) = (head >> 4, head & 15);
        let Some(counts) = reader.take(16) else { return false };
        let symbols = counts.iter().map(|count| usize::from(*count)).sum();
        if class > 1 || table > 3 || symbols > 256 || reader.take(symbols).is_none() {
            return false;
        }
    }
    true
}

/// Where the entropy-coded data that starts at `from` ends: at the first 0xFF that starts neither
/// a stuffed zero nor a restart marker.
fn scan_end(bytes: &[u8], from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        let start = at + memchr(0xFF, bytes.get(at..)?)?;
        let mut code = start + 1;
        while *bytes.get(code)? == 0xFF {
            code += 1;
        }
        match *bytes.get(code)? {
            0 | marker::RST0..=marker::RST7 => at = code + 1,
            _ => return Some(start),
        }
    }
}

fn header(
    jfif: Option<[u8; JFIF_NUMBERS]>,
    orientation: u8,
    profile: Option<&[u8]>,
    adobe: Option<u8>,
) -> Vec<u8> {
    let mut header = vec![0xFF, marker::SOI];
    if let Some(numbers) = jfif {
        segment(&mut header, marker::APP0, &[JFIF, &numbers, &[0, 0]]);
    }
    if orientation != 1 {
        segment(&mut header, marker::APP1, &[EXIF, &[0], &exif::minimal(orientation)]);
    }
    if let Some(profile) = profile {
        let pieces = profile.chunks(PAYLOAD_MAX - ICC.len() - 2);
        // At most ICC_BYTES_MAX / 65,519, which is 17 pieces.
        let count = u8::try_from(pieces.len()).unwrap_or(u8::MAX);
        for (number, piece) in (1..=count).zip(pieces) {
            segment(&mut header, marker::APP2, &[ICC, &[number, count], piece]);
        }
    }
    if let Some(transform) = adobe {
        segment(&mut header, marker::APP14, &[ADOBE, &[0, 100, 0, 0, 0, 0, transform]]);
    }
    header
}

/// Adds one segment; its payload has at most [`PAYLOAD_MAX`] bytes.
fn segment(file: &mut Vec<u8>, code: u8, payload: &[&[u8]]) {
    let length = 2 + payload.iter().map(|part| part.len()).sum::<usize>();
    file.extend_from_slice(&[0xFF, code]);
    file.extend_from_slice(&u16::try_from(length).unwrap_or(u16::MAX).to_be_bytes());
    for part in payload {
        file.extend_from_slice(part);
    }
}

/// A colour profile, which comes in numbered pieces.
#[derive(Default)]
struct Profile {
    bytes: Vec<u8>,
    seen: u8,
    count: u8,
    is_broken: bool,
}

impl Profile {
    fn add(&mut self, piece: &[u8]) {
        let Some(([number, count], data)) = piece.split_first_chunk::<2>() else {
            self.is_broken = true;
            return;
        };
        if self.seen == 0 {
            self.count = *count;
        }
        let follows = *number == self.seen.saturating_add(1)
            && *count == self.count
            && self.bytes.len() + data.len() <= ICC_BYTES_MAX;
        if !follows || self.is_broken {
            self.is_broken = true;
            self.bytes = Vec::new();
            return;
        }
        self.seen = *number;
        self.bytes.extend_from_slice(data);
    }

    fn finish(self, removed: &mut BTreeSet<Metadata>) -> Option<Vec<u8>> {
        if self.seen == 0 && !self.is_broken {
            return None;
        }
        let is_whole = !self.is_broken && self.seen == self.count;
        let profile = is_whole.then(|| icc::rebuild(&self.bytes)).flatten();
        removed.extend(icc::loss(&self.bytes, profile.as_deref()));
        profile
    }
}
