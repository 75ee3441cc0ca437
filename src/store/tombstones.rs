//! What is left of a closed order.

use sha2::{Digest, Sha256};

use crate::domain::hex::hex;
use crate::domain::id::OrderId;
use crate::domain::order::Order;
use crate::domain::time::Millis;
use crate::ports::{Arg, Statement};

use super::{statement, text};

fn hash(id: OrderId) -> String {
    hex(&Sha256::digest(id.bytes()))
}

/// Leaves the tombstone of an order whose row the same batch deleted.
pub fn insert(order: &Order, now: Millis) -> Statement {
    statement(
        "INSERT INTO tombstones (closed_day, order_hash) SELECT ?1, ?2 \
         WHERE NOT EXISTS (SELECT 1 FROM orders WHERE id = ?3) \
         ON CONFLICT (closed_day, order_hash) DO NOTHING",
        vec![Arg::Int(now.day()), text(hash(order.id)), text(order.id.to_string())],
    )
}

/// Whether the order was closed within `tombstone_ms`; a row when it was. One seek for each day.
pub fn find(id: OrderId, now: Millis, tombstone_ms: i64) -> Statement {
    statement(
        "WITH RECURSIVE days (day) AS (SELECT ?2 UNION ALL SELECT day + 1 FROM days \
         WHERE day < ?3) SELECT closed_day FROM days JOIN tombstones \
         ON closed_day = day AND order_hash = ?1 LIMIT 1",
        vec![text(hash(id)), Arg::Int(now.plus(-tombstone_ms).day()), Arg::Int(now.day())],
    )
}

/// Deletes tombstones that are over.
pub fn purge(now: Millis, tombstone_ms: i64) -> Statement {
    statement(
        "DELETE FROM tombstones WHERE closed_day < ?1",
        vec![Arg::Int(now.plus(-tombstone_ms).day())],
    )
}
