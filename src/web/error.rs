//! The one table from codes to HTTP, and the two shapes an error has: problem+json (RFC 9457) and a
//! page with the same status and code.

use http::{HeaderValue, Method, Response, StatusCode, header};
use serde::Serialize;

use crate::app::Failure;
use crate::domain::limits::{Policy, Standing};
use crate::domain::options::Offer;
use crate::domain::refusal::{Code, Refusal};
use crate::pages::{self, ErrorNotice, Frame};
use crate::ports::{Level, LogLine, World};

use super::routes::Who;
use super::{Context, Outgoing, headers, html_response, text_response};

/// Status, title, and whether the same request may succeed later.
pub const fn http_of(code: Code) -> (StatusCode, &'static str, bool) {
    match code {
        Code::InputInvalid => (StatusCode::UNPROCESSABLE_ENTITY, "A field is not valid", false),
        Code::ImageFormatUnsupported => {
            (StatusCode::UNSUPPORTED_MEDIA_TYPE, "This image format is not supported", false)
        }
        Code::ImageTooLarge => (StatusCode::PAYLOAD_TOO_LARGE, "The image is too large", false),
        Code::ImageTooSmall => (StatusCode::UNPROCESSABLE_ENTITY, "The image is too small", false),
        Code::ImageUnreadable => {
            (StatusCode::UNPROCESSABLE_ENTITY, "The image cannot be read", false)
        }
        Code::BodyTooLarge => (StatusCode::PAYLOAD_TOO_LARGE, "The upload is too large", false),
        Code::ConsentRequired => {
            (StatusCode::UNPROCESSABLE_ENTITY, "Your consent is needed", false)
        }
        Code::TrialExhausted => (StatusCode::FORBIDDEN, "Your free tries are used", true),
        Code::RateLimited => (StatusCode::TOO_MANY_REQUESTS, "Too many requests", true),
        Code::NotFound => (StatusCode::NOT_FOUND, "Not found", false),
        Code::Gone => (StatusCode::GONE, "Deleted or expired", false),
        Code::LinkInvalid => (StatusCode::FORBIDDEN, "This link is not valid", false),
        Code::IdempotencyMismatch => {
            (StatusCode::UNPROCESSABLE_ENTITY, "This Idempotency-Key is taken", false)
        }
        Code::IdempotencyRunning => {
            (StatusCode::CONFLICT, "The first request is still running", true)
        }
        Code::CrossSiteRequest => (StatusCode::FORBIDDEN, "Sent from another site", false),
        Code::MethodNotAllowed => (StatusCode::METHOD_NOT_ALLOWED, "Method not allowed", false),
        Code::SignInRequired => (StatusCode::UNAUTHORIZED, "Sign in first", false),
        Code::FreshSignInRequired => (StatusCode::FORBIDDEN, "Sign in once more", false),
        Code::SignInFailed => (StatusCode::FORBIDDEN, "Signing in did not work", true),
        Code::ProcessingRestricted => (StatusCode::FORBIDDEN, "Processing is restricted", false),
        Code::SignatureInvalid => (StatusCode::UNAUTHORIZED, "Signature not valid", false),
        Code::OrderFinal => (StatusCode::CONFLICT, "The order has already ended", false),
        Code::ProviderRejected | Code::ContentModeration => {
            (StatusCode::UNPROCESSABLE_ENTITY, "The image service declined", false)
        }
        Code::ProviderFailed | Code::ProviderTimeout | Code::ProviderBusy => {
            (StatusCode::BAD_GATEWAY, "The image service failed", true)
        }
        Code::Unavailable => (StatusCode::SERVICE_UNAVAILABLE, "Not available just now", true),
        Code::Internal => (StatusCode::INTERNAL_SERVER_ERROR, "Something went wrong here", true),
    }
}

/// Seconds after which a client may try again when nothing better is known.
const RETRY_AFTER_SECONDS: u32 = 5;

/// The answer to a failure, in the shape that the client accepts. Internal text goes to the log.
pub(super) fn response<W: World>(context: &Context<W>, failure: &Failure) -> Response<Outgoing> {
    log(context, failure);
    let frame = context.html.then(|| context.frame());
    shaped(failure, &context.request_id, frame, return_to(context))
}

