//! What a run came to, and what it had to.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use test_server::Witness;

use crate::order::Line;
use crate::record::{Run, Struck};
use crate::scene::{Blow, Kind, Scene, Size};

/// What was seen of a run.
pub(crate) struct Seen {
    pub(crate) witness: Witness,
    pub(crate) results: Vec<Line>,
    /// With the time of each, by the clock of the witness.
    pub(crate) struck: Vec<(Struck, u64)>,
    /// What was not as it has to be.
    pub(crate) faults: Vec<String>,
}

/// The jobs of a dead worker are done so much later than the ack wait, at
/// most.
pub(crate) const REDONE_MS: u64 = 2_000;

/// So long there is no request after a server was killed, at most; and after
/// the leader left.
pub(crate) const KILLED_MS: u64 = 12_000;
pub(crate) const LEFT_MS: u64 = 1_000;

const MILLISECOND: u64 = 1_000_000;

/// How many requests more than jobs there may be: what the dead had in their
/// hands.
pub(crate) fn most_over(kind: Kind, size: &Size) -> u64 {
    let (tasks, all) = (size.tasks, size.concurrency);
    match kind {
        Kind::WorkerKill | Kind::WorkerPause => tasks,
        Kind::ServerKill | Kind::LeaderKill | Kind::LeaderLeaves => all,
        Kind::WorkerDrain | Kind::ProducerKill | Kind::CollectorKill => 0,
        Kind::Everything => tasks + all,
        Kind::EachInTurn => {
            let servers = crate::scene::SERVERS as u64;
            size.workers as u64 * tasks + servers * all
        }
    }
}

/// The most that may be in flight: a worker that was stopped may have its own
/// on top.
pub(crate) fn most_at_once(kind: Kind, size: &Size) -> u64 {
    let on_top = if kind == Kind::WorkerPause { size.tasks } else { 0 };
    size.concurrency + on_top
}

/// How long there may be no request, in milliseconds, if that is said of it.
pub(crate) fn longest_standstill(kind: Kind) -> Option<u64> {
    match kind {
        Kind::ServerKill | Kind::LeaderKill => Some(KILLED_MS),
        Kind::LeaderLeaves => Some(LEFT_MS),
        _ => None,
    }
}

/// The record of it.
pub(crate) fn judged(scene: &Scene, size: &Size, seen: Seen) -> Run {
    let Seen { witness, results, struck, faults } = seen;
    let numbers: BTreeSet<u64> = results.iter().map(|r| r.number).collect();
    let again = results.iter().filter(|line| line.deliveries > 1);
    let from = struck.iter().map(|(_, time)| *time).min();
    let keep_back = scene.jobs.saturating_sub(size.concurrency);
    let only = |(struck, time): &(Struck, u64)| {
        matches!(struck.blow, Blow::KillWorker(_)).then_some(*time)
    };
    let killed = match &struck[..] {
        [one] => only(one),
        _ => None,
    };
    let mut run = Run {
        seed: scene.seed,
        kind: scene.kind,
        jobs: scene.jobs,
        results: results.len() as u64,
        distinct: numbers.len() as u64,
        not_good: results.iter().filter(|line| !line.good).count() as u64,
        requests: witness.requests,
        peak: witness.peak_in_flight,
        again: again.count() as u64,
        standstill_ms: from
            .map_or(0, |from| standstill(&witness, from, keep_back)),
        redone_ms: killed.map(|time| redone(&witness, &results, time)),
        load: load(),
        strikes: struck.into_iter().map(|(struck, _)| struck).collect(),
        faults,
        slow: Vec::new(),
    };
    let faults = faults_of(&run, size);
    run.faults.extend(faults);
    run.slow = slow(&run, size);
    run
}

/// What the counters say against it.
fn faults_of(run: &Run, size: &Size) -> Vec<String> {
    let Run { jobs, results, distinct, requests, peak, .. } = *run;
    let most = jobs + most_over(run.kind, size);
    let at_once = most_at_once(run.kind, size);
    let mut faults = Vec::new();
    let mut must = |holds: bool, text: String| {
        if !holds {
            faults.push(text);
        }
    };
    must(distinct == jobs, format!("{distinct} of {jobs} jobs have a result"));
    must(results == distinct, format!("{results} results of {distinct} jobs"));
    must(requests <= most, format!("{requests} requests, more than {most}"));
    // On a busy machine a ping may be over before it came to the server.
    let least = jobs.saturating_sub(run.not_good);
    must(requests >= least, format!("{requests} requests for {jobs} jobs"));
    must(peak <= at_once, format!("{peak} at once, more than {at_once}"));
    faults
}

/// What the clock says against it.
fn slow(run: &Run, size: &Size) -> Vec<String> {
    let mut slow = Vec::new();
    let stood = run.standstill_ms;
    if let Some(most) = longest_standstill(run.kind)
        && stood > most
    {
        slow.push(format!("no request for {stood} ms, more than {most}"));
    }
    let most = size.ack_wait_ms + REDONE_MS;
    if let Some(took) = run.redone_ms.filter(|took| *took > most) {
        slow.push(format!("jobs of the dead took {took} ms, more than {most}"));
    }
    slow
}

/// The longest time without a request that ends after `from`, until so many
/// jobs have had one, in milliseconds.
fn standstill(witness: &Witness, from: u64, jobs: u64) -> u64 {
    let mut times = Vec::new();
    let mut seen = BTreeSet::new();
    for stamp in &witness.stamps {
        seen.insert(stamp.seq);
        if seen.len() as u64 > jobs {
            break;
        }
        times.push(stamp.received_ns);
    }
    times.sort_unstable();
    let pairs = times.windows(2).filter(|pair| pair[1] > from);
    // What was before the strike does not count.
    let gaps = pairs.map(|pair| pair[1] - pair[0].max(from));
    gaps.max().unwrap_or(0) / MILLISECOND
}

