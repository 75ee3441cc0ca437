//! Counters for the service's status.

use crate::domain::count::{Count, KEPT_HOURS, Outcome, hour_of};
use crate::domain::order::Order;
use crate::domain::problem::Problem;
use crate::domain::service::{Ended, Reported};
use crate::domain::time::Millis;
use crate::ports::{Arg, Row, Statement};

use super::decode::{CorruptRow, int, text as column};
use super::{statement, text};

/// Counts what the step to `next` brings, if that step is the one which is written. **Goes before
/// it in its batch**: only there can it be told that the order is still of the version before.
/// Behind it the version of the step is also what somebody else's same step has left, and would
/// be counted again.
pub fn add(next: &Order, count: &Count) -> Statement {
    match count {
        Count::Ended { hour, outcome, seconds } => add_outcome(next, *hour, *outcome, *seconds),
        Count::Reported { hour, problems } => add_reports(next, *hour, problems),
    }
}

fn add_outcome(next: &Order, hour: i64, outcome: Outcome, seconds: u32) -> Statement {
    statement(
        "INSERT INTO outcomes (hour, model, outcome, seconds, orders) \
         SELECT ?1, ?2, ?3, ?4, 1 FROM orders WHERE id = ?5 AND version = ?6 - 1 \
         ON CONFLICT (hour, model, outcome, seconds) DO UPDATE SET orders = orders + 1",
        vec![
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
        "INSERT INTO reports (hour, model, problem, orders) \
         SELECT ?1, ?2, value, 1 FROM json_each(?3) WHERE EXISTS \
         (SELECT 1 FROM orders WHERE id = ?4 AND version = ?5 - 1) \
         ON CONFLICT (hour, model, problem) DO UPDATE SET orders = orders + 1",
        vec![
            Arg::Int(hour),
            text(next.model.as_str()),
            text(format!("[{}]", names.join(","))),
            text(next.id.to_string()),
            Arg::Int(next.version),
        ],
    )
}

/// How orders ended from this hour on, one row for each model, outcome and class of durations.
pub fn list_outcomes(hour: i64) -> Statement {
    statement(
        "SELECT model, outcome, seconds, sum(orders) AS orders FROM outcomes WHERE hour >= ?1 \
         GROUP BY model, outcome, seconds",
        vec![Arg::Int(hour)],
    )
}

/// What was reported of pictures delivered from this hour on.
pub fn list_reports(hour: i64) -> Statement {
    statement(
        "SELECT problem, sum(orders) AS orders FROM reports WHERE hour >= ?1 GROUP BY problem",
        vec![Arg::Int(hour)],
    )
}

/// Deletes outcomes that nobody is shown any more.
pub fn purge_outcomes(now: Millis) -> Statement {
    let kept = hour_of(now) - KEPT_HOURS;
    statement("DELETE FROM outcomes WHERE hour < ?1", vec![Arg::Int(kept)])
}

/// The same for reports.
pub fn purge_reports(now: Millis) -> Statement {
    let kept = hour_of(now) - KEPT_HOURS;
    statement("DELETE FROM reports WHERE hour < ?1", vec![Arg::Int(kept)])
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
