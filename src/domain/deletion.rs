//! Deleting an account: asked for, cancelable until the last moment, due, taken apart step by step,
//! gone. Everything is counted before anything is deleted, so that a deletion which is interrupted
//! and goes on neither forgets a picture nor counts one twice.

use std::fmt;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::hex::hex;
use super::id::ID_BYTES;
use super::rules::Rules;
use super::time::{MINUTE_MS, Millis};

/// How long what began before the account's time was over may go on: the body of an upload takes 5
/// minutes at most, and the alarm that makes an export 15. What they still write is deleted too, so
/// the account's row waits for them.
pub const STRAGGLER_MS: i64 = 20 * MINUTE_MS;
/// Digests that a receipt names one by one; of more it has the chain, or it would fit into no mail.
pub const LISTED_MAX: usize = 500;
/// Characters between two dashes of a claim code.
const GROUP_CHARS: usize = 4;
/// Keeps this hash apart from every other use of a code.
const CLAIM_LABEL: &[u8] = b"deletion claim\0";

/// Whether the time of an account is over whose deletion is due at this moment: nothing of it may
/// be read any more.
pub fn is_over(due_at: Option<Millis>, now: Millis) -> bool {
    due_at.is_some_and(|at| now >= at)
}

/// A deletion that was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Schedule {
    /// When it was asked for.
    pub asked_at: Millis,
    /// When everything goes.
    pub due_at: Millis,
}

impl Schedule {
    /// One that is asked for now.
    pub const fn new(now: Millis, rules: &Rules) -> Self {
        Self { asked_at: now, due_at: now.plus(rules.deletion_delay_ms) }
    }

    /// Whether it can be taken back: until the last moment, and not at it.
    pub fn is_cancelable(&self, now: Millis) -> bool {
        now < self.due_at
    }

    /// Milliseconds that are left.
    pub fn left_ms(&self, now: Millis) -> i64 {
        self.due_at.since(now).max(0)
    }

    /// Whether nobody who was let in before can write anything any more.
    pub fn is_quiet(&self, now: Millis) -> bool {
        now.since(self.due_at) >= STRAGGLER_MS
    }
}

/// The code that opens the receipt. Shown once; only its hash is kept.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct ClaimCode([u8; ID_BYTES]);

impl ClaimCode {
    /// A code of these random bytes.
    pub const fn from_bytes(bytes: [u8; ID_BYTES]) -> Self {
        Self(bytes)
    }

    /// Reads a code as people type it: in any case, with spaces or dashes anywhere.
    pub fn parse(text: &str) -> Option<Self> {
        if text.len() > TYPED_BYTES_MAX {
            return None;
        }
        let mut digits = text.chars().filter(|c| !c.is_whitespace() && *c != '-');
        let mut bytes = [0; ID_BYTES];
        for byte in &mut bytes {
            let high = digits.next()?.to_digit(16)?;
            let low = digits.next()?.to_digit(16)?;
            *byte = u8::try_from(high * 16 + low).ok()?;
        }
        digits.next().is_none().then_some(Self(bytes))
    }

    /// What the database keeps of it.
    pub fn hash(&self) -> String {
        hex(&Sha256::digest([CLAIM_LABEL, &self.0].concat()))
    }
}

/// Longest text that is read as a code: its 32 digits with as much between them.
const TYPED_BYTES_MAX: usize = 4 * ID_BYTES;

impl fmt::Display for ClaimCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, digit) in hex(&self.0).chars().enumerate() {
            if index > 0 && index % GROUP_CHARS == 0 {
                f.write_str("-")?;
            }
            write!(f, "{digit}")?;
        }
        Ok(())
    }
}

impl fmt::Debug for ClaimCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ClaimCode(…)")
    }
}

/// What was counted. No identity is in it: a digest is salted, since whoever has a picture could
/// otherwise ask of any receipt whether it was in it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// Orders.
    pub orders: u64,
    /// Pictures and other files.
    pub objects: u64,
    /// Their bytes.
    pub bytes: u64,
    /// Salted digests of the first ones, lower-case hex.
    pub listed: Vec<String>,
    /// A digest over the salted digests of all, each hashed after the one before. Empty at first.
    pub chain: String,
    /// When the last order was made, if there was one: others keep copies counted from then.
    pub last_order_at: Option<i64>,
}

impl Tally {
    /// One more object. `sha256` is the digest of its bytes, in lower-case hex.
    pub fn add_object(&mut self, salt: &str, sha256: &str, bytes: u64) {
        let salted = hex(&Sha256::digest(format!("{salt}{sha256}")));
        self.chain = hex(&Sha256::digest(format!("{}{salted}", self.chain)));
        self.objects += 1;
        self.bytes += bytes;
        if self.listed.len() < LISTED_MAX {
            self.listed.push(salted);
        }
    }

    /// One more order, made at this moment.
    pub fn add_order(&mut self, at: Millis) {
        self.orders += 1;
        self.last_order_at = Some(self.last_order_at.map_or(at.0, |last| last.max(at.0)));
    }
}
