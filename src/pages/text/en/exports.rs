//! "Download my data": its part of the account page, and the page that lies in the zip.

use crate::pages::text::ExportsText;

/// "Download my data": its part of the account page, and the page that lies in the zip.
pub(super) const EXPORTS: ExportsText = ExportsText {
    title: "Download my data",
    lede: "Get everything that we have about you: every order, every picture, and what your \
           account says, as a zip file to look at and as JSON for programs.",
    rules: "You can request {count} a day. A download works for {days} days; then it is deleted. \
            Large accounts get several files.",
    request: "Request a download",
    none: "You have not requested a download in the last weeks.",
    queued: "Waiting",
    building: "Being prepared",
    queued_detail: "You do not have to stay here: the download appears on this page when it is \
                    ready.",
    ready: "Ready to download",
    days_left: "{count} days left, until",
    hours_left: "{count} hours left, until",
    soon_over: "Less than two hours left, until",
    part: "Part {number} of {of} ({size})",
    expired: "Expired",
    expired_detail: "Its time is over, and its files are deleted.",
    failed: "Could not be prepared",
    failed_detail: "That was our fault. Please request it again.",
    index_title: "My data",
    index_requested: "As of {time}",
    index_files: "Files",
    index_earlier: "Earlier parts",
    index_orders: "Orders",
    index_nothing: "No orders.",
    index_missing: "Something is missing ({count}). The manifest says what and why.",
    trashed: "in the trash",
    person: "Photo of the person",
    garment: "Photo of a garment",
    output: "Result",
    preview: "Preview",
    portrait: "Account picture",
};
