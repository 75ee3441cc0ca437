//! Orders: place, read, listen, cancel, delete, and the order's page.

use futures_util::{StreamExt, TryStreamExt};
use http::request::Parts;
use http::{HeaderMap, HeaderValue, Method, Response, StatusCode, header};

use crate::app::read::{not_found, view};
use crate::app::upload::{Arrived, Room};
use crate::app::visitor::Visitor;
use crate::app::watch::Watch;
use crate::app::{self, Failure};
use crate::domain::fingerprint::IdempotencyKey;
use crate::domain::id::{AnonSid, OrderId};
use crate::domain::link;
use crate::domain::network;
use crate::domain::options::Offer;
use crate::domain::order::Order;
use crate::domain::problem;
use crate::domain::uploads::PIECE_BYTES;
use crate::domain::view::OrderView;
use crate::pages;
use crate::ports::World;

use super::form::Fields;
use super::multipart::FILES_BYTES_MAX;
use super::{
    Answer, Context, Incoming, Outgoing, body, client_address, configured_model, cookies,
    empty_response, error, html_response, json_response, see_other, text_header,
};

/// A report: five names of a form, at its worst, and room for what a program adds.
const REPORT_BYTES_MAX: usize = 1024;
/// The field of a form that names one problem; it is repeated.
pub const PROBLEM_FIELD: &str = "problem";

/// `POST /api/orders`
pub(super) async fn place<W: World>(context: &Context<W>, parts: &Parts, body: Incoming) -> Answer {
    let offer = configured_model(context)?.offers();
    let mut fields = Fields::default();
    match try_place(context, parts, body, &offer, &mut fields).await {
        Ok((order, sid)) => Ok(placed(context, &order, sid)),
        Err(failure) if context.html => {
            Ok(error::form_page(context, &failure, offer, &fields.texts))
        }
        Err(failure) => Err(failure),
    }
}

async fn try_place<W: World>(
    context: &Context<W>,
    parts: &Parts,
    body: Incoming,
    offer: &Offer,
    fields: &mut Fields,
) -> Result<(Order, AnonSid), Failure> {
    if let Some(who) = &context.signed_in {
        who.account.require_processing()?;
    }
    // Kept until the order is placed: what the photos need they need until they are stored.
    let room = Room::take(&context.world, bytes_to_come(&parts.headers), context.html)?;
    let arrived = Arrived::default();
    let count = arrived.clone();
    let body = body.inspect_ok(move |piece| count.add(piece.len())).boxed();
    let reading = fields.read(&parts.headers, body, |bytes| room.hold(bytes));
    app::upload::in_time(&context.world, &arrived, reading).await?;
    let draft = fields.draft(offer)?;
    let secret = &context.world.config().address_key;
    let visitor = Visitor {
        sid: cookies::anon_sid_or_new(&context.world, &parts.headers),
        account: context.signed_in.as_ref().map(|who| who.account.owner()),
        idempotency: idempotency_key(context, &parts.headers)?,
        network: network::keys(secret, client_address(&parts.headers), context.now),
    };
    let order = app::place::place(&context.world, &visitor, draft).await?;
    Ok((order, visitor.sid))
}

/// What the client says that it sends, as far as it would be kept; of a body without a length a
/// piece, and each further one when it is there.
fn bytes_to_come(headers: &HeaderMap) -> u64 {
    let told = text_header(headers, header::CONTENT_LENGTH.as_str());
    let told = told.and_then(|length| length.parse().ok());
    told.unwrap_or(PIECE_BYTES).min(FILES_BYTES_MAX)
}

/// The header is read only with a cookie: without one nobody could tell whose key it is.
fn idempotency_key<W: World>(
    context: &Context<W>,
    headers: &HeaderMap,
) -> Result<Option<IdempotencyKey>, Failure> {
    let Some(value) = headers.get("idempotency-key") else { return Ok(None) };
    let key = IdempotencyKey::parse(value.as_bytes())?;
    let is_known = context.signed_in.is_some() || cookies::anon_sid(headers).is_some();
    Ok(is_known.then_some(key))
}

fn placed<W: World>(context: &Context<W>, order: &Order, sid: AnonSid) -> Response<Outgoing> {
    let mut response = if context.html {
        see_other(&context.page_path(&format!("/orders/{}", order.id)))
    } else {
        let view = view(context.world.config(), order, None, context.now);
        let mut response = order_response(StatusCode::CREATED, &view);
        if let Ok(location) = HeaderValue::from_str(&format!("/api/orders/{}", order.id)) {
            response.headers_mut().insert(header::LOCATION, location);
        }
        response
    };
    if context.signed_in.is_none() {
        cookies::set(&mut response, sid);
    }
    response
}

/// `GET /api/orders/{id}`
pub(super) async fn read<W: World>(context: &Context<W>, parts: &Parts) -> Answer {
    let view = app::read::read(&context.world, order_id(context)?, context.account()).await?;
    let etag = etag(context, &view);
    if parts.headers.get(header::IF_NONE_MATCH).is_some_and(|tags| lists(tags, &etag)) {
        let mut response = empty_response(StatusCode::NOT_MODIFIED);
        insert_etag(&mut response, &etag);
        return Ok(response);
    }
    let mut response = order_response(StatusCode::OK, &view);
    insert_etag(&mut response, &etag);
    Ok(response)
}

