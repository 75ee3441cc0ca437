//! What the Dispatcher remembers while it is awake.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::future::poll_fn;
use std::rc::Rc;
use std::task::{Poll, Waker};

use crate::domain::id::OrderId;
use crate::domain::limits::StartLog;
use crate::domain::order::Order;
use crate::domain::rules::Rules;
use crate::domain::time::Millis;
use crate::ports::Nudge;

use super::check::FetchJob;

/// Callbacks that wait to be looked into. More than an alarm's run can bring are dropped: the
/// timetable finds those tasks too.
const CALLBACKS_MAX: usize = 1_000;

/// One order that the provider has or may have.
#[derive(Clone, Debug)]
pub(super) struct Flight {
    pub(super) order: Order,
    /// When the Dispatcher has to look into it; `None` while others do.
    pub(super) next_poll_at: Option<Millis>,
    /// Times that the result's host did not have the result.
    pub(super) misses: u32,
    /// The task that a callback named while createTask was being called. When that answer is lost,
    /// this is all that is known of the task.
    pub(super) hint: Option<String>,
}

#[derive(Default)]
pub(super) struct Memory {
    /// Whether the orders in flight were read since the Dispatcher woke.
    pub(super) loaded: bool,
    pub(super) starts: Option<StartLog>,
    /// Orders whose createTask is reserved and not called yet, with their moment in `starts`.
    pub(super) held: BTreeMap<OrderId, Millis>,
    pub(super) flights: BTreeMap<OrderId, Flight>,
    /// Orders with a job under way: no second one is begun.
    pub(super) busy: BTreeSet<OrderId>,
    pub(super) callbacks: Vec<(String, String)>,
    pub(super) fetches: VecDeque<FetchJob>,
    pub(super) fetching: usize,
    pub(super) asking: usize,
    /// No createTask before this moment.
    pub(super) paused_until: Option<Millis>,
    /// The pause is an outage: ask for the credits before the next createTask.
    pub(super) outage: bool,
    /// When to read the queue; `None` while nothing can have become due. Each reading is billed.
    pub(super) look_at: Option<Millis>,
    /// Orders that were announced and not seen yet, with the moment of the announcement.
    pub(super) expected: BTreeMap<OrderId, Millis>,
    /// Callbacks that came while a job had their order: the task that they name.
    pub(super) recalled: BTreeMap<OrderId, String>,
    called: bool,
    waker: Option<Waker>,
}

/// How long after [`Nudge::Placing`] the order may still come: the D1 batch with its retries.
const EXPECT_MS: i64 = 5_000;
/// Announced orders that are looked for at once; the cron's nudge finds what is beyond it.
const EXPECTED_MAX: usize = 1_000;

/// A handle on the Dispatcher's memory. Borrows never last across an await.
#[derive(Clone, Default)]
pub struct Desk(Rc<RefCell<Memory>>);

impl Desk {
    /// Takes a nudge in and wakes the run that sleeps.
    pub fn call(&self, nudge: Nudge, now: Millis) {
        let mut memory = self.0.borrow_mut();
        match nudge {
            Nudge::Placing { order } => {
                memory.look_at = Some(now);
                if memory.expected.len() < EXPECTED_MAX {
                    memory.expected.insert(order, now);
                }
            }
            Nudge::Due => memory.look_at = Some(now),
            Nudge::Task { token, task_id } => {
                if memory.callbacks.len() < CALLBACKS_MAX {
                    memory.callbacks.push((token, task_id));
                }
            }
        }
        memory.called = true;
        let waker = memory.waker.take();
        // The run may go on within the wake, and borrows the memory again.
        drop(memory);
        if let Some(waker) = waker {
            waker.wake();
        }
    }

    /// Whether a nudge came since the last plan.
    pub fn is_called(&self) -> bool {
        self.0.borrow().called
    }

    pub(super) fn clear_call(&self) {
        self.0.borrow_mut().called = false;
    }

    /// Resolves at the next nudge.
    pub(super) fn called(&self) -> impl Future<Output = ()> + Unpin + use<> {
        let memory = Rc::clone(&self.0);
        poll_fn(move |context| {
            let mut memory = memory.borrow_mut();
            if memory.called {
                return Poll::Ready(());
            }
            memory.waker = Some(context.waker().clone());
            Poll::Pending
        })
    }

    /// Reads or changes the memory; the closure cannot await.
    pub(super) fn with<T>(&self, change: impl FnOnce(&mut Memory) -> T) -> T {
        change(&mut self.0.borrow_mut())
    }

