//! News by mail to accounts: whoever has the link in such a mail ends them, signed in or not.

use crate::domain::consent::Kind;
use crate::domain::id::AccountId;
use crate::domain::news::read_end_token;
use crate::domain::refusal::Refusal;
use crate::ports::World;
use crate::store::{consents, waitlist};

use super::Failure;
use super::read::not_found;

/// The account whose news a link ends.
pub fn look<W: World>(world: &W, token: &str) -> Result<AccountId, Refusal> {
    read_end_token(&world.config().link_keys, token).ok_or_else(not_found)
}

/// Ends the news of an account, as switching them off does, and takes its address off the waitlist,
/// by which the next mailing would reach it again. Repeating it changes nothing.
pub async fn end<W: World>(world: &W, token: &str) -> Result<(), Failure> {
    let account = look(world, token)?;
    let withdraw = consents::withdraw(account, Kind::Marketing, world.now());
    world.database(vec![withdraw, waitlist::leave_as(account)]).await?;
    Ok(())
}
