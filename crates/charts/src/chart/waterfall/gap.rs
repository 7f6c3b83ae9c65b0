//! Where a panel has the most room for words: some lanes beside each other that
//! are idle for the longest time.

use std::ops::Range;

use crate::bars::Bars;

/// So many lanes beside each other, and from when to when all of them are idle
/// for the longest time, ns; `None` if there are not so many.
pub(super) fn longest_gap(
    bars: &Bars,
    lanes: usize,
) -> Option<(Range<usize>, (u64, u64))> {
    let last = bars.lanes.checked_sub(lanes)?;
    (0..=last)
        .map(|first| first..first + lanes)
        .map(|range| (range.clone(), longest(bars, &range)))
        .max_by_key(|(_, (from, to))| to - from)
}

/// The longest time for which these lanes are idle.
fn longest(bars: &Bars, lanes: &Range<usize>) -> (u64, u64) {
    let busy = bars.bars.iter().filter(|bar| lanes.contains(&bar.lane));
    let mut busy: Vec<(u64, u64)> = busy.map(|bar| bar.flight).collect();
    busy.push((bars.end_ns, bars.end_ns));
    busy.sort_unstable();
    let mut free_from = 0;
    let mut longest = (0, 0);
    for (from, to) in busy {
        if from.saturating_sub(free_from) > longest.1 - longest.0 {
            longest = (free_from, from);
        }
        free_from = free_from.max(to);
    }
    longest
}

#[cfg(test)]
mod tests {
    use super::longest_gap;
    use crate::bars::{Bar, Bars};

    fn bars(flights: &[(usize, u64, u64)]) -> Bars {
        let bar = |&(lane, from, to): &(usize, u64, u64)| Bar {
            lane,
            flight: (from, to),
            hold: None,
            failed: false,
        };
        let bars = flights.iter().map(bar).collect();
        Bars { lanes: 3, end_ns: 100, bars }
    }

    #[test]
    fn the_gap_is_one_that_all_of_its_lanes_have() {
        let bars = bars(&[(0, 0, 10), (1, 0, 30), (1, 80, 90), (2, 0, 100)]);
        assert_eq!(longest_gap(&bars, 1), Some((0..1, (10, 100))));
        assert_eq!(longest_gap(&bars, 2), Some((0..2, (30, 80))));
        assert_eq!(longest_gap(&bars, 4), None);
    }
}
