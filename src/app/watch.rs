//! Watching an order: what a listener is told and when the telling ends.

use crate::domain::id::OrderId;
use crate::domain::refusal::Code;
use crate::domain::time::{Millis, SECOND_MS};
use crate::domain::view::{OrderView, Status};
use crate::ports::World;

use super::Failure;
use super::read::read;

/// Time between two looks at the order: one row read each.
pub const TICK_MS: i64 = SECOND_MS;
/// A stream ends by itself after this time and the client reconnects: a dropped one is never told,
/// and each leaks a little memory.
pub const STREAM_MS_MAX: i64 = 60 * SECOND_MS;
/// Looks that may fail in a row before the stream gives up.
const FAILURES_MAX: u32 = 5;

/// One listener.
#[derive(Clone, Debug)]
pub struct Watch {
    id: OrderId,
    started_at: Millis,
    told: Option<(i64, Option<u32>)>,
    failures: u32,
}

/// What a look brought.
#[derive(Clone, Debug, PartialEq)]
pub enum Tick {
    /// The order has changed; `last` when nothing can follow.
    Changed {
        /// The order.
        view: Box<OrderView>,
        /// Whether the stream ends here.
        last: bool,
    },
    /// Nothing new.
    Quiet,
    /// The stream ends without a word.
    Over,
}

impl Watch {
    /// Begins with a first look, which fails as any reading does.
    pub async fn begin<W: World>(world: &W, id: OrderId) -> Result<(Self, Tick), Failure> {
        let mut watch = Self { id, started_at: world.now(), told: None, failures: 0 };
        let tick = watch.tell(read(world, id).await?);
        Ok((watch, tick))
    }

    /// Looks once.
    pub async fn tick<W: World>(&mut self, world: &W) -> Tick {
        if world.now().since(self.started_at) >= STREAM_MS_MAX {
            return Tick::Over;
        }
        match read(world, self.id).await {
            Ok(view) => self.tell(view),
            Err(Failure::Refused(refusal)) if refusal.code == Code::Gone => Tick::Over,
            Err(_) => {
                self.failures += 1;
                if self.failures >= FAILURES_MAX { Tick::Over } else { Tick::Quiet }
            }
        }
    }

    fn tell(&mut self, view: OrderView) -> Tick {
        self.failures = 0;
        let news = Some((view.status_sequence, view.queue_position));
        if self.told == news {
            return Tick::Quiet;
        }
        self.told = news;
        let last = match view.status {
            Status::Queued | Status::Processing => false,
            Status::Completed | Status::Failed | Status::Canceled | Status::Expired => true,
        };
        Tick::Changed { view: Box::new(view), last }
    }
}
