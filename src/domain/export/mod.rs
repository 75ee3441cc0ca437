//! "Download my data": the life of one export, from the request to its last trace. The row is the
//! truth, and whoever dies in the middle is followed by somebody who reads it.

mod part;

use serde::{Deserialize, Serialize};

use super::id::{AccountId, ExportId, FileId};
use super::rules::Rules;
use super::time::{DAY_MS, HOUR_MS, MINUTE_MS, Millis};

pub use part::{
    Builder, Earlier, Header, Index, IndexOrder, IndexPicture, Item, LeftOut, Made, Missing,
    PART_BYTES_MAX, Picture, TableRows,
};

/// Exports that an account may request in 24 hours.
pub const EXPORTS_A_DAY: u32 = 3;
/// An export that is not ready after this long has failed.
pub const BUILD_MS_MAX: i64 = DAY_MS;
/// Longer than one run of an alarm can last, so who is still noted as writing then is dead.
const LEASE_MS: i64 = 16 * MINUTE_MS;
/// Runs for one part: what has failed so often will fail again.
const TRIES_MAX: u32 = 8;
/// Pause after the first failure of a part, doubled with each further one.
const PAUSE_MS: i64 = MINUTE_MS;
const PAUSE_MS_MAX: i64 = 30 * MINUTE_MS;
/// How long after the request the account page tells of an export. Its files are gone long before.
pub const TOLD_MS: i64 = 30 * DAY_MS;

/// Where an export is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum State {
    /// Requested, and nobody has begun.
    Queued,
    /// Its parts are being written.
    Building,
    /// It can be downloaded.
    Ready,
    /// Its time is over.
    Expired,
    /// It could not be made.
    Failed,
}

impl State {
    /// Every state.
    pub const ALL: [Self; 5] =
        [Self::Queued, Self::Building, Self::Ready, Self::Expired, Self::Failed];

    /// The state's fixed name on the wire and in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Building => "building",
            Self::Ready => "ready",
            Self::Expired => "expired",
            Self::Failed => "failed",
        }
    }

    /// Reads the name.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }

    /// Whether it is being made: an account has at most one such export.
    pub const fn is_live(self) -> bool {
        match self {
            Self::Queued | Self::Building => true,
            Self::Ready | Self::Expired | Self::Failed => false,
        }
    }
}

/// Why an export failed. All of them are ours, and a new request may succeed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reason {
    /// It was not ready within a day.
    TookTooLong,
    /// A part of the platform did not answer, again and again.
    Unavailable,
    /// A defect of the product.
    Internal,
}

impl Reason {
    /// Every reason.
    pub const ALL: [Self; 3] = [Self::TookTooLong, Self::Unavailable, Self::Internal];

    /// The reason's fixed name on the wire and in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::TookTooLong => "took_too_long",
            Self::Unavailable => "unavailable",
            Self::Internal => "internal",
        }
    }

    /// Reads the name.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.as_str() == text)
    }
}

/// One stored zip of an export.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// Where it lies in R2.
    pub key: String,
    /// Its size.
    pub bytes: u64,
    /// SHA-256 of its bytes, lower-case hex.
    pub sha256: String,
}

/// How far the making has come.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Progress {
    /// Grows by one with every change: it guards the row.
    pub version: i64,
    /// Runs that were begun for the part that is being made.
    pub tries: u32,
    /// Where somebody is writing it, or has died while writing it.
    pub writing: Option<String>,
    /// Where something may lie that is no part. It is deleted with the parts: whoever was slow may
    /// still be writing it.
    pub abandoned: Vec<String>,
    /// Orders up to this id are in the parts that are there; empty for none.
    pub after: String,
    /// What the parts that are there say of themselves.
    pub earlier: Vec<Earlier>,
}

/// One export.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Export {
    /// Whose data it is.
    pub account: AccountId,
    /// Its name in the interface; it opens nothing without the session.
    pub id: ExportId,
    /// Where it is.
    pub state: State,
    /// Why it failed.
    pub reason: Option<Reason>,
    /// Its zips.
    pub parts: Vec<Part>,
    /// How far the making has come.
    pub progress: Progress,
    /// When it was requested. What was ordered later is not in it.
    pub requested_at: Millis,
    /// When it was ready or failed.
    pub finished_at: Option<Millis>,
    /// From this moment it cannot be downloaded.
    pub expires_at: Option<Millis>,
    /// When something must be done about it.
    pub wake_at: Option<Millis>,
}

