//! The account: its answers to programs, its page, and the page's forms.

use http::request::Parts;
use http::{HeaderValue, Response, StatusCode};
use serde::Serialize;
use serde_json::Value;

use crate::app::read::not_found;
use crate::app::{self, Failure};
use crate::domain::account_change::{AccountChange, FIELDS};
use crate::domain::id::SessionId;
use crate::domain::refusal::{Code, Refusal};
use crate::pages::{self, AccountNotice, AccountPart};
use crate::ports::World;

use super::sign_in::query;
use super::{
    Answer, Context, Incoming, Outgoing, body, cookies, empty_response, error, html_response,
    json_response, see_other,
};

/// Every field with the longest name and address, as JSON of escapes.
const CHANGE_BYTES_MAX: usize = 4 * 1024;
/// The query's field that says what a form has just done.
const DONE: &str = "done";

/// `GET /api/account`
pub(super) async fn read<W: World>(context: &Context<W>) -> Answer {
    Ok(json(&app::account::read(&context.world, context.who()?).await?))
}

/// `PATCH /api/account`
pub(super) async fn change<W: World>(
    context: &Context<W>,
    parts: &Parts,
    body: Incoming,
) -> Answer {
    let fields = fields(parts, body).await?;
    let change = parse(&fields)?;
    let view = app::account::change(&context.world, context.who()?, &change).await?;
    let mut response = json(&view);
    follow(&mut response, &change);
    Ok(response)
}

async fn fields(parts: &Parts, body: Incoming) -> Result<Vec<(String, String)>, Failure> {
    let body = body::collect(body, CHANGE_BYTES_MAX).await?;
    if body::is_form(&parts.headers) {
        return Ok(body::form_fields(&body));
    }
    Ok(body::members(&body)?.into_iter().map(as_in_form).collect::<Result<_, _>>()?)
}

/// A member of a JSON object as a form has it; each has its own type.
fn as_in_form((name, value): (String, Value)) -> Result<(String, String), Refusal> {
    let Some(field) = FIELDS.into_iter().find(|field| *field == name) else {
        // Refused for its name, whatever it holds.
        return Ok((name, String::new()));
    };
    let text = match (field, value) {
        ("marketing" | "objection", Value::Bool(truth)) => Some(truth.to_string()),
        ("marketing" | "objection", _) => None,
        ("email", Value::Null) => Some(String::new()),
        (_, Value::String(text)) => Some(text),
        (_, _) => None,
    };
    let detail = "Marketing and objection are true or false, the other fields texts.";
    let refused = || Refusal::field(Code::InputInvalid, field, detail);
    Ok((name, text.ok_or_else(refused)?))
}

fn parse(fields: &[(String, String)]) -> Result<AccountChange, Failure> {
    let mut change = AccountChange::default();
    for (name, value) in fields {
        change.take(name, value)?;
    }
    Ok(change)
}

/// The device on which something is chosen shows it at once.
fn follow(response: &mut Response<Outgoing>, change: &AccountChange) {
    if let Some(language) = change.language {
        cookies::set_language(response, language);
    }
    if let Some(theme) = change.theme {
        cookies::set_theme(response, theme);
    }
}

/// `GET /api/account/sessions`
pub(super) async fn sessions<W: World>(context: &Context<W>) -> Answer {
    let sessions = app::account::sessions(&context.world, context.who()?).await?;
    Ok(json(&serde_json::json!({ "sessions": sessions })))
}

/// `DELETE /api/account/sessions/{id}`
pub(super) async fn end_session<W: World>(context: &Context<W>) -> Answer {
    let id = SessionId::parse(&context.parameter).ok_or_else(not_found)?;
    app::session::end(&context.world, context.who()?, id).await?;
    let mut response = empty_response(StatusCode::NO_CONTENT);
    if context.who()?.session.id == id {
        cookies::drop_session(&mut response);
    }
    Ok(response)
}

/// `DELETE /api/account/sessions`
pub(super) async fn end_others<W: World>(context: &Context<W>) -> Answer {
    app::session::end_others(&context.world, context.who()?).await?;
    Ok(empty_response(StatusCode::NO_CONTENT))
}

