//! History for programs, one page after the other: what an owner notes, selections, the trash, and
//! the small pictures that browsers make for it.

use http::request::Parts;
use http::{HeaderMap, HeaderValue, Method, Response, StatusCode, header};
use serde_json::{Number, Value, json};

use crate::app::read::view;
use crate::app::{self, Failure};
use crate::domain::history::{IDS, Note, PageView, Query, selection};
use crate::domain::id::OrderId;
use crate::domain::options::Options;
use crate::domain::preview;
use crate::domain::refusal::{Code, Refusal};
use crate::pages;
use crate::ports::World;

use super::history_page::BACK;
use super::orders::order_id;
use super::{
    Answer, Context, FileBody, Incoming, Outgoing, PiecesBody, body, empty_response, json_response,
    pictures,
};

/// A note with the longest label, as JSON of escapes.
const NOTE_BYTES_MAX: usize = 2 * 1024;
/// The longest selection, and room for what a form adds.
const SELECTION_BYTES_MAX: usize = 8 * 1024;
/// A browser that goes from the trash to History and back asks once.
const PREVIEW_CACHED: &str = "private, max-age=60";

/// `GET /api/history`
pub(super) async fn read<W: World>(context: &Context<W>, parts: &Parts) -> Answer {
    Ok(json_of(&page(context, &query(parts)?).await?))
}

/// What the query of an address asks for.
pub(super) fn query(parts: &Parts) -> Result<Query, Refusal> {
    let query = parts.uri.query().unwrap_or_default();
    let fields: Vec<_> = form_urlencoded::parse(query.as_bytes()).collect();
    Query::parse(fields.iter().map(|(name, value)| (&**name, &**value)))
}

pub(super) async fn page<W: World>(
    context: &Context<W>,
    query: &Query,
) -> Result<PageView, Failure> {
    let text = context.frame().text;
    let choices = |options: &Options| pages::choice_words(text, options);
    app::history::page(&context.world, context.who()?.account.id, query, choices).await
}

/// `PATCH /api/orders/{id}`
pub(super) async fn note<W: World>(context: &Context<W>, parts: &Parts, body: Incoming) -> Answer {
    let body = body::collect(body, NOTE_BYTES_MAX).await?;
    let fields = note_fields(&parts.headers, &body)?;
    let note = Note::parse(fields.iter().map(|(name, value)| (name.as_str(), value.as_str())))?;
    let (account, id) = (context.who()?.account.id, order_id(context)?);
    Ok(json_of(&app::history::note(&context.world, account, id, &note).await?))
}

/// The fields of a note as a form has them; in JSON each has its own type.
fn note_fields(headers: &HeaderMap, body: &[u8]) -> Result<Vec<(String, String)>, Refusal> {
    if body::is_form(headers) {
        return Ok(body::form_fields(body));
    }
    let fields = body::members(body)?.into_iter().map(|(name, value)| {
        let text = match (name.as_str(), value) {
            ("label", Value::String(text)) => Some(text),
            ("label" | "rating", Value::Null) => Some(String::new()),
            ("starred", Value::Bool(truth)) => Some(truth.to_string()),
            ("rating", Value::Number(number)) => Some(whole(&number)),
            ("label" | "starred" | "rating", _) => None,
            (_, other) => Some(other.to_string()),
        };
        let field = match name.as_str() {
            "label" => "label",
            "starred" => "starred",
            _ => "rating",
        };
        let detail = "A label is a text, a star true or false, a rating a number.";
        let refused = || Refusal::field(Code::InputInvalid, field, detail);
        Ok((name, text.ok_or_else(refused)?))
    });
    fields.collect()
}

/// A number as people write it: in JSON `3.0` is the whole number 3.
fn whole(number: &Number) -> String {
    let text = number.to_string();
    text.strip_suffix(".0").map_or(text.clone(), str::to_owned)
}

