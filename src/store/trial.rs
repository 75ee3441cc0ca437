//! The trial, counted on the visitor's orders, and what an account may order, counted on its own.
//! Only what an order that is gone has used has a row of its own.

use sha2::{Digest, Sha256};

use crate::domain::hex::hex;
use crate::domain::id::{AccountId, OrderId};
use crate::domain::order::Order;
use crate::domain::time::Millis;
use crate::ports::{Arg, Row, Statement};

use super::decode::{CorruptRow, int};
use super::{statement, text};

/// Most orders that one visitor has at a time, so that counting them stays a small reading. A
/// network may place 60 a day and an order is there for two days, so only who goes from network to
/// network to cancel his orders comes that far.
const ORDERS_MAX: usize = 200;

/// Whose orders are counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counted {
    /// Hash of the visitor, or of the account.
    pub visitor: String,
    /// The account. It keeps its orders, so those of the window are found by its own index.
    pub account: Option<AccountId>,
}

/// A visitor's orders and what those that are gone have used: `used_at`, and as `counts` whether
/// that counts against the trial. ?1 is the visitor, ?2 where the window begins, ?3 its period.
/// What an account has claimed and keeps is no longer one of the orders that a visitor has at a
/// time.
macro_rules! uses {
    (visitor) => {
        uses!("visitor = ?1 AND (account IS NULL OR created_at > ?2)")
    };
    // ?4 is the account, ?5 what comes after each id of an order that the window does not reach.
    (account) => {
        uses!("account = ?4 AND id >= ?5 AND visitor = ?1")
    };
    ($whose:literal) => {
        concat!(
            "WITH uses (used_at, counts) AS (SELECT created_at, given_back = 0 AND created_at > ?2 \
             FROM orders WHERE ",
            $whose,
            " UNION ALL SELECT used_at, used_at > ?2 FROM spent_tries \
             WHERE period IN (?3, ?3 + 1, ?3 + 2) AND visitor = ?1) "
        )
    };
}

/// Windows since the epoch. One that ends now lies in two periods; a clock that was set back finds
/// uses of a third one.
fn period(at: Millis, window_ms: i64) -> Arg {
    Arg::Int(at.0.div_euclid(window_ms.max(1)))
}

fn window(who: &Counted, now: Millis, window_ms: i64) -> Vec<Arg> {
    let begin = now.plus(-window_ms);
    let mut args = vec![text(&*who.visitor), Arg::Int(begin.0), period(begin, window_ms)];
    if let Some(id) = who.account {
        args.extend([text(id.to_string()), text(OrderId::first_text_of(begin))]);
    }
    args
}

/// Aborts the whole batch unless the visitor has a try left: a period of NULL violates a
/// constraint. A batch is a transaction and the database runs one at a time, so this is exact under
/// any number of parallel requests.
pub fn require(who: &Counted, now: Millis, limit: u32, window_ms: i64) -> Statement {
    let mut args = window(who, now, window_ms);
    args.push(Arg::Int(i64::from(limit)));
    args.push(Arg::Int(i64::try_from(ORDERS_MAX).unwrap_or(i64::MAX)));
    let sql = if who.account.is_some() {
        concat!(
            uses!(account),
            "INSERT INTO spent_tries (period, visitor, order_hash, used_at) SELECT NULL, ?1, '', \
             ?2 WHERE (SELECT total(counts) >= ?6 OR count(*) >= ?7 FROM uses)"
        )
    } else {
        concat!(
            uses!(visitor),
            "INSERT INTO spent_tries (period, visitor, order_hash, used_at) SELECT NULL, ?1, '', \
             ?2 WHERE (SELECT total(counts) >= ?4 OR count(*) >= ?5 FROM uses)"
        )
    };
    statement(sql, args)
}

/// A visitor's uses, for [`uses`].
pub fn list(who: &Counted, now: Millis, window_ms: i64) -> Statement {
    let sql = if who.account.is_some() {
        concat!(uses!(account), "SELECT used_at, counts FROM uses ORDER BY used_at")
    } else {
        concat!(uses!(visitor), "SELECT used_at, counts FROM uses ORDER BY used_at")
    };
    statement(sql, window(who, now, window_ms))
}

/// What counts of the rows of [`list`], the oldest first. Everything does for a visitor who has as
/// many orders as one may have.
pub fn uses(rows: &[Row]) -> Result<Vec<Millis>, CorruptRow> {
    let full = rows.len() >= ORDERS_MAX;
    let mut uses = vec![];
    for row in rows {
        if full || int(row, "counts")? != 0 {
            uses.push(Millis(int(row, "used_at")?));
        }
    }
    Ok(uses)
}

/// Notes what an order has used that closes before that stops counting. **Goes before the deletion
/// in its batch**: only there can it be told that this is the step which deletes it, so a closing
/// that is repeated counts nothing. Keeps a hash of the id, which is a private link.
pub fn keep(closed: &Order, window_ms: i64) -> Statement {
    let id = closed.id.to_string();
    statement(
        "INSERT INTO spent_tries (period, visitor, order_hash, used_at) SELECT ?1, ?2, ?3, ?4 \
         FROM orders WHERE id = ?5 AND version = ?6 - 1",
        vec![
            period(closed.created_at, window_ms),
            text(closed.visitor.clone().unwrap_or_default()),
            text(hex(&Sha256::digest(&id))),
            Arg::Int(closed.created_at.0),
            text(id),
            Arg::Int(closed.version),
        ],
    )
}

/// Forgets all that this visitor's orders which are gone have used.
pub fn forget(visitor: &str, now: Millis, window_ms: i64) -> Statement {
    statement(
        "DELETE FROM spent_tries WHERE period IN (?1, ?1 + 1, ?1 + 2) AND visitor = ?2",
        vec![period(now.plus(-window_ms), window_ms), text(visitor)],
    )
}

/// Deletes what stopped counting with a period before the window's.
pub fn purge(now: Millis, window_ms: i64) -> Statement {
    let first = period(now.plus(-window_ms), window_ms);
    statement("DELETE FROM spent_tries WHERE period < ?1", vec![first])
}
