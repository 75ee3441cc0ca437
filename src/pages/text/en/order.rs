//! One order: its page, and the copy of its markup that the home page carries.

use crate::domain::image::Metadata;
use crate::domain::options::Category;
use crate::domain::problem::Problem;
use crate::domain::view::Status;
use crate::pages::text::{Counted, OrderText};

/// One order: its page, and the copy of its markup that the home page carries.
pub(super) const ORDER: OrderText = OrderText {
    headline,
    message,
    deleted_headline: "Deleted",
    deleted_message: and_what_stays!("The order, your photos and the picture are gone."),
    trashed_headline: "In the trash",
    trashed_message: "You can bring it back from the trash for 29 days. Then it is gone for good.",
    step_queued: "In line",
    step_processing: "Being made",
    step_completed: "Ready",
    queue_position: "Your place in line",
    typical_time: "Usually ready in",
    seconds: Counted { one: "1 second", other: "{count} seconds" },
    minutes: Counted { one: "1 minute", other: "{count} minutes" },
    elapsed: "Waiting for",
    notify: "Tell me when it is done",
    notify_note: "Works as long as this page stays open, also in the background.",
    notify_on: "You will be told, as long as this page stays open.",
    notify_refused: "Your browser does not allow this site to notify you. You can change that in \
                     its settings for this site.",
    notify_body: "Come back to the page to see it.",
    close_title: "You may close this page",
    result_waiting: "Your picture appears here",
    result_note: "Shows style, not size or fit.",
    ai_mark: "AI preview",
    compare_label: "Compare with the original",
    compare_words: "{before} percent original, {after} percent result",
    compare_hold: "Hold to see the original",
    zoom: "Look closer",
    zoom_label: "The picture at full size",
    zoom_close: "Close",
    inputs_title: "Your photos",
    person_caption: "Original",
    garments_caption: "Garments",
    alt_person: "The photo of the person that you chose",
    alt_garment: "Garment photo {number}",
    alt_output: "AI preview: the person from your photo wearing {garments}. Look: {look}",
    worn,
    download: "Download",
    share: "Share",
    share_copied: "The picture cannot be shared from this browser, so your private link is \
                   copied. Whoever has it can see, stop and delete this order.",
    share_kept: "The picture cannot be shared from this browser. Download it and share the file.",
    share_again: "The picture is ready. Press Share once more.",
    try_garment: "Try another garment",
    use_as_person: "Use this picture as the person",
    try_person: "Try again with the same person",
    to_start: "To the start page",
    report: "Report a problem",
    report_question: "What is wrong with the picture?",
    problem,
    report_note: "It is counted without your picture and shown on the status page.",
    report_send: "Send report",
    report_choose: "Choose at least one.",
    report_thanks: "Thank you. Your report is counted, without your picture.",
    cancel: "Stop this order",
    cancel_explained: "No picture will be made, or it is thrown away if it is almost done. If we \
                       have started it, it counts as one of your free pictures.",
    cancel_confirm: "Yes, stop it",
    delete: "Delete now",
    delete_explained: and_what_stays!(
        "The order, your photos and the picture are deleted at once. This cannot be undone."
    ),
    delete_confirm: "Yes, delete everything",
    trash_explained: "The order goes to the trash with your photos and the picture. You can \
                      bring it back for 29 days; then it is deleted for good.",
    action_failed_title: "That did not work",
    action_failed_detail: "We could not be reached. Please try again.",
    connection_lost_title: "Connection lost",
    connection_lost_detail: "Your order goes on without you. This page catches up when the \
                             connection is back.",
    link_title: "Your private link",
    link_warning: "Your private link brings you back. Whoever has it can see, stop and delete \
                   this order, so keep it to yourself.",
    kept_title: "In your History",
    kept_explained: "This order stays in your History until you delete it. Only you can see it, \
                     while you are signed in.",
    to_history: "To your History",
    to_trash: "To the trash",
    link_label: "Private link to this order",
    link_copy: "Copy",
    link_copied: "Copied",
    facts_title: "The facts",
    fact_choices: "You chose",
    fact_instructions: "You asked",
    fact_created: "Ordered",
    fact_stored_until: "Order and pictures can be opened until",
    fact_pictures: "Pictures that we store",
    fact_size: "Their size",
    decimal_point: ".",
    list_comma: ", ",
    fact_removed: "Removed from your photos",
    fact_model: "Made by",
    fact_provider_keeps: "It keeps its copy for",
    fact_credits: "It charged us",
    fact_preview: "What you see",
    preview_statement: "A preview made by AI. It shows style, not size or fit.",
    days: Counted { one: "1 day", other: "{count} days" },
    credits: Counted { one: "1 credit", other: "{count} credits" },
    provider,
    metadata,
    metadata_none: "Nothing was hidden in them",
};

const fn headline(status: Status) -> &'static str {
    match status {
        Status::Queued => "You are in line",
        Status::Processing => "Your picture is being made",
        Status::Completed => "Your picture is ready",
        Status::Failed => "No picture this time",
        Status::Canceled => "Stopped",
        Status::Expired => "This order is gone",
    }
}

const fn message(status: Status) -> &'static str {
    match status {
        Status::Queued => "It begins as soon as it is your turn.",
        Status::Processing => "This page shows it as soon as it is there.",
        Status::Completed => "Compare it with the original, then keep it or let it go.",
        Status::Failed => "What went wrong, and what you can do about it:",
        Status::Canceled => "You stopped this order. There is no picture.",
        Status::Expired => {
            and_what_stays!(
                "It was deleted or its time is over: the order, your photos and the picture are \
                 gone from here."
            )
        }
    }
}

const fn worn(value: Category) -> &'static str {
    match value {
        Category::Auto => "the garments you chose",
        Category::Tops => "the top you chose",
        Category::Bottoms => "the bottoms you chose",
        Category::OnePieces => "the one-piece you chose",
        Category::Outerwear => "the jacket or coat you chose",
        Category::Footwear => "the shoes you chose",
        Category::Accessories => "the accessory you chose",
    }
}

fn provider(name: &'static str) -> &'static str {
    match name {
        "kie" => "Kie AI",
        other => other,
    }
}

const fn metadata(kind: Metadata) -> &'static str {
    match kind {
        Metadata::Gps => "location",
        Metadata::Exif => "camera data",
        Metadata::Xmp => "editing data",
        Metadata::Iptc => "captions",
        Metadata::Comment => "comments",
        Metadata::Thumbnail => "embedded thumbnail",
        Metadata::Text => "text notes",
        Metadata::Time => "time stamp",
        Metadata::IccProfile => "broken colour profile",
        Metadata::IccText => "notes in the colour profile",
        Metadata::ExtraPicture => "further pictures",
        Metadata::TrailingData => "data after the picture",
        Metadata::Other => "other hidden data",
    }
}

const fn problem(kind: Problem) -> &'static str {
    match kind {
        Problem::BodyChanged => "The body has changed",
        Problem::OldGarmentLeft => "The old garment is still there",
        Problem::WrongGarment => "It is not the garment I chose",
        Problem::FaceChanged => "The face has changed",
        Problem::Other => "Something else",
    }
}
