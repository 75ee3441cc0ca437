//! Joining the waitlist.

use crate::domain::mail_address::{MailAddress, Source};
use crate::ports::World;
use crate::store::waitlist;

use super::Failure;

/// Notes an address once. The answer is the same whether it was known or not.
pub async fn join<W: World>(world: &W, email: &str, source: &str) -> Result<(), Failure> {
    let email = MailAddress::parse(email)?;
    let source = Source::parse(source)?;
    world.database(vec![waitlist::join(&email.identity(), source.as_str(), world.now())]).await?;
    Ok(())
}
