//! The rate-limit fields of a 429: `RateLimit-Policy` and `RateLimit` as structured-field lists
//! (draft-ietf-httpapi-ratelimit-headers, revision 11) and `Retry-After`.

use crate::domain::limits::{Policy, Standing};
use crate::domain::time::SECOND_MS;

/// `RateLimit-Policy`: each policy's quota and the seconds in which an exhausted one is whole
/// again, as in `"hour";q=20;w=3600, "day";q=60;w=86400`.
pub fn policy(policies: &[Policy]) -> String {
    let items = policies.iter().map(|policy| {
        let window = seconds(policy.rate.period_ms());
        format!("\"{}\";q={};w={window}", policy.name, policy.rate.burst())
    });
    items.collect::<Vec<_>>().join(", ")
}

/// `RateLimit`: what is left of each policy and the seconds in which no more than that can be
/// used, as in `"hour";r=5;t=120, "day";r=41;t=900`. Standings are in the order of the policies.
pub fn state(policies: &[Policy], standings: &[Standing]) -> String {
    let items = policies.iter().zip(standings).map(|(policy, standing)| {
        let window = seconds(standing.reset_ms);
        format!("\"{}\";r={};t={window}", policy.name, standing.remaining)
    });
    items.collect::<Vec<_>>().join(", ")
}

/// Whole seconds for `Retry-After`, `w` and `t`: rounded up, since a client that comes a moment too
/// early is refused again, and at least 1.
pub fn seconds(ms: i64) -> u32 {
    let up = ms.max(1).saturating_add(SECOND_MS - 1) / SECOND_MS;
    u32::try_from(up).unwrap_or(u32::MAX)
}
