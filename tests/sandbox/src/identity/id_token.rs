//! The id token: Google's claims under RS256, or what a fault makes of it.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use hmac::{Hmac, KeyInit as _, Mac as _};
use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};

use super::{
    STRANGER_PATH,
    keys::{CURVE_ID, Signer, es256},
    token::{Grant, SCOPE_EMAIL, SCOPE_PROFILE},
};
use crate::{
    faults::{number, text},
    world::{Shared, World, now_ms},
};

const LIFETIME_S: i64 = 3_600;
/// A client that is not ours.
const OTHER_CLIENT: &str = "other-client.apps.googleusercontent.com";

/// Faults of what the token says; several can be armed for one token.
const CLAIMS: [&str; 25] = [
    "id_nonce_wrong",
    "id_nonce_missing",
    "id_nonce_earlier",
    "id_issuer_slash",
    "id_issuer_bare",
    "id_issuer_other",
    "id_issuer_missing",
    "id_audience_wrong",
    "id_audience_array",
    "id_audience_array_azp",
    "id_audience_missing",
    "id_azp_wrong",
    "id_expired",
    "id_exp_missing",
    "id_iat_future",
    "id_iat_missing",
    "id_nbf_future",
    "id_sub_other",
    "id_sub_missing",
    "id_sub_empty",
    "id_email_unverified",
    "id_email_missing",
    "id_name_missing",
    "id_at_hash_wrong",
    "id_claims",
];
/// Faults of the token's header and signature.
const SEALS: [&str; 17] = [
    "id_alg_none",
    "id_hs256_public_key",
    "id_es256",
    "id_kid_unknown",
    "id_kid_path",
    "id_kid_missing",
    "id_jku",
    "id_x5u",
    "id_jwk",
    "id_crit",
    "id_signature_stripped",
    "id_signature_wrong",
    "id_signature_stranger",
    "id_payload_swapped",
    "id_two_parts",
    "id_garbage",
    "id_huge",
];
/// Size of the token that is too large where a test does not say.
const HUGE_BYTES: u64 = 1 << 20;

/// The token, and the faults that are in it.
pub fn make(
    world: &mut World,
    shared: &Shared,
    grant: &Grant,
    access_token: &str,
) -> (String, Vec<&'static str>) {
    let mut claims = claims(world, shared, grant, access_token);
    let mut taken = Vec::new();
    for name in CLAIMS {
        let Some(with) = world.faults.take(name, "") else { continue };
        taken.push(name);
        let earlier = world.identity.last_nonce.as_deref();
        spoil(&mut claims, name, &with, earlier);
    }
    let signer = world.identity.keys.signing();
    let plain = Token {
        header: json!({"alg": "RS256", "kid": signer.id(), "typ": "JWT"}),
        claims: Value::Object(claims),
    };
    let spoiled = SEALS.into_iter().find_map(|name| Some((name, world.faults.take(name, "")?)));
    let Some((name, with)) = spoiled else { return (plain.signed(signer), taken) };
    taken.push(name);
    (plain.spoiled(signer, &shared.origins.identity, name, &with), taken)
}

fn claims(world: &World, shared: &Shared, grant: &Grant, access_token: &str) -> Map<String, Value> {
    let settings = &world.settings.identity;
    let now_s =
        i64::try_from(now_ms()).unwrap_or(i64::MAX).saturating_add(settings.clock_ms) / 1_000;
    let half_hash = URL_SAFE_NO_PAD.encode(&Sha256::digest(access_token)[..16]);
    let (issuer, client, person) =
        (&shared.origins.identity, &shared.config.client_id, &grant.person);
    let mut claims = Map::new();
    let mut say = |name: &str, value: Value| {
        if !value.is_null() {
            claims.insert(name.to_owned(), value);
        }
    };
    say("iss", json!(issuer));
    say("azp", json!(client));
    say("aud", json!(client));
    say("sub", json!(person.sub));
    if grant.has(SCOPE_EMAIL) {
        say("email", json!(person.email));
        say("email_verified", json!(person.email.as_ref().map(|_| person.email_verified)));
    }
    say("at_hash", json!(half_hash));
    say("nonce", json!(grant.nonce));
    if grant.has(SCOPE_PROFILE) {
        say("name", json!(person.name));
        say("picture", json!(person.picture_url(issuer)));
        say("given_name", json!(person.given_name));
        say("family_name", json!(person.family_name));
    }
    say("iat", json!(now_s));
    say("exp", json!(now_s + LIFETIME_S));
    let age = settings.auth_time_age_s.map(|age| i64::try_from(age).unwrap_or(i64::MAX));
    say("auth_time", json!(age.map(|age| now_s.saturating_sub(age))));
    claims
}

