//! A visitor's network and the pseudonym under which its use is counted. The address itself is
//! stored nowhere: only a keyed hash of its prefix, with another value each day.
//!
//! # How the limiter uses the two keys
//! A limit must not start afresh at midnight only because the pseudonym changed, so:
//! 1. The state lives under [`Keys::today`], in one of the day's [`LIMITERS`] objects.
//! 2. When that object has no such state yet, it asks the object of [`Keys::yesterday`] once,
//!    takes over its timestamps (they are absolute times, hence valid as they are; none is a state
//!    too) and from then on never asks again. So a network costs one call per order and one more on
//!    its first order of a day. The question and the first check happen while the object lets no
//!    other request in; otherwise two first orders could both start from the copied state.
//! 3. Yesterday's object only answers; it is neither written nor created by the question. An order
//!    that was keyed just before midnight and arrives just after the copy is counted there and
//!    forgotten: at most the requests in flight at that moment.
//! 4. A state is of no use once its day is no longer yesterday: [`useless_from`]. A rate whose
//!    period is longer than a day would need more than one day back; none has.

use std::fmt;
use std::net::IpAddr;

use super::mac;
use super::time::{DAY_MS, Millis};

/// Days that a network is counted for, the one of its order and the following.
pub const KEPT_DAYS: i64 = 2;
/// Objects that a day's networks are spread over, by their pseudonyms. One alarm and one deletion
/// forget all that an object has counted, and are billed: few objects share them among many
/// orders. One object answers some 1,000 questions a second, and the global cap lets 33 orders a
/// minute pass, so this many leave room for a storm of refused ones.
pub const LIMITERS: u8 = 16;
/// Bytes of a network's pseudonym: 16 bytes = 128 bits, no two networks meet.
pub const KEY_BYTES: usize = 16;

/// The part of a client's address that one household or office shares.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Prefix {
    /// The first 24 bits of an IPv4 address, also of one that is mapped into IPv6.
    V4(u32),
    /// The first 64 bits of an IPv6 address: the least that a provider hands to one customer.
    V6(u64),
    /// No address or an unreadable one: all such clients share one bucket, so that hiding the
    /// address gains nothing.
    Unknown,
}

impl Prefix {
    /// The prefix of an address as text.
    pub fn of(address: &str) -> Self {
        match address.trim().parse::<IpAddr>().map(|address| address.to_canonical()) {
            Ok(IpAddr::V4(address)) => Self::V4(address.to_bits() >> 8),
            Ok(IpAddr::V6(address)) => {
                u64::try_from(address.to_bits() >> 64).map_or(Self::Unknown, Self::V6)
            }
            Err(_) => Self::Unknown,
        }
    }

    /// The family and the bits: no two prefixes share both.
    const fn parts(self) -> (u8, u64) {
        match self {
            Self::V4(bits) => (4, bits as u64),
            Self::V6(bits) => (6, bits),
            Self::Unknown => (0, 0),
        }
    }
}

/// A network's pseudonym for one day; as text 32 hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct PrefixKey {
    day: i64,
    hash: [u8; KEY_BYTES],
}

impl PrefixKey {
    /// Names the object that counts this network, and others of the same day.
    pub fn limiter(&self) -> String {
        let [first, ..] = self.hash;
        format!("{}-{:x}", self.day, first % LIMITERS)
    }
}

impl fmt::Display for PrefixKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.hash.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for PrefixKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // It stands for a person's network for a day: no log may hold it.
        f.write_str("PrefixKey(…)")
    }
}

/// The pseudonym of `prefix` on `day` (days since the epoch, UTC).
pub fn prefix_key(secret: &[u8], prefix: Prefix, day: i64) -> PrefixKey {
    let (family, bits) = prefix.parts();
    let bits = bits.to_be_bytes();
    let hash = mac::tag(secret, &[b"network of a day\0", &day.to_be_bytes(), &[family], &bits]);
    PrefixKey { day, hash }
}

/// The two pseudonyms that a check at one moment needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Keys {
    /// Under which is counted.
    pub today: PrefixKey,
    /// Under which was counted until midnight UTC.
    pub yesterday: PrefixKey,
}

/// The keys of a client's address at `now`.
pub fn keys(secret: &[u8], address: &str, now: Millis) -> Keys {
    let yesterday = prefix_key(secret, Prefix::of(address), now.day().saturating_sub(1));
    Keys { today: today(secret, address, now), yesterday }
}

/// The first of [`keys`], which most requests need alone.
pub fn today(secret: &[u8], address: &str, now: Millis) -> PrefixKey {
    prefix_key(secret, Prefix::of(address), now.day())
}

/// When a state first written at `written` can be thrown away: the end of the following UTC day.
pub const fn useless_from(written: Millis) -> Millis {
    Millis(written.day().saturating_add(KEPT_DAYS).saturating_mul(DAY_MS))
}
