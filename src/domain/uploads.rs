//! How much of the bodies of uploads one instance may hold at a time. The platform gives an
//! instance 128 MB, code included, and ends it above that with every request in it, so whoever
//! would come on top is refused while others are in the middle of theirs.

use super::time::{MINUTE_MS, Millis, SECOND_MS};

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
/// Bytes a second, 2 Mbit/s, at which the rest of an upload keeps the room that was announced for
/// it. The first piece may take a second then, so whoever would keep everybody out by announcing
/// without sending needs two requests of 24 MB a second, 120 a minute: the fence lets 100 through.
pub const PACE_BYTES: u64 = PIECE_BYTES;
/// In each such time a piece must come, or the upload is ended: 47 kbit/s, which the slowest phones
/// have. Until then a silent one holds a piece; 192 fill the room, 256 a minute, again above the
/// fence. Who does send so much for as long as it may take holds 2 MB of it: 24 such, 1.1 Mbit/s
/// in all, keep an instance full, and nothing here tells them from slow phones.
pub const PIECE_MS_MAX: i64 = 45 * SECOND_MS;

/// What of a body is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// Everything, so many bytes as announced; [`Uploads::grow`] tells what came.
    Photos(u64),
    /// Only its texts: the photos are read past.
    Texts,
}

/// One upload's entry. Worth nothing once it was released or has expired.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ticket(u64);

#[derive(Clone, Copy, Debug)]
struct Held {
    ticket: Ticket,
    kept: Kept,
    /// Bytes of photos that are here.
    came: u64,
    since: Millis,
    for_ms: i64,
}

impl Held {
    /// What it takes when so many bytes of photos are here: they, the reader's buffer, which is
    /// there from the beginning, and what the pieces have been copied to.
    fn with(&self, came: u64) -> u64 {
        match self.kept {
            Kept::Photos(announced) => {
                let copies = came.saturating_mul(PIECES - 1).min(PIECES_BYTES_MAX - PIECE_BYTES);
                came.saturating_add(copies).saturating_add(announced.min(PIECE_BYTES))
            }
            Kept::Texts => PIECES_BYTES_MAX,
        }
    }

    /// What it takes.
    fn bytes(&self) -> u64 {
        self.with(self.came)
    }

    /// What whoever comes after it must leave to it: all that was announced as long as it comes
    /// apace, what it takes when it is slow.
    fn claim(&self, now: Millis) -> u64 {
        let piece_on_its_way = self.came + PIECE_BYTES;
        let ms = u64::try_from(now.since(self.since)).unwrap_or(0);
        match self.kept {
            Kept::Photos(announced) if piece_on_its_way * 1_000 > ms * PACE_BYTES => {
                self.with(announced.max(self.came))
            }
            Kept::Photos(_) | Kept::Texts => self.bytes(),
        }
    }
}

/// The uploads that one instance has under way. Plain refusal and no queue: whoever is refused
/// comes again, and an upload of any size has the whole room when the instance is idle. Small ones
/// can keep a large one out for as long as they keep coming.
///
/// Whoever comes needs room for the whole of it beside what the others claim; whoever has been let
/// in, for the next piece beside what they take. So an upload that comes apace is not refused in
/// the middle, unless slow ones or such as did not announce their length have grown beside it; a
/// slow one is when the room is full; and one that sends nothing holds its buffer.
///
/// Of what is no photo, or no longer kept, only the buffer counts. Its copies are there while a
/// piece is looked at, one upload's at a time.
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
        let held = Held { ticket: Ticket(self.last + 1), kept, came: 0, since: now, for_ms };
        let has_room = match kept {
            Kept::Texts => self.all(false).count() < TEXTS_MAX,
            Kept::Photos(_) => {
                let claims: u64 = self.all(true).map(|held| held.claim(now)).sum();
                self.all(true).count() < UPLOADS_MAX
                    && claims.saturating_add(held.claim(now)) <= UPLOADS_BYTES_MAX
            }
        };
        if !has_room {
            return None;
        }
        self.last += 1;
        self.held.push(held);
        Some(held.ticket)
    }

    /// Whether so many bytes of photos may be kept for this upload; if so they are counted. Never
    /// for a ticket that has expired, nor for one that keeps texts only.
    pub fn grow(&mut self, ticket: Ticket, bytes: u64, now: Millis) -> bool {
        self.settle(now);
        let mine = self.held.iter().position(|held| held.ticket == ticket);
        let Some((at, held)) = mine.and_then(|at| Some((at, *self.held.get(at)?))) else {
            return false;
        };
        if held.kept == Kept::Texts {
            return false;
        }
        let others: u64 = self.all(true).map(Held::bytes).sum::<u64>() - held.bytes();
        let came = bytes.max(held.came);
        if others.saturating_add(held.with(came)) > UPLOADS_BYTES_MAX {
            return false;
        }
        if let Some(held) = self.held.get_mut(at) {
            held.came = came;
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
        live.map(Held::bytes).sum()
    }

    /// Those that keep photos, or those that keep texts only.
    fn all(&self, photos: bool) -> impl Iterator<Item = &Held> {
        self.held.iter().filter(move |held| (held.kept != Kept::Texts) == photos)
    }

    fn settle(&mut self, now: Millis) {
        self.held.retain(|held| now.since(held.since) < held.for_ms);
        for held in &mut self.held {
            held.since = held.since.min(now);
        }
    }
}
