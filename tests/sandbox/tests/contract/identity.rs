//! The `OpenID` provider without a fault: what Google would answer.

use std::{collections::BTreeMap, time::SystemTime};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use ring::signature::{RSA_PKCS1_2048_8192_SHA256, RsaPublicKeyComponents};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use crate::outside::{Bench, Reply, send};

const CLIENT: &str = "sandbox-client.apps.googleusercontent.com";
const RETURN: &str = "http://localhost:8787/auth/callback";
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
/// What every client of these tests asks for.
pub const NONCE: &str = "n-0S6_WzA2Mj";
pub const STATE: &str = "af0ifjsldkj";

pub type Fields = BTreeMap<String, String>;

fn fields(pairs: &[(&str, &str)]) -> Fields {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

fn encoded(fields: &Fields) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
}

/// An authorization request that every check passes.
fn request() -> Fields {
    let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(VERIFIER));
    fields(&[
        ("client_id", CLIENT),
        ("redirect_uri", RETURN),
        ("response_type", "code"),
        ("scope", "openid email profile"),
        ("state", STATE),
        ("nonce", NONCE),
        ("code_challenge", &challenge),
        ("code_challenge_method", "S256"),
    ])
}

async fn get(bench: &Bench, path: &str) -> Reply {
    send("GET", &format!("{}{path}", bench.sandbox.identity), &[], "").await.unwrap()
}

pub async fn authorize(bench: &Bench, fields: &Fields) -> Reply {
    get(bench, &format!("/o/oauth2/v2/auth?{}", encoded(fields))).await
}

/// The request with some fields replaced; an empty one is left out.
fn asking(changes: &[(&str, &str)]) -> Fields {
    let mut request = request();
    request.extend(fields(changes));
    request.retain(|_, value| !value.is_empty());
    request
}

/// What comes back to the client.
pub fn returned(reply: &Reply) -> Fields {
    assert_eq!(reply.status, 302, "{:?}", reply.body);
    let query = reply.header("location").strip_prefix(&format!("{RETURN}?"));
    let query = query.unwrap_or_else(|| panic!("goes to {}", reply.header("location")));
    form_urlencoded::parse(query.as_bytes()).into_owned().collect()
}

/// What comes back when this person is chosen.
pub async fn chosen(bench: &Bench, person: &str) -> Fields {
    returned(&authorize(bench, &asking(&[("person", person)])).await)
}

fn exchange_fields(code: &str) -> Fields {
    fields(&[
        ("grant_type", "authorization_code"),
        ("code", code),
        ("redirect_uri", RETURN),
        ("client_id", CLIENT),
        ("client_secret", "sandbox-client-secret"),
        ("code_verifier", VERIFIER),
    ])
}

async fn exchange_with(bench: &Bench, fields: &Fields) -> Result<Reply, String> {
    let headers = [("content-type", "application/x-www-form-urlencoded")];
    send("POST", &format!("{}/token", bench.sandbox.identity), &headers, encoded(fields)).await
}

pub async fn exchange(bench: &Bench, code: &str) -> Result<Reply, String> {
    exchange_with(bench, &exchange_fields(code)).await
}

/// A code and its exchange, whatever comes of it.
pub async fn exchanged(bench: &Bench, person: &str) -> Result<Reply, String> {
    exchange(bench, &chosen(bench, person).await["code"]).await
}

/// A whole sign-in, up to the id token.
pub async fn id_token(bench: &Bench, person: &str) -> String {
    let reply = exchanged(bench, person).await.unwrap();
    assert_eq!(reply.status, 200, "{:?}", reply.body);
    reply.json()["id_token"].as_str().unwrap().to_owned()
}

pub async fn keys(bench: &Bench) -> Vec<Value> {
    let reply = get(bench, "/oauth2/v3/certs").await;
    reply.json()["keys"].as_array().unwrap().clone()
}

/// Header or claims of a token.
pub fn part(token: &str, at: usize) -> Value {
    let part = token.split('.').nth(at).unwrap();
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap()
}

/// Whether this key made the signature.
pub fn signed_by(token: &str, key: &Value) -> bool {
    let number = |name: &str| URL_SAFE_NO_PAD.decode(key[name].as_str().unwrap()).unwrap();
    let (message, signature) = token.rsplit_once('.').unwrap();
    let key = RsaPublicKeyComponents { n: number("n"), e: number("e") };
    let signature = URL_SAFE_NO_PAD.decode(signature).unwrap();
    key.verify(&RSA_PKCS1_2048_8192_SHA256, message.as_bytes(), &signature).is_ok()
}

