//! What a cleaned file is made of: ranges of the input and a few rewritten bytes.

use std::collections::BTreeSet;
use std::ops::Range;

use super::Metadata;

enum Piece {
    Keep(Range<usize>),
    Write(Vec<u8>),
}

/// The cleaned file as pieces. Kept ranges must be added in the order of the input.
pub(super) struct Plan {
    pieces: Vec<Piece>,
    removed: BTreeSet<Metadata>,
}

impl Plan {
    /// An empty file, without `removed`.
    pub(super) const fn new(removed: BTreeSet<Metadata>) -> Self {
        Self { pieces: Vec::new(), removed }
    }

    pub(super) fn keep(&mut self, range: Range<usize>) {
        match self.pieces.last_mut() {
            Some(Piece::Keep(last)) if last.end == range.start => last.end = range.end,
            _ => self.pieces.push(Piece::Keep(range)),
        }
    }

    pub(super) fn write(&mut self, bytes: Vec<u8>) {
        self.pieces.push(Piece::Write(bytes));
    }

    pub(super) fn write_first(&mut self, bytes: Vec<u8>) {
        self.pieces.insert(0, Piece::Write(bytes));
    }

    /// Length of the cleaned file.
    pub(super) fn length(&self) -> usize {
        self.pieces.iter().map(Piece::length).sum()
    }

    /// Turns the input into the cleaned file within its buffer, and says what was taken out.
    pub(super) fn apply(self, bytes: &mut Vec<u8>) -> BTreeSet<Metadata> {
        let lead = self.lead();
        if lead > 0 {
            let length = bytes.len();
            // Exactly: doubling a buffer of 10 MB would cost what working in place saves.
            bytes.reserve_exact(lead);
            bytes.resize(length + lead, 0);
            bytes.copy_within(..length, lead);
        }
        let mut at = 0;
        for piece in &self.pieces {
            match piece {
                Piece::Keep(range) => bytes.copy_within(range.start + lead..range.end + lead, at),
                Piece::Write(new) => {
                    let end = at + new.len();
                    if bytes.len() < end {
                        bytes.resize(end, 0);
                    }
                    if let Some(place) = bytes.get_mut(at..end) {
                        place.copy_from_slice(new);
                    }
                }
            }
            at += piece.length();
        }
        bytes.truncate(at);
        self.removed
    }

    /// By how many bytes the output is ahead of the input where it is most ahead. It is 0 unless
    /// a rewritten piece is longer than all that was dropped before it, as for a colour profile
    /// that was compressed; the input then moves up by so much, and nothing is overwritten
    /// before it is read.
    fn lead(&self) -> usize {
        let mut written = 0;
        let mut lead = 0;
        for piece in &self.pieces {
            if let Piece::Keep(range) = piece {
                lead = lead.max(written - range.start.min(written));
            }
            written += piece.length();
        }
        lead
    }
}

impl Piece {
    const fn length(&self) -> usize {
        match self {
            Self::Keep(range) => range.end - range.start,
            Self::Write(bytes) => bytes.len(),
        }
    }
}
