//! An order: a generation request of some kind and what became of it. [`step`] is the only place
//! that changes one; the database row is the truth, acts are hints for speed.

mod access;
mod event;
mod keeping;
mod machine;

use std::fmt;

use serde::{Deserialize, Serialize};

use super::id::{AccountId, CallbackToken, FileId, OrderId};
use super::image::{Format, Metadata};
use super::options::Options;
use super::problem::Problem;
use super::refusal::Code;
use super::rules::Rules;
use super::time::{HOUR_MS, Millis};
use super::view::Status;

pub use access::{gone, in_trash, not_found, readable_by, shows_pictures};
pub use event::{Act, Alert, Event, Step, TaskFailure, TaskRefusal};
pub use machine::step;

/// Where an order is between the visitor and the provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum State {
    /// In the queue.
    Placed,
    /// createTask is being called, or its answer was lost.
    Submitting,
    /// The provider has the task.
    Submitted,
    /// The picture is stored.
    Delivered,
    /// Ended without a picture.
    Failed,
    /// Stopped by the visitor.
    Canceled,
    /// Every file is confirmed gone, and so is its row.
    Closed,
}

impl State {
    /// Every state, in the order of an order's life.
    pub const ALL: [Self; 7] = [
        Self::Placed,
        Self::Submitting,
        Self::Submitted,
        Self::Delivered,
        Self::Failed,
        Self::Canceled,
        Self::Closed,
    ];

    /// The state's name in the database and in logs.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Placed => "placed",
            Self::Submitting => "submitting",
            Self::Submitted => "submitted",
            Self::Delivered => "delivered",
            Self::Failed => "failed",
            Self::Canceled => "canceled",
            Self::Closed => "closed",
        }
    }

    /// Reads the name in the database.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }

    /// The public status of an order whose time is not over.
    pub const fn status(self) -> Status {
        match self {
            Self::Placed => Status::Queued,
            Self::Submitting | Self::Submitted => Status::Processing,
            Self::Delivered => Status::Completed,
            Self::Failed => Status::Failed,
            Self::Canceled => Status::Canceled,
            Self::Closed => Status::Expired,
        }
    }
}

/// What a picture is to its order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// The person who tries on.
    Person,
    /// A garment to try on.
    Garment,
    /// The result.
    Output,
}

impl Role {
    /// The role's fixed name on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Garment => "garment",
            Self::Output => "output",
        }
    }
}

/// Where a file lies in R2: an order's result, or all its inputs one after the other, since storing
/// is billed by the file. The hour of its creation is part of the key, so that one listing of an
/// hour that is over finds every file that no order knows of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileKey {
    /// Hours since the epoch at which the order was placed.
    pub hour: u32,
    /// The file.
    pub id: FileId,
    /// Whether it lies where the files of accounts are kept, out of reach of the storage's rule.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub kept: bool,
}

impl FileKey {
    /// The key of a new file of an order that is placed at `now`. An account's, too, is moved only
    /// when the order has ended.
    pub fn new(now: Millis, id: FileId) -> Self {
        Self { hour: u32::try_from(now.0.div_euclid(HOUR_MS)).unwrap_or(0), id, kept: false }
    }

    /// The key of a new file that is an account's from the beginning.
    pub fn new_kept(now: Millis, id: FileId) -> Self {
        Self::new(now, id).in_place(true)
    }

    /// The key of the same file in one of the two places.
    #[must_use]
    pub const fn in_place(self, kept: bool) -> Self {
        Self { kept, ..self }
    }

    /// The public id of the picture that begins `offset` bytes into the file: the file's own id for
    /// the first one.
    pub fn picture_id(&self, offset: u32) -> String {
        if offset == 0 { self.id.to_string() } else { format!("{}.{offset}", self.id) }
    }

    /// The prefix under which all files of one hour lie that are not kept.
    pub fn prefix_of_hour(hour: u32) -> String {
        format!("anon/{hour}/")
    }

    /// The prefix under which those files lie that are kept, of orders that were placed in an hour.
    pub fn kept_prefix_of_hour(hour: u32) -> String {
        format!("kept/{hour}/")
    }
}

/// How long after its hour an order's kept files are compared with its row: moving them has ended.
pub const LEFTOVER_MS: i64 = 50 * HOUR_MS;

impl fmt::Display for FileKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { hour, id, kept } = self;
        if *kept { write!(f, "kept/{hour}/{id}") } else { write!(f, "anon/{hour}/{id}") }
    }
}

/// One stored picture. Digests are computed once, at ingest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Image {
    /// What it is to the order.
    pub role: Role,
    /// The file that holds it.
    pub key: FileKey,
    /// Where in the file it begins, in bytes.
    pub offset: u32,
    /// Format found from the bytes.
    pub format: Format,
    /// Pixels as displayed, orientation applied.
    pub width: u32,
    /// Pixels as displayed, orientation applied.
    pub height: u32,
    /// Its size.
    pub bytes: u32,
    /// SHA-256 of its bytes as they are stored, lower-case hex.
    pub sha256: String,
    /// CRC-32 (IEEE) of the same bytes.
    pub crc32: u32,
}

/// The account that an order belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Owner {
    /// Which one.
    pub id: AccountId,
    /// Whether its orders are counted: nobody is who has objected to statistics.
    pub counted: bool,
}

