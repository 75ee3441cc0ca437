//! Cookies. The anonymous one says who a visitor is to the trial and to idempotency, and nothing
//! else.

use http::{HeaderMap, HeaderValue, Response, header};

use crate::domain::id::AnonSid;
use crate::domain::language::Language;
use crate::ports::World;

use super::Outgoing;

/// `__Host-` makes browsers refuse it unless it is Secure, for this host alone and for all paths.
pub const NAME: &str = "__Host-anon_sid";
/// As long as an anonymous order; renewed with each one.
const MAX_AGE_SECONDS: u32 = 48 * 60 * 60;

/// The language that the visitor chose on a page; scripts set it, the theme's stays in the browser.
pub const LANGUAGE: &str = "lang";

/// Whom the request says it is, if it does.
pub(super) fn anon_sid(headers: &HeaderMap) -> Option<AnonSid> {
    value(headers, NAME).and_then(AnonSid::parse)
}

/// The language that the visitor chose; English otherwise, as on the pages without a language in
/// their path.
pub(super) fn language(headers: &HeaderMap) -> Language {
    value(headers, LANGUAGE).and_then(Language::parse).unwrap_or(Language::En)
}

fn value<'headers>(headers: &'headers HeaderMap, name: &str) -> Option<&'headers str> {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    cookies
        .flat_map(|line| line.split(';'))
        .find_map(|pair| pair.trim().strip_prefix(name)?.strip_prefix('='))
}

/// The visitor's id, new when the request has none.
pub(super) fn anon_sid_or_new<W: World>(world: &W, headers: &HeaderMap) -> AnonSid {
    anon_sid(headers).unwrap_or_else(|| AnonSid::from_bytes(world.random()))
}

/// Sets or renews the cookie.
pub(super) fn set(response: &mut Response<Outgoing>, sid: AnonSid) {
    let cookie =
        format!("{NAME}={sid}; Path=/; Max-Age={MAX_AGE_SECONDS}; Secure; HttpOnly; SameSite=Lax");
    if let Ok(value) = HeaderValue::from_str(&cookie) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
}
