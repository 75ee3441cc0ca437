//! Zip files whose entries are stored as they are: pictures do not shrink a second time. Sizes and
//! checksums are known since the files came in, so the whole of a zip is planned before a byte of
//! it is read.

mod name;

use chrono::{DateTime, Datelike, Timelike};

use super::crc32::crc32;
use super::time::Millis;
use name::Names;

/// Files of one part: reading each is a call of the platform, which allows 10,000 an event.
pub const PART_ENTRIES_MAX: usize = 5_000;

/// One entry of a zip.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its path within the zip, made safe where it is not; see [`named`].
    pub name: String,
    /// When it was changed last. A zip counts two seconds at a time, from 1980 to 2107.
    pub modified: Millis,
    /// What is in it.
    pub content: Content,
}

/// The bytes of an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// At hand.
    Bytes(Vec<u8>),
    /// A range of a stored file.
    File {
        /// The file's key.
        key: String,
        /// First byte.
        offset: u64,
        /// Number of bytes.
        length: u64,
        /// Their checksum, from when they came in.
        crc32: u32,
    },
}

/// A stretch of a composed file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Segment {
    /// At hand.
    Bytes(Vec<u8>),
    /// A range of a stored file, never empty.
    File {
        /// The file's key.
        key: String,
        /// First byte.
        offset: u64,
        /// Number of bytes.
        length: u64,
    },
}

/// A zip that is ready to be written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Zip {
    /// Its bytes, one segment after the other.
    pub segments: Vec<Segment>,
    /// How many they are.
    pub length: u64,
}

/// The zip of these entries, in their order, under the names that [`named`] gives them.
pub fn plan(entries: Vec<Entry>) -> Zip {
    let mut zip = Zip::default();
    let mut directory = Vec::new();
    let mut count = 0;
    for entry in named(entries) {
        let header = Header::of(&entry, zip.length);
        directory.extend(header.central());
        zip.add(&header.local());
        match entry.content {
            Content::Bytes(bytes) => zip.add(&bytes),
            Content::File { key, offset, length, .. } => zip.add_file(key, offset, length),
        }
        count += 1;
    }
    let end = End { count, size: length_of(&directory), offset: zip.length };
    zip.add(&directory);
    zip.add(&end.bytes());
    zip
}

/// The entries of each part, in their order, so that [`plan`] makes a whole zip of each that has at
/// most so many bytes, and [`PART_ENTRIES_MAX`] entries. An entry that is too large for a part is
/// alone in one. No name is in two parts: all of them can be unpacked into one folder.
pub fn split(entries: Vec<Entry>, part_bytes_max: u64) -> Vec<Vec<Entry>> {
    let mut parts = Vec::new();
    let (mut part, mut lengths) = (Vec::new(), Lengths::default());
    for entry in named(entries) {
        let with = lengths.with(&entry);
        let fits = with.total() <= part_bytes_max && part.len() < PART_ENTRIES_MAX;
        if fits || part.is_empty() {
            lengths = with;
        } else {
            lengths = Lengths::default().with(&entry);
            parts.push(std::mem::take(&mut part));
        }
        part.push(entry);
    }
    if !part.is_empty() {
        parts.push(part);
    }
    parts
}

/// The entries with names that every system can unpack: relative, without `..`, control characters
/// and what some system forbids, and no two alike, for which one gets a number. Those that are so
/// already stay as they are, so who must know the names before may ask for them first.
pub fn named(entries: Vec<Entry>) -> Vec<Entry> {
    let mut names = Names::default();
    let rename = |entry: Entry| Entry { name: names.claim(&entry.name), ..entry };
    entries.into_iter().map(rename).collect()
}

impl Zip {
    fn add(&mut self, bytes: &[u8]) {
        self.length += length_of(bytes);
        if let Some(Segment::Bytes(last)) = self.segments.last_mut() {
            last.extend_from_slice(bytes);
        } else {
            self.segments.push(Segment::Bytes(bytes.to_vec()));
        }
    }

    fn add_file(&mut self, key: String, offset: u64, length: u64) {
        self.length += length;
        if length > 0 {
            self.segments.push(Segment::File { key, offset, length });
        }
    }
}

/// How long the parts of a zip become.
#[derive(Clone, Copy, Default)]
struct Lengths {
    count: u64,
    entries: u64,
    directory: u64,
}

impl Lengths {
    fn with(self, entry: &Entry) -> Self {
        let header = Header::of(entry, self.entries);
        Self {
            count: self.count + 1,
            entries: self.entries + length_of(&header.local()) + header.size,
            directory: self.directory + length_of(&header.central()),
        }
    }

    fn total(self) -> u64 {
        let end = End { count: self.count, size: self.directory, offset: self.entries };
        self.entries + self.directory + length_of(&end.bytes())
    }
}

const LOCAL: u32 = 0x0403_4b50;
const CENTRAL: u32 = 0x0201_4b50;
const END: u32 = 0x0605_4b50;
const END_64: u32 = 0x0606_4b50;
const LOCATOR_64: u32 = 0x0706_4b50;
/// The extra field with what does not fit into 32 bits.
const EXTRA_64: u16 = 1;
/// Which version of the format a reader must know: folders, and numbers of 64 bits.
const VERSION: u16 = 20;
const VERSION_64: u16 = 45;
/// The name is UTF-8.
const FLAGS: u16 = 1 << 11;
/// The bytes are stored as they are.
const STORED: u16 = 0;
/// Made on Unix, so that the attributes are its.
const MADE_BY: u16 = 3 << 8 | VERSION_64;
/// A plain file that its owner may change and everybody may read.
const ATTRIBUTES: u32 = 0o100_644 << 16;
/// Bytes of the larger end record after the field that says so.
const END_64_REST: u64 = 44;

