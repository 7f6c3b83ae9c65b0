//! What a run plays on: servers of a queue, a server that is pinged, and the
//! processes that are struck.

use std::fs;
use std::path::{Path, PathBuf};
use std::process;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use local_nats::TestCluster;
use nix::sys::signal::Signal;
use nix::time::{ClockId, clock_gettime};
use ping_queue::{Batch, Queue, Servers};
use tempfile::TempDir;
use test_server::{TestServer, Witness};
use tokio::runtime::{Builder, Runtime};

use crate::order::{Order, Role};
use crate::process::{Started, by, signal};
use crate::record::Struck;
use crate::role::BATCH;
use crate::scene::{Blow, Kind, SERVERS, Scene, Size, Strike};

/// A file that says how many jobs there may be.
const GATE: &str = "gate";

/// How long the servers may take until they are of use.
const PATIENCE: Duration = Duration::from_secs(60);

/// A worker that is stopped goes on so much later than its jobs went to
/// others.
const LATER: Duration = Duration::from_secs(1);

/// Everything of a run. All of it ends when this is dropped.
pub(crate) struct Stage {
    pub(crate) workers: Vec<Worker>,
    pub(crate) producer: Started,
    pub(crate) collector: Started,
    batch: Option<Batch>,
    queue: Queue,
    runtime: Runtime,
    cluster: TestCluster,
    /// A server that is gone, and the number of requests at which it is
    /// started again.
    gone: Option<(usize, u64)>,
    pinged: TestServer,
    // Last: its folder is in use as long as the others live.
    starter: Starter,
}

/// What starts its processes.
struct Starter {
    program: PathBuf,
    /// The producer's; the others differ by their role.
    order: Order,
    folder: TempDir,
}

impl Starter {
    fn start(&self, name: &str, role: Role) -> Result<Started> {
        let log = self.folder.path().join(name).with_extension("log");
        let order = Order { role, ..self.order.clone() };
        Started::start(&self.program, &order, log)
    }

    /// Where the collector writes.
    fn results(&self) -> PathBuf {
        self.folder.path().join("results.jsonl")
    }
}

/// A worker, and what was done to it.
pub(crate) struct Worker {
    pub(crate) process: Started,
    pub(crate) fate: Fate,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fate {
    AtWork,
    StoppedUntil(Instant),
    Leaving,
    Dead,
}

impl Stage {
    /// Starts all of it. The workers wait for the producer.
    pub(crate) fn set(
        program: &Path,
        scene: &Scene,
        size: &Size,
    ) -> Result<Stage> {
        let pinged = TestServer::start()?;
        let cluster = TestCluster::start_by(&by(program));
        let runtime = Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()?;
        let servers = Servers { urls: cluster.urls(), ..Servers::default() };
        let queue = runtime.block_on(async {
            let queue = servers.connect().await?;
            let copies = SERVERS.try_into().expect("not 0");
            queue.wait_for_copies(copies, PATIENCE).await?;
            anyhow::Ok(queue)
        })?;
        let folder = TempDir::new().context("cannot make a folder")?;
        let gated = scene.kind == Kind::EachInTurn;
        let gate = gated.then(|| folder.path().join(GATE));
        let paced = gated
            || matches!(scene.kind, Kind::ProducerKill | Kind::Everything);
        let starter = Starter {
            program: program.to_owned(),
            order: Order {
                nats: cluster.urls(),
                pinged: pinged.address().to_string(),
                jobs: scene.jobs,
                size: *size,
                parent: process::id(),
                role: Role::Producer { paced, gate },
            },
            folder,
        };
        let mut workers = Vec::new();
        for place in 0..size.workers {
            let name = format!("worker-{place}");
            let role = Role::Worker { name: name.clone() };
            let process = starter.start(&name, role)?;
            workers.push(Worker { process, fate: Fate::AtWork });
        }
        let role = Role::Collector { file: starter.results() };
        let collector = starter.start("collector", role)?;
        let role = starter.order.role.clone();
        let producer = starter.start("producer", role)?;
        Ok(Stage {
            starter,
            workers,
            producer,
            collector,
            batch: None,
            queue,
            runtime,
            cluster,
            gone: None,
            pinged,
        })
    }

    /// Lets the producer go so far that this number of requests will come, and
    /// some more: so a server has the time that it needs to come back.
    pub(crate) fn let_through(&self, requests: u64) -> Result<()> {
        let jobs =
            requests.saturating_add(4 * self.starter.order.size.concurrency);
        let gate = self.starter.folder.path().join(GATE);
        let beside = gate.with_extension("new");
        fs::write(&beside, jobs.to_string())?;
        Ok(fs::rename(beside, gate)?)
    }

    /// What the witness has counted so far.
    pub(crate) fn counts(&self) -> Result<Witness> {
        Ok(self.pinged.control().counts()?)
    }

    /// All that it saw.
    pub(crate) fn witness(&self) -> Result<Witness> {
        Ok(self.pinged.control().witness()?)
    }

    /// The producer and the workers that were not killed.
    pub(crate) fn who_live(&mut self) -> Vec<(String, &mut Started)> {
        let workers = self.workers.iter_mut().enumerate();
        let workers = workers.filter(|(_, w)| w.fate != Fate::Dead);
        let mut all: Vec<(String, &mut Started)> = workers
            .map(|(place, w)| (format!("worker {place}"), &mut w.process))
            .collect();
        all.push(("the producer".to_owned(), &mut self.producer));
        all
    }

    /// Where the collector writes.
    pub(crate) fn results(&self) -> PathBuf {
        self.starter.results()
    }

