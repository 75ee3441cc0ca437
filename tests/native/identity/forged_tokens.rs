//! Every attack on a token ends without a person.

use anytryon::domain::mac;
use anytryon::identity::token::{HEADER_CHARS_MAX, TOKEN_BYTES_MAX, TokenFault, verify};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use proptest::prelude::*;
use rsa::pkcs8::EncodePublicKey;
use serde_json::{Value, json};

use super::{
    CLIENT, ISSUER, KEY, KID, NOW_S, OTHER_KEY, claims, encoded, expectation, header, jwk, keys_of,
    opened, opened_with, private, secret, signed, signed_text, with,
};

const ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

fn good() -> String {
    signed(&header(), &claims())
}

fn with_header(change: &Value) -> Option<TokenFault> {
    opened(&signed(&with(header(), change), &claims())).err()
}

#[test]
fn another_issuer() {
    for issuer in [
        "https://accounts.google.com/",
        "accounts.google.com",
        "http://accounts.google.com",
        "https://accounts.google.com.evil.example",
        "HTTPS://ACCOUNTS.GOOGLE.COM",
        " https://accounts.google.com",
        "",
    ] {
        assert_eq!(
            opened_with(&json!({ "iss": issuer })).err(),
            Some(TokenFault::Issuer),
            "{issuer}"
        );
    }
    assert_eq!(opened_with(&json!({ "iss": null })).err(), Some(TokenFault::Issuer));
    assert_eq!(opened_with(&json!({ "iss": [ISSUER] })).err(), Some(TokenFault::Malformed));
}

#[test]
fn another_audience() {
    for change in [
        json!({ "aud": "other" }),
        json!({ "aud": "" }),
        json!({ "aud": null }),
        json!({ "aud": [] }),
        json!({ "aud": ["other"] }),
        json!({ "aud": [CLIENT, "other"] }),
        json!({ "aud": ["other", CLIENT], "azp": CLIENT }),
        json!({ "aud": format!("{CLIENT} ") }),
        json!({ "aud": CLIENT.to_uppercase() }),
        json!({ "azp": "other" }),
        json!({ "azp": "" }),
        json!({ "aud": [CLIENT], "azp": "other" }),
    ] {
        assert_eq!(opened_with(&change).err(), Some(TokenFault::Audience), "{change}");
    }
    for change in [json!({ "aud": 5 }), json!({ "aud": { CLIENT: 1 } }), json!({ "azp": [CLIENT] })]
    {
        assert_eq!(opened_with(&change).err(), Some(TokenFault::Malformed), "{change}");
    }
}

#[test]
fn another_nonce() {
    let mut last = secret().nonce();
    last.pop();
    for nonce in ["", "x", secret().state().as_str(), last.as_str(), &format!("{last}A=")] {
        assert_eq!(
            opened_with(&json!({ "nonce": nonce })).err(),
            Some(TokenFault::Nonce),
            "{nonce}"
        );
    }
    assert_eq!(opened_with(&json!({ "nonce": null })).err(), Some(TokenFault::Nonce));
    assert_eq!(opened_with(&json!({ "nonce": [] })).err(), Some(TokenFault::Malformed));
}

#[test]
fn another_algorithm() {
    let names = [
        "none", "None", "NONE", "nOnE", "", "HS256", "RS384", "RS512", "PS256", "ES256", "EdDSA",
        "rs256", "RS256 ", "RS256\0",
    ];
    for name in names {
        assert_eq!(with_header(&json!({ "alg": name })), Some(TokenFault::Algorithm), "{name}");
        let head = with(header(), &json!({ "alg": name })).to_string();
        let unsigned = format!("{}.{}.", encoded(&head), encoded(&claims().to_string()));
        assert_eq!(opened(&unsigned).err(), Some(TokenFault::Algorithm), "{name}");
    }
    for change in [json!({ "alg": null }), json!({ "alg": ["RS256"] }), json!({ "alg": 1 })] {
        assert_eq!(with_header(&change), Some(TokenFault::Malformed), "{change}");
    }
}

