//! What the clock demands each minute: deadlines, expiry, purges, a question to the provider about
//! what nobody has heard of, and a nudge for the Dispatcher.

use std::collections::BTreeSet;

use futures_util::stream::{self, StreamExt};

use crate::domain::asks::{is_due, is_given_up, is_last_chance};
use crate::domain::order::{Event, FileKey, Order, State};
use crate::domain::time::{HOUR_MS, MINUTE_MS, Millis, SECOND_MS};
use crate::ports::{Level, LogLine, Nudge, Row, World};
use crate::store::{email_changes, orders, sessions, trial};

use super::Failure;
use super::advance::advance_loaded;
use super::ask::{Asked, ask};
use super::export;
use super::keep::erase_all;
use super::leftovers::drop_leftovers;
use super::purge::purge_due;

/// Readings of overdue orders in one sweep, at most 200 orders each; the rest waits for the next
/// minute. An order that expires costs two queries, and the platform allows 1,000 an invocation;
/// many more than 400 expiring in one minute cannot be, since 33 a minute are accepted.
const ROUNDS_MAX: usize = 4;
/// Tasks that one sweep sees to, those first whose time is over first. An order that ends costs
/// some two queries, of the 1,000 that the platform allows an invocation.
const ASKS_MAX: usize = 100;
/// How long one sweep goes on asking, one task after the other; the rest waits for the next minute.
/// The provider answers in some 300 ms, so it is asked 3 times in a second of the 10 that it takes
/// from all of us, and 66 times in all. When it hangs, the last question takes 11 s, and the sweep
/// is over before the next one.
pub const ASKING_MS_MAX: i64 = 20 * SECOND_MS;
/// Orders woken at once.
const WAKING_MAX: usize = 6;
/// Orders whose files one sweep moves, those first that wait the longest; the rest waits for the
/// next minute. Moving the files of one is two copies of two calls each, two queries and a
/// deletion, and the platform allows 1,000 calls an invocation.
const MOVES_MAX: usize = 60;
/// Orders of the trash that one sweep deletes for good, in three calls together; one has 7 files at
/// most, and one call deletes 1,000. An order lies in the trash for 29 days and is gone by day 30:
/// of 100,000 whose time is over at once the last goes 1,000 minutes later, after 16.7 hours.
const TRASH_MAX: usize = 100;
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
    /// Exports that were seen to.
    pub exports: usize,
}

/// Does what is due. Safe to run twice, at the same time as itself, or late.
pub async fn sweep<W: World>(world: &W) -> Result<Swept, Failure> {
    let mut swept = Swept::default();
    let begins_hour = world.now().0.rem_euclid(HOUR_MS) < MINUTE_MS;
    for round in 0..ROUNDS_MAX {
        let now = world.now();
        let rules = &world.config().rules;
        let mut batch = vec![
            orders::list_overdue(now),
            orders::list_expired(now, rules.retention_ms, begins_hour),
        ];
        if begins_hour {
            batch.push(orders::list_waiting_since(now.plus(1 - rules.give_up_ms)));
        }
        if round == 0 {
            batch.push(orders::list_keep_due(now, MOVES_MAX + TRASH_MAX));
        }
        let mut rows = world.database(batch).await?;
        let kept = if round == 0 { rows.pop().unwrap_or_default() } else { vec![] };
        let most = usize::try_from(orders::BATCH_ROWS_MAX).unwrap_or(usize::MAX);
        let full = rows.iter().any(|rows| rows.len() >= most);
        let woken = wake_all(world, rows.into_iter().flatten().collect()).await;
        swept.woken += woken + tend_kept(world, kept).await;
        // A round that got nowhere would only be repeated.
        if !full || woken == 0 {
            break;
        }
    }
    let rules = &world.config().rules;
    let now = world.now();
    let mut batch = vec![
        orders::find_waiting(),
        orders::list_in_flight(),
        trial::purge(now, rules.trial_window_ms),
        email_changes::purge(now),
        sessions::purge_sign_ins(now, rules.sign_in_ms),
    ];
    if begins_hour {
        batch.push(sessions::purge(now, rules.session_idle_ms, rules.session_life_ms));
    }
    let rows = world.database(batch).await?;
    let [queued, in_flight, ..] = rows.as_slice() else {
        return Err(Failure::Broken("the sweep got too few results".to_owned()));
    };
    let in_flight: Vec<Order> =
        in_flight.iter().filter_map(|row| orders::order(row).ok()).collect();
    // An answer of createTask may have died with the Dispatcher that waited for it.
    let is_work = !queued.is_empty() || in_flight.iter().any(|one| one.state == State::Submitting);
    let nudged = if is_work { world.nudge(Nudge::Due).await.map(drop) } else { Ok(()) };
    let orphans = if begins_hour { drop_orphans(world, now).await } else { Ok(0) };
    let leftovers = if begins_hour { drop_leftovers(world, now).await } else { Ok(0) };
    super::mails::tend(world).await;
    let exports = export::tend(world).await;
    purge_due(world).await;
    // Last, since it may take long; and whatever of the others has failed.
    swept.woken += ask_provider(world, in_flight).await;
    nudged?;
    swept.orphans = orphans? + leftovers?;
    swept.exports = exports?;
    Ok(swept)
}