    /// Whether a strike can fall: no server dies before the one before it is
    /// back and has all copies.
    pub(crate) fn is_ready_for(&mut self, blow: Blow) -> Result<bool> {
        if !blow.hits_a_server() {
            return Ok(true);
        }
        if self.gone.is_some() {
            return Ok(false);
        }
        let batch = self.batch()?;
        Ok(self.runtime.block_on(batch.has_all_copies()))
    }

    /// Strikes. Says whom, and when by the clock of the witness.
    pub(crate) fn strike(
        &mut self,
        strike: Strike,
        requests: u64,
    ) -> Result<(Struck, u64)> {
        let victim = self.victim(strike.blow)?;
        if let Some(process) = self.process(strike.blow)
            && process.ended()?.is_some()
        {
            bail!("{:?} comes too late: it has ended", strike.blow);
        }
        let time = now();
        match (strike.blow, victim) {
            (Blow::KillWorker(place), _) => {
                self.workers[place].process.kill()?;
                self.workers[place].fate = Fate::Dead;
            }
            (Blow::ReplaceWorker(place), _) => {
                self.workers[place].process.kill()?;
                let name = format!("worker-{place}-again");
                let role = Role::Worker { name: name.clone() };
                self.workers[place].process =
                    self.starter.start(&name, role)?;
            }
            (Blow::PauseWorker(place), _) => {
                self.workers[place].process.signal(Signal::SIGSTOP)?;
                let wait =
                    Duration::from_millis(self.starter.order.size.ack_wait_ms);
                let until = Instant::now() + wait + LATER;
                self.workers[place].fate = Fate::StoppedUntil(until);
            }
            (Blow::DrainWorker(place), _) => {
                self.workers[place].process.signal(Signal::SIGTERM)?;
                self.workers[place].fate = Fate::Leaving;
            }
            (Blow::KillProducer, _) => {
                self.producer.kill()?;
                let role = self.starter.order.role.clone();
                self.producer = self.starter.start("producer", role)?;
            }
            (Blow::KillCollector, _) => {
                self.collector.kill()?;
                let role = Role::Collector { file: self.results() };
                self.collector = self.starter.start("collector", role)?;
            }
            (blow, Some(server)) => {
                self.strike_server(blow, server, requests)?
            }
            (blow, None) => bail!("{blow:?} hits nobody"),
        }
        let (blow, at) = (strike.blow, strike.at);
        Ok((Struck { blow, victim, at, requests }, time))
    }

    /// Which of our processes it hits; none if it is a server.
    fn process(&mut self, blow: Blow) -> Option<&mut Started> {
        match blow {
            Blow::KillWorker(place)
            | Blow::ReplaceWorker(place)
            | Blow::PauseWorker(place)
            | Blow::DrainWorker(place) => {
                Some(&mut self.workers[place].process)
            }
            Blow::KillProducer => Some(&mut self.producer),
            Blow::KillCollector => Some(&mut self.collector),
            _ => None,
        }
    }

    fn strike_server(
        &mut self,
        blow: Blow,
        place: usize,
        requests: u64,
    ) -> Result<()> {
        let server = self.cluster.server(place);
        let process = server.process().context("that server is gone")?;
        match blow {
            Blow::InterruptLeader => signal(process, Signal::SIGINT)?,
            // It takes longer than a run until it has ended.
            Blow::LameDuckLeader => return signal(process, Signal::SIGUSR2),
            _ => server.kill(),
        }
        // The two others have to go on without it.
        self.gone =
            Some((place, requests + self.starter.order.size.concurrency));
        Ok(())
    }

    /// Whom it hits: the place of a worker or a server.
    fn victim(&mut self, blow: Blow) -> Result<Option<usize>> {
        Ok(match blow {
            Blow::KillWorker(place)
            | Blow::ReplaceWorker(place)
            | Blow::PauseWorker(place)
            | Blow::DrainWorker(place)
            | Blow::KillServer(place) => Some(place),
            Blow::KillProducer | Blow::KillCollector => None,
            Blow::KillLeader | Blow::InterruptLeader | Blow::LameDuckLeader => {
                let batch = self.batch()?;
                let leader = self.runtime.block_on(batch.leader());
                let leader = leader.context("nobody hands out jobs")?;
                let place = self.cluster.place_of(&leader);
                Some(place.context("a server that is none of ours")?)
            }
        })
    }

    /// Starts again whoever is to be: a server that the others have gone on
    /// without, a worker that was stopped for long enough.
    pub(crate) fn start_again(&mut self, requests: u64) -> Result<()> {
        if let Some((place, at)) = self.gone
            && requests >= at
        {
            self.cluster.server(place).again();
            self.gone = None;
        }
        for worker in &mut self.workers {
            if let Fate::StoppedUntil(end) = worker.fate
                && Instant::now() >= end
            {
                worker.process.signal(Signal::SIGCONT)?;
                worker.fate = Fate::AtWork;
            }
        }
        Ok(())
    }

    fn batch(&mut self) -> Result<Batch> {
        if let Some(batch) = &self.batch {
            return Ok(batch.clone());
        }
        let joined = self.runtime.block_on(self.queue.join(&BATCH.parse()?))?;
        let batch = joined.context("nobody has opened the batch")?;
        self.batch = Some(batch.clone());
        Ok(batch)
    }
}

/// The clock of the witness, in nanoseconds.
fn now() -> u64 {
    let now = clock_gettime(ClockId::CLOCK_MONOTONIC);
    now.map_or(0, |now| {
        now.tv_sec() as u64 * 1_000_000_000 + now.tv_nsec() as u64
    })
}
