//! An `OpenID` provider as Google is one, on an origin of its own, which is its issuer: discovery,
//! the choice of a person, token, keys, portraits.

mod authorize;
pub mod control;
mod id_token;
mod keys;
mod people;
mod settings;
mod token;

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use bytes::Bytes;
use hyper::{
    Method, Response,
    header::{CACHE_CONTROL, HeaderName, HeaderValue, LOCATION},
    http::request::Parts,
};
use serde_json::{Value, json};

pub use settings::Settings;

use crate::{
    faults::{number, text},
    html, picture, results,
    wire::{Answer, Body, Dropped, full, html_page, response},
    world::{File, Shared, now_ms},
};
use keys::{KeyRing, Signer, curve_web_key};
use people::People;

/// Codes kept; the oldest go first.
const MAX_CODES: usize = 10_000;
const JSON: &str = "application/json; charset=UTF-8";
/// Where the keys of somebody else lie, so that whoever follows a token's header is seen.
const STRANGER_PATH: &str = "/stranger/";

/// All state of the provider.
#[derive(Default)]
pub struct Identity {
    people: People,
    keys: KeyRing,
    codes: BTreeMap<String, token::Grant>,
    /// The nonce of the sign-in before, for the fault that sends it again.
    last_nonce: Option<String>,
}

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Endpoint {
    Discovery,
    Authorize,
    Token,
    Keys,
    Picture,
    Stranger,
    Other,
}

impl Endpoint {
    const ALL: [Self; 7] = [
        Self::Discovery,
        Self::Authorize,
        Self::Token,
        Self::Keys,
        Self::Picture,
        Self::Stranger,
        Self::Other,
    ];

    fn of(path: &str) -> Self {
        match path {
            "/.well-known/openid-configuration" => Self::Discovery,
            "/o/oauth2/v2/auth" => Self::Authorize,
            "/token" => Self::Token,
            "/oauth2/v3/certs" => Self::Keys,
            _ if path.starts_with("/a/") => Self::Picture,
            _ if path.starts_with(STRANGER_PATH) => Self::Stranger,
            _ => Self::Other,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Discovery => "discovery",
            Self::Authorize => "authorize",
            Self::Token => "token",
            Self::Keys => "keys",
            Self::Picture => "picture",
            Self::Stranger => "stranger",
            Self::Other => "other",
        }
    }
}

/// An answer before it can go wrong on its way.
struct Told {
    status: u16,
    content_type: &'static str,
    headers: Vec<(HeaderName, String)>,
    body: Bytes,
    /// Fields for the call log.
    log: Value,
}

impl Told {
    fn new(status: u16, content_type: &'static str, body: impl Into<Bytes>) -> Self {
        Self { status, content_type, headers: Vec::new(), body: body.into(), log: json!({}) }
    }

    /// Google indents its JSON.
    fn json(status: u16, value: &Value) -> Self {
        Self::new(status, JSON, format!("{value:#}"))
    }