    /// Notes that these orders are committed.
    pub(super) fn arrived<'orders>(&self, orders: impl Iterator<Item = &'orders Order>) {
        self.with(|memory| {
            for order in orders {
                memory.expected.remove(&order.id);
            }
        });
    }

    /// How long ago the latest order was announced that may still come, in milliseconds.
    pub(super) fn expecting_ms(&self, now: Millis) -> Option<i64> {
        self.with(|memory| {
            memory.expected.retain(|_, announced| now.since(*announced) < EXPECT_MS);
            memory.expected.values().map(|announced| now.since(*announced)).min()
        })
    }

    /// Reserves up to `want` calls of createTask: how many, when the next one is free, and the log
    /// that is to be saved before they are made.
    pub(super) fn reserve(&self, want: usize, now: Millis) -> (usize, Millis, StartLog) {
        self.with(|memory| {
            let starts = memory.starts.get_or_insert_default();
            for reserved in memory.held.values_mut() {
                starts.renew(*reserved, now);
                *reserved = now;
            }
            let granted = starts.reserve(want, now);
            (granted, starts.next_free(now), starts.clone())
        })
    }

    /// The log of starts, when every call in it has been made and that was not noted before.
    pub(super) fn settled(&self) -> Option<StartLog> {
        self.with(|memory| {
            let starts = memory.starts.get_or_insert_default();
            (memory.held.is_empty() && starts.settle()).then(|| starts.clone())
        })
    }

    /// Notes that createTask is called for this order now.
    pub(super) fn started(&self, id: OrderId, now: Millis) {
        self.with(|memory| {
            if let Some(reserved) = memory.held.remove(&id) {
                memory.starts.get_or_insert_default().renew(reserved, now);
            }
        });
    }

    /// Has the queue read at this moment, if not before.
    pub(super) fn look(&self, at: Option<Millis>) {
        self.with(|memory| memory.look_at = [memory.look_at, at].into_iter().flatten().min());
    }

    pub(super) fn want_fetch(&self, job: FetchJob) {
        self.with(|memory| {
            memory.busy.insert(job.order_id());
            memory.fetches.push_back(job);
        });
    }

    /// Notes what an order has become: in flight or not. `next_poll_at` when something is left to
    /// do about it; without it only what waits for its own wake-up is looked into again.
    pub(super) fn track(&self, order: Order, next_poll_at: Option<Millis>) {
        use crate::domain::order::State;
        self.with(|memory| match order.state {
            State::Submitting | State::Submitted => {
                let known = memory.flights.remove(&order.id);
                let misses = known.as_ref().map_or(0, |flight| flight.misses);
                let recalled = memory.recalled.remove(&order.id);
                let waits = order.state == State::Submitting || order.parked;
                let next_poll_at = if recalled.is_some() {
                    Some(Millis(0))
                } else {
                    let own = order.wake_at.filter(|_| waits || next_poll_at.is_some());
                    [next_poll_at, own].into_iter().flatten().min()
                };
                let hint = recalled.or_else(|| known.and_then(|flight| flight.hint));
                memory.flights.insert(order.id, Flight { order, next_poll_at, misses, hint });
            }
            State::Placed => {
                // Back in the queue: due at once, or when its pause is over.
                memory.look_at = Some(Millis(0));
                memory.recalled.remove(&order.id);
                memory.flights.remove(&order.id);
            }
            State::Delivered | State::Failed | State::Canceled | State::Closed => {
                memory.recalled.remove(&order.id);
                memory.flights.remove(&order.id);
            }
        });
    }

    /// Notes the task that a callback has named, for an order that knows of none.
    pub(super) fn hint(&self, id: OrderId, task_id: &str) {
        self.with(|memory| {
            if let Some(flight) = memory.flights.get_mut(&id) {
                flight.hint = Some(task_id.to_owned());
            }
        });
    }

    /// Forgets the tasks whose time is over: somebody else has seen their end. An order whose own
    /// time is over is the sweep's: whatever is learned of it, it only closes.
    pub(super) fn forget_ended(&self, now: Millis, rules: &Rules) {
        self.with(|memory| {
            memory.flights.retain(|_, flight| {
                let waits = flight.next_poll_at.is_some() || now < flight.order.deadline(rules);
                waits && !flight.order.is_expired(now)
            });
        });
    }

    pub(super) fn forget(&self, id: OrderId) {
        self.with(|memory| memory.flights.remove(&id));
    }
}
