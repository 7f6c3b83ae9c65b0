//! A trial with which nothing is wrong, to tell one lie about.

use measurement::MILLISECOND;
use measurement::check::Evidence;
use measurement::fault::Fault;
use measurement::manners::Manners;
use measurement::record::{Host, Samples, Spec};
use measurement::waits::Waits;
use measurement::witness::{End, Stamp, Witness};

/// Everything that is known of a trial, to be changed.
#[derive(Debug, Clone)]
pub(crate) struct Known {
    pub(crate) spec: Spec,
    pub(crate) samples: Samples,
    pub(crate) wrong_bodies: usize,
    pub(crate) makespan_ns: u64,
    pub(crate) witness: Witness,
    pub(crate) host: Host,
}

impl Known {
    pub(crate) fn evidence(&self) -> Evidence<'_> {
        Evidence {
            spec: &self.spec,
            samples: &self.samples,
            wrong_bodies: self.wrong_bodies,
            makespan_ns: self.makespan_ns,
            witness: &self.witness,
            host: &self.host,
        }
    }
}

/// When the clock of the trial was started, on the server's.
const CLOCK: u64 = 1_000_000_000;
/// From the client to the server, and back.
const WAY: u64 = 100_000;
/// By how much the server misses its waits.
const LATE: u64 = 50_000;

/// Six pings, three at a time: one of 50 ms fills a lane, and five of 10 ms
/// share the others.
pub(crate) fn healthy() -> Known {
    let lane_free_ms =
        [(0, 50), (0, 10), (0, 10), (11, 10), (11, 10), (22, 10)];
    let mut samples = Samples::default();
    let mut witness = Witness {
        requests: 6,
        distinct: 6,
        peak_in_flight: 3,
        done: 6,
        ..Witness::default()
    };
    for (seq, (start_ms, wait_ms)) in (0..).zip(lane_free_ms) {
        let start = start_ms * MILLISECOND;
        let wait = wait_ms * MILLISECOND;
        let received = start + WAY;
        let sent = received + wait + LATE;
        let status = if seq % 2 == 0 { 200 } else { 404 };
        samples.start_ns.push(start);
        samples.end_ns.push(sent + WAY);
        samples.status.push(Some(status));
        samples.received_ns.push(Some(received as i64));
        samples.sent_ns.push(Some(sent as i64));
        witness.in_flight_ns += wait + LATE;
        witness.stamps.push(Stamp {
            seq,
            connection: 0,
            received_ns: CLOCK + received,
            sent_ns: Some(CLOCK + sent),
            wait_ns: wait,
            status,
            end: End::Done,
        });
    }
    Known {
        spec: Spec {
            strategy: "worker-pool".to_owned(),
            client: "ureq".to_owned(),
            concurrency: 3,
            requests: 6,
            waits: Waits::Uneven,
            statuses: vec![200, 404],
            body_bytes: Some(64),
            nonce: 7,
            limit_ns: None,
            consumer: None,
            machines: None,
            hashing: None,
            faults: Vec::new(),
            manners: Manners::NONE,
            kept_awake: Some(false),
        },
        samples,
        wrong_bodies: 0,
        makespan_ns: 52 * MILLISECOND,
        witness,
        host: Host {
            stolen_ns: Some(0),
            retransmitted_segments: Some(0),
            listen_overflows: Some(0),
            load: Some(0.4),
            processors: Some(2),
            others_ns: Some(0),
            awake_ns: Some(0),
        },
    }
}

/// Eight pings of which every second is refused, and tried once more, all at
/// once: twelve requests. Two are refused again, and that is the answer.
#[allow(dead_code, reason = "not every test is about retries")]
pub(crate) fn tried_again() -> Known {
    let mut known = healthy();
    known.spec.faults = vec![None, Some(Fault::Overloaded)];
    known.spec.manners = Manners { retries: 1, ..Manners::NONE };
    known.spec.statuses = vec![200];
    known.spec.requests = 8;
    known.spec.concurrency = 8;
    let mut samples = Samples::default();
    let mut witness = Witness {
        requests: 12,
        distinct: 8,
        duplicates: 4,
        peak_in_flight: 8,
        done: 12,
        ..Witness::default()
    };
    for (attempt, numbers) in [(0, 0..8), (1, 0..8)] {
        let start = attempt * 30 * MILLISECOND;
        let tried = numbers.filter(|seq| attempt == 0 || seq % 2 == 1);
        for seq in tried {
            let (received, sent) = (start + WAY, start + 2 * WAY);
            let last = seq % 2 == attempt;
            let status = if seq % 4 == 3 { 503 } else { 200 };
            if last {
                samples.start_ns.push(start);
                samples.end_ns.push(sent + WAY);
                samples.status.push(Some(status));
                samples.received_ns.push(Some(received as i64));
                samples.sent_ns.push(Some(sent as i64));
            }
            witness.in_flight_ns += WAY;
            witness.stamps.push(Stamp {
                seq,
                connection: 0,
                received_ns: CLOCK + received,
                sent_ns: Some(CLOCK + sent),
                wait_ns: 0,
                status: if last { status } else { 503 },
                end: End::Done,
            });
        }
    }
    // In the order of the list: so far the even ones come first.
    samples.start_ns = in_turn(&samples.start_ns);
    samples.end_ns = in_turn(&samples.end_ns);
    samples.status = in_turn(&samples.status);
    samples.received_ns = in_turn(&samples.received_ns);
    samples.sent_ns = in_turn(&samples.sent_ns);
    known.samples = samples;
    known.witness = witness;
    known
}

/// One of the first half, one of the second, and so on.
fn in_turn<T: Copy>(column: &[T]) -> Vec<T> {
    let (first, second) = column.split_at(column.len() / 2);
    first.iter().zip(second).flat_map(|(a, b)| [*a, *b]).collect()
}
