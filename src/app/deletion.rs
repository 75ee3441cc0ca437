//! A person asks for the account to be deleted, and may think better of it for three days.

use crate::domain::deletion::{ClaimCode, Schedule};
use crate::domain::letter::Letter;
use crate::domain::refusal::{Code, Refusal};
use crate::ports::World;
use crate::store::deletions;

use super::Failure;
use super::mails::{self, Recipient};
use super::session::SignedIn;

/// A deletion that is scheduled, and what opens its receipt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scheduled {
    /// When.
    pub schedule: Schedule,
    /// The code, which nobody can read again.
    pub claim: ClaimCode,
}

/// Schedules the deletion of the account. Asking again keeps the date and replaces the code, for
/// whoever has lost it.
pub async fn schedule<W: World>(world: &W, who: &SignedIn) -> Result<Scheduled, Failure> {
    let now = world.now();
    let asked = Schedule::new(now, &world.config().rules);
    let claim = ClaimCode::from_bytes(world.random());
    let mut batch = vec![deletions::schedule(who.account.id, &asked, &claim.hash())];
    if who.account.deletion_due_at.is_none()
        && let Some(to) = Recipient::of(&who.account)
    {
        let letter = Letter::DeletionScheduled { due_at: asked.due_at };
        batch.push(mails::queue(&to, &letter, &asked.due_at.0.to_string(), now));
    }
    let rows = world.database(batch).await?;
    let row = rows.first().and_then(|rows| rows.first()).ok_or_else(begun)?;
    Ok(Scheduled { schedule: deletions::schedule_of(row)?, claim })
}

/// Takes it back, until the very last moment. Harmless when nothing is scheduled.
pub async fn cancel<W: World>(world: &W, who: &SignedIn) -> Result<(), Failure> {
    let rows = world.database(vec![deletions::cancel(who.account.id, world.now())]).await?;
    if rows.first().is_none_or(Vec::is_empty) { Err(begun().into()) } else { Ok(()) }
}

/// The answer to whoever comes too late.
fn begun() -> Refusal {
    Refusal::new(
        Code::Gone,
        "The time to change this is over: the account is being deleted. Signing in again makes a \
         new one.",
    )
}
