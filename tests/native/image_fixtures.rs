//! Pictures made by hand, byte by byte, independent of the walkers they test. Those without
//! `planted` parts are whole and every decoder shows them.

/// A place for a text that must not survive.
pub const CANARY: &[u8] = b"CANARY-Ada-Lovelace-51.5-0.1";

/// Rows of pixels that are really there: larger pictures are tested by their headers alone.
const ROWS_MAX: u16 = 264;

/// Bits, most significant first, with a zero stuffed behind each 0xFF.
struct JpegBits {
    bytes: Vec<u8>,
    byte: u8,
    used: u8,
}

impl JpegBits {
    const fn new() -> Self {
        Self { bytes: vec![], byte: 0, used: 0 }
    }

    fn push(&mut self, bits: &str) {
        for bit in bits.bytes() {
            self.byte = self.byte << 1 | (bit - b'0');
            self.used += 1;
            if self.used == 8 {
                self.bytes.push(self.byte);
                if self.byte == 0xFF {
                    self.bytes.push(0);
                }
                (self.byte, self.used) = (0, 0);
            }
        }
    }

    fn pad(&mut self) {
        while self.used != 0 {
            self.push("1");
        }
    }
}

pub fn segment(code: u8, payload: &[u8]) -> Vec<u8> {
    let length = u16::try_from(payload.len() + 2).unwrap();
    [&[0xFF, code][..], &length.to_be_bytes(), payload].concat()
}

pub fn jfif(thumbnail: &[u8]) -> Vec<u8> {
    let pixels = u8::try_from(thumbnail.len() / 3).unwrap();
    segment(0xE0, &[b"JFIF\0\x01\x02\x01\0\x48\0\x48", &[pixels, 1][..], thumbnail].concat())
}

pub fn jpeg_exif(tiff: &[u8]) -> Vec<u8> {
    segment(0xE1, &[b"Exif\0\0", tiff].concat())
}

/// The profile in pieces of at most `piece` bytes.
pub fn jpeg_icc(profile: &[u8], piece: usize) -> Vec<u8> {
    let count = u8::try_from(profile.len().div_ceil(piece)).unwrap();
    let pieces = (1..).zip(profile.chunks(piece));
    let segment =
        |(number, piece)| segment(0xE2, &[b"ICC_PROFILE\0", &[number, count][..], piece].concat());
    pieces.flat_map(segment).collect()
}

fn quantization() -> Vec<u8> {
    segment(0xDB, &[&[0][..], &[1; 64]].concat())
}

fn frame(code: u8, width: u16, height: u16) -> Vec<u8> {
    let [w0, w1] = width.to_be_bytes();
    let [h0, h1] = height.to_be_bytes();
    segment(code, &[8, h0, h1, w0, w1, 1, 1, 0x11, 0])
}

