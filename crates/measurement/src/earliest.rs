//! The earliest possible end of what a program did before the server.

use std::num::NonZeroUsize;

use crate::makespan;
use crate::witness::Witness;

/// No program with as many in flight as asked for can end before this.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Earliest {
    /// ns after the first arrival.
    pub end_ns: u64,
    /// All waits of the server together, ns.
    pub sum_ns: u64,
    /// The longest of them, ns.
    pub longest_ns: u64,
    /// How many may be in flight.
    pub asked: usize,
}

impl Earliest {
    /// From formula F8. None where nobody asked for a number in flight, and
    /// where the waits are not known of all requests, or there were none.
    pub fn of(
        witness: &Witness,
        asked: Option<NonZeroUsize>,
    ) -> Option<Earliest> {
        let (asked, waits) = (asked?, witness.waits_kept()?);
        Some(Earliest {
            end_ns: makespan::bound(&waits, asked),
            sum_ns: makespan::sequential(&waits),
            longest_ns: waits.into_iter().max()?,
            asked: asked.get(),
        })
    }

    /// That end over the time that the program took, from the first arrival to
    /// the last answer. None where it had more in flight than it was asked to,
    /// so that it may end sooner, and where it took no time.
    pub fn efficiency(&self, witness: &Witness) -> Option<f64> {
        let span = witness.span_ns().filter(|span| *span > 0)?;
        let within = witness.peak_in_flight <= self.asked as u64;
        within.then_some(self.end_ns as f64 / span as f64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::MILLISECOND;
    use crate::witness::{End, Stamp};

    /// Four requests of 10 ms, two at a time, in 25 ms.
    fn seen() -> Witness {
        let stamp = |seq: u64| {
            let received_ns = 7 + seq / 2 * 15 * MILLISECOND;
            Stamp {
                seq,
                connection: seq % 2,
                received_ns,
                sent_ns: Some(received_ns + 10 * MILLISECOND),
                wait_ns: 10 * MILLISECOND,
                status: 200,
                end: End::Done,
            }
        };
        Witness {
            requests: 4,
            peak_in_flight: 2,
            first_received_ns: Some(7),
            last_sent_ns: Some(7 + 25 * MILLISECOND),
            stamps: (0..4).map(stamp).collect(),
            ..Witness::default()
        }
    }

    #[test]
    fn is_by_how_many_were_asked_for() {
        for (asked, end, efficiency) in
            [(1, 40, None), (2, 20, Some(0.8)), (4, 10, Some(0.4))]
        {
            let asked = NonZeroUsize::new(asked);
            let earliest = Earliest::of(&seen(), asked).unwrap();
            assert_eq!(earliest.end_ns, end * MILLISECOND);
            assert_eq!(earliest.efficiency(&seen()), efficiency);
        }
    }

    #[test]
    fn is_unknown_without_a_number_or_a_wait() {
        assert_eq!(Earliest::of(&seen(), None), None);
        let mut unanswered = seen();
        unanswered.stamps[1].end = End::Aborted;
        let asked = NonZeroUsize::new(2);
        assert_eq!(Earliest::of(&unanswered, asked), None);
        let mut at_once = seen();
        at_once.stamps.iter_mut().for_each(|stamp| stamp.wait_ns = 0);
        assert_eq!(Earliest::of(&at_once, asked), None);
    }
}
