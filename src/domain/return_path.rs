//! Where somebody goes after signing in: a path of our own and nothing else. What is refused is
//! also what browsers and servers read in different ways.

use std::fmt;

/// Longest path with its query, in bytes.
pub const PATH_BYTES_MAX: usize = 512;

/// Where nobody said another place.
const DEFAULT: &str = "/history";
/// The pages of signing in and out: returning there would begin anew or undo it.
const SIGN_IN: &str = "auth";

/// A path of our own, with its query: safe as the value of a `Location`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReturnPath(String);

impl ReturnPath {
    /// Reads a path; `None` for everything that is not plainly one of ours.
    pub fn parse(text: &str) -> Option<Self> {
        let (path, query) = match text.split_once('?') {
            Some((path, query)) => (path, query),
            None => (text, ""),
        };
        let good = text.len() <= PATH_BYTES_MAX
            && path.starts_with('/')
            && !text.contains("//")
            && text.bytes().all(is_plain)
            && path.split('/').skip(1).all(is_segment)
            && escapes(query).all(|escape| escape.is_some_and(|byte| !byte.is_ascii_control()))
            && !is_of_sign_in(path);
        good.then(|| Self(text.to_owned()))
    }

    /// The path.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Default for ReturnPath {
    fn default() -> Self {
        Self(DEFAULT.to_owned())
    }
}

impl fmt::Display for ReturnPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The characters of RFC 3986 for a path and its query. No `\`, which browsers take for `/`, no
/// `#`, no space, nothing that a header cannot hold.
const fn is_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
        || matches!(byte, b'-' | b'.' | b'_' | b'~' | b'/' | b'?' | b'%' | b':' | b'@')
        || matches!(byte, b'!' | b'$' | b'&' | b'\'' | b'(' | b')' | b'*' | b'+' | b',')
        || matches!(byte, b';' | b'=')
}

/// No dots that lead elsewhere, and no escape of a character that needs none or that means more
/// than itself: of `/`, `\`, `.`, `%`, of the letters of a name, of control characters.
fn is_segment(segment: &str) -> bool {
    let harmless = |byte: u8| {
        !byte.is_ascii_alphanumeric()
            && !byte.is_ascii_control()
            && !matches!(byte, b'/' | b'\\' | b'.' | b'%' | b'-' | b'_' | b'~')
    };
    segment != "." && segment != ".." && escapes(segment).all(|escape| escape.is_some_and(harmless))
}

/// The bytes that are escaped in `text`; `None` for a `%` that no two hex digits follow.
fn escapes(text: &str) -> impl Iterator<Item = Option<u8>> + '_ {
    text.split('%').skip(1).map(|after| {
        let digits = after.get(..2).filter(|digits| digits.bytes().all(|b| b.is_ascii_hexdigit()));
        digits.and_then(|digits| u8::from_str_radix(digits, 16).ok())
    })
}

fn is_of_sign_in(path: &str) -> bool {
    path.split('/').nth(1).is_some_and(|first| first.eq_ignore_ascii_case(SIGN_IN))
}
