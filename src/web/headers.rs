//! Headers that belong to no single route. `public/_headers` holds the same security headers for
//! the static files; a test compares the two.

use http::{HeaderMap, HeaderName, HeaderValue};

use crate::domain::limits::{Policy, Rate, Standing};
use crate::domain::time::{MINUTE_MS, SECOND_MS};
use crate::ports::Fence;

/// The policy of every page and every JSON answer.
pub const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self'; \
     style-src 'self'; img-src 'self' blob:; connect-src 'self'; manifest-src 'self'; \
     worker-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; \
     require-trusted-types-for 'script'; trusted-types anytryon";

/// Sent with every answer of the Worker; an answer that has set one keeps its own.
static SECURITY: [(HeaderName, HeaderValue); 8] = [
    header("content-security-policy", CONTENT_SECURITY_POLICY),
    header("cross-origin-embedder-policy", "require-corp"),
    header("cross-origin-opener-policy", "same-origin"),
    header("cross-origin-resource-policy", "same-origin"),
    header(
        "permissions-policy",
        "accelerometer=(), camera=(self), display-capture=(), geolocation=(), gyroscope=(), \
         magnetometer=(), microphone=(), payment=(), usb=()",
    ),
    // Under no-referrer a form post within the site would say `Origin: null`.
    header("referrer-policy", "same-origin"),
    header("strict-transport-security", "max-age=63072000; includeSubDomains"),
    header("x-content-type-options", "nosniff"),
];

const fn header(name: &'static str, value: &'static str) -> (HeaderName, HeaderValue) {
    (HeaderName::from_static(name), HeaderValue::from_static(value))
}

/// Adds the security headers that are not there yet.
pub fn secure(headers: &mut HeaderMap) {
    for (name, value) in &SECURITY {
        headers.entry(name).or_insert_with(|| value.clone());
    }
}

/// `RateLimit-Policy` and `RateLimit` of the IETF draft: for each policy its quota and window, then
/// what remains and the seconds until more does.
pub(super) fn rate_limit(standings: &[(Policy, Standing)]) -> Vec<(HeaderName, HeaderValue)> {
    let policies: Vec<String> = standings
        .iter()
        .map(|(policy, _)| {
            let window = policy.rate.period_ms() / SECOND_MS;
            format!("\"{}\";q={};w={window}", policy.name, policy.rate.burst())
        })
        .collect();
    let left: Vec<String> = standings
        .iter()
        .map(|(policy, standing)| {
            let reset = (standing.reset_ms + SECOND_MS - 1) / SECOND_MS;
            format!("\"{}\";r={};t={reset}", policy.name, standing.remaining)
        })
        .collect();
    [("ratelimit-policy", policies.join(", ")), ("ratelimit", left.join(", "))]
        .into_iter()
        .filter_map(|(name, value)| {
            Some((HeaderName::from_static(name), HeaderValue::from_str(&value).ok()?))
        })
        .collect()
}

/// Requests of one network prefix in a minute that the coarse fence lets through; the same numbers
/// stand in the platform's configuration.
pub const FENCE_WRITES: u32 = 100;
/// The same for reading.
pub const FENCE_READS: u32 = 1_000;

/// What a client is told when the fence stopped it.
pub(super) fn fence_standing(fence: Fence) -> Vec<(Policy, Standing)> {
    let (name, count) = match fence {
        Fence::Writes => ("writes", FENCE_WRITES),
        Fence::Reads => ("reads", FENCE_READS),
    };
    let policy = Policy { name, rate: Rate::per(count, MINUTE_MS) };
    vec![(policy, Standing { remaining: 0, reset_ms: MINUTE_MS })]
}
