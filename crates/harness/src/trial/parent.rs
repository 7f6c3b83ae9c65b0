use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, Command, ExitStatus};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow, bail};
use measurement::SCHEMA_VERSION;
use measurement::makespan;
use measurement::record::{Act, Measured, Outcome, Spec, Trial};
use measurement::waits::Plan;
use measurement::witness::Witness;

use super::cost::threads;
use super::host::Machine;
use super::judge::judge;
use super::message::{FAILED, GO, Order, READY, Told};
use super::python::Lane;
use crate::child::{self, Server};
use crate::clock::utc_now;
use crate::interrupt::Interrupt;

/// The longest line a child may say, bytes. A record of 100,000 pings is a
/// tenth of it.
const LINE_LIMIT: u64 = 256 * 1024 * 1024;

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
}

/// The run was interrupted in the middle of a trial.
#[derive(Debug)]
pub struct Stopped;

/// Runs trials one at a time against one server.
#[derive(Debug)]
pub struct Runner<'a> {
    server: &'a Server,
    interrupt: &'a Interrupt,
}

impl<'a> Runner<'a> {
    /// A runner on this server, ended early by this interrupt.
    pub fn new(server: &'a Server, interrupt: &'a Interrupt) -> Runner<'a> {
        Runner { server, interrupt }
    }

    /// Runs one strategy in a child of its own. What goes wrong with the
    /// child is the trial's outcome, not an error of ours.
    pub fn trial(
        &self,
        identity: &Identity,
        spec: &Spec,
    ) -> Result<Trial, Stopped> {
        let order =
            Order { spec: spec.clone(), address: self.server.address() };
        let child = child::own("trial");
        self.record(identity, spec, |watchdog| {
            let line = serde_json::to_string(&order)?;
            let mut talk = Talk::start(child?, self.interrupt, watchdog)?;
            talk.say(&line)?;
            let ready = talk.hear()?;
            if ready.trim() != READY {
                bail!("printed {:?} instead of {READY}", shortened(&ready));
            }
            talk.measure(self.server, spec)
        })
    }

    /// Runs a Python lane, which is warm as soon as it is started.
    pub fn python(
        &self,
        identity: &Identity,
        spec: &Spec,
        lane: &Lane,
    ) -> Result<Trial, Stopped> {
        let command = lane.command(spec, self.server.address());
        self.record(identity, spec, |watchdog| {
            let talk = Talk::start(command?, self.interrupt, watchdog)?;
            talk.measure(self.server, spec)
        })
    }

    fn record(
        &self,
        identity: &Identity,
        spec: &Spec,
        run: impl FnOnce(Duration) -> Result<Measured>,
    ) -> Result<Trial, Stopped> {
        // Trials that are over in no time never wait long enough to notice.
        if self.interrupt.raised() {
            return Err(Stopped);
        }
        let start_utc = utc_now();
        let watchdog = predicted(spec) * 10 + Duration::from_secs(10);
        let outcome = match run(watchdog) {
            Ok(measured) => Outcome::Measured(Box::new(measured)),
            Err(_) if self.interrupt.raised() => return Err(Stopped),
            Err(error) => Outcome::Failed { reason: format!("{error:#}") },
        };
        Ok(Trial {
            schema_version: SCHEMA_VERSION,
            run_id: identity.run_id.clone(),
            trial: identity.trial,
            act: identity.act,
            level: identity.level,
            round: identity.round,
            order: identity.order,
            spec: spec.clone(),
            start_utc,
            outcome,
        })
    }
}

/// The least that the batch can take.
fn predicted(spec: &Spec) -> Duration {
    let waits = spec.waits.of(spec.requests);
    Duration::from_nanos(makespan::bound(&waits, spec.concurrency()))
}

/// A child that we talk with, line by line. It is killed when this is dropped.
struct Talk<'a> {
    child: Child,
    stdin: ChildStdin,
    lines: Receiver<std::io::Result<String>>,
    interrupt: &'a Interrupt,
    deadline: Instant,
}

