//! One order: its page, and the copy of its markup that the home page carries.

use crate::domain::image::Metadata;
use crate::domain::options::Category;
use crate::domain::problem::Problem;
use crate::domain::view::Status;
use crate::pages::text::Counted;

/// One order: its page, and the copy of its markup that the home page carries.
pub struct OrderText {
    /// The order page's heading, by status.
    pub(in crate::pages) headline: fn(Status) -> &'static str,
    /// The sentence below the heading, by status.
    pub(in crate::pages) message: fn(Status) -> &'static str,
    pub(in crate::pages) deleted_headline: &'static str,
    pub(in crate::pages) deleted_message: &'static str,
    /// The same where the order is an account's, and went into its trash.
    pub(in crate::pages) trashed_headline: &'static str,
    pub(in crate::pages) trashed_message: &'static str,
    pub(in crate::pages) step_queued: &'static str,
    pub(in crate::pages) step_processing: &'static str,
    pub(in crate::pages) step_completed: &'static str,
    pub(in crate::pages) queue_position: &'static str,
    pub(in crate::pages) typical_time: &'static str,
    pub(in crate::pages) seconds: Counted,
    pub(in crate::pages) minutes: Counted,
    /// How long it has taken so far; a running clock follows.
    pub(in crate::pages) elapsed: &'static str,
    pub(in crate::pages) notify: &'static str,
    pub(in crate::pages) notify_note: &'static str,
    pub(in crate::pages) notify_on: &'static str,
    pub(in crate::pages) notify_refused: &'static str,
    /// Below the headline of the status in a notification of the system.
    pub(in crate::pages) notify_body: &'static str,
    pub(in crate::pages) close_title: &'static str,
    pub(in crate::pages) result_waiting: &'static str,
    pub(in crate::pages) result_note: &'static str,
    /// The visible mark on every picture that was made.
    pub(in crate::pages) ai_mark: &'static str,
    /// Names the slider that moves between the two pictures.
    pub(in crate::pages) compare_label: &'static str,
    /// What the slider says of its place: `{before}` and `{after}`, together 100.
    pub(in crate::pages) compare_words: &'static str,
    pub(in crate::pages) compare_hold: &'static str,
    pub(in crate::pages) zoom: &'static str,
    pub(in crate::pages) zoom_label: &'static str,
    pub(in crate::pages) zoom_close: &'static str,
    pub(in crate::pages) inputs_title: &'static str,
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
    pub(in crate::pages) share: &'static str,
    /// The private link was copied, since the picture itself cannot be shared here.
    pub(in crate::pages) share_copied: &'static str,
    /// The same where the order is an account's, whose link is of use to nobody else.
    pub(in crate::pages) share_kept: &'static str,
    /// The picture took so long that the browser wants another press.
    pub(in crate::pages) share_again: &'static str,
    pub(in crate::pages) try_garment: &'static str,
    pub(in crate::pages) use_as_person: &'static str,
    pub(in crate::pages) try_person: &'static str,
    pub(in crate::pages) to_start: &'static str,
    pub(in crate::pages) report: &'static str,
    pub(in crate::pages) report_question: &'static str,
    /// What may be wrong with a picture.
    pub(in crate::pages) problem: fn(Problem) -> &'static str,
    pub(in crate::pages) report_note: &'static str,
    pub(in crate::pages) report_send: &'static str,
    /// Nothing is ticked.
    pub(in crate::pages) report_choose: &'static str,
    pub(in crate::pages) report_thanks: &'static str,
    pub(in crate::pages) cancel: &'static str,
    pub(in crate::pages) cancel_explained: &'static str,
    pub(in crate::pages) cancel_confirm: &'static str,
    pub(in crate::pages) delete: &'static str,
    pub(in crate::pages) delete_explained: &'static str,
    pub(in crate::pages) delete_confirm: &'static str,
    /// What putting an account's order into the trash means.
    pub(in crate::pages) trash_explained: &'static str,
    pub(in crate::pages) action_failed_title: &'static str,
    pub(in crate::pages) action_failed_detail: &'static str,
    pub(in crate::pages) connection_lost_title: &'static str,
    pub(in crate::pages) connection_lost_detail: &'static str,
    pub(in crate::pages) link_title: &'static str,
    pub(in crate::pages) link_warning: &'static str,
    /// In place of the link and its warning where the order is an account's.
    pub(in crate::pages) kept_title: &'static str,
    pub(in crate::pages) kept_explained: &'static str,
    pub(in crate::pages) to_history: &'static str,
    pub(in crate::pages) to_trash: &'static str,
    pub(in crate::pages) link_label: &'static str,
    pub(in crate::pages) link_copy: &'static str,
    pub(in crate::pages) link_copied: &'static str,
    pub(in crate::pages) facts_title: &'static str,
    pub(in crate::pages) fact_choices: &'static str,
    pub(in crate::pages) fact_instructions: &'static str,
    pub(in crate::pages) fact_created: &'static str,
    pub(in crate::pages) fact_stored_until: &'static str,
    pub(in crate::pages) fact_pictures: &'static str,
    pub(in crate::pages) fact_size: &'static str,
    /// What stands before the decimals of a number.
    pub(in crate::pages) decimal_point: &'static str,
    /// What stands between the words of a list.
    pub(in crate::pages) list_comma: &'static str,
    pub(in crate::pages) fact_removed: &'static str,
    pub(in crate::pages) fact_model: &'static str,
    pub(in crate::pages) fact_provider_keeps: &'static str,
    pub(in crate::pages) fact_credits: &'static str,
    pub(in crate::pages) fact_preview: &'static str,
    pub(in crate::pages) preview_statement: &'static str,
    pub(in crate::pages) days: Counted,
    pub(in crate::pages) credits: Counted,
    /// A provider's name for people, by its name on the wire.
    pub(in crate::pages) provider: fn(&'static str) -> &'static str,
    /// A kind of metadata that is removed, inside a list.
    pub(in crate::pages) metadata: fn(Metadata) -> &'static str,
    pub(in crate::pages) metadata_none: &'static str,
}