/// Codes "0" for no difference and "10" for a difference of eight bits.
fn huffman_dc() -> Vec<u8> {
    let counts = [1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    segment(0xC4, &[&[0x00][..], &counts, &[0, 8]].concat())
}

/// Code "0" for the end of a block.
fn huffman_ac() -> Vec<u8> {
    let counts = [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    segment(0xC4, &[&[0x10][..], &counts, &[0]].concat())
}

/// Blocks of one row and column for each eight pixels; a restart marker behind each row; a row
/// holds one 0xFF, which is stuffed.
fn scan(width: u16, height: u16, head: &[u8], blocks: impl Fn(u16) -> &'static str) -> Vec<u8> {
    let mut data = segment(0xDA, head);
    let rows = height.div_ceil(8);
    for row in 0..rows {
        let mut bits = JpegBits::new();
        for column in 0..width.div_ceil(8) {
            bits.push(blocks(column));
        }
        bits.pad();
        data.extend(bits.bytes);
        if row + 1 < rows {
            data.extend([0xFF, 0xD0 + u8::try_from(row % 8).unwrap()]);
        }
    }
    data
}

/// A baseline JPEG, grey, with these segments in front of its tables.
pub fn jpeg(width: u16, height: u16, planted: &[Vec<u8>]) -> Vec<u8> {
    jpeg_of(0xC0, width, height, planted)
}

/// The same with any frame header code.
pub fn jpeg_of(code: u8, width: u16, height: u16, planted: &[Vec<u8>]) -> Vec<u8> {
    let restart = segment(0xDD, &width.div_ceil(8).to_be_bytes());
    let block = |column| if column == 3 { "10111111110" } else { "00" };
    let data = scan(width, height.min(ROWS_MAX), &[1, 1, 0, 0, 63, 0], block);
    let parts = [
        vec![0xFF, 0xD8],
        planted.concat(),
        quantization(),
        frame(code, width, height),
        huffman_dc(),
        huffman_ac(),
        restart,
        data,
        vec![0xFF, 0xD9],
    ];
    parts.concat()
}

/// A progressive JPEG of two scans, with these segments between the scans.
pub fn progressive(width: u16, height: u16, between: &[Vec<u8>]) -> Vec<u8> {
    let restart = segment(0xDD, &width.div_ceil(8).to_be_bytes());
    let first = |column| if column == 3 { "1011111111" } else { "0" };
    let parts = [
        vec![0xFF, 0xD8],
        quantization(),
        frame(0xC2, width, height),
        huffman_dc(),
        restart,
        scan(width, height.min(ROWS_MAX), &[1, 1, 0, 0, 0, 0], first),
        between.concat(),
        huffman_ac(),
        scan(width, height.min(ROWS_MAX), &[1, 1, 0, 1, 63, 0], |_| "0"),
        vec![0xFF, 0xD9],
    ];
    parts.concat()
}

pub const PNG_SIGNATURE: &[u8] = b"\x89PNG\r\n\x1A\n";

/// The checksum of PNG, bit by bit.
fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
            if crc & 1 == 1 { crc >> 1 ^ 0xEDB8_8320 } else { crc >> 1 }
        })
    })
}

pub fn chunk(name: [u8; 4], data: &[u8]) -> Vec<u8> {
    let named = [&name, data].concat();
    let length = u32::try_from(data.len()).unwrap();
    [&length.to_be_bytes()[..], &named, &crc(&named).to_be_bytes()].concat()
}

/// Bits, least significant first.
#[derive(Default)]
struct LowBits {
    bytes: Vec<u8>,
    used: usize,
}

impl LowBits {
    /// `bits` as text, in the order in which they are read.
    fn push(&mut self, bits: &str) {
        for bit in bits.bytes() {
            if self.used.is_multiple_of(8) {
                self.bytes.push(0);
            }
            *self.bytes.last_mut().unwrap() |= (bit - b'0') << (self.used % 8);
            self.used += 1;
        }
    }
}

/// A zlib stream of so many zeros: one literal, repeats of 258, literals.
fn zlib_zeros(count: usize) -> Vec<u8> {
    let mut bits = LowBits::default();
    bits.push("110");
    bits.push("00110000");
    for _ in 0..(count - 1) / 258 {
        bits.push("1100010100000");
    }
    for _ in 0..(count - 1) % 258 {
        bits.push("00110000");
    }
    bits.push("0000000");
    let adler = u32::try_from(count % 65_521).unwrap() << 16 | 1;
    [&[0x78, 0x01][..], &bits.bytes, &adler.to_be_bytes()].concat()
}

/// A zlib stream of these bytes: literals only.
pub fn zlib(bytes: &[u8]) -> Vec<u8> {
    let mut bits = LowBits::default();
    bits.push("110");
    let (mut low, mut high) = (1_u32, 0_u32);
    for byte in bytes {
        let number = u16::from(*byte);
        let code = if number < 144 {
            format!("{:08b}", 48 + number)
        } else {
            format!("{:09b}", 256 + number)
        };
        bits.push(&code);
        low = (low + u32::from(*byte)) % 65_521;
        high = (high + low) % 65_521;
    }
    bits.push("0000000");
    [&[0x78, 0x01][..], &bits.bytes, &(high << 16 | low).to_be_bytes()].concat()
}

