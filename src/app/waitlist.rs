//! The waitlist: an address counts once its owner has said so by a mail to it.

use crate::domain::id::WaitlistToken;
use crate::domain::language::Language;
use crate::domain::mail_address::{MailAddress, Source, UNCONFIRMED_MS};
use crate::domain::time::DAY_MS;
use crate::ports::World;
use crate::store::waitlist::{self, Request};

use super::Failure;
use super::read::not_found;

/// An address is asked at most this often, however often somebody enters it.
pub const ASK_PAUSE_MS: i64 = DAY_MS;

/// Notes an address and asks it to confirm. The answer is the same whether it was known or not.
pub async fn join<W: World>(
    world: &W,
    email: &str,
    source: &str,
    language: Language,
) -> Result<(), Failure> {
    let email = MailAddress::parse(email)?.identity();
    let source = Source::parse(source)?;
    let token = WaitlistToken::from_bytes(world.random());
    let request = Request { email: &email, source: source.as_str(), language, token };
    let now = world.now();
    let batch = vec![waitlist::join(&request, now, ASK_PAUSE_MS), waitlist::ask(&request, now)];
    world.database(batch).await?;
    Ok(())
}

/// Confirms the entry of this token; as often as its owner likes.
pub async fn confirm<W: World>(world: &W, token: WaitlistToken) -> Result<(), Failure> {
    let rows = world.database(vec![waitlist::confirm(token, world.now())]).await?;
    if rows.first().is_none_or(Vec::is_empty) {
        return Err(not_found().into());
    }
    Ok(())
}

/// Removes the entry of this token; one that is not there counts as removed.
pub async fn leave<W: World>(world: &W, token: WaitlistToken) -> Result<(), Failure> {
    world.database(vec![waitlist::leave(token)]).await?;
    Ok(())
}

/// Forgets who has not confirmed in time.
pub async fn purge<W: World>(world: &W) -> Result<(), Failure> {
    world.database(vec![waitlist::purge(world.now().plus(-UNCONFIRMED_MS))]).await?;
    Ok(())
}
