//! One order: its page, and the copy of its markup that the home page carries.

use crate::domain::image::Metadata;
use crate::domain::options::Category;
use crate::domain::view::Status;

/// One order: its page, and the copy of its markup that the home page carries.
pub struct OrderText {
    /// The order page's heading, by status.
    pub(in crate::pages) headline: fn(Status) -> &'static str,
    /// The sentence below the heading, by status.
    pub(in crate::pages) message: fn(Status) -> &'static str,
    pub(in crate::pages) deleted_headline: &'static str,
    pub(in crate::pages) deleted_message: &'static str,
    pub(in crate::pages) step_queued: &'static str,
    pub(in crate::pages) step_processing: &'static str,
    pub(in crate::pages) step_completed: &'static str,
    pub(in crate::pages) queue_position: &'static str,
    pub(in crate::pages) typical_time: &'static str,
    /// `{seconds}`.
    pub(in crate::pages) seconds: &'static str,
    /// `{minutes}`.
    pub(in crate::pages) minutes: &'static str,
    pub(in crate::pages) result_waiting: &'static str,
    pub(in crate::pages) result_caption: &'static str,
    pub(in crate::pages) result_note: &'static str,
    /// The visible mark on every picture that was made.
    pub(in crate::pages) ai_mark: &'static str,
    pub(in crate::pages) person_caption: &'static str,
    pub(in crate::pages) garments_caption: &'static str,
    pub(in crate::pages) alt_person: &'static str,
    /// `{number}`, from 1.
    pub(in crate::pages) alt_garment: &'static str,
    /// `{garments}`: from `worn`; `{look}`: from `look_style`.
    pub(in crate::pages) alt_output: &'static str,
    /// What the person wears in the picture, inside a sentence.
    pub(in crate::pages) worn: fn(Category) -> &'static str,
    pub(in crate::pages) download: &'static str,
    pub(in crate::pages) try_again: &'static str,
    pub(in crate::pages) cancel: &'static str,
    pub(in crate::pages) cancel_explained: &'static str,
    pub(in crate::pages) cancel_confirm: &'static str,
    pub(in crate::pages) delete: &'static str,
    pub(in crate::pages) delete_explained: &'static str,
    pub(in crate::pages) delete_confirm: &'static str,
    pub(in crate::pages) action_failed_title: &'static str,
    pub(in crate::pages) action_failed_detail: &'static str,
    pub(in crate::pages) connection_lost_title: &'static str,
    pub(in crate::pages) connection_lost_detail: &'static str,
    pub(in crate::pages) link_title: &'static str,
    pub(in crate::pages) link_warning: &'static str,
    pub(in crate::pages) link_label: &'static str,
    pub(in crate::pages) link_copy: &'static str,
    pub(in crate::pages) link_copied: &'static str,
    pub(in crate::pages) facts_title: &'static str,
    pub(in crate::pages) fact_choices: &'static str,
    pub(in crate::pages) fact_instructions: &'static str,
    pub(in crate::pages) fact_created: &'static str,
    pub(in crate::pages) fact_stored_until: &'static str,
    pub(in crate::pages) fact_removed: &'static str,
    pub(in crate::pages) fact_model: &'static str,
    pub(in crate::pages) fact_provider_keeps: &'static str,
    pub(in crate::pages) fact_credits: &'static str,
    /// `{days}`.
    pub(in crate::pages) days: &'static str,
    /// `{credits}`.
    pub(in crate::pages) credits: &'static str,
    /// A provider's name for people, by its name on the wire.
    pub(in crate::pages) provider: fn(&'static str) -> &'static str,
    /// A kind of metadata that is removed, inside a list.
    pub(in crate::pages) metadata: fn(Metadata) -> &'static str,
    pub(in crate::pages) metadata_none: &'static str,
}
