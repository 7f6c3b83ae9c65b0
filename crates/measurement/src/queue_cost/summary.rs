//! The numbers of a run with many machines: a row for each cell.

use serde::{Deserialize, Serialize};

use super::{
    Act, Cell, CellOutcome, CellParts, CellTrial, MACHINES_VERSION, Machines,
    Part,
};
use crate::statistics::{Estimate, estimate};

/// `summary.json` of a folder that `harness cluster measure` leaves.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MachinesSummary {
    /// [`MACHINES_VERSION`] of the writer.
    pub schema_version: u32,
    /// The run.
    pub run_id: String,
    /// A row for each cell, in the order of the records.
    pub rows: Vec<CellRow>,
}

/// The numbers of a cell.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CellRow {
    /// What was asked for.
    pub cell: Cell,
    /// Rounds that count.
    pub valid: usize,
    /// Why the first of the others does not.
    pub failure: Option<String>,
    /// Jobs a second, by the pinged server's count and its clock.
    pub jobs_per_second: Option<Estimate>,
    /// The same over that of one worker with as many copies, round by round.
    pub times_as_fast: Option<Estimate>,
    /// CPU time of a job, of all workers together, ns.
    pub workers_cpu_ns: Option<Estimate>,
    /// CPU time of a job, of all servers of the queue together, from when all
    /// jobs were on the queue, ns.
    pub brokers_cpu_ns: Option<Estimate>,
    /// CPU time to put a job on the queue, of its servers and the producer,
    /// ns.
    pub producing_cpu_ns: Option<Estimate>,
    /// CPU time of a job, of the collector, ns.
    pub collector_cpu_ns: Option<Estimate>,
    /// Jobs a second that were put on the queue.
    pub produced_per_second: Option<Estimate>,
    /// Memory of the producer.
    pub producer: Memory,
    /// Memory of the largest worker.
    pub worker: Memory,
    /// Memory of the collector.
    pub collector: Memory,
    /// Memory of the largest server of the queue.
    pub broker: Memory,
    /// Where the counts are not those that were asked for.
    pub found: Vec<Miscount>,
}

/// Peak resident memory of a process, bytes.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Memory {
    /// All of it.
    pub peak_bytes: Option<Estimate>,
    /// Without pages of files, which all processes of a program share.
    pub own_bytes: Option<Estimate>,
}

/// A count that is not what it must be; the numbers are of the first trial
/// that shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Miscount {
    /// Another number of requests than there are jobs.
    Requests {
        /// Jobs.
        jobs: u64,
        /// Seen.
        seen: u64,
        /// Trials that show it.
        trials: usize,
    },
    /// Another number of different jobs.
    Distinct {
        /// Jobs.
        jobs: u64,
        /// Seen.
        seen: u64,
        /// Trials that show it.
        trials: usize,
    },
    /// Another number of good results.
    Collected {
        /// Jobs.
        jobs: u64,
        /// Collected.
        seen: u64,
        /// Trials that show it.
        trials: usize,
    },
    /// More in flight than were asked for.
    InFlight {
        /// Asked for.
        asked: u64,
        /// Seen.
        peak: u64,
        /// Trials that show it.
        trials: usize,
    },
}

/// A number of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quantity {
    /// Jobs a second.
    Speed,
    /// Over that of one worker.
    TimesAsFast,
    /// CPU time of a job: workers.
    Workers,
    /// Servers of the queue.
    Brokers,
    /// Putting it on the queue.
    Producing,
    /// The collector.
    Collector,
}

impl MachinesSummary {
    /// The rows of that act.
    pub fn of_act(&self, act: Act) -> impl Iterator<Item = &CellRow> {
        self.rows.iter().filter(move |row| row.cell.act == act)
    }

    /// Of an act, the row with so many copies that is best in jobs a second.
    pub fn fastest(&self, act: Act, copies: usize) -> Option<&CellRow> {
        let rows = self.of_act(act).filter(|row| row.cell.copies == copies);
        let known =
            rows.filter_map(|row| Some((row, row.median(Quantity::Speed)?)));
        known.max_by(|(_, a), (_, b)| a.total_cmp(b)).map(|(row, _)| row)
    }
}

impl CellRow {
    /// The median of a number.
    pub fn median(&self, quantity: Quantity) -> Option<f64> {
        let estimate = match quantity {
            Quantity::Speed => &self.jobs_per_second,
            Quantity::TimesAsFast => &self.times_as_fast,
            Quantity::Workers => &self.workers_cpu_ns,
            Quantity::Brokers => &self.brokers_cpu_ns,
            Quantity::Producing => &self.producing_cpu_ns,
            Quantity::Collector => &self.collector_cpu_ns,
        };
        Some(estimate.as_ref()?.median)
    }

    /// CPU time of a job, of servers of the queue and workers together, ns;
    /// none if that of the workers is not known.
    pub fn shared_cpu_ns(&self) -> Option<f64> {
        let brokers = self.median(Quantity::Brokers).unwrap_or(0.0);
        Some(self.median(Quantity::Workers)? + brokers)
    }

    /// The same with all that a batch takes besides: putting the jobs on the
    /// queue, taking the results.
    pub fn whole_cpu_ns(&self) -> Option<f64> {
        let more = [Quantity::Producing, Quantity::Collector];
        let more = more.map(|quantity| self.median(quantity).unwrap_or(0.0));
        Some(self.shared_cpu_ns()? + more.iter().sum::<f64>())
    }
}

/// What a batch tells.
type Figure<'a> = &'a dyn Fn(&CellParts) -> Option<f64>;

