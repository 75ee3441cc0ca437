//! Uses of the anonymous trial.

use sha2::{Digest, Sha256};

use crate::domain::hex::hex;
use crate::domain::order::Order;
use crate::domain::time::Millis;
use crate::ports::{Arg, Statement};

use super::{statement, text};

/// A use may outlive its order by a day; it must not keep the order's private link.
fn order_hash(order_id: &str) -> String {
    hex(&Sha256::digest(order_id))
}

/// Takes one free slot for the order. Without a free slot `slot` is NULL, which violates a
/// constraint and aborts the whole batch: exact under any number of parallel requests. Which free
/// slot it is does not matter, so nothing is sorted: the search ends at the first.
pub fn take(
    visitor: &str,
    order_id: &str,
    now: Millis,
    orders_max: u32,
    window_ms: i64,
) -> Statement {
    statement(
        "INSERT INTO trial_uses (visitor, slot, order_hash, used_at) VALUES (?1, \
         (WITH RECURSIVE slots (slot) AS (SELECT 0 UNION ALL SELECT slot + 1 FROM slots \
         WHERE slot + 1 < ?4) SELECT slot FROM slots WHERE NOT EXISTS (SELECT 1 FROM trial_uses \
         WHERE visitor = ?1 AND trial_uses.slot = slots.slot AND used_at > ?5) \
         LIMIT 1), ?2, ?3) \
         ON CONFLICT (visitor, slot) DO UPDATE SET order_hash = ?2, used_at = ?3",
        vec![
            text(visitor),
            text(order_hash(order_id)),
            Arg::Int(now.0),
            Arg::Int(i64::from(orders_max)),
            Arg::Int(now.plus(-window_ms).0),
        ],
    )
}

/// Gives the try of an order back, if the order did end as `next` says.
pub fn give_back(next: &Order) -> Statement {
    statement(
        "DELETE FROM trial_uses WHERE visitor = ?1 AND order_hash = ?2 AND EXISTS \
         (SELECT 1 FROM orders WHERE id = ?3 AND version = ?4 AND state = ?5)",
        vec![
            text(next.visitor.clone().unwrap_or_default()),
            text(order_hash(&next.id.to_string())),
            text(next.id.to_string()),
            Arg::Int(next.version),
            text(next.state.as_str()),
        ],
    )
}

/// Uses of a visitor in the window, in column `used_at`, oldest first.
pub fn list(visitor: &str, now: Millis, window_ms: i64) -> Statement {
    statement(
        "SELECT used_at FROM trial_uses WHERE visitor = ?1 AND used_at > ?2 ORDER BY used_at",
        vec![text(visitor), Arg::Int(now.plus(-window_ms).0)],
    )
}

/// Minutes of a day: the purge visits each slice of the visitors' hashes once a day, so that no
/// index on the time has to be written for every order.
const SLICES: i64 = 24 * 60;
/// Slices that were due before and are visited again.
const SLICES_AGAIN: i64 = 60;

/// Deletes uses whose window is over, in this minute's slice of the hashes.
pub fn purge(now: Millis, window_ms: i64) -> Statement {
    let slice = now.seconds().div_euclid(60).rem_euclid(SLICES);
    let bound = |index: i64| format!("{:04x}", index * 0x1_0000 / SLICES);
    // The last hour's slices once more: a cron may have missed a minute.
    let begin = (slice - SLICES_AGAIN).max(0);
    let end = if slice + 1 == SLICES { "g".to_owned() } else { bound(slice + 1) };
    statement(
        "DELETE FROM trial_uses WHERE visitor >= ?1 AND visitor < ?2 AND used_at <= ?3",
        vec![text(bound(begin)), text(end), Arg::Int(now.plus(-window_ms).0)],
    )
}
