//! Pages that say one thing.

use crate::pages::text::MessageText;

/// Pages that say one thing.
pub(super) const MESSAGE: MessageText = MessageText {
    error_status: "Error",
    error_code: "Error code:",
    request_id: "If you write to us, name this request:",
    back_home: "To the start page",
    not_found_title: "There is nothing here",
    not_found_detail: "The address may be mistyped, or what was here has been deleted.",
    thanks_title: "Thank you",
    thanks_detail: "If that address is not on the list yet, it is now.",
};
