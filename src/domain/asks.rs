//! When the provider is asked whether a task has ended, and how often the listeners of one instance
//! ask. Each of their streams looks every second, and a thousand may look at the same order.

use std::collections::BTreeMap;

use super::id::OrderId;
use super::limits::{Gcra, Rate, Verdict};
use super::order::{Order, State};
use super::rules::Rules;
use super::time::{MINUTE_MS, Millis, SECOND_MS};

/// Questions of all listeners of one instance: two a second, and never more than four in one. The
/// provider takes 10 a second for our key, and answers the Dispatcher's questions with a refusal
/// when others have used them up: those of three busy instances and of the cron, 3 a second, leave
/// it one. Two a second are each of 16 tasks every 8 s; of more, each is asked about less often.
pub const LISTENERS: Rate = Rate::new(2, SECOND_MS / 2);
/// Tasks that are remembered, some 50 bytes each. Under [`LISTENERS`] 362 are asked about within
/// the longest pause, a fifth of the 15 minutes after which a task is given up: whichever is
/// forgotten for another may be asked about again.
pub const TASKS_MAX: usize = 400;

/// Whether the provider is to be asked about the order at `now`, when it was asked at `asked_at`. A
/// parked order waits for the operator, until its own wake-up; one whose time is over only closes.
pub fn is_due(order: &Order, asked_at: Millis, rules: &Rules, now: Millis) -> bool {
    let (State::Submitted, Some(submitted_at)) = (order.state, order.submitted_at) else {
        return false;
    };
    if order.is_expired(now) || order.parked && order.wake_at.is_some_and(|at| now < at) {
        return false;
    }
    let pause_ms = rules.poll_pause(now.since(submitted_at));
    now.since(asked_at.max(submitted_at)) >= pause_ms
}

/// Whether the order's wake-up, which has come, would end it or alert the operator. Its task is
/// asked about once more before: its picture may be there, and is paid for.
pub fn is_last_chance(order: &Order, rules: &Rules, now: Millis) -> bool {
    let is_over = order.parked || now >= order.deadline(rules);
    is_over && is_due(order, Millis(0), rules, now)
}

/// How long an order whose time is over waits for a provider that does not answer. Of 33 orders a
/// minute, the global cap, 99 wait then: fewer than one reading of the overdue brings.
pub const LAST_CHANCE_MS: i64 = 3 * MINUTE_MS;

/// Whether the order has waited long enough for an answer about its task.
pub fn is_given_up(order: &Order, rules: &Rules, now: Millis) -> bool {
    let over_at = if order.parked { order.wake_at } else { Some(order.deadline(rules)) };
    let has_waited = over_at.is_some_and(|at| now.since(at) >= LAST_CHANCE_MS);
    has_waited && is_last_chance(order, rules, now)
}

/// What the listeners of one instance have asked. Whoever is refused does not wait: the callback,
/// another look and the cron's minute remain.
#[derive(Clone, Debug, Default)]
pub struct Asks {
    asked: BTreeMap<OrderId, Millis>,
    rate: Gcra,
}

impl Asks {
    /// Whether a listener may ask about the order at `now`; if so it counts as asked about. A clock
    /// that steps back lets the pause begin anew.
    pub fn admit(&mut self, order: &Order, rules: &Rules, now: Millis) -> bool {
        let asked_at = match self.asked.get_mut(&order.id) {
            Some(asked_at) => {
                *asked_at = now.min(*asked_at);
                *asked_at
            }
            None => Millis(0),
        };
        if !is_due(order, asked_at, rules, now) {
            return false;
        }
        match self.rate.admit(LISTENERS, now) {
            Verdict::Admitted { .. } => {}
            Verdict::Refused { .. } => return false,
        }
        self.asked.insert(order.id, now);
        if self.asked.len() > TASKS_MAX {
            let oldest = self.asked.iter().min_by_key(|(_, at)| **at).map(|(id, _)| *id);
            oldest.and_then(|id| self.asked.remove(&id));
        }
        true
    }

    /// Tasks that are remembered.
    pub fn tasks(&self) -> usize {
        self.asked.len()
    }
}