pub fn ihdr(width: u32, height: u32) -> Vec<u8> {
    ihdr_of(width, height, 0)
}

/// IHDR of one bit a pixel with a colour type: 0 grey, 3 palette.
pub fn ihdr_of(width: u32, height: u32, colour: u8) -> Vec<u8> {
    let sides = [width.to_be_bytes(), height.to_be_bytes()].concat();
    chunk(*b"IHDR", &[&sides[..], &[1, colour, 0, 0, 0]].concat())
}

pub fn iccp(profile: &[u8]) -> Vec<u8> {
    chunk(*b"iCCP", &[CANARY, &[0, 0], &zlib(profile)].concat())
}

/// A PNG of one bit a pixel, black, with these chunks before and behind the image data.
pub fn png(width: u32, height: u32, before: &[Vec<u8>], behind: &[Vec<u8>]) -> Vec<u8> {
    let row = 1 + usize::try_from(width.div_ceil(8)).unwrap();
    let rows = usize::try_from(height.min(u32::from(ROWS_MAX))).unwrap();
    let data = zlib_zeros(row * rows);
    let (first, second) = data.split_at(20);
    let parts = [
        PNG_SIGNATURE.to_vec(),
        ihdr(width, height),
        before.concat(),
        chunk(*b"IDAT", first),
        chunk(*b"IDAT", second),
        behind.concat(),
        chunk(*b"IEND", &[]),
    ];
    parts.concat()
}

pub fn riff_chunk(name: [u8; 4], data: &[u8]) -> Vec<u8> {
    let length = u32::try_from(data.len()).unwrap();
    let pad = if data.len() % 2 == 1 { &[0][..] } else { &[] };
    [&name, &length.to_le_bytes()[..], data, pad].concat()
}

pub fn riff(chunks: &[Vec<u8>]) -> Vec<u8> {
    let body = [b"WEBP", &chunks.concat()[..]].concat();
    let length = u32::try_from(body.len()).unwrap();
    [b"RIFF", &length.to_le_bytes()[..], &body].concat()
}

/// A lossless image chunk of one colour: five codes of one symbol each, and no pixel needs a bit.
pub fn vp8l(width: u32, height: u32) -> Vec<u8> {
    let mut bits = LowBits::default();
    let number = |number: u32| format!("{number:014b}").chars().rev().collect::<String>();
    bits.push(&number(width - 1));
    bits.push(&number(height - 1));
    // No transparency, version 0; no transform, no cache, one group of codes.
    bits.push("0000");
    bits.push("000");
    bits.push(&"1000".repeat(5));
    riff_chunk(*b"VP8L", &[&[0x2F], &bits.bytes[..]].concat())
}

/// A lossy image chunk with a right header; its partition is no picture.
pub fn vp8(width: u16, height: u16) -> Vec<u8> {
    let partition = [0x5A; 33];
    let tag = u32::try_from(partition.len()).unwrap() << 5 | 0x10;
    let [t0, t1, t2, _] = tag.to_le_bytes();
    let sides = [width.to_le_bytes(), height.to_le_bytes()].concat();
    riff_chunk(*b"VP8 ", &[&[t0, t1, t2, 0x9D, 0x01, 0x2A], &sides[..], &partition].concat())
}

pub fn vp8x(flags: u8, width: u32, height: u32) -> Vec<u8> {
    let [[w0, w1, w2, _], [h0, h1, h2, _]] = [width, height].map(|side| (side - 1).to_le_bytes());
    riff_chunk(*b"VP8X", &[flags, 0, 0, 0, w0, w1, w2, h0, h1, h2])
}

