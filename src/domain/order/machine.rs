//! The order machine: every (state, event) pair has its row. Late, duplicate and out-of-order
//! events are ordinary input. A repeated event changes nothing, so every act may be repeated.

use crate::domain::count::{Count, Outcome};
use crate::domain::problem::{self, Problem};
use crate::domain::refusal::{Code, Refusal};
use crate::domain::rules::{Rules, TASKS_PER_ORDER_MAX};
use crate::domain::time::Millis;

use super::event::{Act, Alert, Event, Step, TaskFailure, TaskRefusal};
use super::keeping::{
    MOVE_PAUSE_MS, claimed, files_moved, is_too_old, moving, removed, trashed, woken_to_move,
};
use super::{Image, Order, State, gone};

/// Before every order and every clock's step.
const LONG_AGO: Millis = Millis(0);

/// The next step of `order` after `event` at `now`. Pure. A refusal is only ever the answer to a
/// visitor's request; the world's events are never refused.
pub fn step(order: &Order, event: &Event, now: Millis, rules: &Rules) -> Result<Step, Refusal> {
    if order.state != State::Closed && order.is_expired(now) {
        return Ok(expired(order, event));
    }
    if order.state != State::Closed && order.trashed_at.is_some() {
        return trashed(order, event, now, rules);
    }
    match order.state {
        State::Placed => placed(order, event, now, rules),
        State::Submitting => submitting(order, event, now, rules),
        State::Submitted => submitted(order, event, now, rules),
        State::Delivered | State::Failed => ended(order, event, now, rules),
        State::Canceled => match event {
            Event::CancelRequested => Ok(same(order)),
            Event::DispatchStarted
            | Event::TaskAccepted { .. }
            | Event::TaskRefused(_)
            | Event::AnswerLost
            | Event::TaskFailed { .. }
            | Event::ResultStored { .. }
            | Event::ResultUnusable
            | Event::ResultParked
            | Event::DeleteRequested
            | Event::Claimed(_)
            | Event::FilesMoved
            | Event::RestoreRequested
            | Event::PurgeRequested
            | Event::ProblemsReported(_)
            | Event::FilesGone
            | Event::Woken => ended(order, event, now, rules),
        },
        State::Closed => closed(order, event),
    }
}

/// An order whose time is over only ever closes, whatever else happens to it.
fn expired(order: &Order, event: &Event) -> Step {
    match event {
        Event::FilesGone => {
            let mut next = order.clone();
            next.state = State::Closed;
            next.wake_at = None;
            // Every other end was counted when it came.
            let waited = order.completed_at.is_none().then_some(order.expires_at).flatten();
            let count = waited.map(|at| Count::ended(order, Outcome::Expired, at));
            Step { count, ..moved(next, vec![]) }
        }
        Event::DispatchStarted
        | Event::TaskAccepted { .. }
        | Event::TaskRefused(_)
        | Event::AnswerLost
        | Event::TaskFailed { .. }
        | Event::ResultStored { .. }
        | Event::ResultUnusable
        | Event::ResultParked
        | Event::CancelRequested
        | Event::DeleteRequested
        | Event::Claimed(_)
        | Event::FilesMoved
        | Event::RestoreRequested
        | Event::PurgeRequested
        | Event::ProblemsReported(_)
        | Event::Woken => Step { acts: vec![Act::DeleteFiles], ..same(order) },
    }
}

