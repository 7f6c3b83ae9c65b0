use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Result, anyhow, bail};
use measurement::SCHEMA_VERSION;
use measurement::makespan;
use measurement::record::{Act, Measured, Outcome, Spec, Trial};
use measurement::waits::Plan;
use measurement::witness::Witness;

use super::cost::{grown, threads};
use super::host::Machine;
use super::judge::judge;
use super::longest_wait;
use super::message::{GO, Order, READY, Told};
use super::python::Lane;
use super::talk::{Talk, Whose};
use super::workers::Workers;
use crate::child::{self, Awake, Server};
use crate::clock::utc_now;
use crate::interrupt::Interrupt;

/// Where a trial stands in its run.
#[derive(Debug, Clone)]
pub struct Identity {
    /// The run's name.
    pub run_id: String,
    /// Number of the trial.
    pub trial: u32,
    /// Which act.
    pub act: Act,
    /// The concurrency asked for.
    pub level: usize,
    /// Which round.
    pub round: u32,
    /// Place in the round.
    pub order: u32,
    /// Whether it is the second of its cell in its round.
    pub aa_twin: bool,
}

impl Identity {
    /// Of a trial that belongs to no run.
    pub(crate) fn outside_a_run(of: &str, trial: u32, spec: &Spec) -> Identity {
        Identity {
            run_id: of.to_owned(),
            trial,
            act: Act::Sweep,
            level: spec.concurrency,
            round: 0,
            order: trial,
            aa_twin: false,
        }
    }
}

/// The run was interrupted in the middle of a trial.
#[derive(Debug)]
pub struct Stopped;

/// Runs trials one at a time against one server.
#[derive(Debug)]
pub struct Runner<'a> {
    server: &'a Server,
    interrupt: &'a Interrupt,
    queue: Option<&'a str>,
}

impl<'a> Runner<'a> {
    /// A runner on this server, ended early by this interrupt.
    pub fn new(server: &'a Server, interrupt: &'a Interrupt) -> Runner<'a> {
        Runner { server, interrupt, queue: None }
    }

    /// The same with a queue, over which batches can be shared.
    pub(crate) fn over(self, queue: Option<&'a str>) -> Runner<'a> {
        Runner { queue, ..self }
    }

    /// Runs one strategy in a child of its own. What goes wrong with the
    /// child is the trial's outcome, not an error of ours.
    pub fn trial(
        &self,
        identity: &Identity,
        spec: &Spec,
    ) -> Result<Trial, Stopped> {
        let child = child::own("trial");
        self.record(identity, spec, |watchdog| {
            // Gone at the end of the trial, whatever that is.
            let mut awake = match spec.kept_awake {
                Some(true) => Some(Awake::start(self.interrupt)?),
                _ => None,
            };
            let line = serde_json::to_string(&Order {
                spec: spec.clone(),
                addresses: self.server.addresses().to_vec(),
                cold: identity.act == Act::CapacityCold,
                queue: self.queue.map(str::to_owned),
                awake: awake.as_ref().map(Awake::id),
            })?;
            let mut talk = self.talk(child?, watchdog, spec, Whose::Own)?;
            talk.say(&line)?;
            let measured = self.measure(talk, spec)?;
            awake.as_mut().map_or(Ok(()), Awake::check)?;
            Ok(measured)
        })
    }

    /// The record of a trial that is not made, because it is known why not.
    pub(crate) fn refused(
        identity: &Identity,
        spec: &Spec,
        why: String,
    ) -> Trial {
        trial(identity, spec, utc_now(), Outcome::Failed { reason: why })
    }

    /// Runs a Python lane, which has its order on its command line and no
    /// connection to open beforehand.
    pub fn python(
        &self,
        identity: &Identity,
        spec: &Spec,
        lane: &Lane,
        python: &str,
    ) -> Result<Trial, Stopped> {
        let command = lane.command(python, spec, self.server.address());
        self.record(identity, spec, |watchdog| {
            let talk = self.talk(command?, watchdog, spec, Whose::Kept)?;
            self.measure(talk, spec)
        })
    }

    fn talk(
        &self,
        command: Command,
        watchdog: Duration,
        spec: &Spec,
        whose: Whose,
    ) -> Result<Talk<'a>> {
        Talk::start(command, self.interrupt, watchdog, spec.requests, whose)
    }

    /// Waits until the child is ready, resets the server, starts the clock of
    /// the child and hears the result.
    fn measure(&self, mut talk: Talk<'_>, spec: &Spec) -> Result<Measured> {
        let ready = talk.hear()?;
        if ready.trim() != READY {
            bail!("printed {:?} instead of {READY}", shortened(&ready));
        }
        let mut workers = self.workers(spec)?;
        let faults = spec.faults.clone();
        self.server
            .reset(&Plan { faults, ..Plan::waiting(spec.waits.list()) })?;
        let before = Machine::now();
        talk.say(GO)?;
        let killed = spec.machines.and_then(|machines| machines.killed_at);
        let killed_ns = match (&mut workers, killed) {
            (Some(own), Some(at)) => own.kill_first(at, spec, self.server)?,
            _ => None,
        };
        let half_time = Instant::now() + predicted(spec) / 2;
        let early = talk.hear_until(half_time)?;
        // Of a batch that waits for nothing nobody knows when half time is.
        let known = predicted(spec) >= KNOWN && early.is_none();
        let alive = known.then(|| threads(talk.performer()?)).flatten();
        let line = match early {
            Some(line) => line,
            None => talk.hear()?,
        };
        let mut witness: Witness = self.server.witness()?;
        let left = witness.in_flight;
        if spec.limit_ns.is_some() {
            witness = self.left_alone(&mut talk, spec, witness)?;
        }
        let host = before.until(&Machine::now());
        let told: Told = serde_json::from_str(&line).map_err(|_| {
            anyhow!("printed no result but {:?}", shortened(&line))
        })?;
        if told.pings.len() != spec.requests {
            bail!("told of {} pings of {}", told.pings.len(), spec.requests);
        }
        let clock_ns = told.clock_ns;
        let mut measured = judge(spec, told, alive, witness, host);
        if let Some(shared) = &mut measured.shared {
            shared.killed_ns = grown(killed_ns, clock_ns);
        }
        measured.left_in_flight = spec.limit_ns.map(|_| left);
        Ok(measured)
    }

    /// Those of a batch that is shared over a queue, ready for its first job.
    fn workers(&self, spec: &Spec) -> Result<Option<Workers>> {
        let Some(machines) = spec.machines else { return Ok(None) };
        let Some(queue) = self.queue else {
            bail!("there is no queue for what is shared over one");
        };
        Workers::start(spec, machines, queue, self.interrupt).map(Some)
    }

    /// What the server saw when it had nobody in flight any more: this, or
    /// what it says later. A request that does not end in time stays in it.
    fn left_alone(
        &self,
        talk: &mut Talk<'_>,
        spec: &Spec,
        mut witness: Witness,
    ) -> Result<Witness> {
        let until = Instant::now() + longest_wait(spec) + LEAVING;
        while witness.in_flight > 0 && Instant::now() < until {
            if talk.hear_until(Instant::now() + BETWEEN_LOOKS)?.is_some() {
                bail!("printed something after its result");
            }
            witness = self.server.witness()?;
        }
        Ok(witness)
    }

    fn record(
        &self,
        identity: &Identity,
        spec: &Spec,
        run: impl FnOnce(Duration) -> Result<Measured>,
    ) -> Result<Trial, Stopped> {
        // Nothing more is begun.
        if self.interrupt.raised() {
            return Err(Stopped);
        }
        let start_utc = utc_now();
        let watchdog = (predicted(spec) + rated(spec)) * 10
            + longest_wait(spec)
            + handed_out_again(spec)
            + PATIENCE * u32::try_from(spec.requests).unwrap_or(u32::MAX)
            + Duration::from_secs(10);
        let outcome = match run(watchdog) {
            Ok(measured) => Outcome::Measured(Box::new(measured)),
            Err(_) if self.interrupt.raised() => return Err(Stopped),
            Err(error) => Outcome::Failed { reason: reason(&error) },
        };
        Ok(trial(identity, spec, start_utc, outcome))
    }
}