    fn with(mut self, name: HeaderName, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    fn cached(self, max_age_s: u64) -> Self {
        let value = format!("public, max-age={max_age_s}, must-revalidate, no-transform");
        self.with(CACHE_CONTROL, value)
    }

    fn logged(mut self, log: Value) -> Self {
        self.log = log;
        self
    }

    /// Google's page for a request that it sends nowhere.
    fn error_page(status: u16, error: &str, about: &str) -> Self {
        let (error, about) = (html::escape(error), html::escape(about));
        let body = format!("<h1>Access blocked</h1><p>{about}</p><p>Error {status}: {error}</p>");
        Self::new(status, html::TYPE, html::page("Error", &body)).logged(json!({"error": error}))
    }

    fn response(&self) -> Response<Body> {
        let mut response = response(self.status, self.content_type, full(self.body.clone()));
        for (name, value) in &self.headers {
            if let Ok(value) = HeaderValue::from_str(value) {
                response.headers_mut().insert(name, value);
            }
        }
        response
    }
}

/// Answers one request to the provider.
pub async fn answer(shared: Arc<Shared>, parts: Parts, body: Bytes) -> Answer {
    let path = parts.uri.path().to_owned();
    let endpoint = Endpoint::of(&path);
    let call = shared.world().log_call(json!({
        "port": "identity", "endpoint": endpoint.name(), "method": parts.method.as_str(),
        "path": path, "time_ms": now_ms(), "http_status": null, "fault": null,
    }));
    if let Some((fault, answer)) = instead(&shared, &path).await {
        let status = answer.as_ref().map(|response| response.status().as_u16()).ok();
        shared.world().amend_call(call, json!({"http_status": status, "fault": fault}));
        return answer;
    }
    let told = route(&shared, &parts, endpoint, &body);
    shared.world().amend_call(call, told.log.clone());
    let (fault, answer) = afterwards(&shared, &path, &told).await;
    let status = answer.as_ref().map(|response| response.status().as_u16()).ok();
    shared.world().amend_call(call, json!({"http_status": status}));
    if let Some(fault) = fault {
        shared.world().amend_call(call, json!({"fault": fault}));
    }
    answer
}

fn route(shared: &Shared, parts: &Parts, endpoint: Endpoint, body: &Bytes) -> Told {
    let expected = match endpoint {
        Endpoint::Token => Method::POST,
        Endpoint::Discovery
        | Endpoint::Authorize
        | Endpoint::Keys
        | Endpoint::Picture
        | Endpoint::Stranger
        | Endpoint::Other => Method::GET,
    };
    if endpoint != Endpoint::Other && parts.method != expected {
        return Told::error_page(405, "method_not_allowed", "Another method is expected.");
    }
    match endpoint {
        Endpoint::Discovery => discovery(shared),
        Endpoint::Authorize => {
            authorize::answer(shared, parts.uri.query().unwrap_or_default().as_bytes())
        }
        Endpoint::Token => token::answer(shared, parts, body),
        Endpoint::Keys => published_keys(shared),
        Endpoint::Picture => portrait(shared, parts.uri.path()),
        Endpoint::Stranger => Told::json(200, &json!({"keys": [stranger_key(shared)]})),
        Endpoint::Other => Told::error_page(404, "not_found", "There is nothing here."),
    }
}

/// Faults that answer before anything is done.
async fn instead(shared: &Shared, path: &str) -> Option<(&'static str, Answer)> {
    let mut take = |name| Some((name, shared.world().faults.take(name, path)?));
    let names = [
        "identity_dropped",
        "identity_status",
        "identity_html",
        "identity_redirect",
        "identity_huge",
        "identity_hangs",
        "identity_empty",
    ];
    let (name, with) = names.into_iter().find_map(&mut take)?;
    let answer = match name {
        "identity_status" => {
            let status = u16::try_from(number(&with, "status", 500)).unwrap_or(500);
            Ok(response(status, JSON, full(json!({"error": "internal_failure"}).to_string())))
        }
        "identity_html" => Ok(html_page(200, "Sorry...")),
        "identity_redirect" => {
            let stranger = format!("{}{STRANGER_PATH}certs", shared.origins.identity);
            let told = Told::new(302, html::TYPE, "");
            Ok(told.with(LOCATION, text(&with, "location", &stranger)).response())
        }
        "identity_huge" => Ok(results::huge(&json_file("{\"keys\":[\"".into()), &with)),
        "identity_hangs" => {
            tokio::time::sleep(Duration::from_millis(number(&with, "ms", 120_000))).await;
            Err(Dropped)
        }
        "identity_empty" => Ok(response(200, JSON, full(Bytes::new()))),
        _ => Err(Dropped),
    };
    Some((name, answer))
}

/// Faults of an answer to something that was done.
async fn afterwards(shared: &Shared, path: &str, told: &Told) -> (Option<&'static str>, Answer) {
    let take = |name: &str| shared.world().faults.take(name, path);
    if let Some(with) = take("identity_slow") {
        tokio::time::sleep(Duration::from_millis(number(&with, "ms", 5_000))).await;
        return (Some("identity_slow"), Ok(told.response()));
    }
    if take("identity_answer_lost").is_some() {
        return (Some("identity_answer_lost"), Err(Dropped));
    }
    if take("identity_truncated").is_some() {
        let half = told.body.slice(..told.body.len() / 2);
        let told = Told {
            headers: told.headers.clone(),
            ..Told::new(told.status, told.content_type, half)
        };
        return (Some("identity_truncated"), Ok(told.response()));
    }
    if take("identity_cut").is_some() {
        return (Some("identity_cut"), Ok(results::truncated(&json_file(told.body.clone()))));
    }
    (None, Ok(told.response()))
}

fn json_file(bytes: Bytes) -> File {
    File { bytes, content_type: JSON.to_owned(), expires_ms: u64::MAX }
}

fn discovery(shared: &Shared) -> Told {
    let issuer = &shared.origins.identity;
    let mut world = shared.world();
    let mut taken = Vec::new();
    let mut take = |name: &'static str| {
        let with = world.faults.take(name, "")?;
        taken.push(name);
        Some(with)
    };
    let origin = match take("discovery_other_host") {
        Some(with) => text(&with, "origin", &issuer.replace("127.0.0.1", "localhost")).to_owned(),
        None => issuer.clone(),
    };
    let named = match take("discovery_issuer") {
        Some(with) => text(&with, "issuer", "https://accounts.example.com").to_owned(),
        None => issuer.clone(),
    };
    let mut document = json!({
        "issuer": named,
        "authorization_endpoint": format!("{origin}/o/oauth2/v2/auth"),
        "device_authorization_endpoint": format!("{origin}/device/code"),
        "token_endpoint": format!("{origin}/token"),
        "userinfo_endpoint": format!("{origin}/v1/userinfo"),
        "revocation_endpoint": format!("{origin}/revoke"),
        "jwks_uri": format!("{origin}/oauth2/v3/certs"),
        "response_types_supported": ["code", "token", "id_token", "none"],
        "response_modes_supported": ["query", "fragment", "form_post"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["RS256"],
        "scopes_supported": ["openid", "email", "profile"],
        "token_endpoint_auth_methods_supported": ["client_secret_post", "client_secret_basic"],
        "claims_supported": ["aud", "email", "email_verified", "exp", "family_name", "given_name",
                             "iat", "iss", "name", "picture", "sub"],
        "code_challenge_methods_supported": ["plain", "S256"],
        "grant_types_supported": ["authorization_code", "refresh_token"],
        "authorization_response_iss_parameter_supported": true,
    });
    if let (Some(with), Some(document)) = (take("discovery_missing"), document.as_object_mut()) {
        document.remove(text(&with, "field", "jwks_uri"));
    }
    let max_age = world.settings.identity.discovery_max_age_s;
    Told::json(200, &document).cached(max_age).logged(faults_log(&taken))
}

fn published_keys(shared: &Shared) -> Told {
    let mut world = shared.world();
    let ring = world.identity.keys.clone();
    let mut taken = Vec::new();
    let mut take = |name: &'static str| {
        let armed = world.faults.take(name, "").is_some();
        taken.extend(armed.then_some(name));
        armed
    };
    let mut keys: Vec<Value> = ring.published().into_iter().map(Signer::web_key).collect();
    if take("keys_duplicate_kid") {
        let mut other = Signer::Stranger.web_key();
        other["kid"] = json!(ring.signing().id());
        keys.insert(0, other);
    }
    if take("keys_curve_too") {
        keys.insert(0, curve_web_key());
    }
    if take("keys_none") {
        keys.clear();
    }
    let told = Told::json(200, &json!({"keys": keys}));
    let told = if take("keys_uncached") {
        told
    } else {
        told.cached(world.settings.identity.keys_max_age_s)
    };
    told.logged(faults_log(&taken))
}

/// The stranger's key under the id that the provider signs with.
fn stranger_key(shared: &Shared) -> Value {
    let mut key = Signer::Stranger.web_key();
    key["kid"] = json!(shared.world().identity.keys.signing().id());
    key
}

fn portrait(shared: &Shared, path: &str) -> Told {
    let found =
        people::portrait_of(path).filter(|(sub, _)| shared.world().identity.people.has_sub(sub));
    let drawn = found.and_then(|(sub, side)| picture::encode(&people::portrait(sub, side), false));
    match drawn {
        Some(bytes) => Told::new(200, "image/jpeg", bytes)
            .with(CACHE_CONTROL, "public, max-age=86400, no-transform"),
        None => Told::error_page(404, "not_found", "There is no such picture."),
    }
}

/// The log's field for faults that were taken together.
fn faults_log(taken: &[&str]) -> Value {
    if taken.is_empty() { json!({}) } else { json!({"fault": taken.join(" ")}) }
}
