//! The orders table.

use serde::Serialize;

use crate::domain::id::{AccountId, CallbackToken, OrderId};
use crate::domain::order::{Order, State};
use crate::domain::queue::Waiting;
use crate::domain::refusal::Code;
use crate::domain::time::{DAY_MS, HOUR_MS, Millis};
use crate::ports::{Arg, Row, Statement};

use super::decode::{CorruptRow, int, json, maybe_int, maybe_json, maybe_text, text};
use super::{maybe_int as arg_int, maybe_text as arg_text, statement, text as arg};

/// Most orders that one reading of the queue, of the tasks in flight or of the sweep returns.
pub const BATCH_ROWS_MAX: i64 = 100;

/// Most orders in flight that are read at once: the global cap is 33 a minute, and none is in
/// flight for longer than 15 minutes and its grace, so 600.
const IN_FLIGHT_ROWS_MAX: i64 = 1_000;

/// What ties an order to a repeated request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Idempotency {
    /// Hash of visitor and Idempotency-Key.
    pub key: String,
    /// Hash of the parsed request.
    pub fingerprint: String,
}

fn to_json<T: Serialize>(value: &T) -> Arg {
    // Serialising our own plain structs cannot fail; an empty text would violate json_valid.
    arg(serde_json::to_string(value).unwrap_or_default())
}

/// Inserts a placed order. A second order of the same idempotency key violates a constraint.
pub fn insert(order: &Order, idempotency: Option<&Idempotency>) -> Statement {
    statement(
        "INSERT INTO orders (id, version, state, visitor, idempotency, fingerprint, options, \
         prompt_version, model, images, metadata_removed, result_key, callback_token, tasks, \
         parked, created_at, expires_at, due_at, account, counted) VALUES (?1, ?2, ?3, ?4, ?5, \
         ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20)",
        vec![
            arg(order.id.to_string()),
            Arg::Int(order.version),
            arg(order.state.as_str()),
            arg_text(order.visitor.as_deref()),
            arg_text(idempotency.map(|one| one.key.as_str())),
            arg_text(idempotency.map(|one| one.fingerprint.as_str())),
            to_json(&order.options),
            Arg::Int(i64::from(order.prompt_version)),
            arg(order.model.as_str()),
            to_json(&order.images),
            to_json(&order.metadata_removed),
            to_json(&order.result_key),
            arg(order.callback_token.to_string()),
            Arg::Int(i64::from(order.tasks)),
            Arg::Int(i64::from(order.parked)),
            Arg::Int(order.created_at.0),
            arg_int(order.expires_at.map(|at| at.0)),
            arg_int(order.wake_at.map(|at| at.0)),
            account(order),
            Arg::Int(i64::from(order.counted)),
        ],
    )
}

fn account(order: &Order) -> Arg {
    order.account.map_or(Arg::Null, |id| arg(id.to_string()))
}

macro_rules! update {
    ($indexed:literal, $unless:literal) => {
        concat!(
            "UPDATE orders SET version = ?2, state = ?3, images = ?4, tasks = ?5, task_id = ?6, \
             credits_milli = ?7, parked = ?8, error = ?9, submitted_at = ?10, completed_at = ?11, \
             expires_at = ?12, problems = ?13, given_back = ?14, kept = ?15, result_key = ?16, \
             counted = ?17",
            $indexed,
            " WHERE id = ?1 AND version = ?2 - 1",
            $unless,
            " RETURNING version"
        )
    };
    ($indexed:literal) => {
        update!($indexed, "")
    };
}

