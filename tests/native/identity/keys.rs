//! The document of keys: which are used, and how long it is kept.

use anytryon::domain::time::{DAY_MS, HOUR_MS, MINUTE_MS};
use anytryon::identity::keys::{BODY_BYTES_MAX, KEYS_MAX, Keys, KeysFault, life_ms};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Value, json};

use super::{KEY, KID, OTHER_KEY, jwk, with};

fn decoded(entries: &[Value]) -> Result<Keys, KeysFault> {
    Keys::decode(json!({ "keys": entries }).to_string().as_bytes())
}

#[test]
fn keys_are_found_by_their_very_name() {
    let keys = decoded(&[jwk(KEY, KID), jwk(OTHER_KEY, "next")]).unwrap();
    assert!(keys.has(KID) && keys.has("next"));
    for kid in ["", "Next", "next ", "b5f3a0c1d", "b5f3a0c1d2\0", "*"] {
        assert!(!keys.has(kid), "{kid:?}");
    }
    let unsaid = with(jwk(KEY, KID), &json!({ "use": null, "alg": null }));
    assert!(decoded(&[unsaid]).unwrap().has(KID));
    let said = with(jwk(KEY, KID), &json!({ "key_ops": ["verify"] }));
    assert!(decoded(&[said]).unwrap().has(KID));
}

#[test]
fn keys_of_other_kinds_are_left_out() {
    let modulus = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
    let weak = modulus(&[[0x80].as_slice(), &[1; 127]].concat());
    let huge = modulus(&[[0x80].as_slice(), &[1; 512]].concat());
    let even = modulus(&[[0x80].as_slice(), &[2; 255]].concat());
    for change in [
        json!({ "kty": "EC" }),
        json!({ "kty": "oct" }),
        json!({ "kty": "rsa" }),
        json!({ "use": "enc" }),
        json!({ "alg": "RS512" }),
        json!({ "alg": "RSA-OAEP" }),
        json!({ "alg": "none" }),
        json!({ "key_ops": ["sign"] }),
        json!({ "key_ops": [] }),
        json!({ "kid": null }),
        json!({ "kid": "" }),
        json!({ "kid": "a b" }),
        json!({ "kid": "k".repeat(129) }),
        json!({ "n": null }),
        json!({ "e": null }),
        json!({ "n": "" }),
        json!({ "n": "%" }),
        json!({ "n": weak }),
        json!({ "n": huge }),
        json!({ "n": even }),
        json!({ "n": "A".repeat(10_000) }),
        json!({ "e": "AQ" }),
        json!({ "e": "Aw" }),
        json!({ "e": "AQABAQ" }),
        json!({ "e": "" }),
    ] {
        let other = with(jwk(OTHER_KEY, "other"), &change);
        let keys = decoded(&[other.clone(), jwk(KEY, KID)]).unwrap();
        assert!(keys.has(KID) && !keys.has("other"), "{change}");
        assert_eq!(decoded(&[other]).err(), Some(KeysFault::NoKey), "{change}");
    }
}

#[test]
fn two_keys_of_one_name_refuse_the_document() {
    for second in [jwk(OTHER_KEY, KID), jwk(KEY, KID)] {
        let fault = decoded(&[jwk(KEY, KID), second]).err();
        assert_eq!(fault, Some(KeysFault::Ambiguous));
    }
    // A key for another use may have the same name: it is never taken for this one.
    let other = with(jwk(OTHER_KEY, KID), &json!({ "use": "enc" }));
    assert!(decoded(&[other, jwk(KEY, KID)]).unwrap().has(KID));
}

#[test]
fn a_document_is_bounded() {
    let many = |count: usize| -> Vec<Value> {
        (0..count).map(|at| jwk(KEY, &format!("key-{at}"))).collect()
    };
    assert!(decoded(&many(KEYS_MAX)).is_ok());
    assert_eq!(decoded(&many(KEYS_MAX + 1)).err(), Some(KeysFault::TooMany));
    assert_eq!(decoded(&[]).err(), Some(KeysFault::NoKey));
    let long = json!({ "keys": [jwk(KEY, KID)], "pad": "x".repeat(BODY_BYTES_MAX) }).to_string();
    assert_eq!(Keys::decode(long.as_bytes()).err(), Some(KeysFault::TooLong));
    for body in ["", "<html>", "null", "[]", "{}", r#"{"keys":{}}"#, r#"{"keys":[5]}"#] {
        assert_eq!(Keys::decode(body.as_bytes()).err(), Some(KeysFault::Unreadable), "{body}");
    }
}

#[test]
fn keys_are_kept_as_long_as_the_reply_says_within_bounds() {
    let cases = [
        (None, HOUR_MS),
        (Some(""), HOUR_MS),
        (Some("public"), HOUR_MS),
        (Some("public, max-age=19845, must-revalidate, no-transform"), 19_845_000),
        (Some("Max-Age=300"), 300_000),
        (Some("max-age=\"300\""), 300_000),
        (Some("max-age = 300"), 300_000),
        (Some("max-age=59"), MINUTE_MS),
        (Some("max-age=60"), MINUTE_MS),
        (Some("max-age=0"), MINUTE_MS),
        (Some("no-store"), MINUTE_MS),
        (Some("no-cache, max-age=300"), MINUTE_MS),
        (Some("max-age=86400"), DAY_MS),
        (Some("max-age=86401"), DAY_MS),
        (Some("max-age=99999999999999999999999999"), DAY_MS),
        (Some("max-age=9223372036854775807"), DAY_MS),
        (Some("max-age=600, max-age=300"), 300_000),
        (Some("s-maxage=300"), HOUR_MS),
        (Some("x-max-age=300"), HOUR_MS),
        (Some("max-age"), HOUR_MS),
        (Some("max-age="), HOUR_MS),
        (Some("max-age=-300"), HOUR_MS),
        (Some("max-age=+300"), HOUR_MS),
        (Some("max-age=3e2"), HOUR_MS),
        (Some("max-age=\""), HOUR_MS),
    ];
    for (header, life) in cases {
        assert_eq!(life_ms(header), life, "{header:?}");
    }
}
