//! A picture that streams by on its way into storage: what it is, how large, whether it is
//! whole, and its checksums. It is stored byte for byte, so nothing is held but a header.

use memchr::memchr;
use sha2::{Digest, Sha256};

use crate::domain::crc32::Crc32;

use super::jpeg::marker;
use super::read::Reader;
use super::sniff::SNIFF_BYTES;
use super::{Format, jpeg, png, sniff, webp};

/// The header that states width and height must begin within so many bytes. Providers put
/// certificates of origin and colour profiles in front, some 100 KB of them.
pub const INGEST_HEADER_BYTES_MAX: u64 = 1 << 20;

/// Most bytes that are held: a JPEG frame header of 4 components, 6 + 3 x 4; the headers of the
/// other formats are no longer.
const WINDOW_BYTES: usize = 18;
/// The checksum behind a PNG chunk.
const CHECKSUM_BYTES: u64 = 4;

/// Why a stream is not stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IngestRefusal {
    /// It is not JPEG, PNG or WebP.
    NotAnImage,
    /// It has more bytes than allowed.
    TooLarge,
    /// It starts as a picture and contradicts itself, or states no size near its start.
    Unreadable,
    /// It ended before the picture did.
    Truncated,
}

impl IngestRefusal {
    /// A fixed name for the log.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NotAnImage => "not_an_image",
            Self::TooLarge => "too_large",
            Self::Unreadable => "unreadable",
            Self::Truncated => "truncated",
        }
    }
}

/// What is known of a picture when its last byte has passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IngestFacts {
    /// The format, by content.
    pub format: Format,
    /// Width in pixels as stored.
    pub width: u32,
    /// Height in pixels as stored.
    pub height: u32,
    /// Bytes in all.
    pub bytes: u64,
    /// SHA-256 of the bytes.
    pub sha256: [u8; 32],
    /// CRC-32 of the bytes.
    pub crc32: u32,
}

/// What the next bytes of the stream are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Expect {
    /// The first bytes of the file.
    Start,
    /// The 0xFF of the next marker.
    JpegMarker,
    /// The byte behind that 0xFF.
    JpegCode,
    /// The length of the segment with this marker.
    JpegLength(u8),
    /// The payload of a frame header.
    JpegFrame(usize),
    /// The next 0xFF in entropy-coded data.
    JpegScan,
    /// The byte behind that 0xFF.
    JpegScanCode,
    /// A chunk's length and name.
    PngChunk,
    /// The data of IHDR.
    PngHeader,
    /// Name and length of the first chunk.
    WebpChunk,
    /// The start of the data of a chunk of this name.
    WebpFrame([u8; 4]),
    /// Nothing more: what follows the picture is stored with it and not looked at.
    End,
}

/// Watches one stream. Feed it every chunk, then finish.
#[derive(Clone)]
pub struct Ingest {
    bytes_max: u64,
    bytes: u64,
    sha256: Sha256,
    crc32: Crc32,
    format: Option<Format>,
    size: Option<(u32, u32)>,
    expect: Expect,
    /// Bytes of the stream to pass over before `expect`.
    skip: u64,
    /// Bytes that were read and not understood yet: the first `held` of them.
    window: [u8; WINDOW_BYTES],
    held: usize,
    /// Bytes of the stream that were understood or passed over.
    walked: u64,
    /// Whether image data began.
    has_data: bool,
    /// Where a WebP file says that it ends.
    end: u64,
}

impl Ingest {
    /// An observer that refuses a stream of more than `bytes_max` bytes.
    pub fn new(bytes_max: u64) -> Self {
        Self {
            bytes_max,
            bytes: 0,
            sha256: Sha256::new(),
            crc32: Crc32::new(),
            format: None,
            size: None,
            expect: Expect::Start,
            skip: 0,
            window: [0; WINDOW_BYTES],
            held: 0,
            walked: 0,
            has_data: false,
            end: 0,
        }
    }

    /// Takes the next bytes of the stream, however it is cut. After a refusal the stream must be
    /// dropped.
    pub fn feed(&mut self, chunk: &[u8]) -> Result<(), IngestRefusal> {
        self.bytes += chunk.len() as u64;
        if self.bytes > self.bytes_max {
            return Err(IngestRefusal::TooLarge);
        }
        self.sha256.update(chunk);
        self.crc32.update(chunk);
        self.walk(chunk)
    }

