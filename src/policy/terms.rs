//! How long: every length of time that is promised to somebody.

use crate::domain::account_change::EMAIL_CHANGE_LIFE_MS;
use crate::domain::count::KEPT_HOURS;
use crate::domain::export::TOLD_MS;
use crate::domain::letter::{LAST_WAIT_MS, WAIT_MS_MAX};
use crate::domain::link::{PROVIDER_LIFE_MS, VIEW_LIFE_MS, VIEW_STEP_MS};
use crate::domain::mail_address::UNCONFIRMED_MS;
use crate::domain::network::KEPT_DAYS;
use crate::domain::order::LEFTOVER_MS;
use crate::domain::receipt::{HISTORY_MS, LOGS_MS, PROVIDER_LOGS_MS, PROVIDER_PICTURES_MS};
use crate::domain::rules::Rules;
use crate::domain::time::{DAY_MS, HOUR_MS, MINUTE_MS};

/// What a term is told in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unit {
    /// Minutes.
    Minutes,
    /// Hours.
    Hours,
    /// Days.
    Days,
    /// Months, as others count them.
    Months,
    /// Years.
    Years,
}

macro_rules! terms {
    ($($(#[$doc:meta])* $variant:ident = $mark:literal, $unit:ident, $amount:expr;)+) => {
        /// A length of time that is promised.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Term {
            $($(#[$doc])* $variant),+
        }

        impl Term {
            /// Every term, in the order in which a page tells them.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// What texts write in braces where they want the number.
            pub const fn mark(self) -> &'static str {
                match self { $(Self::$variant => $mark),+ }
            }

            /// What it is told in.
            pub const fn unit(self) -> Unit {
                match self { $(Self::$variant => Unit::$unit),+ }
            }

            /// How many units by these rules.
            pub fn amount_by(self, rules: &Rules) -> i64 {
                let of: fn(&Rules) -> i64 = match self { $(Self::$variant => $amount),+ };
                of(rules)
            }
        }
    };
}

terms! {
    /// How long an order without an account can be opened.
    AnonymousOrder = "anonymous_order", Hours, |rules| rules.retention_ms / HOUR_MS;
    /// How long a link to a picture works for who looks at it.
    PictureLink = "picture_link", Minutes, |_| (VIEW_STEP_MS + VIEW_LIFE_MS) / MINUTE_MS;
    /// How long a link to a photo works for the provider.
    ProviderLink = "provider_link", Minutes, |_| PROVIDER_LIFE_MS / MINUTE_MS;
    /// In what time the free pictures are counted.
    TrialWindow = "trial_window", Hours, |rules| rules.trial_window_ms / HOUR_MS;
    /// How long it is known which tries are used up.
    SpentTry = "spent_try", Hours, |rules| 2 * rules.trial_window_ms / HOUR_MS;
    /// How long a network's count is kept.
    NetworkCount = "network_count", Days, |_| KEPT_DAYS;
    /// How long the link of a closed order says so.
    ClosedOrder = "closed_order", Days, |rules| rules.gone_ms / DAY_MS;
    /// How long at least the counts of an hour are kept.
    Counts = "counts", Hours, |_| KEPT_HOURS;
    /// The day by which what an account deleted is gone: the trash, and one day for the sweep.
    Trash = "trash", Days, |rules| rules.trash_ms / DAY_MS + 1;
    /// By when a copy of an order's files is found that was left behind.
    Leftover = "leftover", Hours, |_| LEFTOVER_MS / HOUR_MS + 1;
    /// How long the deletion of an account can be called off.
    AccountDeletion = "account_deletion", Hours, |rules| rules.deletion_delay_ms / HOUR_MS;
    /// How long a deletion receipt waits to be fetched.
    Receipt = "receipt", Days, |rules| rules.receipt_life_ms / DAY_MS;
    /// How long the parts of an export can be downloaded.
    Export = "export", Days, |rules| rules.export_life_ms / DAY_MS;
    /// How long it is noted that there was an export.
    ExportNote = "export_note", Days, |_| TOLD_MS / DAY_MS;
    /// How long a sign-in lasts without use.
    SessionIdle = "session_idle", Days, |rules| rules.session_idle_ms / DAY_MS;
    /// How long a sign-in lasts at all.
    SessionAbsolute = "session_absolute", Days, |rules| rules.session_life_ms / DAY_MS;
    /// How long a sign-in that was begun can be ended.
    SignIn = "sign_in", Minutes, |rules| rules.sign_in_ms / MINUTE_MS;
    /// How long a changed mail address waits to be confirmed.
    EmailChange = "email_change", Hours, |_| EMAIL_CHANGE_LIFE_MS / HOUR_MS;
    /// How long a mail waits that cannot be sent.
    Outbox = "outbox", Days, |_| WAIT_MS_MAX / DAY_MS;
    /// How long the mail that brings the receipt of a deletion waits, and its address with it.
    LastMail = "last_mail", Hours, |_| LAST_WAIT_MS / HOUR_MS;
    /// How long the waitlist keeps an address that was asked and did not confirm.
    Unconfirmed = "unconfirmed", Days, |_| UNCONFIRMED_MS / DAY_MS;
    /// How long the lines of the log are kept at most.
    Log = "log", Days, |_| LOGS_MS / DAY_MS;
    /// How far back the database can be restored.
    Recovery = "recovery", Days, |_| HISTORY_MS / DAY_MS;
    /// How long the provider keeps a result.
    ProviderResult = "provider_result", Days, |_| PROVIDER_PICTURES_MS / DAY_MS;
    /// How long the provider keeps records of its work.
    ProviderRecords = "provider_records", Months, |_| PROVIDER_LOGS_MS / (31 * DAY_MS);
    /// How long a preference is remembered.
    Preference = "preference", Years, |_| 1;
    /// How long before it holds a change is announced.
    Notice = "notice", Days, |_| NOTICE_DAYS;
}

/// Days between the publication of a change and its effect.
pub const NOTICE_DAYS: i64 = 14;

impl Term {
    /// How many units in production.
    pub fn amount(self) -> i64 {
        self.amount_by(&Rules::default())
    }

    /// The term that texts call by this mark.
    pub fn of_mark(mark: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|term| term.mark() == mark)
    }
}
