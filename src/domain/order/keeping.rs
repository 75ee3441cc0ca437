//! What an account does with its orders: it claims and keeps them, and has a trash.

use crate::domain::refusal::{Code, Refusal};
use crate::domain::rules::Rules;
use crate::domain::time::{MINUTE_MS, Millis};

use super::event::{Act, Event, Step};
use super::machine::{deleted, ended, failed, moved, same, version_after};
use super::{Order, Owner, State, in_trash};

/// Pause between two tries to move the files of an order. The first one is an act of its end.
pub(super) const MOVE_PAUSE_MS: i64 = MINUTE_MS;

/// In the trash an order waits for its end; moving its files goes on.
pub(super) fn trashed(
    order: &Order,
    event: &Event,
    now: Millis,
    rules: &Rules,
) -> Result<Step, Refusal> {
    match event {
        Event::RestoreRequested => {
            let mut next = order.clone();
            next.trashed_at = None;
            next.wake_at = order.wake_at.filter(|_| !order.is_kept());
            Ok(moved(next, vec![]))
        }
        Event::CancelRequested | Event::ProblemsReported(_) => Err(in_trash()),
        Event::DeleteRequested => Ok(same(order)),
        Event::Woken if order.trash_ends_at(rules).is_some_and(|at| now >= at) => {
            Ok(deleted(same(order)))
        }
        Event::DispatchStarted
        | Event::TaskAccepted { .. }
        | Event::TaskRefused(_)
        | Event::AnswerLost
        | Event::TaskFailed { .. }
        | Event::ResultStored { .. }
        | Event::ResultUnusable
        | Event::ResultParked
        | Event::Claimed(_)
        | Event::FilesMoved
        | Event::PurgeRequested
        | Event::FilesGone
        | Event::Woken => ended(order, event, now, rules),
    }
}

/// What is done at once about an account's order that has ended.
pub(super) fn moving(next: &Order) -> Vec<Act> {
    if next.account.is_some() { vec![Act::MoveFiles] } else { vec![] }
}

/// Whether an account's order is given up: the storage's own rule soon deletes its files, and they
/// are moved only when it has ended.
pub(super) fn is_too_old(order: &Order, now: Millis, rules: &Rules) -> bool {
    order.account.is_some() && now >= order.created_at.plus(rules.give_up_ms)
}

/// An anonymous order becomes an account's, which no other account can change again.
pub(super) fn claimed(order: &Order, owner: Owner, now: Millis, rules: &Rules) -> Step {
    if order.account.is_some() {
        return same(order);
    }
    let mut next = order.clone();
    next.account = Some(owner.id);
    next.counted = owner.counted;
    next.expires_at = None;
    if order.completed_at.is_some() {
        next.wake_at = Some(now.plus(MOVE_PAUSE_MS));
        let acts = moving(&next);
        moved(next, acts)
    } else if is_too_old(&next, now, rules) && (order.parked || order.state == State::Placed) {
        failed(&next, Code::ProviderTimeout, now)
    } else {
        moved(next, vec![])
    }
}

pub(super) fn files_moved(order: &Order, rules: &Rules) -> Step {
    if order.account.is_none() {
        return same(order);
    }
    if order.is_kept() {
        return Step { acts: vec![Act::DeleteOldFiles], ..same(order) };
    }
    let mut next = order.clone();
    for image in &mut next.images {
        image.key = image.key.in_place(true);
    }
    next.result_key = order.result_key.in_place(true);
    next.wake_at = order.trash_ends_at(rules);
    moved(next, vec![Act::DeleteOldFiles])
}

pub(super) fn woken_to_move(order: &Order, now: Millis, rules: &Rules) -> Step {
    let is_due = order.account.is_some() && order.wake_at.is_some_and(|at| now >= at);
    if order.is_kept() || !is_due {
        return same(order);
    }
    let again = now.plus(MOVE_PAUSE_MS);
    let mut next = order.clone();
    next.wake_at = Some(order.trash_ends_at(rules).map_or(again, |end| again.min(end)));
    moved(next, vec![Act::MoveFiles])
}

/// What a visitor deletes is gone at once; what an account deletes lies in the trash.
pub(super) fn removed(step: Step, now: Millis, rules: &Rules) -> Step {
    if step.order.account.is_none() {
        return deleted(step);
    }
    let mut next = step.order.clone();
    next.version = version_after(&step);
    next.trashed_at = Some(now);
    let end = now.plus(rules.trash_ms);
    next.wake_at = Some(step.order.wake_at.map_or(end, |at| at.min(end)));
    Step { order: next, changed: true, ..step }
}
