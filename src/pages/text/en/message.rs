//! Pages that say one thing, and what errors mean.

use crate::pages::text::{ErrorText, ErrorTexts, MessageText};

/// Pages that say one thing, and what errors mean.
pub(super) const MESSAGE: MessageText = MessageText {
    error_status: "Error",
    error_code: "Error code:",
    request_id: "If you write to us, name this request:",
    errors: ERRORS,
    between: " ",
    wait_moment: "You can try again in a few seconds.",
    wait_seconds: "You can try again in {seconds} seconds.",
    wait_minutes: "You can try again in {minutes} minutes.",
    wait_hours: "You can try again in about {hours} hours.",
    way_home: "To the start page",
    way_again: "Back to the form",
    way_new: "Make a new picture",
    way_pricing: "What is free and what is coming",
    way_status: "See how the service is doing",
    way_sign_in: "Sign in with Google",
    way_account: "To your account",
    way_contact: "How to reach us",
    more_help: "More about this",
    thanks_title: "Thank you",
    thanks_detail: "Look into your mailbox: you are on the list once you have pressed the button \
                    behind the link that we send. If the address is on it already, no mail comes.",
};

/// What each error means and what helps.
const ERRORS: ErrorTexts = ErrorTexts {
    input_invalid: ErrorText {
        title: "Something in the form needs a change",
        detail: "One answer is missing or is not one that we offer. Check what you chose \
                 and send the form again.",
    },
    image_format_unsupported: ErrorText {
        title: "We cannot read this kind of photo",
        detail: "We take JPEG, PNG and WebP. On an iPhone, choose the photo from the library \
                 instead of from Files: it then arrives as a JPEG. On a computer, export it as \
                 a JPEG.",
    },
    image_too_large: ErrorText {
        title: "This photo is too large",
        detail: "One photo may have 10 MB, 8192 pixels on a side and 40 million pixels in all. \
                 Save it smaller, or choose another one.",
    },
    image_too_small: ErrorText {
        title: "This photo is too small",
        detail: "Each side needs at least 256 pixels. Choose the original instead of a preview \
                 or a thumbnail.",
    },
    image_unreadable: ErrorText {
        title: "This photo cannot be opened",
        detail: "The file is damaged, empty or moving. Open it in a photo app, save it as a \
                 JPEG and choose that.",
    },
    body_too_large: ErrorText {
        title: "The photos together are too large",
        detail: "All photos of one picture may have 24 MB together. Leave one out, or choose \
                 smaller ones.",
    },
    consent_required: ErrorText {
        title: "Your consent is missing",
        detail: "Tick the box above the button: you need the right to use every photo, \
                 everyone shown has to agree, and you have to be 16 or older.",
    },
    trial_exhausted: ErrorText {
        title: "Your free pictures are used up",
        detail: "Everyone gets 3 pictures in 24 hours. A picture that failed does not count. \
                 There is nothing to buy yet; come back later.",
    },
    rate_limited: ErrorText {
        title: "Too much at once",
        detail: "More came from your network, or from all visitors together, than we can take. \
                 Nothing is broken; wait a little and try again.",
    },
    not_found: ErrorText {
        title: "There is nothing here",
        detail: "The address may be mistyped or cut off. If it was a link to a picture, check \
                 that you copied all of it.",
    },
    gone: ErrorText {
        title: "Deleted or expired",
        detail: "Somebody with the link deleted this order, or its 48 hours are over. Its \
                 photos and its picture no longer exist here. What was typed under “Anything \
                 else?” can remain in our database’s own recovery history for up to 30 days. \
                 You can make a new picture from the same photos.",
    },
    link_invalid: ErrorText {
        title: "This picture link does not work",
        detail: "Links to single pictures work for minutes, and only unchanged. Open the page \
                 of the order again: it has fresh ones.",
    },
    idempotency_conflict: ErrorText {
        title: "This was sent already",
        detail: "The same form is being worked on, or was used for another order. Go back to \
                 the form and send it again.",
    },
    cross_site_request: ErrorText {
        title: "Sent from another site",
        detail: "For your safety we accept forms from our own pages only. Open this site \
                 itself and try there.",
    },
    method_not_allowed: ErrorText {
        title: "Not like this",
        detail: "This address exists, but it is not meant to be opened this way. Start again \
                 from the start page.",
    },
    sign_in_required: ErrorText {
        title: "Sign in first",
        detail: "This part belongs to your account. Sign in with Google; you come back \
                 here.",
    },
    fresh_sign_in_required: ErrorText {
        title: "Sign in once more",
        detail: "This cannot be undone, so we ask Google once more that it is you. Sign in \
                 again and repeat it.",
    },
    sign_in_failed: ErrorText {
        title: "Signing in did not work",
        detail: "Google did not confirm who you are, or it took longer than ten minutes. \
                 Nothing was changed. Please try again.",
    },
    processing_restricted: ErrorText {
        title: "Processing is restricted",
        detail: "You have asked us not to process anything for your account. Lift the \
                 restriction on your account page to make pictures again.",
    },
    signature_invalid: ErrorText {
        title: "This message is not signed",
        detail: "This address is for the image service alone, whose messages are signed. If \
                 you came here by a link on our site, please tell us.",
    },
    order_final: ErrorText {
        title: "This order has already ended",
        detail: "It cannot be stopped or reported any more. You can delete it, or make a new \
                 picture.",
    },
    provider_rejected: ErrorText {
        title: "This combination is not possible",
        detail: "The image service did not accept this order. Try other options or other \
                 photos. This try was not counted.",
    },
    content_moderation: ErrorText {
        title: "The image service declined these pictures",
        detail: "Its content rules did not allow this picture. Use other photos or change the \
                 instructions. This try was not counted.",
    },
    provider_failed: ErrorText {
        title: "The picture could not be made",
        detail: "The image service tried and failed. Please place the order again. This try \
                 was not counted.",
    },
    provider_timeout: ErrorText {
        title: "It took too long",
        detail: "The image service did not finish in time. Please place the order again. This \
                 try was not counted.",
    },
    provider_busy: ErrorText {
        title: "The image service takes no orders at the moment",
        detail: "Please try again later. This try was not counted.",
    },
    unavailable: ErrorText {
        title: "Not available just now",
        detail: "This did not come through. As far as we can tell, nothing was ordered or \
                 counted. On a slow connection smaller photos help. Please try again shortly.",
    },
    internal: ErrorText {
        title: "Something went wrong here",
        detail: "This is our fault, not yours. Try again; if it happens once more, write to us \
                 and name the code below.",
    },
};
