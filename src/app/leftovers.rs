//! Files under `kept/` that no order names. A move copies first and commits afterwards, so who dies
//! between the two while the order is deleted for good leaves copies. Each hour's files are
//! compared with its rows once, when its moves have ended; what no row names is deleted.

use std::collections::BTreeSet;

use crate::domain::id::OrderId;
use crate::domain::order::{FileKey, LEFTOVER_MS, Order};
use crate::domain::time::{HOUR_MS, Millis};
use crate::ports::{Level, LogLine, World};
use crate::store::listings::{self, Place};
use crate::store::orders;

use super::Failure;

/// Under which name it is noted how far the comparison is.
const NAME: &str = "kept";
/// Listings of one hour's run, of 1,000 keys each. One does when nothing was missed; more when the
/// clock stood still, or when many orders were placed at once.
const LISTINGS_MAX: usize = 10;
/// Orders of one reading.
const READ_MAX: usize = 500;
/// Readings of an hour's orders: five times as many as are accepted in an hour.
const READINGS_MAX: usize = 20;
/// Keys of a whole listing.
const LISTED_MAX: usize = 1_000;

/// Goes on with the comparison; how many files were deleted. Safe to interrupt and to repeat.
pub async fn drop_leftovers<W: World>(world: &W, now: Millis) -> Result<usize, Failure> {
    let newest = u32::try_from(now.plus(-LEFTOVER_MS).0.div_euclid(HOUR_MS)).unwrap_or(0);
    let rows = world.database(vec![listings::find(NAME)]).await?;
    let begun = rows.iter().flatten().next().map(listings::place).transpose()?;
    let mut at = begun.unwrap_or(Place { hour: newest, after_key: String::new() });
    let mut dropped = 0;
    for _ in 0..LISTINGS_MAX {
        if at.hour > newest {
            break;
        }
        let prefix = FileKey::kept_prefix_of_hour(at.hour);
        let keys = world.list_files(&prefix, &at.after_key).await?;
        let last = keys.last().filter(|_| keys.len() >= LISTED_MAX).cloned();
        let next =
            last.map_or(Place { hour: at.hour + 1, after_key: String::new() }, |after_key| Place {
                after_key,
                ..at
            });
        dropped += drop_unnamed(world, at.hour, keys).await?;
        world.database(vec![listings::advance(NAME, &next)]).await?;
        at = next;
    }
    Ok(dropped)
}

async fn drop_unnamed<W: World>(
    world: &W,
    hour: u32,
    mut keys: Vec<String>,
) -> Result<usize, Failure> {
    if keys.is_empty() {
        return Ok(0);
    }
    // After the listing: a file of an order that is there now was named before it was stored.
    let Some(named) = named_keys(world, hour).await? else { return Ok(0) };
    keys.retain(|key| !named.contains(key));
    let dropped = keys.len();
    if dropped > 0 {
        world.delete_files(keys).await?;
    }
    Ok(dropped)
}

/// Where the files of the hour's orders lie, or will when they are moved. `None` when that of one
/// cannot be read: without all of them nothing may be deleted, and the other hours do not wait.
async fn named_keys<W: World>(world: &W, hour: u32) -> Result<Option<BTreeSet<String>>, Failure> {
    let (mut named, mut after): (BTreeSet<String>, Option<OrderId>) = (BTreeSet::new(), None);
    for _ in 0..READINGS_MAX {
        let rows = world.database(vec![orders::list_of_accounts(hour, after, READ_MAX)]).await?;
        let rows = rows.into_iter().next().unwrap_or_default();
        for row in &rows {
            let order: Order = match orders::order(row) {
                Ok(order) => order,
                Err(corrupt) => {
                    let line = LogLine::new(Level::Error, "hour_not_compared").with("hour", hour);
                    world.log(&line.with("error", Failure::from(corrupt).log_text()));
                    return Ok(None);
                }
            };
            named.extend(order.file_keys().iter().map(ToString::to_string));
            after = Some(order.id);
        }
        if rows.len() < READ_MAX {
            return Ok(Some(named));
        }
    }
    // Without all of them nothing may be deleted.
    Err(Failure::Broken("an hour has more orders than can be compared".to_owned()))
}
