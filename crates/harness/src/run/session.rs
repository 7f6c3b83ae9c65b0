use std::fmt::Write;
use std::path::Path;

use anyhow::{Context, Result};
use measurement::SCHEMA_VERSION;
use measurement::agreement;
use measurement::capacity;
use measurement::environment::{Ended, Run, RunEnd};
use measurement::manners::Manners;
use measurement::order::{self, SplitMix64, shuffled};
use measurement::record::{Outcome, Spec, Trial};
use report::{Folder, Log};

use super::cell::Cell;
use super::end::End;
use super::failures::Failures;
use super::plan::Rounds;
use crate::child::{Server, can_keep_awake};
use crate::clock::{utc_for_file, utc_now};
use crate::environment;
use crate::interrupt::Interrupt;
use crate::terminal::{note, reader_left};
use crate::trial::{Identity, Lane, Runner};

/// A run under way: its folder, its records, its server.
pub(super) struct Session<'a> {
    folder: Folder,
    run: Run,
    log: Log,
    server: Server,
    /// Where the queue is that its trials are shared over.
    queue: Option<String>,
    interrupt: &'a Interrupt,
    failures: Failures,
    told_alone: bool,
    can_keep_awake: bool,
}

/// What a run is begun with.
#[derive(Debug)]
pub(super) struct Opening<'a> {
    /// Where its folder goes.
    pub(super) reports: &'a Path,
    /// The command that repeats it, without its seed.
    pub(super) command: &'a str,
    /// By default from the clock.
    pub(super) seed: Option<u64>,
    /// The rounds of the act that has the most.
    pub(super) rounds: u32,
    /// The lesson that it belongs to.
    pub(super) lesson: Option<u8>,
    /// Who may take part, in the order of their rows.
    pub(super) strategies: Vec<&'static str>,
}

