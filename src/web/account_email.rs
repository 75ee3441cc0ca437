//! The link in a mail that confirms a new mail address. Programs that look at mails open links, so
//! opening it only shows a button; the button confirms.

use http::StatusCode;
use http::request::Parts;

use crate::app::Failure;
use crate::app::account_email::{self, CONFIRMATION_PATH};
use crate::domain::refusal::Code;
use crate::pages::{self, EmailConfirmation};
use crate::ports::World;

use super::sign_in::query;
use super::{Answer, Context, Incoming, body, empty_response, error, html_response, see_other};

/// The field of the link and of the form.
const TOKEN: &str = "token";
/// The query's field that says that it is done.
const DONE: &str = "done";
/// A token of 43 characters with its name.
const BYTES_MAX: usize = 1024;

/// `GET /account/email-confirmation`
pub(super) async fn page<W: World>(context: &Context<W>, parts: &Parts) -> Answer {
    if query(parts, DONE).is_some() {
        return Ok(shown(context, StatusCode::OK, &EmailConfirmation::Done));
    }
    let token = query(parts, TOKEN).unwrap_or_default();
    match account_email::look(&context.world, &token).await {
        Ok(email) => {
            let page = EmailConfirmation::Asked { email: &email, token: &token };
            Ok(shown(context, StatusCode::OK, &page))
        }
        Err(failure) => over(context, failure),
    }
}

/// `POST /account/email-confirmation`
pub(super) async fn confirm<W: World>(
    context: &Context<W>,
    parts: &Parts,
    body: Incoming,
) -> Answer {
    let body = body::collect(body, BYTES_MAX).await?;
    body::only(&parts.headers, &body, &[TOKEN])?;
    let token = body::field(&parts.headers, &body, TOKEN)?;
    match account_email::confirm(&context.world, &token).await {
        Ok(()) if context.html => {
            Ok(see_other(&context.page_path(&format!("{CONFIRMATION_PATH}?{DONE}=on"))))
        }
        Ok(()) => Ok(empty_response(StatusCode::NO_CONTENT)),
        Err(failure) => over(context, failure),
    }
}

/// What stands in the catalogue under this code is about links to pictures.
fn over<W: World>(context: &Context<W>, failure: Failure) -> Answer {
    match &failure {
        Failure::Refused(refusal) if context.html && refusal.code == Code::LinkInvalid => {
            let (status, ..) = error::http_of(refusal.code);
            Ok(shown(context, status, &EmailConfirmation::Over))
        }
        Failure::Refused(_)
        | Failure::Limited(..)
        | Failure::Unavailable(_)
        | Failure::Broken(_) => Err(failure),
    }
}

fn shown<W: World>(
    context: &Context<W>,
    status: StatusCode,
    page: &EmailConfirmation,
) -> http::Response<super::Outgoing> {
    html_response(status, pages::email_confirmation(context.frame(), page))
}