/// One order. `version` guards every change in the database and is the public `status_sequence`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    /// The public id, which is the private link.
    pub id: OrderId,
    /// Grows by one with every change.
    pub version: i64,
    /// Where it is.
    pub state: State,
    /// Hash of the visitor's cookie: whose trial it used.
    pub visitor: Option<String>,
    /// Whose it is; `None` when whoever has the id may read it.
    pub account: Option<AccountId>,
    /// Whether it is counted how it ends.
    pub counted: bool,
    /// When its owner put it into the trash.
    pub trashed_at: Option<Millis>,
    /// The small picture of it that its owner's browser made. Written by itself, in its place.
    pub preview: Option<Image>,
    /// The visitor's choices.
    pub options: Options,
    /// Which edition of the prompt texts was or will be sent.
    pub prompt_version: u32,
    /// The provider's model.
    pub model: String,
    /// Inputs, person first; the output once there is one.
    pub images: Vec<Image>,
    /// What was removed from the uploads.
    pub metadata_removed: Vec<Metadata>,
    /// Where the result will lie. Chosen at placing, so that closing can delete it without knowing
    /// whether it was ever stored, and storing it twice is storing it once.
    pub result_key: FileKey,
    /// The secret in `callBackUrl`.
    pub callback_token: CallbackToken,
    /// createTask calls that may have created a task.
    pub tasks: u8,
    /// The provider's task that is waited for.
    pub task_id: Option<String>,
    /// What the provider charged, in thousandths of its credits.
    pub credits_milli: Option<i64>,
    /// The result lies on a host that is not allowed: it waits for the operator.
    pub parked: bool,
    /// Why it failed.
    pub error: Option<Code>,
    /// What its visitor reported about the picture.
    pub problems: Option<Vec<Problem>>,
    /// Whether the try that it used is free again.
    pub given_back: bool,
    /// When it was placed.
    pub created_at: Millis,
    /// When the provider took the task.
    pub submitted_at: Option<Millis>,
    /// When it was delivered, failed or was canceled.
    pub completed_at: Option<Millis>,
    /// From this moment it is unreadable; `None` for a kept order of an account.
    pub expires_at: Option<Millis>,
    /// The moment at which something must be done about it. An anonymous order that has ended has
    /// none: its time ends it, and only a deletion before that has one. An account's has one until
    /// its files are moved, and in the trash.
    pub wake_at: Option<Millis>,
}

impl Order {
    /// Whether its files lie where the files of accounts are kept.
    pub const fn is_kept(&self) -> bool {
        self.result_key.kept
    }

    /// Whether its time is over: unreadable from exactly `expires_at`.
    pub fn is_expired(&self, now: Millis) -> bool {
        self.expires_at.is_some_and(|at| now >= at)
    }

    /// When the order fails for want of a picture, once the provider has its task.
    pub fn deadline(&self, rules: &Rules) -> Millis {
        self.submitted_at.unwrap_or(self.created_at).plus(rules.deadline_ms)
    }

    /// Whether it counts against its visitor's trial.
    pub fn counts_in_trial(&self, now: Millis, window_ms: i64) -> bool {
        self.visitor.is_some() && !self.given_back && self.created_at > now.plus(-window_ms)
    }

    /// The public status.
    pub fn status(&self, now: Millis) -> Status {
        if self.is_expired(now) {
            return Status::Expired;
        }
        self.state.status()
    }

    /// Every file that may exist, the result included whether it was stored or not; those of an
    /// account's order in both places, since a move may be under way.
    pub fn file_keys(&self) -> Vec<FileKey> {
        let mut keys: Vec<FileKey> = self.inputs().map(|image| image.key).collect();
        keys.push(self.result_key);
        keys.dedup();
        let mut keys: Vec<FileKey> = keys.iter().flat_map(|key| self.places_of(*key)).collect();
        keys.extend(self.preview.iter().map(|image| image.key));
        keys
    }

    /// Where the result may lie, whether it was stored or not.
    pub fn result_keys(&self) -> Vec<FileKey> {
        self.places_of(self.result_key)
    }

    fn places_of(&self, key: FileKey) -> Vec<FileKey> {
        match self.account {
            Some(_) => vec![key.in_place(false), key.in_place(true)],
            None => vec![key],
        }
    }

    /// The files that moving copies: those that the order shows.
    pub fn shown_keys(&self) -> Vec<FileKey> {
        let mut keys: Vec<FileKey> = self.images.iter().map(|image| image.key).collect();
        keys.dedup();
        keys
    }

    /// Where its files lay before they were moved, the result included, stored or not.
    pub fn old_keys(&self) -> Vec<FileKey> {
        self.file_keys().into_iter().filter(|key| !key.kept).collect()
    }

    /// When it leaves the trash for good, if it lies there.
    pub fn trash_ends_at(&self, rules: &Rules) -> Option<Millis> {
        self.trashed_at.map(|at| at.plus(rules.trash_ms))
    }

    /// The inputs, person first.
    pub fn inputs(&self) -> impl Iterator<Item = &Image> {
        self.images.iter().filter(|image| image.role != Role::Output)
    }

    /// The person's photo.
    pub fn person(&self) -> Option<&Image> {
        self.images.iter().find(|image| image.role == Role::Person)
    }
}
