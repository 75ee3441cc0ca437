//! The limiter of a network prefix and the coarse fence, as the Durable Object and the platform's
//! rate-limit binding do it.

use std::collections::BTreeMap;

use anytryon::domain::limits::{Gcra, Verdict, admit_all, give_back_all};
use anytryon::domain::rules::Rules;
use anytryon::domain::time::{MINUTE_MS, Millis};
use anytryon::ports::{Admission, AdmissionAsk, Fence};
use anytryon::web::headers::{FENCE_READS, FENCE_WRITES};

/// How long an Idempotency-Key stays reserved when nobody frees it.
const RESERVED_MS: i64 = MINUTE_MS;

#[derive(Default)]
struct Prefix {
    /// In storage.
    rates: Option<[Gcra; 2]>,
    /// In memory only.
    reserved: BTreeMap<String, Millis>,
}

/// Every prefix's state, by key.
#[derive(Default)]
pub struct Limiter {
    prefixes: BTreeMap<String, Prefix>,
    fences: BTreeMap<String, (i64, [u32; 2])>,
}

impl Limiter {
    pub fn admit(&mut self, ask: &AdmissionAsk, rules: &Rules, now: Millis) -> Admission {
        let yesterday = self.prefixes.get(&ask.yesterday.key).and_then(|prefix| prefix.rates);
        let prefix = self.prefixes.entry(ask.today.key.clone()).or_default();
        prefix.reserved.retain(|_, until| now < *until);
        if ask.idempotency.as_ref().is_some_and(|key| prefix.reserved.contains_key(key)) {
            return Admission::Running;
        }
        let rates = prefix.rates.get_or_insert_with(|| yesterday.unwrap_or_default());
        let verdict = admit_all(rates, &rules.prefix_policies(), now);
        if matches!(verdict.verdict, Verdict::Refused { .. }) {
            return Admission::Refused(verdict);
        }
        if let Some(key) = &ask.idempotency {
            prefix.reserved.insert(key.clone(), now.plus(RESERVED_MS));
        }
        Admission::Admitted
    }

    pub fn give_back(&mut self, ask: &AdmissionAsk, rules: &Rules) {
        let prefix = self.prefixes.entry(ask.today.key.clone()).or_default();
        if let Some(key) = &ask.idempotency {
            prefix.reserved.remove(key);
        }
        give_back_all(prefix.rates.get_or_insert_default(), &rules.prefix_policies());
    }

    pub fn fence(&mut self, fence: Fence, key: &str, now: Millis) -> bool {
        let minute = now.0.div_euclid(MINUTE_MS);
        let (of, counts) = self.fences.entry(key.to_owned()).or_default();
        if *of != minute {
            (*of, *counts) = (minute, [0, 0]);
        }
        let (index, max) = match fence {
            Fence::Writes => (0, FENCE_WRITES),
            Fence::Reads => (1, FENCE_READS),
        };
        counts[index] += 1;
        counts[index] <= max
    }

    /// The objects are evicted: what was not stored is gone.
    pub fn forget(&mut self) {
        for prefix in self.prefixes.values_mut() {
            prefix.reserved.clear();
        }
    }
}
