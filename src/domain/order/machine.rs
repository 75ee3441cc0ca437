//! The order machine: every (state, event) pair has its row. Late, duplicate and out-of-order
//! events are ordinary input. A repeated event changes nothing, so every act may be repeated.

use crate::domain::count::{Count, Outcome};
use crate::domain::problem::{self, Problem};
use crate::domain::refusal::{Code, Refusal};
use crate::domain::rules::{Rules, TASKS_PER_ORDER_MAX};
use crate::domain::time::Millis;

use super::{Image, Order, State};

/// Before every order and every clock's step.
const LONG_AGO: Millis = Millis(0);

/// Why createTask said no. In every case no task exists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TaskRefusal {
    /// Calls come too fast; the queue pauses shortly.
    Busy,
    /// Out of credits, bad key or maintenance; the queue pauses until the operator has acted.
    Outage,
    /// The request itself is refused and would be refused again.
    Rejected(Code),
}

/// Why a task failed at the provider. Failed tasks cost nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TaskFailure {
    /// The provider tripped; a new task may do.
    Transient,
    /// The provider could not fetch our pictures; fresh links may do.
    Fetch,
    /// The provider's content policy; the visitor must change something.
    Policy,
    /// The provider ran out of our credits after accepting.
    OutOfCredits,
    /// The request was refused late and would be refused again.
    Rejected,
}

/// What happened to an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// The Dispatcher is about to call createTask.
    DispatchStarted,
    /// A task exists: createTask said so, or a verified callback that carries the order's token.
    TaskAccepted {
        /// The provider's id of the task.
        task_id: String,
    },
    /// createTask said no.
    TaskRefused(TaskRefusal),
    /// createTask's answer never came or was unreadable: a task may exist.
    AnswerLost,
    /// The provider gave a task up.
    TaskFailed {
        /// Which task.
        task_id: String,
        /// Why.
        failure: TaskFailure,
    },
    /// The result of a task is in R2, under the order's result key.
    ResultStored {
        /// The stored picture.
        image: Image,
        /// What the provider charged, in thousandths of its credits.
        credits_milli: Option<i64>,
    },
    /// What the provider sent as the result is no picture, too large, or gone.
    ResultUnusable,
    /// The result lies on a host that is not allowed.
    ResultParked,
    /// The visitor stops it.
    CancelRequested,
    /// The visitor wants it gone.
    DeleteRequested,
    /// The visitor says what is wrong with the picture: one to five distinct problems.
    ProblemsReported(Vec<Problem>),
    /// Every file of the order is confirmed deleted.
    FilesGone,
    /// `wake_at` has come.
    Woken,
}

impl Event {
    /// The event's name in logs and tables.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::DispatchStarted => "dispatch_started",
            Self::TaskAccepted { .. } => "task_accepted",
            Self::TaskRefused(_) => "task_refused",
            Self::AnswerLost => "answer_lost",
            Self::TaskFailed { .. } => "task_failed",
            Self::ResultStored { .. } => "result_stored",
            Self::ResultUnusable => "result_unusable",
            Self::ResultParked => "result_parked",
            Self::CancelRequested => "cancel_requested",
            Self::DeleteRequested => "delete_requested",
            Self::ProblemsReported(_) => "problems_reported",
            Self::FilesGone => "files_gone",
            Self::Woken => "woken",
        }
    }
}

/// What to do after the commit. Each may be lost or repeated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// Tell the Dispatcher that an order is due.
    Dispatch,
    /// Delete every file of the order and report [`Event::FilesGone`].
    DeleteFiles,
    /// Delete the result of an order that ended without one.
    DeleteResult,
    /// Tell the operator.
    Alert(Alert),
}

/// What an operator must hear.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Alert {
    /// A paid result lies on a host that is not allowed.
    ResultOnUnlistedHost,
    /// The provider takes no work: credits, key or maintenance.
    ProviderOutage,
}

/// The next order and what follows from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The order after the event.
    pub order: Order,
    /// Whether it differs from the one before and must be written.
    pub changed: bool,
    /// What is counted in the same commit.
    pub count: Option<Count>,
    /// What to do after the commit.
    pub acts: Vec<Act>,
}

