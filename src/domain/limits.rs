//! How often something may happen. [`Gcra`] limits visitors with one timestamp of state;
//! [`StartLog`] keeps the provider's own limit, which is a sliding window.

use serde::{Deserialize, Serialize};

use super::time::{Millis, SECOND_MS};

/// A rate: so many at once, then one more each interval.
///
/// In any stretch of `t` milliseconds at most `burst + t / interval` are admitted, so a network
/// that was quiet for long can reach nearly twice `burst` within `burst` intervals. That is the
/// price of one timestamp of state; it is stated by [`Rate::most_in`] and never exceeded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    burst: u32,
    interval_ms: i64,
}

impl Rate {
    /// `burst` at once, then one each `interval_ms`; an interval under 1 ms counts as 1 ms. A burst
    /// of 0 admits nothing.
    pub const fn new(burst: u32, interval_ms: i64) -> Self {
        Self { burst, interval_ms: if interval_ms < 1 { 1 } else { interval_ms } }
    }

    /// "`count` per period": burst `count`, interval `period_ms / count`. 20 per hour is a burst of
    /// 20 and one more every 3 minutes; 60 per day a burst of 60 and one more every 24 minutes.
    pub const fn per(count: u32, period_ms: i64) -> Self {
        let divisor = if count == 0 { 1 } else { count as i64 };
        // Rounded up: a shorter interval would admit more than the period allows.
        Self::new(count, period_ms.saturating_add(divisor - 1) / divisor)
    }

    /// How many are admitted at once after a long pause.
    pub const fn burst(self) -> u32 {
        self.burst
    }

    /// Milliseconds after which one more is admitted, at least 1.
    pub const fn interval_ms(self) -> i64 {
        self.interval_ms
    }

    /// The time in which an exhausted quota is whole again: `burst` intervals.
    pub const fn period_ms(self) -> i64 {
        self.interval_ms.saturating_mul(self.burst as i64)
    }

    /// The most that any stretch of `window_ms` milliseconds, both ends included, can see.
    pub const fn most_in(self, window_ms: i64) -> i64 {
        self.burst as i64 + if self.burst == 0 { 0 } else { window_ms / self.interval_ms }
    }
}

/// A rate with the name under which clients are told of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Policy {
    /// The name on the wire: lower-case letters.
    pub name: &'static str,
    /// What is allowed.
    pub rate: Rate,
}

/// What is left of one rate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// How many would be admitted at this moment.
    pub remaining: u32,
    /// Milliseconds until one more than `remaining` is possible, 1 to one interval.
    pub reset_ms: i64,
}

/// The answer of one check.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Verdict {
    /// It counts. `remaining` and `reset_ms` are those of [`Standing`] after counting.
    Admitted {
        /// How many more would be admitted at this moment.
        remaining: u32,
        /// Milliseconds until one more than `remaining` is possible.
        reset_ms: i64,
    },
    /// Nothing was counted.
    Refused {
        /// Milliseconds after which the same check is admitted, if nothing else is until then.
        retry_after_ms: i64,
    },
}

/// One rate's state: the theoretical arrival time, at which the quota is whole again.
///
/// A clock that steps back must neither open the gate nor close it for the length of the step.
/// The debt is `tat - now` and no legal sequence of admissions takes it past one full period, so a
/// larger debt can only be such a step and is cut to a full period: the gate stays shut for at
/// most one interval. The cut never lowers a debt below what it was before the step, and only a
/// clock that runs forward lowers it, hence `admissions <= burst + forward time / interval` under
/// any clock. The cut is part of the state: store it after a refusal too when it changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gcra {
    /// When the quota is whole again; `None` when nothing was ever admitted.
    pub tat: Option<Millis>,
}

impl Gcra {
    /// Admits one arrival at `now` and counts it, or refuses and counts nothing.
    pub fn admit(&mut self, rate: Rate, now: Millis) -> Verdict {
        let debt = self.settle(rate, now);
        let with_this = debt.saturating_add(rate.interval_ms);
        if with_this > rate.period_ms() {
            let retry_after_ms = with_this.saturating_sub(rate.period_ms());
            return Verdict::Refused { retry_after_ms };
        }
        self.tat = Some(now.plus(with_this));
        let Standing { remaining, reset_ms } = self.standing(rate, now);
        Verdict::Admitted { remaining, reset_ms }
    }

    /// What is left at `now`; counts nothing.
    pub fn standing(&self, rate: Rate, now: Millis) -> Standing {
        let free = rate.period_ms().saturating_sub(self.debt(rate, now));
        Standing {
            // Between 0 and the burst, since the debt lies between 0 and a whole period.
            remaining: u32::try_from(free / rate.interval_ms).unwrap_or(rate.burst),
            reset_ms: rate.interval_ms - free % rate.interval_ms,
        }
    }

    /// Takes one admission back, for an order that was refused after it was counted. Call it once
    /// for an admission and in the same request: an admission whose time has already passed has
    /// nothing left to give, and giving it back would make room for one more than the rate allows.
    pub fn give_back(&mut self, rate: Rate) {
        self.tat = self.tat.map(|tat| tat.plus(-rate.interval_ms));
    }

    fn debt(&self, rate: Rate, now: Millis) -> i64 {
        self.tat.map_or(0, |tat| tat.since(now)).max(0).min(rate.period_ms())
    }

    fn settle(&mut self, rate: Rate, now: Millis) -> i64 {
        let debt = self.debt(rate, now);
        if self.tat.is_some_and(|tat| tat.since(now) > debt) {
            self.tat = Some(now.plus(debt));
        }
        debt
    }
}

