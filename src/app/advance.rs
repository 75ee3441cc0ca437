//! Every change of an order: load, decide, commit by compare-and-set, act.

use crate::domain::count::Count;
use crate::domain::id::OrderId;
use crate::domain::order::{Act, Alert, Event, Order, State, Step, step};
use crate::ports::{DatabaseError, Level, LogLine, Nudge, Statement, World};
use crate::store::{counts, orders, trial};

use super::Failure;
use super::keep::move_files;

/// Tries to change one order against others who change it at the same time. Each lost race means
/// that somebody else's change was committed, and an order has fewer states than this.
const TRIES_MAX: usize = 5;

/// The order with this id; `None` when there is none.
pub async fn find<W: World>(world: &W, id: OrderId) -> Result<Option<Order>, Failure> {
    let rows = world.database(vec![orders::find(id)]).await?;
    let row = rows.first().and_then(|rows| rows.first());
    Ok(row.map(orders::order).transpose()?)
}

/// Lets `event` happen to the order and performs what follows. `None` when there is no such order
/// any more. Repeating it is harmless.
pub async fn advance<W: World>(
    world: &W,
    id: OrderId,
    event: &Event,
) -> Result<Option<Order>, Failure> {
    match find(world, id).await? {
        Some(order) => advance_loaded(world, order, event).await,
        None => Ok(None),
    }
}

/// The same from an order that was just read; a stale one costs one more reading.
pub async fn advance_loaded<W: World>(
    world: &W,
    order: Order,
    event: &Event,
) -> Result<Option<Order>, Failure> {
    let Some(next) = settle(world, order, event).await? else { return Ok(None) };
    perform(world, &next).await;
    Ok(Some(next.order))
}

/// The same without what follows: the step that was committed, or that changes nothing.
pub(super) async fn settle<W: World>(
    world: &W,
    mut order: Order,
    event: &Event,
) -> Result<Option<Step>, Failure> {
    for _ in 0..TRIES_MAX {
        let next = step(&order, event, world.now(), &world.config().rules)?;
        if !next.changed || commit(world, &order, &next).await? {
            note(world, &order, &next, event);
            return Ok(Some(next));
        }
        match find(world, order.id).await? {
            // The answer to our own commit was lost, the commit was not.
            Some(read) if read == next.order => {
                note(world, &order, &next, event);
                return Ok(Some(next));
            }
            Some(read) => order = read,
            None => return Ok(None),
        }
    }
    Err(Failure::Unavailable("advance: too many races".to_owned()))
}

/// Writes a step; `false` when the order was no longer the one that the step began with, or when
/// nobody can tell whether it was written.
async fn commit<W: World>(world: &W, before: &Order, step: &Step) -> Result<bool, Failure> {
    let batch = statements(world, before, step);
    match world.database(batch).await {
        // Of all the statements only the compare-and-set returns rows.
        Ok(rows) => Ok(rows.iter().any(|rows| !rows.is_empty())),
        Err(DatabaseError::Transient(text)) => {
            world.log(&LogLine::new(Level::Warning, "commit_unknown").with("error", text));
            Ok(false)
        }
        Err(error) => Err(error.into()),
    }
}

/// What became of many orders at once.
pub(super) struct Settled {
    /// The steps that were written.
    pub(super) written: Vec<Step>,
    /// How many should have been and were not: somebody else was quicker, or nobody can tell. The
    /// next reading shows it.
    pub(super) lost: usize,
}

/// Lets `event` happen to all these orders, in one batch of compare-and-sets, without what follows.
/// Those that refuse it stay as they are.
pub(super) async fn settle_all<W: World>(
    world: &W,
    found: Vec<Order>,
    event: &Event,
) -> Result<Settled, Failure> {
    let (mut batch, mut steps) = (vec![], vec![]);
    for order in found {
        match step(&order, event, world.now(), &world.config().rules) {
            Ok(next) if next.changed => {
                batch.extend(statements(world, &order, &next));
                steps.push((order, next, batch.len()));
            }
            Ok(_) | Err(_) => {}
        }
    }
    let mut settled = Settled { written: vec![], lost: steps.len() };
    if batch.is_empty() {
        return Ok(settled);
    }
    let rows = match world.database(batch).await {
        Ok(rows) => rows,
        Err(DatabaseError::Transient(text)) => {
            world.log(&LogLine::new(Level::Warning, "commit_unknown").with("error", text));
            return Ok(settled);
        }
        Err(error) => return Err(error.into()),
    };
    for (before, next, end) in steps {
        // The compare-and-set is the last statement of its order.
        if rows.get(end - 1).is_some_and(|rows| !rows.is_empty()) {
            note(world, &before, &next, event);
            settled.written.push(next);
        }
    }
    settled.lost -= settled.written.len();
    Ok(settled)
}

