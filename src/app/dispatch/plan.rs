//! One look of the Dispatcher: what is due is begun as a job; what is not sets the next moment.

use futures_util::future::FutureExt;
use futures_util::stream::FuturesUnordered;

use crate::app::Failure;
use crate::app::advance::advance_loaded;
use crate::app::read::turns;
use crate::domain::id::OrderId;
use crate::domain::order::{Event, Order, State};
use crate::domain::queue::{Waiting, fair_order};
use crate::domain::time::Millis;
use crate::ports::{Level, LogLine, World};
use crate::store::{decode, orders, provider_status};

use super::check::{check, fetch, postpone};
use super::desk::Desk;
use super::submit::{probe, submit};
use super::{Done, Job};

/// Calls to the provider under way at once; the platform lets six connections wait for headers.
const ASKING_MAX: usize = 6;
/// Results fetched at once: each is up to 30 MB and streams through the hash.
const FETCHING_MAX: usize = 3;
/// Shortest pause between two looks for an order that was announced and is not committed yet. The
/// pause doubles the wait so far: each look is billed, and most orders come within the first.
const EXPECT_PAUSE_MS: i64 = 150;

/// Begins what is due. Returns the next moment at which something will be, `None` when nothing is
/// live. When `over`, only finishes what was begun.
pub(super) async fn plan<W: World>(
    world: &W,
    desk: &Desk,
    jobs: &mut FuturesUnordered<Job>,
    over: bool,
) -> Result<Option<Millis>, Failure> {
    if !desk.with(|memory| memory.loaded) {
        load_flights(world, desk).await?;
    }
    desk.forget_ended(world.now(), &world.config().rules);
    begin_fetches(world, desk, jobs);
    if over {
        return Ok(Some(world.now()));
    }
    begin_callbacks(world, desk, jobs).await?;
    begin_polls(world, desk, jobs);
    let queue = begin_submits(world, desk, jobs).await?;
    let polls = desk.with(|memory| {
        // What is due and found no room waits for the end of a job, not for a moment.
        if memory.asking >= ASKING_MAX {
            return None;
        }
        let free = memory.flights.values().filter(|one| !memory.busy.contains(&one.order.id));
        free.filter_map(|one| one.next_poll_at).min()
    });
    Ok([queue, polls].into_iter().flatten().min())
}

async fn load_flights<W: World>(world: &W, desk: &Desk) -> Result<(), Failure> {
    let rows = world.database(vec![orders::list_in_flight(), provider_status::find()]).await?;
    let status = rows.get(1).and_then(|rows| rows.first());
    let status = status.map(|row| decode::text(row, "status")).transpose()?;
    let outage = status.is_some_and(|status| status != "ok");
    let starts = world.load_starts().await?;
    for row in rows.first().into_iter().flatten() {
        match orders::order(row) {
            Ok(order) => desk.track(order, None),
            Err(corrupt) => log_failure(world, "row_skipped", &corrupt.into()),
        }
    }
    desk.with(|memory| {
        memory.loaded = true;
        memory.look_at = Some(world.now());
        // Without the memory of an outage nobody would notice its end.
        memory.outage = outage;
        memory.starts = Some(starts.recovered(world.now()));
    });
    Ok(())
}

fn begin_fetches<W: World>(world: &W, desk: &Desk, jobs: &mut FuturesUnordered<Job>) {
    while let Some(job) = desk.with(|memory| {
        if memory.fetching >= FETCHING_MAX {
            return None;
        }
        let job = memory.fetches.pop_front()?;
        memory.fetching += 1;
        Some(job)
    }) {
        let (world, desk) = (world.clone(), desk.clone());
        let id = job.order_id();
        jobs.push(
            async move {
                fetch(&world, &desk, job).await;
                desk.with(|memory| {
                    memory.fetching -= 1;
                    memory.busy.remove(&id);
                });
                Done::Nothing
            }
            .boxed_local(),
        );
    }
}

