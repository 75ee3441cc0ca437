//! Who places an order, and on what it counts: the trial of a browser, or an account's own.

use sha2::{Digest, Sha256};

use crate::domain::fingerprint::IdempotencyKey;
use crate::domain::hex::hex;
use crate::domain::id::{AccountId, AnonSid};
use crate::domain::network;
use crate::domain::order::{Order, Owner};
use crate::domain::refusal::{Code, Refusal};
use crate::domain::rules::Rules;
use crate::domain::time::SECOND_MS;
use crate::store::trial::Counted;

/// Who asks.
#[derive(Clone, Debug)]
pub struct Visitor {
    /// The cookie's value, also when this answer sets it.
    pub sid: AnonSid,
    /// The account that is signed in: the order is its own, and the cookie counts for nothing.
    pub account: Option<Owner>,
    /// The Idempotency-Key; `None` also when the visitor came without a cookie, because then
    /// nobody could tell whose key it is.
    pub idempotency: Option<IdempotencyKey>,
    /// Pseudonyms of the visitor's network.
    pub network: network::Keys,
}

/// Who the visitor is to the database: a hash, so that the table holds no cookie.
pub fn visitor_hash(sid: AnonSid) -> String {
    hex(&Sha256::digest([b"visitor\0".as_slice(), sid.bytes()].concat()))
}

/// The same of an account.
pub fn account_hash(id: AccountId) -> String {
    hex(&Sha256::digest([b"account\0".as_slice(), id.bytes()].concat()))
}

impl Visitor {
    /// On what the order counts.
    pub(super) fn counted(&self) -> Counted {
        match self.account {
            Some(Owner { id, .. }) => Counted { visitor: account_hash(id), account: Some(id) },
            None => Counted { visitor: visitor_hash(self.sid), account: None },
        }
    }
}

/// Orders in one window.
pub(super) const fn limit_of(who: &Counted, rules: &Rules) -> u32 {
    if who.account.is_some() { rules.account_orders } else { rules.trial_orders }
}

/// No order is left in this window.
pub(super) fn trial_exhausted(who: &Counted, wait_ms: i64) -> Refusal {
    let detail = if who.account.is_some() {
        "Your account has no orders left for now. The next one is free later."
    } else {
        "You have no free tries left. The next one is free later."
    };
    Refusal::new(Code::TrialExhausted, detail).retry_after(whole_seconds(wait_ms))
}

/// Seconds to wait, at least one.
pub(super) fn whole_seconds(ms: i64) -> u32 {
    let seconds = (ms.max(0) + SECOND_MS - 1) / SECOND_MS;
    u32::try_from(seconds).unwrap_or(u32::MAX).max(1)
}

/// On what an order counts.
pub(super) fn counted_on(order: &Order) -> Option<Counted> {
    order.visitor.clone().map(|visitor| Counted { visitor, account: order.account })
}
