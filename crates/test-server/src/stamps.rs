//! The newest stamps, in a ring that never grows.

use measurement::witness::Stamp;

pub(crate) struct Stamps {
    ring: Vec<Stamp>,
    capacity: usize,
    pushed: u64,
}

impl Stamps {
    pub(crate) fn new(capacity: usize) -> Self {
        // All at once: growing later would copy in the middle of a trial.
        Self { ring: Vec::with_capacity(capacity), capacity, pushed: 0 }
    }

    /// Adds a stamp, over the oldest one if the ring is full, and returns its
    /// number, counted from 0.
    pub(crate) fn push(&mut self, stamp: Stamp) -> u64 {
        let number = self.pushed;
        self.pushed += 1;
        if self.ring.len() < self.capacity {
            self.ring.push(stamp);
        } else if let Some(oldest) = self.place(number) {
            self.ring[oldest] = stamp;
        }
        number
    }

    /// The stamp of that number, unless it has been dropped.
    pub(crate) fn get_mut(&mut self, number: u64) -> Option<&mut Stamp> {
        if number < self.dropped() {
            return None;
        }
        let place = self.place(number)?;
        self.ring.get_mut(place)
    }

    /// How many were dropped for want of room.
    pub(crate) fn dropped(&self) -> u64 {
        self.pushed - self.ring.len() as u64
    }

    /// All that are left, oldest first.
    pub(crate) fn in_order(&self) -> Vec<Stamp> {
        let oldest = self.place(self.dropped()).unwrap_or(0);
        let (newer, older) = self.ring.split_at(oldest);
        [older, newer].concat()
    }

    pub(crate) fn clear(&mut self) {
        self.ring.clear();
        self.pushed = 0;
    }

    /// Where in the ring a number has its place; nowhere if it has no room.
    fn place(&self, number: u64) -> Option<usize> {
        number.checked_rem(self.capacity as u64).map(|place| place as usize)
    }
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

    #[test]
    fn keeps_the_newest_in_order() {
        for (capacity, count, kept) in [
            (3, 0, 0..0),
            (3, 2, 0..2),
            (3, 3, 0..3),
            (3, 7, 4..7),
            (0, 2, 2..2),
        ] {
            let stamps = filled(capacity, count);
            let seqs = stamps.in_order().into_iter().map(|stamp| stamp.seq);
            assert!(seqs.eq(kept.clone()), "{capacity} {count}");
            assert_eq!(stamps.dropped(), kept.start);
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
}
