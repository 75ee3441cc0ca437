//! The page of an account.

/// The page of an account.
pub struct AccountText {
    pub(in crate::pages) title: &'static str,
    /// Goes before a moment; so do the others that end in a colon.
    pub(in crate::pages) since: &'static str,
    /// `{used}`, `{limit}`.
    pub(in crate::pages) orders: &'static str,
    pub(in crate::pages) save: &'static str,
    pub(in crate::pages) saved: &'static str,
    /// When the connection failed.
    pub(in crate::pages) not_sent_detail: &'static str,
    pub(in crate::pages) profile: &'static str,
    pub(in crate::pages) name: &'static str,
    pub(in crate::pages) picture_note: &'static str,
    pub(in crate::pages) email: &'static str,
    pub(in crate::pages) email_note: &'static str,
    pub(in crate::pages) email_change: &'static str,
    /// `{email}`.
    pub(in crate::pages) email_waiting: &'static str,
    pub(in crate::pages) email_until: &'static str,
    pub(in crate::pages) email_keep: &'static str,
    pub(in crate::pages) sessions: &'static str,
    pub(in crate::pages) this_device: &'static str,
    pub(in crate::pages) unknown_device: &'static str,
    pub(in crate::pages) last_used: &'static str,
    pub(in crate::pages) signed_in: &'static str,
    pub(in crate::pages) end: &'static str,
    pub(in crate::pages) end_others: &'static str,
    pub(in crate::pages) ended: &'static str,
    pub(in crate::pages) appearance: &'static str,
    pub(in crate::pages) appearance_note: &'static str,
    pub(in crate::pages) privacy: &'static str,
    pub(in crate::pages) marketing: &'static str,
    pub(in crate::pages) marketing_note: &'static str,
    pub(in crate::pages) objection: &'static str,
    pub(in crate::pages) objection_note: &'static str,
    pub(in crate::pages) consents: &'static str,
    pub(in crate::pages) no_consents: &'static str,
    /// Goes before the version.
    pub(in crate::pages) consent_version: &'static str,
    pub(in crate::pages) consent_given: &'static str,
    pub(in crate::pages) consent_withdrawn: &'static str,
    pub(in crate::pages) restriction: &'static str,
    pub(in crate::pages) restriction_note: &'static str,
    pub(in crate::pages) restricted: &'static str,
    pub(in crate::pages) restrict: &'static str,
    pub(in crate::pages) lift: &'static str,
    /// The page that confirms a mail address.
    pub(in crate::pages) confirm_title: &'static str,
    /// `{email}`.
    pub(in crate::pages) confirm_detail: &'static str,
    pub(in crate::pages) confirm_button: &'static str,
    pub(in crate::pages) confirmed_title: &'static str,
    pub(in crate::pages) confirmed_detail: &'static str,
    pub(in crate::pages) over_title: &'static str,
    pub(in crate::pages) over_detail: &'static str,
}