fn spoil(claims: &mut Map<String, Value>, name: &str, with: &Value, earlier: Option<&str>) {
    let (issuer, client) = (claims["iss"].clone(), claims["aud"].clone());
    let issuer = issuer.as_str().unwrap_or_default();
    let iat = claims.get("iat").and_then(Value::as_i64).unwrap_or_default();
    let seconds = |absent| i64::try_from(number(with, "seconds", absent)).unwrap_or(i64::MAX / 4);
    if let Some(claim) = name.strip_suffix("_missing").and_then(|rest| rest.strip_prefix("id_")) {
        claims.remove(match claim {
            "issuer" => "iss",
            "audience" => "aud",
            plain => plain,
        });
        return;
    }
    let bare = || issuer.trim_start_matches("https://").trim_start_matches("http://");
    let changes = match name {
        "id_nonce_wrong" => json!({"nonce": "bm90IHRoZSBub25jZSB0aGF0IHdhcyBzZW50IHRoZXJl"}),
        "id_nonce_earlier" => json!({"nonce": earlier.unwrap_or("there was none")}),
        "id_issuer_slash" => json!({"iss": format!("{issuer}/")}),
        "id_issuer_bare" => json!({"iss": bare()}),
        "id_issuer_other" => json!({"iss": text(with, "issuer", "https://accounts.example.com")}),
        "id_audience_wrong" => json!({"aud": OTHER_CLIENT, "azp": OTHER_CLIENT}),
        "id_audience_array" => json!({"aud": [client]}),
        "id_audience_array_azp" => json!({"aud": [client, OTHER_CLIENT], "azp": OTHER_CLIENT}),
        "id_azp_wrong" => json!({"azp": OTHER_CLIENT}),
        "id_expired" => {
            let exp = iat - seconds(3_600);
            json!({"iat": exp - LIFETIME_S, "exp": exp})
        }
        "id_iat_future" => {
            let iat = iat + seconds(86_400);
            json!({"iat": iat, "exp": iat + LIFETIME_S})
        }
        "id_nbf_future" => json!({"nbf": iat + seconds(1_800)}),
        "id_sub_other" => json!({"sub": text(with, "sub", "110169484474386276999")}),
        "id_sub_empty" => json!({"sub": ""}),
        "id_email_unverified" => json!({"email_verified": false}),
        "id_at_hash_wrong" => json!({"at_hash": "AAAAAAAAAAAAAAAAAAAAAA"}),
        // What no other fault says.
        _ => with["claims"].clone(),
    };
    let Value::Object(changes) = changes else { return };
    for (name, value) in changes {
        if value.is_null() {
            claims.remove(&name);
        } else {
            claims.insert(name, value);
        }
    }
}

fn part(value: &Value) -> String {
    URL_SAFE_NO_PAD.encode(value.to_string())
}

struct Token {
    header: Value,
    claims: Value,
}

impl Token {
    fn message(&self) -> String {
        format!("{}.{}", part(&self.header), part(&self.claims))
    }

    fn sealed(&self, sign: impl FnOnce(&str) -> Vec<u8>) -> String {
        let message = self.message();
        let signature = URL_SAFE_NO_PAD.encode(sign(&message));
        format!("{message}.{signature}")
    }

    fn signed(&self, signer: Signer) -> String {
        self.sealed(|message| signer.rs256(message))
    }

    /// As an attacker would send it. What the header promises about a key is only ever the
    /// stranger's, so a verifier that believes it is found out.
    fn spoiled(mut self, signer: Signer, issuer: &str, name: &str, with: &Value) -> String {
        let stranger = Signer::Stranger;
        match name {
            "id_alg_none" => {
                self.header["alg"] = json!(text(with, "alg", "none"));
                self.sealed(|_| Vec::new())
            }
            "id_hs256_public_key" => {
                self.header["alg"] = json!("HS256");
                self.sealed(|message| hs256(&signer.public_pem(), message))
            }
            "id_es256" => {
                self.header["alg"] = json!("ES256");
                self.header["kid"] = json!(CURVE_ID);
                self.sealed(es256)
            }
            "id_kid_unknown" => {
                self.header["kid"] = json!(text(with, "kid", &stranger.id()));
                self.signed(stranger)
            }
            "id_kid_path" => {
                self.header["kid"] = json!(text(with, "kid", "../../../../dev/null"));
                self.signed(signer)
            }
            "id_kid_missing" => {
                self.header.as_object_mut().map(|header| header.remove("kid"));
                self.signed(signer)
            }
            "id_jku" | "id_x5u" => {
                let (field, file) =
                    if name == "id_jku" { ("jku", "certs") } else { ("x5u", "x5u") };
                self.header[field] = json!(format!("{issuer}{STRANGER_PATH}{file}"));
                self.signed(stranger)
            }
            "id_jwk" => {
                self.header["jwk"] = stranger.web_key();
                self.header["jwk"]["kid"] = json!(signer.id());
                self.signed(stranger)
            }
            "id_crit" => {
                self.header["crit"] = json!(["exp_not_known"]);
                self.header["exp_not_known"] = json!(1);
                self.signed(signer)
            }
            "id_signature_stripped" => self.message() + ".",
            "id_signature_wrong" => self.sealed(|message| {
                let mut signature = signer.rs256(message);
                signature.iter_mut().take(1).for_each(|byte| *byte ^= 1);
                signature
            }),
            "id_signature_stranger" => self.signed(stranger),
            "id_payload_swapped" => {
                let signature = URL_SAFE_NO_PAD.encode(signer.rs256(&self.message()));
                self.claims["sub"] = json!(text(with, "sub", "110169484474386276999"));
                format!("{}.{signature}", self.message())
            }
            "id_two_parts" => self.message(),
            "id_huge" => {
                let size = usize::try_from(number(with, "bytes", HUGE_BYTES)).unwrap_or_default();
                self.claims["padding"] = json!("x".repeat(size));
                self.signed(signer)
            }
            _ => text(with, "text", "not.a.token").to_owned(),
        }
    }
}

fn hs256(key: &str, message: &str) -> Vec<u8> {
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key.as_bytes()) else { return Vec::new() };
    mac.update(message.as_bytes());
    mac.finalize().into_bytes().to_vec()
}
