//! Asking the provider about one task with our own key, and fetching its result.

use crate::app::advance::{advance_loaded, find};
use crate::app::ask::record;
use crate::domain::hex::hex;
use crate::domain::id::OrderId;
use crate::domain::image::{Ingest, IngestFacts, IngestRefusal};
use crate::domain::order::{Event, FileKey, Image, Order, Role, State, TaskFailure};
use crate::domain::time::Millis;
use crate::ports::{FetchError, Level, LogLine, World};
use crate::provider::origin::OriginRefusal;
use crate::provider::reply::{self, FailureClass, RecordReply};

use super::Done;
use super::desk::Desk;
use super::plan::log_failure;
use super::submit::{OUT_OF_CREDITS, begin_outage};

/// Times that a result's host may not have the result, or send something else, before the order
/// fails: links were seen to lag behind records, and the picture is paid for.
const MISSES_MAX: u32 = 5;

/// A result that waits to be fetched.
pub(super) struct FetchJob {
    order: Order,
    url: String,
    credits_milli: Option<i64>,
}

impl FetchJob {
    pub(super) const fn order_id(&self) -> OrderId {
        self.order.id
    }
}

/// Asks about `task_id` and lets the answer happen to the order.
pub(super) async fn check<W: World>(world: &W, desk: &Desk, order: Order, task_id: &str) -> Done {
    let reply = match record(world, task_id).await {
        Ok((_, body)) if is_foreign(&order, task_id, &body) => {
            world.log(&LogLine::new(Level::Warning, "task_of_another_order"));
            postpone(world, desk, order.id);
            return Done::Nothing;
        }
        Ok((reply, _)) => reply,
        Err(_) => RecordReply::Busy,
    };
    // A task that only a callback has named is noted first: whatever happens to its result, the
    // order must not be given a second one.
    let alive = matches!(reply, RecordReply::InFlight | RecordReply::Succeeded { .. });
    let order = if alive && order.task_id.is_none() {
        match accept(world, desk, order, task_id).await {
            Some(order) => order,
            None => return Done::Nothing,
        }
    } else {
        order
    };
    let event = match reply {
        RecordReply::Failed { class, code, .. } => {
            let line = LogLine::new(Level::Warning, "task_failed").with("code", code);
            world.log(&line.with("class", format!("{class:?}")));
            if class == FailureClass::OutOfCredits {
                begin_outage(world, desk, OUT_OF_CREDITS).await;
            }
            Event::TaskFailed { task_id: task_id.to_owned(), failure: failure(class) }
        }
        RecordReply::Succeeded { result_url, credits_milli } => {
            match world.config().result_origins.admit(&result_url) {
                Ok(()) => {
                    return Done::Fetch(Box::new(FetchJob {
                        order,
                        url: result_url,
                        credits_milli,
                    }));
                }
                // A parked order is looked at again when it wakes, not at each poll.
                Err(OriginRefusal::NotListed)
                    if order.parked && order.wake_at.is_some_and(|at| world.now() < at) =>
                {
                    Event::Woken
                }
                Err(OriginRefusal::NotListed) => Event::ResultParked,
                Err(OriginRefusal::Malformed) => Event::ResultUnusable,
            }
        }
        // Nothing is known, or nothing new: only the clock can end it.
        RecordReply::InFlight
        | RecordReply::NotVisible
        | RecordReply::Busy
        | RecordReply::Unauthorized
        | RecordReply::Unreadable => Event::Woken,
    };
    apply(world, desk, order, event).await;
    Done::Nothing
}

/// Whether a record that a callback brought up is not of a task of this order: its picture would be
/// another person's. The record repeats the address that createTask gave, and in it the order's
/// secret. Where it does not, the secret in the callback speaks for an order that has no task yet.
fn is_foreign(order: &Order, task_id: &str, body: &[u8]) -> bool {
    if order.task_id.as_deref() == Some(task_id) {
        return false;
    }
    match reply::callback_url(body) {
        Some(url) => !url.ends_with(&format!("/{}", order.callback_token)),
        None => order.task_id.is_some(),
    }
}

const fn failure(class: FailureClass) -> TaskFailure {
    match class {
        FailureClass::Transient => TaskFailure::Transient,
        FailureClass::Policy => TaskFailure::Policy,
        FailureClass::Fetch => TaskFailure::Fetch,
        FailureClass::OutOfCredits => TaskFailure::OutOfCredits,
        FailureClass::Rejected => TaskFailure::Rejected,
    }
}

/// Commits the task that a callback has named; `None` when the order is gone or could not be
/// written.
async fn accept<W: World>(world: &W, desk: &Desk, order: Order, task_id: &str) -> Option<Order> {
    let id = order.id;
    let event = Event::TaskAccepted { task_id: task_id.to_owned() };
    match advance_loaded(world, order, &event).await {
        Ok(Some(order)) => {
            let next = next_poll(world, &order);
            desk.track(order.clone(), Some(next));
            Some(order)
        }
        Ok(None) => {
            desk.forget(id);
            None
        }
        Err(failure) => {
            log_failure(world, "check_failed", &failure);
            postpone(world, desk, id);
            None
        }
    }
}

