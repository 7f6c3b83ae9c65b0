//! What is done to a run: all of it follows from a seed.

use measurement::order::{SplitMix64, shuffled};
use serde::{Deserialize, Serialize};

/// How large a run is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Size {
    /// Jobs of a run.
    pub jobs: u64,
    /// The most in flight at once, over all workers.
    pub concurrency: u64,
    /// Worker processes.
    pub workers: usize,
    /// Jobs that each may have in its hands: together more than may be in
    /// flight, so that it is the queue that keeps them back.
    pub tasks: u64,
    /// How long the server waits before each answer, in milliseconds.
    pub wait_ms: u64,
    /// How long a ping may take, in milliseconds.
    pub timeout_ms: u64,
    /// After this long a job goes to another worker, in milliseconds.
    pub ack_wait_ms: u64,
}

/// There are three servers.
pub const SERVERS: usize = 3;

/// What happens to whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A worker is killed.
    WorkerKill,
    /// A worker is stopped for longer than the ack wait, and goes on.
    WorkerPause,
    /// A worker is told to end.
    WorkerDrain,
    /// Any server is killed, and started again.
    ServerKill,
    /// The server that hands out the jobs is killed, and started again.
    LeaderKill,
    /// The server that hands out the jobs is told to end.
    LeaderLeaves,
    /// The producer is killed, and started again.
    ProducerKill,
    /// The collector is killed, and started again.
    CollectorKill,
    /// Producer, collector, a worker and a server are killed in one run.
    Everything,
    /// Each worker and each server is killed, one after another, and started
    /// again.
    EachInTurn,
}

impl Kind {
    /// All of them.
    pub const ALL: [Kind; 10] = [
        Kind::WorkerKill,
        Kind::WorkerPause,
        Kind::WorkerDrain,
        Kind::ServerKill,
        Kind::LeaderKill,
        Kind::LeaderLeaves,
        Kind::ProducerKill,
        Kind::CollectorKill,
        Kind::Everything,
        Kind::EachInTurn,
    ];
}

/// One thing that is done to a process.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Blow {
    /// `SIGKILL` to the worker of this place.
    KillWorker(usize),
    /// `SIGKILL` to it, and another one in its place.
    ReplaceWorker(usize),
    /// `SIGSTOP` to it, and later `SIGCONT`.
    PauseWorker(usize),
    /// `SIGTERM` to it.
    DrainWorker(usize),
    /// `SIGKILL` to the server of this place, which is started again.
    KillServer(usize),
    /// The same to the server that hands out the jobs.
    KillLeader,
    /// `SIGINT` to it; it is started again.
    InterruptLeader,
    /// `SIGUSR2` to it: it sends its clients away before it ends (lame duck).
    LameDuckLeader,
    /// `SIGKILL` to the producer, which is started again.
    KillProducer,
    /// `SIGKILL` to the collector, which is started again.
    KillCollector,
}

impl Blow {
    /// Whether a server is gone by it.
    pub(crate) fn hits_a_server(self) -> bool {
        use Blow::{InterruptLeader, KillLeader, KillServer, LameDuckLeader};
        let leader = matches!(self, KillLeader | InterruptLeader);
        leader || matches!(self, KillServer(_) | LameDuckLeader)
    }
}

/// A blow and when it falls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Strike {
    /// When the witness has counted so many requests.
    pub at: u64,
    /// What.
    pub blow: Blow,
}

/// All that is done to one run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scene {
    /// What it follows from.
    pub seed: u64,
    /// Its kind.
    pub kind: Kind,
    /// Its jobs.
    pub jobs: u64,
    /// In the order in which they fall.
    pub strikes: Vec<Strike>,
}

/// A run in which servers die one after another is so many times as long.
const LONGER: u64 = 2;