/// `GET /api/orders/{id}/events`
pub(super) async fn watch<W: World>(context: &Context<W>, parts: &Parts) -> Answer {
    let (watch, tick) = Watch::begin(&context.world, order_id(context)?, context.account()).await?;
    // HEAD has no body, so nobody would ever end the stream.
    let body = if parts.method == Method::HEAD {
        Outgoing::Empty
    } else {
        Outgoing::Events(Box::new((watch, tick)))
    };
    let mut response = Response::new(body);
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/event-stream"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

/// `DELETE /api/orders/{id}`
pub(super) async fn delete<W: World>(context: &Context<W>) -> Answer {
    app::change::delete(&context.world, order_id(context)?, context.account()).await?;
    Ok(empty_response(StatusCode::NO_CONTENT))
}

/// `POST /api/orders/{id}/cancellation`
pub(super) async fn cancel<W: World>(context: &Context<W>) -> Answer {
    let order = app::change::cancel(&context.world, order_id(context)?, context.account()).await?;
    let view = view(context.world.config(), &order, None, context.now);
    Ok(order_response(StatusCode::ACCEPTED, &view))
}

/// `POST /api/orders/{id}/reports`
pub(super) async fn report<W: World>(
    context: &Context<W>,
    parts: &Parts,
    body: Incoming,
) -> Answer {
    let body = body::collect(body, REPORT_BYTES_MAX).await?;
    let names = body::list(&parts.headers, &body, problem::FIELD, PROBLEM_FIELD)?;
    let field = if body::is_form(&parts.headers) { PROBLEM_FIELD } else { problem::FIELD };
    body::only(&parts.headers, &body, &[field])?;
    let problems = problem::parse_all(&names)?;
    app::change::report(&context.world, order_id(context)?, context.account(), problems).await?;
    Ok(empty_response(StatusCode::NO_CONTENT))
}

/// `GET /orders/{id}`
pub(super) async fn page<W: World>(context: &Context<W>) -> Answer {
    let view = app::read::read(&context.world, order_id(context)?, context.account()).await?;
    let mut response = html_response(StatusCode::OK, pages::order(context.frame(), &view));
    let headers = response.headers_mut();
    headers.insert("x-robots-tag", HeaderValue::from_static("noindex, nofollow"));
    Ok(response)
}

/// `POST /orders/{id}/deletion`: the order's page then says that it is gone; an account's is seen
/// in the trash.
pub(super) async fn delete_form<W: World>(context: &Context<W>) -> Answer {
    let id = order_id(context)?;
    if app::change::delete(&context.world, id, context.account()).await? {
        return Ok(see_other(&context.page_path("/history?trashed=on&done=on")));
    }
    Ok(see_other(&context.page_path(&format!("/orders/{id}"))))
}

/// `POST /orders/{id}/cancellation`
pub(super) async fn cancel_form<W: World>(context: &Context<W>) -> Answer {
    let id = order_id(context)?;
    app::change::cancel(&context.world, id, context.account()).await?;
    Ok(see_other(&context.page_path(&format!("/orders/{id}"))))
}

/// `POST /orders/{id}/reports`
pub(super) async fn report_form<W: World>(
    context: &Context<W>,
    parts: &Parts,
    body: Incoming,
) -> Answer {
    report(context, parts, body).await?;
    Ok(see_other(&context.page_path(&format!("/orders/{}", order_id(context)?))))
}

/// The order that the path names.
pub(super) fn order_id<W>(context: &Context<W>) -> Result<OrderId, Failure> {
    OrderId::parse(&context.parameter).ok_or_else(|| not_found().into())
}

fn order_response(status: StatusCode, view: &OrderView) -> Response<Outgoing> {
    // Serialising our own plain structs cannot fail.
    json_response(status, serde_json::to_string(view).unwrap_or_default())
}

/// Changes with the order, its place in the queue, and the links in it; weak, because the typical
/// time that is left changes without it.
fn etag<W: World>(context: &Context<W>, view: &OrderView) -> String {
    let links = link::view_expiry(context.now, None).seconds();
    let place = view.queue_position.unwrap_or(0);
    format!("W/\"{}.{place}.{links}\"", view.status_sequence)
}

/// The weak comparison of RFC 9110: what stands before the quotes does not count.
fn lists(tags: &HeaderValue, etag: &str) -> bool {
    let opaque = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    let wanted = opaque(etag);
    tags.to_str()
        .is_ok_and(|tags| tags.split(',').any(|tag| tag.trim() == "*" || opaque(tag) == wanted))
}

fn insert_etag(response: &mut Response<Outgoing>, etag: &str) {
    if let Ok(value) = HeaderValue::from_str(etag) {
        response.headers_mut().insert(header::ETAG, value);
    }
}
