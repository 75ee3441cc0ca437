//! The id token: who somebody is, as the identity provider signed it for us and for this sign-in.
//!
//! Everything that can be told without a signature is checked first, then the signature, then what
//! it covers. Nothing in the header leads anywhere: the key comes from the provider's own document.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use jwt_simple::prelude::{
    Audiences, Duration, JWTClaims, RS256PublicKey, RSAPublicKeyLike, UnixTimeStamp,
    VerificationOptions,
};
use jwt_simple::{Error, JWTError};
use serde::Deserialize;
use serde_json::Value;

use super::address::is_allowed;
use super::keys::{Keys, is_kid};
use super::secrets::SignInSecret;
use crate::domain::mail_address::MailAddress;
use crate::domain::person_name::shown_name;
use crate::domain::time::{MINUTE_MS, Millis, SECOND_MS};

/// Longest token that is looked at, in bytes; Google's have 1.2 KB.
pub const TOKEN_BYTES_MAX: usize = 8 * 1024;
/// Longest header, in characters of base64; Google's have 120.
pub const HEADER_CHARS_MAX: usize = 1_024;
/// How far the provider's clock may be from ours.
pub const LEEWAY_MS: i64 = MINUTE_MS;
/// Longest subject, in bytes (`OpenID` Connect Core, 2).
pub const SUBJECT_BYTES_MAX: usize = 255;

/// Latest second that is compared with: jwt-simple counts in 32 bits and adds the leeway, which
/// must not overflow. In the year 2100.
const SECONDS_MAX: u64 = 4_102_444_800;

/// The only algorithm: what the header says is compared with it and chooses nothing.
const ALGORITHM: &str = "RS256";

/// What the token of this sign-in must say.
#[derive(Clone, Copy, Debug)]
pub struct Expectation<'a> {
    /// The configured issuer, character for character.
    pub issuer: &'a str,
    /// Our id at the provider: the only audience.
    pub client_id: &'a str,
    /// The sign-in, whose nonce the token repeats.
    pub secret: &'a SignInSecret,
    /// The present moment.
    pub now: Millis,
    /// For a fresh sign-in, when it began: the person must have proved who he is since.
    pub fresh_after: Option<Millis>,
}

/// Whom a token is about. Personal data: `Debug` says nothing of it.
#[derive(Clone, PartialEq, Eq)]
pub struct Person {
    /// Who says it; with the subject the identity.
    pub issuer: String,
    /// The provider's lasting name of the person.
    pub subject: String,
    /// The address, which the provider has verified; `None` also for one that mail cannot reach.
    pub email: Option<MailAddress>,
    /// The name to be shown: one line without invisible characters.
    pub name: Option<String>,
    /// Where a portrait lies: an https address that is not yet fetched or checked.
    pub picture: Option<String>,
}

impl std::fmt::Debug for Person {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Person(…)")
    }
}

/// Why a token names nobody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenFault {
    /// Longer than [`TOKEN_BYTES_MAX`], or with a longer header than [`HEADER_CHARS_MAX`].
    TooLong,
    /// Not three parts of base64url with JSON that says what it must, each thing once.
    Malformed,
    /// The header brings a key of its own, an extension that must be understood, another type of
    /// token, or no name of a key.
    Header,
    /// Not RS256.
    Algorithm,
    /// No key of this name: the provider may have a new one, so fetch the keys once.
    UnknownKey,
    /// Not signed with that key.
    Signature,
    /// Of another issuer.
    Issuer,
    /// For somebody else, or for others too.
    Audience,
    /// Over.
    Expired,
    /// From the future.
    NotYet,
    /// Of another sign-in.
    Nonce,
    /// The person has not proved again who he is.
    Stale,
    /// No subject, or one that is none.
    Subject,
    /// An address that the provider has not verified.
    EmailUnverified,
}

impl TokenFault {
    /// A fixed name for the log.
    pub const fn name(self) -> &'static str {
        match self {
            Self::TooLong => "too long",
            Self::Malformed => "malformed",
            Self::Header => "header",
            Self::Algorithm => "algorithm",
            Self::UnknownKey => "unknown key",
            Self::Signature => "signature",
            Self::Issuer => "issuer",
            Self::Audience => "audience",
            Self::Expired => "expired",
            Self::NotYet => "not yet",
            Self::Nonce => "nonce",
            Self::Stale => "stale",
            Self::Subject => "subject",
            Self::EmailUnverified => "e-mail unverified",
        }
    }
}

#[derive(Deserialize)]
struct Header {
    alg: String,
    kid: Option<String>,
    typ: Option<String>,
    crit: Option<Value>,
    jku: Option<Value>,
    jwk: Option<Value>,
    x5u: Option<Value>,
    x5c: Option<Value>,
}

/// What Google says beside the registered claims.
#[derive(Deserialize)]
struct Profile {
    azp: Option<String>,
    email: Option<String>,
    email_verified: Option<bool>,
    name: Option<String>,
    picture: Option<String>,
    auth_time: Option<i64>,
}

/// Whom `id_token` is about, if one of `keys` signed it and it is what `expected` says.
pub fn verify(
    id_token: &str,
    keys: &Keys,
    expected: &Expectation<'_>,
) -> Result<Person, TokenFault> {
    let key = signing_key(id_token, keys)?;
    let claims = signed_claims(id_token, key, expected.now)?;
    if claims.issuer.as_deref() != Some(expected.issuer) {
        return Err(TokenFault::Issuer);
    }
    if !is_only_for(&claims, expected.client_id) {
        return Err(TokenFault::Audience);
    }
    if !claims.nonce.as_deref().is_some_and(|nonce| expected.secret.matches_nonce(nonce)) {
        return Err(TokenFault::Nonce);
    }
    check_age(&claims, expected)?;
    person(claims, expected.issuer)
}

