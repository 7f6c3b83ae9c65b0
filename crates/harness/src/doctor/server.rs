//! How well the test server keeps its waits here, and what it can do at most:
//! from real trials, by its own stamps and its own processor time.

use anyhow::Result;
use measurement::MILLISECOND;
use measurement::manners::Manners;
use measurement::record::{Measured, Outcome, Spec, Trial};
use measurement::waits::Waits;
use measurement::ways;

use super::finding::{Finding, Trouble};
use crate::child::Server;
use crate::cli::Preset;
use crate::duration::display;
use crate::interrupt::Interrupt;
use crate::trial::{Identity, Runner, Stopped};

const ALONE: &str = "timer";
const TOGETHER: &str = "timer at 64";
const CAPACITY: &str = "server";

/// The wait of a sweep, ns.
const WAIT_NS: u64 = 20 * MILLISECOND;

/// The most that it has in flight at once in a run that nobody gave a preset.
fn at_once() -> u64 {
    Preset::Quick.most_in_sweep() as u64
}

/// So many times what is asked of it the server must be able to do, or it is
/// what is measured.
const RESERVE: u64 = 3;

/// Three trials, as `run` makes them. None if stopped.
#[derive(Debug)]
pub(super) struct Tried(Vec<Trial>);

impl Tried {
    pub(super) fn out(interrupt: &Interrupt) -> Result<Tried> {
        let server = Server::start(interrupt)?;
        let runner = Runner::new(&server, interrupt);
        let specs = [
            spec(1, 8, Waits::Fixed(WAIT_NS)),
            spec(64, 256, Waits::Fixed(WAIT_NS)),
            spec(64, 8000, Waits::None),
        ];
        let one = |(number, spec)| {
            let identity = Identity::outside_a_run("doctor", number, spec);
            runner.trial(&identity, spec)
        };
        let trials: Result<Vec<Trial>, Stopped> =
            (0..).zip(&specs).map(one).collect();
        Ok(Tried(trials.unwrap_or_default()))
    }

    pub(super) fn findings(&self) -> Vec<Finding> {
        let topics = [ALONE, TOGETHER, CAPACITY];
        let finding = |(topic, trial): (&'static str, &Trial)| {
            let measured = match measured(trial) {
                Ok(measured) => measured,
                Err(why) => return failed(topic, why),
            };
            match topic {
                CAPACITY => {
                    capacity(trial.spec.requests as u64, measured.server.cpu_ns)
                }
                _ => timer(topic, measured),
            }
        };
        topics.into_iter().zip(&self.0).map(finding).collect()
    }
}

fn spec(at_once: usize, requests: usize, waits: Waits) -> Spec {
    Spec {
        strategy: ways::POOL.id.to_owned(),
        client: "ureq".to_owned(),
        concurrency: at_once,
        requests,
        waits,
        statuses: vec![200],
        body_bytes: Some(64),
        nonce: 0,
        limit_ns: None,
        consumer: None,
        machines: None,
        hashing: None,
        faults: Vec::new(),
        manners: Manners::NONE,
        kept_awake: Some(false),
    }
}

/// What was measured, or why that does not count.
fn measured(trial: &Trial) -> Result<&Measured, String> {
    match &trial.outcome {
        Outcome::Failed { reason } => Err(reason.clone()),
        Outcome::Measured(measured) => {
            let wrong = measured.checks.iter().find(|check| !check.ok);
            wrong.map_or(Ok(measured), |check| {
                Err(format!("{}: {}", check.name, check.detail))
            })
        }
    }
}

fn failed(topic: &'static str, why: String) -> Finding {
    Finding::mend(
        topic,
        Trouble::new(
            why,
            "a trial of an honest strategy does not count here",
            "mend what else is found, and look again",
        ),
    )
}

fn timer(topic: &'static str, measured: &Measured) -> Finding {
    let marked = measured.flags.iter().any(|flag| flag.name == "server-late");
    lateness(topic, measured.late_ns, marked)
}

/// Where a trial is marked `server-late`, trials of a run will be as well.
fn lateness(
    topic: &'static str,
    late_ns: Option<u64>,
    marked: bool,
) -> Finding {
    let Some(late) = late_ns else { return Finding::unknown(topic) };
    let found = format!(
        "the server answers a wait of 20 ms {} late",
        display(late as f64)
    );
    if !marked {
        return Finding::fine(topic, found);
    }
    Finding::mend(
        topic,
        Trouble::new(
            found,
            "what the server adds to each wait looks like overhead",
            "leave it a processor: see load and other programs",
        ),
    )
}

/// By what a request costs the server, whether or not it was busy all the
/// time.
fn capacity(requests: u64, cpu_ns: Option<u64>) -> Finding {
    const SECOND_NS: u64 = 1_000_000_000;
    let asked = at_once() * SECOND_NS / WAIT_NS;
    let Some(cpu_ns) = cpu_ns.filter(|cpu_ns| *cpu_ns > 0) else {
        return Finding::unknown(CAPACITY);
    };
    let can = requests.saturating_mul(SECOND_NS) / cpu_ns;
    let times = can as f64 / asked as f64;
    let found = format!(
        "{can} answers in a second of processor time, {times:.1} times what \
         the sweep asks for"
    );
    if can >= RESERVE * asked {
        return Finding::fine(CAPACITY, found);
    }
    Finding::mend(
        CAPACITY,
        Trouble::new(
            found,
            "at the highest level the server is measured, not the strategy",
            "ask for fewer in flight at once: `run -c 8,64`",
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_threshold_has_two_sides() {
        const SECOND: Option<u64> = Some(1_000_000_000);
        let cases = [
            // 256 in each 20 ms are 12,800 a second.
            (capacity(38_400, SECOND), "fine"),
            (capacity(38_399, SECOND), "mend"),
            (capacity(38_400, Some(0)), "unknown"),
            (capacity(38_400, None), "unknown"),
            (lateness(ALONE, Some(50_000), false), "fine"),
            (lateness(ALONE, Some(300_000), true), "mend"),
            (lateness(ALONE, None, false), "unknown"),
        ];
        for (finding, verdict) in cases {
            assert_eq!(finding.is(), verdict, "{finding:?}");
        }
    }
}
