//! The form that places an order.

use crate::pages::text::FormText;

/// The form that places an order.
pub(super) const FORM: FormText = FormText {
    title: "Try clothes on in a photo",
    headline: "Wear it before you own it.",
    lede: "One photo of a person, one to four of clothes. You get a picture of that person \
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
};
