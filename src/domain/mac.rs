//! HMAC-SHA256, the only keyed hash of the product: signed links, ids, network keys, webhooks.

use hmac::{Hmac, KeyInit, Mac, digest::Key};
use sha2::{Digest, Sha256};

/// Length of a whole tag: 32 bytes.
pub const TAG_BYTES_MAX: usize = 32;
/// Shortest tag that [`matches`] accepts: 16 bytes = 128 bits.
pub const TAG_BYTES_MIN: usize = 16;

/// The first `N` bytes, 16 to 32, of the tag of `parts`, read one after the other. The caller
/// frames them (fixed lengths or length prefixes): two ways of cutting the same bytes have the same
/// tag.
pub fn tag<const N: usize>(key: &[u8], parts: &[&[u8]]) -> [u8; N] {
    const { assert!(N >= TAG_BYTES_MIN && N <= TAG_BYTES_MAX, "a tag has 16 to 32 bytes") };
    let whole: [u8; TAG_BYTES_MAX] = keyed(key, parts).finalize().into_bytes().into();
    let mut tag = [0; N];
    for (to, from) in tag.iter_mut().zip(whole) {
        *to = from;
    }
    tag
}

/// Whether `tag` is the tag of `parts`, whole or cut to 16 bytes or more. Takes the same time
/// wherever the first difference is.
pub fn matches(key: &[u8], parts: &[&[u8]], tag: &[u8]) -> bool {
    tag.len() >= TAG_BYTES_MIN && keyed(key, parts).verify_truncated_left(tag).is_ok()
}

/// Length of a short tag: 64 bits, for what gains nobody anything when it is forged.
pub const SHORT_TAG_BYTES: usize = 8;

/// The first 8 bytes of the tag of `parts`.
pub fn short_tag(key: &[u8], parts: &[&[u8]]) -> [u8; SHORT_TAG_BYTES] {
    let [tag @ .., _, _, _, _, _, _, _, _] = tag::<TAG_BYTES_MIN>(key, parts);
    tag
}

/// Whether `short` is the short tag of `parts`. Takes the same time wherever the first difference
/// is.
pub fn matches_short(key: &[u8], parts: &[&[u8]], short: &[u8; SHORT_TAG_BYTES]) -> bool {
    keyed(key, parts).verify_truncated_left(short).is_ok()
}

fn keyed(key: &[u8], parts: &[&[u8]]) -> Hmac<Sha256> {
    // RFC 2104: a key longer than the block is hashed, a shorter one padded with zeros. Done here
    // because a key of exactly one block is the form that cannot fail.
    let hashed;
    let key = if key.len() > Key::<Hmac<Sha256>>::default().len() {
        hashed = Sha256::digest(key);
        hashed.as_slice()
    } else {
        key
    };
    let mut block = Key::<Hmac<Sha256>>::default();
    for (to, from) in block.iter_mut().zip(key) {
        *to = *from;
    }
    parts.iter().fold(Hmac::new(&block), Mac::chain_update)
}
