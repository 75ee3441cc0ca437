//! The form that places an order.

use crate::pages::samples::Sample;
use crate::pages::text::FormText;

/// The form that places an order.
pub(super) const FORM: FormText = FormText {
    title: "Try clothes on in a photo",
    headline: "Wear it before you own it.",
    lede: "One photo of you, one of the clothes. See yourself wearing them, usually in about \
           a minute.",
    photos_again: "Please choose the photos again: browsers do not keep them when a page is sent \
                   back. Everything else is as you left it.",
    person_label: "The person",
    person_tips: ["Head to toe", "From the front", "Alone", "Good light"],
    person_prompt: "Add a photo",
    garments_label: "The garments",
    garments_hint: "Up to 4 photos, one garment each.",
    garments_prompt: "Add photos",
    garment_tips: ["One garment", "Laid flat", "Not several", "Not cut off"],
    drop_prompt: "or drop or paste it here",
    use_camera: "Use camera",
    samples_label: "Try with a sample",
    sample,
    sample_failed: "The sample could not be loaded. Check the connection and press it again.",
    use_last: "Use my photo from last time",
    forget_last: "Forget",
    remember: "Remember this photo on this device",
    remember_failed: "This browser does not let us keep the photo. Nothing was stored.",
    camera_title: "Take a photo",
    camera_close: "Close the camera",
    camera_shutter: "Take the photo",
    camera_switch: "Other camera",
    camera_starting: "The camera is starting…",
    camera_refused: "The browser may not use the camera. Allow it in the browser’s settings for \
                     this site, or choose a photo instead.",
    camera_busy: "Another program is using the camera. Close it and try again, or choose a photo \
                  instead.",
    camera_absent: "No camera was found. Choose a photo instead.",
    name_camera: "Camera photo",
    name_last: "Photo from last time",
    name_order: "Photo of your order",
    options_heading: "How it should look",
    more_options: "More options",
    instructions_label: "Anything else?",
    instructions_hint: "For example: tuck the shirt in, sleeves rolled up. At most 500 characters.",
    consent_label: "I may use these photos, and everyone shown agrees. I am 16 or older.",
    free: "Free: {count} pictures in {hours} hours. No account, no card.",
    tries_left: "Free pictures left: {left} of {limit}.",
    tries_used: "No free pictures left. The next one is free on {time}.",
    submit: "Make my picture",
    submit_note: "The photos go to Kie AI, which makes the picture, and are deleted here after 48 \
                  hours, or kept in your history if you are signed in.",
    preparing: "Preparing your photos…",
    sending: "Sending your photos…",
    sent: "Sent. Placing your order…",
    try_again: "Try again",
    to_pricing: "See what comes next",
    to_help: "Help with errors",
    remove_photo: "Remove {name}",
    earlier_photo: "Move {name} forward",
    later_photo: "Move {name} back",
    photo_moved: "{name} is now photo {position} of {count}.",
    main_garment: "Main",
    location_removed: "Location removed",
    hidden_removed: "Hidden data removed",
    photo_preview: "Chosen photo {name}",
    photo_wrong_type: "{name} is not a photo we can use. Choose a JPEG, PNG or WebP file.",
    photo_heic: "{name} is a HEIC photo, which this browser cannot open. On an iPhone choose \
                 Settings, Camera, Formats, Most Compatible, or share the photo as a JPEG; then \
                 choose it again.",
    photo_unreadable: "{name} cannot be opened. Save it as a JPEG and choose it again.",
    photo_unchecked: "{name} could not be checked. Look at the connection and choose it again.",
    photo_too_small: "{name} is too small: each side needs at least 256 pixels.",
    photo_too_large: "{name} is too large. Choose a photo under 60 MB.",
    photos_too_many: "This field takes {max}. The others were left out.",
    photos_too_heavy: "All photos together are over 24 MB. Remove one, or choose smaller ones.",
    not_sent_title: "Your photos did not arrive",
    not_sent_detail: "The connection broke. Press the button again: it cannot create a second \
                      order.",
    order_photo_failed: "The photo of that order could not be loaded; it may be deleted. Please \
                         choose a photo.",
    shared_lost: "The shared photo is no longer here. Please choose the photo again.",
};

const fn sample(sample: Sample) -> &'static str {
    match sample {
        Sample::SlimWoman => "Woman with long brown hair, white T-shirt and jeans",
        Sample::BroadMan => "Broad man with a beard, T-shirt and dark trousers",
        Sample::PlusSizeWoman => "Plus-size woman with red curls, T-shirt and leggings",
        Sample::TallMan => "Tall man with black hair, white T-shirt and shorts",
        Sample::OlderWoman => "Older woman with glasses, blue T-shirt and light trousers",
        Sample::WheelchairUser => "Woman in a wheelchair, yellow T-shirt and jeans",
        Sample::KnitSweater => "Knitted sweater",
        Sample::StripedShirt => "Striped shirt",
        Sample::WhiteBlouse => "White blouse",
        Sample::Hoodie => "Green hoodie",
        Sample::DenimJacket => "Denim jacket",
        Sample::TrenchCoat => "Trench coat",
        Sample::WideTrousers => "Wide trousers",
        Sample::PleatedSkirt => "Pleated skirt",
        Sample::SummerDress => "Summer dress",
        Sample::EveningDress => "Evening dress",
        Sample::Sneakers => "White sneakers",
        Sample::FeltHat => "Brown felt hat",
        Sample::Handbag => "Green handbag",
    }
}
