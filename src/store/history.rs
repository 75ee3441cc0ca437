//! Orders as their owners see them together: by pages, by choice, and in the trash. Everything here
//! reads and writes the orders of one account alone.

use crate::domain::history::{Entry, Note};
use crate::domain::id::{AccountId, OrderId};
use crate::domain::order::{Image, Order, Role, State};
use crate::domain::time::Millis;
use crate::ports::{Arg, Row, Statement};

use super::decode::{CorruptRow, int, json, maybe_int, maybe_json, maybe_text, text};
use super::{maybe_int as arg_int, maybe_text as arg_text, statement, text as arg};

/// Most orders of a trash that are counted; it also stands for more.
pub const COUNTED_MAX: i64 = 10_000;

/// What an entry is decoded from. The output is the last of an order's pictures.
macro_rules! columns {
    () => {
        "id, state, options, label, starred, rating, preview, trashed_at, \
         json_extract(images, '$[#-1]') AS last_image"
    };
}

/// Entries with ids from `range.0` to before `range.1` that do not lie in the trash, the newest
/// first.
pub fn list(account: AccountId, range: &(String, String), most: usize) -> Statement {
    statement(
        concat!(
            "SELECT ",
            columns!(),
            " FROM orders INDEXED BY orders_shown WHERE account = ?1 AND id >= ?2 AND id < ?3 \
             AND trashed_at IS NULL AND expires_at IS NULL ORDER BY id DESC LIMIT ?4"
        ),
        page_args(account, range, most),
    )
}

/// The same of those that lie in the trash.
pub fn list_trash(account: AccountId, range: &(String, String), most: usize) -> Statement {
    statement(
        concat!(
            "SELECT ",
            columns!(),
            " FROM orders INDEXED BY orders_trash WHERE account = ?1 AND id >= ?2 AND id < ?3 \
             AND trashed_at IS NOT NULL AND expires_at IS NULL ORDER BY id DESC LIMIT ?4"
        ),
        page_args(account, range, most),
    )
}

fn page_args(account: AccountId, range: &(String, String), most: usize) -> Vec<Arg> {
    let (from, before) = range;
    vec![
        arg(account.to_string()),
        arg(from.as_str()),
        arg(before.as_str()),
        Arg::Int(i64::try_from(most).unwrap_or(i64::MAX)),
    ]
}

/// Those of these that can be shown: not in the trash, not being deleted.
pub fn list_chosen(account: AccountId, ids: &[OrderId]) -> Statement {
    statement(
        concat!(
            "SELECT ",
            columns!(),
            " FROM orders WHERE id IN (SELECT value FROM json_each(?2)) AND account = ?1 \
             AND trashed_at IS NULL AND expires_at IS NULL ORDER BY id DESC"
        ),
        vec![arg(account.to_string()), id_list(ids)],
    )
}

/// Whole orders out of these that are not being deleted.
pub fn find_chosen(account: AccountId, ids: &[OrderId]) -> Statement {
    statement(
        "SELECT * FROM orders WHERE id IN (SELECT value FROM json_each(?2)) AND account = ?1 \
         AND expires_at IS NULL",
        vec![arg(account.to_string()), id_list(ids)],
    )
}

/// Whole orders of the trash.
pub fn find_trash(account: AccountId, most: usize) -> Statement {
    statement(
        "SELECT * FROM orders INDEXED BY orders_trash WHERE account = ?1 \
         AND trashed_at IS NOT NULL AND expires_at IS NULL LIMIT ?2",
        vec![arg(account.to_string()), Arg::Int(i64::try_from(most).unwrap_or(i64::MAX))],
    )
}

/// How many orders lie in the trash, in column `orders`.
pub fn count_trash(account: AccountId) -> Statement {
    statement(
        "SELECT count(*) AS orders FROM (SELECT 1 FROM orders INDEXED BY orders_trash \
         WHERE account = ?1 AND trashed_at IS NOT NULL AND expires_at IS NULL LIMIT ?2)",
        vec![arg(account.to_string()), Arg::Int(COUNTED_MAX)],
    )
}

fn id_list(ids: &[OrderId]) -> Arg {
    let ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
    // Serialising texts cannot fail.
    arg(serde_json::to_string(&ids).unwrap_or_default())
}

/// Writes what its owner notes; returns the entry as it is then, if it is that account's. It is no
/// change of the order's own: nothing of that depends on it.
pub fn note(account: AccountId, id: OrderId, note: &Note) -> Statement {
    statement(
        concat!(
            "UPDATE orders SET label = iif(?3, ?4, label), starred = coalesce(?5, starred), \
             rating = iif(?6, ?7, rating) WHERE id = ?1 AND account = ?2 AND expires_at IS NULL \
             AND trashed_at IS NULL RETURNING ",
            columns!()
        ),
        vec![
            arg(id.to_string()),
            arg(account.to_string()),
            Arg::Int(i64::from(note.label.is_some())),
            arg_text(note.label.clone().flatten()),
            arg_int(note.starred.map(i64::from)),
            Arg::Int(i64::from(note.rating.is_some())),
            arg_int(note.rating.flatten().map(i64::from)),
        ],
    )
}

/// Names the preview of an order over this version of it; returns one row when it still was that.
/// It is the next version, so that whoever deletes the order meanwhile learns of the new file.
pub fn name_preview(order: &Order, preview: &Image) -> Statement {
    statement(
        "UPDATE orders SET preview = ?3, version = version + 1 WHERE id = ?1 AND version = ?2 \
         RETURNING version",
        vec![
            arg(order.id.to_string()),
            Arg::Int(order.version),
            // Serialising our own plain struct cannot fail.
            arg(serde_json::to_string(preview).unwrap_or_default()),
        ],
    )
}

/// One entry.
pub fn entry(row: &Row) -> Result<Entry, CorruptRow> {
    let last: Option<Image> = maybe_json(row, "last_image")?;
    Ok(Entry {
        id: OrderId::parse(text(row, "id")?).ok_or(CorruptRow("id"))?,
        state: State::parse(text(row, "state")?).ok_or(CorruptRow("state"))?,
        options: json(row, "options")?,
        label: maybe_text(row, "label")?.map(str::to_owned),
        starred: int(row, "starred")? != 0,
        rating: maybe_int(row, "rating")?
            .map(|rating| u8::try_from(rating).map_err(|_| CorruptRow("rating")))
            .transpose()?,
        preview: maybe_json(row, "preview")?,
        output: last.filter(|image| image.role == Role::Output),
        trashed_at: maybe_int(row, "trashed_at")?.map(Millis),
    })
}
