//! The token endpoint: a code, once, for an id token.

use base64::{
    Engine as _,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use bytes::Bytes;
use hyper::{
    header::{AUTHORIZATION, CACHE_CONTROL, CONTENT_TYPE},
    http::request::Parts,
};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::{Identity, MAX_CODES, Told, faults_log, id_token, people::Person};
use crate::{
    faults::{number, text},
    world::{Shared, World, now_ms},
};

pub const SCOPE_EMAIL: &str = "https://www.googleapis.com/auth/userinfo.email";
pub const SCOPE_PROFILE: &str = "https://www.googleapis.com/auth/userinfo.profile";
const FORM: &str = "application/x-www-form-urlencoded";
/// Google says one second less than an hour.
const EXPIRES_S: u64 = 3_599;

/// What a code stands for.
#[derive(Clone)]
pub struct Grant {
    pub person: Person,
    pub redirect_uri: String,
    /// S256 of the verifier.
    pub challenge: String,
    pub nonce: String,
    pub scopes: Vec<&'static str>,
    pub expires_ms: u64,
    pub used: bool,
}

impl Grant {
    pub fn has(&self, scope: &str) -> bool {
        self.scopes.contains(&scope)
    }
}

/// What is given of what was asked for; Google writes the short names out.
pub fn granted<'a>(asked: impl Iterator<Item = &'a str>) -> Vec<&'static str> {
    let full = |scope| match scope {
        "email" | SCOPE_EMAIL => Some(SCOPE_EMAIL),
        "profile" | SCOPE_PROFILE => Some(SCOPE_PROFILE),
        "openid" => Some("openid"),
        _ => None,
    };
    asked.filter_map(full).collect()
}

impl Identity {
    pub fn add_code(&mut self, code: String, grant: Grant) {
        while self.codes.len() >= MAX_CODES {
            self.codes.pop_first();
        }
        self.codes.insert(code, grant);
    }
}

/// Status, error and description.
type Refusal = (u16, &'static str, String);

/// Answers one exchange.
pub fn answer(shared: &Shared, parts: &Parts, body: &Bytes) -> Told {
    let header = |name| parts.headers.get(name).and_then(|value| value.to_str().ok());
    let form: Vec<(String, String)> = form_urlencoded::parse(body).into_owned().collect();
    let fields: Vec<&str> = form.iter().map(|(name, _)| name.as_str()).collect();
    let basic = header(AUTHORIZATION).and_then(basic_credentials);
    let way = if basic.is_some() { "client_secret_basic" } else { "client_secret_post" };
    let mut log = json!({
        "content_type": header(CONTENT_TYPE), "fields": fields, "authentication": way,
        "error": null,
    });
    let is_form = header(CONTENT_TYPE).is_some_and(|kind| {
        kind.split(';').next().is_some_and(|kind| kind.trim().eq_ignore_ascii_case(FORM))
    });
    let form = if is_form { form } else { Vec::new() };
    let mut world = shared.world();
    if let Some(with) = world.faults.take("token_error", "") {
        let status = u16::try_from(number(&with, "status", 400)).unwrap_or(400);
        log["fault"] = json!("token_error");
        return refused(status, text(&with, "error", "invalid_grant"), "Bad Request").logged(log);
    }
    match redeem(&mut world, shared, &form, basic) {
        Ok(grant) => {
            let (told, taken) = tokens(&mut world, shared, &grant);
            if !taken.is_empty() {
                log["fault"] = faults_log(&taken)["fault"].take();
            }
            log["sub"] = json!(grant.person.sub);
            told.logged(log)
        }
        Err((status, error, about)) => {
            log["error"] = json!(error);
            log["error_description"] = json!(about);
            refused(status, error, &about).logged(log)
        }
    }
}

fn refused(status: u16, error: &str, about: &str) -> Told {
    private(Told::json(status, &json!({"error": error, "error_description": about})))
}

fn private(told: Told) -> Told {
    told.with(CACHE_CONTROL, "no-cache, no-store, max-age=0, must-revalidate")
}

fn basic_credentials(header: &str) -> Option<(String, String)> {
    let decoded = STANDARD.decode(header.strip_prefix("Basic ")?).ok()?;
    let text = String::from_utf8(decoded).ok()?;
    let (id, secret) = text.split_once(':')?;
    Some((id.to_owned(), secret.to_owned()))
}

/// Checks everything; a code that the right client shows is used up, whatever else is wrong.
fn redeem(
    world: &mut World,
    shared: &Shared,
    form: &[(String, String)],
    basic: Option<(String, String)>,
) -> Result<Grant, Refusal> {
    let field = |name: &str| {
        let found = form.iter().find(|(found, _)| found == name);
        found.map(|(_, value)| value.as_str()).filter(|value| !value.is_empty())
    };
    let kind = field("grant_type").unwrap_or_default();
    if kind != "authorization_code" {
        return Err((400, "unsupported_grant_type", format!("Invalid grant_type: {kind}")));
    }
    let post = || {
        let (id, secret) = (field("client_id")?, field("client_secret")?);
        Some((id.to_owned(), secret.to_owned()))
    };
    let (id, secret) = basic.or_else(post).ok_or((
        400,
        "invalid_request",
        "Could not determine client ID from request.".to_owned(),
    ))?;
    if id != shared.config.client_id {
        return Err((401, "invalid_client", "The OAuth client was not found.".to_owned()));
    }
    if secret != shared.config.client_secret {
        return Err((401, "invalid_client", "Unauthorized".to_owned()));
    }
    let bad_code = (400, "invalid_grant", "Malformed auth code.".to_owned());
    let code = field("code").and_then(|code| world.identity.codes.get_mut(code));
    let code = code.ok_or_else(|| bad_code.clone())?;
    if code.used || now_ms() >= code.expires_ms {
        return Err((400, "invalid_grant", "Bad Request".to_owned()));
    }
    code.used = true;
    if field("redirect_uri") != Some(code.redirect_uri.as_str()) {
        return Err((400, "redirect_uri_mismatch", "Bad Request".to_owned()));
    }
    let verifier = field("code_verifier").ok_or((
        400,
        "invalid_grant",
        "Missing code verifier.".to_owned(),
    ))?;
    let allowed = |b: u8| b.is_ascii_alphanumeric() || b"-._~".contains(&b);
    let right_form = (43..=128).contains(&verifier.len()) && verifier.bytes().all(allowed);
    if !right_form || URL_SAFE_NO_PAD.encode(Sha256::digest(verifier)) != code.challenge {
        return Err((400, "invalid_grant", "Invalid code verifier.".to_owned()));
    }
    Ok(code.clone())
}

/// Google's answer, and the faults in it.
fn tokens(world: &mut World, shared: &Shared, grant: &Grant) -> (Told, Vec<&'static str>) {
    let access_token = format!("ya29.{}", world.new_id());
    let (id_token, mut taken) = id_token::make(world, shared, grant, &access_token);
    let mut answer = json!({
        "access_token": access_token, "expires_in": EXPIRES_S, "scope": grant.scopes.join(" "),
        "token_type": "Bearer",
    });
    let left_out = world.faults.take("token_without_id_token", "").is_some();
    taken.extend(left_out.then_some("token_without_id_token"));
    if grant.has("openid") && !left_out {
        answer["id_token"] = Value::String(id_token);
    }
    world.identity.last_nonce = Some(grant.nonce.clone());
    (private(Told::json(200, &answer)), taken)
}
