use std::collections::BTreeMap;

use lesson_08_good_manners::retries::is_transient;
use measurement::distribution::Distribution;
use ping_core::{Ping, PingError};

/// Counts what came of each request. The counts add up to the requests,
/// always: `requests = ok + unexpected + each failure`.
#[derive(Debug, Default)]
pub(super) struct Tally {
    expect: Vec<u16>,
    retries: bool,
    outcomes: BTreeMap<String, u64>,
    ok: u64,
    unexpected: u64,
    failures: BTreeMap<&'static str, u64>,
    retried: u64,
    retried_well: u64,
    cut_off: u64,
    times: BTreeMap<u64, u64>,
}

/// The percentiles that are told.
pub(super) const PERCENTS: [u8; 4] = [50, 90, 95, 99];

/// What a request came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// A status that was expected.
    Ok,
    /// A status that was not.
    Unexpected,
    /// None.
    Failed(&'static str),
    /// It was never sent, and is in no count.
    NeverSent,
}

impl Tally {
    /// With no `expect`, any status is a success; but where pings are tried
    /// again, not one for which that is done.
    pub(super) fn new(expect: &[u16], retries: bool) -> Tally {
        Tally { expect: expect.to_vec(), retries, ..Tally::default() }
    }

    pub(super) fn verdict(&self, ping: &Ping) -> Verdict {
        match &ping.result {
            Ok(reply) => {
                let expected = match self.expect.is_empty() {
                    true => !(self.retries && is_transient(ping)),
                    false => self.expect.contains(&reply.status),
                };
                if expected { Verdict::Ok } else { Verdict::Unexpected }
            }
            Err(PingError::Cancelled | PingError::NotStarted) => {
                Verdict::NeverSent
            }
            Err(error) => Verdict::Failed(error.kind()),
        }
    }

    pub(super) fn count(&mut self, pings: &[Ping]) {
        for ping in pings {
            let verdict = self.verdict(ping);
            match verdict {
                Verdict::Ok => self.ok += 1,
                Verdict::Unexpected => self.unexpected += 1,
                Verdict::Failed(kind) => {
                    *self.failures.entry(kind).or_default() += 1;
                }
                Verdict::NeverSent => continue,
            }
            if ping.retried {
                self.retried += 1;
                self.retried_well += u64::from(verdict == Verdict::Ok);
            }
            if ping.result.is_ok() {
                let time = rounded(ping.elapsed.as_nanos() as u64);
                *self.times.entry(time).or_default() += 1;
            }
            let error = ping.result.as_ref().err();
            self.cut_off += u64::from(error.is_some_and(PingError::is_cut_off));
            let outcome = match &ping.result {
                Ok(reply) => reply.status.to_string(),
                Err(error) => error.kind().to_owned(),
            };
            *self.outcomes.entry(outcome).or_default() += 1;
        }
    }

    /// Requests that were sent, or could not be: each has an outcome.
    pub(super) fn requests(&self) -> u64 {
        self.ok + self.unexpected + self.failures.values().sum::<u64>()
    }

    /// Those of them that another attempt followed.
    pub(super) fn retried(&self) -> u64 {
        self.retried
    }

    /// Pings that have come to their end, after however many requests.
    pub(super) fn pings(&self) -> u64 {
        self.requests() - self.retried
    }

    /// Counts by status or by kind of failure.
    pub(super) fn outcomes(&self) -> &BTreeMap<String, u64> {
        &self.outcomes
    }

    /// Requests with a status that was expected.
    pub(super) fn ok(&self) -> u64 {
        self.ok
    }

    /// Requests with another status.
    pub(super) fn unexpected(&self) -> u64 {
        self.unexpected
    }

    /// Requests without a status, by kind.
    pub(super) fn failures(&self) -> &BTreeMap<&'static str, u64> {
        &self.failures
    }

    /// Requests that ended at a timeout or the deadline: their times are lower
    /// bounds.
    pub(super) fn cut_off(&self) -> u64 {
        self.cut_off
    }

    /// The times, ns, that so many of a hundred answers do not exceed, by the
    /// nearest rank; none where fewer than five answers took longer. What was
    /// cut off has no answer, and is not among them.
    pub(super) fn percentiles(&self) -> [Option<f64>; PERCENTS.len()] {
        let times = self.times.iter().map(|(time, count)| (*time, *count));
        let spread = Distribution::of(times);
        let of = |percent| f64::from(percent) / 100.0;
        PERCENTS.map(|percent| spread.as_ref()?.quantile(of(percent)))
    }

    /// Pings whose last word is no expected status.
    pub(super) fn failed(&self) -> u64 {
        self.pings() - (self.ok - self.retried_well)
    }

    /// The law, with its numbers: `6 requests = 4 ok + 2 refused`.
    pub(super) fn law(&self) -> String {
        let plural = if self.requests() == 1 { "" } else { "s" };
        let mut terms = vec![format!("{} ok", self.ok)];
        if self.unexpected > 0 {
            terms.push(format!("{} unexpected status", self.unexpected));
        }
        for (kind, count) in &self.failures {
            terms.push(format!("{count} {kind}"));
        }
        format!("{} request{plural} = {}", self.requests(), terms.join(" + "))
    }
}

