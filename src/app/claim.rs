//! Signing in claims the anonymous orders of this browser.

use crate::domain::id::AnonSid;
use crate::domain::order::{Event, Order, Owner};
use crate::ports::{Level, LogLine, Row, World};
use crate::store::orders;

use super::Failure;
use super::advance::{perform, settle_all};
use super::visitor::visitor_hash;

/// Readings: each lost race is somebody else's change of an order, which is then claimed as it is.
const ROUNDS_MAX: usize = 5;
/// Orders whose files are moved while the sign-in waits. The sweep moves those of the others.
const MOVED_AT_ONCE: usize = 4;

/// The order of a row. One that nobody can read keeps nobody from signing in.
fn readable<W: World>(world: &W, row: &Row) -> Option<Order> {
    let order = orders::order(row);
    if let Err(corrupt) = &order {
        let line = LogLine::new(Level::Error, "order_not_claimed");
        world.log(&line.with("error", Failure::from(corrupt.clone()).log_text()));
    }
    order.ok()
}

/// Makes the orders of this cookie the account's, and nobody else's: those that are nobody's yet
/// and whose time is not over. At least so many were claimed. Repeating it is harmless.
pub async fn claim<W: World>(world: &W, sid: AnonSid, owner: Owner) -> Result<usize, Failure> {
    let visitor = visitor_hash(sid);
    let (mut claimed, mut to_do) = (0, vec![]);
    for _ in 0..ROUNDS_MAX {
        let rows = world.database(vec![orders::list_claimable(&visitor, world.now())]).await?;
        let found: Vec<Order> =
            rows.iter().flatten().filter_map(|row| readable(world, row)).collect();
        if found.is_empty() {
            break;
        }
        let steps = settle_all(world, found, &Event::Claimed(owner)).await?.written;
        claimed += steps.len();
        to_do.extend(steps);
    }
    for step in to_do.iter().filter(|step| !step.acts.is_empty()).take(MOVED_AT_ONCE) {
        perform(world, step).await;
    }
    Ok(claimed)
}
