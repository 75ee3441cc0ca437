//! A body on its way to the multipart parser: one piece at a time, and no more while the parser
//! makes nothing of what it has.

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_util::stream::Stream;

use super::Incoming;

/// Bytes that may come without any part of the form in them: the headers of one part, or what
/// stands before the first. The parser keeps them all and searches all of them again with each
/// piece, so the work grows with their square.
const STALLED_BYTES_MAX: usize = 16 * 1024;

/// The parser takes whatever is ready before it looks at any of it, so a body that is here already
/// would lie in memory twice: it waits after each piece. It may also ask twice at once, so only
/// after a second wait has it surely looked at the last piece.
const PAUSES_MAX: u8 = 2;

/// The body as the parser sees it.
pub(super) struct Intake {
    body: Incoming,
    stalled: Arc<AtomicUsize>,
    /// Times in a row that the parser was told to wait since the last piece.
    pauses: u8,
}

/// Where the reader notes that it got something from the parser.
pub(super) struct Progress(Arc<AtomicUsize>);

/// Why no more comes.
#[derive(Debug)]
pub(super) enum Stopped {
    /// The client went away.
    Disconnected,
    /// The parser made nothing of too many bytes.
    Stalled,
}

impl Intake {
    /// The parser's end and the reader's end of a body.
    pub(super) fn of(body: Incoming) -> (Self, Progress) {
        let stalled = Arc::new(AtomicUsize::new(0));
        (Self { body, stalled: Arc::clone(&stalled), pauses: PAUSES_MAX }, Progress(stalled))
    }
}

impl Progress {
    /// The parser has given something.
    pub(super) fn made(&self) {
        self.0.store(0, Ordering::Relaxed);
    }
}

impl Stream for Intake {
    type Item = Result<Bytes, Stopped>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let too_much = self.stalled.load(Ordering::Relaxed) > STALLED_BYTES_MAX;
        let pauses = if too_much { PAUSES_MAX } else { 1 };
        if self.pauses < pauses {
            self.pauses += 1;
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        if too_much {
            return Poll::Ready(Some(Err(Stopped::Stalled)));
        }
        let piece = match self.body.as_mut().poll_next(context) {
            Poll::Ready(piece) => piece,
            Poll::Pending => return Poll::Pending,
        };
        self.pauses = 0;
        if let Some(Ok(bytes)) = &piece {
            self.stalled.fetch_add(bytes.len(), Ordering::Relaxed);
        }
        Poll::Ready(piece.map(|piece| piece.map_err(|_| Stopped::Disconnected)))
    }
}

impl fmt::Display for Stopped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Disconnected => "the client went away in the middle of its body",
            Self::Stalled => "too many bytes without a part of the form",
        })
    }
}

impl std::error::Error for Stopped {}