fn trial(
    identity: &Identity,
    spec: &Spec,
    start_utc: String,
    outcome: Outcome,
) -> Trial {
    Trial {
        schema_version: SCHEMA_VERSION,
        run_id: identity.run_id.clone(),
        trial: identity.trial,
        act: identity.act,
        level: identity.level,
        round: identity.round,
        order: identity.order,
        aa_twin: identity.aa_twin,
        spec: spec.clone(),
        start_utc,
        outcome,
    }
}

/// From this long on, half of what was predicted is a time at which to look.
const KNOWN: Duration = Duration::from_millis(10);

/// What a ping may take beyond its wait before its trial is given up as hung:
/// a hundred times what it needs.
const PATIENCE: Duration = Duration::from_millis(2);

/// Beyond the longest wait, how long the server may need to have nobody in
/// flight.
const LEAVING: Duration = Duration::from_secs(1);

/// How long it is left in peace between two questions.
const BETWEEN_LOOKS: Duration = Duration::from_millis(20);

/// The least that the batch can take.
fn predicted(spec: &Spec) -> Duration {
    let waits = spec.waits.of(spec.requests);
    let bound = makespan::bound(&waits, spec.concurrency());
    Duration::from_nanos(spec.within_limit(bound))
}

/// The least that its rate lets a batch take, warm-up and all attempts
/// together.
fn rated(spec: &Spec) -> Duration {
    let Some(rate) = spec.manners.per_second else { return Duration::ZERO };
    let (_, most) = spec.requests_seen();
    let all = most.saturating_add(spec.most_at_once() as u64);
    Duration::from_secs(all.div_ceil(u64::from(rate.max(1))))
}

/// How long the jobs of dead workers may wait for others.
fn handed_out_again(spec: &Spec) -> Duration {
    let wait = spec.machines.map_or(0, |machines| machines.ack_wait_ns);
    10 * Duration::from_nanos(wait)
}

/// Why it failed, no longer than a record may tell.
fn reason(error: &anyhow::Error) -> String {
    format!("{error:#}").chars().take(1000).collect()
}

fn shortened(line: &str) -> String {
    line.trim_end().chars().take(60).collect()
}
