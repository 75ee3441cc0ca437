//! Each fault of the `OpenID` provider does what it says.

use std::time::{Duration, Instant};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use hmac::{Hmac, KeyInit as _, Mac as _};
use ring::signature::{ECDSA_P256_SHA256_FIXED, UnparsedPublicKey};
use serde_json::{Value, json};
use sha2::Sha256;

use crate::{
    identity::{self, NONCE, STATE, part, signed_by},
    outside::{Bench, Reply, send},
};

const KEYS: &str = "/oauth2/v3/certs";

/// The proof of one fault of `list`.
pub async fn proof(bench: &Bench, at: &str, name: &str) {
    match at {
        "identity" => transport(bench, name).await,
        "discovery" => discovery(bench, name).await,
        "authorize" => authorize(bench, name).await,
        "token" => token(bench, name).await,
        "keys" => keys(bench, name).await,
        "id_token" => id_token(bench, name).await,
        other => panic!("no proof for the faults of {other}"),
    }
    let calls = bench.calls().await;
    assert!(calls.iter().any(|call| call["fault"] == name), "{name} is not in the log: {calls:?}");
}

async fn get(bench: &Bench, path: &str) -> Result<Reply, String> {
    send("GET", &format!("{}{path}", bench.sandbox.identity), &[], "").await
}

async fn transport(bench: &Bench, name: &str) {
    let with = match name {
        "identity_status" => json!({"status": 503, "path": "certs"}),
        "identity_hangs" | "identity_slow" => json!({"ms": 200, "path": "certs"}),
        "identity_huge" => json!({"bytes": 100_000, "path": "certs"}),
        _ => json!({"path": "certs"}),
    };
    bench.arm(name, with).await;
    let discovery = get(bench, "/.well-known/openid-configuration").await.unwrap();
    assert_eq!(discovery.json()["issuer"], bench.sandbox.identity, "another path");
    let start = Instant::now();
    let reply = get(bench, KEYS).await;
    let (took, status) = (start.elapsed(), reply.as_ref().map(|reply| reply.status).ok());
    let text = reply.as_ref().map(|reply| reply.body.clone()).unwrap_or_default();
    match name {
        "identity_status" => assert_eq!(status, Some(503)),
        "identity_html" => assert!(status == Some(200) && text.starts_with(b"<!DOCTYPE html>")),
        "identity_redirect" => {
            let location = reply.as_ref().unwrap().header("location").to_owned();
            assert_eq!((status, location.as_str()), (Some(302), location.as_str()));
            let followed = send("GET", &location, &[], "").await.unwrap().json();
            assert_eq!(followed["keys"][0]["kid"], identity::state(bench).await["keys"]["signing"]);
            assert_eq!(identity::state(bench).await["calls"]["stranger"], 1);
        }
        "identity_huge" => assert!(text.len() == 100_000 && text.starts_with(b"{\"keys\"")),
        "identity_hangs" => assert!(reply.is_err() && took >= Duration::from_millis(200)),
        "identity_slow" => assert!(status == Some(200) && took >= Duration::from_millis(200)),
        "identity_empty" => assert!(status == Some(200) && text.is_empty()),
        "identity_dropped" | "identity_answer_lost" | "identity_cut" => assert!(reply.is_err()),
        "identity_truncated" => {
            assert!(status == Some(200) && text.starts_with(b"{"));
            assert!(serde_json::from_slice::<Value>(&text).is_err());
        }
        _ => panic!("no proof for {name}"),
    }
    assert_eq!(identity::keys(bench).await.len(), 1, "only once");
}

#[tokio::test]
async fn a_lost_answer_uses_the_code_up_and_a_failure_does_not() {
    let bench = Bench::open().await;
    for (fault, status) in [("identity_answer_lost", 400), ("identity_dropped", 200)] {
        let code = identity::chosen(&bench, "ada").await["code"].clone();
        bench.arm(fault, json!({"path": "/token"})).await;
        assert!(identity::exchange(&bench, &code).await.is_err());
        let again = identity::exchange(&bench, &code).await.unwrap();
        assert_eq!(again.status, status, "{fault}");
    }
}

