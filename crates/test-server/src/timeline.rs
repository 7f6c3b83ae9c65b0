//! How many were in flight, and for how long, from arrivals that become known
//! late: a request is read some time after it arrived, and others may have
//! been answered in between.

/// The number in flight over time. Changes are kept until none of an earlier
/// time can come any more, then put in order and added up.
#[derive(Clone, Default)]
pub(crate) struct Timeline {
    /// What has not been added up, in the order in which it became known.
    recent: Vec<Change>,
    /// Up to here all is added up, and nothing may come before it.
    settled_ns: u64,
    in_flight: i64,
    peak: i64,
    in_flight_ns: u64,
    /// How many changes were too new when it was last added up.
    kept: usize,
}

#[derive(Clone, Copy)]
struct Change {
    at: u64,
    by: i64,
}

/// So many changes are gathered before they are put in order.
const GATHERED: usize = 256;

/// So many are kept at most: two megabytes. A server that never catches up
/// with what clients send at full speed would keep all.
const MOST: usize = 128 * 1024;

impl Timeline {
    /// A request arrived at `at`, as far as that can be: not before what is
    /// added up already. Returns when it is taken to have arrived.
    pub(crate) fn arrive(&mut self, at: u64) -> u64 {
        self.change(at, 1)
    }

    /// A request left flight at `at`, as far as that can be, as above.
    pub(crate) fn leave(&mut self, at: u64) -> u64 {
        self.change(at, -1)
    }

    fn change(&mut self, at: u64, by: i64) -> u64 {
        if self.recent.len() >= MOST {
            self.settle_half();
        }
        let at = at.max(self.settled_ns);
        self.recent.push(Change { at, by });
        at
    }

    /// The first arrival after `since`, as far as it is known. Nothing is
    /// known of those that are added up.
    pub(crate) fn next_arrival(&self, since: u64) -> Option<u64> {
        let arrivals = self.recent.iter().filter(|change| change.by > 0);
        arrivals.map(|change| change.at).filter(|at| *at > since).min()
    }

    /// Adds up the older half, although something older may come: it is taken
    /// to be as new as that.
    fn settle_half(&mut self) {
        let mut times: Vec<u64> =
            self.recent.iter().map(|change| change.at).collect();
        let middle = times.len() / 2;
        let (_, horizon, _) = times.select_nth_unstable(middle);
        self.settle(*horizon);
    }

    /// Nothing older than `horizon` will come. Where much has to be kept, more
    /// is gathered: what is kept is not to be put in order in each turn.
    pub(crate) fn pass(&mut self, horizon: u64) {
        if self.recent.len() >= GATHERED.max(2 * self.kept) {
            self.settle(horizon);
            self.kept = self.recent.len();
        }
    }

    /// Adds up everything until `horizon`.
    pub(crate) fn settle(&mut self, horizon: u64) {
        // Stable: of one instant, a request's arrival stays before its end.
        self.recent.sort_by_key(|change| change.at);
        let old = self.recent.partition_point(|change| change.at <= horizon);
        for Change { at, by } in self.recent.drain(..old) {
            self.in_flight_ns += self.in_flight as u64 * (at - self.settled_ns);
            self.settled_ns = at;
            self.in_flight += by;
            self.peak = self.peak.max(self.in_flight);
        }
        let rest = horizon.saturating_sub(self.settled_ns);
        self.in_flight_ns += self.in_flight as u64 * rest;
        self.settled_ns += rest;
    }

    /// The most in flight at once, as far as it is added up.
    pub(crate) fn peak(&self) -> u64 {
        self.peak as u64
    }

    /// The integral of the number in flight, as far as it is added up.
    pub(crate) fn in_flight_ns(&self) -> u64 {
        self.in_flight_ns
    }

    /// Forgets everything. Nothing may come before `now`.
    pub(crate) fn reset(&mut self, now: u64) {
        self.recent.clear();
        let recent = std::mem::take(&mut self.recent);
        *self = Self { recent, settled_ns: now, ..Self::default() };
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn one_that_waited_unread_while_another_was_answered_overlaps_it() {
        let mut timeline = Timeline::default();
        timeline.arrive(100);
        timeline.leave(150);
        // Read after the answer, sent before it.
        timeline.arrive(120);
        timeline.leave(170);
        timeline.settle(200);
        assert_eq!(timeline.peak(), 2);
        assert_eq!(timeline.in_flight_ns(), 50 + 50);
    }

    #[test]
    fn one_after_another_is_never_two() {
        let mut timeline = Timeline::default();
        for at in (0..1000).step_by(10) {
            timeline.arrive(at);
            timeline.leave(at + 10);
        }
        timeline.settle(2000);
        assert_eq!((timeline.peak(), timeline.in_flight_ns()), (1, 1000));
    }

    #[test]
    fn it_does_not_grow_for_ever() {
        let mut timeline = Timeline::default();
        let many = 4 * MOST as u64;
        for seq in 0..many {
            timeline.arrive(10 * seq);
            timeline.arrive(10 * seq);
            timeline.leave(10 * seq + 5);
            timeline.leave(10 * seq + 5);
            assert!(timeline.recent.len() <= MOST);
        }
        timeline.settle(10 * many);
        assert_eq!((timeline.peak(), timeline.in_flight_ns()), (2, 10 * many));
    }

    #[test]
    fn what_comes_too_late_counts_from_where_all_is_settled() {
        let mut timeline = Timeline::default();
        timeline.settle(500);
        assert_eq!(timeline.arrive(100), 500);
        timeline.leave(600);
        timeline.settle(600);
        assert_eq!((timeline.peak(), timeline.in_flight_ns()), (1, 100));
    }

    proptest! {
        /// However late arrivals become known and whenever it is added up, the
        /// sums are those of all changes put in order.
        #[test]
        fn adds_up_to_the_same_in_any_order_of_reading(
            spans in proptest::collection::vec((0..500u64, 1..300u64), 1..80),
            lag in 0..200u64,
        ) {
            // A request becomes known when it is read, at most `lag` late, and
            // its end when it is answered.
            let mut news: Vec<(u64, u64, bool)> = Vec::new();
            for (i, (from, length)) in spans.iter().enumerate() {
                let read = (from + (i as u64 * 37) % (lag + 1)).min(from + length);
                news.push((read, *from, true));
                news.push((from + length, from + length, false));
            }
            news.sort();
            let mut timeline = Timeline::default();
            for (known, at, arrives) in &news {
                timeline.settle(known.saturating_sub(lag + 1));
                if *arrives {
                    prop_assert_eq!(timeline.arrive(*at), *at);
                } else {
                    timeline.leave(*at);
                }
            }
            timeline.settle(1000);
            let sum: u64 = spans.iter().map(|(_, length)| length).sum();
            prop_assert_eq!(timeline.in_flight_ns(), sum);
            let at = |t: u64| {
                spans.iter().filter(|(from, length)| {
                    *from <= t && t < from + length
                }).count() as u64
            };
            let most = spans.iter().map(|(from, _)| at(*from)).max();
            // Of one instant, who arrives may be counted before who leaves.
            prop_assert!(timeline.peak() >= most.unwrap_or(0));
            let touching = |t: u64| {
                spans.iter().filter(|(from, length)| {
                    *from <= t && t <= from + length
                }).count() as u64
            };
            let most = spans.iter().map(|(from, _)| touching(*from)).max();
            prop_assert!(timeline.peak() <= most.unwrap_or(0));
        }
    }
}