/// A callback names an order by its secret and a task by its id; the order may have been taken up
/// since the flights were read, so an unknown secret costs one more reading.
async fn begin_callbacks<W: World>(
    world: &W,
    desk: &Desk,
    jobs: &mut FuturesUnordered<Job>,
) -> Result<(), Failure> {
    let callbacks = desk.with(|memory| std::mem::take(&mut memory.callbacks));
    if callbacks.is_empty() {
        return Ok(());
    }
    let find = |token: &str| {
        desk.with(|memory| {
            let mut flights = memory.flights.values();
            flights
                .find(|one| one.order.callback_token.to_string() == token)
                .map(|one| one.order.clone())
        })
    };
    let mut waiting = None;
    for (token, task_id) in callbacks {
        let mut order = find(&token);
        if order.is_none() {
            let waiting = match &mut waiting {
                Some(waiting) => waiting,
                None => waiting.insert(refresh_flights(world, desk).await?),
            };
            let mut named = waiting.iter().filter(|one| one.callback_token.to_string() == token);
            order = find(&token).or_else(|| named.next().cloned());
        }
        let Some(order) = order else { continue };
        if desk.with(|memory| memory.busy.contains(&order.id)) {
            // A job has the order; the question is put when it is done.
            desk.with(|memory| memory.recalled.insert(order.id, task_id));
            continue;
        }
        desk.hint(order.id, &task_id);
        begin_check(world, desk, jobs, order, task_id);
    }
    Ok(())
}

/// Reads the orders in flight once more. Returns the orders that wait: the first task of one may
/// have been given up too early.
async fn refresh_flights<W: World>(world: &W, desk: &Desk) -> Result<Vec<Order>, Failure> {
    let rows =
        world.database(vec![orders::list_in_flight(), orders::list_due(world.now())]).await?;
    let mut waiting = vec![];
    for row in rows.iter().flatten() {
        let order = orders::order(row)?;
        let known = desk.with(|memory| memory.flights.contains_key(&order.id));
        if order.state == State::Placed {
            waiting.push(order);
        } else if !known {
            desk.track(order, None);
        }
    }
    Ok(waiting)
}

fn begin_polls<W: World>(world: &W, desk: &Desk, jobs: &mut FuturesUnordered<Job>) {
    let now = world.now();
    let due: Vec<(Order, Option<String>)> = desk.with(|memory| {
        let flights = memory.flights.values().filter(|one| !memory.busy.contains(&one.order.id));
        flights
            .filter(|one| one.next_poll_at.is_some_and(|at| at <= now))
            .map(|one| (one.order.clone(), one.order.task_id.clone().or(one.hint.clone())))
            .collect()
    });
    for (order, task_id) in due {
        if desk.with(|memory| memory.asking >= ASKING_MAX) {
            return;
        }
        match task_id {
            Some(task_id) => begin_check(world, desk, jobs, order, task_id),
            None => begin_wake(world, desk, jobs, order),
        }
    }
}

fn begin_check<W: World>(
    world: &W,
    desk: &Desk,
    jobs: &mut FuturesUnordered<Job>,
    order: Order,
    task_id: String,
) {
    begin(desk, order.id);
    let (world, desk) = (world.clone(), desk.clone());
    jobs.push(
        async move {
            let id = order.id;
            let done = check(&world, &desk, order, &task_id).await;
            end(&desk, id);
            done
        }
        .boxed_local(),
    );
}

/// An order without a task id waits for its grace to end.
fn begin_wake<W: World>(world: &W, desk: &Desk, jobs: &mut FuturesUnordered<Job>, order: Order) {
    begin(desk, order.id);
    let (world, desk) = (world.clone(), desk.clone());
    jobs.push(
        async move {
            let id = order.id;
            let next = order.wake_at.unwrap_or(world.now());
            match advance_loaded(&world, order, &Event::Woken).await {
                Ok(Some(order)) => {
                    let next = order.wake_at.unwrap_or(next);
                    desk.track(order, Some(next));
                }
                Ok(None) => desk.forget(id),
                Err(failure) => {
                    log_failure(&world, "wake_failed", &failure);
                    postpone(&world, &desk, id);
                }
            }
            end(&desk, id);
            Done::Nothing
        }
        .boxed_local(),
    );
}

/// Takes what the provider's limit allows out of the queue. Returns when to look again.
async fn begin_submits<W: World>(
    world: &W,
    desk: &Desk,
    jobs: &mut FuturesUnordered<Job>,
) -> Result<Option<Millis>, Failure> {
    let now = world.now();
    let (paused_until, outage) = desk.with(|memory| (memory.paused_until, memory.outage));
    if let Some(until) = paused_until.filter(|until| *until > now) {
        return Ok(Some(until));
    }
    if outage && !probe(world, desk).await? {
        return Ok(desk.with(|memory| memory.paused_until));
    }
    match desk.with(|memory| memory.look_at) {
        Some(at) if at <= now => {}
        later => return Ok(later),
    }
    let room = ASKING_MAX - desk.with(|memory| memory.asking.min(ASKING_MAX));
    if room == 0 {
        // The end of any job looks again.
        return Ok(None);
    }
    // Before the reading: a nudge that comes meanwhile must not be lost.
    desk.with(|memory| memory.look_at = None);
    let next = serve(world, desk, jobs, room).await;
    if next.is_err() {
        desk.look(Some(now));
    }
    next
}

