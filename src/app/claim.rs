//! Signing in claims the anonymous orders of this browser.

use crate::domain::id::AnonSid;
use crate::domain::order::{Event, Order, Owner, Step, step};
use crate::ports::{DatabaseError, Level, LogLine, World};
use crate::store::orders;

use super::Failure;
use super::advance::{note, perform, statements};
use super::visitor::visitor_hash;

/// Readings: each lost race is somebody else's change of an order, which is then claimed as it is.
const ROUNDS_MAX: usize = 5;
/// Orders whose files are moved while the sign-in waits. The sweep moves those of the others.
const MOVED_AT_ONCE: usize = 4;

/// Makes the orders of this cookie the account's, and nobody else's: those that are nobody's yet
/// and whose time is not over. At least so many were claimed. Repeating it is harmless.
pub async fn claim<W: World>(world: &W, sid: AnonSid, owner: Owner) -> Result<usize, Failure> {
    let visitor = visitor_hash(sid);
    let (mut claimed, mut to_do) = (0, vec![]);
    for _ in 0..ROUNDS_MAX {
        let rows = world.database(vec![orders::list_claimable(&visitor, world.now())]).await?;
        let found = rows.iter().flatten().map(orders::order);
        let found: Vec<Order> = found.collect::<Result<_, _>>()?;
        if found.is_empty() {
            break;
        }
        let steps = claim_all(world, found, owner).await?;
        claimed += steps.len();
        to_do.extend(steps);
    }
    for step in to_do.iter().filter(|step| !step.acts.is_empty()).take(MOVED_AT_ONCE) {
        perform(world, step).await;
    }
    Ok(claimed)
}

/// One batch of compare-and-sets; the steps that were written.
async fn claim_all<W: World>(
    world: &W,
    found: Vec<Order>,
    owner: Owner,
) -> Result<Vec<Step>, Failure> {
    let (mut batch, mut steps) = (vec![], vec![]);
    for order in found {
        let next = step(&order, &Event::Claimed(owner), world.now(), &world.config().rules)?;
        if next.changed {
            batch.extend(statements(world, &order, &next));
            steps.push((order, next, batch.len()));
        }
    }
    if batch.is_empty() {
        return Ok(vec![]);
    }
    let rows = match world.database(batch).await {
        Ok(rows) => rows,
        // The next reading shows what was written.
        Err(DatabaseError::Transient(text)) => {
            world.log(&LogLine::new(Level::Warning, "commit_unknown").with("error", text));
            return Ok(vec![]);
        }
        Err(error) => return Err(error.into()),
    };
    let mut written = vec![];
    for (before, next, end) in steps {
        // The compare-and-set is the last statement of its order.
        if rows.get(end - 1).is_some_and(|rows| !rows.is_empty()) {
            note(world, &before, &next, &Event::Claimed(owner));
            written.push(next);
        }
    }
    Ok(written)
}