async fn apply<W: World>(world: &W, desk: &Desk, order: Order, event: Event) {
    let id = order.id;
    match advance_loaded(world, order, &event).await {
        Ok(Some(order)) => {
            let next = next_poll(world, &order);
            desk.track(order, Some(next));
        }
        Ok(None) => desk.forget(id),
        Err(failure) => {
            log_failure(world, "check_failed", &failure);
            postpone(world, desk, id);
        }
    }
}

fn next_poll<W: World>(world: &W, order: &Order) -> Millis {
    let now = world.now();
    if order.parked {
        return order.wake_at.unwrap_or(now).max(now.plus(world.config().rules.poll_pause_ms));
    }
    let age_ms = now.since(order.submitted_at.unwrap_or(now));
    now.plus(world.config().rules.poll_pause(age_ms))
}

pub(super) fn postpone<W: World>(world: &W, desk: &Desk, id: OrderId) {
    let next = world.now().plus(world.config().rules.poll_pause_ms);
    desk.with(|memory| {
        if let Some(flight) = memory.flights.get_mut(&id) {
            flight.next_poll_at = Some(next);
        }
    });
}

/// Fetches a result into R2 and delivers it.
pub(super) async fn fetch<W: World>(world: &W, desk: &Desk, job: FetchJob) {
    let FetchJob { order, url, credits_milli } = job;
    let id = order.id;
    // It may have been canceled or deleted since it was last read: then nothing is fetched.
    let order = match find(world, id).await {
        Ok(Some(order)) if wants_result(&order, world.now()) => order,
        Ok(_) => return desk.forget(id),
        Err(failure) => {
            log_failure(world, "fetch_failed", &failure);
            return postpone(world, desk, id);
        }
    };
    let key = order.result_key;
    let ingest = Ingest::new(world.config().rules.result_bytes_max);
    let event = match world.fetch_result(&url, &key.to_string(), ingest).await {
        Ok(facts) => Event::ResultStored { image: output(key, &facts), credits_milli },
        Err(error) => match missed(world, desk, id, error) {
            Some(event) => event,
            // Tried again with the next poll, unless the order's time is over.
            None => return apply(world, desk, order, Event::Woken).await,
        },
    };
    match advance_loaded(world, order, &event).await {
        Ok(Some(order)) => {
            let next = next_poll(world, &order);
            desk.track(order, Some(next));
        }
        Ok(None) => {
            desk.forget(id);
            // The order was closed while its result was on the way: nobody else knows the file.
            if let Err(error) = world.delete_files(vec![key.to_string()]).await {
                log_failure(world, "files_left", &error.into());
            }
        }
        Err(failure) => {
            log_failure(world, "deliver_failed", &failure);
            postpone(world, desk, id);
        }
    }
}

fn wants_result(order: &Order, now: Millis) -> bool {
    let waits = match order.state {
        State::Placed | State::Submitting | State::Submitted => true,
        State::Delivered | State::Failed | State::Canceled | State::Closed => false,
    };
    waits && !order.is_expired(now)
}

/// Whether a failed fetch ends the order, or is tried again with the next poll.
fn missed<W: World>(world: &W, desk: &Desk, id: OrderId, error: FetchError) -> Option<Event> {
    let (text, final_try) = match error {
        FetchError::Transient(text) => (text, false),
        FetchError::Unusable(text) => (text, true),
        FetchError::Refused(refusal @ IngestRefusal::TooLarge) => {
            (refusal.as_str().to_owned(), true)
        }
        FetchError::Refused(
            refusal @ (IngestRefusal::NotAnImage
            | IngestRefusal::Unreadable
            | IngestRefusal::Truncated),
        ) => (refusal.as_str().to_owned(), is_last_miss(desk, id)),
        FetchError::Missing(text) => (text, is_last_miss(desk, id)),
    };
    let line = LogLine::new(Level::Warning, "result_not_fetched").with("error", text);
    world.log(&line.with("final", final_try));
    final_try.then_some(Event::ResultUnusable)
}

fn is_last_miss(desk: &Desk, id: OrderId) -> bool {
    desk.with(|memory| {
        memory.flights.get_mut(&id).is_none_or(|flight| {
            flight.misses += 1;
            flight.misses >= MISSES_MAX
        })
    })
}

fn output(key: FileKey, facts: &IngestFacts) -> Image {
    Image {
        role: Role::Output,
        key,
        offset: 0,
        format: facts.format,
        width: facts.width,
        height: facts.height,
        bytes: u32::try_from(facts.bytes).unwrap_or(u32::MAX),
        sha256: hex(&facts.sha256),
        crc32: facts.crc32,
    }
}