/// The numbers of all cells.
pub fn summarise_machines(run: &Machines) -> MachinesSummary {
    let rows = (0..).zip(&run.cells).map(|(at, cell)| row(run, at, cell));
    MachinesSummary {
        schema_version: MACHINES_VERSION,
        run_id: run.run_id.clone(),
        rows: rows.collect(),
    }
}

fn row(run: &Machines, at: usize, cell: &Cell) -> CellRow {
    let jobs = cell.jobs.max(1) as f64;
    let of = |figure: Figure<'_>| estimate(&figures(run, at, figure));
    let each = |figure: &dyn Fn(&CellParts) -> Option<u64>| {
        of(&|parts| Some(figure(parts)? as f64 / jobs))
    };
    let memory = |who: &dyn Fn(&CellParts) -> Vec<&Part>| {
        let most = |bytes: fn(&Part) -> Option<u64>| {
            of(&|parts| {
                let known = who(parts).into_iter().filter_map(bytes);
                Some(known.max()? as f64)
            })
        };
        let peak_bytes = most(|part| part.peak_rss_bytes);
        Memory { peak_bytes, own_bytes: most(Part::own_bytes) }
    };
    let working = |part: &Part| part.working_cpu_ns;
    CellRow {
        cell: cell.clone(),
        valid: trials(run, at).filter_map(CellTrial::measured).count(),
        failure: trials(run, at).find_map(failure),
        jobs_per_second: of(&CellParts::jobs_per_second),
        times_as_fast: estimate(&times_as_fast(run, at)),
        workers_cpu_ns: each(&|parts| total(&parts.workers, working)),
        brokers_cpu_ns: each(&|parts| total(&parts.brokers, working)),
        producing_cpu_ns: each(&|parts| {
            let own = parts.producer.as_ref()?.producing_cpu_ns?;
            let theirs = total(&parts.brokers, |part| part.producing_cpu_ns)?;
            Some(own.saturating_add(theirs))
        }),
        collector_cpu_ns: each(&|parts| {
            parts.collector.as_ref()?.working_cpu_ns
        }),
        produced_per_second: of(&|parts| {
            let time = parts.producing_ns.filter(|time| *time > 0)?;
            Some(jobs * 1e9 / time as f64)
        }),
        producer: memory(&|parts| parts.producer.iter().collect()),
        worker: memory(&|parts| parts.workers.iter().collect()),
        collector: memory(&|parts| parts.collector.iter().collect()),
        broker: memory(&|parts| parts.brokers.iter().collect()),
        found: found(run, at, cell),
    }
}

/// Of all of them; none if there are none, or of one it is not known.
fn total(parts: &[Part], of: impl Fn(&Part) -> Option<u64>) -> Option<u64> {
    if parts.is_empty() {
        return None;
    }
    parts
        .iter()
        .try_fold(0_u64, |sum, part| Some(sum.saturating_add(of(part)?)))
}

fn trials(run: &Machines, at: usize) -> impl Iterator<Item = &CellTrial> {
    run.trials.iter().filter(move |trial| trial.cell == at)
}

fn failure(trial: &CellTrial) -> Option<String> {
    match &trial.outcome {
        CellOutcome::Failed { reason } => Some(reason.clone()),
        CellOutcome::Measured(_) => None,
    }
}

fn figures(run: &Machines, at: usize, figure: Figure<'_>) -> Vec<f64> {
    let measured = trials(run, at).filter_map(CellTrial::measured);
    measured.filter_map(figure).filter(|number| number.is_finite()).collect()
}

/// In each round, over the one worker with as many copies.
fn times_as_fast(run: &Machines, at: usize) -> Vec<f64> {
    let cell = &run.cells[at];
    let one = run.cells.iter().position(|other| {
        let alike = (other.act, other.copies) == (cell.act, cell.copies);
        alike && other.workers == 1 && cell.act == Act::Scaling
    });
    let speed = |trial: &CellTrial| trial.measured()?.jobs_per_second();
    let ratio = |trial: &CellTrial| {
        let one = trials(run, one?).find(|other| other.round == trial.round)?;
        let ratio = speed(trial)? / speed(one)?;
        ratio.is_finite().then_some(ratio)
    };
    trials(run, at).filter_map(ratio).collect()
}

fn found(run: &Machines, at: usize, cell: &Cell) -> Vec<Miscount> {
    let jobs = cell.jobs;
    let asked = cell.concurrency as u64;
    // The first that is wrong, and how many are.
    let wrong = |of: fn(&CellParts) -> u64, right: &dyn Fn(u64) -> bool| {
        let measured = trials(run, at).filter_map(CellTrial::measured);
        let mut seen = measured.map(of).filter(|count| !right(*count));
        Some((seen.next()?, 1 + seen.count()))
    };
    let all = |count| count == jobs;
    let requests = wrong(|parts| parts.requests, &all);
    let distinct = wrong(|parts| parts.distinct, &all);
    let collected = wrong(|parts| parts.collected, &all);
    let peak = wrong(|parts| parts.peak_in_flight, &|peak| peak <= asked);
    let found = [
        requests.map(|(seen, trials)| Miscount::Requests {
            jobs,
            seen,
            trials,
        }),
        distinct.map(|(seen, trials)| Miscount::Distinct {
            jobs,
            seen,
            trials,
        }),
        collected.map(|(seen, trials)| Miscount::Collected {
            jobs,
            seen,
            trials,
        }),
        peak.map(|(peak, trials)| Miscount::InFlight { asked, peak, trials }),
    ];
    found.into_iter().flatten().collect()
}
