//! Which shape a client wants.

use http::{HeaderMap, header};

/// Whether the client is a browser that shows the answer as a page.
pub(super) fn wants_html(headers: &HeaderMap) -> bool {
    let mut accepted =
        headers.get_all(header::ACCEPT).iter().filter_map(|value| value.to_str().ok());
    accepted.any(|value| value.split(',').any(|kind| kind.trim().starts_with("text/html")))
}
