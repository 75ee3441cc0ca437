//! The form that places an order.

use crate::pages::samples::Sample;

/// The form that places an order.
pub struct FormText {
    pub(in crate::pages) title: &'static str,
    pub(in crate::pages) headline: &'static str,
    pub(in crate::pages) lede: &'static str,
    pub(in crate::pages) photos_again: &'static str,
    pub(in crate::pages) person_label: &'static str,
    /// Head to toe, facing the camera, alone, in good light: three words each.
    pub(in crate::pages) person_tips: [&'static str; 4],
    pub(in crate::pages) person_prompt: &'static str,
    pub(in crate::pages) garments_label: &'static str,
    pub(in crate::pages) garments_hint: &'static str,
    pub(in crate::pages) garments_prompt: &'static str,
    /// One, laid flat, not several, not cut off: three words each.
    pub(in crate::pages) garment_tips: [&'static str; 4],
    /// Beside the prompt of a field, where there is a mouse.
    pub(in crate::pages) drop_prompt: &'static str,
    pub(in crate::pages) use_camera: &'static str,
    pub(in crate::pages) samples_label: &'static str,
    /// What a sample photo shows.
    pub(in crate::pages) sample: fn(Sample) -> &'static str,
    pub(in crate::pages) sample_failed: &'static str,
    pub(in crate::pages) use_last: &'static str,
    pub(in crate::pages) forget_last: &'static str,
    pub(in crate::pages) remember: &'static str,
    pub(in crate::pages) remember_failed: &'static str,
    pub(in crate::pages) camera_title: &'static str,
    pub(in crate::pages) camera_close: &'static str,
    pub(in crate::pages) camera_shutter: &'static str,
    pub(in crate::pages) camera_switch: &'static str,
    pub(in crate::pages) camera_starting: &'static str,
    pub(in crate::pages) camera_refused: &'static str,
    pub(in crate::pages) camera_busy: &'static str,
    pub(in crate::pages) camera_absent: &'static str,
    /// The name of a photo that has none: from the camera, remembered, of an earlier order.
    pub(in crate::pages) name_camera: &'static str,
    pub(in crate::pages) name_last: &'static str,
    pub(in crate::pages) name_order: &'static str,
    pub(in crate::pages) options_heading: &'static str,
    pub(in crate::pages) more_options: &'static str,
    pub(in crate::pages) instructions_label: &'static str,
    pub(in crate::pages) instructions_hint: &'static str,
    pub(in crate::pages) consent_label: &'static str,
    /// `{count}` pictures in `{hours}` hours: 3 in 24, as the rules have them.
    pub(in crate::pages) free: &'static str,
    /// `{left}` of `{limit}` free pictures; right for every number, also 1.
    pub(in crate::pages) tries_left: &'static str,
    /// None is left; the next is free from `{time}`, a day and an hour.
    pub(in crate::pages) tries_used: &'static str,
    pub(in crate::pages) submit: &'static str,
    pub(in crate::pages) submit_note: &'static str,
    pub(in crate::pages) preparing: &'static str,
    pub(in crate::pages) sending: &'static str,
    pub(in crate::pages) sent: &'static str,
    pub(in crate::pages) try_again: &'static str,
    pub(in crate::pages) to_pricing: &'static str,
    pub(in crate::pages) to_help: &'static str,
    /// `{name}`: the file's name.
    pub(in crate::pages) remove_photo: &'static str,
    /// Moves a photo one place forward or back; `{name}`.
    pub(in crate::pages) earlier_photo: &'static str,
    pub(in crate::pages) later_photo: &'static str,
    /// Read aloud; `{name}`, `{position}`, `{count}`.
    pub(in crate::pages) photo_moved: &'static str,
    /// On the first of several garments; one or two words.
    pub(in crate::pages) main_garment: &'static str,
    /// On a photo; two or three words.
    pub(in crate::pages) location_removed: &'static str,
    pub(in crate::pages) hidden_removed: &'static str,
    /// Alternative text of a chosen photo; `{name}`: the file's name.
    pub(in crate::pages) photo_preview: &'static str,
    /// `{name}`: the file's name; so in the lines that follow.
    pub(in crate::pages) photo_wrong_type: &'static str,
    pub(in crate::pages) photo_heic: &'static str,
    pub(in crate::pages) photo_unreadable: &'static str,
    pub(in crate::pages) photo_unchecked: &'static str,
    pub(in crate::pages) photo_too_small: &'static str,
    pub(in crate::pages) photo_too_large: &'static str,
    /// `{max}`: how many photos the field takes.
    pub(in crate::pages) photos_too_many: &'static str,
    pub(in crate::pages) photos_too_heavy: &'static str,
    pub(in crate::pages) not_sent_title: &'static str,
    pub(in crate::pages) not_sent_detail: &'static str,
    pub(in crate::pages) order_photo_failed: &'static str,
    pub(in crate::pages) shared_lost: &'static str,
}
