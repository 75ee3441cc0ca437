//! The portrait of who is signed in, from our own storage, to nobody else.

use http::request::Parts;
use http::{HeaderMap, HeaderValue, Method, Response, StatusCode, header};

use crate::app::read::not_found;
use crate::domain::account::Portrait;
use crate::ports::World;

use super::pictures::{PICTURE_POLICY, otherwise};
use super::{Answer, Context, FileBody, Outgoing, text_header};

/// Its address names its content, so a browser may keep it; who signs out has it forgotten.
const CACHED: &str = "private, max-age=86400";

/// `GET /api/account/portrait`
pub(super) fn show<W: World>(context: &Context<W>, parts: &Parts) -> Answer {
    let portrait = context.who()?.account.portrait.as_ref().ok_or_else(not_found)?;
    let etag = format!("\"{}\"", portrait.sha256);
    let known = is_known(&parts.headers, &etag);
    let body = if known || parts.method == Method::HEAD {
        Outgoing::Empty
    } else {
        let range = (0, u64::from(portrait.bytes));
        let otherwise = otherwise(context, parts);
        Outgoing::File(Box::new(FileBody { key: portrait.key.clone(), range, otherwise }))
    };
    let mut response = Response::new(body);
    if known {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
    }
    describe(response.headers_mut(), portrait, &etag);
    Ok(response)
}

/// Whether the browser has it already.
fn is_known(headers: &HeaderMap, etag: &str) -> bool {
    let tags = text_header(headers, "if-none-match").unwrap_or_default();
    tags.split(',').any(|tag| tag.trim().trim_start_matches("W/") == etag)
}

fn describe(headers: &mut HeaderMap, portrait: &Portrait, etag: &str) {
    let content_type = HeaderValue::from_static(portrait.format.content_type());
    headers.insert(header::CONTENT_TYPE, content_type);
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(PICTURE_POLICY));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(CACHED));
    if let Ok(etag) = HeaderValue::from_str(etag) {
        headers.insert(header::ETAG, etag);
    }
}