fn placed(order: &Order, event: &Event, now: Millis, rules: &Rules) -> Result<Step, Refusal> {
    Ok(match event {
        Event::DispatchStarted => {
            let mut next = order.clone();
            next.state = State::Submitting;
            next.tasks = next.tasks.saturating_add(1);
            next.wake_at = Some(now.plus(rules.create_timeout_ms + rules.grace_ms));
            moved(next, vec![])
        }
        // The answer to the first createTask was lost and the grace is over, yet its task lives:
        // taking it saves the second one.
        Event::TaskAccepted { task_id } => accepted(order, task_id, now, rules),
        Event::ResultStored { image, credits_milli } => {
            delivered(order, image, *credits_milli, now)
        }
        Event::CancelRequested => given_back(canceled(order, now)),
        Event::DeleteRequested => removed(given_back(canceled(order, now)), now, rules),
        Event::PurgeRequested => deleted(given_back(canceled(order, now))),
        Event::Claimed(owner) => claimed(order, *owner, now, rules),
        Event::Woken if is_too_old(order, now, rules) => failed(order, Code::ProviderTimeout, now),
        Event::Woken => Step { acts: vec![Act::Dispatch], ..same(order) },
        Event::TaskRefused(_)
        | Event::AnswerLost
        | Event::TaskFailed { .. }
        | Event::ResultUnusable
        | Event::ResultParked
        | Event::FilesMoved
        | Event::RestoreRequested
        | Event::FilesGone => same(order),
        Event::ProblemsReported(_) => return Err(no_picture_yet()),
    })
}

fn submitting(order: &Order, event: &Event, now: Millis, rules: &Rules) -> Result<Step, Refusal> {
    Ok(match event {
        Event::TaskAccepted { task_id } => accepted(order, task_id, now, rules),
        Event::TaskRefused(refusal) => refused(order, *refusal, now, rules),
        Event::TaskFailed { failure, .. } => task_failed(order, *failure, now, rules),
        Event::ResultStored { image, credits_milli } => {
            delivered(order, image, *credits_milli, now)
        }
        Event::ResultUnusable => failed(order, Code::ProviderFailed, now),
        Event::ResultParked => parked(order, now, rules),
        Event::CancelRequested => canceled(order, now),
        Event::DeleteRequested => removed(canceled(order, now), now, rules),
        Event::PurgeRequested => deleted(canceled(order, now)),
        Event::Claimed(owner) => claimed(order, *owner, now, rules),
        Event::Woken => {
            if order.wake_at.is_some_and(|at| now < at) {
                same(order)
            } else if order.parked {
                parked(order, now, rules)
            } else if order.tasks < TASKS_PER_ORDER_MAX && !is_too_old(order, now, rules) {
                requeued(order, now)
            } else {
                failed(order, Code::ProviderTimeout, now)
            }
        }
        // The wake-up that was set before the call decides, not the loss itself: a callback may
        // still name the task.
        Event::AnswerLost
        | Event::DispatchStarted
        | Event::FilesMoved
        | Event::RestoreRequested
        | Event::FilesGone => same(order),
        Event::ProblemsReported(_) => return Err(no_picture_yet()),
    })
}

fn submitted(order: &Order, event: &Event, now: Millis, rules: &Rules) -> Result<Step, Refusal> {
    Ok(match event {
        // Of two tasks, the other one's failure says nothing about the one that is waited for.
        Event::TaskFailed { task_id, failure } if order.task_id.as_ref() == Some(task_id) => {
            task_failed(order, *failure, now, rules)
        }
        Event::ResultStored { image, credits_milli } => {
            delivered(order, image, *credits_milli, now)
        }
        Event::ResultUnusable => failed(order, Code::ProviderFailed, now),
        Event::ResultParked => parked(order, now, rules),
        Event::CancelRequested => canceled(order, now),
        Event::DeleteRequested => removed(canceled(order, now), now, rules),
        Event::PurgeRequested => deleted(canceled(order, now)),
        Event::Claimed(owner) => claimed(order, *owner, now, rules),
        Event::Woken => {
            if order.wake_at.is_some_and(|at| now < at) {
                same(order)
            } else if order.parked {
                parked(order, now, rules)
            } else if now < order.deadline(rules) {
                let mut next = order.clone();
                next.wake_at = Some(order.deadline(rules));
                moved(next, vec![])
            } else {
                failed(order, Code::ProviderTimeout, now)
            }
        }
        Event::TaskFailed { .. }
        | Event::TaskAccepted { .. }
        | Event::TaskRefused(_)
        | Event::AnswerLost
        | Event::DispatchStarted
        | Event::FilesMoved
        | Event::RestoreRequested
        | Event::FilesGone => same(order),
        Event::ProblemsReported(_) => return Err(no_picture_yet()),
    })
}

