//! "Download my data": requesting exports, their list, their parts.

use http::request::Parts;
use http::{HeaderMap, HeaderValue, Method, Response, StatusCode, header};
use serde_json::{Value, json};

use crate::app::export;
use crate::app::read::not_found;
use crate::domain::export::{Export, Part, Reason};
use crate::domain::id::ExportId;
use crate::domain::time::Millis;
use crate::domain::zip::Segment;
use crate::ports::World;

use super::pictures::{Outcome, insert, outcome, with_status};
use super::{Answer, Context, Outgoing, PiecesBody, json_response, see_other};

/// Where the account page tells of exports.
const SECTION: &str = "/account#exports";
/// Bytes that are asked of the storage at a time.
const STRETCH_BYTES: u64 = 16 * 1024 * 1024;
/// Length of the day in a time.
const DAY_TEXT_LENGTH: usize = 10;

/// `POST /api/account/exports`
pub(super) async fn request<W: World>(context: &Context<W>) -> Answer {
    let export = export::request(&context.world, &context.who()?.account).await?;
    Ok(json_response(StatusCode::ACCEPTED, view(&export, context.now).to_string()))
}

/// `POST /account/exports`
pub(super) async fn request_form<W: World>(context: &Context<W>) -> Answer {
    export::request(&context.world, &context.who()?.account).await?;
    Ok(see_other(&context.page_path(SECTION)))
}

/// `GET /api/account/exports`
pub(super) async fn list<W: World>(context: &Context<W>) -> Answer {
    let exports = export::list(&context.world, context.who()?.account.id).await?;
    let views: Vec<Value> = exports.iter().map(|export| view(export, context.now)).collect();
    Ok(json_response(StatusCode::OK, json!({ "exports": views }).to_string()))
}

/// `GET /api/account/exports/{part}`
pub(super) async fn part<W: World>(context: &Context<W>, parts: &Parts) -> Answer {
    let (id, number) = named(&context.parameter).ok_or_else(not_found)?;
    let account = context.who()?.account.id;
    let (export, part) = export::part(&context.world, account, id, number).await?;
    let etag = format!("\"{}\"", part.sha256);
    let mut response = stretch(parts, &part, &etag);
    describe(response.headers_mut(), &export, number, &etag);
    Ok(response)
}

/// What of the part is asked for.
fn stretch(parts: &Parts, part: &Part, etag: &str) -> Response<Outgoing> {
    match outcome(parts, etag, part.bytes) {
        Outcome::Unchanged => with_status(StatusCode::NOT_MODIFIED, Outgoing::Empty),
        Outcome::Unsatisfiable => {
            let status = StatusCode::RANGE_NOT_SATISFIABLE;
            ranged(with_status(status, Outgoing::Empty), &format!("*/{}", part.bytes))
        }
        Outcome::Whole => with_status(StatusCode::OK, body(parts, part, 0, part.bytes)),
        Outcome::Part(first, length) => {
            let body = body(parts, part, first, length);
            let range = format!("{first}-{}/{}", first + length - 1, part.bytes);
            ranged(with_status(StatusCode::PARTIAL_CONTENT, body), &range)
        }
    }
}

/// The export's id and the part's number, as in `{id}.{number}.zip`.
fn named(name: &str) -> Option<(ExportId, usize)> {
    let (id, number) = name.strip_suffix(".zip")?.split_once('.')?;
    let known = number.parse().ok().filter(|count: &usize| count.to_string() == number)?;
    Some((ExportId::parse(id)?, known))
}

/// Stretch after stretch: as one stream a large file would pile up before a slow client.
fn body(parts: &Parts, part: &Part, first: u64, length: u64) -> Outgoing {
    if parts.method == Method::HEAD {
        return Outgoing::Empty;
    }
    let end = first + length;
    let mut segments = vec![];
    let mut offset = first;
    while offset < end {
        let length = STRETCH_BYTES.min(end - offset);
        segments.push(Segment::File { key: part.key.clone(), offset, length });
        offset += length;
    }
    Outgoing::Pieces(Box::new(PiecesBody { segments, length }))
}

fn ranged(mut response: Response<Outgoing>, range: &str) -> Response<Outgoing> {
    insert(response.headers_mut(), header::CONTENT_RANGE, &format!("bytes {range}"));
    response
}

/// No cache keeps it, also not the browser's: the session decides each time.
fn describe(headers: &mut HeaderMap, export: &Export, number: usize, etag: &str) {
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/zip"));
    headers.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    insert(headers, header::ETAG, etag);
    let time = export.requested_at.rfc3339();
    let day = time.get(..DAY_TEXT_LENGTH).unwrap_or_default();
    let of = export.parts.len();
    let name = format!("attachment; filename=\"export-{day}-{number}-of-{of}.zip\"");
    insert(headers, header::CONTENT_DISPOSITION, &name);
}

fn view(export: &Export, now: Millis) -> Value {
    let parts = if export.is_open(now) { export.parts.as_slice() } else { &[] };
    let parts = (1..).zip(parts).map(|(number, part): (usize, &Part)| {
        json!({
            "number": number,
            "bytes": part.bytes,
            "sha256": part.sha256,
            "url": format!("/api/account/exports/{}.{number}.zip", export.id),
        })
    });
    json!({
        "id": export.id,
        "state": export.told_state(now).as_str(),
        "reason": export.reason.map(Reason::as_str),
        "requested_at": export.requested_at.rfc3339(),
        "finished_at": export.finished_at.map(Millis::rfc3339),
        "expires_at": export.expires_at.map(Millis::rfc3339),
        "parts": parts.collect::<Vec<Value>>(),
    })
}
