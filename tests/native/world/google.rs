//! A model of Google's sign-in behind the port: it answers the wire's own JSON, since the product
//! decodes that. And of the mailbox that takes what the product sends.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use rsa::pkcs8::DecodePrivateKey;
use rsa::traits::PublicKeyParts;
use rsa::{Pkcs1v15Sign, RsaPrivateKey};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use anytryon::ports::{Mail, MailError, OutsideAnswer, OutsideCall};

use crate::image_fixtures::jpeg;

/// Its issuer.
pub const ISSUER: &str = "https://accounts.google.com";
/// Where portraits lie.
pub const PORTRAIT_ORIGIN: &str = "https://lh3.googleusercontent.com";
const TOKEN: &str = "https://oauth2.example/token";
const KEYS: &str = "https://oauth2.example/certs";
const KID: &str = "key-1";

/// Made for these tests; it opens nothing.
const PEM: &str = include_str!("../../fixtures/identity_key.pem");

fn key() -> &'static RsaPrivateKey {
    static KEY: OnceLock<RsaPrivateKey> = OnceLock::new();
    KEY.get_or_init(|| RsaPrivateKey::from_pkcs8_pem(PEM).unwrap())
}

/// What somebody allowed in Google's own window.
#[derive(Clone, Debug)]
struct Grant {
    subject: String,
    nonce: String,
    challenge: String,
}

/// See the module.
pub struct Google {
    /// The key that it signs with, and the one that it publishes, by name.
    pub kid: String,
    pub published: String,
    grants: BTreeMap<String, Grant>,
    /// Members that replace those of the next tokens; `null` takes one away.
    pub change: Value,
    /// The status of every answer, when it is not 200.
    pub broken: Option<u16>,
    /// Whether only what it publishes does not answer, and the token endpoint does.
    pub publishes_nothing: bool,
    /// Calls by what they asked for.
    pub calls: BTreeMap<&'static str, u64>,
    /// What lies where portraits lie: a status and a body.
    pub portrait: (u16, Vec<u8>),
    /// The mails that were taken over, the oldest first.
    pub mails: Vec<Mail>,
    /// What becomes of every mail, when it is not taken over.
    pub mail_error: Option<MailError>,
}

impl Default for Google {
    fn default() -> Self {
        Self {
            kid: KID.to_owned(),
            published: KID.to_owned(),
            grants: BTreeMap::new(),
            change: Value::Null,
            broken: None,
            publishes_nothing: false,
            calls: BTreeMap::new(),
            portrait: (200, jpeg(96, 96, &[])),
            mails: vec![],
            mail_error: None,
        }
    }
}

impl Google {
    /// The person allows what the address asks for; the code that the browser brings back.
    pub fn allow(&mut self, subject: &str, address: &str) -> (String, String) {
        let query = address.split_once('?').unwrap().1;
        let fields: BTreeMap<String, String> =
            form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        let code = format!("code-{}", self.grants.len());
        let grant = Grant {
            subject: subject.to_owned(),
            nonce: fields["nonce"].clone(),
            challenge: fields["code_challenge"].clone(),
        };
        self.grants.insert(code.clone(), grant);
        (code, fields["state"].clone())
    }

    /// Takes a mail over, or not.
    pub fn take(&mut self, mail: Mail) -> Result<(), MailError> {
        if let Some(error) = &self.mail_error {
            return Err(error.clone());
        }
        self.mails.push(mail);
        Ok(())
    }

    /// The answer to a call at this moment, in seconds since the epoch.
    pub fn answer(&mut self, call: &OutsideCall, now_s: i64) -> OutsideAnswer {
        let (name, answer) = match call.url.as_str() {
            url if url == format!("{ISSUER}/.well-known/openid-configuration") => {
                ("discovery", (200, discovery().to_string().into_bytes()))
            }
            KEYS => ("keys", (200, keys(&self.published).to_string().into_bytes())),
            TOKEN => ("token", self.token(call.body.as_deref().unwrap_or_default(), now_s)),
            url if url.starts_with(PORTRAIT_ORIGIN) => ("portrait", self.portrait.clone()),
            _ => ("elsewhere", (404, vec![])),
        };
        *self.calls.entry(name).or_default() += 1;
        let unpublished = self.publishes_nothing && matches!(name, "discovery" | "keys");
        let broken = self.broken.or(unpublished.then_some(503));
        let (status, body) = broken.map_or(answer, |status| (status, b"down".to_vec()));
        OutsideAnswer { status, cache_control: "public, max-age=3600".to_owned(), body }
    }

    fn token(&mut self, form: &str, now_s: i64) -> (u16, Vec<u8>) {
        let fields: BTreeMap<String, String> =
            form_urlencoded::parse(form.as_bytes()).into_owned().collect();
        let refused = (400, json!({"error": "invalid_grant"}).to_string().into_bytes());
        let Some(grant) = self.grants.remove(&fields["code"]) else { return refused };
        let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(&fields["code_verifier"]));
        if challenge != grant.challenge || fields["client_secret"] != "secret" {
            return refused;
        }
        let id_token = signed(&self.kid, &self.claims(&grant, now_s));
        (200, json!({"id_token": id_token, "expires_in": 3_599}).to_string().into_bytes())
    }

    fn claims(&self, grant: &Grant, now_s: i64) -> Value {
        let subject = &grant.subject;
        let mut claims = json!({
            "iss": ISSUER, "aud": "client", "azp": "client", "sub": subject,
            "email": format!("{subject}@example.com"), "email_verified": true,
            "name": format!("Person {subject}"),
            "picture": format!("{PORTRAIT_ORIGIN}/a/{subject}"),
            "nonce": grant.nonce, "iat": now_s, "exp": now_s + 3_600,
        });
        for (name, value) in self.change.as_object().into_iter().flatten() {
            let members = claims.as_object_mut().unwrap();
            if value.is_null() {
                members.remove(name);
            } else {
                members.insert(name.clone(), value.clone());
            }
        }
        claims
    }
}

fn discovery() -> Value {
    json!({
        "issuer": ISSUER, "authorization_endpoint": "https://accounts.google.com/o/oauth2/v2/auth",
        "token_endpoint": TOKEN, "jwks_uri": KEYS,
    })
}

fn keys(kid: &str) -> Value {
    let number = |bytes: Vec<u8>| URL_SAFE_NO_PAD.encode(bytes);
    json!({"keys": [{
        "kty": "RSA", "use": "sig", "alg": "RS256", "kid": kid,
        "n": number(key().n().to_bytes_be()), "e": number(key().e().to_bytes_be()),
    }]})
}

fn signed(kid: &str, claims: &Value) -> String {
    let header = json!({"alg": "RS256", "kid": kid, "typ": "JWT"});
    let encoded = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let text = format!("{}.{}", encoded(&header), encoded(claims));
    // DigestInfo of SHA-256 (RFC 8017, 9.2).
    let mut digest = vec![
        0x30, 0x31, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01,
        0x05, 0x00, 0x04, 0x20,
    ];
    digest.extend(Sha256::digest(&text));
    let signature = key().sign(Pkcs1v15Sign::new_unprefixed(), &digest).unwrap();
    format!("{text}.{}", URL_SAFE_NO_PAD.encode(signature))
}
