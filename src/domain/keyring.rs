//! The secrets that sign what we hand out: links to pictures, ids of orders.

use std::fmt;

use sha2::{Digest, Sha256};

/// Least length of a signing secret: 32 bytes, the strength of the hash.
pub const SECRET_BYTES_MIN: usize = 32;

/// One signing secret and the id by which tokens name it.
#[derive(Clone)]
pub struct Key {
    pub(super) id: u8,
    pub(super) secret: Vec<u8>,
}

impl Key {
    /// A key of this secret; `None` when it is shorter than [`SECRET_BYTES_MIN`]. The id is derived
    /// from the secret, so rotation is moving one secret from "current" to "previous" and nothing
    /// else; two keys that share an id are both tried.
    pub fn new(secret: &[u8]) -> Option<Self> {
        if secret.len() < SECRET_BYTES_MIN {
            return None;
        }
        let digest = Sha256::new().chain_update(b"key id\0").chain_update(secret).finalize();
        Some(Self { id: *digest.first()?, secret: secret.to_vec() })
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(…)")
    }
}

/// The keys that are alive: the current one signs, both verify.
#[derive(Clone, Debug)]
pub struct Keyring {
    /// Signs what is new.
    pub current: Key,
    /// Still verifies what it signed, until the operator takes it away.
    pub previous: Option<Key>,
}

impl Keyring {
    /// Every key whose signature is good.
    pub(super) fn living(&self) -> impl Iterator<Item = &Key> {
        [Some(&self.current), self.previous.as_ref()].into_iter().flatten()
    }
}
