//! Room for an upload in this instance's memory, and the time it may take.

use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use futures_util::future::{Either, select};

use crate::domain::refusal::{Code, Refusal};
use crate::domain::uploads::{Kept, PIECE_BYTES, PIECE_MS_MAX, STORING_MS_MAX, Ticket};
use crate::ports::{Level, LogLine, World};

use super::Failure;

/// Seconds after which somebody else's upload has probably ended.
const RETRY_AFTER_SECONDS: u32 = 2;

/// What this instance's ledger holds for one upload, until it is dropped.
pub struct Room<W: World> {
    world: W,
    ticket: Ticket,
}

impl<W: World> Room<W> {
    /// Takes room for a body of so many bytes, as far as is known. `texts`: where there is not
    /// enough, room for its texts alone will do, so that they can be shown again; then no photo can
    /// be kept.
    ///
    /// # Errors
    /// There is not enough at the moment.
    pub fn take(world: &W, bytes: u64, texts: bool) -> Result<Self, Refusal> {
        let (now, rules) = (world.now(), &world.config().rules);
        let for_ms = rules.upload_timeout_ms.saturating_add(STORING_MS_MAX);
        let ticket = world.with_uploads(|uploads| {
            let ticket = uploads.reserve(Kept::Photos(bytes), for_ms, now);
            ticket.or_else(|| texts.then(|| uploads.reserve(Kept::Texts, for_ms, now)).flatten())
        });
        ticket.map(|ticket| Self { world: world.clone(), ticket }).ok_or_else(|| full(world))
    }

    /// Room for so many bytes of photos in all.
    ///
    /// # Errors
    /// There is not enough at the moment.
    pub fn hold(&self, bytes: u64) -> Result<(), Refusal> {
        let now = self.world.now();
        let granted = self.world.with_uploads(|uploads| uploads.grow(self.ticket, bytes, now));
        if granted { Ok(()) } else { Err(full(&self.world)) }
    }
}

impl<W: World> Drop for Room<W> {
    fn drop(&mut self) {
        self.world.with_uploads(|uploads| uploads.release(self.ticket));
    }
}

fn full<W: World>(world: &W) -> Refusal {
    world.log(&LogLine::new(Level::Warning, "uploads_full"));
    let detail = "Very many photos are arriving at the moment. Nothing is lost; please try again \
                  in a few seconds.";
    Refusal::new(Code::Unavailable, detail).retry_after(RETRY_AFTER_SECONDS)
}

/// Bytes of a body that have come, whatever becomes of them. Whoever reads it counts.
#[derive(Clone, Debug, Default)]
pub struct Arrived(Arc<AtomicU64>);

impl Arrived {
    /// So many more are here.
    pub fn add(&self, bytes: usize) {
        self.0.fetch_add(bytes as u64, Ordering::Relaxed);
    }

    fn bytes(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

/// Reads a body, which must have come to its end in the time that an upload may take, and a piece
/// of it in each part of that time.
///
/// # Errors
/// Those of the reading, or it took too long.
pub async fn in_time<W: World, T>(
    world: &W,
    arrived: &Arrived,
    reading: impl Future<Output = Result<T, Failure>>,
) -> Result<T, Failure> {
    let late = async {
        let mut left_ms = world.config().rules.upload_timeout_ms;
        let mut expected = 0;
        // One timer for many pieces: each costs two crossings.
        while left_ms > 0 && arrived.bytes() >= expected {
            expected = arrived.bytes().saturating_add(PIECE_BYTES);
            world.sleep(left_ms.min(PIECE_MS_MAX)).await;
            left_ms = left_ms.saturating_sub(PIECE_MS_MAX);
        }
    };
    match select(pin!(reading), pin!(late)).await {
        Either::Left((read, _)) => read,
        Either::Right(_) => {
            let detail = "The photos came too slowly and the upload was ended. Nothing is lost; \
                          please try again over a better connection, or with smaller photos.";
            Err(Refusal::new(Code::Unavailable, detail).into())
        }
    }
}