/// What happens to an export.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// Somebody begins to write a part.
    Begun {
        /// Where.
        key: String,
    },
    /// A part is stored.
    Stored {
        /// The part.
        part: Part,
        /// What comes after it; `None` when it is the last one.
        rest: Option<Rest>,
    },
    /// A part could not be made.
    Troubled {
        /// Where it was being written.
        key: String,
        /// What went wrong.
        reason: Reason,
    },
    /// Its moment has come.
    Woken,
    /// Its files are gone.
    Cleared,
}

/// Where the next part begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rest {
    /// After this order.
    pub after: String,
    /// What the part before says of itself.
    pub earlier: Earlier,
}

/// What becomes of the row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Next {
    /// It stays as it is.
    Same,
    /// It becomes this.
    Changed(Box<Export>),
    /// It is deleted.
    Gone,
}

/// What to do after the commit. Each may be lost or done twice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// Nothing.
    Nothing,
    /// Tell the account's Exporter. Whoever has stored a part goes on by himself.
    Build,
    /// Delete these files; [`Event::Cleared`] when that is done.
    Delete(Vec<String>),
    /// Write to the account's owner. With the commit and not after it.
    Tell,
}

/// What follows from an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// What becomes of the row.
    pub next: Next,
    /// What to do then.
    pub act: Act,
}

/// The event came too early, too late or from somebody who was taken for dead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Untimely;

impl Export {
    /// A new one.
    pub fn new(account: AccountId, id: ExportId, now: Millis) -> Self {
        Self {
            account,
            id,
            state: State::Queued,
            reason: None,
            parts: vec![],
            progress: Progress { version: 1, ..Progress::default() },
            requested_at: now,
            finished_at: None,
            expires_at: None,
            wake_at: Some(now),
        }
    }

    /// Whether its parts can be downloaded.
    pub fn is_open(&self, now: Millis) -> bool {
        self.state == State::Ready && self.expires_at.is_some_and(|at| now < at)
    }

    /// The state as it is told: by the clock, whether or not somebody has noted it yet.
    pub fn told_state(&self, now: Millis) -> State {
        if self.state == State::Ready && !self.is_open(now) { State::Expired } else { self.state }
    }

    /// Every file that may exist. They have to go with the account.
    pub fn file_keys(&self) -> Vec<String> {
        let parts = self.parts.iter().map(|part| &part.key);
        let others = self.progress.abandoned.iter().chain(&self.progress.writing);
        parts.chain(others).cloned().collect()
    }

    /// A key for one of its parts. The hour of the request is in it, so that one listing of an hour
    /// that is over finds what no row knows of.
    pub fn new_key(&self, id: FileId) -> String {
        format!("{}{id}", prefix_of_hour(self.requested_at.0.div_euclid(HOUR_MS)))
    }

    /// Number of the part that is made next.
    pub fn next_number(&self) -> usize {
        self.parts.len() + 1
    }
}

/// The prefix under which lie all files of the exports that were requested in this hour.
pub fn prefix_of_hour(hour: i64) -> String {
    format!("exports/{hour}/")
}

/// The last hour of requests of which no file may be left.
pub fn last_hour_over(now: Millis, rules: &Rules) -> i64 {
    let longest = BUILD_MS_MAX + LEASE_MS + rules.export_life_ms;
    now.plus(-longest - 2 * HOUR_MS).0.div_euclid(HOUR_MS)
}

/// What follows from an event.
///
/// # Errors
/// [`Untimely`]: nothing does.
pub fn step(export: &Export, event: &Event, now: Millis, rules: &Rules) -> Result<Step, Untimely> {
    match (export.state, event) {
        (State::Queued | State::Building, Event::Begun { key }) => begun(export, key, now),
        (State::Building, Event::Stored { part, rest }) => {
            stored(export, part, rest.as_ref(), now, rules)
        }
        (State::Building, Event::Troubled { key, reason }) => troubled(export, key, *reason, now),
        (State::Queued | State::Building, Event::Woken) => Ok(if is_overdue(export, now) {
            failed(export.clone(), Reason::TookTooLong, now)
        } else {
            Step { next: Next::Same, act: Act::Build }
        }),
        (State::Ready, Event::Woken) if !export.is_open(now) => {
            let next = Export { state: State::Expired, ..export.clone() };
            Ok(emptied(next, now))
        }
        (State::Expired | State::Failed, Event::Woken) => over(export, now),
        (State::Expired | State::Failed, Event::Cleared) => {
            let version = export.progress.version;
            let next = Export {
                parts: vec![],
                progress: Progress { version, ..Progress::default() },
                wake_at: Some(export.requested_at.plus(TOLD_MS)),
                ..export.clone()
            };
            Ok(changed(next, Act::Nothing))
        }
        (State::Queued, Event::Stored { .. } | Event::Troubled { .. } | Event::Cleared)
        | (State::Building, Event::Cleared)
        | (
            State::Ready,
            Event::Begun { .. }
            | Event::Stored { .. }
            | Event::Troubled { .. }
            | Event::Woken
            | Event::Cleared,
        )
        | (
            State::Expired | State::Failed,
            Event::Begun { .. } | Event::Stored { .. } | Event::Troubled { .. },
        ) => Err(Untimely),
    }
}

