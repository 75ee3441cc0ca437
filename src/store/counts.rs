//! Counters for the service's status.

use crate::domain::count::{Count, KEPT_HOURS, Outcome};
use crate::domain::order::Order;
use crate::domain::problem::Problem;
use crate::domain::service::{Ended, Reported};
use crate::ports::{Arg, Row, Statement};

use super::decode::{CorruptRow, int, text as column};
use super::{statement, text};

/// Counts what the step to `next` brings, if that step is the one which is written. **Goes before
/// it in its batch**: only there can it be told that the order is still of the version before.
/// Behind it the version of the step is also what somebody else's same step has left, and would
/// be counted again.
///
/// The counters are a ring: an hour that its slot has not held yet begins anew, and one whose slot
/// is a later hour's by now comes too late to be shown.
pub fn add(next: &Order, count: &Count) -> Statement {
    match count {
        Count::Ended { hour, outcome, seconds } => add_outcome(next, *hour, *outcome, *seconds),
        Count::Reported { hour, problems } => add_reports(next, *hour, problems),
    }
}

fn add_outcome(next: &Order, hour: i64, outcome: Outcome, seconds: u32) -> Statement {
    statement(
        "INSERT INTO outcomes (slot, hour, model, outcome, seconds, orders) \
         SELECT ?1, ?2, ?3, ?4, ?5, 1 FROM orders WHERE id = ?6 AND version = ?7 - 1 \
         ON CONFLICT (slot, model, outcome, seconds) DO UPDATE SET orders = CASE WHEN \
         hour = excluded.hour THEN orders + 1 ELSE 1 END, hour = excluded.hour \
         WHERE hour <= excluded.hour",
        vec![
            slot(hour),
            Arg::Int(hour),
            text(next.model.as_str()),
            text(outcome.name()),
            Arg::Int(i64::from(seconds)),
            text(next.id.to_string()),
            Arg::Int(next.version),
        ],
    )
}

fn add_reports(next: &Order, hour: i64, problems: &[Problem]) -> Statement {
    // Names of our own; they need no escapes.
    let names: Vec<String> = problems.iter().map(|one| format!("\"{}\"", one.as_str())).collect();
    statement(
        "INSERT INTO reports (slot, hour, model, problem, orders) \
         SELECT ?1, ?2, ?3, value, 1 FROM json_each(?4) WHERE EXISTS \
         (SELECT 1 FROM orders WHERE id = ?5 AND version = ?6 - 1) \
         ON CONFLICT (slot, model, problem) DO UPDATE SET orders = CASE WHEN \
         hour = excluded.hour THEN orders + 1 ELSE 1 END, hour = excluded.hour \
         WHERE hour <= excluded.hour",
        vec![
            slot(hour),
            Arg::Int(hour),
            text(next.model.as_str()),
            text(format!("[{}]", names.join(","))),
            text(next.id.to_string()),
            Arg::Int(next.version),
        ],
    )
}

/// Where the ring holds an hour.
fn slot(hour: i64) -> Arg {
    Arg::Int(hour.rem_euclid(KEPT_HOURS))
}

/// How orders ended in these hours, the last one included; one row for each model, outcome and
/// class of durations.
pub fn list_outcomes(first_hour: i64, last_hour: i64) -> Statement {
    statement(
        "WITH RECURSIVE hours (of) AS (SELECT ?1 UNION ALL SELECT of + 1 FROM hours WHERE of < ?2) \
         SELECT model, outcome, seconds, sum(orders) AS orders FROM hours CROSS JOIN outcomes \
         WHERE slot = of % ?3 AND hour = of GROUP BY model, outcome, seconds",
        vec![Arg::Int(first_hour), Arg::Int(last_hour), Arg::Int(KEPT_HOURS)],
    )
}

/// What was reported of pictures delivered in these hours.
pub fn list_reports(first_hour: i64, last_hour: i64) -> Statement {
    statement(
        "WITH RECURSIVE hours (of) AS (SELECT ?1 UNION ALL SELECT of + 1 FROM hours WHERE of < ?2) \
         SELECT problem, sum(orders) AS orders FROM hours CROSS JOIN reports \
         WHERE slot = of % ?3 AND hour = of GROUP BY problem",
        vec![Arg::Int(first_hour), Arg::Int(last_hour), Arg::Int(KEPT_HOURS)],
    )
}

/// One row of [`list_outcomes`].
pub fn ended(row: &Row) -> Result<Ended, CorruptRow> {
    Ok(Ended {
        model: column(row, "model")?.to_owned(),
        outcome: Outcome::parse(column(row, "outcome")?).ok_or(CorruptRow("outcome"))?,
        seconds: u32::try_from(int(row, "seconds")?).map_err(|_| CorruptRow("seconds"))?,
        orders: orders(row)?,
    })
}

/// One row of [`list_reports`].
pub fn reported(row: &Row) -> Result<Reported, CorruptRow> {
    let problem = Problem::parse(column(row, "problem")?).ok_or(CorruptRow("problem"))?;
    Ok(Reported { problem, orders: orders(row)? })
}

/// The column `orders` of a row that counts.
pub fn orders(row: &Row) -> Result<u64, CorruptRow> {
    u64::try_from(int(row, "orders")?).map_err(|_| CorruptRow("orders"))
}