/// Writes `next` over `before`, the version before it; returns one row when it was still that
/// version.
pub fn update(before: &Order, next: &Order) -> Statement {
    let mut args = vec![
        arg(next.id.to_string()),
        Arg::Int(next.version),
        arg(next.state.as_str()),
        to_json(&next.images),
        Arg::Int(i64::from(next.tasks)),
        arg_text(next.task_id.as_deref()),
        arg_int(next.credits_milli),
        Arg::Int(i64::from(next.parked)),
        arg_text(next.error.map(Code::as_str)),
        arg_int(next.submitted_at.map(|at| at.0)),
        arg_int(next.completed_at.map(|at| at.0)),
        arg_int(next.expires_at.map(|at| at.0)),
        next.problems.as_ref().map_or(Arg::Null, to_json),
        Arg::Int(i64::from(next.given_back)),
    ];
    args.extend([
        Arg::Int(i64::from(next.is_kept())),
        to_json(&next.result_key),
        Arg::Int(i64::from(next.counted)),
    ]);
    // An update that names a column writes the column's indexes, whether or not the value changes.
    let is_relisted = (before.account, before.trashed_at) != (next.account, next.trashed_at);
    let is_moved = moments(before) != moments(next);
    let trashed_at = arg_int(next.trashed_at.map(|at| at.0));
    args.extend([account(next), trashed_at].into_iter().filter(|_| is_relisted));
    args.extend(moments(next).into_iter().filter(|_| is_moved).map(arg_int));
    let starts = before.state == State::Placed && next.state == State::Submitting;
    if starts && before.account.is_some() {
        // From the commit of a restriction on nothing is begun, however late it came.
        let sql = update!(
            ", due_at = ?18, wake_at = ?19, keep_at = ?20",
            " AND NOT EXISTS (SELECT 1 FROM accounts WHERE accounts.id = orders.account \
             AND restricted_at IS NOT NULL)"
        );
        return statement(sql, args);
    }
    let sql = match (is_relisted, is_moved) {
        (false, false) => update!(""),
        (true, false) => update!(", account = ?18, trashed_at = ?19"),
        (false, true) => update!(", due_at = ?18, wake_at = ?19, keep_at = ?20"),
        (true, true) => {
            update!(", account = ?18, trashed_at = ?19, due_at = ?20, wake_at = ?21, keep_at = ?22")
        }
    };
    statement(sql, args)
}

/// The columns `due_at`, `wake_at` and `keep_at`, of which an order has one at most.
fn moments(order: &Order) -> [Option<i64>; 3] {
    let at = order.wake_at.map(|at| at.0);
    match order.state {
        State::Placed => [at, None, None],
        State::Submitting | State::Submitted => [None, at, None],
        State::Delivered | State::Failed | State::Canceled | State::Closed => {
            // A deletion that was begun has the moment of the others that must be woken.
            if order.expires_at == Some(Millis(0)) { [None, at, None] } else { [None, None, at] }
        }
    }
}

/// Removes a closed order over the version before it; returns one row when it was still there.
pub fn delete(next: &Order) -> Statement {
    statement(
        "DELETE FROM orders WHERE id = ?1 AND version = ?2 - 1 RETURNING version",
        vec![arg(next.id.to_string()), Arg::Int(next.version)],
    )
}

/// One order by id.
pub fn find(id: OrderId) -> Statement {
    statement("SELECT * FROM orders WHERE id = ?1", vec![arg(id.to_string())])
}

/// One order of an account, for [`order`] and [`account_due_at`]: two rows, each by its key.
pub fn find_of_account(id: OrderId) -> Statement {
    statement(
        "SELECT orders.*, deletion_due_at FROM orders JOIN accounts ON accounts.id = account \
         WHERE orders.id = ?1",
        vec![arg(id.to_string())],
    )
}

/// When the deletion of the order's account is due.
pub fn account_due_at(row: &Row) -> Result<Option<Millis>, CorruptRow> {
    Ok(maybe_int(row, "deletion_due_at")?.map(Millis))
}

/// The order that a repeated request of this visitor made, with its fingerprint.
pub fn find_by_idempotency(visitor: &str, key: &str) -> Statement {
    statement(
        "SELECT * FROM orders WHERE visitor = ?1 AND idempotency = ?2",
        vec![arg(visitor), arg(key)],
    )
}

/// Placed orders that are due, oldest wake-up first.
pub fn list_due(now: Millis) -> Statement {
    statement(
        "SELECT * FROM orders WHERE due_at <= ?1 ORDER BY due_at LIMIT ?2",
        vec![Arg::Int(now.0), Arg::Int(BATCH_ROWS_MAX)],
    )
}

/// The earliest wake-up of a placed order, in column `due_at`.
pub fn find_next_due() -> Statement {
    statement("SELECT due_at FROM orders WHERE due_at > 0 ORDER BY due_at LIMIT 1", vec![])
}

/// Orders that the provider has or may have, by wake-up.
pub fn list_in_flight() -> Statement {
    statement(
        "SELECT * FROM orders WHERE wake_at > 0 ORDER BY wake_at LIMIT ?1",
        vec![Arg::Int(IN_FLIGHT_ROWS_MAX)],
    )
}

/// Orders whose wake-up has come and that no Dispatcher acts on: deletions that were begun, lost
/// answers, deadlines.
pub fn list_overdue(now: Millis) -> Statement {
    statement(
        "SELECT * FROM orders WHERE wake_at <= ?1 ORDER BY wake_at LIMIT ?2",
        vec![Arg::Int(now.0), Arg::Int(BATCH_ROWS_MAX)],
    )
}

/// How long the time of an order may be over until the sweep of its minute no longer sees it; that
/// of an hour's first minute does. What lies between is read, and with it what accounts keep.
const EXPIRED_MS: i64 = 6 * HOUR_MS;
/// The same for that of an hour's first minute: a cron that stood still for so long misses none.
const EXPIRED_LONG_MS: i64 = 30 * DAY_MS;

