//! Idempotency: the key that a client chooses, and the fingerprint that tells a repeated request
//! from another one under the same key.

use std::fmt;

use sha2::{Digest, Sha256};

use super::options::Options;
use super::order::Role;
use super::refusal::{Code, Refusal};

/// Longest Idempotency-Key, in characters.
pub const IDEMPOTENCY_KEY_LENGTH_MAX: usize = 255;
/// Length of a fingerprint: 32 bytes.
pub const FINGERPRINT_BYTES: usize = 32;

/// A client's Idempotency-Key: 1 to 255 visible ASCII characters, compared as they are.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct IdempotencyKey(String);

impl IdempotencyKey {
    /// Reads the header's value; anything else is refused with the header's name.
    pub fn parse(value: &[u8]) -> Result<Self, Refusal> {
        let length_is_good = (1..=IDEMPOTENCY_KEY_LENGTH_MAX).contains(&value.len());
        match str::from_utf8(value) {
            Ok(text) if length_is_good && value.iter().all(u8::is_ascii_graphic) => {
                Ok(Self(text.to_owned()))
            }
            Ok(_) | Err(_) => Err(Refusal::field(
                Code::InputInvalid,
                "Idempotency-Key",
                "The header Idempotency-Key must have 1 to 255 visible ASCII characters, without \
                 spaces. Send a random value such as a UUID.",
            )),
        }
    }

    /// The key as the client wrote it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for IdempotencyKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Whatever a client puts here may name a person.
        f.write_str("IdempotencyKey(…)")
    }
}

/// What an order request asks for, as 32 bytes: SHA-256 over the parsed fields and the digest of
/// each file in the order of upload. Two bodies that mean the same (another multipart boundary,
/// other file names, fields in another order) have one fingerprint. Digests are those of the files
/// as they are stored, metadata removed: the same photo is the same photo.
///
/// Every part is preceded by its length, so no two requests become the same bytes by moving a
/// boundary.
pub fn fingerprint(
    options: &Options,
    consent: bool,
    files: &[(Role, [u8; 32])],
) -> [u8; FINGERPRINT_BYTES] {
    let Options {
        category,
        garment_photo_type,
        look_style,
        focus,
        resolution,
        aspect_ratio,
        output_format,
        instructions,
    } = options;
    let mut hash = Sha256::new();
    for field in [
        "order fingerprint 1",
        category.as_str(),
        garment_photo_type.as_str(),
        look_style.as_str(),
        focus.as_str(),
        resolution.as_str(),
        aspect_ratio.as_str(),
        output_format.as_str(),
        if instructions.is_some() { "with instructions" } else { "without instructions" },
        instructions.as_deref().unwrap_or_default(),
        if consent { "consent" } else { "no consent" },
    ] {
        part(&mut hash, field.as_bytes());
    }
    for (role, digest) in files {
        part(&mut hash, role.as_str().as_bytes());
        part(&mut hash, digest);
    }
    hash.finalize().into()
}

fn part(hash: &mut Sha256, bytes: &[u8]) {
    // `usize` is 4 bytes in the Worker and 8 in a native test; both must agree.
    hash.update((bytes.len() as u64).to_be_bytes());
    hash.update(bytes);
}
