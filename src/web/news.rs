//! The page that the link in news by mail leads to. A GET changes nothing, since whoever scans a
//! mailbox opens every link.

use http::StatusCode;
use http::request::Parts;

use crate::app::news;
use crate::pages;
use crate::ports::World;

use super::sign_in::query;
use super::waitlist::{done, page};
use super::{Answer, Context};

/// `GET /account/unsubscription`
pub(super) fn unsubscription<W: World>(context: &Context<W>, parts: &Parts) -> Answer {
    let token = token(parts);
    news::look(&context.world, &token)?;
    Ok(page(pages::news_unsubscription(context.frame(), &token)))
}

/// `POST /account/unsubscription`: the page's button, and a mail program's own (RFC 8058), whose
/// body says no more than this path does.
pub(super) async fn end<W: World>(context: &Context<W>, parts: &Parts) -> Answer {
    news::end(&context.world, &token(parts)).await?;
    Ok(done(context, StatusCode::OK, pages::news_ended))
}

fn token(parts: &Parts) -> String {
    query(parts, "token").unwrap_or_default()
}
