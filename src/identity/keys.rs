//! The keys that id tokens are signed with.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use jwt_simple::algorithms::RS256PublicKey;
use serde::Deserialize;

use crate::domain::time::{DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS};

/// Largest document that is read, in bytes; Google's has 1.5 KB.
pub const BODY_BYTES_MAX: usize = 64 * 1024;
/// Most keys in a document, of any kind; Google publishes two or three.
pub const KEYS_MAX: usize = 16;
/// Longest name of a key, in bytes; Google's have 40.
pub const KID_BYTES_MAX: usize = 128;
/// Longest modulus that is looked at, in characters: 4096 bits and some zeros before them.
const MODULUS_CHARS_MAX: usize = 700;

/// How long keys are kept when the reply says nothing.
pub const LIFE_DEFAULT_MS: i64 = HOUR_MS;
/// Shortest time: a provider that says `no-store` is still not asked at each sign-in.
pub const LIFE_MIN_MS: i64 = MINUTE_MS;
/// Longest time: after it a key that was withdrawn opens nothing any more.
pub const LIFE_MAX_MS: i64 = DAY_MS;

/// The usable keys of one document: RSA, to verify RS256 with.
#[derive(Clone, Debug)]
pub struct Keys(Vec<(String, RS256PublicKey)>);

/// Why a document of keys is not used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeysFault {
    /// Longer than [`BODY_BYTES_MAX`].
    TooLong,
    /// Not a set of keys.
    Unreadable,
    /// More than [`KEYS_MAX`] keys.
    TooMany,
    /// Two usable keys have one name.
    Ambiguous,
    /// Not one usable key.
    NoKey,
}

impl KeysFault {
    /// A fixed name for the log.
    pub const fn name(self) -> &'static str {
        match self {
            Self::TooLong => "too long",
            Self::Unreadable => "unreadable",
            Self::TooMany => "too many",
            Self::Ambiguous => "ambiguous",
            Self::NoKey => "no key",
        }
    }
}

#[derive(Deserialize)]
struct Document {
    keys: Vec<Entry>,
}

/// Members that are missing or of another kind of key are no reason to refuse the others.
#[derive(Deserialize)]
struct Entry {
    kty: String,
    kid: Option<String>,
    #[serde(rename = "use")]
    usage: Option<String>,
    alg: Option<String>,
    key_ops: Option<Vec<String>>,
    n: Option<String>,
    e: Option<String>,
}

impl Keys {
    /// Reads a document. Keys of other kinds, for other uses, without a name or too weak are left
    /// out. Two usable keys of one name refuse the whole document: which of them a token means
    /// nobody can say, and whoever can add a key to the document must not gain by adding it first.
    pub fn decode(body: &[u8]) -> Result<Self, KeysFault> {
        if body.len() > BODY_BYTES_MAX {
            return Err(KeysFault::TooLong);
        }
        let document: Document = serde_json::from_slice(body).map_err(|_| KeysFault::Unreadable)?;
        if document.keys.len() > KEYS_MAX {
            return Err(KeysFault::TooMany);
        }
        let mut keys = Self(Vec::new());
        for (kid, key) in document.keys.into_iter().filter_map(usable) {
            if keys.find(&kid).is_some() {
                return Err(KeysFault::Ambiguous);
            }
            keys.0.push((kid, key));
        }
        if keys.0.is_empty() { Err(KeysFault::NoKey) } else { Ok(keys) }
    }

    /// Whether there is a key of this name.
    pub fn has(&self, kid: &str) -> bool {
        self.find(kid).is_some()
    }

    /// The key of this name; a name is a text to compare, never a place to look.
    pub(super) fn find(&self, kid: &str) -> Option<&RS256PublicKey> {
        self.0.iter().find(|(name, _)| name == kid).map(|(_, key)| key)
    }
}

/// Whether `kid` can name a key: 1 to [`KID_BYTES_MAX`] printable characters.
pub(super) fn is_kid(kid: &str) -> bool {
    (1..=KID_BYTES_MAX).contains(&kid.len()) && kid.bytes().all(|byte| byte.is_ascii_graphic())
}

fn usable(entry: Entry) -> Option<(String, RS256PublicKey)> {
    let fits = |found: &Option<String>, wanted| found.as_deref().is_none_or(|f| f == wanted);
    let verifies = entry.key_ops.is_none_or(|ops| ops.iter().any(|op| op == "verify"));
    let signs = fits(&entry.usage, "sig") && fits(&entry.alg, "RS256") && verifies;
    let kid = entry.kid.filter(|kid| is_kid(kid))?;
    let (n, e) = (entry.n?, entry.e?);
    if entry.kty != "RSA" || !signs || n.len() > MODULUS_CHARS_MAX || e.len() > MODULUS_CHARS_MAX {
        return None;
    }
    let (n, e) = (URL_SAFE_NO_PAD.decode(n).ok()?, URL_SAFE_NO_PAD.decode(e).ok()?);
    // Refuses fewer than 2048 and more than 4096 bits, and every exponent but 65537.
    let key = RS256PublicKey::from_components(&n, &e).ok()?;
    Some((kid, key))
}

/// How long a document may be kept, in milliseconds, by the `Cache-Control` of its reply.
pub fn life_ms(cache_control: Option<&str>) -> i64 {
    let directives = cache_control.unwrap_or_default().split(',').map(str::trim);
    let shortest = directives.filter_map(directive_ms).min();
    shortest.unwrap_or(LIFE_DEFAULT_MS).clamp(LIFE_MIN_MS, LIFE_MAX_MS)
}

/// What one directive says about the time; `None` for one that says nothing.
fn directive_ms(directive: &str) -> Option<i64> {
    let (name, value) = match directive.split_once('=') {
        Some((name, value)) => (name.trim(), value.trim()),
        None => (directive, ""),
    };
    if name.eq_ignore_ascii_case("no-store") || name.eq_ignore_ascii_case("no-cache") {
        return Some(0);
    }
    if !name.eq_ignore_ascii_case("max-age") {
        return None;
    }
    let digits = value.strip_prefix('"').and_then(|v| v.strip_suffix('"')).unwrap_or(value);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    // A number too large to read is longer than the longest time.
    let seconds: i64 = digits.parse().unwrap_or(i64::MAX);
    Some(seconds.saturating_mul(SECOND_MS))
}
