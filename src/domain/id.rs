//! Identifiers. An id that is somebody's private link carries 128 random bits of its own; the
//! caller supplies the randomness.

use std::fmt;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};

/// Random bytes behind every secret id: 16 bytes = 128 bits.
pub const ID_BYTES: usize = 16;
/// Length of an id as text: 16 bytes in unpadded base64url are 22 characters.
pub const ID_TEXT_LENGTH: usize = 22;

macro_rules! secret_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name([u8; ID_BYTES]);

        impl $name {
            /// An id of these random bytes.
            pub const fn from_bytes(bytes: [u8; ID_BYTES]) -> Self {
                Self(bytes)
            }

            /// The bytes of the id.
            pub const fn bytes(&self) -> &[u8; ID_BYTES] {
                &self.0
            }

            /// Reads the 22 characters of base64url; `None` for anything else, also for a second
            /// spelling of the same bytes.
            pub fn parse(text: &str) -> Option<Self> {
                if text.len() != ID_TEXT_LENGTH {
                    return None;
                }
                let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
                Some(Self(bytes.try_into().ok()?))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&URL_SAFE_NO_PAD.encode(self.0))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                // Secret: a debug print that reaches a log must not be usable as a link.
                f.write_str(concat!(stringify!($name), "(…)"))
            }
        }

        impl Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = String::deserialize(deserializer)?;
                Self::parse(&text).ok_or_else(|| serde::de::Error::custom("not an id"))
            }
        }
    };
}

secret_id! {
    /// The public id of an order; for an anonymous order it is the private link.
    OrderId
}
secret_id! {
    /// The id of one stored file; the last part of its key in R2.
    FileId
}
secret_id! {
    /// What the `anon_sid` cookie holds: who a visitor is to the trial and to idempotency.
    AnonSid
}
secret_id! {
    /// The per-order secret in `callBackUrl`: it names the order when createTask's answer was lost.
    CallbackToken
}
