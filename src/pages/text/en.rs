//! English.

use super::{Paragraph, Text};
use crate::domain::image::Metadata;
use crate::domain::options::{
    AspectRatio, Category, Focus, GarmentPhotoType, LookStyle, OutputFormat, Resolution,
};
use crate::domain::view::Status;

/// What a deletion does not reach at once. Said wherever a page speaks of deletion.
macro_rules! and_what_stays {
    ($deleted:literal) => {
        concat!(
            $deleted,
            " What you typed under “Anything else?” can remain in our database’s own recovery \
             history for up to 30 days."
        )
    };
}

/// The English catalogue.
pub const EN: Text = Text {
    lang: "en",
    dir: "ltr",

    brand: "AnyTryOn",
    site_description: "See yourself in clothes before you own them: one photo of a person, one to \
                       four photos of garments, one picture. No account needed.",
    skip_link: "Skip to content",
    header_note: "Free to try, no account",
    footer_preview: "Pictures made here are AI previews. They show style, not size or fit.",
    footer_age: "For people aged 16 and over.",

    home_title: "Try clothes on in a photo",
    home_headline: "Wear it before you own it.",
    home_lede: "One photo of a person, one to four of clothes. You get a picture of that person \
                wearing them, usually within a minute.",
    photos_again: "Please choose the photos again: browsers do not keep them when a page is sent \
                   back. Everything else is as you left it.",
    person_label: "The person",
    person_hint: "Head to toe, facing the camera, in good light.",
    person_prompt: "Choose a photo",
    garments_label: "The garments",
    garments_hint: "Up to four photos: one garment each, all of it in view.",
    garments_prompt: "Choose photos",
    options_heading: "How it should look",
    more_options: "More options",
    instructions_label: "Anything else?",
    instructions_hint: "For example: tuck the shirt in, sleeves rolled up. At most 500 characters.",
    consent_label: "I may use the photos of everyone shown, and everyone shown agrees. I am 16 or \
                    older.",
    submit: "Make my picture",
    submit_note: "Photos are sent to Kie AI, which makes the picture.",
    promises_title: "What happens to your photos",
    promises: [
        Paragraph {
            title: "Gone after 48 hours",
            body: and_what_stays!(
                "Photos, picture and order are deleted two days after your order at the latest, \
                 or the moment you delete it."
            ),
        },
        Paragraph {
            title: "Location removed",
            body: "Where and with what a photo was taken is stripped from the file before anything \
                   is stored or passed on.",
        },
        Paragraph {
            title: "Never training data",
            body: "We train nothing on your photos. Kie AI, which makes the picture, keeps its own \
                   copy for a limited time; each order says for how long.",
        },
    ],
    waitlist_title: "Keep your pictures",
    waitlist_hint: "Accounts with a history are on their way. Leave your address and we will write \
                    once, when they are here.",
    waitlist_email: "Email address",
    waitlist_submit: "Tell me",

    category_legend: "Kind of garment",
    category,
    garment_photo_type_legend: "Garment photos show",
    garment_photo_type,
    look_style_legend: "Look",
    look_style,
    focus_legend: "In the picture",
    focus,
    resolution_legend: "Size",
    resolution,
    aspect_ratio_legend: "Shape",
    aspect_ratio,
    output_format_legend: "File format",
    output_format,
    not_at: "{option} (not at {sizes})",
    shape_not_at_size: "This shape is not made at the size you chose. Choose another shape or \
                        another size.",

    preparing: "Preparing your photos…",
    sending: "Sending your photos…",
    remove_photo: "Remove {name}",
    photo_preview: "Chosen photo {name}",
    photo_wrong_type: "{name} is not a photo we can use. Choose a JPEG, PNG or WebP file.",
    photo_unreadable: "{name} cannot be opened. Save it as a JPEG and choose it again.",
    photo_too_small: "{name} is too small: each side needs at least 256 pixels.",
    photo_too_large: "{name} is too large. Choose a photo under 10 MB.",
    photos_too_many: "This field takes {max}. The others were left out.",
    photos_too_heavy: "All photos together are over 24 MB. Remove one, or choose smaller ones.",
    not_sent_title: "Your photos did not arrive",
    not_sent_detail: "The connection broke. Press the button again: it cannot create a second \
                      order.",

    headline,
    message,
    deleted_headline: "Deleted",
    deleted_message: and_what_stays!("The order, your photos and the picture are gone."),
    step_queued: "In line",
    step_processing: "Being made",
    step_completed: "Ready",
    queue_position: "Your place in line",
    typical_time: "Usually ready in",
    seconds: "{seconds} seconds",
    minutes: "{minutes} minutes",
    result_waiting: "Your picture appears here",
    result_caption: "Result.",
    result_note: "Shows style, not size or fit.",
    ai_mark: "AI preview",
    person_caption: "Original",
    garments_caption: "Garments",
    alt_person: "The photo of the person that you chose",
    alt_garment: "Garment photo {number}",
    alt_output: "AI preview: the person from your photo wearing {garments}. Look: {look}",
    worn,

    download: "Download",
    try_again: "Try something else on",
    cancel: "Stop this order",
    cancel_explained: "No picture will be made, or it is thrown away if it is almost done.",
    cancel_confirm: "Yes, stop it",
    delete: "Delete now",
    delete_explained: and_what_stays!(
        "The order, your photos and the picture are deleted at once. This cannot be undone."
    ),
    delete_confirm: "Yes, delete everything",
    action_failed_title: "That did not work",
    action_failed_detail: "We could not be reached. Please try again.",
    connection_lost_title: "Connection lost",
    connection_lost_detail: "Your order goes on without you. This page catches up when the \
                             connection is back.",

    link_title: "Your private link",
    link_warning: "Whoever has this link can see, stop and delete this order. It is the only way \
                   back to it, so keep it, and keep it to yourself.",
    link_label: "Private link to this order",
    link_copy: "Copy",
    link_copied: "Copied",
    facts_title: "The facts",
    fact_choices: "You chose",
    fact_instructions: "You asked",
    fact_created: "Ordered",
    fact_stored_until: "Order and pictures are deleted by",
    fact_removed: "Removed from your photos",
    fact_model: "Made by",
    fact_provider_keeps: "It keeps its copy for",
    fact_credits: "It charged us",
    days: "{days} days",
    credits: "{credits} credits",
    provider,
    metadata,
    metadata_none: "Nothing was hidden in them",

    error_status: "Error",
    error_code: "Error code:",
    request_id: "If you write to us, name this request:",
    back_home: "To the start page",
    not_found_title: "There is nothing here",
    not_found_detail: "The address may be mistyped, or what was here has been deleted.",
    thanks_title: "Thank you",
    thanks_detail: "If that address is not on the list yet, it is now.",
};