/// From `killed` until the last answer to a job that had been handed out
/// before, in milliseconds; 0 if there was none.
fn redone(witness: &Witness, results: &[Line], killed: u64) -> u64 {
    let mut last: BTreeMap<u64, u64> = BTreeMap::new();
    for stamp in &witness.stamps {
        let sent = stamp.sent_ns.unwrap_or(stamp.received_ns);
        last.insert(stamp.seq, sent);
    }
    let again = results.iter().filter(|line| line.deliveries > 1);
    let ends = again.filter_map(|line| last.get(&line.number));
    let longest = ends.map(|end| end.saturating_sub(killed)).max();
    longest.unwrap_or(0) / MILLISECOND
}

/// Of the last minute.
fn load() -> Option<f64> {
    let text = fs::read_to_string("/proc/loadavg").ok()?;
    text.split(' ').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use test_server::{End, Stamp};

    use super::*;

    const SIZE: Size = Size {
        jobs: 100,
        concurrency: 10,
        workers: 3,
        tasks: 4,
        wait_ms: 1,
        timeout_ms: 1000,
        ack_wait_ms: 2000,
    };

    fn stamp(seq: u64, ms: u64) -> Stamp {
        Stamp {
            seq,
            connection: 0,
            received_ns: ms * MILLISECOND,
            sent_ns: Some((ms + 1) * MILLISECOND),
            wait_ns: MILLISECOND,
            status: 200,
            end: End::Done,
        }
    }

    fn line(number: u64, deliveries: u32) -> Line {
        Line { sequence: number + 1, number, deliveries, good: true }
    }

    /// A hundred jobs, one each 10 ms.
    fn seen(kind: Kind) -> (Scene, Seen) {
        let stamps = (0..100).map(|seq| stamp(seq, 10 * seq)).collect();
        let witness = Witness {
            requests: 100,
            distinct: 100,
            peak_in_flight: 10,
            stamps,
            ..Witness::default()
        };
        let results = (0..100).map(|number| line(number, 1)).collect();
        let seed = Kind::ALL.iter().position(|k| *k == kind).unwrap() as u64;
        let scene = Scene { jobs: 100, ..Scene::of(seed, &SIZE) };
        let blow = scene.strikes[0].blow;
        let struck = Struck { blow, victim: None, at: 20, requests: 20 };
        let struck = vec![(struck, 200 * MILLISECOND)];
        (scene, Seen { witness, results, struck, faults: Vec::new() })
    }

    #[test]
    fn what_is_as_it_has_to_be_has_no_fault() {
        for kind in Kind::ALL {
            let (scene, seen) = seen(kind);
            let run = judged(&scene, &SIZE, seen);
            assert_eq!(run.faults, Vec::<String>::new(), "{kind:?}");
            assert_eq!(run.slow, Vec::<String>::new(), "{kind:?}");
            assert_eq!(run.standstill_ms, 10);
        }
    }

    #[test]
    fn each_fault_has_a_sentence() {
        type Break = fn(&mut Seen);
        let cases: [(Break, &str); 5] = [
            (|s| s.results.truncate(99), "99 of 100 jobs have a result"),
            (|s| s.results.push(line(7, 2)), "101 results of 100 jobs"),
            (|s| s.witness.requests = 105, "105 requests, more than 104"),
            (|s| s.witness.requests = 99, "99 requests for 100 jobs"),
            (|s| s.witness.peak_in_flight = 11, "11 at once, more than 10"),
        ];
        for (broken, said) in cases {
            let (scene, mut seen) = seen(Kind::WorkerKill);
            broken(&mut seen);
            assert_eq!(judged(&scene, &SIZE, seen).faults, [said]);
        }
    }

    #[test]
    fn who_dies_without_a_job_of_a_worker_costs_no_request() {
        for kind in [Kind::WorkerDrain, Kind::ProducerKill] {
            let (scene, mut seen) = seen(kind);
            seen.witness.requests = 101;
            assert_eq!(judged(&scene, &SIZE, seen).faults.len(), 1);
        }
    }

    #[test]
    fn the_longest_time_without_a_request_is_found() {
        let (scene, mut seen) = seen(Kind::LeaderLeaves);
        for stamp in &mut seen.witness.stamps[30..] {
            stamp.received_ns += 1_500 * MILLISECOND;
        }
        let run = judged(&scene, &SIZE, seen);
        assert_eq!(run.standstill_ms, 1_510);
        assert_eq!(run.slow, ["no request for 1510 ms, more than 1000"]);
    }

    /// Those last jobs may be in the hands of the dead.
    #[test]
    fn a_wait_for_no_more_than_may_be_in_flight_is_no_standstill() {
        let (scene, mut seen) = seen(Kind::LeaderLeaves);
        for stamp in &mut seen.witness.stamps[90..] {
            stamp.received_ns += 1_500 * MILLISECOND;
        }
        assert_eq!(judged(&scene, &SIZE, seen).standstill_ms, 10);
    }

    #[test]
    fn the_jobs_of_a_dead_worker_are_timed_from_its_death() {
        let (scene, mut seen) = seen(Kind::WorkerKill);
        seen.results[18].deliveries = 2;
        seen.witness.stamps.push(stamp(18, 4_300));
        seen.witness.requests = 101;
        let run = judged(&scene, &SIZE, seen);
        assert_eq!(run.redone_ms, Some(4_101));
        assert_eq!(run.slow, ["jobs of the dead took 4101 ms, more than 4000"]);
        assert_eq!((run.again, run.faults.len()), (1, 0));
    }
}