/// The next step of `order` after `event` at `now`. Pure. A refusal is only ever the answer to a
/// visitor's request; the world's events are never refused.
pub fn step(order: &Order, event: &Event, now: Millis, rules: &Rules) -> Result<Step, Refusal> {
    if order.state != State::Closed && order.is_expired(now) {
        return Ok(expired(order, event));
    }
    match order.state {
        State::Placed => placed(order, event, now, rules),
        State::Submitting => submitting(order, event, now, rules),
        State::Submitted => submitted(order, event, now, rules),
        State::Delivered | State::Failed => ended(order, event),
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
            | Event::ProblemsReported(_)
            | Event::FilesGone
            | Event::Woken => ended(order, event),
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
        Event::DeleteRequested => deleted(given_back(canceled(order, now))),
        Event::Woken => Step { acts: vec![Act::Dispatch], ..same(order) },
        Event::TaskRefused(_)
        | Event::AnswerLost
        | Event::TaskFailed { .. }
        | Event::ResultUnusable
        | Event::ResultParked
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
        Event::DeleteRequested => deleted(canceled(order, now)),
        Event::Woken => {
            if order.wake_at.is_some_and(|at| now < at) {
                same(order)
            } else if order.parked {
                parked(order, now, rules)
            } else if order.tasks < TASKS_PER_ORDER_MAX {
                requeued(order, now)
            } else {
                failed(order, Code::ProviderTimeout, now)
            }
        }
        // The wake-up that was set before the call decides, not the loss itself: a callback may
        // still name the task.
        Event::AnswerLost | Event::DispatchStarted | Event::FilesGone => same(order),
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
        Event::DeleteRequested => deleted(canceled(order, now)),
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
        | Event::FilesGone => same(order),
        Event::ProblemsReported(_) => return Err(no_picture_yet()),
    })
}

/// Final states never change again but for their end.
fn ended(order: &Order, event: &Event) -> Result<Step, Refusal> {
    match event {
        Event::CancelRequested => Err(Refusal::new(
            Code::OrderFinal,
            "This order has already ended, so there is nothing left to cancel. You can delete it.",
        )),
        Event::DeleteRequested => Ok(deleted(same(order))),
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
        | Event::FilesGone
        | Event::Woken => Ok(same(order)),
    }
}

fn closed(order: &Order, event: &Event) -> Result<Step, Refusal> {
    match event {
        Event::CancelRequested | Event::DeleteRequested | Event::ProblemsReported(_) => Err(gone()),
        // A file that arrives after the close must not stay.
        Event::ResultStored { .. } => Ok(Step { acts: vec![Act::DeleteFiles], ..same(order) }),
        Event::DispatchStarted
        | Event::TaskAccepted { .. }
        | Event::TaskRefused(_)
        | Event::AnswerLost
        | Event::TaskFailed { .. }
        | Event::ResultUnusable
        | Event::ResultParked
        | Event::FilesGone
        | Event::Woken => Ok(same(order)),
    }
}

/// The answer to everything about an order that is deleted or expired.
pub fn gone() -> Refusal {
    Refusal::new(
        Code::Gone,
        "This order has been deleted or its time is over. Its pictures no longer exist here.",
    )
}

fn no_picture_yet() -> Refusal {
    Refusal::field(
        Code::InputInvalid,
        problem::FIELD,
        "There is no picture to report yet. Wait until this order has ended.",
    )
}

fn same(order: &Order) -> Step {
    Step { order: order.clone(), changed: false, count: None, acts: vec![] }
}

fn moved(mut next: Order, acts: Vec<Act>) -> Step {
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
    Step { count, ..moved(next, vec![]) }
}

fn failed(order: &Order, code: Code, now: Millis) -> Step {
    let mut next = order.clone();
    next.state = State::Failed;
    next.parked = false;
    next.error = Some(code);
    next.given_back = true;
    ended_at(&mut next, now);
    let count = Some(Count::ended(&next, Outcome::Failed(code), now));
    Step { count, ..moved(next, vec![]) }
}

fn canceled(order: &Order, now: Millis) -> Step {
    let mut next = order.clone();
    next.state = State::Canceled;
    ended_at(&mut next, now);
    let count = Some(Count::ended(&next, Outcome::Canceled, now));
    Step { count, ..moved(next, vec![]) }
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
    next.wake_at = None;
}

/// Deleting makes the order unreadable in the commit itself; its files follow. Clocks differ, and
/// one that is set right steps back, so the order's time is over by every clock and not just by
/// ours.
fn deleted(step: Step) -> Step {
    let version = if step.changed { step.order.version } else { step.order.version + 1 };
    let mut next = step.order.clone();
    next.version = version;
    next.expires_at = Some(LONG_AGO);
    next.wake_at = Some(LONG_AGO);
    Step { order: next, changed: true, acts: vec![Act::DeleteFiles], ..step }
}

fn parked(order: &Order, now: Millis, rules: &Rules) -> Step {
    let mut next = order.clone();
    next.parked = true;
    next.wake_at = Some(now.plus(rules.park_pause_ms));
    moved(next, vec![Act::Alert(Alert::ResultOnUnlistedHost)])
}
