//! Who is signed in.

use crate::domain::account::Account;
use crate::domain::id::{SessionId, SessionToken};
use crate::domain::refusal::{Code, Refusal};
use crate::domain::session::{Session, token_hash};
use crate::domain::time::Millis;
use crate::ports::{Level, LogLine, World};
use crate::store::{accounts, sessions};

use super::Failure;

/// A person who is signed in, in one browser.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedIn {
    /// The account.
    pub account: Account,
    /// The browser's session.
    pub session: Session,
}

impl SignedIn {
    /// Refuses unless the person proved a moment ago who it is.
    pub fn require_fresh<W: World>(&self, world: &W) -> Result<(), Refusal> {
        if self.session.is_fresh(world.now(), &world.config().rules) {
            return Ok(());
        }
        Err(Refusal::new(
            Code::FreshSignInRequired,
            "This cannot be undone, so it needs a proof of the last ten minutes of who you are. \
             Sign in again with /auth/google?fresh=on and repeat it.",
        ))
    }
}

/// The answer to whoever is not signed in.
pub fn sign_in_required() -> Refusal {
    Refusal::new(Code::SignInRequired, "Sign in first: this belongs to an account.")
}

/// Who this token signs in; `None` when nobody: a session that was ended, is over, or never was, or
/// an account whose time is over.
pub async fn signed_in<W: World>(
    world: &W,
    token: &SessionToken,
) -> Result<Option<SignedIn>, Failure> {
    let hash = token_hash(token);
    let rows = world.database(vec![sessions::find(&hash)]).await?;
    let Some(row) = rows.first().and_then(|rows| rows.first()) else { return Ok(None) };
    let (account, session) = (accounts::account(row)?, sessions::session(row)?);
    let now = world.now();
    if account.is_over(now) || !session.is_alive(now, &world.config().rules) {
        return Ok(None);
    }
    if session.wants_touch(now) {
        touch(world, &hash, now).await;
    }
    Ok(Some(SignedIn { account, session }))
}

/// A use that is not noted ends the session an hour too early, which is no reason to refuse it.
async fn touch<W: World>(world: &W, hash: &str, now: Millis) {
    if let Err(error) = world.database(vec![sessions::touch(hash, now)]).await {
        let line = LogLine::new(Level::Warning, "session_not_touched");
        world.log(&line.with("error", Failure::from(error).log_text()));
    }
}

/// Ends the session of this token, effective with the next request.
pub async fn sign_out<W: World>(world: &W, token: &SessionToken) -> Result<(), Failure> {
    world.database(vec![sessions::end(&token_hash(token))]).await?;
    Ok(())
}

/// The sessions of the account that are alive, the one that was used last first.
pub async fn list<W: World>(world: &W, who: &SignedIn) -> Result<Vec<Session>, Failure> {
    let rows = world.database(vec![sessions::list(who.account.id)]).await?;
    let (now, rules) = (world.now(), &world.config().rules);
    let mut alive = vec![];
    for row in rows.first().into_iter().flatten() {
        let session = sessions::session(row)?;
        if session.is_alive(now, rules) {
            alive.push(session);
        }
    }
    Ok(alive)
}

/// Ends one session of the account; not found when the account has none of that name.
pub async fn end<W: World>(world: &W, who: &SignedIn, id: SessionId) -> Result<(), Failure> {
    let rows = world.database(vec![sessions::end_one(who.account.id, id)]).await?;
    if rows.first().is_none_or(Vec::is_empty) {
        return Err(super::read::not_found().into());
    }
    Ok(())
}

/// Ends every other session of the account.
pub async fn end_others<W: World>(world: &W, who: &SignedIn) -> Result<(), Failure> {
    world.database(vec![sessions::end_others(who.account.id, who.session.id)]).await?;
    Ok(())
}