/// What a step writes. Only its compare-and-set returns a row, when it was the one.
pub(super) fn statements<W: World>(world: &W, before: &Order, step: &Step) -> Vec<Statement> {
    let next = &step.order;
    let mut batch: Vec<_> = counted(step).map(|count| counts::add(next, count)).collect();
    if next.state == State::Closed {
        let window_ms = world.config().rules.trial_window_ms;
        if next.counts_in_trial(world.now(), window_ms) {
            batch.push(trial::keep(next, window_ms));
        }
        batch.push(orders::delete(next));
        return batch;
    }
    batch.push(orders::update(before, next));
    batch
}

/// What is counted of an order, unless its owner has objected.
fn counted(step: &Step) -> impl Iterator<Item = &Count> {
    step.count.iter().filter(|_| step.order.counted)
}

/// One log line for each step of an order, without anything that names it.
pub(super) fn note<W: World>(world: &W, before: &Order, step: &Step, event: &Event) {
    if !step.changed {
        return;
    }
    let line = LogLine::new(Level::Info, "order_step")
        .with("kind", "try_on")
        .with("from", before.state.as_str())
        .with("to", step.order.state.as_str())
        .with("cause", event.name())
        .with("tasks", step.order.tasks)
        .with("age_ms", world.now().since(before.created_at));
    let line = match step.order.error {
        Some(code) => line.with("error", code.as_str()),
        None => line,
    };
    world.log(&line);
}

/// Does what follows from a committed step. What fails here is logged and not the visitor's
/// problem: the order stays due, so the Dispatcher or the sweep does it again.
pub(super) async fn perform<W: World>(world: &W, step: &Step) {
    for act in &step.acts {
        let done = match act {
            Act::Dispatch => world.nudge(Nudge::Due).await.map(|_| ()).map_err(Failure::from),
            Act::DeleteFiles => delete_files(world, &step.order).await,
            Act::DeleteResult => {
                let keys = step.order.result_keys().iter().map(ToString::to_string).collect();
                world.delete_files(keys).await.map_err(Failure::from)
            }
            Act::MoveFiles => move_files(world, &step.order).await,
            Act::DeleteOldFiles => {
                let keys = step.order.old_keys().iter().map(ToString::to_string).collect();
                world.delete_files(keys).await.map_err(Failure::from)
            }
            Act::Alert(alert) => {
                let line = LogLine::new(Level::Error, alert_name(*alert));
                world.log(&line.with("fix", alert_fix(*alert)));
                Ok(())
            }
        };
        if let Err(failure) = done {
            let line = LogLine::new(Level::Warning, "act_failed");
            world.log(&line.with("act", format!("{act:?}")).with("error", failure.log_text()));
        }
    }
}

const fn alert_name(alert: Alert) -> &'static str {
    match alert {
        Alert::ResultOnUnlistedHost => "result_on_unlisted_host",
        Alert::ProviderOutage => "provider_outage",
    }
}

const fn alert_fix(alert: Alert) -> &'static str {
    match alert {
        Alert::ResultOnUnlistedHost => {
            "the result is paid for: if the host is the provider's, add it to RESULT_ORIGINS"
        }
        Alert::ProviderOutage => "orders wait: check the provider's credits, key and status",
    }
}

/// Deletes every file of an order whose time is over, then closes it. When it stops half-way the
/// order stays due and the sweep does it again.
async fn delete_files<W: World>(world: &W, order: &Order) -> Result<(), Failure> {
    let keys = order.file_keys().iter().map(ToString::to_string).collect();
    world.delete_files(keys).await?;
    if order.state == State::Closed {
        return Ok(());
    }
    let closed = step(order, &Event::FilesGone, world.now(), &world.config().rules)?;
    if closed.changed && commit(world, order, &closed).await? {
        note(world, order, &closed, &Event::FilesGone);
    }
    Ok(())
}
