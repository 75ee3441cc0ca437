//! The crossing between JavaScript and Rust: a request's facts in, an answer out, one call each
//! way.

use http::{HeaderMap, HeaderName, HeaderValue, Method, Request, StatusCode, Uri, header};
use wasm_bindgen::prelude::*;

use crate::domain::view::OrderView;
use crate::web::Incoming;

#[wasm_bindgen(module = "/src/edge/boundary.js")]
extern "C" {
    // `catch`, because an exception through an import without it kills the whole instance and with
    // it every request in flight.
    #[wasm_bindgen(catch)]
    fn facts(request: &JsValue) -> Result<String, JsValue>;

    #[wasm_bindgen(catch)]
    fn reply(status: u16, fixed: &str, own: &str, body: &JsValue) -> Result<JsValue, JsValue>;
}

/// The headers whose values repeat between answers; their set is built once and kept in JavaScript.
static FIXED: [HeaderName; 14] = [
    header::ACCEPT_RANGES,
    header::ALLOW,
    header::CACHE_CONTROL,
    header::CONTENT_DISPOSITION,
    header::CONTENT_SECURITY_POLICY,
    header::CONTENT_TYPE,
    header::REFERRER_POLICY,
    header::STRICT_TRANSPORT_SECURITY,
    header::X_CONTENT_TYPE_OPTIONS,
    HeaderName::from_static("cross-origin-embedder-policy"),
    HeaderName::from_static("cross-origin-opener-policy"),
    HeaderName::from_static("cross-origin-resource-policy"),
    HeaderName::from_static("permissions-policy"),
    HeaderName::from_static("x-robots-tag"),
];

/// Room for the set of an ordinary answer, so that the text does not grow step by step.
const FIXED_CHARS: usize = 1_536;

/// Why a request cannot be read at all: the platform's HTTP parser lets it through, ours does not.
#[derive(Debug)]
pub struct Unreadable;

/// Method, address and the few headers we use of a JavaScript `Request`, with this body.
///
/// # Errors
/// [`Unreadable`] when the method or the address is none that `http` accepts.
pub fn request(js: &JsValue, body: Incoming) -> Result<Request<Incoming>, Unreadable> {
    let facts = facts(js).map_err(|_| Unreadable)?;
    let mut lines = facts.split('\n');
    let method = lines.next().unwrap_or_default();
    let uri = lines.next().unwrap_or_default();
    let mut request = Request::new(body);
    *request.method_mut() = Method::from_bytes(method.as_bytes()).map_err(|_| Unreadable)?;
    *request.uri_mut() = uri.parse::<Uri>().map_err(|_| Unreadable)?;
    for line in lines {
        if let Some((name, value)) = line.split_once(':')
            && let Ok(name) = name.parse::<HeaderName>()
            && let Ok(value) = HeaderValue::from_str(value)
        {
            request.headers_mut().insert(name, value);
        }
    }
    Ok(request)
}

/// Status and headers in the form in which they cross.
pub struct Packed {
    status: u16,
    fixed: String,
    own: String,
}

impl Packed {
    /// A header value that is not visible ASCII is left out: it could not have been meant.
    pub fn of(status: StatusCode, headers: &HeaderMap) -> Self {
        let (mut fixed, mut own) = (String::with_capacity(FIXED_CHARS), String::new());
        for (name, value) in headers {
            if let Ok(value) = value.to_str() {
                let packed = if FIXED.contains(name) { &mut fixed } else { &mut own };
                if !packed.is_empty() {
                    packed.push('\n');
                }
                packed.push_str(name.as_str());
                packed.push(':');
                packed.push_str(value);
            }
        }
        Self { status: status.as_u16(), fixed, own }
    }

    /// The JavaScript `Response`. `body` is null, a string, bytes or a stream; a 204 or 304 must
    /// have null.
    ///
    /// # Errors
    /// What the `Response` constructor threw.
    pub fn response(&self, body: &JsValue) -> Result<JsValue, JsValue> {
        reply(self.status, &self.fixed, &self.own, body)
    }
}

/// One event of an order's stream. `retry` is how soon a client comes back after the end.
pub fn event_text(view: &OrderView) -> String {
    let sequence = view.status_sequence;
    let json = serde_json::to_string(view).unwrap_or_default();
    format!("retry: 1000\nid: {sequence}\nevent: order\ndata: {json}\n\n")
}
