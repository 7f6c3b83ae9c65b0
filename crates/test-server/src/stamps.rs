//! The newest stamps, in a ring that never grows.
//!
//! It is kept in pieces which a snapshot shares. So a snapshot costs the loop
//! next to nothing, however many stamps there are, and a piece is copied only
//! when something in it changes while somebody still reads it.

use std::sync::Arc;

use measurement::witness::Stamp;

/// Stamps in a piece: copying one takes microseconds.
const PIECE: usize = 1024;

pub(crate) struct Stamps {
    pieces: Vec<Arc<Vec<Stamp>>>,
    capacity: usize,
    pushed: u64,
}

/// Stamps as they were at one moment.
#[derive(Clone)]
pub(crate) struct KeptStamps {
    pieces: Vec<Arc<Vec<Stamp>>>,
    capacity: usize,
    /// The number of the next one, and of the first that is left out.
    next: u64,
    end: u64,
}

impl Stamps {
    pub(crate) fn new(capacity: usize) -> Self {
        // All at once: growing later would copy in the middle of a trial.
        let pieces = (0..capacity)
            .step_by(PIECE)
            .map(|first| empty_piece((capacity - first).min(PIECE)))
            .collect();
        Self { pieces, capacity, pushed: 0 }
    }

    /// Adds a stamp, over the oldest one if the ring is full, and returns its
    /// number, counted from 0.
    pub(crate) fn push(&mut self, stamp: Stamp) -> u64 {
        let number = self.pushed;
        self.pushed += 1;
        if let Some((piece, place)) = place(number, self.capacity) {
            let piece = own(&mut self.pieces[piece]);
            match piece.get_mut(place) {
                Some(oldest) => *oldest = stamp,
                None => piece.push(stamp),
            }
        }
        number
    }

    /// The stamp of that number, unless it has been dropped.
    pub(crate) fn get_mut(&mut self, number: u64) -> Option<&mut Stamp> {
        if number < self.dropped() {
            return None;
        }
        let (piece, place) = place(number, self.capacity)?;
        own(self.pieces.get_mut(piece)?).get_mut(place)
    }

    /// How many were dropped for want of room.
    pub(crate) fn dropped(&self) -> u64 {
        self.pushed.saturating_sub(self.capacity as u64)
    }

    /// The newest that are left, so many at most, as they are now.
    pub(crate) fn newest(&self, most: usize) -> KeptStamps {
        let oldest = self.pushed.saturating_sub(most as u64);
        let pieces = if most == 0 { Vec::new() } else { self.pieces.clone() };
        KeptStamps {
            pieces,
            capacity: self.capacity,
            next: oldest.max(self.dropped()),
            end: self.pushed,
        }
    }

    pub(crate) fn clear(&mut self) {
        for piece in &mut self.pieces {
            match Arc::get_mut(piece) {
                Some(piece) => piece.clear(),
                // Somebody still reads it.
                None => *piece = empty_piece(piece.capacity()),
            }
        }
        self.pushed = 0;
    }
}

/// Oldest first.
impl Iterator for KeptStamps {
    type Item = Stamp;

    fn next(&mut self) -> Option<Stamp> {
        if self.next == self.end {
            return None;
        }
        let (piece, place) = place(self.next, self.capacity)?;
        self.next += 1;
        self.pieces.get(piece)?.get(place).cloned()
    }
}

/// Which piece a number is in, and where; nowhere if there is no room.
fn place(number: u64, capacity: usize) -> Option<(usize, usize)> {
    let place = number.checked_rem(capacity as u64)? as usize;
    Some((place / PIECE, place % PIECE))
}

/// The piece for writing: itself, or a copy if somebody reads it.
fn own(piece: &mut Arc<Vec<Stamp>>) -> &mut Vec<Stamp> {
    if Arc::strong_count(piece) > 1 {
        // With all its room, which a clone would not have.
        let mut copy = Vec::with_capacity(piece.capacity());
        copy.extend_from_slice(piece);
        *piece = Arc::new(copy);
    }
    Arc::make_mut(piece)
}

fn empty_piece(capacity: usize) -> Arc<Vec<Stamp>> {
    Arc::new(Vec::with_capacity(capacity))
}

#[cfg(test)]
mod tests {
    use measurement::witness::End;

    use super::*;

    fn stamp(seq: u64) -> Stamp {
        Stamp {
            seq,
            connection: 0,
            received_ns: 0,
            sent_ns: None,
            wait_ns: 0,
            status: 200,
            end: End::InFlight,
        }
    }

    fn filled(capacity: usize, count: u64) -> Stamps {
        let mut stamps = Stamps::new(capacity);
        (0..count).for_each(|seq| assert_eq!(stamps.push(stamp(seq)), seq));
        stamps
    }

    fn seqs(stamps: KeptStamps) -> Vec<u64> {
        stamps.map(|stamp| stamp.seq).collect()
    }

    #[test]
    fn keeps_the_newest_in_order() {
        let many = PIECE as u64 + 500;
        for (capacity, count, kept) in [
            (3, 0, 0..0),
            (3, 2, 0..2),
            (3, 3, 0..3),
            (3, 7, 4..7),
            (0, 2, 2..2),
            (PIECE + 3, many, 497..many),
            (PIECE + 3, 4 * many, 4 * many - PIECE as u64 - 3..4 * many),
        ] {
            let stamps = filled(capacity, count);
            assert!(
                seqs(stamps.newest(usize::MAX)).into_iter().eq(kept.clone()),
                "{capacity} {count}"
            );
            assert_eq!(stamps.dropped(), kept.start);
            let two = seqs(stamps.newest(2));
            assert!(
                two.into_iter()
                    .eq(kept.start.max(kept.end.max(2) - 2)..kept.end)
            );
            assert!(seqs(stamps.newest(0)).is_empty());
        }
    }

    #[test]
    fn finds_a_stamp_by_its_number_until_it_is_dropped() {
        let mut stamps = filled(3, 5);
        assert!(stamps.get_mut(1).is_none());
        assert_eq!(stamps.get_mut(2).unwrap().seq, 2);
        assert_eq!(stamps.get_mut(4).unwrap().seq, 4);
        assert!(filled(0, 1).get_mut(0).is_none());
    }

    #[test]
    fn a_snapshot_stays_as_it_was() {
        let mut stamps = filled(3, 5);
        let before = stamps.newest(usize::MAX);
        let again = stamps.newest(usize::MAX);
        stamps.push(stamp(5));
        stamps.get_mut(4).unwrap().status = 404;
        assert_eq!(seqs(before), [2, 3, 4]);
        stamps.clear();
        assert!(again.map(|stamp| stamp.status).eq([200; 3]));
        assert!(seqs(stamps.newest(usize::MAX)).is_empty());
        stamps.push(stamp(9));
        assert_eq!(seqs(stamps.newest(usize::MAX)), [9]);
    }
}