    /// The facts, when the stream was one whole picture.
    pub fn finish(self) -> Result<IngestFacts, IngestRefusal> {
        let Some(format) = self.format else { return Err(self.refuse_start()) };
        // A skip may still be open at the end of a WebP file, whose end is known by its length.
        if self.expect != Expect::End || self.skip > 0 {
            return Err(IngestRefusal::Truncated);
        }
        let (width, height) = self.size.ok_or(IngestRefusal::Unreadable)?;
        Ok(IngestFacts {
            format,
            width,
            height,
            bytes: self.bytes,
            sha256: self.sha256.finalize().into(),
            crc32: self.crc32.finish(),
        })
    }

    /// Too few bytes to tell the format: cut off, unless they are no picture's start.
    fn refuse_start(&self) -> IngestRefusal {
        let starts: [&[u8]; 3] = [&[0xFF, 0xD8, 0xFF], png::SIGNATURE, b"RIFF"];
        let may_be_picture = starts.iter().any(|start| {
            let common = self.held.min(start.len());
            self.window.get(..common) == start.get(..common)
        });
        if may_be_picture { IngestRefusal::Truncated } else { IngestRefusal::NotAnImage }
    }

    fn walk(&mut self, chunk: &[u8]) -> Result<(), IngestRefusal> {
        let mut rest = chunk;
        loop {
            let skipped = usize::try_from(self.skip).unwrap_or(usize::MAX).min(rest.len());
            rest = rest.get(skipped..).unwrap_or_default();
            self.skip -= skipped as u64;
            self.walked += skipped as u64;
            if self.expect == Expect::End || self.skip > 0 {
                return Ok(());
            }
            if matches!(self.expect, Expect::JpegMarker | Expect::JpegScan) {
                rest = self.find_marker(rest);
            }
            let wanted = self.wanted();
            rest = self.hold(rest, wanted);
            if self.held < wanted {
                return self.check_header_place();
            }
            self.walked += wanted as u64;
            let window = self.window;
            self.held = 0;
            self.step(window.get(..wanted).unwrap_or_default())?;
            self.check_header_place()?;
        }
    }

