use std::collections::BTreeMap;

use lesson_08_good_manners::retries::is_transient;
use ping_core::{Ping, PingError};

use super::percentiles::{Percentiles, Times};

/// Counts what came of each request. The counts add up to the requests,
/// always: `requests = ok + unexpected + each failure`.
#[derive(Debug, Default)]
pub(super) struct Tally {
    expect: Vec<u16>,
    retries: bool,
    statuses: BTreeMap<u16, u64>,
    ok: u64,
    unexpected: u64,
    failures: BTreeMap<&'static str, u64>,
    retried: u64,
    retried_well: u64,
    cut_off: u64,
    times: Times,
}

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
            if ping.result.is_ok() && !ping.retried {
                self.times.add(ping.elapsed);
            }
            let error = ping.result.as_ref().err();
            self.cut_off += u64::from(error.is_some_and(PingError::is_cut_off));
            if let Ok(reply) = &ping.result {
                *self.statuses.entry(reply.status).or_default() += 1;
            }
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
    pub(super) fn outcomes(&self) -> BTreeMap<String, u64> {
        let statuses = self.statuses.iter().map(|(s, n)| (s.to_string(), *n));
        let failures = self.failures.iter();
        let failures = failures.map(|(kind, n)| ((*kind).to_owned(), *n));
        statuses.chain(failures).collect()
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

    /// How long the pings took whose last word is an answer.
    pub(super) fn percentiles(&self) -> Percentiles {
        self.times.percentiles()
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