impl Scene {
    /// The one of this seed: ten seeds in a row have ten kinds.
    pub fn of(seed: u64, size: &Size) -> Scene {
        let place = (seed % Kind::ALL.len() as u64) as usize;
        let kind = Kind::ALL[place];
        let mut dice = Dice(SplitMix64::new(seed));
        let longer = if kind == Kind::EachInTurn { LONGER } else { 1 };
        let jobs = size.jobs * longer;
        let worker = dice.below(size.workers as u64) as usize;
        let server = dice.below(SERVERS as u64) as usize;
        let blows = match kind {
            Kind::WorkerKill => vec![Blow::KillWorker(worker)],
            Kind::WorkerPause => vec![Blow::PauseWorker(worker)],
            Kind::WorkerDrain => vec![Blow::DrainWorker(worker)],
            Kind::ServerKill => vec![Blow::KillServer(server)],
            Kind::LeaderKill => vec![Blow::KillLeader],
            Kind::LeaderLeaves if dice.below(2) == 0 => {
                vec![Blow::InterruptLeader]
            }
            Kind::LeaderLeaves => vec![Blow::LameDuckLeader],
            Kind::ProducerKill => vec![Blow::KillProducer],
            Kind::CollectorKill => vec![Blow::KillCollector],
            Kind::Everything => mixed(
                seed,
                &[
                    Blow::KillProducer,
                    Blow::KillCollector,
                    Blow::KillWorker(worker),
                    Blow::KillServer(server),
                ],
            ),
            Kind::EachInTurn => {
                let workers = (0..size.workers).map(Blow::ReplaceWorker);
                let servers = (0..SERVERS).map(Blow::KillServer);
                mixed(seed, &workers.chain(servers).collect::<Vec<_>>())
            }
        };
        Scene { seed, kind, jobs, strikes: placed(&blows, jobs, &mut dice) }
    }
}

/// In an order that the seed says.
fn mixed(seed: u64, blows: &[Blow]) -> Vec<Blow> {
    let order = shuffled(blows.len(), seed, 0);
    order.into_iter().map(|place| blows[place]).collect()
}

/// Each somewhere in its own part of the time from a tenth of the jobs to
/// six tenths; afterwards there is time to recover in.
fn placed(blows: &[Blow], jobs: u64, dice: &mut Dice) -> Vec<Strike> {
    let part = jobs / 2 / blows.len() as u64;
    let begins = (jobs / 10..).step_by(part.max(1) as usize);
    let each = blows.iter().zip(begins);
    each.map(|(blow, begin)| Strike {
        at: begin + dice.below(part.max(1)),
        blow: *blow,
    })
    .collect()
}

struct Dice(SplitMix64);

impl Dice {
    /// A number below this one. The bias of the remainder is below n / 2^64.
    fn below(&mut self, n: u64) -> u64 {
        self.0.next_u64() % n
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIZE: Size = Size {
        jobs: 300,
        concurrency: 9,
        workers: 3,
        tasks: 4,
        wait_ms: 30,
        timeout_ms: 1000,
        ack_wait_ms: 2000,
    };

    #[test]
    fn a_seed_says_all_and_says_it_again() {
        for seed in 0..200 {
            let scene = Scene::of(seed, &SIZE);
            assert_eq!(scene, Scene::of(seed, &SIZE));
            assert_eq!(scene.kind, Kind::ALL[(seed % 10) as usize]);
            let places: Vec<u64> =
                scene.strikes.iter().map(|strike| strike.at).collect();
            assert!(places.is_sorted(), "{places:?}");
            let within = scene.jobs / 10..=scene.jobs * 6 / 10;
            assert!(places.iter().all(|at| within.contains(at)), "{places:?}");
        }
    }

    #[test]
    fn each_worker_and_each_server_has_its_turn() {
        let hit = |blow: Blow| {
            let mut seeds = (0..200).map(|seed| Scene::of(seed, &SIZE));
            seeds.any(|scene| {
                scene.strikes[..] == [Strike { blow, ..scene.strikes[0] }]
            })
        };
        for place in 0..3 {
            assert!(hit(Blow::KillWorker(place)), "{place}");
            assert!(hit(Blow::PauseWorker(place)), "{place}");
            assert!(hit(Blow::DrainWorker(place)), "{place}");
            assert!(hit(Blow::KillServer(place)), "{place}");
        }
        assert!(hit(Blow::InterruptLeader) && hit(Blow::LameDuckLeader));
        let scene = Scene::of(9, &SIZE);
        let servers = scene.strikes.iter().filter(|s| s.blow.hits_a_server());
        assert_eq!((scene.strikes.len(), servers.count()), (6, 3));
    }
}