const fn category(value: Category) -> &'static str {
    match value {
        Category::Auto => "Automatic",
        Category::Tops => "Top",
        Category::Bottoms => "Bottoms",
        Category::OnePieces => "Dress or one-piece",
        Category::Outerwear => "Jacket or coat",
        Category::Footwear => "Shoes",
        Category::Accessories => "Accessory",
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

const fn garment_photo_type(value: GarmentPhotoType) -> &'static str {
    match value {
        GarmentPhotoType::Auto => "Automatic",
        GarmentPhotoType::FlatLay => "The garment alone",
        GarmentPhotoType::Model => "Somebody wearing it",
    }
}

const fn look_style(value: LookStyle) -> &'static str {
    match value {
        LookStyle::Natural => "Natural",
        LookStyle::Studio => "Studio",
        LookStyle::Street => "Street",
        LookStyle::Editorial => "Editorial",
        LookStyle::Evening => "Evening",
    }
}

const fn focus(value: Focus) -> &'static str {
    match value {
        Focus::FullBody => "Head to toe",
        Focus::UpperBody => "Upper body",
        Focus::LowerBody => "Lower body",
        Focus::Details => "Close-up",
    }
}

const fn resolution(value: Resolution) -> &'static str {
    match value {
        Resolution::R1K => "1K, about 1024 pixels",
        Resolution::R2K => "2K, about 2048 pixels",
        Resolution::R4K => "4K, about 4096 pixels",
    }
}

const fn aspect_ratio(value: AspectRatio) -> &'static str {
    match value {
        AspectRatio::Auto => "Same as the person’s photo",
        AspectRatio::R1x1 => "Square 1:1",
        AspectRatio::R3x4 => "Portrait 3:4",
        AspectRatio::R4x3 => "Landscape 4:3",
        AspectRatio::R2x3 => "Portrait 2:3",
        AspectRatio::R3x2 => "Landscape 3:2",
        AspectRatio::R4x5 => "Portrait 4:5",
        AspectRatio::R5x4 => "Landscape 5:4",
        AspectRatio::R9x16 => "Portrait 9:16",
        AspectRatio::R16x9 => "Landscape 16:9",
    }
}

const fn output_format(value: OutputFormat) -> &'static str {
    match value {
        OutputFormat::Jpeg => "JPEG",
        OutputFormat::Png => "PNG",
    }
}

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
        Status::Queued => "You may close this page and come back with your private link.",
        Status::Processing => "This page shows it as soon as it is there.",
        Status::Completed => "Compare it with the original, then keep it or let it go.",
        Status::Failed => "What went wrong, and what you can do about it:",
        Status::Canceled => "You stopped this order. No picture was made.",
        Status::Expired => {
            and_what_stays!("Its time is over: the order, your photos and the picture are deleted.")
        }
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
