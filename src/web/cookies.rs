//! Cookies. The anonymous one says who a visitor is to the trial and to idempotency, and nothing
//! else; the session's one who is signed in; that of a sign-in ties it to its browser.

use http::{HeaderMap, HeaderValue, Response, header};

use crate::domain::account::Theme;
use crate::domain::id::{AnonSid, SessionToken};
use crate::domain::language::Language;
use crate::domain::time::SECOND_MS;
use crate::ports::World;

use super::Outgoing;

/// `__Host-` makes browsers refuse it unless it is Secure, for this host alone and for all paths.
pub const NAME: &str = "__Host-anon_sid";
/// As long as an anonymous order; renewed with each one.
const MAX_AGE_SECONDS: u32 = 48 * 60 * 60;

/// The cookie of a session.
pub const SESSION: &str = "__Host-session";
/// The cookie of a sign-in that was begun: what its secrets are derived from.
pub const SIGN_IN: &str = "__Host-sign_in";
/// Tells pages that are the same for everyone which menu to show. It opens nothing, so scripts may
/// read it, and it has no `__Host-` for the same reason.
pub const SIGNED_IN: &str = "signed_in";

/// The language that the visitor chose on a page; scripts set it, signing in on a new device, and
/// the account page.
pub const LANGUAGE: &str = "lang";
/// The theme, which only the browser reads, in the same way.
pub const THEME: &str = "theme";
/// How long a choice is kept: a year.
const CHOICE_SECONDS: u32 = 365 * 24 * 60 * 60;

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

/// Sets or renews the anonymous cookie.
pub(super) fn set(response: &mut Response<Outgoing>, sid: AnonSid) {
    set_secret(response, NAME, &sid.to_string(), MAX_AGE_SECONDS);
}

/// The session's token, if the request has one that could be ours.
pub(super) fn session(headers: &HeaderMap) -> Option<SessionToken> {
    value(headers, SESSION).and_then(SessionToken::parse)
}

/// Whether the request comes with a session's cookie, whatever it holds.
pub(super) fn has_session(headers: &HeaderMap) -> bool {
    value(headers, SESSION).is_some()
}

/// What the cookie of a sign-in holds.
pub(super) fn sign_in(headers: &HeaderMap) -> Option<&str> {
    value(headers, SIGN_IN)
}

/// Sets the cookie of a session, and the one that pages read.
pub(super) fn set_session(response: &mut Response<Outgoing>, token: &SessionToken, life_ms: i64) {
    let seconds = u32::try_from(life_ms / SECOND_MS).unwrap_or(u32::MAX);
    set_secret(response, SESSION, &token.to_string(), seconds);
    append(response, &format!("{SIGNED_IN}=1; Path=/; Max-Age={seconds}; Secure; SameSite=Lax"));
}

/// Whether the request comes with this cookie, whatever it holds.
pub(super) fn has(headers: &HeaderMap, name: &str) -> bool {
    value(headers, name).is_some()
}

/// Keeps a language for the pages that no language leads.
pub(super) fn set_language(response: &mut Response<Outgoing>, language: Language) {
    set_choice(response, LANGUAGE, language.as_str(), CHOICE_SECONDS);
}

/// Keeps a theme; the system's is kept by keeping none.
pub(super) fn set_theme(response: &mut Response<Outgoing>, theme: Theme) {
    match theme {
        Theme::Auto => set_choice(response, THEME, "", 0),
        Theme::Light | Theme::Dark => {
            set_choice(response, THEME, theme.as_str(), CHOICE_SECONDS);
        }
    }
}

/// A choice is no secret, and scripts read it.
fn set_choice(response: &mut Response<Outgoing>, name: &str, value: &str, seconds: u32) {
    let cookie = format!("{name}={value}; Path=/; Max-Age={seconds}; Secure; SameSite=Lax");
    append(response, &cookie);
}

/// Sets the cookie of a sign-in that begins.
pub(super) fn set_sign_in(response: &mut Response<Outgoing>, secret: &str, life_ms: i64) {
    let seconds = u32::try_from(life_ms / SECOND_MS).unwrap_or(u32::MAX);
    set_secret(response, SIGN_IN, secret, seconds);
}

/// Takes the cookie of a sign-in away.
pub(super) fn drop_sign_in(response: &mut Response<Outgoing>) {
    set_secret(response, SIGN_IN, "", 0);
}

/// Takes away what says who is signed in.
pub(super) fn drop_session(response: &mut Response<Outgoing>) {
    set_secret(response, SESSION, "", 0);
    append(response, &format!("{SIGNED_IN}=; Path=/; Max-Age=0; Secure; SameSite=Lax"));
}

fn set_secret(response: &mut Response<Outgoing>, name: &str, value: &str, seconds: u32) {
    let cookie =
        format!("{name}={value}; Path=/; Max-Age={seconds}; Secure; HttpOnly; SameSite=Lax");
    append(response, &cookie);
}

fn append(response: &mut Response<Outgoing>, cookie: &str) {
    if let Ok(value) = HeaderValue::from_str(cookie) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
}