/// Orders whose time is over and that have no wake-up of their own: those that ended, and those
/// that the provider never took. Every anonymous one is placed for `retention_ms`, so that of what
/// is read hardly anything but an account's is not returned. `long` looks further back.
pub fn list_expired(now: Millis, retention_ms: i64, long: bool) -> Statement {
    let placed_before = now.plus(1 - retention_ms);
    let placed_from = placed_before.plus(if long { -EXPIRED_LONG_MS } else { -EXPIRED_MS });
    statement(
        "SELECT * FROM orders WHERE id >= ?1 AND id < ?2 AND expires_at <= ?3 \
         AND wake_at IS NULL ORDER BY id LIMIT ?4",
        vec![
            arg(OrderId::first_text_of(placed_from)),
            arg(OrderId::first_text_of(placed_before)),
            Arg::Int(now.0),
            Arg::Int(BATCH_ROWS_MAX),
        ],
    )
}

/// Ended orders of accounts about which something must be done: those whose files are to be moved,
/// then those that have lain in the trash long enough, each with the oldest first. As one range of
/// the index, since each minute reads it.
pub fn list_keep_due(now: Millis, most: usize) -> Statement {
    statement(
        "SELECT * FROM orders WHERE (kept, keep_at) <= (1, ?1) AND keep_at <= ?1 \
         ORDER BY kept, keep_at LIMIT ?2",
        vec![Arg::Int(now.0), Arg::Int(i64::try_from(most).unwrap_or(i64::MAX))],
    )
}

/// Of these only those that have lain in the trash long enough.
pub fn list_trash_over(now: Millis, most: usize) -> Statement {
    statement(
        "SELECT * FROM orders WHERE kept = 1 AND keep_at <= ?1 ORDER BY keep_at LIMIT ?2",
        vec![Arg::Int(now.0), Arg::Int(i64::try_from(most).unwrap_or(i64::MAX))],
    )
}

/// Whether a row's files lie where an account keeps them.
pub fn is_kept(row: &Row) -> Result<bool, CorruptRow> {
    Ok(int(row, "kept")? != 0)
}

/// Orders of accounts that were placed in this hour and whose files are not moved.
pub fn list_unmoved(hour: u32) -> Statement {
    let begin = Millis(i64::from(hour) * HOUR_MS);
    statement(
        "SELECT * FROM orders WHERE id >= ?1 AND id < ?2 AND account IS NOT NULL AND kept = 0",
        vec![arg(OrderId::first_text_of(begin)), arg(OrderId::first_text_of(begin.plus(HOUR_MS)))],
    )
}

/// Orders of accounts that were placed in this hour, those after this one, in order.
pub fn list_of_accounts(hour: u32, after: Option<OrderId>, most: usize) -> Statement {
    let begin = Millis(i64::from(hour) * HOUR_MS);
    let after = after.map_or_else(|| OrderId::first_text_of(begin), |id| id.to_string());
    statement(
        "SELECT * FROM orders WHERE id > ?1 AND id < ?2 AND account IS NOT NULL \
         ORDER BY id LIMIT ?3",
        vec![
            arg(after),
            arg(OrderId::first_text_of(begin.plus(HOUR_MS))),
            Arg::Int(i64::try_from(most).unwrap_or(i64::MAX)),
        ],
    )
}

/// Orders of accounts that wait in the queue and were placed so long ago. Reads the whole queue,
/// which is long only while the provider takes no work.
pub fn list_waiting_since(placed_before: Millis) -> Statement {
    statement(
        "SELECT * FROM orders WHERE due_at > 0 AND account IS NOT NULL AND id < ?1 \
         ORDER BY due_at LIMIT ?2",
        vec![arg(OrderId::first_text_of(placed_before)), Arg::Int(BATCH_ROWS_MAX)],
    )
}

/// Orders of an account that wait in the queue. None is older than `placed_from` and still waits.
pub fn list_waiting_of(account: AccountId, placed_from: Millis) -> Statement {
    statement(
        "SELECT * FROM orders WHERE account = ?1 AND id >= ?2 AND state = 'placed' \
         ORDER BY id LIMIT ?3",
        vec![
            arg(account.to_string()),
            arg(OrderId::first_text_of(placed_from)),
            Arg::Int(BATCH_ROWS_MAX),
        ],
    )
}

