//! Callbacks of Kie. The signature covers the task id and the time and not the body, so a callback
//! says only that this task is worth a look; state and links come from recordInfo.

use base64::{Engine, engine::general_purpose::STANDARD};
use hmac::{Hmac, KeyInit, Mac};
use serde_json::Value;
use sha2::Sha256;

use super::task_id_in;
use crate::domain::time::{MINUTE_MS, Millis, SECOND_MS};

/// Largest body that is read, in bytes: the task's parameters with a prompt of 5,000 bytes,
/// escaped twice and sent twice, are 80 KB at most.
pub const BODY_BYTES_MAX: usize = 128 * 1024;
/// Header with the time of signing, in seconds since the epoch.
pub const TIMESTAMP_HEADER: &str = "x-webhook-timestamp";
/// Header with the signature, in padded base64.
pub const SIGNATURE_HEADER: &str = "x-webhook-signature";
/// How far the time of signing may be from now, before or after.
pub const TOLERANCE_MS: i64 = 5 * MINUTE_MS;
/// Digits of a timestamp: ten until the year 2286, twelve for ever.
const TIMESTAMP_DIGITS_MAX: usize = 12;
/// Keys that are tried: the present one and, during a rotation, the one before it.
const KEYS_MAX: usize = 2;

/// Why a callback is not believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CallbackRefusal {
    /// No usable key is configured, so nothing can be verified.
    NoKey,
    /// One of the two headers is missing.
    Unsigned,
    /// The timestamp is not a number of seconds.
    TimestampUnreadable,
    /// Signed too long ago, or in the future.
    Stale,
    /// The signature belongs to another key, task or time.
    SignatureWrong,
}

impl CallbackRefusal {
    /// A fixed name for the log.
    pub const fn name(self) -> &'static str {
        match self {
            Self::NoKey => "no key",
            Self::Unsigned => "unsigned",
            Self::TimestampUnreadable => "timestamp unreadable",
            Self::Stale => "stale",
            Self::SignatureWrong => "signature wrong",
        }
    }
}

/// The id of the task that a callback is about; `None` when the body is too long, is not JSON or
/// holds no well-formed id.
pub fn task_id(body: &[u8]) -> Option<String> {
    if body.len() > BODY_BYTES_MAX {
        return None;
    }
    let body: Value = serde_json::from_slice(body).ok()?;
    body.get("data").and_then(task_id_in).or_else(|| task_id_in(&body))
}

/// Whether Kie signed this task id and time with one of `keys`, at most `tolerance_ms` from `now`.
/// The headers are given as they came.
pub fn verify(
    keys: &[&[u8]],
    task_id: &str,
    timestamp_header: Option<&str>,
    signature_header: Option<&str>,
    now: Millis,
    tolerance_ms: i64,
) -> Result<(), CallbackRefusal> {
    // Anybody can sign with the empty key.
    let keys: Vec<&[u8]> =
        keys.iter().copied().filter(|key| !key.is_empty()).take(KEYS_MAX).collect();
    if keys.is_empty() {
        return Err(CallbackRefusal::NoKey);
    }
    let (Some(timestamp), Some(signature)) = (timestamp_header, signature_header) else {
        return Err(CallbackRefusal::Unsigned);
    };
    let seconds = seconds(timestamp).ok_or(CallbackRefusal::TimestampUnreadable)?;
    let age_ms = now.since(Millis(seconds.saturating_mul(SECOND_MS)));
    if age_ms.saturating_abs() > tolerance_ms {
        return Err(CallbackRefusal::Stale);
    }
    let signature = STANDARD.decode(signature).map_err(|_| CallbackRefusal::SignatureWrong)?;
    let mut right = false;
    for key in keys {
        // No early end: how long it takes does not tell which key it was.
        right |= signed_by(key, task_id, timestamp, &signature);
    }
    if right { Ok(()) } else { Err(CallbackRefusal::SignatureWrong) }
}

/// Constant in time over the signature, by the MAC's own comparison.
fn signed_by(key: &[u8], task_id: &str, timestamp: &str, signature: &[u8]) -> bool {
    let Ok(mac) = Hmac::<Sha256>::new_from_slice(key) else { return false };
    let mac = mac.chain_update(task_id).chain_update(".").chain_update(timestamp);
    mac.verify_slice(signature).is_ok()
}

fn seconds(text: &str) -> Option<i64> {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    if text.is_empty() || text.len() > TIMESTAMP_DIGITS_MAX || !digits {
        return None;
    }
    text.parse().ok()
}
