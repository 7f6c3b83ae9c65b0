//! One trial: the check, then the load.

use std::process::ExitStatus;
use std::time::Duration;

use anyhow::{Result, bail, ensure};
use measurement::MILLISECOND;
use measurement::peers::{PeerBatch, PeerOutcome, PeerParts};
use measurement::waits::Plan;
use measurement::witness::Witness;
use safe_text::terminal::shortened;

use super::find::{Found, Job};
use crate::child::{Interrupted, Server};
use crate::interrupt::Interrupt;
use crate::launch::{Ran, run};

/// How long the server holds each request of a check: so long that those that
/// are to be in flight together are, whatever else the machine does.
pub(super) const CHECK_WAIT_NS: u64 = 200 * MILLISECOND;

/// How long one run may take: far longer than any that works.
const PATIENCE: Duration = Duration::from_secs(120);

/// The most requests of a load.
pub(super) const MOST: u64 = 1 << 20;

/// A load is sized by a smaller one that took so long, ns, or by the last of
/// those that became no longer.
const SIZED_BY_NS: u64 = 300 * MILLISECOND;

/// What does the trials.
pub(super) struct Trials<'a> {
    pub(super) server: &'a Server,
    pub(super) interrupt: &'a Interrupt,
    pub(super) concurrency: usize,
    /// How long a load takes, about.
    pub(super) seconds: u64,
    /// How long the server holds each request of one.
    pub(super) wait_ns: u64,
}

impl Trials<'_> {
    /// One more than makes whole turns of all that are in flight, so that a
    /// client which drops a rest is seen.
    fn check_requests(&self) -> u64 {
        (2 * self.concurrency as u64 - 1).max(2)
    }

    pub(super) fn job(&self, requests: u64) -> Job {
        let Trials { concurrency, seconds, .. } = *self;
        Job { requests, concurrency, seconds }
    }

    /// How many requests keep this client busy for that long: whole turns of
    /// all that are in flight. It warms up meanwhile.
    ///
    /// # Errors
    ///
    /// If it does not work; [`Interrupted`] after Ctrl-C.
    pub(super) fn size(&self, client: &Found) -> Result<u64> {
        let turn = self.concurrency as u64;
        let mut requests = (16 * turn).min(MOST);
        // The best of all: what else the machine does only makes it slower.
        let mut rate = 0.0_f64;
        loop {
            let batch = self.batch(client, requests, self.wait_ns)?;
            if client.known.is_by_time() {
                return Ok(batch.sent);
            }
            let span = batch.span_ns.unwrap_or(0).max(1);
            rate = rate.max(requests as f64 / span as f64);
            if span >= SIZED_BY_NS || requests >= MOST / 16 {
                let wanted = rate * self.seconds as f64 * 1e9;
                let turns = (wanted / turn as f64).ceil() as u64;
                return Ok((turns.max(4) * turn).min(MOST));
            }
            requests *= (SIZED_BY_NS / span).clamp(2, 16);
        }
    }

    /// Both parts.
    ///
    /// # Errors
    ///
    /// [`Interrupted`] after Ctrl-C. What else goes wrong is the outcome.
    pub(super) fn trial(
        &self,
        client: &Found,
        requests: u64,
    ) -> Result<PeerOutcome> {
        let both = self
            .batch(client, self.check_requests(), CHECK_WAIT_NS)
            .and_then(|check| {
                let load = self.batch(client, requests, self.wait_ns)?;
                let parts = PeerParts { check, load };
                Ok(PeerOutcome::Measured(Box::new(parts)))
            });
        both.or_else(|error| match error.is::<Interrupted>() {
            true => Err(error),
            false => Ok(PeerOutcome::Failed { reason: format!("{error:#}") }),
        })
    }

    fn batch(
        &self,
        client: &Found,
        requests: u64,
        wait_ns: u64,
    ) -> Result<PeerBatch> {
        self.server.reset(&Plan::waiting([wait_ns]))?;
        let url = format!("http://{}/200", self.server.address());
        let command = client.command(self.job(requests), &url);
        let (status, ran) = run(&command, PATIENCE, self.interrupt)?;
        let seen = self.server.witness()?;
        judged(client, requests, (status, &ran), &seen)
    }
}

/// What a client made, if it worked.
fn judged(
    client: &Found,
    requests: u64,
    (status, ran): (ExitStatus, &Ran),
    seen: &Witness,
) -> Result<PeerBatch> {
    if !status.success() {
        let words = ran.err.text.lines().chain(ran.out.text.lines());
        let mut words = words.filter(|line| !line.trim().is_empty());
        let word = words.next().unwrap_or("without a word");
        bail!("{}: {}", status, shortened(word.trim(), 200));
    }
    ensure!(seen.requests > 0, "the server saw no request of it");
    Ok(PeerBatch {
        asked: (!client.known.is_by_time()).then_some(requests),
        said: (client.known.said)(&ran.out.text),
        sent: seen.requests,
        answered: seen.done,
        peak_in_flight: seen.peak_in_flight,
        connections: seen.connections,
        span_ns: seen.span_ns(),
        wall_ns: ran.wall_ns,
        user_ns: ran.user_ns,
        system_ns: ran.system_ns,
        server_cpu_ns: seen.cpu_ns,
        peak_rss_bytes: ran.peak_rss_bytes,
        threads: ran.threads,
    })
}
