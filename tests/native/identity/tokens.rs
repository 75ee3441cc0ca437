//! What a good token says, and until when it is good.

use anytryon::domain::person_name::NAME_CHARS_MAX;
use anytryon::domain::time::Millis;
use anytryon::identity::secrets::SignInSecret;
use anytryon::identity::token::{Expectation, LEEWAY_MS, SUBJECT_BYTES_MAX, TokenFault, verify};
use serde_json::{Value, json};

use super::{
    CLIENT, ISSUER, KEY, KID, NOW, NOW_S, OTHER_KEY, claims, expectation, header, jwk, keys,
    keys_of, opened, opened_with, secret, signed, signed_text, token_with, with,
};

#[test]
fn a_good_token_names_its_person() {
    let person = opened(&signed(&header(), &claims())).unwrap();
    assert_eq!(
        (person.issuer.as_str(), person.subject.as_str()),
        (ISSUER, "110169484474386276334")
    );
    assert_eq!(person.email.as_ref().unwrap().as_str(), "jane@example.com");
    assert_eq!(person.name.as_deref(), Some("Jane Doe"));
    let picture = "https://lh3.googleusercontent.com/a/ACg8oc=s96-c";
    assert_eq!(person.picture.as_deref(), Some(picture));
    assert!(!format!("{person:?}").to_lowercase().contains("jane"), "no person in a log");
}

#[test]
fn the_least_that_a_token_must_say_is_enough() {
    let change = json!({
        "azp": null, "email": null, "email_verified": null, "name": null, "picture": null,
        "aud": [CLIENT],
    });
    for head in [json!({ "typ": null }), json!({ "typ": "jwt" }), json!({ "x5t": "abc" })] {
        let token = signed(&with(header(), &head), &with(claims(), &change));
        let person = opened(&token).unwrap();
        assert_eq!((person.email, person.name, person.picture), (None, None, None));
    }
}

#[test]
fn each_of_several_keys_opens_its_own_tokens() {
    let keys = keys_of(&[jwk(OTHER_KEY, "next"), jwk(KEY, KID)]);
    let (secret, claims) = (secret(), claims().to_string());
    for (pem, kid, good) in [(KEY, KID, true), (OTHER_KEY, "next", true), (KEY, "next", false)] {
        let head = with(header(), &json!({ "kid": kid })).to_string();
        let result = verify(&signed_text(pem, &head, &claims), &keys, &expectation(&secret));
        assert_eq!(result.is_ok(), good, "{kid}");
    }
}

#[test]
fn a_token_lives_from_a_minute_before_its_times_to_a_minute_after() {
    let leeway = LEEWAY_MS / 1_000;
    let cases: [(Value, Option<TokenFault>); 12] = [
        (json!({ "exp": NOW_S - leeway }), None),
        (json!({ "exp": NOW_S - leeway - 1 }), Some(TokenFault::Expired)),
        (json!({ "exp": 0 }), Some(TokenFault::Expired)),
        (json!({ "iat": NOW_S + leeway }), None),
        (json!({ "iat": NOW_S + leeway + 1 }), Some(TokenFault::NotYet)),
        (json!({ "iat": i64::MAX }), Some(TokenFault::NotYet)),
        // Seconds that are milliseconds, and a count that would wrap around in 32 bits.
        (json!({ "iat": NOW_S * 1_000 }), Some(TokenFault::NotYet)),
        (json!({ "iat": (1_i64 << 32) + NOW_S - 10 }), Some(TokenFault::NotYet)),
        (json!({ "nbf": NOW_S + leeway }), None),
        (json!({ "nbf": NOW_S + leeway + 1 }), Some(TokenFault::NotYet)),
        (json!({ "nbf": NOW_S - 600, "iat": NOW_S - 600, "exp": NOW_S + 1 }), None),
        (json!({ "exp": u64::MAX }), None),
    ];
    for (change, fault) in cases {
        assert_eq!(opened_with(&change).err(), fault, "{change}");
    }
    for change in [
        json!({ "exp": null }),
        json!({ "iat": null }),
        json!({ "exp": "never" }),
        json!({ "exp": -1 }),
        json!({ "iat": -1 }),
        json!({ "exp": [NOW_S + 60] }),
    ] {
        assert_eq!(opened_with(&change).err(), Some(TokenFault::Malformed), "{change}");
    }
}

#[test]
fn only_the_callers_clock_counts() {
    let token = signed(&header(), &claims());
    let secret = secret();
    let at = |seconds: i64| {
        let now = Millis(seconds * 1_000);
        verify(&token, &keys(), &Expectation { now, ..expectation(&secret) }).err()
    };
    assert_eq!(at(NOW_S + 3_660), None);
    assert_eq!(at(NOW_S + 3_661), Some(TokenFault::Expired));
    assert_eq!(at(NOW_S - 60), None);
    assert_eq!(at(NOW_S - 61), Some(TokenFault::NotYet));
    assert_eq!(at(-1), Some(TokenFault::NotYet));
    assert_eq!(at(i64::MAX / 1_000), Some(TokenFault::Expired));
}

