//! The account as its person sees and changes it.

use crate::domain::account_change::AccountChange;
use crate::domain::account_view::{
    AccountView, EmailChangeView, LimitView, RestrictionView, SessionView,
};
use crate::domain::consent::{Consent, Kind, MARKETING_VERSION};
use crate::domain::id::AccountId;
use crate::domain::order::{Event, State};
use crate::domain::time::Millis;
use crate::ports::{Row, Statement, World};
use crate::store::{accounts, consents, email_changes, orders};

use super::advance::advance_loaded;
use super::session::SignedIn;
use super::{Failure, account_email, session, trial};

/// The account and what belongs to it, as it is now.
pub async fn read<W: World>(world: &W, who: &SignedIn) -> Result<AccountView, Failure> {
    let id = who.account.id;
    let batch = vec![accounts::find(id), consents::list(id), email_changes::find(id)];
    let rows = world.database(batch).await?;
    let [account, consents, change] = rows.as_slice() else {
        return Err(Failure::Broken("an account came without its parts".to_owned()));
    };
    // It was there a moment ago.
    let account = account.first().ok_or_else(session::sign_in_required)?;
    let account = accounts::account(account)?;
    let consents: Vec<Consent> =
        consents.iter().map(consents::consent).collect::<Result<_, _>>()?;
    let change = waiting(change, world.now())?;
    Ok(AccountView::of(&account, &consents, change, orders_left(world, who).await?))
}

/// The mail address that waits for its confirmation, if one does.
fn waiting(rows: &[Row], now: Millis) -> Result<Option<EmailChangeView>, Failure> {
    let change = rows.first().map(email_changes::email_change).transpose()?;
    let alive = change.filter(|one| !one.email.is_empty() && one.expires_at > now);
    Ok(alive.map(|one| EmailChangeView { email: one.email, expires_at: one.expires_at.rfc3339() }))
}

async fn orders_left<W: World>(world: &W, who: &SignedIn) -> Result<LimitView, Failure> {
    let trial = trial::standing_of_account(world, who.account.id).await?;
    Ok(LimitView {
        limit: trial.limit,
        used: trial.used,
        resets_at: trial.resets_at.map(Millis::rfc3339),
    })
}

/// Changes what the person says; the account as it is then. A mail address changes only when its
/// owner confirms it.
pub async fn change<W: World>(
    world: &W,
    who: &SignedIn,
    change: &AccountChange,
) -> Result<AccountView, Failure> {
    // First, since it may be refused, and then nothing is to be changed.
    if let Some(wish) = &change.email {
        account_email::wish(world, who, wish).await?;
    }
    let batch = statements(who.account.id, change, world.now());
    if !batch.is_empty() {
        world.database(batch).await?;
    }
    read(world, who).await
}

fn statements(id: AccountId, change: &AccountChange, now: Millis) -> Vec<Statement> {
    let rest = AccountChange { email: None, marketing: None, ..change.clone() };
    let mut batch = vec![];
    if rest != AccountChange::default() {
        batch.push(accounts::change(id, change, now));
    }
    match change.marketing {
        Some(true) => batch.push(consents::give(id, Kind::Marketing, MARKETING_VERSION, now)),
        Some(false) => batch.push(consents::withdraw(id, Kind::Marketing, now)),
        None => {}
    }
    batch
}

/// The sessions of the account, the one that was used last first.
pub async fn sessions<W: World>(world: &W, who: &SignedIn) -> Result<Vec<SessionView>, Failure> {
    let sessions = session::list(world, who).await?;
    Ok(sessions.iter().map(|one| SessionView::of(one, who.session.id)).collect())
}

/// Restricts processing: nothing new is made for the account, and what still waits in the queue is
/// canceled, so that it is not made later. What is stored stays, and can be read, taken away and
/// deleted.
pub async fn restrict<W: World>(world: &W, who: &SignedIn) -> Result<RestrictionView, Failure> {
    let (id, now) = (who.account.id, world.now());
    world.database(vec![accounts::restrict(id, now)]).await?;
    let since = who.account.restricted_at.unwrap_or(now);
    let canceled_orders = cancel_waiting(world, id).await?;
    Ok(RestrictionView { restricted_at: since.rfc3339(), canceled_orders })
}

/// Cancels what waits in the queue; how much that was. Repeating it goes on where it broke off.
async fn cancel_waiting<W: World>(world: &W, id: AccountId) -> Result<usize, Failure> {
    let placed_from = world.now().plus(-world.config().rules.retention_ms);
    let rows = world.database(vec![orders::list_waiting_of(id, placed_from)]).await?;
    let mut canceled = 0;
    for row in rows.iter().flatten() {
        let order = orders::order(row)?;
        let ended = advance_loaded(world, order, &Event::CancelRequested).await?;
        canceled += usize::from(ended.is_some_and(|one| one.state == State::Canceled));
    }
    Ok(canceled)
}

/// Lifts the restriction.
pub async fn lift<W: World>(world: &W, who: &SignedIn) -> Result<(), Failure> {
    world.database(vec![accounts::lift(who.account.id)]).await?;
    Ok(())
}
