//! The form that places an order.

/// The form that places an order.
pub struct FormText {
    pub(in crate::pages) title: &'static str,
    pub(in crate::pages) headline: &'static str,
    pub(in crate::pages) lede: &'static str,
    pub(in crate::pages) photos_again: &'static str,
    pub(in crate::pages) person_label: &'static str,
    pub(in crate::pages) person_hint: &'static str,
    pub(in crate::pages) person_prompt: &'static str,
    pub(in crate::pages) garments_label: &'static str,
    pub(in crate::pages) garments_hint: &'static str,
    pub(in crate::pages) garments_prompt: &'static str,
    pub(in crate::pages) options_heading: &'static str,
    pub(in crate::pages) more_options: &'static str,
    pub(in crate::pages) instructions_label: &'static str,
    pub(in crate::pages) instructions_hint: &'static str,
    pub(in crate::pages) consent_label: &'static str,
    pub(in crate::pages) submit: &'static str,
    pub(in crate::pages) submit_note: &'static str,
    pub(in crate::pages) preparing: &'static str,
    pub(in crate::pages) sending: &'static str,
    /// `{name}`: the file's name.
    pub(in crate::pages) remove_photo: &'static str,
    /// Alternative text of a chosen photo; `{name}`: the file's name.
    pub(in crate::pages) photo_preview: &'static str,
    /// `{name}`: the file's name; so in the three lines that follow.
    pub(in crate::pages) photo_wrong_type: &'static str,
    pub(in crate::pages) photo_unreadable: &'static str,
    pub(in crate::pages) photo_too_small: &'static str,
    pub(in crate::pages) photo_too_large: &'static str,
    /// `{max}`: how many photos the field takes.
    pub(in crate::pages) photos_too_many: &'static str,
    pub(in crate::pages) photos_too_heavy: &'static str,
    pub(in crate::pages) not_sent_title: &'static str,
    pub(in crate::pages) not_sent_detail: &'static str,
}
