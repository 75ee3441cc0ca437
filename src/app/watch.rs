//! Watching an order: what a listener is told and when the telling ends.

use std::fmt;

use futures_util::future::{Either, FutureExt, LocalBoxFuture, select};

use crate::domain::id::{AccountId, OrderId};
use crate::domain::order::Order;
use crate::domain::refusal::Code;
use crate::domain::time::{Millis, SECOND_MS};
use crate::domain::view::{OrderView, Status};
use crate::ports::World;

use super::Failure;
use super::ask::ask;
use super::read::{describe, load};

/// Time between two looks at the order: one row read each.
const TICK_MS: i64 = SECOND_MS;
/// A stream ends by itself after this time and the client reconnects: nobody is told when a
/// listener is gone.
const STREAM_MS_MAX: i64 = 60 * SECOND_MS;
/// Looks that may fail in a row before the stream gives up.
const FAILURES_MAX: u32 = 5;

/// One listener. While it listens it asks the provider now and then: its time is not billed.
pub struct Watch {
    id: OrderId,
    who: Option<AccountId>,
    started_at: Millis,
    told: Option<(i64, Option<u32>)>,
    failures: u32,
    /// As the last look found it.
    order: Option<Order>,
    asking: Option<LocalBoxFuture<'static, ()>>,
}

impl fmt::Debug for Watch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Watch").field("started_at", &self.started_at).finish_non_exhaustive()
    }
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
    pub async fn begin<W: World>(
        world: &W,
        id: OrderId,
        who: Option<AccountId>,
    ) -> Result<(Self, Tick), Failure> {
        let now = world.now();
        let mut watch =
            Self { id, who, started_at: now, told: None, failures: 0, order: None, asking: None };
        let view = watch.look(world).await?;
        let tick = watch.tell(view);
        Ok((watch, tick))
    }

    /// Waits for [`TICK_MS`], then looks once.
    pub async fn tick<W: World>(&mut self, world: &W) -> Tick {
        self.pause(world).await;
        if world.now().since(self.started_at) >= STREAM_MS_MAX {
            return Tick::Over;
        }
        match self.look(world).await {
            Ok(view) => self.tell(view),
            Err(Failure::Refused(refusal)) if refusal.code == Code::Gone => Tick::Over,
            Err(_) => {
                self.failures += 1;
                if self.failures >= FAILURES_MAX { Tick::Over } else { Tick::Quiet }
            }
        }
    }

    /// The provider's answer may come meanwhile; a late one keeps no look waiting.
    async fn pause<W: World>(&mut self, world: &W) {
        self.begin_asking(world);
        let pause = world.sleep(TICK_MS);
        let Some(asking) = self.asking.take() else { return pause.await };
        match select(asking, pause.boxed_local()).await {
            Either::Left(((), pause)) => pause.await,
            Either::Right(((), asking)) => self.asking = Some(asking),
        }
    }

    async fn look<W: World>(&mut self, world: &W) -> Result<OrderView, Failure> {
        let order = load(world, self.id, self.who).await?;
        let view = describe(world, &order).await;
        self.order = Some(order);
        view
    }

    /// Only while somebody reads what the stream says: whoever is counted as asking must ask.
    fn begin_asking<W: World>(&mut self, world: &W) {
        let Some(order) = self.order.take().filter(|_| self.asking.is_none()) else { return };
        let (now, rules) = (world.now(), &world.config().rules);
        if world.with_asks(|asks| asks.admit(&order, rules, now)) {
            let world = world.clone();
            self.asking = Some(
                async move {
                    ask(&world, &order).await;
                }
                .boxed_local(),
            );
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
