//! One batch: its servers, its processes, what they took.

use std::num::NonZeroUsize;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use measurement::queue_cost::{Cell, CellOutcome, CellParts};
use measurement::waits::Plan;

use super::brokers::Brokers;
use super::cost::Account;
use super::order::{AT, DONE, GO, Order, READY, Role};
use crate::child::{self, Interrupted, Server};
use crate::interrupt::Interrupt;
use crate::trial::{Talk, Whose};

/// How long a batch may take: several times what it does on a machine that has
/// much else to do.
const PATIENCE: Duration = Duration::from_secs(600);

/// What does the batches.
pub(super) struct Trials<'a> {
    pub(super) server: &'a Server,
    pub(super) interrupt: &'a Interrupt,
    /// The server of the queue.
    pub(super) program: &'a Path,
    /// Where its streams are kept.
    pub(super) place: &'a Path,
}

/// What is told while a batch goes on: the part, and its jobs so far.
pub(super) type Telling<'a> = &'a dyn Fn(&str, u64);

impl Trials<'_> {
    /// One batch of this cell.
    ///
    /// # Errors
    ///
    /// [`Interrupted`] after Ctrl-C. What else goes wrong is the outcome.
    pub(super) fn trial(
        &self,
        cell: &Cell,
        telling: Telling<'_>,
    ) -> Result<CellOutcome> {
        let parts = match NonZeroUsize::new(cell.copies) {
            Some(copies) => self.shared(cell, copies, telling),
            None => self.alone(cell, telling),
        };
        match parts {
            Ok(parts) => Ok(CellOutcome::Measured(Box::new(parts))),
            Err(_) if self.interrupt.raised() => Err(Interrupted.into()),
            Err(error) => {
                Ok(CellOutcome::Failed { reason: format!("{error:#}") })
            }
        }
    }

    /// All in one process.
    fn alone(&self, cell: &Cell, telling: Telling<'_>) -> Result<CellParts> {
        self.server.reset(&Plan::waiting([cell.wait_ns]))?;
        let mut part = self.part(cell, Role::Alone, &[])?;
        let mut account = Account::of(part.pid()?);
        account.look();
        account.look();
        telling("pinging", 0);
        part.talk.say(GO)?;
        let collected = part.done(&|_| {})?;
        account.look();
        let workers = vec![account.part()];
        self.seen(CellParts { collected, workers, ..CellParts::default() })
    }

    /// Over the queue.
    fn shared(
        &self,
        cell: &Cell,
        copies: NonZeroUsize,
        telling: Telling<'_>,
    ) -> Result<CellParts> {
        self.server.reset(&Plan::waiting([cell.wait_ns]))?;
        telling("starting servers", 0);
        let Trials { program, place, interrupt, .. } = *self;
        let brokers = Brokers::start(program, copies, place, interrupt)?;
        let urls = brokers.urls();
        // The first opens the batch, which the others look for.
        let mut producer = self.part(cell, Role::Producer, &urls)?;
        let mut collector = self.part(cell, Role::Collector, &urls)?;
        let mut workers: Vec<Part<'_>> = (0..cell.workers)
            .map(|_| self.part(cell, Role::Worker, &urls))
            .collect::<Result<_>>()?;
        let mut accounts: Vec<Account> =
            brokers.pids().map(Account::of).collect();
        let servers = accounts.len();
        for part in [&producer, &collector].into_iter().chain(&workers) {
            accounts.push(Account::of(part.pid()?));
        }
        let mut look = || accounts.iter_mut().for_each(Account::look);
        look();
        let start = Instant::now();
        producer.talk.say(GO)?;
        producer.done(&|at| telling("putting jobs on the queue", at))?;
        let producing_ns = start.elapsed().as_nanos() as u64;
        look();
        collector.talk.say(GO)?;
        for worker in &mut workers {
            worker.talk.say(GO)?;
        }
        let collected = collector.done(&|at| telling("pinging", at))?;
        look();
        let mut parts = accounts.iter().map(Account::part);
        self.seen(CellParts {
            collected,
            producing_ns: Some(producing_ns),
            brokers: parts.by_ref().take(servers).collect(),
            producer: parts.next(),
            collector: parts.next(),
            workers: parts.collect(),
            ..CellParts::default()
        })
    }

    /// With what the pinged server saw.
    fn seen(&self, parts: CellParts) -> Result<CellParts> {
        let seen = self.server.witness()?;
        Ok(CellParts {
            requests: seen.requests,
            distinct: seen.distinct,
            answered: seen.done,
            peak_in_flight: seen.peak_in_flight,
            span_ns: seen.span_ns(),
            server_cpu_ns: seen.cpu_ns,
            ..parts
        })
    }

    /// Starts a process and waits until it is ready.
    fn part(
        &self,
        cell: &Cell,
        role: Role,
        queue: &[String],
    ) -> Result<Part<'_>> {
        let order = Order {
            role,
            queue: queue.to_vec(),
            copies: cell.copies,
            concurrency: cell.concurrency,
            tasks: cell.concurrency / cell.workers,
            url: format!("http://{}/200", self.server.address()),
            jobs: cell.jobs,
        };
        let command = child::own("machine-part")?;
        let talk =
            Talk::start(command, self.interrupt, PATIENCE, 1, Whose::Own)?;
        let mut part = Part { talk, role };
        part.talk.say(&serde_json::to_string(&order)?)?;
        let said = part.hear()?;
        if said.trim() != READY {
            bail!("{} says {said:?} and not {READY}", part.name());
        }
        Ok(part)
    }
}

/// A process that plays a part.
struct Part<'a> {
    talk: Talk<'a>,
    role: Role,
}

impl Part<'_> {
    fn name(&self) -> &'static str {
        match self.role {
            Role::Producer => "the producer",
            Role::Worker => "a worker",
            Role::Collector => "the collector",
            Role::Alone => "the process",
        }
    }

    fn pid(&self) -> Result<u32> {
        self.talk.performer().context("a process has gone")
    }

    fn hear(&mut self) -> Result<String> {
        let said = self.talk.hear();
        said.with_context(|| format!("{} failed", self.name()))
    }

    /// Waits until it is through, and says how many results were good.
    fn done(&mut self, at: &dyn Fn(u64)) -> Result<u64> {
        loop {
            let said = self.hear()?;
            let said = said.trim();
            if let Some(good) = said.strip_prefix(DONE) {
                return good.parse().context("no number of results");
            }
            match said.strip_prefix(AT).and_then(|jobs| jobs.parse().ok()) {
                Some(jobs) => at(jobs),
                None => bail!("{} says {said:?}", self.name()),
            }
        }
    }
}
