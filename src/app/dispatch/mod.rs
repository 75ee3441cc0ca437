//! The Dispatcher: the only caller of createTask. It keeps the provider's limit, serves the queue
//! in fair order, and fetches the results of the tasks that it hears of. It is billed while it is
//! awake, so it lets go of a task that the provider has: callbacks, listeners and the cron tell it.
//!
//! Its memory ([`Desk`]) may be lost at any moment; the database is the queue.

mod check;
mod desk;
mod plan;
mod submit;

use futures_util::future::{Either, FutureExt, LocalBoxFuture, select};
use futures_util::stream::{FuturesUnordered, StreamExt};

use crate::domain::time::{MINUTE_MS, Millis, SECOND_MS};
use crate::ports::World;

pub use desk::Desk;

use check::FetchJob;

/// Longest run, behind the answer of a call or in an alarm. An invocation may make 1,000 queries:
/// at the global cap of 33 orders a minute and some 11 queries an order, 2 minutes are 726. Work
/// behind an answer is not repeated when the object dies; the cron's nudge begins it anew.
const RUN_MS_MAX: i64 = 2 * MINUTE_MS;
/// Up to this pause the Dispatcher stays awake; for a longer one it sets its alarm and lets go. An
/// alarm is billed as a row and a request, which is as much as 0.7 s awake.
const AWAKE_MS_MAX: i64 = SECOND_MS;
/// Shortest pause between two looks that nobody called for: what is overdue and cannot be begun yet
/// must not turn the Dispatcher into a loop that reads the database as fast as it answers.
const PAUSE_MS_MIN: i64 = 100;
/// Pause after the database did not answer.
const RETRY_MS: i64 = 2 * SECOND_MS;

/// What a job leaves to do.
enum Done {
    Nothing,
    /// The provider has a result: fetch it when there is room.
    Fetch(Box<FetchJob>),
}

type Job = LocalBoxFuture<'static, Done>;

/// Works until nothing is to be done for a while. Returns the moment of the next alarm, or `None`
/// when no order is live.
pub async fn run<W: World>(world: W, desk: Desk) -> Option<Millis> {
    let started_at = world.now();
    let mut jobs: FuturesUnordered<Job> = FuturesUnordered::new();
    loop {
        desk.clear_call();
        let over = world.now().since(started_at) >= RUN_MS_MAX;
        let next = match plan::plan(&world, &desk, &mut jobs, over).await {
            Ok(next) => next,
            Err(failure) => {
                plan::log_failure(&world, "dispatch_failed", &failure);
                Some(world.now().plus(RETRY_MS))
            }
        };
        let wait_ms = next.map(|at| at.since(world.now()).max(0));
        if jobs.is_empty() && !desk.is_called() {
            if over {
                return next;
            }
            match wait_ms {
                None => return None,
                Some(ms) if ms > AWAKE_MS_MAX => return next,
                Some(_) => {}
            }
        }
        let wait_ms = wait_ms.unwrap_or(AWAKE_MS_MAX).clamp(PAUSE_MS_MIN, AWAKE_MS_MAX);
        let pause = world.sleep(wait_ms);
        rest(&mut jobs, pause, &desk).await;
    }
}

/// Waits for the end of a job, of the pause, or for a call, whichever comes first.
async fn rest(jobs: &mut FuturesUnordered<Job>, pause: impl Future<Output = ()>, desk: &Desk) {
    let quiet = select(pause.boxed_local(), desk.called());
    if jobs.is_empty() {
        quiet.await;
        return;
    }
    if let Either::Left((Some(Done::Fetch(job)), _)) = select(jobs.next(), quiet).await {
        desk.want_fetch(*job);
    }
}
