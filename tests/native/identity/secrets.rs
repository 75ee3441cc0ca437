//! The secret of one sign-in: what is derived from it, and that nothing else fits.

use std::collections::HashSet;

use anytryon::identity::secrets::{SignInSecret, TEXT_LENGTH};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256};

use super::secret;
use crate::random::Random;

#[test]
fn the_cookies_value_is_read_in_one_spelling() {
    let text = secret().to_string();
    assert_eq!(text.len(), TEXT_LENGTH);
    assert_eq!(SignInSecret::parse(&text), Some(secret()));
    let second = format!("{}d", &text[..42]);
    assert_ne!(text, second);
    for bad in ["", "x", &text[1..], &format!("{text}="), &format!("{text}A"), &second] {
        assert_eq!(SignInSecret::parse(bad), None, "{bad}");
    }
    assert_eq!(SignInSecret::parse(&"+".repeat(TEXT_LENGTH)), None);
    assert_eq!(SignInSecret::parse(&"é".repeat(TEXT_LENGTH)), None);
    assert!(!format!("{:?}", secret()).contains(&text), "no secret in a log");
}

#[test]
fn everything_that_is_derived_differs() {
    let mut random = Random::new(5);
    let mut seen = HashSet::new();
    for _ in 0..100 {
        let secret = SignInSecret::from_bytes(random.bytes());
        let derived = [
            secret.state(),
            secret.nonce(),
            secret.verifier(),
            secret.challenge(),
            secret.to_string(),
        ];
        for value in derived {
            // 43 characters is also the least that RFC 7636 takes for a verifier.
            assert_eq!(value.len(), TEXT_LENGTH);
            assert!(seen.insert(value), "the same value twice");
        }
    }
}

#[test]
fn what_is_derived_stays_the_same() {
    // A deployment between two requests of one sign-in must not end it. HMAC-SHA256 by another hand:
    // printf 'sign-in state\0' | openssl dgst -sha256 -mac HMAC -macopt hexkey:0707…07 -binary
    assert_eq!(secret().state(), "G8C5l1XDexoAjfiyxaw5KTITOA0dBELoUO8yYEwLLF8");
    assert_eq!(secret().nonce(), "05uoNNEYOXAs6jIHX0YdZDHNqJLmMUpOGEHfjx1JuRE");
    assert_eq!(secret().verifier(), "RrpvS1C1KBsC7fUGWfQcL8wfeRUEy53HY0EQ4w-N1Ug");
}

#[test]
fn the_challenge_is_the_digest_of_the_verifier() {
    // The example of RFC 7636, appendix B, for the function; then ours.
    let digest = |verifier: &str| URL_SAFE_NO_PAD.encode(Sha256::digest(verifier));
    let example = digest("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
    assert_eq!(example, "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
    assert_eq!(secret().challenge(), digest(&secret().verifier()));
}

#[test]
fn only_the_very_state_and_nonce_match() {
    let secret = secret();
    let (state, nonce) = (secret.state(), secret.nonce());
    assert!(secret.matches_state(&state) && secret.matches_nonce(&nonce));
    assert!(!secret.matches_state(&nonce) && !secret.matches_nonce(&state));
    let other = SignInSecret::from_bytes([8; 32]);
    assert!(!other.matches_state(&state) && !other.matches_nonce(&nonce));
    for bad in
        ["", "x", &state[1..], &format!("{state}="), &format!(" {state}"), &secret.to_string()]
    {
        assert!(!secret.matches_state(bad), "{bad}");
    }
    let bytes = URL_SAFE_NO_PAD.decode(&state).unwrap();
    for bit in 0..bytes.len() * 8 {
        let mut flipped = bytes.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        assert!(!secret.matches_state(&URL_SAFE_NO_PAD.encode(&flipped)), "bit {bit}");
    }
    // A tag that was cut short is still right as far as it goes.
    assert!(!secret.matches_state(&URL_SAFE_NO_PAD.encode(&bytes[..16])));
}
