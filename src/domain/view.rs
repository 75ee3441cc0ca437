//! What the public may know of an order: the shape of the HTTP interface and of the order page.

use serde::Serialize;

use super::credits::Credits;
use super::options::Options;

/// The public status, derived from the order's state and the clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Waiting for its turn at the provider.
    Queued,
    /// The provider works on it.
    Processing,
    /// The picture is there.
    Completed,
    /// It ended without a picture; `error` says why.
    Failed,
    /// The visitor stopped it.
    Canceled,
    /// Its time is over; nothing of it can be read.
    Expired,
}

impl Status {
    /// The status's fixed name on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Processing => "processing",
            Self::Completed => "completed",
            Self::Failed => "failed",
            Self::Canceled => "canceled",
            Self::Expired => "expired",
        }
    }

    /// Whether the status never changes again, except to expired.
    pub const fn is_final(self) -> bool {
        match self {
            Self::Queued | Self::Processing => false,
            Self::Completed | Self::Failed | Self::Canceled | Self::Expired => true,
        }
    }
}

/// One order as its reader sees it. Times are RFC 3339 UTC.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct OrderView {
    /// The order's id, which is its private link.
    pub id: String,
    /// The kind of generation; `try_on`.
    pub kind: &'static str,
    /// The public status.
    pub status: Status,
    /// Grows with every change of the order and never falls.
    pub status_sequence: i64,
    /// Place in the queue, 1 = next; only while queued.
    pub queue_position: Option<u32>,
    /// Typical seconds until the picture; only while queued or processing.
    pub eta_seconds: Option<u32>,
    /// When the order was placed.
    pub created_at: String,
    /// When it reached a final status.
    pub completed_at: Option<String>,
    /// When it becomes unreadable; `None` for a kept order of an account.
    pub expires_at: Option<String>,
    /// The visitor's choices.
    pub options: Options,
    /// Whether it has the small picture for History; for the page alone.
    #[serde(skip)]
    pub has_preview: bool,
    /// Inputs first, in the order given, then the output.
    pub images: Vec<ImageView>,
    /// Why it failed.
    pub error: Option<ErrorView>,
    /// What the visitor reported about the picture; empty until then.
    pub problems: Vec<&'static str>,
    /// What is stored, where it went and for how long.
    pub facts: FactsView,
}

/// One picture of an order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ImageView {
    /// The file's id.
    pub id: String,
    /// `person`, `garment` or `output`.
    pub role: &'static str,
    /// Media type, found from the bytes.
    pub content_type: &'static str,
    /// Pixels, as displayed.
    pub width: u32,
    /// Pixels, as displayed.
    pub height: u32,
    /// Size of the stored file in bytes.
    pub bytes: u64,
    /// Signed link, relative to the site.
    pub url: String,
    /// When the link stops working; the page asks for a new one.
    pub url_expires_at: String,
}

/// Why an order failed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ErrorView {
    /// The code of the HTTP interface.
    pub code: &'static str,
    /// A few words.
    pub title: &'static str,
    /// What happened and what to do.
    pub detail: &'static str,
    /// Whether the same order placed again may succeed.
    pub retryable: bool,
}

/// What is stored of an order and who has seen it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FactsView {
    /// `kie`.
    pub provider: &'static str,
    /// The provider's model.
    pub model: String,
    /// What the provider charged, in its credits; known once the task was accepted.
    pub provider_credits: Option<Credits>,
    /// Metadata found in the uploads and removed before anything was stored.
    pub metadata_removed: Vec<&'static str>,
    /// When our copies are deleted; `None` for a kept order of an account.
    pub stored_until: Option<String>,
    /// Days for which the provider keeps its copy of the result.
    pub provider_retention_days: u32,
}
