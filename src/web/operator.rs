//! The operator's routes: whoever shows the key. Counts, notes, and mailings.

use http::StatusCode;
use http::request::Parts;
use serde_json::json;

use crate::app::mailing::{self, Draft};
use crate::app::operator;
use crate::domain::refusal::Refusal;
use crate::ports::World;

use super::{Answer, Context, Incoming, body, json_response, text_header};

/// A text of 8,000 bytes, each of which JSON may write as six, and a subject.
const MAILS_BYTES_MAX: usize = 64 * 1024;

fn require<W: World>(context: &Context<W>, parts: &Parts) -> Result<(), Refusal> {
    let shown = text_header(&parts.headers, "authorization");
    operator::require(&context.world, shown.and_then(|header| header.strip_prefix("Bearer ")))
}

/// `GET /api/operator/overview`
pub(super) async fn overview<W: World>(context: &Context<W>, parts: &Parts) -> Answer {
    require(context, parts)?;
    let counts = operator::overview(&context.world).await?;
    Ok(json_response(StatusCode::OK, json!(counts).to_string()))
}

/// `GET /api/operator/log`
pub(super) async fn log<W: World>(context: &Context<W>, parts: &Parts) -> Answer {
    require(context, parts)?;
    let notes = operator::notes(&context.world).await?;
    let notes: Vec<_> = notes
        .iter()
        .map(|note| json!({"at": note.at.rfc3339(), "action": note.action, "detail": note.detail}))
        .collect();
    Ok(json_response(StatusCode::OK, json!({"notes": notes}).to_string()))
}

/// `POST /api/operator/mailings`
pub(super) async fn begin_mailing<W: World>(
    context: &Context<W>,
    parts: &Parts,
    body: Incoming,
) -> Answer {
    require(context, parts)?;
    let body = body::collect(body, MAILS_BYTES_MAX).await?;
    body::only(&parts.headers, &body, &["subject", "text", "to", "language"])?;
    let subject = body::field(&parts.headers, &body, "subject")?;
    let text = body::field(&parts.headers, &body, "text")?;
    let language = body::maybe_field(&parts.headers, &body, "language")?;
    let audience = body::maybe_field(&parts.headers, &body, "to")?;
    let (audience, language) = (audience.as_deref(), language.as_deref());
    let draft = Draft { subject: &subject, text: &text, audience, language };
    let is_new = mailing::begin(&context.world, &draft).await?;
    Ok(json_response(StatusCode::ACCEPTED, json!({"is_new": is_new}).to_string()))
}
