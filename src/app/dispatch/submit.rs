//! Giving one order to the provider.

use crate::app::Failure;
use crate::app::advance::advance_loaded;
use crate::domain::link::{self, Link, Purpose};
use crate::domain::order::{Event, Order, State, TaskRefusal};
use crate::domain::prompt;
use crate::domain::refusal::{Code, Refusal};
use crate::domain::time::Millis;
use crate::ports::{Level, LogLine, ProviderCall, World};
use crate::provider::reply::{self, CreateReply, CreditReply, RejectKind};
use crate::provider::{models, request};
use crate::store::{accounts, provider_status};

use super::desk::Desk;
use super::plan::log_failure;

/// Marks the order, calls createTask once, and lets the answer happen to it.
pub(super) async fn submit<W: World>(world: &W, desk: &Desk, order: Order) {
    let id = order.id;
    match try_submit(world, desk, order).await {
        Ok(Some(order)) => desk.track(order, None),
        Ok(None) => desk.forget(id),
        // The row stays `submitting` and wakes after its grace.
        Err(failure) => log_failure(world, "submit_failed", &failure),
    }
}

async fn try_submit<W: World>(
    world: &W,
    desk: &Desk,
    order: Order,
) -> Result<Option<Order>, Failure> {
    if is_restricted(world, &order).await? {
        // It was let in at the moment of the restriction, or its first task failed after it.
        return advance_loaded(world, order, &Event::CancelRequested).await;
    }
    let version = order.version;
    let Some(order) = advance_loaded(world, order, &Event::DispatchStarted).await? else {
        return Ok(None);
    };
    // Somebody else moved it first: canceled, deleted, or its first task turned up.
    if order.state != State::Submitting || order.version != version + 1 {
        return Ok(Some(order));
    }
    desk.track(order.clone(), None);
    let event = match create_call(world, &order) {
        Ok(call) => {
            desk.started(order.id, world.now());
            answer(world, desk, call).await
        }
        Err(refusal) => {
            log_failure(world, "request_impossible", &refusal.into());
            Event::TaskRefused(TaskRefusal::Rejected(Code::ProviderRejected))
        }
    };
    advance_loaded(world, order, &event).await
}

/// Whether the order's account has restricted processing: nothing of it is sent any more. One that
/// does so from here on finds the order in the queue, or makes the mark of its start fail.
async fn is_restricted<W: World>(world: &W, order: &Order) -> Result<bool, Failure> {
    let Some(account) = order.account else { return Ok(false) };
    let rows = world.database(vec![accounts::find(account)]).await?;
    let found = rows.iter().flatten().next().map(accounts::account).transpose()?;
    Ok(found.is_some_and(|account| account.restricted_at.is_some()))
}

/// The createTask call of an order, with fresh links to its inputs.
fn create_call<W: World>(world: &W, order: &Order) -> Result<ProviderCall, Refusal> {
    let config = world.config();
    let internal = || Refusal::new(Code::Internal, "the order's model or person is missing");
    let model = models::find(&order.model).ok_or_else(internal)?;
    let person = order.person().ok_or_else(internal)?;
    let expires_at = link::provider_expiry(world.now(), order.expires_at);
    let links: Vec<String> = order
        .inputs()
        .map(|image| {
            let link = Link::to(image, Purpose::Provider, expires_at);
            let token = link::sign(&config.link_keys, &link);
            // Some models refuse a link without an image's extension, before they fetch it.
            format!("{}/i/{token}.{}", config.site.origin, image.format.extension())
        })
        .collect();
    let text = prompt::compose(&order.options, links.len().saturating_sub(1));
    let callback = format!("{}/webhooks/kie/{}", config.site.origin, order.callback_token);
    let size = (person.width, person.height);
    let body = request::create_task(model, &order.options, &text, &links, size, &callback)?;
    Ok(ProviderCall {
        path: request::CREATE_TASK_PATH.to_owned(),
        body: Some(body.to_string()),
        timeout_ms: config.rules.create_timeout_ms,
    })
}

async fn answer<W: World>(world: &W, desk: &Desk, call: ProviderCall) -> Event {
    let Ok(answer) = world.call_provider(call).await else { return Event::AnswerLost };
    let rules = &world.config().rules;
    match reply::create(answer.status, &answer.body) {
        CreateReply::Accepted { task_id } => Event::TaskAccepted { task_id },
        CreateReply::RateLimited => {
            pause(desk, world.now().plus(rules.busy_pause_ms), false);
            Event::TaskRefused(TaskRefusal::Busy)
        }
        CreateReply::OutOfCredits => {
            begin_outage(world, desk, OUT_OF_CREDITS).await;
            Event::TaskRefused(TaskRefusal::Outage)
        }
        CreateReply::Unauthorized => {
            begin_outage(world, desk, "unauthorized").await;
            Event::TaskRefused(TaskRefusal::Outage)
        }
        CreateReply::Maintenance => {
            begin_outage(world, desk, "maintenance").await;
            Event::TaskRefused(TaskRefusal::Outage)
        }
        CreateReply::Rejected { kind } => Event::TaskRefused(TaskRefusal::Rejected(match kind {
            RejectKind::Policy => Code::ContentModeration,
            RejectKind::Input | RejectKind::Model | RejectKind::Fetch => Code::ProviderRejected,
        })),
        CreateReply::Ambiguous => Event::AnswerLost,
    }
}

fn pause(desk: &Desk, until: Millis, outage: bool) {
    desk.with(|memory| {
        memory.paused_until = Some(until);
        memory.outage |= outage;
    });
}

/// Whether the provider takes work again after an outage; asked without risking a task.
pub(super) async fn probe<W: World>(world: &W, desk: &Desk) -> Result<bool, Failure> {
    let rules = &world.config().rules;
    let call = ProviderCall {
        path: request::CREDIT_PATH.to_owned(),
        body: None,
        timeout_ms: rules.record_timeout_ms,
    };
    let works = match world.call_provider(call).await {
        Ok(answer) => match reply::credit(answer.status, &answer.body) {
            CreditReply::Balance { milli } => milli > 0,
            CreditReply::Unauthorized | CreditReply::Busy | CreditReply::Unreadable => false,
        },
        Err(_) => false,
    };
    if works {
        // Before the outage is forgotten: else nobody would correct what health says.
        world.database(vec![provider_status::note("ok", world.now())]).await?;
        world.log(&LogLine::new(Level::Info, "provider_back"));
    }
    desk.with(|memory| {
        memory.outage = !works;
        memory.paused_until = (!works).then(|| world.now().plus(rules.outage_pause_ms));
    });
    Ok(works)
}

/// What health says while the account has no credits.
pub(super) const OUT_OF_CREDITS: &str = "out_of_credits";

/// The provider takes no work until the operator has acted: the queue pauses, and `/api/health`
/// says why. The note is written only when it changes; its loss is healed by the next refusal.
pub(super) async fn begin_outage<W: World>(world: &W, desk: &Desk, status: &'static str) {
    pause(desk, world.now().plus(world.config().rules.outage_pause_ms), true);
    if let Err(error) = world.database(vec![provider_status::note(status, world.now())]).await {
        log_failure(world, "status_note_lost", &error.into());
    }
}
