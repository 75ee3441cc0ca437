//! How the service is and was in the last day, from counters: nobody's order is read.

use crate::domain::count::hour_of;
use crate::domain::service::{self, Provider, QueueView, ServiceView};
use crate::ports::{Row, World};
use crate::store::decode::{self, CorruptRow};
use crate::store::{counts, orders, provider_status};

use super::Failure;

/// Rows that the database reads for one view, at most: for each of 24 hours and 6 models the 34
/// classes of completed orders, 7 other ends and 5 problems, then 500 orders in the queue, 500 at
/// the provider, and the provider. A counter is read once and sorted once, and a count looks
/// whether there is one more; both readings of counters step through the 24 hours and look one row
/// beyond each. Usually a thousand, since there is one model at a time.
pub const ROWS_MAX: usize = 2 * 24 * 6 * (34 + 7 + 5) + 2 * 2 * 24 + 2 * (500 + 1) + 1;

/// The view of this moment, in one trip.
pub async fn status<W: World>(world: &W) -> Result<ServiceView, Failure> {
    let now = world.now();
    let (first_hour, last_hour) = (service::first_hour(now), hour_of(now));
    let rows = world
        .database(vec![
            provider_status::find(),
            orders::count_waiting(),
            orders::count_in_flight(),
            counts::list_outcomes(first_hour, last_hour),
            counts::list_reports(first_hour, last_hour),
        ])
        .await?;
    let [provider, waiting, under_way, outcomes, reports] = rows.as_slice() else {
        return Err(Failure::Broken("status: not an answer for each statement".to_owned()));
    };
    let queue = QueueView {
        waiting: number(waiting)?,
        under_way: number(under_way)?,
        counted_up_to: orders::COUNTED_MAX.unsigned_abs(),
    };
    let ended: Vec<_> = outcomes.iter().map(counts::ended).collect::<Result<_, _>>()?;
    let reported: Vec<_> = reports.iter().map(counts::reported).collect::<Result<_, _>>()?;
    Ok(service::view(now, provider_state(provider)?, queue, &ended, &reported))
}

fn number(rows: &[Row]) -> Result<u64, CorruptRow> {
    rows.first().map_or(Err(CorruptRow("orders")), counts::orders)
}

fn provider_state(rows: &[Row]) -> Result<Provider, CorruptRow> {
    let name = rows.first().map(|row| decode::text(row, "status")).transpose()?;
    name.and_then(Provider::parse).ok_or(CorruptRow("status"))
}
