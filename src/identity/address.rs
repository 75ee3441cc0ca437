//! Which addresses of the identity provider's words may be used.

/// Longest address that is looked at, in bytes.
pub const URL_BYTES_MAX: usize = 2_048;

const HTTPS: &str = "https://";
/// The machine itself: the only place that may be named without TLS, and only by an issuer that
/// lies there too.
const DEVELOPMENT: [&str; 2] = ["http://localhost", "http://127.0.0.1"];

/// Whether `url`, named by `issuer`, may be called or shown: https with a plain host name, or, for
/// an issuer on a developer's machine, http on that machine.
pub fn is_allowed(url: &str, issuer: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_graphic() && !b"\\#\"<>^`{|}".contains(&byte);
    if url.len() > URL_BYTES_MAX || !url.bytes().all(plain) {
        return false;
    }
    match url.strip_prefix(HTTPS) {
        Some(after) => is_named_host(authority(after)),
        None => is_local(url) && is_local(issuer),
    }
}

/// Whether the address lies on the machine itself, at any port.
fn is_local(url: &str) -> bool {
    let after = DEVELOPMENT.iter().find_map(|place| url.strip_prefix(place));
    let rest = after.map(authority);
    rest.is_some_and(|rest| rest.is_empty() || rest.strip_prefix(':').is_some_and(is_port))
}

/// What stands before the first `/` or `?`.
fn authority(after: &str) -> &str {
    after.split(['/', '?']).next().unwrap_or_default()
}

/// A host of at least two labels, so no `localhost`, and whose last is no number, so no address of
/// a network; no user name, no brackets, no escapes.
fn is_named_host(authority: &str) -> bool {
    let (host, port) = match authority.split_once(':') {
        Some((host, port)) => (host, Some(port)),
        None => (authority, None),
    };
    let named = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    let is_label = |label: &str| !label.is_empty() && label.bytes().all(named);
    let is_top = |label: &str| label.bytes().next().is_some_and(|byte| byte.is_ascii_alphabetic());
    host.split('.').all(is_label)
        && host.rsplit_once('.').is_some_and(|(_, top)| is_top(top))
        && port.is_none_or(is_port)
}

fn is_port(text: &str) -> bool {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    digits && !text.starts_with('0') && text.parse::<u16>().is_ok()
}
