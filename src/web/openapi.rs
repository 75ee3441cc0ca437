//! `/openapi.json`: the description of the HTTP interface, held against the route table and the
//! real answers by tests.

use http::{HeaderValue, Response, StatusCode, header};

use super::{Outgoing, json_response};

/// The document, but for the server's own address.
pub const DOCUMENT: &str = include_str!("openapi.json");
const OWN_ORIGIN: &str = "{own-origin}";

/// `GET /openapi.json`
pub(super) fn document(public_origin: &str) -> Response<Outgoing> {
    let mut response = json_response(StatusCode::OK, DOCUMENT.replace(OWN_ORIGIN, public_origin));
    let cached = HeaderValue::from_static("public, max-age=300");
    response.headers_mut().insert(header::CACHE_CONTROL, cached);
    response
}
