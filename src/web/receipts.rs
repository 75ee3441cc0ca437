//! Receipts of deletions, for whoever has a claim code. The code is a secret, so it comes in a body
//! and never in an address.

use http::request::Parts;
use http::{HeaderValue, Response, StatusCode, header};
use serde_json::json;

use crate::app::{Failure, receipt};
use crate::domain::receipt::Kept;
use crate::domain::refusal::{Code, Refusal};
use crate::pages::{self, ReceiptView};
use crate::ports::World;

use super::{
    Answer, Context, Incoming, Outgoing, body, error, html_response, json_response, text_response,
};

/// A code with some room around it, with JSON or form encoding.
const CLAIM_BYTES_MAX: usize = 512;
/// The field of the code.
const CLAIM: &str = "claim";
/// The form's field that asks for the receipt as a file.
const FILE: &str = "file";

/// `POST /api/receipts`
pub(super) async fn claim<W: World>(context: &Context<W>, parts: &Parts, body: Incoming) -> Answer {
    let body = body::collect(body, CLAIM_BYTES_MAX).await?;
    body::only(&parts.headers, &body, &[CLAIM])?;
    let code = body::field(&parts.headers, &body, CLAIM)?;
    let kept = receipt::claim(&context.world, &code).await?;
    let body = json!({"receipt": kept.receipt, "expires_at": kept.expires_at.rfc3339()});
    Ok(json_response(StatusCode::OK, body.to_string()))
}

/// `GET /api/receipt-key`
pub(super) fn key<W: World>(context: &Context<W>) -> Answer {
    let pem = receipt::public_key(&context.world)?;
    let mut response = text_response(StatusCode::OK, "application/x-pem-file", pem);
    attach(&mut response, "attachment; filename=\"key.pem\"");
    let cached = HeaderValue::from_static("public, max-age=3600");
    response.headers_mut().insert(header::CACHE_CONTROL, cached);
    Ok(response)
}

/// `GET /receipt`
pub(super) fn page<W: World>(context: &Context<W>) -> Response<Outgoing> {
    html_response(StatusCode::OK, pages::receipt(context.frame(), &ReceiptView::Ask))
}

/// `POST /receipt`
pub(super) async fn claim_form<W: World>(
    context: &Context<W>,
    parts: &Parts,
    body: Incoming,
) -> Answer {
    let body = body::collect(body, CLAIM_BYTES_MAX).await?;
    body::only(&parts.headers, &body, &[CLAIM, FILE])?;
    let code = body::field(&parts.headers, &body, CLAIM)?;
    let kept = match receipt::claim(&context.world, &code).await {
        Ok(kept) => kept,
        Err(Failure::Refused(refusal)) if context.html => return refused(context, refusal),
        Err(failure) => return Err(failure),
    };
    if body::field(&parts.headers, &body, FILE).is_ok() {
        return Ok(file(kept));
    }
    let expires_at = &kept.expires_at.rfc3339();
    let view = ReceiptView::Claimed { code: &code, receipt: &kept.receipt, expires_at };
    Ok(html_response(StatusCode::OK, pages::receipt(context.frame(), &view)))
}

/// A code that opens nothing is told on the page itself, so that it can be typed again.
fn refused<W: World>(context: &Context<W>, refusal: Refusal) -> Answer {
    let view = if refusal.code == Code::NotFound {
        ReceiptView::Unknown
    } else if refusal.code == Code::InputInvalid {
        ReceiptView::NoCode
    } else {
        return Err(refusal.into());
    };
    let (status, ..) = error::http_of(refusal.code);
    Ok(html_response(status, pages::receipt(context.frame(), &view)))
}

fn file(kept: Kept) -> Response<Outgoing> {
    let mut response = text_response(StatusCode::OK, "application/jose", kept.receipt);
    attach(&mut response, "attachment; filename=\"receipt.jws\"");
    response
}

fn attach(response: &mut Response<Outgoing>, how: &'static str) {
    response.headers_mut().insert(header::CONTENT_DISPOSITION, HeaderValue::from_static(how));
}
