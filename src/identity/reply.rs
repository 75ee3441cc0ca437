//! The token endpoint's reply.

use serde::Deserialize;

/// Largest reply that is read, in bytes; Google's has 3 KB.
pub const BODY_BYTES_MAX: usize = 32 * 1024;

/// Why a code was not exchanged for an id token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReplyFault {
    /// The code is used, too old, of another client or another verifier: begin again.
    CodeRefused,
    /// The client id, its secret or the redirect address is wrong: the operator must act.
    ClientRefused,
    /// The provider cannot answer now: try later.
    Busy,
    /// Longer than [`BODY_BYTES_MAX`].
    TooLong,
    /// Not an answer to this question, or without an id token.
    Unreadable,
}

impl ReplyFault {
    /// A fixed name for the log.
    pub const fn name(self) -> &'static str {
        match self {
            Self::CodeRefused => "code refused",
            Self::ClientRefused => "client refused",
            Self::Busy => "busy",
            Self::TooLong => "too long",
            Self::Unreadable => "unreadable",
        }
    }
}

/// The access token beside the id token is never read: nothing is asked of Google afterwards.
#[derive(Deserialize)]
struct Granted {
    id_token: String,
}

#[derive(Deserialize)]
struct Refused {
    error: String,
}

/// The id token in the reply, not yet verified.
pub fn decode(http_status: u16, body: &[u8]) -> Result<String, ReplyFault> {
    if body.len() > BODY_BYTES_MAX {
        return Err(ReplyFault::TooLong);
    }
    match http_status {
        200 => serde_json::from_slice(body)
            .map(|granted: Granted| granted.id_token)
            .map_err(|_| ReplyFault::Unreadable),
        400..=403 => Err(refusal(http_status, body)),
        408 | 429 | 500..=599 => Err(ReplyFault::Busy),
        _ => Err(ReplyFault::Unreadable),
    }
}

/// RFC 6749, 5.2. Only the name of the error is looked at; its description is for people.
fn refusal(http_status: u16, body: &[u8]) -> ReplyFault {
    let refused: Option<Refused> = serde_json::from_slice(body).ok();
    match refused.as_ref().map(|refused| refused.error.as_str()) {
        Some("invalid_grant") => ReplyFault::CodeRefused,
        Some("invalid_client" | "unauthorized_client" | "redirect_uri_mismatch") => {
            ReplyFault::ClientRefused
        }
        Some("temporarily_unavailable" | "server_error") => ReplyFault::Busy,
        _ if http_status == 401 => ReplyFault::ClientRefused,
        _ => ReplyFault::Unreadable,
    }
}
