//! The waitlist: joining, and the two pages that its mails lead to. A GET changes nothing, since
//! whoever scans a mailbox opens every link.

use http::request::Parts;
use http::{HeaderValue, StatusCode};
use serde_json::json;

use crate::app::read::not_found;
use crate::app::waitlist;
use crate::domain::id::WaitlistToken;
use crate::domain::refusal::Refusal;
use crate::pages;
use crate::ports::World;

use super::sign_in::query;
use super::{Answer, Context, Incoming, body, html_response, json_response};

/// An address of 254 characters and a source, with JSON or form encoding.
const BODY_BYTES_MAX: usize = 2 * 1024;

/// The field of the address.
const EMAIL: &str = "email";
/// The field that says on which page the address was typed.
const SOURCE: &str = "source";

/// `POST /api/waitlist`
pub(super) async fn join<W: World>(context: &Context<W>, parts: &Parts, body: Incoming) -> Answer {
    let body = body::collect(body, BODY_BYTES_MAX).await?;
    body::only(&parts.headers, &body, &[EMAIL, SOURCE])?;
    let email = body::field(&parts.headers, &body, EMAIL)?;
    let source = body::field(&parts.headers, &body, SOURCE)?;
    waitlist::join(&context.world, &email, &source, context.language).await?;
    Ok(done(context, StatusCode::ACCEPTED, pages::waitlist_thanks))
}

/// `GET /waitlist/confirmation`
pub(super) fn confirmation<W: World>(context: &Context<W>, parts: &Parts) -> Answer {
    let token = token(parts)?;
    Ok(page(pages::waitlist_confirmation(context.frame(), &token.to_string())))
}

/// `POST /waitlist/confirmation`
pub(super) async fn confirm<W: World>(context: &Context<W>, parts: &Parts) -> Answer {
    waitlist::confirm(&context.world, token(parts)?).await?;
    Ok(done(context, StatusCode::OK, pages::waitlist_confirmed))
}

/// `GET /waitlist/unsubscription`
pub(super) fn unsubscription<W: World>(context: &Context<W>, parts: &Parts) -> Answer {
    let token = token(parts)?;
    Ok(page(pages::waitlist_unsubscription(context.frame(), &token.to_string())))
}

/// `POST /waitlist/unsubscription`: the page's button, and a mail program's own (RFC 8058), whose
/// body says no more than this path does.
pub(super) async fn leave<W: World>(context: &Context<W>, parts: &Parts) -> Answer {
    waitlist::leave(&context.world, token(parts)?).await?;
    Ok(done(context, StatusCode::OK, pages::waitlist_left))
}

fn token(parts: &Parts) -> Result<WaitlistToken, Refusal> {
    query(parts, "token").and_then(|text| WaitlistToken::parse(&text)).ok_or_else(not_found)
}

/// A page for people; a program hears no more than that.
pub(super) fn done<W: World>(
    context: &Context<W>,
    status: StatusCode,
    words: fn(pages::Frame) -> String,
) -> http::Response<super::Outgoing> {
    if context.html {
        return html_response(status, words(context.frame()));
    }
    json_response(status, json!({ "accepted": true }).to_string())
}

/// A page whose address is a secret.
pub(super) fn page(html: String) -> http::Response<super::Outgoing> {
    let mut response = html_response(StatusCode::OK, html);
    let robots = HeaderValue::from_static("noindex, nofollow");
    response.headers_mut().insert("x-robots-tag", robots);
    response
}
