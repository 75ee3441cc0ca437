//! Identifiers. An id that is somebody's private link carries 128 random bits of its own; the
//! caller supplies the randomness.

use std::fmt;

use base64::Engine;
use base64::alphabet::{Alphabet, URL_SAFE};
use base64::engine::general_purpose::{GeneralPurpose, NO_PAD, URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};

use super::keyring::Keyring;
use super::mac::{self, SHORT_TAG_BYTES};
use super::time::Millis;

/// Random bytes behind every secret id: 16 bytes = 128 bits.
pub const ID_BYTES: usize = 16;

macro_rules! secret_id {
    ($(#[$doc:meta])* $name:ident of $bytes:ident in $encoding:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name([u8; $bytes]);

        impl $name {
            /// Characters of the id as text.
            pub const TEXT_LENGTH: usize = ($bytes * 8).div_ceil(6);

            /// An id of these bytes.
            pub const fn from_bytes(bytes: [u8; $bytes]) -> Self {
                Self(bytes)
            }

            /// The bytes of the id.
            pub const fn bytes(&self) -> &[u8; $bytes] {
                &self.0
            }

            /// Reads the id as text; `None` for anything else, also for a second spelling of the
            /// same bytes.
            pub fn parse(text: &str) -> Option<Self> {
                if text.len() != Self::TEXT_LENGTH {
                    return None;
                }
                let bytes = $encoding.decode(text).ok()?;
                Some(Self(bytes.try_into().ok()?))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&$encoding.encode(self.0))
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
    /// The id of one stored file; the last part of its key in R2.
    FileId of ID_BYTES in URL_SAFE_NO_PAD
}
secret_id! {
    /// What the `anon_sid` cookie holds: who a visitor is to the trial and to idempotency.
    AnonSid of ID_BYTES in URL_SAFE_NO_PAD
}
secret_id! {
    /// The per-order secret in `callBackUrl`: it names the order when createTask's answer was lost.
    CallbackToken of ID_BYTES in URL_SAFE_NO_PAD
}
secret_id! {
    /// The public id of an order; for an anonymous order it is the private link. 6 bytes say when
    /// the order was placed, 16 are random, and 8 prove that the id is ours: nothing has to be kept
    /// of a closed order to know its id again. As text 40 characters, which sort as the moments of
    /// placing do.
    OrderId of ORDER_ID_BYTES in SORTED_BASE64
}

secret_id! {
    /// An account; nobody outside learns it.
    AccountId of ID_BYTES in URL_SAFE_NO_PAD
}
secret_id! {
    /// The name of a session on the account page; it opens nothing.
    SessionId of ID_BYTES in URL_SAFE_NO_PAD
}
secret_id! {
    /// The name of an export on the account page; it opens nothing without a session.
    ExportId of ID_BYTES in URL_SAFE_NO_PAD
}
secret_id! {
    /// What the session's cookie holds: 256 random bits. Only their hash is stored.
    SessionToken of TOKEN_BYTES in URL_SAFE_NO_PAD
}
secret_id! {
    /// What the links in the mails of a waitlist entry hold: whoever has it may confirm or end it.
    WaitlistToken of ID_BYTES in URL_SAFE_NO_PAD
}

secret_id! {
    /// What a link in a mail proves its mailbox with. Only its hash is stored.
    MailToken of TOKEN_BYTES in URL_SAFE_NO_PAD
}

/// Bytes of what signs somebody in.
pub const TOKEN_BYTES: usize = 32;

/// Bytes of the moment in an order's id: milliseconds since the epoch until the year 10889.
const TIME_BYTES: usize = 6;
const TIME_MAX: i64 = (1 << (8 * TIME_BYTES)) - 1;
/// Bytes of an order's id.
pub const ORDER_ID_BYTES: usize = TIME_BYTES + ID_BYTES + SHORT_TAG_BYTES;

/// Keeps these tags apart from every other use of the same secret.
const LABEL: &[u8] = b"order id\0";

/// The characters of base64url in the order of their codes: as text, ids sort as their bytes do, so
/// that the orders of a stretch of time are a range of the table's key.
const SORTED: &str = "-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz";
const _: () = assert!(Alphabet::new(SORTED).is_ok(), "64 different characters");
const SORTED_BASE64: GeneralPurpose = match Alphabet::new(SORTED) {
    Ok(alphabet) => GeneralPurpose::new(&alphabet, NO_PAD),
    Err(_) => GeneralPurpose::new(&URL_SAFE, NO_PAD),
};

impl OrderId {
    /// The id of an order that is placed at `now`.
    pub fn new(keyring: &Keyring, now: Millis, random: [u8; ID_BYTES]) -> Self {
        let mut bytes = [0; ORDER_ID_BYTES];
        if let Some((signed, tag)) = bytes.split_last_chunk_mut() {
            for (to, from) in signed.iter_mut().zip(time_bytes(now).into_iter().chain(random)) {
                *to = from;
            }
            *tag = mac::short_tag(&keyring.current.secret, &[LABEL, signed]);
        }
        Self(bytes)
    }

    /// When the order was placed, as the id says; only of a genuine id it is true.
    pub fn created_at(&self) -> Millis {
        let time = self.0.iter().take(TIME_BYTES);
        Millis(time.fold(0, |time, byte| time << 8 | i64::from(*byte)))
    }

    /// Whether the id was made here, with a key that is still alive.
    pub fn is_genuine(&self, keyring: &Keyring) -> bool {
        let Some((signed, tag)) = self.0.split_last_chunk() else { return false };
        keyring.living().any(|key| mac::matches_short(&key.secret, &[LABEL, signed], tag))
    }

    /// What sorts, as text, after every id of an order that was placed before `moment`, and before
    /// every other one.
    pub fn first_text_of(moment: Millis) -> String {
        SORTED_BASE64.encode(time_bytes(moment))
    }
}

fn time_bytes(moment: Millis) -> [u8; TIME_BYTES] {
    let [_, _, time @ ..] = moment.0.clamp(0, TIME_MAX).to_be_bytes();
    time
}
