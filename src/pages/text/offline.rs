//! The page that stands in for another one while there is no connection.

/// The page that stands in for another one while there is no connection.
pub struct OfflineText {
    pub(in crate::pages) title: &'static str,
    pub(in crate::pages) detail: &'static str,
    pub(in crate::pages) order_goes_on: &'static str,
    pub(in crate::pages) retry: &'static str,
}
