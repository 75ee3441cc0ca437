//! The page that stands in for another one while there is no connection.

use crate::pages::text::OfflineText;

/// The page that stands in for another one while there is no connection.
pub(super) const OFFLINE: OfflineText = OfflineText {
    title: "You are offline",
    detail: "This device has no connection to the internet right now, so the page could not be \
             loaded.",
    order_goes_on: "An order that you have placed goes on without you: open its link again when \
                    you are back online. Nothing you had not sent yet has left this device.",
    retry: "Try again",
};
