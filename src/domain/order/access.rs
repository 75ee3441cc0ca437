//! Who may see an order, and what everybody else is told.

use crate::domain::deletion::is_over;
use crate::domain::id::AccountId;
use crate::domain::refusal::{Code, Refusal};
use crate::domain::time::Millis;

use super::Order;

/// Whether `who` may see the order and do something about it: an anonymous one whoever has its id,
/// an account's that account alone. That it exists is nobody else's to know.
pub fn readable_by(order: &Order, who: Option<AccountId>) -> Result<(), Refusal> {
    match (order.account, who) {
        (None, _) => Ok(()),
        (Some(owner), Some(who)) if owner == who => Ok(()),
        (Some(_), None) => Err(sign_in_required()),
        (Some(_), Some(_)) => Err(not_found()),
    }
}

/// Whether a link shows a picture of this order, of an account whose deletion is due at this
/// moment. The link is the proof of who may look, and proves nothing of an order that is gone or in
/// the trash, nor of an account whose time is over.
pub fn shows_pictures(order: &Order, account_due_at: Option<Millis>, now: Millis) -> bool {
    let is_kept = order.account.is_some() && order.trashed_at.is_none();
    is_kept && !order.is_expired(now) && !is_over(account_due_at, now)
}

fn sign_in_required() -> Refusal {
    Refusal::new(
        Code::SignInRequired,
        "This order belongs to an account. Sign in to that account to see it.",
    )
}

/// The answer to an id that names nothing, and to a text that is no id.
pub fn not_found() -> Refusal {
    Refusal::new(
        Code::NotFound,
        "There is nothing at this address. Check that the link is complete.",
    )
}

/// The answer to everything about an order that is deleted or expired.
pub fn gone() -> Refusal {
    Refusal::new(
        Code::Gone,
        "This order has been deleted or its time is over. Its pictures no longer exist here.",
    )
}

/// The answer to its owner about an order in the trash.
pub fn in_trash() -> Refusal {
    Refusal::new(
        Code::Gone,
        "This order is in the trash. Open the trash of your History to restore it.",
    )
}