/// Final states never change again but for their end, their owner and where their files lie.
pub(super) fn ended(
    order: &Order,
    event: &Event,
    now: Millis,
    rules: &Rules,
) -> Result<Step, Refusal> {
    match event {
        Event::CancelRequested => Err(Refusal::new(
            Code::OrderFinal,
            "This order has already ended, so there is nothing left to cancel. You can delete it.",
        )),
        Event::DeleteRequested => Ok(removed(same(order), now, rules)),
        Event::PurgeRequested => Ok(deleted(same(order))),
        Event::Claimed(owner) => Ok(claimed(order, *owner, now, rules)),
        Event::FilesMoved => Ok(files_moved(order, rules)),
        Event::Woken => Ok(woken_to_move(order, now, rules)),
        Event::ProblemsReported(problems) => reported(order, problems),
        // A delivered order has this very file; one that failed or was canceled throws it away.
        Event::ResultStored { .. } if order.state != State::Delivered => {
            Ok(Step { acts: vec![Act::DeleteResult], ..same(order) })
        }
        Event::DispatchStarted
        | Event::TaskAccepted { .. }
        | Event::TaskRefused(_)
        | Event::AnswerLost
        | Event::TaskFailed { .. }
        | Event::ResultStored { .. }
        | Event::ResultUnusable
        | Event::ResultParked
        | Event::RestoreRequested
        | Event::FilesGone => Ok(same(order)),
    }
}

fn closed(order: &Order, event: &Event) -> Result<Step, Refusal> {
    match event {
        Event::CancelRequested
        | Event::DeleteRequested
        | Event::RestoreRequested
        | Event::PurgeRequested
        | Event::ProblemsReported(_) => Err(gone()),
        // A file that arrives after the close must not stay.
        Event::ResultStored { .. } | Event::FilesMoved => {
            Ok(Step { acts: vec![Act::DeleteFiles], ..same(order) })
        }
        Event::DispatchStarted
        | Event::TaskAccepted { .. }
        | Event::TaskRefused(_)
        | Event::AnswerLost
        | Event::TaskFailed { .. }
        | Event::ResultUnusable
        | Event::ResultParked
        | Event::Claimed(_)
        | Event::FilesGone
        | Event::Woken => Ok(same(order)),
    }
}

fn no_picture_yet() -> Refusal {
    Refusal::field(
        Code::InputInvalid,
        problem::FIELD,
        "There is no picture to report yet. Wait until this order has ended.",
    )
}

pub(super) fn same(order: &Order) -> Step {
    Step { order: order.clone(), changed: false, count: None, acts: vec![] }
}

pub(super) fn moved(mut next: Order, acts: Vec<Act>) -> Step {
    next.version += 1;
    Step { order: next, changed: true, count: None, acts }
}

fn accepted(order: &Order, task_id: &str, now: Millis, rules: &Rules) -> Step {
    let mut next = order.clone();
    next.state = State::Submitted;
    next.task_id = Some(task_id.to_owned());
    next.submitted_at = Some(now);
    // The wake-up of the call stands, since setting it writes the table's index. Most tasks end
    // before it; it gives those that do not their deadline.
    if order.state == State::Placed {
        next.wake_at = Some(now.plus(rules.deadline_ms));
    }
    moved(next, vec![])
}

fn refused(order: &Order, refusal: TaskRefusal, now: Millis, rules: &Rules) -> Step {
    let (pause_ms, acts) = match refusal {
        TaskRefusal::Busy => (rules.busy_pause_ms, vec![]),
        TaskRefusal::Outage => (rules.outage_pause_ms, vec![Act::Alert(Alert::ProviderOutage)]),
        TaskRefusal::Rejected(code) => return failed(order, code, now),
    };
    let mut next = order.clone();
    next.state = State::Placed;
    next.tasks = next.tasks.saturating_sub(1);
    next.wake_at = Some(now.plus(pause_ms));
    moved(next, acts)
}

fn requeued(order: &Order, now: Millis) -> Step {
    let mut next = order.clone();
    next.state = State::Placed;
    next.task_id = None;
    next.submitted_at = None;
    next.parked = false;
    next.wake_at = Some(now);
    moved(next, vec![Act::Dispatch])
}