    /// Fills the window up to `wanted` bytes and gives what is left of `rest`.
    fn hold<'a>(&mut self, rest: &'a [u8], wanted: usize) -> &'a [u8] {
        let place = self.window.get_mut(self.held..wanted).unwrap_or_default();
        let count = place.len().min(rest.len());
        let (head, tail) = rest.split_at_checked(count).unwrap_or_default();
        for (place, byte) in place.iter_mut().zip(head) {
            *place = *byte;
        }
        self.held += count;
        tail
    }

    fn check_header_place(&self) -> Result<(), IngestRefusal> {
        if self.size.is_none() && self.walked + self.skip > INGEST_HEADER_BYTES_MAX {
            return Err(IngestRefusal::Unreadable);
        }
        Ok(())
    }

    /// Passes over everything before the next 0xFF.
    fn find_marker<'a>(&mut self, rest: &'a [u8]) -> &'a [u8] {
        let place = memchr(0xFF, rest).unwrap_or(rest.len());
        self.walked += place as u64;
        rest.get(place..).unwrap_or_default()
    }

    const fn wanted(&self) -> usize {
        match self.expect {
            Expect::Start => SNIFF_BYTES,
            Expect::JpegMarker | Expect::JpegCode | Expect::JpegScan | Expect::JpegScanCode => 1,
            Expect::JpegLength(_) => 2,
            Expect::JpegFrame(length) => length,
            Expect::PngChunk | Expect::WebpChunk => 8,
            Expect::PngHeader => 13,
            // A whole lossless picture of one colour may be shorter than a lossy header.
            Expect::WebpFrame([.., b'L']) => 5,
            Expect::WebpFrame(_) => 10,
            Expect::End => 0,
        }
    }

    fn step(&mut self, window: &[u8]) -> Result<(), IngestRefusal> {
        match self.expect {
            Expect::Start => return self.start(window),
            Expect::JpegMarker => self.expect = Expect::JpegCode,
            Expect::JpegScan => self.expect = Expect::JpegScanCode,
            Expect::JpegCode => return self.jpeg_code(window, Expect::JpegMarker),
            Expect::JpegScanCode => return self.jpeg_code(window, Expect::JpegScan),
            Expect::JpegLength(code) => return self.jpeg_length(code, window),
            Expect::JpegFrame(_) => {
                let frame = jpeg::frame(window);
                self.found(frame.map(|(width, height, _)| (width, height)))?;
                self.expect = Expect::JpegMarker;
            }
            Expect::PngChunk => return self.png_chunk(window),
            Expect::PngHeader => {
                self.found(png::frame(window))?;
                self.skip = CHECKSUM_BYTES;
                self.expect = Expect::PngChunk;
            }
            Expect::WebpChunk => {
                let name = Reader::new(window).array().ok_or(IngestRefusal::Unreadable)?;
                self.expect = Expect::WebpFrame(name);
            }
            Expect::WebpFrame(name) => return self.webp_frame(name, window),
            Expect::End => {}
        }
        Ok(())
    }

    fn found(&mut self, size: Option<(u32, u32)>) -> Result<(), IngestRefusal> {
        let size = size.filter(|(width, height)| *width != 0 && *height != 0);
        if size.is_none() || self.size.is_some() {
            return Err(IngestRefusal::Unreadable);
        }
        self.size = size;
        Ok(())
    }

    fn start(&mut self, window: &[u8]) -> Result<(), IngestRefusal> {
        let format = sniff::format(window).ok_or(IngestRefusal::NotAnImage)?;
        self.format = Some(format);
        let understood = match format {
            Format::Jpeg => {
                self.expect = Expect::JpegMarker;
                2
            }
            Format::Png if window.starts_with(png::SIGNATURE) => {
                self.expect = Expect::PngChunk;
                png::SIGNATURE.len()
            }
            Format::Png => return Err(IngestRefusal::Unreadable),
            Format::Webp => {
                let size = Reader::at(window, 4).u32_le().ok_or(IngestRefusal::Unreadable)?;
                self.end = u64::from(size) + 8;
                self.expect = Expect::WebpChunk;
                SNIFF_BYTES
            }
        };
        self.walked = understood as u64;
        self.walk(window.get(understood..).unwrap_or_default())
    }

    /// The byte behind a 0xFF; `resume` is what goes on when it starts no segment.
    fn jpeg_code(&mut self, window: &[u8], resume: Expect) -> Result<(), IngestRefusal> {
        match window.first().copied().unwrap_or(0) {
            0xFF => {}
            0 | marker::TEM | marker::RST0..=marker::RST7 => self.expect = resume,
            marker::EOI if self.has_data => self.expect = Expect::End,
            marker::SOI | marker::EOI => return Err(IngestRefusal::Unreadable),
            code => self.expect = Expect::JpegLength(code),
        }
        Ok(())
    }

    fn jpeg_length(&mut self, code: u8, window: &[u8]) -> Result<(), IngestRefusal> {
        let length = Reader::new(window).u16_be().and_then(|length| length.checked_sub(2));
        let length = length.ok_or(IngestRefusal::Unreadable)?;
        if jpeg::is_frame(code) {
            let is_shown_by_browsers = matches!(code, marker::SOF0..=marker::SOF2);
            if !is_shown_by_browsers || !(1..=WINDOW_BYTES).contains(&usize::from(length)) {
                return Err(IngestRefusal::Unreadable);
            }
            self.expect = Expect::JpegFrame(usize::from(length));
            return Ok(());
        }
        self.skip = u64::from(length);
        self.expect = Expect::JpegMarker;
        if code == marker::SOS {
            if self.size.is_none() {
                return Err(IngestRefusal::Unreadable);
            }
            self.has_data = true;
            self.expect = Expect::JpegScan;
        }
        Ok(())
    }

    fn png_chunk(&mut self, window: &[u8]) -> Result<(), IngestRefusal> {
        let mut reader = Reader::new(window);
        let length = reader.u32_be().ok_or(IngestRefusal::Unreadable)?;
        let name = reader.array().ok_or(IngestRefusal::Unreadable)?;
        let is_first = self.size.is_none();
        match &name {
            b"IHDR" if is_first && length == 13 => {
                self.expect = Expect::PngHeader;
                return Ok(());
            }
            _ if is_first => return Err(IngestRefusal::Unreadable),
            b"IDAT" => self.has_data |= length > 0,
            b"IEND" if self.has_data => self.expect = Expect::End,
            b"IEND" | b"IHDR" => return Err(IngestRefusal::Unreadable),
            _ => {}
        }
        self.skip = u64::from(length) + CHECKSUM_BYTES;
        Ok(())
    }

    fn webp_frame(&mut self, name: [u8; 4], data: &[u8]) -> Result<(), IngestRefusal> {
        let size = match &name {
            b"VP8 " => webp::lossy_frame(data),
            b"VP8L" => webp::lossless_frame(data).map(|(width, height, _)| (width, height)),
            b"VP8X" => webp::extended_frame(data)
                .filter(|(flags, ..)| flags & webp::FLAG_ANIMATION == 0)
                .map(|(_, width, height)| (width, height)),
            _ => None,
        };
        self.found(size)?;
        self.skip = self.end.checked_sub(self.walked).ok_or(IngestRefusal::Unreadable)?;
        self.expect = Expect::End;
        Ok(())
    }
}