/// Reads the queue and begins what the provider's limit and `room` allow.
async fn serve<W: World>(
    world: &W,
    desk: &Desk,
    jobs: &mut FuturesUnordered<Job>,
    room: usize,
) -> Result<Option<Millis>, Failure> {
    let now = world.now();
    let rows = world.database(vec![orders::list_due(now), orders::find_next_due()]).await?;
    let due = rows.first().map(Vec::as_slice).unwrap_or_default();
    let due = due_orders(world, desk, due).await?;
    if due.is_empty() {
        let later = rows.get(1).and_then(|rows| rows.first());
        let later = later.map(|row| decode::int(row, "due_at")).transpose()?.map(Millis);
        let soon = desk.expecting_ms(now).map(|ms| now.plus(ms.max(EXPECT_PAUSE_MS)));
        let later = later.map(|at| at.max(now.plus(EXPECT_PAUSE_MS)));
        let next = [later, soon].into_iter().flatten().min();
        desk.look(next);
        return Ok(next);
    }
    // What is left, and what comes later, is seen by the next look.
    desk.look(Some(now));
    let wanted = due.len().min(room);
    let (granted, next_free, starts) = desk.reserve(wanted, now);
    if granted > 0 {
        // Before the calls are made: a crash must not forget them.
        world.save_starts(&starts).await?;
    }
    let left = due.len() > granted;
    // The Dispatcher sleeps until the limit has room and may lose its memory meanwhile. With calls
    // that seem to have been made when it wakes it would wait once more, and once more.
    if left
        && granted == 0
        && let Some(starts) = desk.settled()
    {
        world.save_starts(&starts).await?;
    }
    for order in due.into_iter().take(granted) {
        desk.with(|memory| memory.held.insert(order.id, now));
        begin_submit(world, desk, jobs, order);
    }
    Ok(left.then(|| next_free.max(now.plus(EXPECT_PAUSE_MS))))
}

/// The due orders in serving order, without those that a job has.
async fn due_orders<W: World>(
    world: &W,
    desk: &Desk,
    rows: &[crate::ports::Row],
) -> Result<Vec<Order>, Failure> {
    let mut orders: Vec<Order> = rows.iter().map(orders::order).collect::<Result<_, _>>()?;
    desk.arrived(orders.iter());
    let busy = desk.with(|memory| memory.busy.clone());
    let begun = orders.extract_if(.., |order| busy.contains(&order.id));
    let mut taken: Vec<String> = begun.filter_map(|order| order.visitor).collect();
    // Whose turn it is matters only where several wait; each reading is billed. The flights in
    // memory do not say it: some were canceled or deleted since. What was begun between the two
    // readings counts twice, which lets others of its visitor wait for one turn more.
    if orders.len() > 1 {
        taken.extend(turns(world).await?);
    }
    let waiting = orders.iter().map(|order| Waiting {
        id: order.id,
        visitor: order.visitor.clone(),
        created_at: order.created_at,
    });
    let turns = fair_order(&waiting.collect::<Vec<_>>(), taken);
    let mut orders: Vec<Option<Order>> = orders.into_iter().map(Some).collect();
    Ok(turns.into_iter().filter_map(|index| orders.get_mut(index)?.take()).collect())
}

fn begin_submit<W: World>(world: &W, desk: &Desk, jobs: &mut FuturesUnordered<Job>, order: Order) {
    begin(desk, order.id);
    let (world, desk) = (world.clone(), desk.clone());
    jobs.push(
        async move {
            let id = order.id;
            submit(&world, &desk, order).await;
            end(&desk, id);
            Done::Nothing
        }
        .boxed_local(),
    );
}

fn begin(desk: &Desk, id: OrderId) {
    desk.with(|memory| {
        memory.busy.insert(id);
        memory.asking += 1;
    });
}

fn end(desk: &Desk, id: OrderId) {
    desk.with(|memory| {
        memory.busy.remove(&id);
        memory.held.remove(&id);
        memory.asking -= 1;
    });
}

pub(super) fn log_failure<W: World>(world: &W, event: &'static str, failure: &Failure) {
    world.log(&LogLine::new(Level::Warning, event).with("error", failure.log_text()));
}
