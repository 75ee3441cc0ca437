//! Where a result may be fetched from. A result link comes from outside, and whoever can change it
//! could make the Worker fetch anything; so it must begin with one of the configured origins,
//! character for character after one narrow normalisation.

/// Kie's hosts that serve results, as the configuration's default.
pub const DEFAULT_RESULT_ORIGINS: &str =
    "https://tempfile.aiquickdraw.com,https://file.aiquickdraw.com,https://tempfile.redpandaai.co";
/// Most origins in a configuration.
pub const ORIGINS_MAX: usize = 16;
/// Longest link that is looked at, in bytes.
pub const URL_BYTES_MAX: usize = 2_048;

/// Scheme, host and port of a link, normalised.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Origin {
    https: bool,
    host: String,
    port: u16,
}

/// Why a result is not fetched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OriginRefusal {
    /// The text is not a plain http or https link: user name, odd port, backslash, space, control
    /// or non-ASCII character, escaped or bracketed host.
    Malformed,
    /// A plain link, to an origin that is not in the list.
    NotListed,
}

/// The origins that results may come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResultOrigins(Vec<Origin>);

impl ResultOrigins {
    /// Reads origins separated by commas, such as `https://a.example,http://127.0.0.1:8799`.
    /// `None` when the list is empty or too long, or when an entry is not a bare origin.
    pub fn parse(list: &str) -> Option<Self> {
        let entries: Vec<&str> =
            list.split(',').map(str::trim).filter(|entry| !entry.is_empty()).collect();
        if entries.is_empty() || entries.len() > ORIGINS_MAX {
            return None;
        }
        let read = |entry: &&str| match split(entry)? {
            (origin, "" | "/") => Some(origin),
            _ => None,
        };
        entries.iter().map(read).collect::<Option<Vec<_>>>().map(Self)
    }

    /// Whether every origin is https; anything else has no place outside a developer's machine.
    pub fn all_https(&self) -> bool {
        self.0.iter().all(|origin| origin.https)
    }

    /// Whether `url` may be fetched.
    pub fn admit(&self, url: &str) -> Result<(), OriginRefusal> {
        let (origin, _) = split(url).ok_or(OriginRefusal::Malformed)?;
        if self.0.contains(&origin) { Ok(()) } else { Err(OriginRefusal::NotListed) }
    }
}

/// Origin and rest of a link. Only what every URL parser reads in the same way gets through.
fn split(url: &str) -> Option<(Origin, &str)> {
    let plain = |byte: u8| byte.is_ascii_graphic() && byte != b'\\';
    if url.len() > URL_BYTES_MAX || !url.bytes().all(plain) {
        return None;
    }
    let (scheme, after) = url.split_once("://")?;
    let https = match scheme.to_ascii_lowercase().as_str() {
        "https" => true,
        "http" => false,
        _ => return None,
    };
    let end = after.find(['/', '?', '#']).unwrap_or(after.len());
    let (authority, rest) = after.split_at_checked(end)?;
    let (host, port) = match authority.split_once(':') {
        Some((host, port)) => (host, read_port(port)?),
        None => (authority, if https { 443 } else { 80 }),
    };
    let named = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    let label = |label: &str| !label.is_empty() && label.bytes().all(named);
    if !host.split('.').all(label) {
        return None;
    }
    Some((Origin { https, host: host.to_ascii_lowercase(), port }, rest))
}

fn read_port(text: &str) -> Option<u16> {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits || text.starts_with('0') { None } else { text.parse().ok() }
}
