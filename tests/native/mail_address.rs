//! Which addresses and tags the waitlist takes.

use anytryon::domain::mail_address::{ADDRESS_LENGTH_MAX, MailAddress, Source};
use anytryon::domain::refusal::Code;

/// An address of exactly `length` bytes, whose labels have at most 60 bytes.
fn long_address(length: usize) -> String {
    let mut domain = "d".repeat(60);
    while domain.len() + 2 + 61 + 3 < length {
        domain = format!("{}.{domain}", "d".repeat(60));
    }
    let local = length - domain.len() - 1 - 3;
    format!("{}@{domain}.de", "l".repeat(local))
}

#[test]
fn well_formed_addresses_pass_with_a_lower_case_domain() {
    let label = "a".repeat(63);
    let local = "a".repeat(64);
    let cases = [
        ("a@b.co", "a@b.co"),
        ("Jane.Doe+try-on@Example.COM", "Jane.Doe+try-on@example.com"),
        ("  jane@example.com\n", "jane@example.com"),
        ("o'brien_{x}|y~@sub.example.museum", "o'brien_{x}|y~@sub.example.museum"),
        ("1@2.3d", "1@2.3d"),
        ("x@xn--bcher-kva.example", "x@xn--bcher-kva.example"),
        (&format!("{local}@{label}.org"), &format!("{local}@{label}.org")),
    ];
    for (text, expected) in cases {
        let address = MailAddress::parse(text).expect(text);
        assert_eq!(address.as_str(), expected);
    }
    let longest = long_address(ADDRESS_LENGTH_MAX);
    assert_eq!(longest.len(), ADDRESS_LENGTH_MAX);
    assert_eq!(MailAddress::parse(&longest).unwrap().as_str(), longest);
}

#[test]
fn everything_else_is_refused_with_the_field() {
    let label = "a".repeat(64);
    let local = "a".repeat(65);
    let too_long = long_address(ADDRESS_LENGTH_MAX + 1);
    assert_eq!(too_long.len(), ADDRESS_LENGTH_MAX + 1);
    let cases = [
        "",
        " ",
        "@",
        "a",
        "a@",
        "@b.co",
        "a@b",
        "a@b.c",
        "a@b.",
        "a@.co",
        "a@b..co",
        "a@-b.co",
        "a@b-.co",
        "a@b.co-",
        "a@b_c.co",
        "a@b.c.1",
        "a@10.0.0.1",
        "a@[10.0.0.1]",
        "a@b@c.co",
        ".a@b.co",
        "a.@b.co",
        "a..b@b.co",
        "a b@c.co",
        "a@b .co",
        "a@b.co\nBcc: x@y.co",
        "a\r\n@b.co",
        "a\0@b.co",
        "\"a b\"@c.co",
        "a(x)@b.co",
        "<a@b.co>",
        "a,b@c.co",
        "a;b@c.co",
        "jane@example.com.",
        "mailto:a@b.co",
        "jürgen@example.com",
        "a@bücher.example",
        &format!("a@{label}.co"),
        &format!("{local}@b.co"),
        &too_long,
    ];
    for text in cases {
        let refusal = MailAddress::parse(text).expect_err(text);
        assert_eq!((refusal.code, refusal.field), (Code::InputInvalid, Some("email")), "{text}");
        assert!(text.len() < 6 || !refusal.detail.contains(text), "the input is never repeated");
    }
}

#[test]
fn one_person_has_one_identity_and_no_name_in_logs() {
    let address = MailAddress::parse("Jane@Example.com").unwrap();
    assert_eq!(address.identity(), "jane@example.com");
    assert_eq!(address.as_str(), "Jane@example.com", "sent to as typed");
    assert!(!format!("{address:?}").to_lowercase().contains("jane"));
}

#[test]
fn sources_are_short_tags() {
    let longest = "a".repeat(40);
    for good in ["a", "home", "pricing-page", "ad_2027-01", "0", &longest] {
        assert_eq!(Source::parse(good).unwrap().as_str(), good);
    }
    let too_long = "a".repeat(41);
    for bad in ["", " ", "Home", "a b", "a.b", "é", "<script>", "a\n", &too_long] {
        let refusal = Source::parse(bad).expect_err(bad);
        assert_eq!((refusal.code, refusal.field), (Code::InputInvalid, Some("source")), "{bad}");
    }
}
