//! CRC-32 as in zip, gzip and PNG. It reads every byte of every photo, sixteen at a step.

use std::sync::LazyLock;

const POLYNOMIAL: u32 = 0xEDB8_8320;

/// What a byte does to the checksum, by how many bytes follow it in its step.
type Tables = [[u32; 256]; 16];

/// Made at the first use, in some ten microseconds: as constants they are 16 KB which no
/// compression makes smaller, a thirtieth of the Worker.
static TABLES: LazyLock<Box<Tables>> = LazyLock::new(tables);

fn tables() -> Box<Tables> {
    let mut tables: Box<Tables> = Box::new([[0; 256]; 16]);
    let mut before = [0; 256];
    for (entry, byte) in before.iter_mut().zip(0..) {
        *entry =
            (0..8).fold(
                byte,
                |rest: u32, _| {
                    if rest & 1 == 1 { (rest >> 1) ^ POLYNOMIAL } else { rest >> 1 }
                },
            );
    }
    let one = before;
    for table in tables.iter_mut() {
        *table = before;
        before = before.map(|rest| shifted(&one, rest));
    }
    tables
}

/// The checksum after one more byte of zero.
fn shifted(one: &[u32; 256], rest: u32) -> u32 {
    let [low, ..] = rest.to_le_bytes();
    (rest >> 8) ^ at(one, low)
}

/// A byte is no index too large, so this cannot miss and is compiled without a branch.
fn at(table: &[u32; 256], byte: u8) -> u32 {
    table.get(usize::from(byte)).copied().unwrap_or(0)
}

/// The checksum of the bytes so far.
#[derive(Clone, Copy, Debug)]
pub struct Crc32(u32);

impl Crc32 {
    /// Of no bytes.
    pub const fn new() -> Self {
        Self(!0)
    }

    /// Takes the next bytes, however they are cut.
    pub fn update(&mut self, bytes: &[u8]) {
        let tables = &**TABLES;
        let (steps, rest) = bytes.as_chunks::<16>();
        let mut crc = self.0;
        for step in steps {
            crc = stepped(tables, crc, step);
        }
        let [one, ..] = tables;
        for byte in rest {
            crc = shifted(one, crc ^ u32::from(*byte));
        }
        self.0 = crc;
    }

    /// The checksum.
    pub const fn finish(self) -> u32 {
        !self.0
    }
}

/// The checksum of these bytes.
pub fn crc32(bytes: &[u8]) -> u32 {
    let mut crc = Crc32::new();
    crc.update(bytes);
    crc.finish()
}

impl Default for Crc32 {
    fn default() -> Self {
        Self::new()
    }
}

/// Written out, since no loop of sixteen is unrolled where the compiler saves bytes.
fn stepped(tables: &Tables, crc: u32, step: &[u8; 16]) -> u32 {
    let [t0, t1, t2, t3, t4, t5, t6, t7, t8, t9, t10, t11, t12, t13, t14, t15] = tables;
    let [b0, b1, b2, b3, b4, b5, b6, b7, b8, b9, b10, b11, b12, b13, b14, b15] = *step;
    let [c0, c1, c2, c3] = crc.to_le_bytes();
    let first = at(t15, b0 ^ c0) ^ at(t14, b1 ^ c1) ^ at(t13, b2 ^ c2) ^ at(t12, b3 ^ c3);
    let second = at(t11, b4) ^ at(t10, b5) ^ at(t9, b6) ^ at(t8, b7);
    let third = at(t7, b8) ^ at(t6, b9) ^ at(t5, b10) ^ at(t4, b11);
    first ^ second ^ third ^ at(t3, b12) ^ at(t2, b13) ^ at(t1, b14) ^ at(t0, b15)
}