/// The answer of a check against several rates.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct JointVerdict {
    /// Admitted by all (least `remaining`, longest `reset_ms`) or refused by at least one (longest
    /// `retry_after_ms`).
    pub verdict: Verdict,
    /// What is left of each rate, in the order of the policies.
    pub standings: Vec<Standing>,
}

/// Checks one arrival against all policies: it counts in every one or in none.
pub fn admit_all<const N: usize>(
    states: &mut [Gcra; N],
    policies: &[Policy; N],
    now: Millis,
) -> JointVerdict {
    let mut counted = *states;
    let mut retry_after_ms = 0;
    for (state, policy) in counted.iter_mut().zip(policies) {
        match state.admit(policy.rate, now) {
            Verdict::Admitted { .. } => {}
            Verdict::Refused { retry_after_ms: wait } => retry_after_ms = wait.max(retry_after_ms),
        }
    }
    let refused = retry_after_ms > 0;
    if refused {
        for (state, policy) in states.iter_mut().zip(policies) {
            state.settle(policy.rate, now);
        }
    } else {
        *states = counted;
    }
    let standings: Vec<Standing> = states
        .iter()
        .zip(policies)
        .map(|(state, policy)| state.standing(policy.rate, now))
        .collect();
    let verdict = if refused {
        Verdict::Refused { retry_after_ms }
    } else {
        Verdict::Admitted {
            remaining: standings.iter().map(|s| s.remaining).min().unwrap_or(0),
            reset_ms: standings.iter().map(|s| s.reset_ms).max().unwrap_or(0),
        }
    };
    JointVerdict { verdict, standings }
}

/// Takes one joint admission back; see [`Gcra::give_back`].
pub fn give_back_all<const N: usize>(states: &mut [Gcra; N], policies: &[Policy; N]) {
    for (state, policy) in states.iter_mut().zip(policies) {
        state.give_back(policy.rate);
    }
}

/// Most starts in any [`START_WINDOW_MS`]. The provider takes 20 in 10 s: two are kept in hand for
/// calls that it counts and this log does not know, such as an operator's own.
pub const STARTS_MAX: usize = 18;
/// The window, both ends included: the provider's 10 s and half a second, by which one call may
/// travel longer than the next and so arrive closer to it than it was sent.
pub const START_WINDOW_MS: i64 = 10 * SECOND_MS + SECOND_MS / 2;
/// Longest time between a reservation and its call: the commit that lies between, which the
/// platform ends after 30 s.
pub const START_DELAY_MS_MAX: i64 = 30 * SECOND_MS;

/// When the last calls were started. A bucket of 20 would let 40 through in 10 s, so the log holds
/// the times themselves; it never grows past [`STARTS_MAX`].
///
/// Clock steps back: a start that seems to lie in the future stays where it is while the step is
/// shorter than the window (the log of a clock that wavers loses nothing) and is moved to
/// one window ahead when it is longer, so that the wait is at most two windows. The move is part of
/// the state: store the log after every [`StartLog::reserve`] that changed it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StartLog {
    starts: Vec<Millis>,
    /// Whether each of them is known to be a call that was made, at its moment. A log that does not
    /// say so is read again as if all had been made just then, so a keeper that slept until the
    /// window has room would find it full once more.
    #[serde(default)]
    made: bool,
}

impl StartLog {
    /// How many of `want` calls may start at `now`; they are recorded as started.
    pub fn reserve(&mut self, want: usize, now: Millis) -> usize {
        let latest = now.plus(START_WINDOW_MS);
        self.starts.retain(|start| now.since(*start) <= START_WINDOW_MS);
        for start in &mut self.starts {
            *start = latest.min(*start);
        }
        let granted = want.min(STARTS_MAX.saturating_sub(self.starts.len()));
        self.starts.extend(std::iter::repeat_n(now, granted));
        self.starts.sort_unstable();
        self.made &= granted == 0;
        granted
    }

    /// Moves one start from the moment at which it was reserved to `now`: the provider counts when
    /// the call is made, and work of any length may lie between. Renew those that are not called
    /// yet before each [`StartLog::reserve`], so that none leaves the window uncalled.
    pub fn renew(&mut self, reserved: Millis, now: Millis) {
        match self.starts.iter_mut().find(|start| **start == reserved) {
            Some(start) => *start = now,
            None => self.starts.push(now),
        }
        self.starts.sort_unstable();
    }

    /// Notes that no reserved call is left to be made; false when that was noted before.
    pub fn settle(&mut self) -> bool {
        !std::mem::replace(&mut self.made, true)
    }

    /// The log after its keeper lost its memory: each call that was reserved and not noted as made
    /// may have been made at any moment until `now`.
    #[must_use]
    pub fn recovered(mut self, now: Millis) -> Self {
        if self.made {
            return self;
        }
        self.starts.retain(|start| now.since(*start) <= START_WINDOW_MS + START_DELAY_MS_MAX);
        self.starts.fill(now);
        self
    }

    /// The first moment, `now` or later, at which at least one call may start.
    pub fn next_free(&self, now: Millis) -> Millis {
        let mut starts = self.starts.clone();
        starts.sort_unstable();
        let Some(over) = starts.len().checked_sub(STARTS_MAX) else { return now };
        // All up to and including this one must leave the window; it leaves one millisecond after
        // its end, because the end belongs to it.
        let latest = now.plus(START_WINDOW_MS);
        starts.get(over).map_or(now, |start| latest.min(*start).plus(START_WINDOW_MS + 1).max(now))
    }

    /// The starts that may still count, oldest first.
    pub fn starts(&self) -> &[Millis] {
        &self.starts
    }
}
