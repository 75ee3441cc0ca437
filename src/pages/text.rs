//! The message catalogue: every word of every page, one constant for each language. A language that
//! lacks a line does not compile. `{name}` marks what the page fills in.

mod en;

pub use en::EN;

use crate::domain::image::Metadata;
use crate::domain::options::{
    AspectRatio, Category, Focus, GarmentPhotoType, LookStyle, OutputFormat, Resolution,
};
use crate::domain::view::Status;

/// A heading and its paragraph.
pub(super) struct Paragraph {
    pub(super) title: &'static str,
    pub(super) body: &'static str,
}

/// All words of one language.
pub struct Text {
    /// BCP 47 tag; the pages' `lang`.
    pub(super) lang: &'static str,
    /// `ltr` or `rtl`.
    pub(super) dir: &'static str,

    pub(super) brand: &'static str,
    pub(super) site_description: &'static str,
    pub(super) skip_link: &'static str,
    pub(super) header_note: &'static str,
    pub(super) footer_preview: &'static str,
    pub(super) footer_age: &'static str,

    pub(super) home_title: &'static str,
    pub(super) home_headline: &'static str,
    pub(super) home_lede: &'static str,
    pub(super) photos_again: &'static str,
    pub(super) person_label: &'static str,
    pub(super) person_hint: &'static str,
    pub(super) person_prompt: &'static str,
    pub(super) garments_label: &'static str,
    pub(super) garments_hint: &'static str,
    pub(super) garments_prompt: &'static str,
    pub(super) options_heading: &'static str,
    pub(super) more_options: &'static str,
    pub(super) instructions_label: &'static str,
    pub(super) instructions_hint: &'static str,
    pub(super) consent_label: &'static str,
    pub(super) submit: &'static str,
    pub(super) submit_note: &'static str,
    pub(super) promises_title: &'static str,
    pub(super) promises: [Paragraph; 3],
    pub(super) waitlist_title: &'static str,
    pub(super) waitlist_hint: &'static str,
    pub(super) waitlist_email: &'static str,
    pub(super) waitlist_submit: &'static str,

    pub(super) category_legend: &'static str,
    pub(super) category: fn(Category) -> &'static str,
    pub(super) garment_photo_type_legend: &'static str,
    pub(super) garment_photo_type: fn(GarmentPhotoType) -> &'static str,
    pub(super) look_style_legend: &'static str,
    pub(super) look_style: fn(LookStyle) -> &'static str,
    pub(super) focus_legend: &'static str,
    pub(super) focus: fn(Focus) -> &'static str,
    pub(super) resolution_legend: &'static str,
    pub(super) resolution: fn(Resolution) -> &'static str,
    pub(super) aspect_ratio_legend: &'static str,
    pub(super) aspect_ratio: fn(AspectRatio) -> &'static str,
    pub(super) output_format_legend: &'static str,
    pub(super) output_format: fn(OutputFormat) -> &'static str,
    /// A choice that some sizes exclude; `{option}`, and `{sizes}`: a list.
    pub(super) not_at: &'static str,
    pub(super) shape_not_at_size: &'static str,

    pub(super) preparing: &'static str,
    pub(super) sending: &'static str,
    /// `{name}`: the file's name.
    pub(super) remove_photo: &'static str,
    /// Alternative text of a chosen photo; `{name}`: the file's name.
    pub(super) photo_preview: &'static str,
    /// `{name}`: the file's name; so in the three lines that follow.
    pub(super) photo_wrong_type: &'static str,
    pub(super) photo_unreadable: &'static str,
    pub(super) photo_too_small: &'static str,
    pub(super) photo_too_large: &'static str,
    /// `{max}`: how many photos the field takes.
    pub(super) photos_too_many: &'static str,
    pub(super) photos_too_heavy: &'static str,
    pub(super) not_sent_title: &'static str,
    pub(super) not_sent_detail: &'static str,

    /// The order page's heading, by status.
    pub(super) headline: fn(Status) -> &'static str,
    /// The sentence below the heading, by status.
    pub(super) message: fn(Status) -> &'static str,
    pub(super) deleted_headline: &'static str,
    pub(super) deleted_message: &'static str,
    pub(super) step_queued: &'static str,
    pub(super) step_processing: &'static str,
    pub(super) step_completed: &'static str,
    pub(super) queue_position: &'static str,
    pub(super) typical_time: &'static str,
    /// `{seconds}`.
    pub(super) seconds: &'static str,
    /// `{minutes}`.
    pub(super) minutes: &'static str,
    pub(super) result_waiting: &'static str,
    pub(super) result_caption: &'static str,
    pub(super) result_note: &'static str,
    /// The visible mark on every picture that was made.
    pub(super) ai_mark: &'static str,
    pub(super) person_caption: &'static str,
    pub(super) garments_caption: &'static str,
    pub(super) alt_person: &'static str,
    /// `{number}`, from 1.
    pub(super) alt_garment: &'static str,
    /// `{garments}`: from `worn`; `{look}`: from `look_style`.
    pub(super) alt_output: &'static str,
    /// What the person wears in the picture, inside a sentence.
    pub(super) worn: fn(Category) -> &'static str,

    pub(super) download: &'static str,
    pub(super) try_again: &'static str,
    pub(super) cancel: &'static str,
    pub(super) cancel_explained: &'static str,
    pub(super) cancel_confirm: &'static str,
    pub(super) delete: &'static str,
    pub(super) delete_explained: &'static str,
    pub(super) delete_confirm: &'static str,
    pub(super) action_failed_title: &'static str,
    pub(super) action_failed_detail: &'static str,
    pub(super) connection_lost_title: &'static str,
    pub(super) connection_lost_detail: &'static str,

    pub(super) link_title: &'static str,
    pub(super) link_warning: &'static str,
    pub(super) link_label: &'static str,
    pub(super) link_copy: &'static str,
    pub(super) link_copied: &'static str,
    pub(super) facts_title: &'static str,
    pub(super) fact_choices: &'static str,
    pub(super) fact_instructions: &'static str,
    pub(super) fact_created: &'static str,
    pub(super) fact_stored_until: &'static str,
    pub(super) fact_removed: &'static str,
    pub(super) fact_model: &'static str,
    pub(super) fact_provider_keeps: &'static str,
    pub(super) fact_credits: &'static str,
    /// `{days}`.
    pub(super) days: &'static str,
    /// `{credits}`.
    pub(super) credits: &'static str,
    /// A provider's name for people, by its name on the wire.
    pub(super) provider: fn(&'static str) -> &'static str,
    /// A kind of metadata that is removed, inside a list.
    pub(super) metadata: fn(Metadata) -> &'static str,
    pub(super) metadata_none: &'static str,

    pub(super) error_status: &'static str,
    pub(super) error_code: &'static str,
    pub(super) request_id: &'static str,
    pub(super) back_home: &'static str,
    pub(super) not_found_title: &'static str,
    pub(super) not_found_detail: &'static str,
    pub(super) thanks_title: &'static str,
    pub(super) thanks_detail: &'static str,
}

impl Text {
    /// Title and detail of the page for a path that does not exist.
    pub const fn not_found(&self) -> (&'static str, &'static str) {
        (self.not_found_title, self.not_found_detail)
    }
}
