//! The discovery document: where the identity provider's endpoints lie.

use serde::Deserialize;

use super::address::is_allowed;

/// Largest document that is read, in bytes; Google's has 1.4 KB.
pub const BODY_BYTES_MAX: usize = 64 * 1024;

const PATH: &str = "/.well-known/openid-configuration";

/// The endpoints that a sign-in calls.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endpoints {
    /// Where the browser is sent.
    pub authorization: String,
    /// Where a code is exchanged for an id token.
    pub token: String,
    /// Where the signing keys lie.
    pub keys: String,
}

/// Why a discovery document is not used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DiscoveryFault {
    /// Longer than [`BODY_BYTES_MAX`].
    TooLong,
    /// Not JSON, or without one of the addresses.
    Unreadable,
    /// The document of another issuer; a slash more is another issuer.
    Issuer,
    /// An endpoint is neither https nor, in development, on the same machine.
    Endpoint,
}

impl DiscoveryFault {
    /// A fixed name for the log.
    pub const fn name(self) -> &'static str {
        match self {
            Self::TooLong => "too long",
            Self::Unreadable => "unreadable",
            Self::Issuer => "issuer",
            Self::Endpoint => "endpoint",
        }
    }
}

#[derive(Deserialize)]
struct Document {
    issuer: String,
    authorization_endpoint: String,
    token_endpoint: String,
    jwks_uri: String,
}

/// Whether the provider has answered with a document.
pub const fn is_document(http_status: u16) -> bool {
    http_status == 200
}

/// Where the discovery document of `issuer` lies.
pub fn address(issuer: &str) -> String {
    format!("{}{PATH}", issuer.strip_suffix('/').unwrap_or(issuer))
}

/// Reads the discovery document of `issuer`, which is the configured one.
pub fn decode(issuer: &str, body: &[u8]) -> Result<Endpoints, DiscoveryFault> {
    if body.len() > BODY_BYTES_MAX {
        return Err(DiscoveryFault::TooLong);
    }
    let document: Document =
        serde_json::from_slice(body).map_err(|_| DiscoveryFault::Unreadable)?;
    if document.issuer != issuer {
        return Err(DiscoveryFault::Issuer);
    }
    let endpoints = Endpoints {
        authorization: document.authorization_endpoint,
        token: document.token_endpoint,
        keys: document.jwks_uri,
    };
    let addresses = [&endpoints.authorization, &endpoints.token, &endpoints.keys];
    if !addresses.iter().all(|address| is_allowed(address, issuer)) {
        return Err(DiscoveryFault::Endpoint);
    }
    Ok(endpoints)
}
