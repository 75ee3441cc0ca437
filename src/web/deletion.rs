//! Deleting one's account: asking for it, taking it back, and how it stands.

use http::{Response, StatusCode};
use serde_json::json;

use crate::app::deletion::{self, Scheduled};
use crate::domain::time::Millis;
use crate::pages::{self, DeletionView};
use crate::ports::World;

use super::{Answer, Context, Outgoing, empty_response, html_response, json_response, see_other};

/// The page of the account's deletion.
const PAGE: &str = "/account/deletion";

/// `GET /api/account/deletion`
pub(super) fn read<W: World>(context: &Context<W>) -> Answer {
    let due_at = context.who()?.account.deletion_due_at;
    let body = json!({"due_at": due_at.map(Millis::rfc3339)});
    Ok(json_response(StatusCode::OK, body.to_string()))
}

/// `PUT /api/account/deletion`
pub(super) async fn schedule<W: World>(context: &Context<W>) -> Answer {
    let Scheduled { schedule, claim } = deletion::schedule(&context.world, context.who()?).await?;
    let body = json!({
        "requested_at": schedule.asked_at.rfc3339(),
        "due_at": schedule.due_at.rfc3339(),
        "claim": claim.to_string(),
    });
    Ok(json_response(StatusCode::ACCEPTED, body.to_string()))
}

/// `DELETE /api/account/deletion`
pub(super) async fn cancel<W: World>(context: &Context<W>) -> Answer {
    deletion::cancel(&context.world, context.who()?).await?;
    Ok(empty_response(StatusCode::NO_CONTENT))
}

/// `GET /account/deletion`
pub(super) fn page<W: World>(context: &Context<W>) -> Answer {
    let due_at = context.who()?.account.deletion_due_at;
    shown(context, StatusCode::OK, due_at, None)
}

/// `POST /account/deletion`: the page with the code, which is in no address and shown this once.
pub(super) async fn schedule_form<W: World>(context: &Context<W>) -> Answer {
    let Scheduled { schedule, claim } = deletion::schedule(&context.world, context.who()?).await?;
    let code = claim.to_string();
    shown(context, StatusCode::ACCEPTED, Some(schedule.due_at), Some(&code))
}

/// `POST /account/deletion/cancellation`
pub(super) async fn cancel_form<W: World>(context: &Context<W>) -> Answer {
    deletion::cancel(&context.world, context.who()?).await?;
    Ok(see_other(&context.page_path(PAGE)))
}

fn shown<W: World>(
    context: &Context<W>,
    status: StatusCode,
    due_at: Option<Millis>,
    claim: Option<&str>,
) -> Result<Response<Outgoing>, crate::app::Failure> {
    let (now, who) = (context.now, context.who()?);
    let is_fresh = who.session.is_fresh(now, &context.world.config().rules);
    let owner = [who.account.name.as_str(), who.account.email.as_deref().unwrap_or_default()];
    let view = DeletionView { owner, due_at, now, is_fresh, claim };
    Ok(html_response(status, pages::account_deletion(context.frame(), &view)))
}
