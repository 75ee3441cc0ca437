//! How many tries a visitor has left.

use crate::domain::id::{AccountId, AnonSid};
use crate::domain::rules::Rules;
use crate::domain::time::Millis;
use crate::ports::{Row, World};
use crate::store::decode::CorruptRow;
use crate::store::trial::{self, Counted};

use super::Failure;
use super::visitor::{account_hash, visitor_hash};

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
    let limit = world.config().rules.trial_orders;
    let Some(sid) = sid else { return Ok(standing_of(&[], limit, &world.config().rules)?) };
    standing_in(world, &Counted { visitor: visitor_hash(sid), account: None }, limit).await
}

/// What this account has left.
pub async fn standing_of_account<W: World>(
    world: &W,
    id: AccountId,
) -> Result<TrialStanding, Failure> {
    let who = Counted { visitor: account_hash(id), account: Some(id) };
    standing_in(world, &who, world.config().rules.account_orders).await
}

async fn standing_in<W: World>(
    world: &W,
    who: &Counted,
    limit: u32,
) -> Result<TrialStanding, Failure> {
    let rules = &world.config().rules;
    let list = trial::list(who, world.now(), rules.trial_window_ms);
    let rows = world.database(vec![list]).await?.into_iter().next().unwrap_or_default();
    Ok(standing_of(&rows, limit, rules)?)
}

/// The same from the rows of [`trial::list`].
pub fn standing_of(rows: &[Row], limit: u32, rules: &Rules) -> Result<TrialStanding, CorruptRow> {
    let uses = trial::uses(rows)?;
    Ok(TrialStanding {
        limit,
        used: u32::try_from(uses.len()).unwrap_or(limit).min(limit),
        resets_at: uses.first().map(|at| at.plus(rules.trial_window_ms)),
    })
}