fn begun(export: &Export, key: &str, now: Millis) -> Result<Step, Untimely> {
    let mut next = export.clone();
    let dead = next.progress.writing.take();
    if dead.is_none() && export.wake_at.is_some_and(|at| now < at) {
        // It rests after a failure.
        return Err(Untimely);
    }
    next.progress.abandoned.extend(dead);
    if is_overdue(export, now) {
        return Ok(failed(next, Reason::TookTooLong, now));
    }
    if next.progress.tries >= TRIES_MAX {
        // Whoever tried has died each time.
        return Ok(failed(next, Reason::Internal, now));
    }
    next.state = State::Building;
    next.progress.tries += 1;
    next.progress.writing = Some(key.to_owned());
    next.wake_at = Some(now.plus(LEASE_MS));
    Ok(changed(next, Act::Nothing))
}

fn stored(
    export: &Export,
    part: &Part,
    rest: Option<&Rest>,
    now: Millis,
    rules: &Rules,
) -> Result<Step, Untimely> {
    let mut next = own(export, &part.key)?;
    next.parts.push(part.clone());
    next.progress.tries = 0;
    if let Some(rest) = rest {
        next.progress.after.clone_from(&rest.after);
        next.progress.earlier.push(rest.earlier.clone());
        next.wake_at = Some(now);
        return Ok(changed(next, Act::Nothing));
    }
    let expires_at = Some(now.plus(rules.export_life_ms));
    next.state = State::Ready;
    next.finished_at = Some(now);
    (next.expires_at, next.wake_at) = (expires_at, expires_at);
    Ok(changed(next, Act::Tell))
}

fn troubled(export: &Export, key: &str, reason: Reason, now: Millis) -> Result<Step, Untimely> {
    let mut next = own(export, key)?;
    next.progress.abandoned.push(key.to_owned());
    let tries = next.progress.tries;
    if tries >= TRIES_MAX {
        return Ok(failed(next, reason, now));
    }
    let pause_ms = PAUSE_MS << tries.saturating_sub(1).min(TRIES_MAX);
    next.wake_at = Some(now.plus(pause_ms.min(PAUSE_MS_MAX)));
    Ok(changed(next, Act::Nothing))
}

/// The export for whoever is writing the part at `key`, who is then done with it.
fn own(export: &Export, key: &str) -> Result<Export, Untimely> {
    let mut next = export.clone();
    if next.progress.writing.take().as_deref() == Some(key) { Ok(next) } else { Err(Untimely) }
}

fn over(export: &Export, now: Millis) -> Result<Step, Untimely> {
    let keys = export.file_keys();
    if !keys.is_empty() {
        return Ok(Step { next: Next::Same, act: Act::Delete(keys) });
    }
    if export.wake_at.is_some_and(|at| now < at) {
        return Err(Untimely);
    }
    Ok(Step { next: Next::Gone, act: Act::Nothing })
}

fn failed(export: Export, reason: Reason, now: Millis) -> Step {
    let next =
        Export { state: State::Failed, reason: Some(reason), finished_at: Some(now), ..export };
    emptied(next, now)
}

/// Nobody may read it any more, and its files go; should that fail, the moment has come already.
fn emptied(export: Export, now: Millis) -> Step {
    let keys = export.file_keys();
    changed(Export { wake_at: Some(now), ..export }, Act::Delete(keys))
}

fn changed(mut next: Export, act: Act) -> Step {
    next.progress.version += 1;
    Step { next: Next::Changed(Box::new(next)), act }
}

fn is_overdue(export: &Export, now: Millis) -> bool {
    now.since(export.requested_at) >= BUILD_MS_MAX
}