/// The key that the header names, after all that the header alone can be refused for.
fn signing_key<'k>(token: &str, keys: &'k Keys) -> Result<&'k RS256PublicKey, TokenFault> {
    if token.len() > TOKEN_BYTES_MAX {
        return Err(TokenFault::TooLong);
    }
    let mut parts = token.split('.');
    let (Some(header), Some(_), Some(_), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return Err(TokenFault::Malformed);
    };
    if header.len() > HEADER_CHARS_MAX {
        return Err(TokenFault::TooLong);
    }
    let header = URL_SAFE_NO_PAD.decode(header).map_err(|_| TokenFault::Malformed)?;
    let header: Header = serde_json::from_slice(&header).map_err(|_| TokenFault::Malformed)?;
    let Header { alg, kid, typ, crit, jku, jwk, x5u, x5c } = header;
    if [crit, jku, jwk, x5u, x5c].iter().any(Option::is_some) {
        return Err(TokenFault::Header);
    }
    if alg != ALGORITHM {
        return Err(TokenFault::Algorithm);
    }
    // Any other type, an access token's too, is signed with the same key and means something else.
    let is_plain = typ.is_none_or(|typ| typ.eq_ignore_ascii_case("JWT"));
    let kid = kid.filter(|kid| is_plain && is_kid(kid)).ok_or(TokenFault::Header)?;
    keys.find(&kid).ok_or(TokenFault::UnknownKey)
}

/// The claims, if `key` signed them and this is their time.
fn signed_claims(
    token: &str,
    key: &RS256PublicKey,
    now: Millis,
) -> Result<JWTClaims<Profile>, TokenFault> {
    let seconds = |ms: i64| u64::try_from(ms.div_euclid(SECOND_MS)).unwrap_or(0).min(SECONDS_MAX);
    let options = VerificationOptions {
        artificial_time: Some(UnixTimeStamp::from_secs(seconds(now.0))),
        time_tolerance: Some(Duration::from_secs(seconds(LEEWAY_MS))),
        max_token_length: Some(TOKEN_BYTES_MAX),
        max_header_length: Some(HEADER_CHARS_MAX),
        ..VerificationOptions::default()
    };
    key.verify_token(token, Some(options)).map_err(|error| fault_of(&error))
}

fn fault_of(error: &Error) -> TokenFault {
    let known = error.downcast_ref();
    if matches!(known, Some(JWTError::InvalidSignature)) {
        TokenFault::Signature
    } else if matches!(known, Some(JWTError::TokenHasExpired)) {
        TokenFault::Expired
    } else if matches!(known, Some(JWTError::ClockDrift | JWTError::TokenNotValidYet)) {
        TokenFault::NotYet
    } else {
        TokenFault::Malformed
    }
}

/// Whether we are the audience and nobody beside us: with a second one, somebody else could have
/// asked for the token and hand it to us.
fn is_only_for(claims: &JWTClaims<Profile>, client_id: &str) -> bool {
    let audience = match &claims.audiences {
        Some(Audiences::AsString(audience)) => audience == client_id,
        Some(Audiences::AsSet(set)) => set.len() == 1 && set.contains(client_id),
        None => false,
    };
    audience && claims.custom.azp.as_deref().is_none_or(|party| party == client_id)
}

/// That the token says when it was issued and when it ends (jwt-simple has compared what is there
/// with the clock), and, for a fresh sign-in, that the person proved who he is since it began.
///
/// Google says `auth_time` only to clients that it was switched on for. Without it, the moment of
/// issue stands for it: the nonce proves already that the token belongs to this very sign-in, so
/// what is known then is that Google was asked for a proof, not that it asked the person.
fn check_age(claims: &JWTClaims<Profile>, expected: &Expectation<'_>) -> Result<(), TokenFault> {
    let (Some(issued_at), Some(_)) = (claims.issued_at, claims.expires_at) else {
        return Err(TokenFault::Malformed);
    };
    let millis = |seconds: i64| Millis(seconds.saturating_mul(SECOND_MS));
    let issued_at = millis(i64::try_from(issued_at.as_secs()).unwrap_or(i64::MAX));
    let proved_at = claims.custom.auth_time.map_or(issued_at, millis);
    if proved_at.since(expected.now) > LEEWAY_MS {
        return Err(TokenFault::NotYet);
    }
    match expected.fresh_after {
        Some(begun) if begun.since(proved_at) > LEEWAY_MS => Err(TokenFault::Stale),
        Some(_) | None => Ok(()),
    }
}

fn person(claims: JWTClaims<Profile>, issuer: &str) -> Result<Person, TokenFault> {
    let Profile { email, email_verified, name, picture, .. } = claims.custom;
    let is_subject = |text: &String| {
        (1..=SUBJECT_BYTES_MAX).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_graphic())
    };
    let subject = claims.subject.filter(is_subject).ok_or(TokenFault::Subject)?;
    if email.is_some() && email_verified != Some(true) {
        return Err(TokenFault::EmailUnverified);
    }
    Ok(Person {
        issuer: issuer.to_owned(),
        subject,
        email: email.and_then(|email| MailAddress::parse(&email).ok()),
        name: name.and_then(|name| shown_name(&name)),
        picture: picture.filter(|picture| is_allowed(picture, issuer)),
    })
}
