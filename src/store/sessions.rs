//! The sessions table, and the sign-ins that lead to a row of it.

use crate::domain::id::{AccountId, SessionId};
use crate::domain::session::Session;
use crate::domain::time::{MINUTE_MS, Millis};
use crate::ports::{Arg, Row, Statement};

use super::decode::{CorruptRow, int, maybe_int as read_maybe_int, text as read_text};
use super::{maybe_int, statement, text};

/// Most sessions of one account; the one that was used longest ago makes room for a new one.
pub const SESSIONS_MAX: i64 = 50;

/// Sessions that are removed at once because they are over. They end some an hour, not all in one.
const OVER_MAX: i64 = 500;

/// The session of this token with its account, as [`session`] and `accounts::account` read it.
pub fn find(token_hash: &str) -> Statement {
    statement(
        "SELECT sessions.id AS session, device, signed_in_at, proved_at, used_at, accounts.* \
         FROM sessions JOIN accounts ON accounts.id = sessions.account WHERE token_hash = ?1",
        vec![text(token_hash)],
    )
}

/// Notes a session that begins.
pub fn insert(token_hash: &str, account: AccountId, session: &Session) -> Statement {
    statement(
        "INSERT INTO sessions (token_hash, account, id, device, signed_in_at, used_at, proved_at) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        vec![
            text(token_hash),
            text(account.to_string()),
            text(session.id.to_string()),
            text(session.device.as_str()),
            Arg::Int(session.signed_in_at.0),
            Arg::Int(session.used_at.0),
            maybe_int(session.proved_at.map(|at| at.0)),
        ],
    )
}

/// Removes what is over the limit, the one that was used longest ago first.
pub fn drop_most(account: AccountId) -> Statement {
    statement(
        "DELETE FROM sessions WHERE token_hash IN (SELECT token_hash FROM sessions \
         WHERE account = ?1 ORDER BY used_at DESC LIMIT -1 OFFSET ?2)",
        vec![text(account.to_string()), Arg::Int(SESSIONS_MAX)],
    )
}

/// Notes a use.
pub fn touch(token_hash: &str, now: Millis) -> Statement {
    statement(
        "UPDATE sessions SET used_at = ?2 WHERE token_hash = ?1 AND used_at < ?2",
        vec![text(token_hash), Arg::Int(now.0)],
    )
}

/// The sessions of an account, the one that was used last first.
pub fn list(account: AccountId) -> Statement {
    statement(
        "SELECT id AS session, device, signed_in_at, proved_at, used_at FROM sessions \
         WHERE account = ?1 ORDER BY used_at DESC LIMIT ?2",
        vec![text(account.to_string()), Arg::Int(SESSIONS_MAX)],
    )
}

/// Ends the session of this token.
pub fn end(token_hash: &str) -> Statement {
    statement("DELETE FROM sessions WHERE token_hash = ?1", vec![text(token_hash)])
}

/// Ends one session of an account; returns a row when there was one.
pub fn end_one(account: AccountId, session: SessionId) -> Statement {
    statement(
        "DELETE FROM sessions WHERE account = ?1 AND id = ?2 RETURNING id",
        vec![text(account.to_string()), text(session.to_string())],
    )
}

/// Ends every session of an account but this one.
pub fn end_others(account: AccountId, session: SessionId) -> Statement {
    statement(
        "DELETE FROM sessions WHERE account = ?1 AND id <> ?2",
        vec![text(account.to_string()), text(session.to_string())],
    )
}

/// One session.
pub fn session(row: &Row) -> Result<Session, CorruptRow> {
    Ok(Session {
        id: SessionId::parse(read_text(row, "session")?).ok_or(CorruptRow("session"))?,
        device: read_text(row, "device")?.to_owned(),
        signed_in_at: Millis(int(row, "signed_in_at")?),
        proved_at: read_maybe_int(row, "proved_at")?.map(Millis),
        used_at: Millis(int(row, "used_at")?),
    })
}

/// Removes the sessions that are over, at most [`OVER_MAX`] by each of the two limits.
pub fn purge(now: Millis, idle_ms: i64, life_ms: i64) -> Statement {
    statement(
        "DELETE FROM sessions WHERE token_hash IN (SELECT token_hash FROM (SELECT token_hash \
         FROM sessions WHERE used_at <= ?1 ORDER BY used_at LIMIT ?3) UNION ALL \
         SELECT token_hash FROM (SELECT token_hash FROM sessions WHERE signed_in_at <= ?2 \
         ORDER BY signed_in_at LIMIT ?3))",
        vec![Arg::Int(now.plus(-idle_ms).0), Arg::Int(now.plus(-life_ms).0), Arg::Int(OVER_MAX)],
    )
}

fn minute(at: Millis) -> i64 {
    at.0.div_euclid(MINUTE_MS)
}

/// Notes a sign-in that begins.
pub fn begin_sign_in(state_hash: &str, return_to: &str, fresh: bool, now: Millis) -> Statement {
    statement(
        "INSERT INTO sign_ins (minute, state_hash, return_to, fresh) VALUES (?1, ?2, ?3, ?4)",
        vec![Arg::Int(minute(now)), text(state_hash), text(return_to), Arg::Int(i64::from(fresh))],
    )
}

/// Takes a sign-in that began at most `life_ms` ago: it is good once. Returns `return_to`, `fresh`
/// and the `minute` in which it began. The minutes are few and named, so that each is a look into
/// the key.
pub fn take_sign_in(state_hash: &str, now: Millis, life_ms: i64) -> Statement {
    statement(
        "DELETE FROM sign_ins WHERE state_hash = ?1 AND minute BETWEEN ?2 AND ?3 \
         RETURNING return_to, fresh, minute",
        vec![text(state_hash), Arg::Int(minute(now.plus(-life_ms))), Arg::Int(minute(now))],
    )
}

/// Removes sign-ins that nobody has ended in time.
pub fn purge_sign_ins(now: Millis, life_ms: i64) -> Statement {
    statement("DELETE FROM sign_ins WHERE minute < ?1", vec![Arg::Int(minute(now.plus(-life_ms)))])
}