/// `POST /api/orders/{id}/restoration`
pub(super) async fn restore<W: World>(context: &Context<W>) -> Answer {
    let (account, id) = (context.who()?.account.id, order_id(context)?);
    let order = app::keep::restore(&context.world, id, account).await?;
    Ok(json_of(&view(context.world.config(), &order, None, context.now)))
}

/// `POST /api/history/deletion`
pub(super) async fn trash_chosen<W: World>(
    context: &Context<W>,
    parts: &Parts,
    body: Incoming,
) -> Answer {
    let ids = chosen(parts, body, &[IDS]).await?;
    let changed = app::history::trash(&context.world, context.who()?.account.id, &ids).await?;
    Ok(json_of(&json!({ "changed": changed })))
}

/// `POST /api/history/restoration`
pub(super) async fn restore_chosen<W: World>(
    context: &Context<W>,
    parts: &Parts,
    body: Incoming,
) -> Answer {
    let ids = chosen(parts, body, &[IDS]).await?;
    let changed = app::history::restore(&context.world, context.who()?.account.id, &ids).await?;
    Ok(json_of(&json!({ "changed": changed })))
}

/// `POST /api/history/download`
pub(super) async fn download<W: World>(
    context: &Context<W>,
    parts: &Parts,
    body: Incoming,
) -> Answer {
    // The form of the page says where to go back to, whichever of its buttons was pressed.
    let fields: &[&str] = if body::is_form(&parts.headers) { &[IDS, BACK] } else { &[IDS] };
    let ids = chosen(parts, body, fields).await?;
    let zip = app::history::download(&context.world, context.who()?.account.id, &ids).await?;
    let pieces = PiecesBody { segments: zip.segments, length: zip.length };
    let mut response = Response::new(Outgoing::Pieces(Box::new(pieces)));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/zip"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    let day: String = context.now.rfc3339().chars().take("2026-01-31".len()).collect();
    let name = format!("attachment; filename=\"history-{day}.zip\"");
    if let Ok(value) = HeaderValue::from_str(&name) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    Ok(response)
}

async fn chosen(parts: &Parts, body: Incoming, fields: &[&str]) -> Result<Vec<OrderId>, Failure> {
    let body = body::collect(body, SELECTION_BYTES_MAX).await?;
    body::only(&parts.headers, &body, fields)?;
    Ok(selection(&body::list(&parts.headers, &body, IDS, IDS)?)?)
}

/// `DELETE /api/history/trash`
pub(super) async fn empty_trash<W: World>(context: &Context<W>) -> Answer {
    Ok(json_of(&app::history::empty_trash(&context.world, context.who()?.account.id).await?))
}

/// `GET /api/orders/{id}/preview`
pub(super) async fn show_preview<W: World>(context: &Context<W>, parts: &Parts) -> Answer {
    let (account, id) = (context.who()?.account.id, order_id(context)?);
    let image = app::preview::get(&context.world, account, id).await?;
    let mut response = Response::new(Outgoing::Empty);
    if parts.method != Method::HEAD {
        let range = (u64::from(image.offset), u64::from(image.bytes));
        let (key, otherwise) = (image.key.to_string(), pictures::otherwise(context, parts));
        *response.body_mut() = Outgoing::File(Box::new(FileBody { key, range, otherwise }));
    }
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CONTENT_TYPE, image.format.content_type()),
        (header::CONTENT_SECURITY_POLICY, pictures::PICTURE_POLICY),
        (header::CACHE_CONTROL, PREVIEW_CACHED),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    Ok(response)
}

/// `PUT /api/orders/{id}/preview`
pub(super) async fn put_preview<W: World>(context: &Context<W>, body: Incoming) -> Answer {
    let (account, id) = (context.who()?.account.id, order_id(context)?);
    let bytes = body::collect(body, preview::BYTES_MAX).await?;
    app::preview::put(&context.world, account, id, bytes).await?;
    Ok(empty_response(StatusCode::NO_CONTENT))
}

fn json_of(view: &impl serde::Serialize) -> Response<Outgoing> {
    // Serialising our own plain structs cannot fail.
    json_response(StatusCode::OK, serde_json::to_string(view).unwrap_or_default())
}