fn now_s() -> i64 {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap();
    i64::try_from(since.as_secs()).unwrap()
}

pub async fn state(bench: &Bench) -> Value {
    bench.control("GET", "identity", json!({})).await
}

async fn set(bench: &Bench, settings: Value) {
    bench.control("POST", "settings", settings).await;
}

#[tokio::test]
async fn discovery_names_its_own_origin_and_every_address_that_is_used() {
    let bench = Bench::open().await;
    let reply = get(&bench, "/.well-known/openid-configuration").await;
    assert_eq!(reply.header("cache-control").split(',').next(), Some("public"));
    assert!(reply.header("cache-control").contains("max-age=3600"));
    let document = reply.json();
    let issuer = &bench.sandbox.identity;
    assert_eq!(document["issuer"], *issuer);
    assert_eq!(document["authorization_endpoint"], format!("{issuer}/o/oauth2/v2/auth"));
    assert_eq!(document["token_endpoint"], format!("{issuer}/token"));
    assert_eq!(document["jwks_uri"], format!("{issuer}/oauth2/v3/certs"));
    assert_eq!(document["id_token_signing_alg_values_supported"], json!(["RS256"]));
    assert_eq!(state(&bench).await["issuer"], *issuer);
}

#[tokio::test]
async fn a_sign_in_gives_googles_answer_and_a_token_that_the_published_key_proves() {
    let bench = Bench::open().await;
    let back = chosen(&bench, "ada").await;
    assert_eq!(back["state"], STATE);
    assert_eq!(back["iss"], bench.sandbox.identity);
    assert!(!back.contains_key("error"));
    let reply = exchange(&bench, &back["code"]).await.unwrap();
    assert!(reply.header("cache-control").contains("no-store"));
    let answer = reply.json();
    let names: Vec<_> = answer.as_object().unwrap().keys().collect();
    assert_eq!(names, ["access_token", "expires_in", "id_token", "scope", "token_type"]);
    assert_eq!((&answer["token_type"], &answer["expires_in"]), (&json!("Bearer"), &json!(3_599)));

    let token = answer["id_token"].as_str().unwrap();
    let published = keys(&bench).await;
    assert_eq!(published.len(), 1);
    let header = json!({"alg": "RS256", "kid": published[0]["kid"], "typ": "JWT"});
    assert_eq!(part(token, 0), header);
    assert!(signed_by(token, &published[0]));
    let claims = part(token, 1);
    let names: Vec<_> = claims.as_object().unwrap().keys().cloned().collect();
    let expected = [
        "at_hash",
        "aud",
        "azp",
        "email",
        "email_verified",
        "exp",
        "family_name",
        "given_name",
        "iat",
        "iss",
        "name",
        "nonce",
        "picture",
        "sub",
    ];
    assert_eq!(names, expected);
    assert_eq!(claims["iss"], bench.sandbox.identity);
    assert!(claims["aud"] == CLIENT && claims["azp"] == CLIENT && claims["nonce"] == NONCE);
    assert_eq!(claims["sub"], "110169484474386276001");
    assert!(claims["email"] == "ada@example.com" && claims["email_verified"] == true);
    assert_eq!(claims["name"], "Ada Marlow");
    let iat = claims["iat"].as_i64().unwrap();
    assert!((now_s() - iat).abs() <= 5);
    assert_eq!(claims["exp"].as_i64().unwrap() - iat, 3_600);
    let digest = Sha256::digest(answer["access_token"].as_str().unwrap());
    assert_eq!(claims["at_hash"], URL_SAFE_NO_PAD.encode(&digest[..16]));
}

#[tokio::test]
async fn only_what_was_asked_for_is_told() {
    let bench = Bench::open().await;
    let token_of = async |scope: &str| {
        let request = asking(&[("scope", scope), ("person", "ben")]);
        let back = returned(&authorize(&bench, &request).await);
        exchange(&bench, &back["code"]).await.unwrap().json()
    };
    let answer = token_of("openid").await;
    assert_eq!(answer["scope"], "openid");
    let claims = part(answer["id_token"].as_str().unwrap(), 1);
    assert!(claims.get("email").is_none() && claims.get("name").is_none());
    let answer = token_of("email").await;
    assert!(answer.get("id_token").is_none(), "no openid, no id token");
}

