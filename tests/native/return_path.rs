//! Where somebody goes after signing in: never to another site.

use anytryon::domain::return_path::{PATH_BYTES_MAX, ReturnPath};
use proptest::prelude::*;

#[test]
fn paths_of_our_own_are_taken_as_they_are() {
    let longest = format!("/{}", "a".repeat(PATH_BYTES_MAX - 1));
    for good in [
        "/",
        "/history",
        "/de/history",
        "/history?q=red%20shirt&star=1",
        "/history?q=a%2Fb%25%5C%2e",
        "/history?q=http:",
        "/orders/0-Ab_z~",
        "/account?x=1?y",
        "/author",
        "/a:b@c",
        "/search%20x",
        "/%E7%8E%8B",
        "/.well-known",
        "/a...b",
        &longest,
    ] {
        assert_eq!(ReturnPath::parse(good).map(|path| path.to_string()).as_deref(), Some(good));
    }
    assert_eq!(ReturnPath::default().as_str(), "/history");
    assert_eq!(ReturnPath::parse("/history"), Some(ReturnPath::default()));
}

#[test]
fn everything_else_is_refused() {
    let long = format!("/{}", "a".repeat(PATH_BYTES_MAX));
    for bad in [
        "",
        "history",
        "?x",
        "//evil.example",
        "///evil.example",
        "/x//evil.example",
        "/history?next=//evil.example",
        "https://evil.example",
        "https:evil.example",
        "HTTPS:/evil.example",
        "javascript:alert(1)",
        "data:text/html,x",
        "/\\evil.example",
        "\\/evil.example",
        "\\\\evil.example",
        "/x\\y",
        "/%2f/evil.example",
        "/%2fevil.example",
        "/%2Fevil.example",
        "/%5cevil.example",
        "/%5Cevil.example",
        "/%252fevil.example",
        "/x/%2e%2e/auth/sign-out",
        "/x/%2E./y",
        "/x/../auth/sign-out",
        "/x/..",
        "/./auth",
        "/.",
        "/..",
        "/\t/evil.example",
        "/\n/evil.example",
        "/\r\nLocation: https://evil.example",
        "/x%0d%0aSet-Cookie:a=b",
        "/x?y=%0d%0aSet-Cookie:a=b",
        "/x?y=%00",
        "/x%00",
        "/x%7f",
        "/\0",
        " /history",
        "/history ",
        "/a b",
        "/é",
        "/\u{2028}",
        "/\u{ff0f}evil.example",
        "/x#y",
        "/x?y#//evil",
        "/%",
        "/%2",
        "/%zz",
        "/x?y=%",
        "/x?y=%é",
        "/%61uth/sign-out",
        "/auth",
        "/auth/",
        "/auth/sign-in?return_to=/auth",
        "/auth?x",
        "/AUTH/callback",
        "/\"><script>",
        "/<x>",
        "/{x}",
        "/x|y",
        "/^`",
        "@evil.example",
        ".evil.example",
        &long,
    ] {
        assert_eq!(ReturnPath::parse(bad), None, "{bad:?}");
    }
}

/// What a browser does with a `Location` of ours: tabs and line ends vanish, `\` is `/`.
fn leaves_the_site(location: &str) -> bool {
    let seen: String = location.chars().filter(|c| !matches!(c, '\t' | '\r' | '\n')).collect();
    let seen = seen.trim_matches(|c: char| c <= ' ').replace('\\', "/");
    !seen.starts_with('/') || seen.starts_with("//")
}

proptest! {
    #[test]
    fn no_text_leads_away(text in r"[/\\%25cCfF.:?#@ \t\r\n\x00a-e\u{e9}-]{0,24}") {
        if let Some(path) = ReturnPath::parse(&text) {
            prop_assert!(!leaves_the_site(path.as_str()));
            prop_assert!(path.as_str().bytes().all(|byte| byte.is_ascii_graphic()));
            let decoded = path.as_str().split('?').next().unwrap_or_default().to_lowercase();
            for escape in ["%2f", "%5c", "%2e", "%25", "%0"] {
                prop_assert!(!decoded.contains(escape));
            }
        }
    }

    #[test]
    fn any_text_is_read_without_a_panic(text in "(/|%|\\PC){0,40}") {
        let _ = ReturnPath::parse(&text);
    }
}