#[test]
fn the_public_key_as_a_shared_secret() {
    let public = private(KEY).to_public_key();
    let pem = public.to_public_key_pem(rsa::pkcs8::LineEnding::LF).unwrap();
    let der = public.to_public_key_der().unwrap();
    let modulus = jwk(KEY, KID)["n"].as_str().unwrap().to_owned();
    let forms = [pem.as_bytes(), pem.trim().as_bytes(), der.as_bytes(), modulus.as_bytes()];
    for (alg, fault) in [("HS256", TokenFault::Algorithm), ("RS256", TokenFault::Signature)] {
        let head = with(header(), &json!({ "alg": alg })).to_string();
        let signed = format!("{}.{}", encoded(&head), encoded(&claims().to_string()));
        for form in forms {
            let tag = URL_SAFE_NO_PAD.encode(mac::tag::<32>(form, &[signed.as_bytes()]));
            assert_eq!(opened(&format!("{signed}.{tag}")).err(), Some(fault), "{alg}");
        }
    }
}

#[test]
fn a_key_that_is_not_known() {
    let long = "k".repeat(200);
    for kid in ["other", "../../dev/null", "/etc/passwd", "https://evil.example/key", "b5f3a0c1d2x"]
    {
        assert_eq!(with_header(&json!({ "kid": kid })), Some(TokenFault::UnknownKey), "{kid}");
    }
    // What cannot be a name is not worth asking the provider for.
    for kid in ["", "a b", "b5f3a0c1d2\0", "b5f3a0c1d2\n", "é", &long] {
        assert_eq!(with_header(&json!({ "kid": kid })), Some(TokenFault::Header), "{kid:?}");
    }
    assert_eq!(with_header(&json!({ "kid": null })), Some(TokenFault::Header));
    assert_eq!(with_header(&json!({ "kid": 5 })), Some(TokenFault::Malformed));
}

#[test]
fn a_key_that_the_token_brings() {
    let own = jwk(OTHER_KEY, KID);
    for change in [
        json!({ "jwk": own }),
        json!({ "jwk": own.to_string() }),
        json!({ "jku": "https://evil.example/keys" }),
        json!({ "x5u": "https://evil.example/certificate" }),
        json!({ "x5c": ["MIIB"] }),
        json!({ "crit": ["exp"] }),
        json!({ "crit": [] }),
        json!({ "crit": ["b64"], "b64": false }),
        json!({ "typ": "at+jwt" }),
        json!({ "typ": "logout+jwt" }),
        json!({ "typ": "" }),
    ] {
        assert_eq!(with_header(&change), Some(TokenFault::Header), "{change}");
        let head = with(header(), &change).to_string();
        let by_other = signed_text(OTHER_KEY, &head, &claims().to_string());
        assert_eq!(opened(&by_other).err(), Some(TokenFault::Header), "{change}");
    }
}

#[test]
fn a_signature_of_another_key() {
    let token = signed_text(OTHER_KEY, &header().to_string(), &claims().to_string());
    assert_eq!(opened(&token).err(), Some(TokenFault::Signature));
    // Known too, but not the one that the header names.
    let keys = keys_of(&[jwk(KEY, KID), jwk(OTHER_KEY, "other")]);
    let fault = verify(&token, &keys, &expectation(&secret())).err();
    assert_eq!(fault, Some(TokenFault::Signature));
}

