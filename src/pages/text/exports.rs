//! "Download my data": its part of the account page, and the page that lies in the zip.

/// "Download my data": its part of the account page, and the page that lies in the zip.
pub struct ExportsText {
    pub(in crate::pages) title: &'static str,
    pub(in crate::pages) lede: &'static str,
    /// `{count}` exports a day, `{days}` to download them.
    pub(in crate::pages) rules: &'static str,
    pub(in crate::pages) request: &'static str,
    pub(in crate::pages) none: &'static str,
    pub(in crate::pages) queued: &'static str,
    pub(in crate::pages) building: &'static str,
    /// Of both.
    pub(in crate::pages) queued_detail: &'static str,
    pub(in crate::pages) ready: &'static str,
    /// `{count}`; the moment at which it ends follows.
    pub(in crate::pages) days_left: &'static str,
    /// `{count}`; the moment at which it ends follows.
    pub(in crate::pages) hours_left: &'static str,
    /// The moment at which it ends follows.
    pub(in crate::pages) soon_over: &'static str,
    /// `{number}` `{of}` `{size}`
    pub(in crate::pages) part: &'static str,
    pub(in crate::pages) expired: &'static str,
    pub(in crate::pages) expired_detail: &'static str,
    pub(in crate::pages) failed: &'static str,
    pub(in crate::pages) failed_detail: &'static str,
    pub(in crate::pages) index_title: &'static str,
    /// `{time}`
    pub(in crate::pages) index_requested: &'static str,
    pub(in crate::pages) index_files: &'static str,
    pub(in crate::pages) index_earlier: &'static str,
    pub(in crate::pages) index_orders: &'static str,
    pub(in crate::pages) index_nothing: &'static str,
    /// `{count}`
    pub(in crate::pages) index_missing: &'static str,
    pub(in crate::pages) trashed: &'static str,
    pub(in crate::pages) person: &'static str,
    pub(in crate::pages) garment: &'static str,
    pub(in crate::pages) output: &'static str,
    pub(in crate::pages) preview: &'static str,
    pub(in crate::pages) portrait: &'static str,
}
