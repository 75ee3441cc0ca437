//! The secret of one sign-in, which its browser keeps in a cookie. State, nonce and PKCE verifier
//! are derived from it, so that all three belong to that browser and to that one sign-in.

use std::fmt;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256};

use crate::domain::mac::{self, TAG_BYTES_MAX};

/// Random bytes of the secret.
pub const SECRET_BYTES: usize = 32;
/// Characters of the secret as text, and of each value that is derived from it.
pub const TEXT_LENGTH: usize = 43;

/// Each value has a label of its own: who sees the state, which passes through addresses and
/// histories, learns nothing of the verifier.
const STATE: &[u8] = b"sign-in state\0";
const NONCE: &[u8] = b"sign-in nonce\0";
const VERIFIER: &[u8] = b"sign-in verifier\0";

/// What the `__Host-sign_in` cookie holds.
#[derive(Clone, PartialEq, Eq)]
pub struct SignInSecret([u8; SECRET_BYTES]);

impl SignInSecret {
    /// The secret of these random bytes.
    pub const fn from_bytes(bytes: [u8; SECRET_BYTES]) -> Self {
        Self(bytes)
    }

    /// Reads the cookie's value; `None` for anything else, also for a second spelling.
    pub fn parse(text: &str) -> Option<Self> {
        decoded(text).map(Self)
    }

    /// What goes through the identity provider and comes back in the address.
    pub fn state(&self) -> String {
        self.derived(STATE)
    }

    /// What the id token must repeat.
    pub fn nonce(&self) -> String {
        self.derived(NONCE)
    }

    /// The PKCE verifier: goes only to the token endpoint.
    pub fn verifier(&self) -> String {
        self.derived(VERIFIER)
    }

    /// The PKCE challenge, S256: base64url of the verifier's SHA-256.
    pub fn challenge(&self) -> String {
        URL_SAFE_NO_PAD.encode(Sha256::digest(self.verifier()))
    }

    /// Whether `text` is this sign-in's state. Takes the same time wherever it differs.
    pub fn matches_state(&self, text: &str) -> bool {
        self.matches(STATE, text)
    }

    /// Whether `text` is this sign-in's nonce. Takes the same time wherever it differs.
    pub fn matches_nonce(&self, text: &str) -> bool {
        self.matches(NONCE, text)
    }

    fn derived(&self, label: &[u8]) -> String {
        URL_SAFE_NO_PAD.encode(mac::tag::<TAG_BYTES_MAX>(&self.0, &[label]))
    }

    fn matches(&self, label: &[u8], text: &str) -> bool {
        decoded(text).is_some_and(|tag| mac::matches(&self.0, &[label], &tag))
    }
}

/// 32 bytes in their one spelling.
fn decoded(text: &str) -> Option<[u8; SECRET_BYTES]> {
    if text.len() != TEXT_LENGTH {
        return None;
    }
    URL_SAFE_NO_PAD.decode(text).ok()?.try_into().ok()
}

impl fmt::Display for SignInSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&URL_SAFE_NO_PAD.encode(self.0))
    }
}

impl fmt::Debug for SignInSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SignInSecret(…)")
    }
}