async fn discovery(bench: &Bench, name: &str) {
    bench.arm(name, json!({})).await;
    let document = get(bench, "/.well-known/openid-configuration").await.unwrap().json();
    let uri = document["jwks_uri"].as_str();
    match name {
        "discovery_issuer" => assert_ne!(document["issuer"], bench.sandbox.identity),
        "discovery_other_host" => assert!(uri.unwrap().starts_with("http://localhost:")),
        "discovery_missing" => assert!(uri.is_none() && document["token_endpoint"].is_string()),
        _ => panic!("no proof for {name}"),
    }
}

async fn authorize(bench: &Bench, name: &str) {
    let with = if name == "authorize_error" { json!({"error": "x"}) } else { json!({}) };
    bench.arm(name, with).await;
    let back = identity::chosen(bench, "ada").await;
    let field = |name: &str| back.get(name).map(String::as_str);
    match name {
        "authorize_error" => assert!(field("error") == Some("x") && field("code").is_none()),
        "authorize_state_wrong" => {
            assert!(field("state").is_some_and(|state| state != STATE) && field("code").is_some());
        }
        "authorize_state_missing" => assert!(field("state").is_none() && field("code").is_some()),
        "authorize_issuer_wrong" => {
            assert!(field("iss").is_some_and(|issuer| issuer != bench.sandbox.identity));
        }
        "authorize_issuer_missing" => assert!(field("iss").is_none() && field("code").is_some()),
        "authorize_code_missing" => {
            assert!(field("code").is_none() && field("error").is_none());
            assert_eq!(field("state"), Some(STATE));
        }
        _ => panic!("no proof for {name}"),
    }
}

async fn token(bench: &Bench, name: &str) {
    bench.arm(name, json!({})).await;
    let reply = identity::exchanged(bench, "ada").await.unwrap();
    match name {
        "token_error" => {
            assert_eq!((reply.status, &reply.json()["error"]), (400, &json!("invalid_grant")));
        }
        "token_without_id_token" => {
            assert!(reply.json()["access_token"].is_string());
            assert!(reply.json().get("id_token").is_none());
        }
        _ => panic!("no proof for {name}"),
    }
}

async fn keys(bench: &Bench, name: &str) {
    bench.arm(name, json!({})).await;
    let reply = get(bench, KEYS).await.unwrap();
    let published = reply.json()["keys"].as_array().unwrap().clone();
    let (found, cache) = (published.len(), reply.header("cache-control"));
    match name {
        "keys_duplicate_kid" => {
            assert!(found == 2 && published[0]["kid"] == published[1]["kid"]);
            bench.arm("id_signature_stranger", json!({})).await;
            let forged = identity::id_token(bench, "ada").await;
            assert!(signed_by(&forged, &published[0]) && !signed_by(&forged, &published[1]));
        }
        "keys_curve_too" => assert!(found == 2 && published[0]["kty"] == "EC"),
        "keys_none" => assert_eq!(found, 0),
        "keys_uncached" => assert!(found == 1 && cache.is_empty()),
        _ => panic!("no proof for {name}"),
    }
    assert_eq!(identity::keys(bench).await.len(), 1, "only once");
}

async fn id_token(bench: &Bench, name: &str) {
    if name == "id_garbage" {
        bench.arm(name, json!({})).await;
        assert_eq!(identity::id_token(bench, "ada").await, "not.a.token");
        return;
    }
    let plain = part(&identity::id_token(bench, "ben").await, 1);
    let with = if name == "id_claims" {
        json!({"claims": {"email": 7, "hd": "example.com", "name": null}})
    } else {
        json!({})
    };
    bench.arm(name, with).await;
    let token = identity::id_token(bench, "ben").await;
    let key = identity::keys(bench).await[0].clone();
    if claims(name, &plain, &part(&token, 1)) {
        assert_eq!(part(&token, 0), json!({"alg": "RS256", "kid": key["kid"], "typ": "JWT"}));
        assert!(signed_by(&token, &key), "{name}: only the claims are wrong");
    } else {
        seal(bench, name, &token, &key, &plain).await;
    }
    let next = identity::id_token(bench, "ben").await;
    assert!(signed_by(&next, &key) && part(&next, 1)["nonce"] == NONCE, "only once");
}

