//! Every duration and limit that an operator may set, with the production values. Tests run the
//! same code with seconds in place of hours.

use super::limits::{Policy, Rate};
use super::time::{DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS};

/// createTask calls that may have created a task, per order, whatever the causes: each one may be
/// billed, so this is a constant and not a setting.
pub const TASKS_PER_ORDER_MAX: u8 = 2;

/// Durations in milliseconds and limits; `Default` is production.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rules {
    /// How long an anonymous order can be read.
    pub retention_ms: i64,
    /// Anonymous orders in one window.
    pub trial_orders: u32,
    /// Orders of an account in one window.
    pub account_orders: u32,
    /// The window of the trial, and of an account's orders.
    pub trial_window_ms: i64,
    /// Time-out of one createTask call.
    pub create_timeout_ms: i64,
    /// Time-out of one recordInfo call.
    pub record_timeout_ms: i64,
    /// Time-out of fetching one result.
    pub result_timeout_ms: i64,
    /// Largest result that is accepted, in bytes.
    pub result_bytes_max: u64,
    /// How long a callback may still name the task whose createTask answer was lost. Longer than a
    /// picture usually takes (90 s), or a second task would be paid for a healthy first one.
    pub grace_ms: i64,
    /// How long a submitted order may take before it fails with `provider_timeout`.
    pub deadline_ms: i64,
    /// Pause between two polls of one task in its first `poll_steady_ms`.
    pub poll_pause_ms: i64,
    /// After this age the pause is a fifth of the age.
    pub poll_steady_ms: i64,
    /// Pause of the queue after the provider said that calls come too fast.
    pub busy_pause_ms: i64,
    /// Pause of the queue while the provider takes no work: out of credits, bad key, maintenance.
    pub outage_pause_ms: i64,
    /// Pause between two tries to fetch a result from a host that is not allowed yet.
    pub park_pause_ms: i64,
    /// Age at which an account's order that has not ended fails: it must end before its files are
    /// moved, and they must be moved before the storage's own rule deletes them.
    pub give_up_ms: i64,
    /// How long an order of an account stays in the trash.
    pub trash_ms: i64,
    /// How long an order answers 410 after its time; then, and if nobody placed it, 404.
    pub gone_ms: i64,
    /// How long the body of an upload may take to arrive: 24 MB over an uplink of 0.7 Mbit/s.
    pub upload_timeout_ms: i64,
    /// Accepted orders per network prefix and hour.
    pub prefix_orders_hour: u32,
    /// Accepted orders per network prefix and day.
    pub prefix_orders_day: u32,
    /// Accepted orders of everybody per hour.
    pub global_orders_hour: u32,
    /// A session that was not used for this long has ended.
    pub session_idle_ms: i64,
    /// A session ends this long after its sign-in, however much it is used.
    pub session_life_ms: i64,
    /// How long after a sign-in the person still counts as just having proved who it is.
    pub fresh_ms: i64,
    /// How long a sign-in may take, from our page over Google's and back.
    pub sign_in_ms: i64,
    /// From the request to delete an account until everything goes.
    pub deletion_delay_ms: i64,
    /// How long an export can be fetched.
    pub export_life_ms: i64,
    /// How long a deletion receipt waits for whoever has its claim code.
    pub receipt_life_ms: i64,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            retention_ms: 2 * DAY_MS,
            trial_orders: 3,
            account_orders: 10,
            trial_window_ms: DAY_MS,
            create_timeout_ms: 10 * SECOND_MS,
            record_timeout_ms: 10 * SECOND_MS,
            result_timeout_ms: MINUTE_MS,
            result_bytes_max: 30 * 1024 * 1024,
            grace_ms: 2 * MINUTE_MS,
            deadline_ms: 15 * MINUTE_MS,
            poll_pause_ms: 8 * SECOND_MS,
            poll_steady_ms: 2 * MINUTE_MS,
            busy_pause_ms: 11 * SECOND_MS,
            outage_pause_ms: MINUTE_MS,
            park_pause_ms: 10 * MINUTE_MS,
            give_up_ms: 44 * HOUR_MS,
            trash_ms: 29 * DAY_MS,
            gone_ms: 30 * DAY_MS,
            upload_timeout_ms: 5 * MINUTE_MS,
            prefix_orders_hour: 20,
            prefix_orders_day: 60,
            global_orders_hour: 2_000,
            session_idle_ms: 14 * DAY_MS,
            session_life_ms: 90 * DAY_MS,
            fresh_ms: 10 * MINUTE_MS,
            sign_in_ms: 10 * MINUTE_MS,
            deletion_delay_ms: 3 * DAY_MS,
            export_life_ms: 7 * DAY_MS,
            receipt_life_ms: 30 * DAY_MS,
        }
    }
}

impl Rules {
    /// The variable of the first rule that is not as the pages tell it: they tell visitors in words
    /// and figures how long an order lives and what is free, so whoever changes one of these has to
    /// change those words with it. `None` when all that is said is true.
    pub fn first_untold(&self) -> Option<&'static str> {
        let told = Self::default();
        [
            ("RETENTION_MS", self.retention_ms != told.retention_ms),
            ("TRIAL_ORDERS", self.trial_orders != told.trial_orders),
            ("ACCOUNT_ORDERS", self.account_orders != told.account_orders),
            ("TRIAL_WINDOW_MS", self.trial_window_ms != told.trial_window_ms),
            ("DEADLINE_MS", self.deadline_ms != told.deadline_ms),
            ("TRASH_MS", self.trash_ms != told.trash_ms),
            ("GONE_MS", self.gone_ms != told.gone_ms),
            ("SESSION_IDLE_MS", self.session_idle_ms != told.session_idle_ms),
            ("SESSION_LIFE_MS", self.session_life_ms != told.session_life_ms),
            ("DELETION_DELAY_MS", self.deletion_delay_ms != told.deletion_delay_ms),
            ("EXPORT_LIFE_MS", self.export_life_ms != told.export_life_ms),
            ("RECEIPT_LIFE_MS", self.receipt_life_ms != told.receipt_life_ms),
        ]
        .into_iter()
        .find_map(|(name, differs)| differs.then_some(name))
    }

    /// Pause before the next poll of a task of this age: even at first, then a fifth of the age.
    pub fn poll_pause(&self, age_ms: i64) -> i64 {
        if age_ms < self.poll_steady_ms {
            self.poll_pause_ms
        } else {
            (age_ms / 5).max(self.poll_pause_ms)
        }
    }

    /// What one network prefix may order.
    pub const fn prefix_policies(&self) -> [Policy; 2] {
        [
            Policy { name: "hour", rate: Rate::per(self.prefix_orders_hour, HOUR_MS) },
            Policy { name: "day", rate: Rate::per(self.prefix_orders_day, DAY_MS) },
        ]
    }

    /// What everybody together may order.
    pub const fn global_policies(&self) -> [Policy; 1] {
        [Policy { name: "everyone", rate: Rate::per(self.global_orders_hour, HOUR_MS) }]
    }
}
