//! How much of the bodies of uploads one instance may hold at a time. The platform gives an
//! instance 128 MB, code included, and ends it above that with every request in it, so whoever
//! would come on top is refused while others are in the middle of theirs.

use super::time::{MINUTE_MS, Millis};

const MB: u64 = 1024 * 1024;

/// Bytes of all uploads at a time. Each may lie in WASM memory, which never shrinks, and once all
/// have been handed to the bucket's client they lie outside while that memory stays as large:
/// 2 x 48 MB. One photo of 10 MB more is joined from its pieces. Of 128 MB that leaves 22 for code,
/// the heap of JavaScript and all other requests.
pub const UPLOADS_BYTES_MAX: u64 = 48 * MB;
/// Bytes of the pieces in which a body comes, at most: one in the reader's buffer, its copy, and
/// the parser's own. A body shorter than a piece has shorter ones.
pub const PIECES_BYTES_MAX: u64 = PIECES * PIECE_BYTES;
const PIECES: u64 = 3;
/// One piece.
pub const PIECE_BYTES: u64 = 256 * 1024;
/// Uploads at a time, however small: the list of them is gone through for each.
pub const UPLOADS_MAX: usize = 256;
/// Forms at a time of which only the texts are kept, so that they can be shown again: 8 times the
/// pieces are 6 MB.
pub const TEXTS_MAX: usize = 8;
/// How long an upload may take after its body has been read. Storing it takes a second or two.
pub const STORING_MS_MAX: i64 = MINUTE_MS;

/// What of a body is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// Everything, so many bytes as far as is known; [`Uploads::grow`] tells of more.
    Photos(u64),
    /// Only its texts: the photos are read past.
    Texts,
}

impl Kept {
    /// The bytes that are held for it.
    fn bytes(self) -> u64 {
        match self {
            Self::Photos(bytes) => {
                bytes.saturating_add(bytes.saturating_mul(PIECES).min(PIECES_BYTES_MAX))
            }
            Self::Texts => PIECES_BYTES_MAX,
        }
    }
}

/// One upload's entry. Worth nothing once it was released or has expired.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ticket(u64);

#[derive(Clone, Copy, Debug)]
struct Held {
    ticket: Ticket,
    kept: Kept,
    since: Millis,
    for_ms: i64,
}

/// The uploads that one instance has under way. Plain refusal and no queue: whoever is refused
/// comes again, and an upload of any size has the whole room when the instance is idle. Small ones
/// can keep a large one out for as long as they keep coming.
///
/// An entry is released when its request ends. When the platform drops a request without a word,
/// nobody does that, so it also ends by the clock; a clock that steps back lets it count anew.
#[derive(Clone, Debug, Default)]
pub struct Uploads {
    held: Vec<Held>,
    last: u64,
}

impl Uploads {
    /// Room for an upload for at most `for_ms`; `None` when there is not enough.
    pub fn reserve(&mut self, kept: Kept, for_ms: i64, now: Millis) -> Option<Ticket> {
        self.settle(now);
        if !self.has_room(kept, None) {
            return None;
        }
        self.last += 1;
        let ticket = Ticket(self.last);
        self.held.push(Held { ticket, kept, since: now, for_ms });
        Some(ticket)
    }

    /// Whether so many bytes of photos may be kept for this upload; if so they are counted. Never
    /// for a ticket that has expired, nor for one that keeps texts only.
    pub fn grow(&mut self, ticket: Ticket, bytes: u64, now: Millis) -> bool {
        self.settle(now);
        let Some(at) = self.held.iter().position(|held| held.ticket == ticket) else {
            return false;
        };
        let larger = Kept::Photos(bytes);
        let counted = match self.held.get(at).map(|held| held.kept) {
            Some(Kept::Photos(counted)) => counted,
            Some(Kept::Texts) | None => return false,
        };
        if bytes <= counted {
            return true;
        }
        if !self.has_room(larger, Some(ticket)) {
            return false;
        }
        if let Some(held) = self.held.get_mut(at) {
            held.kept = larger;
        }
        true
    }

    /// Ends an upload; whether it still counted.
    pub fn release(&mut self, ticket: Ticket) -> bool {
        let before = self.held.len();
        self.held.retain(|held| held.ticket != ticket);
        self.held.len() < before
    }

    /// Bytes that are held at `now`, of uploads and of forms of which only the texts are kept.
    pub fn bytes(&self, now: Millis) -> u64 {
        let live = self.held.iter().filter(|held| now.since(held.since) < held.for_ms);
        live.map(|held| held.kept.bytes()).sum()
    }

    /// Room for one more, or in place of one that is there.
    fn has_room(&self, kept: Kept, in_place_of: Option<Ticket>) -> bool {
        let others = self.held.iter().filter(|held| Some(held.ticket) != in_place_of);
        match kept {
            Kept::Texts => others.filter(|held| held.kept == Kept::Texts).count() < TEXTS_MAX,
            Kept::Photos(_) => {
                let others = others.filter(|held| held.kept != Kept::Texts);
                let (count, bytes) = others
                    .fold((0, kept.bytes()), |(n, sum), held| (n + 1, sum + held.kept.bytes()));
                count < UPLOADS_MAX && bytes <= UPLOADS_BYTES_MAX
            }
        }
    }

    fn settle(&mut self, now: Millis) {
        self.held.retain(|held| now.since(held.since) < held.for_ms);
        for held in &mut self.held {
            held.since = held.since.min(now);
        }
    }
}
