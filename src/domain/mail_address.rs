//! What the waitlist takes: an e-mail address that mail can be sent to, and a tag that says where
//! the visitor came from.

use std::fmt;

use super::refusal::{Code, Refusal};
use super::time::DAY_MS;

/// An address is asked to confirm at most this often, however often somebody enters it.
pub const ASK_PAUSE_MS: i64 = DAY_MS;
/// An address that nobody confirms is forgotten after this time.
pub const UNCONFIRMED_MS: i64 = 7 * DAY_MS;
/// Longest address in bytes: what fits into an SMTP path with its brackets (RFC 5321).
pub const ADDRESS_LENGTH_MAX: usize = 254;
/// Longest part before the `@` in bytes (RFC 5321).
pub const LOCAL_LENGTH_MAX: usize = 64;
/// Longest label of a domain name in bytes (RFC 1035).
pub const LABEL_LENGTH_MAX: usize = 63;
/// Longest source tag in characters.
pub const SOURCE_LENGTH_MAX: usize = 40;

/// A well-formed address; its domain is in lower case. Personal data.
///
/// Well-formed is narrower than RFC 5321: ASCII only, no quoted local part, no address literal, at
/// least two labels. Nobody is reached at the rest, and most of it is a typing error or an attack.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct MailAddress(String);

impl MailAddress {
    /// Reads an address; white space around it, as copying leaves it, is dropped.
    pub fn parse(text: &str) -> Result<Self, Refusal> {
        Self::well_formed(text.trim()).ok_or_else(|| {
            Refusal::field(
                Code::InputInvalid,
                "email",
                "This is not an e-mail address. Write it as name@example.com, at most 254 \
                 characters.",
            )
        })
    }

    fn well_formed(text: &str) -> Option<Self> {
        let (local, domain) = text.split_once('@')?;
        // A second `@` is in `domain`, where no label may hold one.
        let good = text.len() <= ADDRESS_LENGTH_MAX && is_local(local) && is_domain(domain);
        good.then(|| Self(format!("{local}@{}", domain.to_ascii_lowercase())))
    }

    /// The address to send to: the part before the `@` as it was typed.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The address under which it is stored once. Two addresses that differ only in case are one
    /// person with every provider there is, though RFC 5321 would allow otherwise.
    pub fn identity(&self) -> String {
        self.0.to_ascii_lowercase()
    }
}

impl fmt::Debug for MailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MailAddress(…)")
    }
}

/// Atoms of RFC 5322 with single dots between them.
fn is_local(local: &str) -> bool {
    let is_atom = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&byte);
    local.len() <= LOCAL_LENGTH_MAX
        && local.split('.').all(|atom| !atom.is_empty() && atom.bytes().all(is_atom))
}

fn is_domain(domain: &str) -> bool {
    let is_label = |label: &str| {
        (1..=LABEL_LENGTH_MAX).contains(&label.len())
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    // No top-level domain has one letter or only digits; `user@10.0.0.1` names a machine.
    let is_top = |label: &str| label.len() >= 2 && label.bytes().any(|b| b.is_ascii_alphabetic());
    domain.rsplit_once('.').is_some_and(|(_, top)| is_top(top)) && domain.split('.').all(is_label)
}

/// Where a visitor came from: 1 to 40 of `a-z`, `0-9`, `_` and `-`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Source(String);

impl Source {
    /// Reads a tag as it is; there is nothing to normalise.
    pub fn parse(text: &str) -> Result<Self, Refusal> {
        let is_tag = |byte: u8| {
            byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_' || byte == b'-'
        };
        if (1..=SOURCE_LENGTH_MAX).contains(&text.len()) && text.bytes().all(is_tag) {
            return Ok(Self(text.to_owned()));
        }
        Err(Refusal::field(
            Code::InputInvalid,
            "source",
            "The source must have 1 to 40 characters out of a-z, 0-9, _ and -.",
        ))
    }

    /// The tag.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
