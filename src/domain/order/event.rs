//! What may happen to an order, and what follows from it.

use crate::domain::count::Count;
use crate::domain::problem::Problem;
use crate::domain::refusal::Code;

use super::{Image, Order, Owner};

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
    /// The visitor wants it gone; an account's goes into the trash.
    DeleteRequested,
    /// The browser that placed it has signed in.
    Claimed(Owner),
    /// Its files lie where those of accounts are kept, every one of them.
    FilesMoved,
    /// Its owner takes it out of the trash.
    RestoreRequested,
    /// Its owner empties the trash, or leaves.
    PurgeRequested,
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
            Self::Claimed(_) => "claimed",
            Self::FilesMoved => "files_moved",
            Self::RestoreRequested => "restore_requested",
            Self::PurgeRequested => "purge_requested",
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
    /// Copy the files to where those of accounts are kept and report [`Event::FilesMoved`].
    MoveFiles,
    /// Delete the files from where they were before.
    DeleteOldFiles,
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