/// Faults of what is said; false: this one is of another kind.
fn claims(name: &str, plain: &Value, claims: &Value) -> bool {
    let issuer = plain["iss"].as_str().unwrap();
    let our = &plain["aud"];
    let missing = |claim: &str| assert!(plain.get(claim).is_some() && claims.get(claim).is_none());
    let after = |claim: &str| claims[claim].as_i64().unwrap() - plain["iat"].as_i64().unwrap();
    // The plain token was made a moment before.
    let about = |found: i64, expected: i64| assert!((found - expected).abs() <= 5, "{found}");
    match name {
        "id_nonce_wrong" => assert_ne!(claims["nonce"], plain["nonce"]),
        "id_nonce_missing" => missing("nonce"),
        "id_nonce_earlier" => {
            assert_eq!(claims["nonce"], NONCE, "here all send the same; see `identity`");
        }
        "id_issuer_slash" => assert_eq!(claims["iss"], format!("{issuer}/")),
        "id_issuer_bare" => assert_eq!(claims["iss"], issuer.strip_prefix("http://").unwrap()),
        "id_issuer_other" => assert_eq!(claims["iss"], "https://accounts.example.com"),
        "id_issuer_missing" => missing("iss"),
        "id_audience_wrong" => assert!(claims["aud"].is_string() && claims["aud"] != *our),
        "id_audience_array" => assert_eq!(claims["aud"], json!([our])),
        "id_audience_array_azp" => {
            assert_eq!(claims["aud"], json!([our, claims["azp"]]));
            assert_ne!(claims["azp"], *our);
        }
        "id_audience_missing" => missing("aud"),
        "id_azp_wrong" => assert!(claims["aud"] == *our && claims["azp"] != *our),
        "id_expired" => about(after("exp"), -3_600),
        "id_exp_missing" => missing("exp"),
        "id_iat_future" => about(after("iat"), 86_400),
        "id_iat_missing" => missing("iat"),
        "id_nbf_future" => about(after("nbf"), 1_800),
        "id_sub_other" => assert!(claims["sub"].is_string() && claims["sub"] != plain["sub"]),
        "id_sub_missing" => missing("sub"),
        "id_sub_empty" => assert_eq!(claims["sub"], ""),
        "id_email_unverified" => assert_eq!(claims["email_verified"], false),
        "id_email_missing" => missing("email"),
        "id_name_missing" => missing("name"),
        "id_at_hash_wrong" => assert_eq!(claims["at_hash"], "A".repeat(22)),
        "id_claims" => {
            assert!(claims["email"] == 7 && claims["hd"] == "example.com");
            missing("name");
        }
        _ => return false,
    }
    true
}