/// Asks about the tasks whose callbacks may be lost and whose visitors do not listen, and wakes
/// those whose time is over when they have not ended, or when nobody answers; how many were woken.
async fn ask_provider<W: World>(world: &W, orders: Vec<Order>) -> usize {
    let (began, rules) = (world.now(), &world.config().rules);
    let due = orders.into_iter().filter(|order| is_due(order, Millis(0), rules, began));
    let (mut in_vain, mut woken) = (false, 0);
    for order in due.take(ASKS_MAX) {
        let now = world.now();
        let is_given_up = is_given_up(&order, rules, now);
        let asked = if in_vain && is_given_up {
            Asked::Unknown
        } else if now.since(began) < ASKING_MS_MAX {
            ask(world, &order).await
        } else {
            continue;
        };
        in_vain |= asked == Asked::Unknown;
        let is_over = match asked {
            Asked::Told => false,
            Asked::NoNews => is_last_chance(&order, rules, now),
            Asked::Unknown => is_given_up,
        };
        if is_over && wake(world, order).await {
            woken += 1;
        }
    }
    woken
}

/// Moves the files that are to be moved, then deletes what has lain in the trash long enough; how
/// many orders that were. Each has a budget of its own.
async fn tend_kept<W: World>(world: &W, rows: Vec<Row>) -> usize {
    let is_full = rows.len() == MOVES_MAX + TRASH_MAX;
    let (mut trash, mut moves): (Vec<Row>, Vec<Row>) =
        rows.into_iter().partition(|row| orders::is_kept(row).is_ok_and(|is_kept| is_kept));
    moves.truncate(MOVES_MAX);
    let woken = wake_all(world, moves).await;
    // Moves may have left no room for all of the trash's budget.
    if is_full && trash.len() < TRASH_MAX {
        let rows = world.database(vec![orders::list_trash_over(world.now(), TRASH_MAX)]).await;
        trash = rows.ok().and_then(|mut rows| rows.pop()).unwrap_or(trash);
    }
    trash.truncate(TRASH_MAX);
    let mut over = vec![];
    for row in &trash {
        match orders::order(row) {
            Ok(order) => over.push(order),
            Err(corrupt) => log_failure(world, &corrupt.into()),
        }
    }
    let erased = erase_all(world, over, &Event::Woken).await;
    if let Err(failure) = &erased {
        log_failure(world, failure);
    }
    woken + erased.unwrap_or_default()
}

/// Wakes all that need not be asked about before; how many it did.
async fn wake_all<W: World>(world: &W, rows: Vec<Row>) -> usize {
    let (now, rules) = (world.now(), &world.config().rules);
    stream::iter(rows)
        .map(|row| async move {
            match orders::order(&row) {
                Ok(order) if is_last_chance(&order, rules, now) => false,
                Ok(order) => wake(world, order).await,
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
/// stored for an order that was never committed, and copies of what was moved. The files of an
/// account's order that could not be moved stay.
async fn drop_orphans<W: World>(world: &W, now: Millis) -> Result<usize, Failure> {
    let over = now.plus(-world.config().rules.retention_ms - 2 * HOUR_MS);
    let newest = u32::try_from(over.0.div_euclid(HOUR_MS)).unwrap_or(0);
    let mut dropped = 0;
    for hour in newest.saturating_sub(ORPHAN_HOURS - 1)..=newest {
        let mut keys = world.list_files(&FileKey::prefix_of_hour(hour), "").await?;
        if keys.is_empty() {
            continue;
        }
        // After the listing, which may be of a moment at which they were not moved yet.
        let owned = unmoved_keys(world, hour).await?;
        keys.retain(|key| !owned.contains(key));
        if !keys.is_empty() {
            dropped += keys.len();
            world.delete_files(keys).await?;
        }
    }
    Ok(dropped)
}

/// The files of the hour's orders that accounts have and that are not moved: the operator must hear
/// of them before the storage's own rule deletes them.
async fn unmoved_keys<W: World>(world: &W, hour: u32) -> Result<BTreeSet<String>, Failure> {
    let rows = world.database(vec![orders::list_unmoved(hour)]).await?;
    let found = rows.iter().flatten().map(orders::order);
    let found: Vec<Order> = found.collect::<Result<_, _>>()?;
    if !found.is_empty() {
        let line = LogLine::new(Level::Error, "files_not_moved").with("orders", found.len());
        world.log(&line.with("fix", "the storage refuses to copy; its rule soon deletes them"));
    }
    Ok(found.iter().flat_map(Order::file_keys).map(|key| key.to_string()).collect())
}