fn task_failed(order: &Order, failure: TaskFailure, now: Millis, rules: &Rules) -> Step {
    let may_try_again = order.tasks < TASKS_PER_ORDER_MAX;
    match failure {
        TaskFailure::Transient | TaskFailure::Fetch if may_try_again => requeued(order, now),
        TaskFailure::OutOfCredits if may_try_again => {
            let mut again = requeued(order, now.plus(rules.outage_pause_ms));
            again.acts = vec![Act::Alert(Alert::ProviderOutage)];
            again
        }
        TaskFailure::Transient | TaskFailure::Fetch => failed(order, Code::ProviderFailed, now),
        TaskFailure::OutOfCredits => failed(order, Code::ProviderBusy, now),
        TaskFailure::Policy => failed(order, Code::ContentModeration, now),
        TaskFailure::Rejected => failed(order, Code::ProviderRejected, now),
    }
}

fn delivered(order: &Order, image: &Image, credits_milli: Option<i64>, now: Millis) -> Step {
    let mut next = order.clone();
    next.state = State::Delivered;
    next.images.push(image.clone());
    next.credits_milli = credits_milli.or(order.credits_milli);
    next.parked = false;
    ended_at(&mut next, now);
    let count = Some(Count::ended(&next, Outcome::Completed, now));
    let acts = moving(&next);
    Step { count, ..moved(next, acts) }
}

pub(super) fn failed(order: &Order, code: Code, now: Millis) -> Step {
    let mut next = order.clone();
    next.state = State::Failed;
    next.parked = false;
    next.error = Some(code);
    next.given_back = true;
    ended_at(&mut next, now);
    let count = Some(Count::ended(&next, Outcome::Failed(code), now));
    let acts = moving(&next);
    Step { count, ..moved(next, acts) }
}

fn canceled(order: &Order, now: Millis) -> Step {
    let mut next = order.clone();
    next.state = State::Canceled;
    ended_at(&mut next, now);
    let count = Some(Count::ended(&next, Outcome::Canceled, now));
    let acts = moving(&next);
    Step { count, ..moved(next, acts) }
}

/// What the provider never had costs no try.
fn given_back(mut canceled: Step) -> Step {
    canceled.order.given_back = true;
    canceled
}

/// The first report counts. Another one changes nothing and is answered the same, so that a form
/// sent twice is no error.
fn reported(order: &Order, problems: &[Problem]) -> Result<Step, Refusal> {
    let Some(delivered_at) = order.completed_at.filter(|_| order.state == State::Delivered) else {
        return Err(Refusal::new(
            Code::OrderFinal,
            "This order ended without a picture, so there is nothing to report. You can place it \
             again.",
        ));
    };
    if order.problems.is_some() {
        return Ok(same(order));
    }
    let mut next = order.clone();
    next.problems = Some(problems.to_vec());
    let count = Some(Count::reported(delivered_at, problems));
    Ok(Step { count, ..moved(next, vec![]) })
}

fn ended_at(next: &mut Order, now: Millis) {
    next.completed_at = Some(now);
    next.wake_at = next.account.map(|_| now.plus(MOVE_PAUSE_MS));
}

/// One version for all that one event brings.
pub(super) const fn version_after(step: &Step) -> i64 {
    if step.changed { step.order.version } else { step.order.version + 1 }
}

/// Deleting makes the order unreadable in the commit itself; its files follow. Clocks differ, and
/// one that is set right steps back, so the order's time is over by every clock and not just by
/// ours.
pub(super) fn deleted(step: Step) -> Step {
    let mut next = step.order.clone();
    next.version = version_after(&step);
    next.expires_at = Some(LONG_AGO);
    next.wake_at = Some(LONG_AGO);
    Step { order: next, changed: true, acts: vec![Act::DeleteFiles], ..step }
}

fn parked(order: &Order, now: Millis, rules: &Rules) -> Step {
    if is_too_old(order, now, rules) {
        return failed(order, Code::ProviderTimeout, now);
    }
    let mut next = order.clone();
    next.parked = true;
    next.wake_at = Some(now.plus(rules.park_pause_ms));
    moved(next, vec![Act::Alert(Alert::ResultOnUnlistedHost)])
}