#[tokio::test]
async fn the_page_offers_everybody_and_keeps_the_request() {
    let bench = Bench::open().await;
    let changes = json!({"name": "<script>alert(1)</script>", "email": "mallory@example.com"});
    bench.control("POST", "identity/people/mallory", changes).await;
    let asked = asking(&[("state", "a\"b&c"), ("prompt", "select_account"), ("max_age", "0")]);
    let reply = authorize(&bench, &asked).await;
    assert_eq!((reply.status, reply.header("content-type")), (200, "text/html; charset=UTF-8"));
    let page = String::from_utf8(reply.body.to_vec()).unwrap();
    for person in ["ada", "ben", "chen", "mallory", "cancel"] {
        assert!(page.contains(&format!("name=\"person\" value=\"{person}\"")), "{person}");
    }
    assert!(page.contains("小雨 陈") && page.contains("ben@example.com"));
    assert!(page.contains("name=\"state\" value=\"a&quot;b&amp;c\""));
    assert!(!page.contains("<script"));
    let form = asking(&[("state", "a\"b&c"), ("person", "chen")]);
    assert_eq!(returned(&authorize(&bench, &form).await)["state"], "a\"b&c");
    let call = bench.calls().await[0].clone();
    assert_eq!((&call["query"]["max_age"], &call["unknown_fields"]), (&json!("0"), &json!([])));
}

#[tokio::test]
async fn somebody_can_be_chosen_without_a_page_or_cancel() {
    let bench = Bench::open().await;
    let back = chosen(&bench, "cancel").await;
    assert!(back["error"] == "access_denied" && back["state"] == STATE);
    assert!(!back.contains_key("code"));
    set(&bench, json!({"identity_person": "ben"})).await;
    let back = returned(&authorize(&bench, &request()).await);
    let token = exchange(&bench, &back["code"]).await.unwrap().json();
    let claims = part(token["id_token"].as_str().unwrap(), 1);
    assert_eq!(claims["sub"], "110169484474386276002");
    let back = chosen(&bench, "cancel").await;
    assert_eq!(back["error"], "access_denied", "the address wins over the setting");
    set(&bench, json!({"identity_person": null})).await;
    let back = returned(&authorize(&bench, &asking(&[("prompt", "none")])).await);
    assert_eq!(back["error"], "interaction_required");
    let unknown = authorize(&bench, &asking(&[("person", "nobody")])).await;
    assert_eq!(unknown.status, 400);
}

#[tokio::test]
async fn a_wrong_request_is_sent_nowhere() {
    let bench = Bench::open().await;
    let long = "a".repeat(44);
    let wrong = [
        ("client_id", "another", 401, "invalid_client"),
        ("client_id", "", 401, "invalid_client"),
        ("redirect_uri", "", 400, "redirect_uri_mismatch"),
        ("redirect_uri", "javascript:alert(1)", 400, "redirect_uri_mismatch"),
        ("redirect_uri", "http://localhost/#part", 400, "redirect_uri_mismatch"),
        ("response_type", "token", 400, "invalid_request"),
        ("scope", "", 400, "invalid_request"),
        ("state", "", 400, "invalid_request"),
        ("nonce", "", 400, "invalid_request"),
        ("code_challenge", "", 400, "invalid_request"),
        ("code_challenge", "short", 400, "invalid_request"),
        ("code_challenge", &long, 400, "invalid_request"),
        ("code_challenge_method", "", 400, "invalid_request"),
        ("code_challenge_method", "plain", 400, "invalid_request"),
        ("prompt", "create", 400, "invalid_request"),
        ("max_age", "soon", 400, "invalid_request"),
    ];
    for (field, value, status, error) in wrong {
        let reply = authorize(&bench, &asking(&[(field, value), ("person", "ada")])).await;
        assert_eq!(reply.status, status, "{field}={value}");
        assert!(reply.header("location").is_empty(), "{field}={value}");
        let call = bench.calls().await.last().unwrap().clone();
        assert_eq!((&call["error"], &call["endpoint"]), (&json!(error), &json!("authorize")));
    }
    set(&bench, json!({"identity_redirect_uris": ["http://localhost:1/other"]})).await;
    assert_eq!(authorize(&bench, &request()).await.status, 400);
    set(&bench, json!({"identity_redirect_uris": [RETURN]})).await;
    assert_eq!(authorize(&bench, &request()).await.status, 200);
}

