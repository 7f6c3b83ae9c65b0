use std::collections::BTreeMap;

use ping_core::{Ping, PingError};

/// Counts outcomes. They add up to the pings, always.
#[derive(Debug, Default)]
pub(super) struct Tally {
    expect: Vec<u16>,
    outcomes: BTreeMap<String, u64>,
    unexpected: u64,
    errors: u64,
}

impl Tally {
    /// With no `expect`, any status is a success.
    pub(super) fn new(expect: &[u16]) -> Tally {
        Tally { expect: expect.to_vec(), ..Tally::default() }
    }

    pub(super) fn count(&mut self, pings: &[Ping]) {
        for ping in pings {
            let outcome = match &ping.result {
                Ok(reply) => {
                    let any = self.expect.is_empty();
                    let expected = any || self.expect.contains(&reply.status);
                    self.unexpected += u64::from(!expected);
                    reply.status.to_string()
                }
                // It was never sent.
                Err(PingError::Cancelled) => continue,
                Err(error) => {
                    self.errors += 1;
                    error.kind().to_owned()
                }
            };
            *self.outcomes.entry(outcome).or_default() += 1;
        }
    }

    /// Pings that were sent: every one of them has an outcome.
    pub(super) fn requests(&self) -> u64 {
        self.outcomes.values().sum()
    }

    /// Counts by status or by kind of failure.
    pub(super) fn outcomes(&self) -> &BTreeMap<String, u64> {
        &self.outcomes
    }

    /// Pings without a status, or with one that was not expected.
    pub(super) fn failures(&self) -> u64 {
        self.errors + self.unexpected
    }
}
