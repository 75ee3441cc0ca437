//! What may go wrong at a port operation, and who decides it.

use std::collections::VecDeque;

use anytryon::ports::Statement;

use super::World;
use super::provider::{Reply, TaskPlan};

/// An operation of a port.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Op {
    /// One batch of D1.
    Database,
    /// R2, class A.
    PutFile,
    /// R2, class A and B.
    CopyFile,
    /// R2, free.
    DeleteFiles,
    /// R2, class B: whether it is there.
    HasFile,
    /// R2, class A.
    ListFiles,
    /// R2, class B: a picture that is shown.
    ReadFile,
    /// R2: a composed file, class A; each file that it reads is a [`Op::ReadFile`], class B.
    PutPieces,
    /// createTask.
    CreateTask,
    /// recordInfo.
    RecordInfo,
    /// The credit query.
    Credit,
    /// A GET of a result and its way into R2, class A.
    FetchResult,
    /// A call to Google.
    CallOutside,
    /// A mail that is handed over.
    SendMail,
    /// The coarse fence.
    Fence,
    /// The limiter's Durable Object.
    Admit,
    /// The limiter's Durable Object.
    GiveBack,
    /// The Dispatcher's Durable Object.
    Nudge,
    /// An Exporter's Durable Object.
    WakeExporter,
    /// The Dispatcher's storage.
    LoadStarts,
    /// The Dispatcher's storage.
    SaveStarts,
    /// An alarm of the Dispatcher.
    Alarm,
}

/// What goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Nothing.
    None,
    /// It fails and did nothing.
    Before,
    /// It did it, and the answer is an error all the same.
    After,
    /// It waits so long and then does it, so that others come first.
    Slow(i64),
    /// It does it and then waits so long with the answer.
    SlowAnswer(i64),
    /// Whoever called dies before it is done.
    KillBefore,
    /// Whoever called dies after it was done.
    KillAfter,
}

/// Decides what goes wrong.
pub trait Plan {
    fn fault(&mut self, op: Op) -> Fault;
    /// How the provider answers a call.
    fn reply(&mut self, op: Op) -> Reply;
    /// What becomes of a task that was just made.
    fn task(&mut self) -> TaskPlan;
}

/// Nothing goes wrong.
pub struct Calm;

impl Plan for Calm {
    fn fault(&mut self, _: Op) -> Fault {
        Fault::None
    }

    fn reply(&mut self, _: Op) -> Reply {
        Reply::Honest
    }

    fn task(&mut self) -> TaskPlan {
        TaskPlan::default()
    }
}

/// What a test demands of the next operations, before the plan is asked.
#[derive(Default)]
pub struct Script {
    faults: VecDeque<(Op, Fault)>,
    batches: VecDeque<(&'static str, Fault)>,
    replies: VecDeque<(Op, Reply)>,
    tasks: VecDeque<TaskPlan>,
}

fn take<T: Copy>(queue: &mut VecDeque<(Op, T)>, op: Op) -> Option<T> {
    let index = queue.iter().position(|(of, _)| *of == op)?;
    queue.remove(index).map(|(_, value)| value)
}

impl World {
    /// The next such operation that is not yet spoken for ends like this.
    pub fn script_fault(&self, op: Op, fault: Fault) {
        self.shared.script.borrow_mut().faults.push_back((op, fault));
    }

    /// The next batch with these words in one of its statements ends like this.
    pub fn script_batch(&self, words: &'static str, fault: Fault) {
        self.shared.script.borrow_mut().batches.push_back((words, fault));
    }

    pub(super) fn batch_fault(&self, batch: &[Statement]) -> Option<Fault> {
        let batches = &mut self.shared.script.borrow_mut().batches;
        let meant = |words: &str| batch.iter().any(|statement| statement.sql.contains(words));
        let index = batches.iter().position(|(words, _)| meant(words))?;
        batches.remove(index).map(|(_, fault)| fault)
    }

    /// The provider answers the next such call like this.
    pub fn script_reply(&self, op: Op, reply: Reply) {
        self.shared.script.borrow_mut().replies.push_back((op, reply));
    }

    /// What becomes of the next task.
    pub fn script_task(&self, task: TaskPlan) {
        self.shared.script.borrow_mut().tasks.push_back(task);
    }

    pub(super) fn next_fault(&self, op: Op) -> Fault {
        let scripted = take(&mut self.shared.script.borrow_mut().faults, op);
        scripted.unwrap_or_else(|| self.shared.plan.borrow_mut().fault(op))
    }

    pub(super) fn next_reply(&self, op: Op) -> Reply {
        let scripted = take(&mut self.shared.script.borrow_mut().replies, op);
        scripted.unwrap_or_else(|| self.shared.plan.borrow_mut().reply(op))
    }

    pub(super) fn next_task(&self) -> TaskPlan {
        let scripted = self.shared.script.borrow_mut().tasks.pop_front();
        scripted.unwrap_or_else(|| self.shared.plan.borrow_mut().task())
    }
}