#[tokio::test]
async fn a_code_is_good_once_for_ten_minutes_and_for_whoever_asked() {
    let bench = Bench::open().await;
    let code = chosen(&bench, "ada").await["code"].clone();
    assert_eq!(exchange(&bench, &code).await.unwrap().status, 200);
    let again = exchange(&bench, &code).await.unwrap();
    assert_eq!((again.status, &again.json()["error"]), (400, &json!("invalid_grant")));

    let wrong = [
        ("grant_type", "password", 400, "unsupported_grant_type"),
        ("client_id", "another", 401, "invalid_client"),
        ("client_secret", "wrong", 401, "invalid_client"),
        ("client_secret", "", 400, "invalid_request"),
        ("code", "4/0Anothing", 400, "invalid_grant"),
        ("redirect_uri", "http://localhost:8787/auth/callback/", 400, "redirect_uri_mismatch"),
        ("code_verifier", "", 400, "invalid_grant"),
        ("code_verifier", "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXK", 400, "invalid_grant"),
    ];
    for (field, value, status, error) in wrong {
        let code = chosen(&bench, "ada").await["code"].clone();
        let mut sent = exchange_fields(&code);
        sent.insert(field.to_owned(), value.to_owned());
        let reply = exchange_with(&bench, &sent).await.unwrap();
        assert_eq!((reply.status, &reply.json()["error"]), (status, &json!(error)), "{field}");
        assert!(reply.json().get("id_token").is_none());
        let used_up = matches!(field, "redirect_uri" | "code_verifier");
        let reply = exchange(&bench, &code).await.unwrap();
        assert_eq!(reply.status == 400, used_up, "{field}");
    }
    set(&bench, json!({"identity_code_ttl_ms": 0})).await;
    assert_eq!(exchanged(&bench, "ada").await.unwrap().status, 400);
    let reply = exchange_with(&bench, &exchange_fields(&code)).await.unwrap();
    assert_eq!(reply.header("content-type"), "application/json; charset=UTF-8");
    let url = format!("{}/token", bench.sandbox.identity);
    let json = send("POST", &url, &[("content-type", "application/json")], "{}").await.unwrap();
    assert_eq!(json.status, 400);
    assert_eq!(send("GET", &url, &[], "").await.unwrap().status, 405);
}

#[tokio::test]
async fn keys_rotate_and_old_ones_stay_until_they_are_dropped() {
    let bench = Bench::open().await;
    set(&bench, json!({"identity_keys_max_age_s": 60})).await;
    let reply = get(&bench, "/oauth2/v3/certs").await;
    assert!(reply.header("cache-control").starts_with("public, max-age=60"));
    let first = keys(&bench).await[0].clone();
    let old_token = id_token(&bench, "ada").await;
    bench.control("POST", "identity/keys/rotate", json!({})).await;
    let published = keys(&bench).await;
    assert_eq!(published.len(), 2);
    assert_eq!(published[0], first);
    let token = id_token(&bench, "ada").await;
    assert_eq!(part(&token, 0)["kid"], published[1]["kid"]);
    assert!(signed_by(&token, &published[1]) && !signed_by(&token, &first));
    assert!(signed_by(&old_token, &first));
    bench.control("POST", "identity/keys/drop-old", json!({})).await;
    assert_eq!(keys(&bench).await, [published[1].clone()]);

    // Signed with a key that is published only later.
    bench.control("POST", "identity/keys/rotate", json!({"publish": false})).await;
    let token = id_token(&bench, "ada").await;
    assert_eq!(keys(&bench).await, [published[1].clone()]);
    bench.control("POST", "identity/keys/publish", json!({})).await;
    let newest = keys(&bench).await.last().unwrap().clone();
    assert!(signed_by(&token, &newest));
    // An id never comes back, though the pairs do.
    bench.control("POST", "identity/keys/rotate", json!({})).await;
    let fourth = keys(&bench).await.last().unwrap().clone();
    assert!(fourth["n"] == first["n"] && fourth["kid"] != first["kid"]);
    assert_eq!(state(&bench).await["keys"]["signing"], fourth["kid"]);
    bench.control("POST", "reset", json!({})).await;
    assert_eq!(keys(&bench).await, [first]);
}