#[test]
fn a_fresh_sign_in_needs_a_fresh_proof() {
    let secret = secret();
    let at = |change: Value, fresh_after| {
        let expected = Expectation { fresh_after, ..expectation(&secret) };
        verify(&token_with(&change), &keys(), &expected).err()
    };
    let begun = Some(NOW.plus(-120_000));
    let proved = |seconds: i64| json!({ "auth_time": NOW_S + seconds });
    assert_eq!(at(proved(-100), begun), None);
    assert_eq!(at(proved(-180), begun), None, "the leeway");
    assert_eq!(at(proved(-181), begun), Some(TokenFault::Stale));
    assert_eq!(at(proved(-86_400), begun), Some(TokenFault::Stale));
    assert_eq!(at(proved(-86_400), None), None, "an ordinary sign-in may rest on an old proof");
    assert_eq!(at(proved(61), begun), Some(TokenFault::NotYet));
    assert_eq!(at(proved(61), None), Some(TokenFault::NotYet));
    assert_eq!(at(json!({ "auth_time": i64::MIN }), begun), Some(TokenFault::Stale));
    assert_eq!(at(json!({ "auth_time": i64::MAX }), begun), Some(TokenFault::NotYet));
    // Without it the moment of issue stands for it.
    assert_eq!(at(json!({}), begun), None);
    assert_eq!(at(json!({ "iat": NOW_S - 181 }), begun), Some(TokenFault::Stale));
    assert_eq!(at(json!({ "auth_time": "now" }), begun), Some(TokenFault::Malformed));
}

#[test]
fn a_subject_is_short_and_printable() {
    for good in ["1", &"9".repeat(SUBJECT_BYTES_MAX)] {
        assert_eq!(opened_with(&json!({ "sub": good })).unwrap().subject, good);
    }
    for bad in ["", "1 2", "1\n", "1\0", "é", "1\u{202e}", &"9".repeat(SUBJECT_BYTES_MAX + 1)] {
        let fault = opened_with(&json!({ "sub": bad })).err();
        assert_eq!(fault, Some(TokenFault::Subject), "{bad:?}");
    }
    assert_eq!(opened_with(&json!({ "sub": null })).err(), Some(TokenFault::Subject));
    assert_eq!(opened_with(&json!({ "sub": 5 })).err(), Some(TokenFault::Malformed));
}

#[test]
fn an_address_is_verified_and_can_be_reached_or_is_none() {
    for change in [json!(false), json!(null)] {
        let fault = opened_with(&json!({ "email_verified": change })).err();
        assert_eq!(fault, Some(TokenFault::EmailUnverified), "{change}");
    }
    // A text is no truth value.
    let fault = opened_with(&json!({ "email_verified": "true" })).err();
    assert_eq!(fault, Some(TokenFault::Malformed));
    let long = format!("{}@example.com", "a".repeat(255));
    for bad in ["", "jane", "a@b.co\r\nBcc: x@y.co", "a@b\0.co", "jürgen@example.com", &long] {
        assert_eq!(opened_with(&json!({ "email": bad })).unwrap().email, None, "{bad:?}");
    }
}

#[test]
fn a_name_is_one_visible_line() {
    let long = "é".repeat(NAME_CHARS_MAX + 1);
    let cut = "é".repeat(NAME_CHARS_MAX);
    let cases = [
        ("Jane Doe", Some("Jane Doe")),
        ("  Jane\r\n\tDoe ", Some("Jane Doe")),
        ("Jane\0\u{1b}[31m Doe\u{7f}\u{9b}", Some("Jane[31m Doe")),
        ("\u{202e}eoD enaJ\u{202c}", Some("eoD enaJ")),
        ("Ja\u{ad}ne\u{2028}Doe\u{feff}", Some("Jane Doe")),
        ("Jane\u{200b} \u{2066}Doe\u{2069}\u{200f}\u{e0041}", Some("Jane Doe")),
        ("محمد", Some("محمد")),
        ("王小明", Some("王小明")),
        ("می\u{200c}خواهم", Some("می\u{200c}خواهم")),
        (long.as_str(), Some(cut.as_str())),
        ("", None),
        (" \u{a0}\u{3000}\n", None),
        ("\u{202e}", None),
    ];
    for (name, shown) in cases {
        let person = opened_with(&json!({ "name": name })).unwrap();
        assert_eq!(person.name.as_deref(), shown, "{name:?}");
    }
}

#[test]
fn a_picture_lies_at_a_plain_https_address_or_is_none() {
    let long = format!("https://a.example/{}", "a".repeat(2_048));
    let bad = [
        "",
        "javascript:alert(1)",
        "data:image/png;base64,AA==",
        "http://lh3.googleusercontent.com/a",
        "http://localhost/a",
        "//lh3.googleusercontent.com/a",
        "https://user@lh3.googleusercontent.com/a",
        "https://127.0.0.1/a",
        "https://[::1]/a",
        "https://169.254.169.254/latest",
        "https://2130706433/",
        "https://localhost/a",
        "https://a.example\\@b.example/",
        "https://a.example/\n",
        "https://a.example/ b",
        "https://",
        &long,
    ];
    for picture in bad {
        let person = opened_with(&json!({ "picture": picture })).unwrap();
        assert_eq!(person.picture, None, "{picture:?}");
    }
}

#[test]
fn in_development_a_picture_may_lie_on_the_same_machine() {
    let issuer = "http://localhost:4000";
    let picture = "http://localhost:4000/portrait.jpg";
    let token = token_with(&json!({ "iss": issuer, "picture": picture }));
    let secret = secret();
    let expected = Expectation { issuer, ..expectation(&secret) };
    assert_eq!(verify(&token, &keys(), &expected).unwrap().picture.as_deref(), Some(picture));
}

#[test]
fn another_sign_in_is_not_meant() {
    let token = signed(&header(), &claims());
    let other = SignInSecret::from_bytes([8; 32]);
    let fault = verify(&token, &keys(), &expectation(&other)).err();
    assert_eq!(fault, Some(TokenFault::Nonce));
}
