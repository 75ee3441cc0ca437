//! The exports table.

use crate::domain::export::{EXPORTS_A_DAY, Export, Reason, State};
use crate::domain::id::{AccountId, ExportId};
use crate::domain::time::{DAY_MS, Millis};
use crate::ports::{Arg, Row, Statement};

use super::decode::{CorruptRow, int, json, maybe_int, maybe_text as read_maybe, text as read};
use super::{maybe_int as arg_int, maybe_text, statement, text};

/// Most exports of one account that are read at once: three a day, each told of for some 38 days.
const LIST_ROWS_MAX: i64 = 150;
/// Most due exports of one sweep.
const DUE_ROWS_MAX: i64 = 50;

/// Notes a requested export and returns its id, unless one is being made already or the day's
/// number is used.
pub fn request(export: &Export) -> Statement {
    statement(
        "INSERT INTO exports (account, id, state, progress, requested_at, wake_at) \
         SELECT ?1, ?2, ?3, ?4, ?5, ?6 \
         WHERE NOT EXISTS (SELECT 1 FROM exports WHERE account = ?1 \
         AND state IN ('queued', 'building')) \
         AND (SELECT count(*) FROM exports WHERE account = ?1 AND requested_at > ?7) < ?8 \
         RETURNING id",
        vec![
            text(export.account.to_string()),
            text(export.id.to_string()),
            text(export.state.as_str()),
            text(to_json(&export.progress)),
            Arg::Int(export.requested_at.0),
            arg_int(export.wake_at.map(|at| at.0)),
            Arg::Int(export.requested_at.plus(-DAY_MS).0),
            Arg::Int(i64::from(EXPORTS_A_DAY)),
        ],
    )
}

/// Writes the export over the row that `before` was read from, whose id it returns; nothing when
/// somebody else has changed it meanwhile.
pub fn update(before: &Export, after: &Export) -> Statement {
    statement(
        "UPDATE exports SET state = ?4, reason = ?5, parts = ?6, progress = ?7, finished_at = ?8, \
         expires_at = ?9, wake_at = ?10 WHERE account = ?1 AND id = ?2 \
         AND progress ->> '$.version' = ?3 RETURNING id",
        vec![
            text(before.account.to_string()),
            text(before.id.to_string()),
            Arg::Int(before.progress.version),
            text(after.state.as_str()),
            maybe_text(after.reason.map(Reason::as_str)),
            text(to_json(&after.parts)),
            text(to_json(&after.progress)),
            arg_int(after.finished_at.map(|at| at.0)),
            arg_int(after.expires_at.map(|at| at.0)),
            arg_int(after.wake_at.map(|at| at.0)),
        ],
    )
}

/// Removes the row that the export was read from.
pub fn delete(export: &Export) -> Statement {
    statement(
        "DELETE FROM exports WHERE account = ?1 AND id = ?2 AND progress ->> '$.version' = ?3 \
         RETURNING id",
        vec![
            text(export.account.to_string()),
            text(export.id.to_string()),
            Arg::Int(export.progress.version),
        ],
    )
}

/// The exports of an account, the one that was requested last first.
pub fn list(account: AccountId) -> Statement {
    statement(
        "SELECT * FROM exports WHERE account = ?1 ORDER BY requested_at DESC LIMIT ?2",
        vec![text(account.to_string()), Arg::Int(LIST_ROWS_MAX)],
    )
}

/// One export of an account.
pub fn find(account: AccountId, id: ExportId) -> Statement {
    statement(
        "SELECT * FROM exports WHERE account = ?1 AND id = ?2",
        vec![text(account.to_string()), text(id.to_string())],
    )
}

/// The export of an account that is being made.
pub fn find_live(account: AccountId) -> Statement {
    statement(
        "SELECT * FROM exports WHERE account = ?1 AND state IN ('queued', 'building') LIMIT 1",
        vec![text(account.to_string())],
    )
}

/// Exports whose moment has come.
pub fn list_due(now: Millis) -> Statement {
    statement(
        "SELECT * FROM exports WHERE wake_at <= ?1 ORDER BY wake_at LIMIT ?2",
        vec![Arg::Int(now.0), Arg::Int(DUE_ROWS_MAX)],
    )
}

/// One export.
pub fn export(row: &Row) -> Result<Export, CorruptRow> {
    let millis = |column| Ok(maybe_int(row, column)?.map(Millis));
    let reason = read_maybe(row, "reason")?;
    Ok(Export {
        account: AccountId::parse(read(row, "account")?).ok_or(CorruptRow("account"))?,
        id: ExportId::parse(read(row, "id")?).ok_or(CorruptRow("id"))?,
        state: State::parse(read(row, "state")?).ok_or(CorruptRow("state"))?,
        reason: reason.map(|name| Reason::parse(name).ok_or(CorruptRow("reason"))).transpose()?,
        parts: json(row, "parts")?,
        progress: json(row, "progress")?,
        requested_at: Millis(int(row, "requested_at")?),
        finished_at: millis("finished_at")?,
        expires_at: millis("expires_at")?,
        wake_at: millis("wake_at")?,
    })
}

fn to_json<T: serde::Serialize>(value: &T) -> String {
    // Serialising our own plain structs cannot fail; an empty text would violate json_valid.
    serde_json::to_string(value).unwrap_or_default()
}