/// Where somebody who has to sign in wants to be afterwards: on this page, or on the one that its
/// form is on.
fn return_to<W: World>(context: &Context<W>) -> Option<String> {
    let route = context.route;
    if route.method == Method::GET && route.localized {
        return Some(context.page_path(&route.template.replace("{id}", &context.parameter)));
    }
    matches!(route.who, Who::Account | Who::Fresh).then(|| context.page_path("/account"))
}

fn log<W: World>(context: &Context<W>, failure: &Failure) {
    match failure {
        Failure::Refused(_) | Failure::Limited(..) => {}
        Failure::Unavailable(text) | Failure::Broken(text) => {
            let line = LogLine::new(Level::Error, "failure").with("error", text.as_str());
            context.world.log(&line.with("request_id", context.request_id.as_str()));
        }
    }
}

/// The same without a log line; a page when there is a frame for it.
pub(super) fn plain(
    failure: &Failure,
    request_id: &str,
    frame: Option<Frame>,
) -> Response<Outgoing> {
    shaped(failure, request_id, frame, None)
}

fn shaped(
    failure: &Failure,
    request_id: &str,
    frame: Option<Frame>,
    return_to: Option<String>,
) -> Response<Outgoing> {
    let refusal = refusal_of(failure);
    let mut response = if let Some(frame) = frame {
        let (status, ..) = http_of(refusal.code);
        let notice = ErrorNotice::of(frame.text, &refusal, Some(request_id));
        let notice = ErrorNotice { return_to, ..notice };
        html_response(status, pages::error_page(frame, status.as_u16(), &notice))
    } else {
        problem(&refusal, request_id)
    };
    decorate(&mut response, failure, &refusal);
    response
}

/// The refused form again, with the text fields as they came.
pub(super) fn form_page<W: World>(
    context: &Context<W>,
    failure: &Failure,
    offer: Offer,
    fields: &[(String, String)],
) -> Response<Outgoing> {
    log(context, failure);
    let refusal = refusal_of(failure);
    let (status, ..) = http_of(refusal.code);
    let fields = fields.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let notice = ErrorNotice::of(context.frame().text, &refusal, Some(&context.request_id));
    let rules = &context.world.config().rules;
    let form = pages::FormState::refused(offer, fields, notice).under(rules);
    let mut response = html_response(status, pages::refused_form(context.frame(), &form));
    decorate(&mut response, failure, &refusal);
    response
}

fn refusal_of(failure: &Failure) -> Refusal {
    match failure {
        Failure::Refused(refusal) | Failure::Limited(refusal, _) => refusal.clone(),
        Failure::Unavailable(_) => Refusal::new(
            Code::Unavailable,
            "A part of the service does not answer. Nothing is lost; please try again shortly.",
        )
        .retry_after(RETRY_AFTER_SECONDS),
        Failure::Broken(_) => Refusal::new(
            Code::Internal,
            "This is our fault. Name the request id when you ask for help.",
        ),
    }
}

/// The body of problem+json.
#[derive(Serialize)]
struct Problem<'a> {
    code: &'static str,
    detail: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<&'static str>,
    request_id: &'a str,
    retryable: bool,
    status: u16,
    title: &'static str,
    #[serde(rename = "type")]
    kind: String,
}

fn problem(refusal: &Refusal, request_id: &str) -> Response<Outgoing> {
    let (status, title, retryable) = http_of(refusal.code);
    let code = refusal.code.as_str();
    let body = Problem {
        code,
        detail: &refusal.detail,
        field: refusal.field,
        request_id,
        retryable,
        status: status.as_u16(),
        title,
        kind: format!("/openapi.json#/components/x-codes/{code}"),
    };
    // Serialising our own plain struct cannot fail.
    let body = serde_json::to_string(&body).unwrap_or_default();
    text_response(status, "application/problem+json", body)
}

fn decorate(response: &mut Response<Outgoing>, failure: &Failure, refusal: &Refusal) {
    if let Some(seconds) = refusal.retry_after_seconds {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    if let Failure::Limited(_, standings) = failure {
        limit_headers(response, standings);
    }
}

fn limit_headers(response: &mut Response<Outgoing>, standings: &[(Policy, Standing)]) {
    for (name, value) in headers::rate_limit(standings) {
        response.headers_mut().insert(name, value);
    }
}
