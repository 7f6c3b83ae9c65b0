use std::process::Child;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use measurement::machines::Machines;
use measurement::record::Spec;

use super::longest_wait;
use super::message::READY;
use super::monotonic::monotonic_ns;
use super::shared::batch_of;
use crate::child::listen::{READY_WITHIN, first_line};
use crate::child::{self, Server, end};
use crate::interrupt::Interrupt;

/// The worker processes of a trial, which are ended with it.
#[derive(Debug)]
pub(super) struct Workers(Vec<Child>);

/// How long it is waited for the moment of a death. The batch is over long
/// before.
const PATIENCE: Duration = Duration::from_secs(30);

/// Between two looks at what the server has seen.
const BETWEEN_LOOKS: Duration = Duration::from_millis(1);

impl Workers {
    /// Starts them, and waits until each has found the batch.
    pub(super) fn start(
        spec: &Spec,
        machines: Machines,
        queue: &str,
        interrupt: &Interrupt,
    ) -> Result<Workers> {
        let mut workers = Workers(Vec::new());
        for number in 0..machines.workers {
            let mut command = child::own("queue-worker")?;
            command.args(["--nats", queue, "--batch", &batch_of(spec)]);
            command.arg("--tasks").arg(machines.tasks.to_string());
            command.arg("--name").arg(number.to_string());
            if machines.ack_first {
                command.arg("--ack-first");
            }
            let child = command.spawn().context("cannot start a worker")?;
            workers.0.push(child);
        }
        for child in &mut workers.0 {
            let line = first_line(child, "a worker", READY_WITHIN, interrupt)?;
            ensure!(line.trim() == READY, "a worker ended before it began");
        }
        Ok(workers)
    }

    /// Kills the first one half a wait after the server has seen `at` requests
    /// and has as many in flight as there may be, so that its hands are full
    /// and it is in mid-job; or else as many requests later. Says when, by the
    /// system's clock.
    pub(super) fn kill_first(
        &mut self,
        at: u64,
        spec: &Spec,
        server: &Server,
    ) -> Result<Option<u64>> {
        let full = spec.concurrency as u64;
        let end_of_patience = Instant::now() + PATIENCE;
        loop {
            let seen = server.witness()?;
            let busy = seen.in_flight >= full;
            if seen.requests >= at && (busy || seen.requests >= at + full) {
                thread::park_timeout(longest_wait(spec) / 2);
                let now = monotonic_ns();
                if let Some(first) = self.0.first_mut() {
                    end(first);
                }
                return Ok(now);
            }
            if Instant::now() >= end_of_patience {
                bail!("the server has seen {} requests only", seen.requests);
            }
            thread::park_timeout(BETWEEN_LOOKS);
        }
    }
}

impl Drop for Workers {
    fn drop(&mut self) {
        self.0.iter_mut().for_each(end);
    }
}
