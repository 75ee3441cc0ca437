//! What is sent: every value escaped, nothing of the secret but what is meant to be seen.

use std::collections::HashMap;

use anytryon::identity::discovery::Endpoints;
use anytryon::identity::request::{authorization_url, token_form};

use super::{CLIENT, secret};

const REDIRECT: &str = "https://try.example/auth/callback?x=1&y";

fn endpoints(authorization: &str) -> Endpoints {
    Endpoints {
        authorization: authorization.to_owned(),
        token: "https://oauth2.googleapis.com/token".to_owned(),
        keys: "https://www.googleapis.com/oauth2/v3/certs".to_owned(),
    }
}

fn pairs(text: &str) -> HashMap<String, String> {
    let pairs: Vec<_> = form_urlencoded::parse(text.as_bytes()).into_owned().collect();
    let map: HashMap<_, _> = pairs.iter().cloned().collect();
    assert_eq!(map.len(), pairs.len(), "each parameter once: {text}");
    map
}

#[test]
fn the_browser_takes_the_code_flow_with_pkce_along() {
    let secret = secret();
    let url =
        authorization_url(&endpoints("https://a.example/auth"), CLIENT, REDIRECT, &secret, false);
    let (address, query) = url.split_once('?').unwrap();
    assert_eq!(address, "https://a.example/auth");
    assert!(url.bytes().all(|byte| byte.is_ascii_graphic()));
    let (state, nonce, challenge) = (secret.state(), secret.nonce(), secret.challenge());
    let expected = [
        ("response_type", "code"),
        ("client_id", CLIENT),
        ("redirect_uri", REDIRECT),
        ("scope", "openid email profile"),
        ("state", state.as_str()),
        ("nonce", nonce.as_str()),
        ("code_challenge", challenge.as_str()),
        ("code_challenge_method", "S256"),
        ("prompt", "select_account"),
    ];
    let expected = expected.map(|(name, value)| (name.to_owned(), value.to_owned()));
    assert_eq!(pairs(query), HashMap::from(expected));
    assert!(!url.contains(&secret.verifier()) && !url.contains(&secret.to_string()));
}

#[test]
fn a_fresh_sign_in_asks_for_a_new_proof() {
    let url =
        authorization_url(&endpoints("https://a.example/auth"), CLIENT, REDIRECT, &secret(), true);
    let pairs = pairs(url.split_once('?').unwrap().1);
    assert_eq!((pairs["prompt"].as_str(), pairs["max_age"].as_str()), ("select_account", "0"));
}

#[test]
fn an_endpoint_may_have_a_query_already() {
    let url = authorization_url(
        &endpoints("https://a.example/auth?p=1"),
        CLIENT,
        REDIRECT,
        &secret(),
        false,
    );
    assert!(url.starts_with("https://a.example/auth?p=1&response_type=code&"), "{url}");
}

#[test]
fn the_code_is_exchanged_with_its_verifier() {
    let secret = secret();
    let form = token_form("4/0A&b=c d", &secret.verifier(), CLIENT, "s3cr&t=+", REDIRECT);
    let expected = [
        ("grant_type", "authorization_code"),
        ("code", "4/0A&b=c d"),
        ("code_verifier", &secret.verifier()),
        ("client_id", CLIENT),
        ("client_secret", "s3cr&t=+"),
        ("redirect_uri", REDIRECT),
    ];
    let expected = expected.map(|(name, value)| (name.to_owned(), value.to_owned()));
    assert_eq!(pairs(&form), HashMap::from(expected));
}
