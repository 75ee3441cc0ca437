//! What a visitor does to an order that exists: cancel it, delete it, report its picture. `who` is
//! the account that asks, if one is signed in.

use crate::domain::id::{AccountId, OrderId};
use crate::domain::order::{Event, Order, gone};
use crate::domain::problem::Problem;
use crate::ports::World;

use super::Failure;
use super::advance::advance_loaded;
use super::read::load;

/// Stops an order: nothing is sent to the provider any more, or the result is thrown away.
pub async fn cancel<W: World>(
    world: &W,
    id: OrderId,
    who: Option<AccountId>,
) -> Result<Order, Failure> {
    let order = load(world, id, who).await?;
    // It was there a moment ago: somebody has deleted it since.
    advance_loaded(world, order, &Event::CancelRequested).await?.ok_or_else(|| gone().into())
}

/// Deletes an anonymous order with everything that belongs to it, and puts an account's into the
/// trash. It is unreadable when this returns; should deleting the files fail, the sweep goes on
/// with it. Whether it lies in the trash.
pub async fn delete<W: World>(
    world: &W,
    id: OrderId,
    who: Option<AccountId>,
) -> Result<bool, Failure> {
    let order = load(world, id, who).await?;
    let left = advance_loaded(world, order, &Event::DeleteRequested).await?;
    Ok(left.is_some_and(|order| order.trashed_at.is_some()))
}

/// Notes what is wrong with the picture, once: another report changes nothing and succeeds.
pub async fn report<W: World>(
    world: &W,
    id: OrderId,
    who: Option<AccountId>,
    problems: Vec<Problem>,
) -> Result<(), Failure> {
    let order = load(world, id, who).await?;
    let event = Event::ProblemsReported(problems);
    match advance_loaded(world, order, &event).await? {
        Some(order) if order.problems.is_some() => Ok(()),
        // Its time ran out, or somebody has deleted it, since it was loaded.
        Some(_) | None => Err(gone().into()),
    }
}