/// What the zip says of an entry, before it and in the directory.
struct Header<'entry> {
    name: &'entry str,
    moment: (u16, u16),
    crc32: u32,
    size: u64,
    offset: u64,
}

impl<'entry> Header<'entry> {
    fn of(entry: &'entry Entry, offset: u64) -> Self {
        let (crc32, size) = match &entry.content {
            Content::Bytes(bytes) => (crc32(bytes), length_of(bytes)),
            Content::File { length, crc32, .. } => (*crc32, *length),
        };
        Self { name: &entry.name, moment: dos(entry.modified), crc32, size, offset }
    }

    fn local(&self) -> Vec<u8> {
        let extra = wide([self.size, self.size].into_iter().filter(|size| exceeds_32(*size)));
        let record = Record::default().u32(LOCAL);
        self.described(record, &extra).text(self.name).bytes(&extra).0
    }

    fn central(&self) -> Vec<u8> {
        let large = [self.size, self.size, self.offset].into_iter().filter(|one| exceeds_32(*one));
        let extra = wide(large);
        let record = Record::default().u32(CENTRAL).u16(MADE_BY);
        // No comment, on the first disk, no text.
        let record = self.described(record, &extra).u16(0).u16(0).u16(0);
        record.u32(ATTRIBUTES).u32(low_32(self.offset)).text(self.name).bytes(&extra).0
    }

    /// What both say.
    fn described(&self, record: Record, extra: &[u8]) -> Record {
        let (date, time) = self.moment;
        let version = if extra.is_empty() { VERSION } else { VERSION_64 };
        let record = record.u16(version).u16(FLAGS).u16(STORED).u16(time).u16(date);
        let size = low_32(self.size);
        record
            .u32(self.crc32)
            .u32(size)
            .u32(size)
            .u16(low_16(self.name.len()))
            .u16(low_16(extra.len()))
    }
}

/// The extra field of these numbers; empty without one.
fn wide(numbers: impl Iterator<Item = u64>) -> Vec<u8> {
    let numbers: Vec<u8> = numbers.flat_map(u64::to_le_bytes).collect();
    if numbers.is_empty() {
        return numbers;
    }
    Record::default().u16(EXTRA_64).u16(low_16(numbers.len())).bytes(&numbers).0
}

/// The end of a zip: where its directory lies.
struct End {
    count: u64,
    size: u64,
    offset: u64,
}

impl End {
    fn bytes(&self) -> Vec<u8> {
        let wide = exceeds_16(self.count) || exceeds_32(self.size) || exceeds_32(self.offset);
        let before = if wide { self.wide() } else { Record::default() };
        let count = u16::try_from(self.count).unwrap_or(u16::MAX);
        let record = before.u32(END).u16(0).u16(0).u16(count).u16(count);
        record.u32(low_32(self.size)).u32(low_32(self.offset)).u16(0).0
    }

    fn wide(&self) -> Record {
        let record = Record::default().u32(END_64).u64(END_64_REST).u16(MADE_BY).u16(VERSION_64);
        let record = record.u32(0).u32(0).u64(self.count).u64(self.count).u64(self.size);
        let record = record.u64(self.offset);
        // Where this record itself lies, on the first of one disk.
        record.u32(LOCATOR_64).u32(0).u64(self.offset + self.size).u32(1)
    }
}

/// A record of the format: numbers with their lowest byte first.
#[derive(Default)]
struct Record(Vec<u8>);

impl Record {
    fn bytes(mut self, bytes: &[u8]) -> Self {
        self.0.extend_from_slice(bytes);
        self
    }

    fn text(self, text: &str) -> Self {
        self.bytes(text.as_bytes())
    }

    fn u16(self, number: u16) -> Self {
        self.bytes(&number.to_le_bytes())
    }

    fn u32(self, number: u32) -> Self {
        self.bytes(&number.to_le_bytes())
    }

    fn u64(self, number: u64) -> Self {
        self.bytes(&number.to_le_bytes())
    }
}

fn length_of(bytes: &[u8]) -> u64 {
    u64::try_from(bytes.len()).unwrap_or(u64::MAX)
}

/// The largest number means that the true one is elsewhere.
fn exceeds_32(number: u64) -> bool {
    number >= u64::from(u32::MAX)
}

fn exceeds_16(number: u64) -> bool {
    number >= u64::from(u16::MAX)
}

fn low_32(number: u64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// Of a name, which has a limit far below, or of an extra field of at most three numbers.
fn low_16(length: usize) -> u16 {
    u16::try_from(length).unwrap_or(u16::MAX)
}

/// 1980-01-01 00:00:00, the first moment of a zip.
const FIRST_MS: i64 = 315_532_800_000;
/// 2107-12-31 23:59:58, the last one.
const LAST_MS: i64 = 4_354_819_198_000;

/// Date and time in the form of MS-DOS.
fn dos(moment: Millis) -> (u16, u16) {
    let moment = DateTime::from_timestamp_millis(moment.0.clamp(FIRST_MS, LAST_MS));
    let moment = moment.unwrap_or_default();
    let years = moment.year().saturating_sub(1980).unsigned_abs();
    let date = years << 9 | moment.month() << 5 | moment.day();
    let time = moment.hour() << 11 | moment.minute() << 5 | (moment.second() / 2);
    (u16::try_from(date).unwrap_or(u16::MAX), u16::try_from(time).unwrap_or(u16::MAX))
}
