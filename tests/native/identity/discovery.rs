//! The discovery document: whose it is and where it leads.

use anytryon::identity::discovery::{BODY_BYTES_MAX, DiscoveryFault, Endpoints, address, decode};
use serde_json::{Value, json};

use super::{ISSUER, with};

/// As Google's, with the members that are not read.
fn google() -> Value {
    json!({
        "issuer": ISSUER,
        "authorization_endpoint": "https://accounts.google.com/o/oauth2/v2/auth",
        "token_endpoint": "https://oauth2.googleapis.com/token",
        "userinfo_endpoint": "https://openidconnect.googleapis.com/v1/userinfo",
        "jwks_uri": "https://www.googleapis.com/oauth2/v3/certs",
        "response_types_supported": ["code", "token", "id_token"],
        "id_token_signing_alg_values_supported": ["RS256"],
        "code_challenge_methods_supported": ["plain", "S256"],
    })
}

fn decoded(issuer: &str, document: &Value) -> Result<Endpoints, DiscoveryFault> {
    decode(issuer, document.to_string().as_bytes())
}

#[test]
fn googles_endpoints_are_read() {
    let endpoints = decoded(ISSUER, &google()).unwrap();
    assert_eq!(endpoints.authorization, "https://accounts.google.com/o/oauth2/v2/auth");
    assert_eq!(endpoints.token, "https://oauth2.googleapis.com/token");
    assert_eq!(endpoints.keys, "https://www.googleapis.com/oauth2/v3/certs");
    let place = "https://accounts.google.com/.well-known/openid-configuration";
    assert_eq!(address(ISSUER), place);
    assert_eq!(address("https://accounts.google.com/"), place);
}

#[test]
fn another_issuers_document_is_refused() {
    for issuer in [
        "https://accounts.google.com/",
        "accounts.google.com",
        "http://accounts.google.com",
        "https://accounts.google.com.evil.example",
        "HTTPS://accounts.google.com",
        "",
    ] {
        let document = with(google(), &json!({ "issuer": issuer }));
        assert_eq!(decoded(ISSUER, &document), Err(DiscoveryFault::Issuer), "{issuer}");
    }
}

#[test]
fn endpoints_lie_behind_https() {
    for bad in [
        "http://accounts.google.com/token",
        "http://localhost:4000/token",
        "http://127.0.0.1/token",
        "https://localhost/token",
        "https://10.0.0.1/token",
        "https://[::1]/token",
        "https://user:secret@accounts.google.com/token",
        "https://accounts.google.com:0443/token",
        "https://accounts.google.com:99999/token",
        "https://accounts.google.com\\@evil.example/",
        "https://accounts.google.com/token#x",
        "https://accounts.google.com /",
        "https://accounts..google.com/",
        "https://%61ccounts.google.com/",
        "https:/accounts.google.com/",
        "ftp://accounts.google.com/",
        "javascript:alert(1)",
        "/token",
        "",
    ] {
        for member in ["authorization_endpoint", "token_endpoint", "jwks_uri"] {
            let document = with(google(), &json!({ member: bad }));
            assert_eq!(decoded(ISSUER, &document), Err(DiscoveryFault::Endpoint), "{member} {bad}");
        }
    }
}

#[test]
fn only_an_issuer_on_this_machine_may_do_without_tls_and_only_on_this_machine() {
    let issuer = "http://localhost:4000";
    let local = |token: &str| {
        json!({
            "issuer": issuer,
            "authorization_endpoint": "http://localhost:4000/authorize",
            "token_endpoint": token,
            "jwks_uri": "http://127.0.0.1:4000/keys",
        })
    };
    assert!(decoded(issuer, &local("http://localhost:4001/token?x=1")).is_ok());
    assert!(decoded(issuer, &local("http://localhost/token")).is_ok());
    for bad in [
        "http://accounts.google.com/token",
        "http://localhost.evil.example/token",
        "http://localhost@evil.example/token",
        "http://localhost:4000@evil.example/token",
        "http://127.0.0.1.evil.example/",
        "http://localhostess/",
    ] {
        assert_eq!(decoded(issuer, &local(bad)), Err(DiscoveryFault::Endpoint), "{bad}");
    }
    let outside = json!({ "issuer": "http://localhost.evil.example" });
    let document = with(local("http://localhost:4000/token"), &outside);
    let fault = decoded("http://localhost.evil.example", &document);
    assert_eq!(fault, Err(DiscoveryFault::Endpoint));
}

#[test]
fn what_is_no_document_is_unreadable() {
    for member in ["issuer", "authorization_endpoint", "token_endpoint", "jwks_uri"] {
        for value in [json!(null), json!(5), json!(["https://a.example"])] {
            let document = with(google(), &json!({ member: value }));
            assert_eq!(decoded(ISSUER, &document), Err(DiscoveryFault::Unreadable), "{document}");
        }
    }
    for body in ["", "<html>", "null", "[]", "{}", "{"] {
        assert_eq!(decode(ISSUER, body.as_bytes()), Err(DiscoveryFault::Unreadable), "{body}");
    }
    let long = with(google(), &json!({ "pad": "x".repeat(BODY_BYTES_MAX) }));
    assert_eq!(decoded(ISSUER, &long), Err(DiscoveryFault::TooLong));
}
