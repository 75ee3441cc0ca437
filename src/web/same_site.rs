//! No other site may change anything in a visitor's name.

use http::{HeaderMap, header};

use crate::domain::refusal::{Code, Refusal};

use super::{cookies, text_header};

/// Lets a state-changing request through when it comes from our own pages, or from no page at all.
///
/// `Sec-Fetch-Site` decides first: browsers set it and pages cannot. Where it is absent `Origin`
/// must be ours. A request with neither is no browser's of today; all that it could abuse is a
/// signed-in session, so with the cookie of one it is refused.
pub(super) fn check(headers: &HeaderMap, own_origin: &str) -> Result<(), Refusal> {
    let allowed = match text_header(headers, "sec-fetch-site") {
        Some(site) => matches!(site, "same-origin" | "none"),
        None if headers.contains_key("sec-fetch-site") => false,
        None => match headers.get(header::ORIGIN) {
            Some(origin) => origin.as_bytes() == own_origin.as_bytes(),
            None => !cookies::has_session(headers),
        },
    };
    if allowed {
        return Ok(());
    }
    Err(Refusal::new(
        Code::CrossSiteRequest,
        "This request came from another site. Open this site itself and try there.",
    ))
}