/// `PUT /api/account/restriction`
pub(super) async fn restrict<W: World>(context: &Context<W>) -> Answer {
    Ok(json(&app::account::restrict(&context.world, context.who()?).await?))
}

/// `DELETE /api/account/restriction`
pub(super) async fn lift<W: World>(context: &Context<W>) -> Answer {
    app::account::lift(&context.world, context.who()?).await?;
    Ok(empty_response(StatusCode::NO_CONTENT))
}

/// `GET /account`
pub(super) async fn page<W: World>(context: &Context<W>, parts: &Parts) -> Answer {
    let done = query(parts, DONE).and_then(|name| AccountPart::parse(&name));
    show(context, StatusCode::OK, AccountNotice::done(done)).await
}

async fn show<W: World>(
    context: &Context<W>,
    status: StatusCode,
    notice: AccountNotice<'_>,
) -> Answer {
    let (world, who) = (&context.world, context.who()?);
    let account = app::account::read(world, who).await?;
    let sessions = app::account::sessions(world, who).await?;
    let exports = app::export::list(world, who.account.id).await?;
    let (text, rules) = (context.frame().text, &world.config().rules);
    let exports = pages::exports_part(text, &exports, rules, context.now);
    let page = pages::account(context.frame(), &account, &sessions, exports, &notice);
    let mut response = html_response(status, page);
    let headers = response.headers_mut();
    headers.insert("x-robots-tag", HeaderValue::from_static("noindex, nofollow"));
    Ok(response)
}

/// `POST /account/changes`: the page then says what was saved, or shows what was typed once more.
pub(super) async fn change_form<W: World>(
    context: &Context<W>,
    parts: &Parts,
    body: Incoming,
) -> Answer {
    let typed = fields(parts, body).await?;
    match try_change(context, &typed).await {
        Ok(change) => {
            let mut response = on(context, part_of(&typed));
            follow(&mut response, &change);
            Ok(response)
        }
        Err(Failure::Refused(refusal)) if context.html => {
            let (status, ..) = error::http_of(refusal.code);
            let text = context.frame().text;
            let notice = AccountNotice::refused(text, part_of(&typed), &refusal, &typed);
            show(context, status, notice).await
        }
        Err(failure) => Err(failure),
    }
}

async fn try_change<W: World>(
    context: &Context<W>,
    typed: &[(String, String)],
) -> Result<AccountChange, Failure> {
    let change = parse(typed)?;
    app::account::change(&context.world, context.who()?, &change).await?;
    Ok(change)
}

/// The part of the page whose form sends these fields: each sends those of one part.
fn part_of(fields: &[(String, String)]) -> AccountPart {
    let part = fields.iter().find_map(|(name, _)| match name.as_str() {
        "email" => Some(AccountPart::Email),
        "language" | "theme" => Some(AccountPart::Appearance),
        "marketing" | "objection" => Some(AccountPart::Privacy),
        _ => None,
    });
    part.unwrap_or(AccountPart::Profile)
}

/// Back to the part of the page that the form was on.
fn on<W: World>(context: &Context<W>, part: AccountPart) -> Response<Outgoing> {
    let name = part.as_str();
    see_other(&context.page_path(&format!("/account?{DONE}={name}#{name}")))
}

/// `POST /account/sessions/{id}/end`
pub(super) async fn end_session_form<W: World>(context: &Context<W>) -> Answer {
    end_session(context).await?;
    Ok(on(context, AccountPart::Sessions))
}

/// `POST /account/sessions/end`
pub(super) async fn end_others_form<W: World>(context: &Context<W>) -> Answer {
    end_others(context).await?;
    Ok(on(context, AccountPart::Sessions))
}

/// `POST /account/restriction`
pub(super) async fn restrict_form<W: World>(context: &Context<W>) -> Answer {
    restrict(context).await?;
    Ok(on(context, AccountPart::Restriction))
}

/// `POST /account/restriction/end`
pub(super) async fn lift_form<W: World>(context: &Context<W>) -> Answer {
    lift(context).await?;
    Ok(on(context, AccountPart::Restriction))
}

fn json(view: &impl Serialize) -> Response<Outgoing> {
    // Serialising our own plain structs cannot fail.
    json_response(StatusCode::OK, serde_json::to_string(view).unwrap_or_default())
}
