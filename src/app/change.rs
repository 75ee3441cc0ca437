//! What a visitor does to an order that exists: cancel it, delete it.

use crate::domain::id::OrderId;
use crate::domain::order::{Event, Order, gone};
use crate::domain::problem::Problem;
use crate::ports::World;

use super::Failure;
use super::advance::advance_loaded;
use super::read::load;

/// Stops an order: nothing is sent to the provider any more, or the result is thrown away.
pub async fn cancel<W: World>(world: &W, id: OrderId) -> Result<Order, Failure> {
    let order = load(world, id).await?;
    // It was there a moment ago: somebody has deleted it since.
    advance_loaded(world, order, &Event::CancelRequested).await?.ok_or_else(|| gone().into())
}

/// Deletes an anonymous order with everything that belongs to it. It is unreadable when this
/// returns; should deleting the files fail, the sweep goes on with it.
pub async fn delete<W: World>(world: &W, id: OrderId) -> Result<(), Failure> {
    let order = load(world, id).await?;
    advance_loaded(world, order, &Event::DeleteRequested).await?;
    Ok(())
}

/// Notes what is wrong with the picture, once: another report changes nothing and succeeds.
pub async fn report<W: World>(
    world: &W,
    id: OrderId,
    problems: Vec<Problem>,
) -> Result<(), Failure> {
    let order = load(world, id).await?;
    let event = Event::ProblemsReported(problems);
    match advance_loaded(world, order, &event).await? {
        Some(order) if order.problems.is_some() => Ok(()),
        // Its time ran out, or somebody has deleted it, since it was loaded.
        Some(_) | None => Err(gone().into()),
    }
}
