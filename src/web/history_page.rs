//! The page of History and its forms. Each form leads back to what the page showed.

use http::request::Parts;
use http::{HeaderValue, Response, StatusCode};

use crate::app;
use crate::app::Failure;
use crate::domain::history::{IDS, Note, selection};
use crate::domain::return_path::ReturnPath;
use crate::pages;
use crate::ports::World;

use super::history::{page, query};
use super::orders::order_id;
use super::sign_in::query as field_of_query;
use super::{Answer, Context, Incoming, Outgoing, body, html_response, see_other};

/// The field of a form with the query of the page that it stands on.
pub(super) const BACK: &str = "back";
/// The query's field that says that a form has done what it was asked for.
const DONE: &str = "done";
/// The longest selection and the longest query.
const FORM_BYTES_MAX: usize = 8 * 1024;
/// Requests for a hundred orders that one press of the button stands for.
const EMPTYINGS_MAX: usize = 5;

/// `GET /history`
pub(super) async fn show<W: World>(context: &Context<W>, parts: &Parts) -> Answer {
    let query = query(parts)?;
    let found = page(context, &query).await?;
    let done = field_of_query(parts, DONE).is_some();
    let html = pages::history(context.frame(), &query, &found, done);
    let mut response = html_response(StatusCode::OK, html);
    let headers = response.headers_mut();
    headers.insert("x-robots-tag", HeaderValue::from_static("noindex, nofollow"));
    Ok(response)
}

/// `POST /history/orders/{id}`
pub(super) async fn note<W: World>(context: &Context<W>, body: Incoming) -> Answer {
    let body = body::collect(body, FORM_BYTES_MAX).await?;
    let fields = body::form_fields(&body);
    let own = fields.iter().filter(|(name, _)| name != BACK);
    let note = Note::parse(own.map(|(name, value)| (name.as_str(), value.as_str())))?;
    let (account, id) = (context.who()?.account.id, order_id(context)?);
    app::history::note(&context.world, account, id, &note).await?;
    Ok(back(context, &fields))
}

/// `POST /history/deletion`
pub(super) async fn trash<W: World>(context: &Context<W>, parts: &Parts, body: Incoming) -> Answer {
    let fields = selected(parts, body).await?;
    let ids = selection(&ids(&fields))?;
    app::history::trash(&context.world, context.who()?.account.id, &ids).await?;
    Ok(back(context, &fields))
}

/// `POST /history/restoration`
pub(super) async fn restore<W: World>(
    context: &Context<W>,
    parts: &Parts,
    body: Incoming,
) -> Answer {
    let fields = selected(parts, body).await?;
    let ids = selection(&ids(&fields))?;
    app::history::restore(&context.world, context.who()?.account.id, &ids).await?;
    Ok(back(context, &fields))
}

/// `POST /history/trash`
pub(super) async fn empty_trash<W: World>(context: &Context<W>) -> Answer {
    for _ in 0..EMPTYINGS_MAX {
        let account = context.who()?.account.id;
        if app::history::empty_trash(&context.world, account).await?.remaining == 0 {
            break;
        }
    }
    Ok(see_other(&context.page_path("/history?trashed=on&done=on")))
}

/// The fields of a form that names orders.
async fn selected(parts: &Parts, body: Incoming) -> Result<Vec<(String, String)>, Failure> {
    let body = body::collect(body, FORM_BYTES_MAX).await?;
    body::only(&parts.headers, &body, &[IDS, BACK])?;
    Ok(body::form_fields(&body))
}

fn ids(fields: &[(String, String)]) -> Vec<String> {
    let named = fields.iter().filter(|(name, _)| name == IDS);
    named.map(|(_, id)| id.clone()).collect()
}

/// To the page with the query that the form names, if that is a query.
fn back<W: World>(context: &Context<W>, fields: &[(String, String)]) -> Response<Outgoing> {
    let query = fields.iter().find(|(name, _)| name == BACK).map_or("", |(_, query)| query);
    let wanted = context.page_path(&format!("/history?{query}&{DONE}=on"));
    let plain = || context.page_path(&format!("/history?{DONE}=on"));
    match ReturnPath::parse(&wanted) {
        Some(path) if !query.is_empty() => see_other(path.as_str()),
        Some(_) | None => see_other(&plain()),
    }
}
