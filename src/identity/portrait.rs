//! From where a portrait may be fetched.

/// The status of an answer that is the portrait.
pub const FOUND: u16 = 200;
/// Where Google keeps portraits.
const HOST_ENDING: &str = ".googleusercontent.com";

/// Whether a portrait may be fetched from there: an https host of Google's, or the issuer's own
/// origin, which is how a development machine stands in for Google.
pub fn is_portrait_address(address: &str, issuer: &str) -> bool {
    if address.strip_prefix(issuer).is_some_and(|rest| rest.starts_with('/')) {
        return true;
    }
    let Some(rest) = address.strip_prefix("https://") else { return false };
    let end = rest.find(['/', '?', '#', '\\']).unwrap_or(rest.len());
    let host = rest.get(..end).unwrap_or_default();
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'.';
    host.bytes().all(is_plain)
        && host.strip_suffix(HOST_ENDING).is_some_and(|name| !name.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_googles_hosts_and_the_issuer_have_portraits() {
        let google = "https://accounts.google.com";
        for good in
            ["https://lh3.googleusercontent.com/a/x=s96-c", "https://a-b.googleusercontent.com"]
        {
            assert!(is_portrait_address(good, google), "{good}");
        }
        for bad in [
            "http://lh3.googleusercontent.com/a",
            "https://.googleusercontent.com/a",
            "https://googleusercontent.com/a",
            "https://evil.example/.googleusercontent.com",
            "https://evil.example\\.googleusercontent.com/",
            "https://evil.example#.googleusercontent.com/",
            "https://evil.example?.googleusercontent.com",
            "https://lh3.googleusercontent.com@evil.example/",
            "https://lh3.googleusercontent.com:444/",
            "https://evilgoogleusercontent.com/",
            "https://accounts.google.com.evil.example/a",
            "https://10.0.0.1/",
            "",
        ] {
            assert!(!is_portrait_address(bad, google), "{bad}");
        }
        let local = "http://127.0.0.1:9100";
        assert!(is_portrait_address("http://127.0.0.1:9100/a/1", local));
        assert!(!is_portrait_address("http://127.0.0.1:91000/a/1", local));
        assert!(!is_portrait_address("http://127.0.0.1:9100@evil.example/", local));
    }
}
