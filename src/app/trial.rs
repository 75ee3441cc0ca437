//! How many tries a visitor has left.

use crate::domain::id::AnonSid;
use crate::domain::rules::Rules;
use crate::domain::time::Millis;
use crate::ports::{Row, World};
use crate::store::decode::CorruptRow;
use crate::store::trial;

use super::Failure;
use super::place::visitor_hash;

/// A visitor's trial.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TrialStanding {
    /// Orders in one window.
    pub limit: u32,
    /// Used ones in the window that ends now.
    pub used: u32,
    /// When the oldest use stops counting; `None` when none is used.
    pub resets_at: Option<Millis>,
}

/// The trial of this visitor; of a new one when there is no cookie.
pub async fn standing<W: World>(world: &W, sid: Option<AnonSid>) -> Result<TrialStanding, Failure> {
    let rules = &world.config().rules;
    let Some(sid) = sid else { return Ok(standing_of(&[], rules)?) };
    let list = trial::list(&visitor_hash(sid), world.now(), rules.trial_window_ms);
    let rows = world.database(vec![list]).await?.into_iter().next().unwrap_or_default();
    Ok(standing_of(&rows, rules)?)
}

/// The same from the rows of [`trial::list`].
pub fn standing_of(rows: &[Row], rules: &Rules) -> Result<TrialStanding, CorruptRow> {
    let uses = trial::uses(rows)?;
    let limit = rules.trial_orders;
    Ok(TrialStanding {
        limit,
        used: u32::try_from(uses.len()).unwrap_or(limit).min(limit),
        resets_at: uses.first().map(|at| at.plus(rules.trial_window_ms)),
    })
}