impl<'a> Talk<'a> {
    fn start(
        mut command: Command,
        interrupt: &'a Interrupt,
        watchdog: Duration,
    ) -> Result<Talk<'a>> {
        let mut child = command.spawn().context("cannot start it")?;
        let stdin = child.stdin.take().expect("its input is piped");
        let stdout = child.stdout.take().expect("its output is piped");
        let (line_tx, lines) = channel();
        thread::Builder::new()
            .spawn(move || read_lines(stdout, &line_tx))
            .context("cannot start a thread to hear it")?;
        let deadline = Instant::now() + watchdog;
        Ok(Talk { child, stdin, lines, interrupt, deadline })
    }

    fn say(&mut self, line: &str) -> Result<()> {
        writeln!(self.stdin, "{line}")
            .and_then(|()| self.stdin.flush())
            .or_else(|_| Err(self.obituary()))
    }

    fn hear(&mut self) -> Result<String> {
        self.hear_until(self.deadline)?.ok_or_else(|| {
            anyhow!("hung: ended by the watchdog without an answer")
        })
    }

    /// The next line, or none if it has not come by then.
    fn hear_until(&mut self, until: Instant) -> Result<Option<String>> {
        loop {
            // An interrupt sets a flag from another thread; a look at it ten
            // times a second is seldom enough not to disturb a trial.
            let left = until.saturating_duration_since(Instant::now());
            let step = left.min(Duration::from_millis(100));
            match self.lines.recv_timeout(step) {
                Ok(line) => {
                    let line = line.context("cannot hear it")?;
                    if let Some(reason) = line.strip_prefix(FAILED) {
                        bail!("{}", reason.trim());
                    }
                    return Ok(Some(line));
                }
                Err(RecvTimeoutError::Disconnected) => {
                    return Err(self.obituary());
                }
                Err(RecvTimeoutError::Timeout) if self.interrupt.raised() => {
                    bail!("interrupted");
                }
                Err(RecvTimeoutError::Timeout) if left.is_zero() => {
                    return Ok(None);
                }
                Err(RecvTimeoutError::Timeout) => {}
            }
        }
    }

    /// Resets the server, starts the clock of the child and hears the result.
    fn measure(mut self, server: &Server, spec: &Spec) -> Result<Measured> {
        server.reset(&Plan { waits: spec.waits.list() })?;
        let before = Machine::now();
        self.say(GO)?;
        let half_time = Instant::now() + predicted(spec) / 2;
        let early = self.hear_until(half_time.min(self.deadline))?;
        let alive =
            if early.is_none() { threads(self.child.id()) } else { None };
        let line = match early {
            Some(line) => line,
            None => self.hear()?,
        };
        let witness: Witness = server.witness()?;
        let host = before.until(&Machine::now());
        let told: Told = serde_json::from_str(&line).map_err(|_| {
            anyhow!("printed no result but {:?}", shortened(&line))
        })?;
        if told.pings.len() != spec.requests {
            bail!("told of {} pings of {}", told.pings.len(), spec.requests);
        }
        Ok(judge(spec, told, alive, witness, host))
    }

    /// Why it says nothing any more. A moment passes between the end of a
    /// process's output and its own.
    fn obituary(&mut self) -> anyhow::Error {
        loop {
            match self.child.try_wait() {
                Ok(Some(status)) => {
                    let cause = cause(status);
                    return anyhow!("ended before its result: {cause}");
                }
                Ok(None) if self.interrupt.raised() => {
                    return anyhow!("interrupted");
                }
                Ok(None) if Instant::now() >= self.deadline => {
                    return anyhow!("hung: it closed its output and went on");
                }
                Ok(None) => thread::park_timeout(Duration::from_millis(10)),
                Err(error) => return anyhow!("lost: {error}"),
            }
        }
    }
}

impl Drop for Talk<'_> {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn read_lines(stdout: impl Read, lines: &Sender<std::io::Result<String>>) {
    let mut reader = BufReader::new(stdout);
    loop {
        let mut line = String::new();
        let read = (&mut reader).take(LINE_LIMIT).read_line(&mut line);
        let said = match read {
            Ok(0) => return,
            Ok(_) => lines.send(Ok(line)),
            Err(error) => lines.send(Err(error)),
        };
        if said.is_err() {
            return;
        }
    }
}

fn cause(status: ExitStatus) -> String {
    #[cfg(unix)]
    if let Some(signal) = std::os::unix::process::ExitStatusExt::signal(&status)
    {
        return format!("killed by signal {signal}");
    }
    status.to_string()
}

fn shortened(line: &str) -> String {
    line.trim_end().chars().take(60).collect()
}
