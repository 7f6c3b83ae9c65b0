//! A trial with which nothing is wrong, to tell one lie about.

use measurement::MILLISECOND;
use measurement::check::Evidence;
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
        },
    }
}
