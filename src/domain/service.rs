//! What the public may know of the service: the last day in counters, and how it is now. Nothing in
//! it is about one order or one visitor.

use std::collections::BTreeMap;

use serde::Serialize;

use super::count::{Outcome, hour_of, median_seconds};
use super::problem::Problem;
use super::time::{HOUR_MS, Millis};

/// Hours that are shown, the running one included.
pub const SHOWN_HOURS: i64 = 24;

/// How the provider answered last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Provider {
    /// It takes orders.
    Ok,
    /// The operator must buy credits; orders wait.
    OutOfCredits,
    /// The operator must renew the key; orders wait.
    Unauthorized,
    /// It is being maintained; orders wait.
    Maintenance,
}

impl Provider {
    /// Every state.
    pub const ALL: [Self; 4] =
        [Self::Ok, Self::OutOfCredits, Self::Unauthorized, Self::Maintenance];

    /// The state's fixed name on the wire and in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::OutOfCredits => "out_of_credits",
            Self::Unauthorized => "unauthorized",
            Self::Maintenance => "maintenance",
        }
    }

    /// Reads the name.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }
}

/// Orders of one model that ended the same way within one class of durations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ended {
    /// The provider's model.
    pub model: String,
    /// How they ended.
    pub outcome: Outcome,
    /// Upper bound of the class, as in `count::CLASSES`; 0 unless completed.
    pub seconds: u32,
    /// How many.
    pub orders: u64,
}

/// Pictures of which one problem was reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reported {
    /// What is wrong with them.
    pub problem: Problem,
    /// How many.
    pub orders: u64,
}

/// The service, for its status page. Times are RFC 3339 UTC, shares between 0 and 1.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ServiceView {
    /// When the counting began: the start of an hour, 23 to 24 hours ago.
    pub since: String,
    /// How the provider answered last.
    pub provider: Provider,
    /// Orders that have not ended.
    pub queue: QueueView,
    /// Orders that ended, by the model that made or should have made the picture; by name.
    pub models: Vec<ModelView>,
    /// The same orders by how they ended; those that did not happen are left out.
    pub outcomes: Vec<OutcomeView>,
    /// Every problem that can be reported.
    pub reports: Vec<ReportView>,
}

/// Orders that have not ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct QueueView {
    /// In the queue.
    pub waiting: u64,
    /// At the provider.
    pub under_way: u64,
    /// Each is counted up to this number, which so stands for more, too.
    pub counted_up_to: u64,
}

/// What became of one model's orders.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ModelView {
    /// The provider's model.
    pub model: String,
    /// Orders that ended, however they did.
    pub orders: u64,
    /// Those with a picture.
    pub completed: u64,
    /// Share of the completed ones among those that their visitors did not cancel.
    pub success_rate: Option<f64>,
    /// Seconds from the order to the picture, for half of the completed ones at most.
    pub median_seconds: Option<u32>,
}

/// Orders that ended in one way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct OutcomeView {
    /// How and why, as one value.
    #[serde(skip)]
    pub end: Outcome,
    /// `completed`, `failed`, `canceled` or `expired`.
    pub outcome: &'static str,
    /// Why they failed.
    pub code: Option<&'static str>,
    /// How many.
    pub orders: u64,
}

/// Pictures of which one problem was reported.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct ReportView {
    /// What is wrong with them.
    pub problem: Problem,
    /// How many.
    pub orders: u64,
    /// Share of all completed pictures; `None` without any.
    pub share: Option<f64>,
}

/// The first hour that is shown at `now`, in hours since the epoch.
pub const fn first_hour(now: Millis) -> i64 {
    hour_of(now) - SHOWN_HOURS + 1
}

/// The view at `now` of what was counted since [`first_hour`].
pub fn view(
    now: Millis,
    provider: Provider,
    queue: QueueView,
    ended: &[Ended],
    reported: &[Reported],
) -> ServiceView {
    let mut by_model: BTreeMap<&str, Vec<&Ended>> = BTreeMap::new();
    for one in ended {
        by_model.entry(&one.model).or_default().push(one);
    }
    let outcomes = Outcome::ALL.into_iter().filter_map(|outcome| {
        let orders = sum(ended.iter().filter(|one| one.outcome == outcome));
        let code = outcome.code().map(super::refusal::Code::as_str);
        (orders > 0).then_some(OutcomeView {
            end: outcome,
            outcome: outcome.as_str(),
            code,
            orders,
        })
    });
    let completed = sum(ended.iter().filter(|one| one.outcome == Outcome::Completed));
    let reports = Problem::ALL.into_iter().map(|problem| {
        let of_problem = reported.iter().filter(|one| one.problem == problem);
        let orders = of_problem.map(|one| one.orders).sum();
        ReportView { problem, orders, share: share(orders, completed) }
    });
    ServiceView {
        since: Millis(first_hour(now) * HOUR_MS).rfc3339(),
        provider,
        queue,
        models: by_model.into_iter().map(|(model, ended)| model_view(model, &ended)).collect(),
        outcomes: outcomes.collect(),
        reports: reports.collect(),
    }
}

fn sum<'a>(ended: impl Iterator<Item = &'a Ended>) -> u64 {
    ended.map(|one| one.orders).sum()
}

fn model_view(model: &str, ended: &[&Ended]) -> ModelView {
    let of = |outcome: Outcome| ended.iter().copied().filter(move |one| one.outcome == outcome);
    let orders = sum(ended.iter().copied());
    let completed = sum(of(Outcome::Completed));
    let classes: Vec<(u32, u64)> =
        of(Outcome::Completed).map(|one| (one.seconds, one.orders)).collect();
    ModelView {
        model: model.to_owned(),
        orders,
        completed,
        success_rate: share(completed, orders - sum(of(Outcome::Canceled))),
        median_seconds: median_seconds(&classes),
    }
}

#[expect(clippy::cast_precision_loss, reason = "orders of a day stay far below 2^53")]
fn share(part: u64, whole: u64) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}