#[test]
fn a_signature_that_is_taken_from_elsewhere() {
    let (token, other) = (good(), signed(&header(), &with(claims(), &json!({ "sub": "666" }))));
    let parts: Vec<&str> = token.split('.').collect();
    let others: Vec<&str> = other.split('.').collect();
    let zeros = URL_SAFE_NO_PAD.encode([0; 256]);
    let ones = URL_SAFE_NO_PAD.encode([0xff; 256]);
    let one = URL_SAFE_NO_PAD.encode([[0; 255].as_slice(), &[1]].concat());
    let long = URL_SAFE_NO_PAD
        .encode([&[0], URL_SAFE_NO_PAD.decode(parts[2]).unwrap().as_slice()].concat());
    for signature in ["", "AA", others[2], &zeros, &ones, &one, &long, &parts[2][..340]] {
        let forged = format!("{}.{}.{signature}", parts[0], parts[1]);
        assert_eq!(opened(&forged).err(), Some(TokenFault::Signature), "{signature}");
    }
    let swapped = format!("{}.{}.{}", parts[0], others[1], parts[2]);
    assert_eq!(opened(&swapped).err(), Some(TokenFault::Signature));
}

#[test]
fn a_signature_over_something_else_than_its_digest() {
    let signed = format!("{}.{}", encoded(&header().to_string()), encoded(&claims().to_string()));
    let digest = <sha2::Sha256 as sha2::Digest>::digest(&signed).to_vec();
    // Without the name of the hash, and with that of SHA-1.
    let sha1 = [
        [0x30, 0x2d, 0x30, 0x09, 0x06, 0x05, 0x2b, 0x0e, 0x03, 0x02, 0x1a, 0x05, 0x00].as_slice(),
        &[0x04, 0x20],
        &digest,
    ]
    .concat();
    for content in [digest, sha1] {
        let scheme = rsa::Pkcs1v15Sign::new_unprefixed();
        let signature = URL_SAFE_NO_PAD.encode(private(KEY).sign(scheme, &content).unwrap());
        let fault = opened(&format!("{signed}.{signature}")).err();
        assert_eq!(fault, Some(TokenFault::Signature));
    }
}

#[test]
fn a_token_with_one_character_changed() {
    let token = good();
    assert!(opened(&token).is_ok());
    for at in 0..token.len() {
        let mut bytes = token.clone().into_bytes();
        // The next of the alphabet differs in the lowest bits, which are spare in a last character.
        let next = ALPHABET.iter().position(|c| *c == bytes[at]).map(|place| ALPHABET[place ^ 1]);
        bytes[at] = next.unwrap_or(b'A');
        let changed = String::from_utf8(bytes).unwrap();
        assert!(opened(&changed).is_err(), "the character {at} of {token}");
    }
    let last = token.len() - 1;
    for other in ALPHABET.iter().filter(|c| **c != token.as_bytes()[last]) {
        let changed = format!("{}{}", &token[..last], char::from(*other));
        assert!(opened(&changed).is_err(), "a second spelling of the signature");
    }
}

#[test]
fn a_signature_with_one_bit_flipped() {
    let token = good();
    let (signed, signature) = token.rsplit_once('.').unwrap();
    let signature = URL_SAFE_NO_PAD.decode(signature).unwrap();
    for bit in 0..signature.len() * 8 {
        let mut flipped = signature.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        let forged = format!("{signed}.{}", URL_SAFE_NO_PAD.encode(flipped));
        assert_eq!(opened(&forged).err(), Some(TokenFault::Signature), "bit {bit}");
    }
}

