//! What is counted about orders for the service's status: how they ended, how long the picture
//! took and what was reported, by hour and model. A count knows no order and no visitor.

use super::order::Order;
use super::problem::Problem;
use super::refusal::Code;
use super::time::{HOUR_MS, Millis, SECOND_MS};

/// Hours that counters are kept at least: the last day is shown, and an order can be reported for
/// two.
pub const KEPT_HOURS: i64 = 48;

/// Upper bounds in seconds of the classes of durations: 5 s wide where pictures usually come, then
/// wider. Each class is a row an hour, so they are few. The last one holds whatever is longer.
pub const CLASSES: [u32; 34] = [
    5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55, 60, 65, 70, 75, 80, 85, 90, 95, 100, 105, 110, 115,
    120, 150, 180, 240, 300, 420, 600, 900, 3_600, 14_400, 172_800,
];

/// How an order ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// The picture was delivered.
    Completed,
    /// It ended without a picture, for this reason.
    Failed(Code),
    /// The visitor stopped it.
    Canceled,
    /// Its time was over before the provider had done anything about it.
    Expired,
}

impl Outcome {
    /// Every outcome, in the order in which they are shown.
    pub const ALL: [Self; 8] = [
        Self::Completed,
        Self::Failed(Code::ContentModeration),
        Self::Failed(Code::ProviderRejected),
        Self::Failed(Code::ProviderFailed),
        Self::Failed(Code::ProviderTimeout),
        Self::Failed(Code::ProviderBusy),
        Self::Canceled,
        Self::Expired,
    ];

    /// The outcome without its reason, as the interface names it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Completed => "completed",
            Self::Failed(_) => "failed",
            Self::Canceled => "canceled",
            Self::Expired => "expired",
        }
    }

    /// Why it failed.
    pub const fn code(self) -> Option<Code> {
        match self {
            Self::Failed(code) => Some(code),
            Self::Completed | Self::Canceled | Self::Expired => None,
        }
    }

    /// The name in the database, as `failed:provider_busy`.
    pub fn name(self) -> String {
        match self {
            Self::Failed(code) => format!("{}:{}", self.as_str(), code.as_str()),
            Self::Completed | Self::Canceled | Self::Expired => self.as_str().to_owned(),
        }
    }

    /// Reads the name in the database.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.name() == name)
    }
}

/// One thing to count, in the commit that makes it true.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Count {
    /// An order ended.
    Ended {
        /// Hours since the epoch.
        hour: i64,
        /// How.
        outcome: Outcome,
        /// The class of its duration, by its upper bound; 0 unless completed, where it says nothing
        /// about the service.
        seconds: u32,
    },
    /// A picture was reported.
    Reported {
        /// Hours since the epoch at which the picture was delivered.
        hour: i64,
        /// What is wrong with it.
        problems: Vec<Problem>,
    },
}

impl Count {
    /// `order` ended so at `at`.
    pub fn ended(order: &Order, outcome: Outcome, at: Millis) -> Self {
        let seconds = match outcome {
            Outcome::Completed => class_of(at.since(order.created_at)),
            Outcome::Failed(_) | Outcome::Canceled | Outcome::Expired => 0,
        };
        Self::Ended { hour: hour_of(at), outcome, seconds }
    }

    /// The picture that was delivered at `at` was reported.
    pub fn reported(at: Millis, problems: &[Problem]) -> Self {
        Self::Reported { hour: hour_of(at), problems: problems.to_vec() }
    }
}

/// Hours since the epoch.
pub const fn hour_of(at: Millis) -> i64 {
    at.0.div_euclid(HOUR_MS)
}

/// The class of a duration: the least upper bound that is not below it.
pub fn class_of(duration_ms: i64) -> u32 {
    let last = CLASSES.last().copied().unwrap_or(0);
    let fits = |bound: &u32| duration_ms <= i64::from(*bound) * SECOND_MS;
    CLASSES.into_iter().find(fits).unwrap_or(last)
}

/// The median of durations of which only the classes are known, in whole seconds: durations are
/// taken to lie evenly within a class. `None` without any.
pub fn median_seconds(classes: &[(u32, u64)]) -> Option<u32> {
    let total: u64 = classes.iter().map(|(_, orders)| orders).sum();
    let (mut lower, mut before) = (0, 0);
    for upper in CLASSES {
        let of_class = classes.iter().filter(|(bound, _)| *bound == upper);
        let orders: u64 = of_class.map(|(_, orders)| orders).sum();
        if orders > 0 && (before + orders) * 2 >= total {
            // Twice the distance into the class, so that half an order is a whole number.
            let into = u64::from(upper - lower) * (total - before * 2) + orders;
            return u32::try_from(u64::from(lower) + into / (orders * 2)).ok();
        }
        before += orders;
        lower = upper;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_duration_falls_into_the_narrowest_class_that_holds_it() {
        let table = [
            (-5, 5),
            (0, 5),
            (5_000, 5),
            (5_001, 10),
            (119_999, 120),
            (120_001, 150),
            (900_000, 900),
            (900_001, 3_600),
            (i64::MAX, 172_800),
        ];
        for (duration_ms, class) in table {
            assert_eq!(class_of(duration_ms), class, "{duration_ms} ms");
        }
        assert!(CLASSES.is_sorted_by(|a, b| a < b));
    }

    #[test]
    fn the_median_lies_where_half_of_the_orders_are_behind() {
        type Classes = &'static [(u32, u64)];
        let table: [(Classes, Option<u32>); 9] = [
            (&[], None),
            (&[(30, 1)], Some(28)),
            (&[(30, 1_000)], Some(28)),
            (&[(10, 1), (30, 1)], Some(10)),
            (&[(10, 1), (30, 2)], Some(26)),
            (&[(10, 1), (30, 1), (60, 1)], Some(28)),
            (&[(60, 1), (10, 1), (30, 1)], Some(28)),
            (&[(5, 1), (172_800, 1)], Some(5)),
            (&[(150, 4)], Some(135)),
        ];
        for (classes, median) in table {
            assert_eq!(median_seconds(classes), median, "{classes:?}");
        }
    }

    #[test]
    fn an_outcome_is_read_as_it_was_written() {
        for outcome in Outcome::ALL {
            assert_eq!(Outcome::parse(&outcome.name()), Some(outcome));
        }
        assert_eq!(Outcome::parse("failed"), None);
        assert_eq!(Outcome::parse("failed:not_found"), None);
    }
}
