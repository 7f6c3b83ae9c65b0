//! How often each sequence number has come.

use std::collections::HashMap;

/// Numbers below this have a byte each: 1 MiB if all are used.
const BYTES: u64 = 1024 * 1024;

/// At most so many numbers above are remembered.
const OTHERS: usize = 256 * 1024;

/// Counted only where a plan has faults: nothing else asks.
#[derive(Default)]
pub(crate) struct Attempts {
    bytes: Vec<u8>,
    others: HashMap<u64, u8>,
}

impl Attempts {
    /// How often the number has come before, 255 at most. A number that there
    /// is no room to remember is always new.
    pub(crate) fn count(&mut self, number: u64) -> u32 {
        let count = if number < BYTES {
            let place = number as usize;
            if place >= self.bytes.len() {
                self.bytes.resize(place + 1, 0);
            }
            &mut self.bytes[place]
        } else {
            let full = self.others.len() >= OTHERS;
            if full && !self.others.contains_key(&number) {
                return 0;
            }
            self.others.entry(number).or_default()
        };
        let before = u32::from(*count);
        *count = count.saturating_add(1);
        before
    }

    pub(crate) fn clear(&mut self) {
        self.bytes.clear();
        self.others.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_each_number_by_itself() {
        let mut attempts = Attempts::default();
        for number in [0, 7, BYTES - 1, BYTES, u64::MAX] {
            let counts = [0; 3].map(|_| attempts.count(number));
            assert_eq!(counts, [0, 1, 2], "{number}");
        }
        attempts.clear();
        assert_eq!((attempts.count(7), attempts.count(BYTES)), (0, 0));
    }

    #[test]
    fn remembers_only_so_much() {
        let mut attempts = Attempts::default();
        for number in 0..OTHERS as u64 {
            attempts.count(BYTES + number);
        }
        let counts = [0; 2].map(|_| attempts.count(u64::MAX));
        assert_eq!(counts, [0, 0]);
        assert_eq!(attempts.count(BYTES), 1);
        for _ in 0..300 {
            attempts.count(1);
        }
        assert_eq!(attempts.count(1), 255);
    }
}