#[test]
fn a_token_in_another_spelling() {
    let token = good();
    let parts: Vec<&str> = token.split('.').collect();
    let [head, body, signature] = parts[..] else { panic!("three parts") };
    let forms = [
        format!("{head}=.{body}.{signature}"),
        format!("{head}.{body}=.{signature}"),
        format!("{head}.{body}.{signature}="),
        format!("{head}.{body}.{signature}=="),
        format!("{head}.{body}.{signature}\n"),
        format!(" {token}"),
        format!("{token} "),
        format!("{head}\n.{body}.{signature}"),
        format!("{token}."),
        format!("{token}.AA"),
        format!(".{token}"),
        format!("{head}.{body}"),
        format!("{head}..{signature}"),
        format!("..{signature}"),
        format!("{head}.{body}.{}", signature.replace(['-', '_'], "+")),
        format!("{head}.{body}.é"),
        "..".to_owned(),
        ".".to_owned(),
        String::new(),
        "Bearer".to_owned(),
        format!(r#"{{"payload":"{body}","signatures":[{{"protected":"{head}"}}]}}"#),
    ];
    for form in forms {
        assert!(opened(&form).is_err(), "{form}");
    }
}

#[test]
fn a_token_that_is_too_long() {
    let long = signed(&header(), &with(claims(), &json!({ "pad": "x".repeat(TOKEN_BYTES_MAX) })));
    assert_eq!(opened(&long).err(), Some(TokenFault::TooLong));
    let fault = with_header(&json!({ "pad": "x".repeat(HEADER_CHARS_MAX) }));
    assert_eq!(fault, Some(TokenFault::TooLong));
    let fits = signed(&header(), &with(claims(), &json!({ "pad": "x".repeat(4_000) })));
    assert!(opened(&fits).is_ok());
}

#[test]
fn a_token_that_says_one_thing_twice() {
    let head = header().to_string();
    let body = claims().to_string();
    let twice =
        |text: &str, member: &str| format!("{},{member}}}", text.strip_suffix('}').unwrap());
    for member in [r#""alg":"RS256""#, r#""kid":"b5f3a0c1d2""#] {
        let token = signed_text(KEY, &twice(&head, member), &body);
        assert_eq!(opened(&token).err(), Some(TokenFault::Malformed), "{member}");
    }
    for member in [
        r#""sub":"666""#.to_owned(),
        format!(r#""iss":"{ISSUER}""#),
        format!(r#""aud":"{CLIENT}""#),
        format!(r#""exp":{}"#, NOW_S + 60),
        r#""email":"eve@example.com""#.to_owned(),
        r#""email_verified":true"#.to_owned(),
        format!(r#""nonce":"{}""#, secret().nonce()),
    ] {
        let token = signed_text(KEY, &head, &twice(&body, &member));
        assert_eq!(opened(&token).err(), Some(TokenFault::Malformed), "{member}");
    }
}

#[test]
fn claims_that_are_no_object() {
    let head = header().to_string();
    for body in ["", "null", "[]", "5", "\"x\"", "{", "{}x", "\u{feff}{}", "{\"iss\":}"] {
        let fault = opened(&signed_text(KEY, &head, body)).err();
        assert_eq!(fault, Some(TokenFault::Malformed), "{body}");
    }
    for head in ["", "null", "[]", "{}", "{", "5"] {
        let fault = opened(&signed_text(KEY, head, &claims().to_string())).err();
        assert_eq!(fault, Some(TokenFault::Malformed), "{head}");
    }
    // Deep enough to overflow a stack that trusts it.
    let deep = format!("{{\"x\":{}{}}}", "[".repeat(2_000), "]".repeat(2_000));
    assert_eq!(opened(&signed_text(KEY, &head, &deep)).err(), Some(TokenFault::Malformed));
}

#[test]
fn every_fault_has_a_name_of_its_own() {
    use TokenFault as F;
    let all = [
        F::TooLong,
        F::Malformed,
        F::Header,
        F::Algorithm,
        F::UnknownKey,
        F::Signature,
        F::Issuer,
        F::Audience,
        F::Expired,
        F::NotYet,
        F::Nonce,
        F::Stale,
        F::Subject,
        F::EmailUnverified,
    ];
    let names: std::collections::HashSet<_> = all.iter().map(|fault| fault.name()).collect();
    assert_eq!(names.len(), all.len());
}

proptest! {
    #[test]
    fn nobody_is_named_by_anything(text in ".{0,200}", parts in prop::array::uniform3("[A-Za-z0-9_=-]{0,60}")) {
        prop_assert!(opened(&text).is_err());
        prop_assert!(opened(&parts.join(".")).is_err());
        let mine = format!("{}.{}", encoded(&header().to_string()), parts[1..].join("."));
        prop_assert!(opened(&mine).is_err());
    }
}