impl<'a> Session<'a> {
    pub(super) fn begin(
        opening: &Opening<'_>,
        interrupt: &'a Interrupt,
    ) -> Result<Session<'a>> {
        let seed = opening.seed.unwrap_or_else(seed_from_clock);
        let id = SplitMix64::new(seed).next_u64() & 0xffff;
        let mut name = format!("{}-{id:04x}", utc_for_file());
        if let Some(lesson) = opening.lesson {
            let _ = write!(name, "-lesson-{lesson:02}");
        }
        let names = opening.strategies.iter();
        let folder = Folder::create(opening.reports, &name)?;
        let run = Run {
            schema_version: SCHEMA_VERSION,
            run_id: folder.name(),
            command: format!("{} --seed {seed}", opening.command),
            lesson: opening.lesson,
            seed,
            rounds: opening.rounds,
            strategies: names.map(|name| (*name).to_owned()).collect(),
            start_utc: utc_now(),
            end: None,
            environment: environment::capture(interrupt),
        };
        // Tried before anything is measured: a disk that is full costs nobody
        // a minute.
        let (log, server) = folder
            .write_run(&run)
            .and_then(|()| Ok((folder.log()?, Server::start(interrupt)?)))
            .inspect_err(|_| folder.discard())?;
        let failures = Failures::default();
        Ok(Session {
            folder,
            run,
            log,
            server,
            queue: None,
            interrupt,
            failures,
            told_alone: false,
            can_keep_awake: can_keep_awake(),
        })
    }

    /// From now on its trials can be shared over this queue.
    pub(super) fn over(&mut self, queue: &str) {
        self.queue = Some(queue.to_owned());
    }

    pub(super) fn folder(&self) -> &Folder {
        &self.folder
    }

    pub(super) fn interrupt(&self) -> &'a Interrupt {
        self.interrupt
    }

    pub(super) fn run(&self) -> &Run {
        &self.run
    }

    /// How many trials have been recorded.
    pub(super) fn trials(&self) -> u32 {
        self.log.trials()
    }

    /// Writes down how it ended, and compares its records with what it wrote.
    ///
    /// # Errors
    ///
    /// If somebody has taken out, copied or changed a record meanwhile.
    pub(super) fn close(&mut self, how: Ended) -> Result<()> {
        self.run.end = Some(RunEnd { how, trials: self.trials() });
        self.folder.write_run(&self.run)?;
        self.log.compare()
    }

    /// The server's address, for the eyes of the reader.
    pub(super) fn address(&self) -> String {
        self.server.address().to_string()
    }

    /// A server that has seen nothing yet.
    pub(super) fn new_round(&mut self) -> Result<(), End> {
        // A Ctrl-C that comes between the start of a process and its leaving
        // our group ends it as well. The next trial then asks whether to stop.
        let start = || Server::start(self.interrupt);
        self.server = start().or_else(|error| {
            if self.interrupt.raised() { Err(error) } else { start() }
        })?;
        Ok(())
    }

    /// Runs every cell once in each round, in another order in each, and its
    /// baseline first and last. `each` is told of every trial.
    ///
    /// # Errors
    ///
    /// If the run was stopped, or the harness cannot go on.
    pub(super) fn rounds(
        &mut self,
        rounds: &Rounds,
        mut each: impl FnMut(&Session<'a>, &Cell, Trial) -> Result<(), End>,
    ) -> Result<(), End> {
        for round in 0..rounds.rounds {
            self.new_round()?;
            let own = rounds.between(round);
            let shuffled = shuffled(own.len(), self.run.seed, round);
            let between = shuffled.into_iter().map(|i| &own[i]);
            let first_and_last = rounds.baseline.iter();
            let cells = first_and_last.clone().chain(between);
            for (order, cell) in (0..).zip(cells.chain(first_and_last)) {
                let trial = self.trial(cell, round, order)?;
                each(self, cell, trial)?;
            }
        }
        Ok(())
    }

    /// Runs one cell and records it.
    pub(super) fn trial(
        &mut self,
        cell: &Cell,
        round: u32,
        order: u32,
    ) -> Result<Trial, End> {
        let spec = self.spec_of(cell);
        let identity = self.identity(cell, round, order);
        let runner = Runner::new(&self.server, self.interrupt);
        let runner = runner.over(self.queue.as_deref());
        let trial = runner.trial(&identity, &spec)?;
        self.keep(trial)
    }

    /// Records a trial that is not made, because it is known why not.
    pub(super) fn refused(
        &mut self,
        cell: &Cell,
        round: u32,
        order: u32,
        why: String,
    ) -> Result<Trial, End> {
        let spec = self.spec_of(cell);
        let identity = self.identity(cell, round, order);
        self.keep(Runner::refused(&identity, &spec, why))
    }

    /// Runs a Python lane on the pings of a cell and records it.
    pub(super) fn python(
        &mut self,
        cell: &Cell,
        lane: &Lane,
        python: &str,
        order: u32,
    ) -> Result<Trial, End> {
        let concurrency = if lane.way.is_concurrent() { cell.level } else { 1 };
        let spec = self.spec(cell, lane.way.id, "urllib", concurrency);
        let identity = self.identity(cell, 0, order);
        let runner = Runner::new(&self.server, self.interrupt);
        let trial = runner.python(&identity, &spec, lane, python)?;
        self.keep(trial)
    }

    fn keep(&mut self, mut trial: Trial) -> Result<Trial, End> {
        // A client that contradicts itself has told nothing.
        if let Err(why) = agreement::of_trial(&trial) {
            let reason = format!("told what cannot be: {why}");
            trial.outcome = Outcome::Failed { reason };
        }
        self.log.append(&trial).context("cannot keep a record")?;
        if reader_left() && !self.told_alone {
            self.told_alone = true;
            note(
                "nobody reads the results any more; the run goes on, and its \
                 page will be drawn (Ctrl-C draws what there is)",
            );
        }
        // Whoever looks for a limit finds it again and again.
        if !capacity::is_of(trial.act) {
            self.failures.count(&trial)?;
        }
        if matches!(trial.outcome, Outcome::Failed { .. }) {
            // Perhaps it was the server that failed, or it still holds what
            // the child left behind: one trial lost is all that is lost.
            self.new_round()?;
        }
        Ok(trial)
    }

    fn spec_of(&self, cell: &Cell) -> Spec {
        let way = &cell.strategy.way;
        self.spec(cell, way.id, way.client, cell.concurrency())
    }

    fn spec(
        &self,
        cell: &Cell,
        strategy: &str,
        client: &str,
        concurrency: usize,
    ) -> Spec {
        Spec {
            strategy: strategy.to_owned(),
            client: client.to_owned(),
            concurrency,
            requests: cell.requests,
            waits: cell.waits,
            statuses: cell.statuses(),
            body_bytes: cell.body_bytes(),
            nonce: order::nonce(self.run.seed, self.trials()),
            limit_ns: cell.limit_ns,
            consumer: cell.consumer,
            machines: cell.machines,
            hashing: cell.hashing,
            faults: cell.failing.map_or(Vec::new(), |f| f.faults.to_vec()),
            manners: cell.failing.map_or(Manners::NONE, |f| f.manners),
            kept_awake: self.can_keep_awake.then_some(cell.kept_awake),
        }
    }

    fn identity(&self, cell: &Cell, round: u32, order: u32) -> Identity {
        Identity {
            run_id: self.run.run_id.clone(),
            trial: self.trials(),
            act: cell.act,
            level: cell.level,
            round,
            order,
            aa_twin: cell.aa_twin,
        }
    }
}

/// A seed that nobody chose. It is recorded, so the run can be repeated.
pub(crate) fn seed_from_clock() -> u64 {
    let now = std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .unwrap_or_default();
    // Six digits are easy to copy from a page.
    SplitMix64::new(now.as_nanos() as u64).next_u64() % 1_000_000
}