#[tokio::test]
async fn people_can_change_everything_but_who_they_are() {
    let bench = Bench::open().await;
    let path = "identity/people/ada";
    let changes = json!({"email": "ada.new@example.com", "picture": null, "family_name": null});
    let people = bench.control("POST", path, changes).await;
    assert_eq!(people["ada"]["email"], "ada.new@example.com");
    let claims = part(&id_token(&bench, "ada").await, 1);
    assert_eq!(claims["sub"], "110169484474386276001");
    assert_eq!(claims["email"], "ada.new@example.com");
    assert!(claims.get("picture").is_none() && claims.get("family_name").is_none());
    let url = "http://169.254.169.254/latest";
    bench.control("POST", path, json!({"picture": url})).await;
    assert_eq!(part(&id_token(&bench, "ada").await, 1)["picture"], url);

    bench.control("POST", "identity/people/dora", json!({"email_verified": false})).await;
    let claims = part(&id_token(&bench, "dora").await, 1);
    assert_eq!(claims["email_verified"], false);
    let sub = claims["sub"].as_str().unwrap();
    assert!(sub.len() == 21 && sub.bytes().all(|b| b.is_ascii_digit()));
    let url = format!("{}/_control/{path}", bench.sandbox.api);
    let refused = send("POST", &url, &[], json!({"age": 3}).to_string()).await.unwrap();
    assert_eq!(refused.status, 422);
}

#[tokio::test]
async fn portraits_are_small_jpegs_that_differ() {
    let bench = Bench::open().await;
    let mut seen = Vec::new();
    for person in ["ada", "ben", "chen"] {
        let url = part(&id_token(&bench, person).await, 1)["picture"].clone();
        let reply = send("GET", url.as_str().unwrap(), &[], "").await.unwrap();
        assert_eq!((reply.status, reply.header("content-type")), (200, "image/jpeg"));
        let picture = image::load_from_memory(&reply.body).unwrap();
        assert_eq!((picture.width(), picture.height()), (96, 96));
        assert!(reply.body.len() < 10_000 && !seen.contains(&reply.body));
        seen.push(reply.body);
    }
    let large = get(&bench, "/a/110169484474386276001=s400-c").await;
    assert_eq!(image::load_from_memory(&large.body).unwrap().width(), 400);
    for path in ["/a/1=s96-c", "/a/110169484474386276001=s4096-c", "/a/"] {
        assert_eq!(get(&bench, path).await.status, 404, "{path}");
    }
}

#[tokio::test]
async fn time_is_the_sandboxs_and_auth_time_is_told_only_by_order() {
    let bench = Bench::open().await;
    let settings = json!({"identity_clock_ms": -86_400_000, "identity_auth_time_age_s": 90});
    set(&bench, settings).await;
    let claims = part(&id_token(&bench, "ada").await, 1);
    let iat = claims["iat"].as_i64().unwrap();
    assert!((now_s() - 86_400 - iat).abs() <= 5);
    assert_eq!(claims["auth_time"].as_i64().unwrap(), iat - 90);
}

#[tokio::test]
async fn an_earlier_nonce_can_come_back() {
    let bench = Bench::open().await;
    let mut nonces = Vec::new();
    for nonce in ["first", "second", "third"] {
        if nonce == "second" {
            bench.arm("id_nonce_earlier", json!({})).await;
        }
        let request = asking(&[("nonce", nonce), ("person", "ada")]);
        let back = returned(&authorize(&bench, &request).await);
        let answer = exchange(&bench, &back["code"]).await.unwrap().json();
        nonces.push(part(answer["id_token"].as_str().unwrap(), 1)["nonce"].clone());
    }
    assert_eq!(nonces, ["first", "first", "third"]);
}

#[tokio::test]
async fn calls_are_counted_by_endpoint() {
    let bench = Bench::open().await;
    get(&bench, "/.well-known/openid-configuration").await;
    id_token(&bench, "ada").await;
    keys(&bench).await;
    keys(&bench).await;
    get(&bench, "/a/1").await;
    assert_eq!(get(&bench, "/v1/userinfo").await.status, 404);
    let expected = json!({
        "discovery": 1, "authorize": 1, "token": 1, "keys": 2, "picture": 1, "stranger": 0,
        "other": 1,
    });
    assert_eq!(state(&bench).await["calls"], expected);
    let token = bench.calls().await.into_iter().find(|call| call["endpoint"] == "token").unwrap();
    assert_eq!(token["authentication"], "client_secret_post");
    assert_eq!(token["fields"].as_array().unwrap().len(), 6);
    assert!(!token.to_string().contains(VERIFIER), "{token}");
    bench.control("DELETE", "calls", json!({})).await;
    assert_eq!(state(&bench).await["calls"]["keys"], 0);
}
