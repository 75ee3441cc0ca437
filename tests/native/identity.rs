//! Signing in with an identity provider: its documents, our requests, and every token that must
//! name nobody. The tokens are signed here by hand, since a library refuses to sign most of them.

mod discovery;
mod forged_tokens;
mod keys;
mod replies;
mod requests;
mod secrets;
mod tokens;

use anytryon::domain::time::Millis;
use anytryon::identity::keys::Keys;
use anytryon::identity::secrets::SignInSecret;
use anytryon::identity::token::{Expectation, Person, TokenFault, verify};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use rsa::pkcs8::DecodePrivateKey;
use rsa::traits::PublicKeyParts;
use rsa::{Pkcs1v15Sign, RsaPrivateKey};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

const ISSUER: &str = "https://accounts.google.com";
const CLIENT: &str = "1234-abc.apps.googleusercontent.com";
const KID: &str = "b5f3a0c1d2";
const NOW_S: i64 = 1_790_000_000;
const NOW: Millis = Millis(NOW_S * 1_000);

/// Made for these tests; they open nothing.
const KEY: &str = include_str!("../fixtures/identity_key.pem");
const OTHER_KEY: &str = include_str!("../fixtures/identity_other_key.pem");

fn secret() -> SignInSecret {
    SignInSecret::from_bytes([7; 32])
}

fn private(pem: &str) -> RsaPrivateKey {
    RsaPrivateKey::from_pkcs8_pem(pem).unwrap()
}

/// One entry of a document of keys.
fn jwk(pem: &str, kid: &str) -> Value {
    let key = private(pem);
    json!({
        "kty": "RSA", "use": "sig", "alg": "RS256", "kid": kid,
        "n": URL_SAFE_NO_PAD.encode(key.n().to_bytes_be()),
        "e": URL_SAFE_NO_PAD.encode(key.e().to_bytes_be()),
    })
}

fn keys_of(entries: &[Value]) -> Keys {
    Keys::decode(json!({ "keys": entries }).to_string().as_bytes()).unwrap()
}

fn keys() -> Keys {
    keys_of(&[jwk(KEY, KID)])
}

fn header() -> Value {
    json!({ "alg": "RS256", "kid": KID, "typ": "JWT" })
}

/// What Google says about somebody who has just signed in.
fn claims() -> Value {
    json!({
        "iss": ISSUER, "azp": CLIENT, "aud": CLIENT, "sub": "110169484474386276334",
        "email": "jane@example.com", "email_verified": true, "at_hash": "HK6E_P6Dh8Y93mRNtsDB1Q",
        "nonce": secret().nonce(), "name": "Jane Doe", "given_name": "Jane",
        "picture": "https://lh3.googleusercontent.com/a/ACg8oc=s96-c",
        "iat": NOW_S, "exp": NOW_S + 3_600,
    })
}

/// `base` with the members of `change`; `null` takes a member away.
fn with(base: Value, change: &Value) -> Value {
    let mut changed = base;
    for (name, value) in change.as_object().unwrap() {
        let members = changed.as_object_mut().unwrap();
        if value.is_null() {
            members.remove(name);
        } else {
            members.insert(name.clone(), value.clone());
        }
    }
    changed
}

fn encoded(text: &str) -> String {
    URL_SAFE_NO_PAD.encode(text)
}

/// A token of these texts, whatever they are, signed with RSASSA-PKCS1-v1_5 and SHA-256.
fn signed_text(pem: &str, header: &str, claims: &str) -> String {
    // DigestInfo of SHA-256 (RFC 8017, 9.2).
    let mut digest = vec![
        0x30, 0x31, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01,
        0x05, 0x00, 0x04, 0x20,
    ];
    let signed = format!("{}.{}", encoded(header), encoded(claims));
    digest.extend(Sha256::digest(&signed));
    let signature = private(pem).sign(Pkcs1v15Sign::new_unprefixed(), &digest).unwrap();
    format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature))
}

fn signed(header: &Value, claims: &Value) -> String {
    signed_text(KEY, &header.to_string(), &claims.to_string())
}

/// A good token but for these members of its claims.
fn token_with(change: &Value) -> String {
    signed(&header(), &with(claims(), change))
}

fn expectation(secret: &SignInSecret) -> Expectation<'_> {
    Expectation { issuer: ISSUER, client_id: CLIENT, secret, now: NOW, fresh_after: None }
}

fn opened(token: &str) -> Result<Person, TokenFault> {
    verify(token, &keys(), &expectation(&secret()))
}

fn opened_with(change: &Value) -> Result<Person, TokenFault> {
    opened(&token_with(change))
}
