//! Which sequence numbers have been seen.

use std::collections::HashSet;

/// Numbers below this have a bit each: 2 MiB if all are used.
const BITS: u64 = 16 * 1024 * 1024;

/// At most so many numbers above are remembered.
const OTHERS: usize = 1024 * 1024;

#[derive(Default)]
pub(crate) struct Distinct {
    words: Vec<u64>,
    others: HashSet<u64>,
}

impl Distinct {
    /// Remembers a number and tells whether it is new. None means that there
    /// is no room to remember it: it may or may not have been seen before.
    pub(crate) fn insert(&mut self, number: u64) -> Option<bool> {
        if number >= BITS {
            let known = self.others.contains(&number);
            if !known && self.others.len() >= OTHERS {
                return None;
            }
            return Some(self.others.insert(number));
        }
        let word = (number / 64) as usize;
        let bit = 1 << (number % 64);
        if word >= self.words.len() {
            self.words.resize(word + 1, 0);
        }
        let is_new = self.words[word] & bit == 0;
        self.words[word] |= bit;
        Some(is_new)
    }

    pub(crate) fn clear(&mut self) {
        self.words.clear();
        self.others.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_new_numbers_from_old_ones() {
        let mut distinct = Distinct::default();
        for number in [0, 63, 64, BITS - 1, BITS, u64::MAX] {
            assert_eq!(distinct.insert(number), Some(true), "{number}");
            assert_eq!(distinct.insert(number), Some(false), "{number}");
        }
        distinct.clear();
        assert_eq!(distinct.insert(63), Some(true));
    }

    #[test]
    fn says_so_when_it_cannot_tell() {
        let mut distinct = Distinct::default();
        for number in 0..OTHERS as u64 {
            distinct.insert(BITS + number);
        }
        assert_eq!(distinct.insert(u64::MAX), None);
        assert_eq!(distinct.insert(BITS), Some(false));
    }
}