/// Keeps the twelve leading bits, so that all the times of a million pings are
/// a few thousand numbers. They are off by 1/8192 at most.
fn rounded(ns: u64) -> u64 {
    let dropped = (u64::BITS - ns.leading_zeros()).saturating_sub(12);
    let half = (1 << dropped) >> 1;
    ns.saturating_add(half) >> dropped << dropped
}

#[cfg(test)]
mod tests {
    use ping_core::{Drain, Phase};
    use proptest::prelude::*;

    use super::*;

    fn any_ping() -> impl Strategy<Value = Ping> {
        let result = prop_oneof![
            (100_u16..600).prop_map(|status| Ok(Drain::new(status).finish())),
            Just(Err(PingError::Refused)),
            Just(Err(PingError::Timeout(Phase::Body))),
            Just(Err(PingError::Deadline)),
            Just(Err(PingError::Cancelled)),
            Just(Err(PingError::NotStarted)),
        ];
        (result, any::<bool>()).prop_map(|(result, retried)| Ping {
            result,
            retried,
            ..Ping::unstarted("http://a/", PingError::Cancelled)
        })
    }

    proptest! {
        #[test]
        fn nothing_is_lost_and_nothing_counted_twice(
            pings in prop::collection::vec(any_ping(), 0..50),
            expect in prop::collection::vec(100_u16..600, 0..300),
        ) {
            let mut tally = Tally::new(&expect, false);
            tally.count(&pings);
            let sent = |ping: &&Ping| {
                !matches!(
                    ping.result,
                    Err(PingError::Cancelled | PingError::NotStarted)
                )
            };
            let last = pings.iter().filter(sent).filter(|p| !p.retried);
            let failed = last.clone().filter(|ping| {
                tally.verdict(ping) != Verdict::Ok
            });
            let sent = pings.iter().filter(sent).count() as u64;
            prop_assert_eq!(tally.requests(), sent);
            prop_assert_eq!(tally.outcomes().values().sum::<u64>(), sent);
            prop_assert_eq!(tally.pings(), last.clone().count() as u64);
            prop_assert_eq!(tally.failed(), failed.count() as u64);
        }
    }

    fn answered(times: std::ops::RangeInclusive<u64>) -> Tally {
        let mut tally = Tally::new(&[], false);
        for ms in times {
            tally.count(&[Ping {
                result: Ok(Drain::new(200).finish()),
                elapsed: std::time::Duration::from_millis(ms),
                ..Ping::unstarted("http://a/", PingError::Cancelled)
            }]);
        }
        tally
    }

    #[test]
    fn percentiles_are_told_where_five_answers_lie_beyond() {
        let known = |n| answered(1..=n).percentiles().map(|p| p.is_some());
        assert_eq!(known(9), [false; 4]);
        assert_eq!(known(10), [true, false, false, false]);
        assert_eq!(known(50), [true, true, false, false]);
        assert_eq!(known(100), [true, true, true, false]);
        assert_eq!(known(499), [true, true, true, false]);
        assert_eq!(known(500), [true; 4]);
        let found = answered(1..=1000).percentiles();
        for (found, ms) in found.into_iter().zip([500.0, 900.0, 950.0, 990.0]) {
            let found = found.unwrap() / 1e6;
            assert!((found / ms - 1.0_f64).abs() < 1.0 / 4096.0, "{found}");
        }
    }

    proptest! {
        #[test]
        fn a_time_is_hardly_rounded(ns in 0..u64::MAX / 2) {
            let off = rounded(ns).abs_diff(ns);
            prop_assert!(off <= ns / 4096, "{off} of {ns}");
        }
    }

    #[test]
    fn the_law_is_said_with_its_numbers() {
        let ping = |result| Ping {
            result,
            ..Ping::unstarted("http://a/", PingError::Cancelled)
        };
        let mut tally = Tally::new(&[200], false);
        tally.count(&[
            ping(Ok(Drain::new(200).finish())),
            ping(Ok(Drain::new(503).finish())),
            ping(Err(PingError::Deadline)),
            ping(Err(PingError::NotStarted)),
        ]);
        assert_eq!(
            tally.law(),
            "3 requests = 1 ok + 1 unexpected status + 1 deadline"
        );
        assert_eq!(tally.cut_off(), 1);
    }
}
