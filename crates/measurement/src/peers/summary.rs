//! The numbers of a run with peers: a row for each client.

use serde::{Deserialize, Serialize};

use super::{PEERS_VERSION, PeerBatch, PeerOutcome, PeerTrial, Peers};
use crate::compare::{Comparison, Twins, compare, twins};
use crate::statistics::{Estimate, estimate};

/// `summary.json` of a folder that `harness peers` leaves.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PeersSummary {
    /// [`PEERS_VERSION`] of the writer.
    pub schema_version: u32,
    /// The run.
    pub run_id: String,
    /// Requests in flight at once that each client was asked for.
    pub concurrency: usize,
    /// How long the server held each request of a load, ns.
    pub wait_ns: u64,
    /// With whom all others are compared.
    pub reference: String,
    /// What the CPU time of a request of one client over that of the same
    /// client says of the machine.
    pub cpu_twins: Option<Twins>,
    /// The same of requests per second.
    pub speed_twins: Option<Twins>,
    /// A row for each client, in the order of the records.
    pub rows: Vec<PeerRow>,
}

/// The numbers of a client.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PeerRow {
    /// Its name.
    pub client: String,
    /// Whether it is a strategy of this house.
    pub ours: bool,
    /// Rounds that count.
    pub valid: usize,
    /// Why the first of the others does not.
    pub failure: Option<String>,
    /// Requests a second, by the server's count and its clock.
    pub requests_per_second: Option<Estimate>,
    /// The same over that of the reference, round by round.
    pub speed_ratio: Option<Comparison>,
    /// CPU time that one more request costs the client, ns.
    pub cpu_per_request_ns: Option<Estimate>,
    /// The same over that of the reference, round by round.
    pub cpu_ratio: Option<Comparison>,
    /// CPU time of the server for a request, ns.
    pub server_cpu_per_request_ns: Option<Estimate>,
    /// CPU time that is no request's: starting, options, connections, ns.
    pub start_cpu_ns: Option<Estimate>,
    /// Peak resident memory, bytes.
    pub peak_rss_bytes: Option<Estimate>,
    /// The most threads at once.
    pub threads: Option<Estimate>,
    /// Where what it said or was asked for is not what the server saw.
    pub found: Vec<Discrepancy>,
}

/// Something that the server saw otherwise; the numbers are of the first
/// trial that shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Discrepancy {
    /// It made another number of requests than it was asked to.
    Asked {
        /// Asked for.
        asked: u64,
        /// Seen.
        sent: u64,
        /// Trials that show it.
        trials: usize,
    },
    /// It made another number of requests than it says.
    Said {
        /// By its own account.
        said: u64,
        /// Seen.
        sent: u64,
        /// Trials that show it.
        trials: usize,
    },
    /// It had another number in flight than it was asked to.
    InFlight {
        /// Asked for.
        asked: u64,
        /// Seen.
        peak: u64,
        /// Trials that show it.
        trials: usize,
    },
}

/// A column of numbers that one client is better in than another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quantity {
    /// CPU time of a request.
    Cpu,
    /// Requests a second.
    Speed,
    /// Peak memory.
    Memory,
    /// CPU time to start.
    Start,
}

impl PeersSummary {
    /// The row of that client.
    pub fn row(&self, client: &str) -> Option<&PeerRow> {
        self.rows.iter().find(|row| row.client == client)
    }

    /// The rows, that of the least CPU time of a request first, and those of
    /// which it is not known last.
    pub fn by_cost(&self) -> Vec<&PeerRow> {
        let mut rows: Vec<&PeerRow> = self.rows.iter().collect();
        rows.sort_by(|a, b| {
            let cost = [a, b].map(|row| row.median(Quantity::Cpu));
            let [a, b] = cost.map(|cost| cost.unwrap_or(f64::INFINITY));
            a.total_cmp(&b)
        });
        rows
    }

