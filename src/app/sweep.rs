//! What the clock demands each minute: deadlines, expiry, purges, a question to the provider about
//! what nobody has heard of, and a nudge for the Dispatcher.

use futures_util::stream::{self, StreamExt};

use crate::domain::asks::is_due;
use crate::domain::order::{Event, FileKey, Order, State};
use crate::domain::time::{HOUR_MS, MINUTE_MS, Millis, SECOND_MS};
use crate::ports::{Level, LogLine, Nudge, World};
use crate::store::{orders, trial};

use super::Failure;
use super::advance::advance_loaded;
use super::ask::ask;

/// Readings of overdue orders in one sweep, at most 200 orders each; the rest waits for the next
/// minute. An order that expires costs two queries, and the platform allows 1,000 an invocation;
/// many more than 400 expiring in one minute cannot be, since 33 a minute are accepted.
const ROUNDS_MAX: usize = 4;
/// Tasks that are asked about in one sweep, those first whose time is over first: at three at once
/// and 300 ms each some 10 s, and a tenth of the requests that the platform allows an invocation.
const ASKS_MAX: usize = 100;
/// Questions under way at once: the provider takes 10 a second, and answers in some 300 ms.
const ASKING_MAX: usize = 3;
/// How long one sweep goes on asking; the rest waits for the next minute. The last question takes
/// 10 s at most, so a sweep is over before the next one even when the provider hangs. Then six to
/// nine are asked.
pub const ASKING_MS_MAX: i64 = 20 * SECOND_MS;
/// Orders woken at once.
const WAKING_MAX: usize = 6;
/// Hours that are listed for files without an order, counted back from the first that is over. More
/// than one, so that a cron that did not run for a while misses none.
const ORPHAN_HOURS: u32 = 3;

/// What a sweep did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Swept {
    /// Overdue orders that were woken.
    pub woken: usize,
    /// Files that no order knew of.
    pub orphans: usize,
}

/// Does what is due. Safe to run twice, at the same time as itself, or late.
pub async fn sweep<W: World>(world: &W) -> Result<Swept, Failure> {
    let mut swept = Swept::default();
    for _ in 0..ROUNDS_MAX {
        let now = world.now();
        let retention_ms = world.config().rules.retention_ms;
        let batch = vec![orders::list_overdue(now), orders::list_expired(now, retention_ms)];
        let rows = world.database(batch).await?;
        let most = usize::try_from(orders::BATCH_ROWS_MAX).unwrap_or(usize::MAX);
        let full = rows.iter().any(|rows| rows.len() >= most);
        let woken = wake_all(world, rows.into_iter().flatten().collect()).await;
        swept.woken += woken;
        // A round that got nowhere would only be repeated.
        if !full || woken == 0 {
            break;
        }
    }
    let rules = &world.config().rules;
    let now = world.now();
    let rows = world
        .database(vec![
            orders::find_waiting(),
            orders::list_in_flight(),
            trial::purge(now, rules.trial_window_ms),
        ])
        .await?;
    let [queued, in_flight, ..] = rows.as_slice() else {
        return Err(Failure::Broken("the sweep got too few results".to_owned()));
    };
    let in_flight: Vec<Order> =
        in_flight.iter().filter_map(|row| orders::order(row).ok()).collect();
    // An answer of createTask may have died with the Dispatcher that waited for it.
    if !queued.is_empty() || in_flight.iter().any(|order| order.state == State::Submitting) {
        world.nudge(Nudge::Due).await?;
    }
    if now.0.rem_euclid(HOUR_MS) < MINUTE_MS {
        swept.orphans = drop_orphans(world, now).await?;
    }
    // Last, since it may take long.
    swept.woken += ask_provider(world, in_flight).await;
    Ok(swept)
}

/// Asks about the tasks whose callbacks may be lost and whose visitors do not listen, and wakes
/// those whose time is over when there is no news of them; how many were woken.
async fn ask_provider<W: World>(world: &W, orders: Vec<Order>) -> usize {
    let (now, rules) = (world.now(), &world.config().rules);
    let due = orders.into_iter().filter(|order| is_due(order, Millis(0), rules, now));
    stream::iter(due.take(ASKS_MAX))
        .take_until(world.sleep(ASKING_MS_MAX))
        .map(|order| async move {
            let is_told = ask(world, &order).await;
            !is_told && is_last_chance(world, &order) && wake(world, order).await
        })
        .buffer_unordered(ASKING_MAX)
        .fold(0, |sum, woken| async move { sum + usize::from(woken) })
        .await
}

/// Whether the wake-up would end the order, or alert the operator. Its task is asked about once
/// more before: its picture is paid for.
fn is_last_chance<W: World>(world: &W, order: &Order) -> bool {
    let (now, rules) = (world.now(), &world.config().rules);
    let is_over = order.parked || now >= order.deadline(rules);
    is_over && is_due(order, Millis(0), rules, now)
}

/// Wakes all that can be woken without asking anybody; how many it did.
async fn wake_all<W: World>(world: &W, rows: Vec<crate::ports::Row>) -> usize {
    stream::iter(rows)
        .map(|row| async move {
            match orders::order(&row) {
                Ok(order) => !is_last_chance(world, &order) && wake(world, order).await,
                Err(corrupt) => {
                    log_failure(world, &corrupt.into());
                    false
                }
            }
        })
        .buffer_unordered(WAKING_MAX)
        .fold(0, |sum, woken| async move { sum + usize::from(woken) })
        .await
}

async fn wake<W: World>(world: &W, order: Order) -> bool {
    let woken = advance_loaded(world, order, &Event::Woken).await;
    if let Err(failure) = &woken {
        log_failure(world, failure);
    }
    woken.is_ok()
}

fn log_failure<W: World>(world: &W, failure: &Failure) {
    let line = LogLine::new(Level::Error, "wake_failed");
    world.log(&line.with("error", failure.log_text()));
}

/// Deletes what is left under hours whose orders have all expired an hour ago: files that were
/// stored for an order that was never committed.
async fn drop_orphans<W: World>(world: &W, now: Millis) -> Result<usize, Failure> {
    let over = now.plus(-world.config().rules.retention_ms - 2 * HOUR_MS);
    let newest = u32::try_from(over.0.div_euclid(HOUR_MS)).unwrap_or(0);
    let mut dropped = 0;
    for hour in newest.saturating_sub(ORPHAN_HOURS - 1)..=newest {
        let keys = world.list_files(&FileKey::prefix_of_hour(hour)).await?;
        if !keys.is_empty() {
            dropped += keys.len();
            world.delete_files(keys).await?;
        }
    }
    Ok(dropped)
}
