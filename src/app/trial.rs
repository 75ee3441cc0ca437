//! How many tries a visitor has left.

use crate::domain::id::AnonSid;
use crate::domain::time::Millis;
use crate::ports::World;
use crate::store::{decode, trial};

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
    let limit = rules.trial_orders;
    let Some(sid) = sid else { return Ok(TrialStanding { limit, used: 0, resets_at: None }) };
    let list = trial::list(&visitor_hash(sid), world.now(), rules.trial_window_ms);
    let rows = world.database(vec![list]).await?.into_iter().next().unwrap_or_default();
    let oldest = rows.first().map(|row| decode::int(row, "used_at")).transpose()?;
    Ok(TrialStanding {
        limit,
        used: u32::try_from(rows.len()).unwrap_or(limit),
        resets_at: oldest.map(|at| Millis(at).plus(rules.trial_window_ms)),
    })
}