/// A TIFF file as cameras write it: orientation, maker, GPS directory, and a second directory with
/// a thumbnail. `is_little` is the byte order.
pub fn tiff(orientation: u16, is_little: bool) -> Vec<u8> {
    let short = |n: u16| if is_little { n.to_le_bytes() } else { n.to_be_bytes() }.to_vec();
    let long = |n: u32| if is_little { n.to_le_bytes() } else { n.to_be_bytes() }.to_vec();
    let length = u32::try_from(CANARY.len()).unwrap();
    let entry = |tag, kind, count, value: Vec<u8>| {
        let pad = vec![0; 4 - value.len()];
        [short(tag), short(kind), long(count), value, pad].concat()
    };
    let (directory, gps, text) = (8, 8 + 2 + 36 + 4, 8 + 42 + 18);
    let parts = [
        if is_little { b"II*\0".to_vec() } else { b"MM\0*".to_vec() },
        long(directory),
        short(3),
        entry(0x010F, 2, length, long(text)),
        entry(0x0112, 3, 1, short(orientation)),
        entry(0x8825, 4, 1, long(gps)),
        long(text + length),
        short(1),
        entry(0x001D, 2, length, long(text)),
        long(0),
        CANARY.to_vec(),
        short(0),
        long(0),
        CANARY.to_vec(),
    ];
    parts.concat()
}

/// A curve of this many points.
pub fn curve(points: u16) -> Vec<u8> {
    let numbers = (0..points).flat_map(|n| (n.wrapping_mul(251)).to_be_bytes());
    let head = [b"curv\0\0\0\0", &u32::from(points).to_be_bytes()[..]].concat();
    head.into_iter().chain(numbers).collect()
}

/// A colour of the profile's primaries.
pub fn colorant(seed: u8) -> Vec<u8> {
    let numbers = (0..12).map(|n| n * 17 + seed);
    b"XYZ \0\0\0\0".iter().copied().chain(numbers).collect()
}

/// A version 2 profile of three primaries and one shared curve, with texts, a date, device names,
/// a private element, and bytes that no element accounts for.
pub fn profile(curve_points: u16) -> Vec<u8> {
    let description = [b"desc\0\0\0\0\0\0\0\x1D", CANARY, &[0; 79]].concat();
    let copyright = [b"text\0\0\0\0", CANARY].concat();
    let long_colorant = [colorant(3), CANARY.to_vec()].concat();
    let curve = curve(curve_points);
    profile_of(&[
        (b"desc", description),
        (b"cprt", copyright),
        (b"rXYZ", colorant(1)),
        (b"gXYZ", colorant(2)),
        (b"bXYZ", long_colorant),
        (b"rTRC", curve.clone()),
        (b"gTRC", curve.clone()),
        (b"bTRC", curve),
        (b"mmod", [b"mmod\0\0\0\0", CANARY].concat()),
    ])
}

/// A profile of these elements, with texts in its header and between the elements.
pub fn profile_of(elements: &[(&[u8; 4], Vec<u8>)]) -> Vec<u8> {
    let mut header = vec![0; 128];
    header[4..8].copy_from_slice(b"CANA");
    header[8..24].copy_from_slice(b"\x02\x40\0\0mntrRGB XYZ ");
    header[24..40].copy_from_slice(b"CANARY-CANARacsp");
    header[48..56].copy_from_slice(b"CANARY--");
    header[80..106].copy_from_slice(&CANARY[..26]);
    let mut table = u32::try_from(elements.len()).unwrap().to_be_bytes().to_vec();
    let mut data = vec![];
    for (tag, element) in elements {
        let offset = u32::try_from(128 + 4 + 12 * elements.len() + data.len()).unwrap();
        table.extend(**tag);
        table.extend(offset.to_be_bytes());
        table.extend(u32::try_from(element.len()).unwrap().to_be_bytes());
        data.extend(element);
        data.extend(CANARY);
        data.resize(data.len().next_multiple_of(4), 0);
    }
    let mut profile = [header, table, data].concat();
    let length = u32::try_from(profile.len()).unwrap();
    profile[..4].copy_from_slice(&length.to_be_bytes());
    profile
}