    /// The client that is best in this, of ours or of the others.
    pub fn best(&self, quantity: Quantity, ours: bool) -> Option<&PeerRow> {
        let rows = self.rows.iter().filter(|row| row.ours == ours);
        let known = rows.filter_map(|row| Some((row, row.median(quantity)?)));
        let best = known.min_by(|(_, a), (_, b)| match quantity {
            Quantity::Speed => b.total_cmp(a),
            _ => a.total_cmp(b),
        });
        best.map(|(row, _)| row)
    }
}

impl PeerRow {
    /// The median of a column.
    pub fn median(&self, quantity: Quantity) -> Option<f64> {
        let estimate = match quantity {
            Quantity::Cpu => &self.cpu_per_request_ns,
            Quantity::Speed => &self.requests_per_second,
            Quantity::Memory => &self.peak_rss_bytes,
            Quantity::Start => &self.start_cpu_ns,
        };
        Some(estimate.as_ref()?.median)
    }
}

/// CPU time that one more request costs, ns: what the load took more than the
/// check, for each request that it has more. None where it has no more.
pub fn cpu_per_request(check: &PeerBatch, load: &PeerBatch) -> Option<f64> {
    let more = load.sent.checked_sub(check.sent).filter(|more| *more > 0)?;
    let cost = load.cpu_ns()?.checked_sub(check.cpu_ns()?)?;
    Some(cost as f64 / more as f64)
}

/// What of the check's CPU time is no request's, ns.
fn start_cpu(check: &PeerBatch, load: &PeerBatch) -> Option<f64> {
    let requests = cpu_per_request(check, load)? * check.sent as f64;
    Some((check.cpu_ns()? as f64 - requests).max(0.0))
}

/// What a part of a trial tells.
type Figure = fn(&PeerBatch, &PeerBatch) -> Option<f64>;

/// The figures of all clients.
pub fn summarise(peers: &Peers) -> PeersSummary {
    let cpu: Figure = cpu_per_request;
    let speed: Figure = |_, load| load.requests_per_second();
    let cpu_twins = twins_of(peers, cpu);
    let speed_twins = twins_of(peers, speed);
    let row = |client: &super::Client| {
        let name = &client.name;
        let of = |figure| estimate(&figures(peers, name, figure));
        let versus = |figure: Figure, twins: &Option<Twins>| {
            let ratio = estimate(&ratios(peers, name, figure))?;
            let other = *name != peers.reference;
            other.then(|| compare(ratio, twins.as_ref()))
        };
        PeerRow {
            client: name.clone(),
            ours: client.ours,
            valid: once(peers, name).filter_map(PeerTrial::measured).count(),
            failure: of_client(peers, name).find_map(failure),
            requests_per_second: of(speed),
            speed_ratio: versus(speed, &speed_twins),
            cpu_per_request_ns: of(cpu),
            cpu_ratio: versus(cpu, &cpu_twins),
            server_cpu_per_request_ns: of(|_, load| {
                let sent = load.sent.max(1) as f64;
                Some(load.server_cpu_ns? as f64 / sent)
            }),
            start_cpu_ns: of(start_cpu),
            peak_rss_bytes: of(|_, load| Some(load.peak_rss_bytes? as f64)),
            threads: of(|_, load| Some(load.threads? as f64)),
            found: found(peers, name),
        }
    };
    let rows = peers.clients.iter().map(row).collect();
    PeersSummary {
        schema_version: PEERS_VERSION,
        run_id: peers.run_id.clone(),
        concurrency: peers.concurrency,
        wait_ns: peers.wait_ns,
        reference: peers.reference.clone(),
        cpu_twins,
        speed_twins,
        rows,
    }
}

fn failure(trial: &PeerTrial) -> Option<String> {
    match &trial.outcome {
        PeerOutcome::Failed { reason } => Some(reason.clone()),
        PeerOutcome::Measured(_) => None,
    }
}

fn of_client<'a>(
    peers: &'a Peers,
    name: &'a str,
) -> impl Iterator<Item = &'a PeerTrial> {
    peers.trials.iter().filter(move |trial| trial.client == name)
}

/// Its trials but for the twins: one a round.
fn once<'a>(
    peers: &'a Peers,
    name: &'a str,
) -> impl Iterator<Item = &'a PeerTrial> {
    of_client(peers, name).filter(|trial| !trial.aa_twin)
}