/// A visitor's orders that are nobody's yet and whose time is not over.
pub fn list_claimable(visitor: &str, now: Millis) -> Statement {
    statement(
        "SELECT * FROM orders WHERE visitor = ?1 AND account IS NULL AND expires_at > ?2 LIMIT ?3",
        vec![arg(visitor), Arg::Int(now.0), Arg::Int(BATCH_ROWS_MAX)],
    )
}

/// One row when an order is in the queue.
pub fn find_waiting() -> Statement {
    statement("SELECT 1 AS waiting FROM orders WHERE due_at > 0 LIMIT 1", vec![])
}

/// The queue as [`waiting`] reads it.
pub fn list_waiting() -> Statement {
    statement(
        "SELECT id, visitor, created_at FROM orders WHERE due_at > 0 ORDER BY due_at LIMIT ?1",
        vec![Arg::Int(BATCH_ROWS_MAX)],
    )
}

/// Most orders that the status counts in the queue, and most at the provider.
pub const COUNTED_MAX: i64 = 500;

/// How many orders are in the queue, in column `orders`; [`COUNTED_MAX`] also stands for more.
pub fn count_waiting() -> Statement {
    statement(
        "SELECT count(*) AS orders FROM (SELECT 1 FROM orders WHERE due_at > 0 LIMIT ?1)",
        vec![Arg::Int(COUNTED_MAX)],
    )
}

/// The same for those that the provider has or may have.
pub fn count_in_flight() -> Statement {
    statement(
        "SELECT count(*) AS orders FROM (SELECT 1 FROM orders WHERE wake_at > 0 LIMIT ?1)",
        vec![Arg::Int(COUNTED_MAX)],
    )
}

/// Whose orders the provider has or may have, in column `visitor`: turns that were taken.
pub fn list_taken() -> Statement {
    statement(
        "SELECT visitor FROM orders WHERE wake_at > 0 AND visitor IS NOT NULL LIMIT ?1",
        vec![Arg::Int(BATCH_ROWS_MAX * 4)],
    )
}

/// One order of the queue.
pub fn waiting(row: &Row) -> Result<Waiting, CorruptRow> {
    Ok(Waiting {
        id: order_id(row)?,
        visitor: maybe_text(row, "visitor")?.map(str::to_owned),
        created_at: Millis(int(row, "created_at")?),
    })
}

/// The fingerprint of the request that made the order.
pub fn fingerprint(row: &Row) -> Result<Option<&str>, CorruptRow> {
    maybe_text(row, "fingerprint")
}

/// One whole order.
pub fn order(row: &Row) -> Result<Order, CorruptRow> {
    let millis = |column| Ok(maybe_int(row, column)?.map(Millis));
    let error = maybe_text(row, "error")?
        .map(|name| Code::ALL.into_iter().find(|code| code.as_str() == name))
        .map(|code| code.ok_or(CorruptRow("error")))
        .transpose()?;
    Ok(Order {
        id: order_id(row)?,
        version: int(row, "version")?,
        state: State::parse(text(row, "state")?).ok_or(CorruptRow("state"))?,
        visitor: maybe_text(row, "visitor")?.map(str::to_owned),
        account: maybe_text(row, "account")?
            .map(|id| AccountId::parse(id).ok_or(CorruptRow("account")))
            .transpose()?,
        counted: int(row, "counted")? != 0,
        trashed_at: millis("trashed_at")?,
        preview: maybe_json(row, "preview")?,
        options: json(row, "options")?,
        prompt_version: small(row, "prompt_version")?,
        model: text(row, "model")?.to_owned(),
        images: json(row, "images")?,
        metadata_removed: json(row, "metadata_removed")?,
        result_key: json(row, "result_key")?,
        callback_token: CallbackToken::parse(text(row, "callback_token")?)
            .ok_or(CorruptRow("callback_token"))?,
        tasks: small(row, "tasks")?,
        task_id: maybe_text(row, "task_id")?.map(str::to_owned),
        credits_milli: maybe_int(row, "credits_milli")?,
        parked: int(row, "parked")? != 0,
        error,
        problems: maybe_json(row, "problems")?,
        given_back: int(row, "given_back")? != 0,
        created_at: Millis(int(row, "created_at")?),
        submitted_at: millis("submitted_at")?,
        completed_at: millis("completed_at")?,
        expires_at: millis("expires_at")?,
        wake_at: millis("due_at")?.or(millis("wake_at")?).or(millis("keep_at")?),
    })
}

fn order_id(row: &Row) -> Result<OrderId, CorruptRow> {
    OrderId::parse(text(row, "id")?).ok_or(CorruptRow("id"))
}

fn small<T: TryFrom<i64>>(row: &Row, column: &'static str) -> Result<T, CorruptRow> {
    T::try_from(int(row, column)?).map_err(|_| CorruptRow(column))
}