/// Faults of header and signature.
async fn seal(bench: &Bench, name: &str, token: &str, key: &Value, plain: &Value) {
    let header = part(token, 0);
    let stranger = get(bench, "/stranger/certs").await.unwrap().json()["keys"][0].clone();
    let (message, signature) = token.rsplit_once('.').unwrap();
    match name {
        "id_alg_none" => assert!(header["alg"] == "none" && signature.is_empty()),
        "id_hs256_public_key" => {
            assert_eq!(header["alg"], "HS256");
            let mut mac = Hmac::<Sha256>::new_from_slice(pem(key).as_bytes()).unwrap();
            mac.update(message.as_bytes());
            assert_eq!(signature, URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes()));
        }
        "id_es256" => {
            bench.arm("keys_curve_too", json!({})).await;
            let curve = identity::keys(bench).await[0].clone();
            assert!(header["alg"] == "ES256" && header["kid"] == curve["kid"]);
            let number =
                |name: &str| URL_SAFE_NO_PAD.decode(curve[name].as_str().unwrap()).unwrap();
            let point = [vec![4], number("x"), number("y")].concat();
            let signature = URL_SAFE_NO_PAD.decode(signature).unwrap();
            let curve = UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, point);
            assert!(curve.verify(message.as_bytes(), &signature).is_ok());
        }
        "id_kid_unknown" => assert!(header["kid"] != key["kid"] && signed_by(token, &stranger)),
        "id_kid_path" => {
            assert!(header["kid"].as_str().unwrap().contains("../") && signed_by(token, key));
        }
        "id_kid_missing" => assert!(header.get("kid").is_none() && signed_by(token, key)),
        "id_jku" | "id_x5u" => {
            let url = header[name.strip_prefix("id_").unwrap()].as_str().unwrap();
            assert!(url.starts_with(&format!("{}/stranger/", bench.sandbox.identity)));
            assert!(header["kid"] == key["kid"] && signed_by(token, &stranger));
        }
        "id_jwk" => assert!(header["jwk"] == stranger && signed_by(token, &header["jwk"])),
        "id_crit" => assert!(header["crit"].is_array() && signed_by(token, key)),
        "id_signature_stripped" => assert!(signature.is_empty() && header["alg"] == "RS256"),
        "id_signature_wrong" => assert!(signature.len() == 342 && !signed_by(token, key)),
        "id_signature_stranger" => {
            assert!(header["kid"] == key["kid"] && signed_by(token, &stranger));
        }
        "id_payload_swapped" => {
            assert!(part(token, 1)["sub"] != plain["sub"] && !signed_by(token, key));
        }
        "id_two_parts" => assert_eq!(token.split('.').count(), 2),
        "id_huge" => assert!(token.len() > 1 << 20 && signed_by(token, key)),
        _ => panic!("no proof for {name}"),
    }
}

/// A web key as openssl writes it.
fn pem(key: &Value) -> String {
    let number = |name: &str| URL_SAFE_NO_PAD.decode(key[name].as_str().unwrap()).unwrap();
    let (n, e) = (number("n"), number("e"));
    assert_eq!((n.len(), e.len()), (256, 3));
    let start = "30820122300d06092a864886f70d01010105000382010f003082010a0282010100";
    let start = (0..start.len()).step_by(2).map(|at| u8::from_str_radix(&start[at..at + 2], 16));
    let mut document: Vec<u8> = start.collect::<Result<_, _>>().unwrap();
    document.extend(n);
    document.extend([2, 3]);
    document.extend(e);
    let text = base64::engine::general_purpose::STANDARD.encode(document);
    let lines: Vec<_> =
        text.as_bytes().chunks(64).map(|line| str::from_utf8(line).unwrap()).collect();
    format!("-----BEGIN PUBLIC KEY-----\n{}\n-----END PUBLIC KEY-----\n", lines.join("\n"))
}

#[tokio::test]
async fn several_faults_of_one_token_come_together() {
    let bench = Bench::open().await;
    for fault in ["id_nonce_missing", "id_expired", "id_signature_stranger"] {
        bench.arm(fault, json!({})).await;
    }
    let token = identity::id_token(&bench, "ada").await;
    let claims = part(&token, 1);
    assert!(
        claims.get("nonce").is_none()
            && claims["exp"].as_i64() < claims["iat"].as_i64().map(|iat| iat + 3_601)
    );
    assert!(!signed_by(&token, &identity::keys(&bench).await[0]));
    let call = bench.calls().await.into_iter().find(|call| call["endpoint"] == "token").unwrap();
    assert_eq!(call["fault"], "id_nonce_missing id_expired id_signature_stranger");
}