fn of_trial(trial: &PeerTrial, figure: Figure) -> Option<f64> {
    let (check, load) = trial.measured()?;
    figure(check, load).filter(|number| number.is_finite())
}

fn figures(peers: &Peers, name: &str, figure: Figure) -> Vec<f64> {
    once(peers, name).filter_map(|trial| of_trial(trial, figure)).collect()
}

/// The figure of a trial in that round; of two, the first.
fn in_round(
    peers: &Peers,
    name: &str,
    round: u32,
    figure: Figure,
) -> Option<f64> {
    let trial = once(peers, name).find(|trial| trial.round == round)?;
    of_trial(trial, figure)
}

/// One figure over another; none where that is no ratio.
fn over(one: f64, other: f64) -> Option<f64> {
    let ratio = one / other;
    (ratio.is_finite() && ratio > 0.0).then_some(ratio)
}

/// The figure over that of the reference, in each round that has both.
fn ratios(peers: &Peers, name: &str, figure: Figure) -> Vec<f64> {
    let ratio = |trial: &PeerTrial| {
        let reference = in_round(peers, &peers.reference, trial.round, figure)?;
        over(of_trial(trial, figure)?, reference)
    };
    once(peers, name).filter_map(ratio).collect()
}

fn twins_of(peers: &Peers, figure: Figure) -> Option<Twins> {
    let pairs: Vec<(&str, f64)> = (peers.trials.iter())
        .filter(|trial| trial.aa_twin)
        .filter_map(|twin| {
            let first = in_round(peers, &twin.client, twin.round, figure)?;
            let ratio = over(of_trial(twin, figure)?, first)?;
            Some((twin.client.as_str(), ratio))
        })
        .collect();
    let (names, ratios): (Vec<&str>, Vec<f64>) = pairs.into_iter().unzip();
    Some(twins(&names, estimate(&ratios)?))
}

/// What of that client the server saw otherwise, in the check or else in the
/// load.
fn found(peers: &Peers, name: &str) -> Vec<Discrepancy> {
    let differs = |one: Option<u64>, sent: u64| {
        one.filter(|one| *one != sent).map(|one| (one, sent))
    };
    let asked = |batch: &PeerBatch| differs(batch.asked, batch.sent);
    let said = |batch: &PeerBatch| differs(batch.said, batch.sent);
    let parts = |of: &dyn Fn(&PeerBatch) -> Option<(u64, u64)>| {
        let trials = of_client(peers, name).filter_map(PeerTrial::measured);
        first_of(trials.filter_map(|(check, load)| of(check).or(of(load))))
    };
    let asked = parts(&asked).map(|((asked, sent), trials)| {
        Discrepancy::Asked { asked, sent, trials }
    });
    let said = parts(&said).map(|((said, sent), trials)| Discrepancy::Said {
        said,
        sent,
        trials,
    });
    let peak = peak_of(peers, name);
    asked.into_iter().chain(said).chain(peak).collect()
}

/// How many it had in flight, if that is not what it was asked for. Only the
/// check tells: there the server holds each request, so that they must overlap.
/// A busy machine may keep one of them from being sent in time, but makes no
/// more of them: one that is too many is found out at once, and one too few if
/// it never had them all.
fn peak_of(peers: &Peers, name: &str) -> Option<Discrepancy> {
    let asked = peers.concurrency as u64;
    let trials = of_client(peers, name).filter_map(PeerTrial::measured);
    let peaks: Vec<u64> =
        trials.map(|(check, _)| check.peak_in_flight).collect();
    let peak = *peaks.iter().max()?;
    let is_wrong = |of: &&u64| if peak > asked { **of > asked } else { true };
    let trials = peaks.iter().filter(is_wrong).count();
    (peak != asked).then_some(Discrepancy::InFlight { asked, peak, trials })
}

/// The first of them, and how many there are.
fn first_of<T>(mut all: impl Iterator<Item = T>) -> Option<(T, usize)> {
    let first = all.next()?;
    Some((first, 1 + all.count()))
}
