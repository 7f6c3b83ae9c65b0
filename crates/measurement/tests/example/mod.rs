//! Records made by hand, whole ones and small ones.

use measurement::MILLISECOND;
use measurement::SCHEMA_VERSION;
use measurement::check::{Check, Flag};
use measurement::fault::Fault;
use measurement::manners::Manners;
use measurement::record::{
    Act, Cost, Host, Measured, Outcome, Samples, Spec, Trial,
};
use measurement::waits::Waits;
use measurement::witness::{End, Stamp, Testimony, Witness};

/// A trial of six pings of 10 ms, two at a time, that took this long. It is
/// healthy, and the system told everything.
pub(crate) fn trial(number: u32, strategy: &str, makespan_ms: u64) -> Trial {
    let measured = Measured {
        setup_ns: 4 * MILLISECOND,
        makespan_ns: makespan_ms * MILLISECOND,
        samples: samples(),
        histograms: None,
        service_ns: 60 * MILLISECOND,
        hold_ns: Some(10 * MILLISECOND),
        late_ns: Some(0),
        left_in_flight: None,
        cost: cost(),
        server: Witness { stamps: Vec::new(), ..witness() },
        host: Host {
            stolen_ns: Some(0),
            retransmitted_segments: Some(1),
            listen_overflows: Some(0),
            load: Some(0.41),
            processors: Some(2),
            others_ns: Some(0),
            awake_ns: Some(0),
        },
        checks: vec![check("answered", true), check("bodies", true)],
        flags: Vec::new(),
        arrivals: Vec::new(),
        shared: None,
    };
    Trial {
        schema_version: SCHEMA_VERSION,
        run_id: "20260102T030405Z-beef".to_owned(),
        trial: number,
        act: Act::Sweep,
        level: 2,
        round: number,
        order: 0,
        aa_twin: false,
        spec: Spec {
            strategy: strategy.to_owned(),
            client: "ureq".to_owned(),
            concurrency: 2,
            requests: 6,
            waits: Waits::Fixed(10 * MILLISECOND),
            statuses: vec![200, 404],
            body_bytes: Some(64),
            nonce: u64::MAX,
            limit_ns: None,
            consumer: None,
            machines: None,
            hashing: None,
            faults: Vec::new(),
            manners: Manners::NONE,
            kept_awake: Some(false),
        },
        start_utc: "2026-01-02T03:04:05.678Z".to_owned(),
        outcome: Outcome::Measured(Box::new(measured)),
    }
}

/// The measurement in it, to be changed.
pub(crate) fn measured(trial: &mut Trial) -> &mut Measured {
    match &mut trial.outcome {
        Outcome::Measured(measured) => measured,
        Outcome::Failed { reason } => panic!("failed: {reason}"),
    }
}

pub(crate) fn failed(trial: Trial, reason: &str) -> Trial {
    Trial { outcome: Outcome::Failed { reason: reason.to_owned() }, ..trial }
}

pub(crate) fn check(name: &str, ok: bool) -> Check {
    let detail = "5 of 6".to_owned();
    Check { name: name.to_owned(), ok, detail }
}

pub(crate) fn flag(name: &str) -> Flag {
    Flag { name: name.to_owned(), detail: "1 inside the clock".to_owned() }
}

/// A witness with a stamp of each kind.
pub(crate) fn witness() -> Witness {
    let stamp = |seq, sent_ns, end| Stamp {
        seq,
        connection: seq,
        received_ns: 1_000_000_000,
        sent_ns,
        wait_ns: 10_000_000,
        status: 200,
        end,
    };
    Witness {
        requests: 6,
        distinct: 6,
        peak_in_flight: 2,
        in_flight_ns: 60 * MILLISECOND,
        first_received_ns: Some(1_000_000_000),
        last_sent_ns: Some(1_000_000_000 + 32 * MILLISECOND),
        done: 6,
        body_bytes: 384,
        statuses: [(200, 3), (404, 3)].into(),
        cpu_ns: Some(700_000),
        voluntary_switches: Some(7),
        involuntary_switches: Some(2),
        stamps: vec![
            stamp(0, Some(1_010_000_000), End::Done),
            stamp(1, Some(1_005_000_000), End::Aborted),
            stamp(2, None, End::InFlight),
        ],
        ..Witness::default()
    }
}

/// This trial with a limit, after which the server saw a client go.
pub(crate) fn limited(mut trial: Trial) -> Trial {
    trial.spec.limit_ns = Some(5 * MILLISECOND);
    let measured = measured(&mut trial);
    measured.left_in_flight = Some(1);
    measured.samples.ended = vec![
        Some(End::Done),
        None,
        Some(End::Aborted),
        Some(End::InFlight),
        Some(End::Faulted),
        None,
    ];
    trial
}

fn samples() -> Samples {
    let start_ns = vec![0, 0, 11, 11, 22, 22];
    Samples {
        end_ns: start_ns.iter().map(|start| start + 10).collect(),
        status: vec![Some(200), Some(404), None, Some(404), None, None],
        received_ns: vec![Some(-1), None, Some(12), Some(12), None, None],
        sent_ns: vec![Some(9), None, Some(20), None, None, None],
        ended: Vec::new(),
        start_ns,
    }
}

fn cost() -> Cost {
    Cost {
        user_ns: Some(2 * MILLISECOND),
        system_ns: Some(MILLISECOND),
        base_rss_bytes: Some(4 << 20),
        peak_rss_bytes: Some(5 << 20),
        threads: Some(3),
        voluntary_switches: Some(12),
        involuntary_switches: Some(1),
    }
}

pub(crate) fn testimony(waits: Waits) -> Testimony {
    Testimony {
        schema_version: SCHEMA_VERSION,
        command: vec!["hey".to_owned(), "{url}".to_owned()],
        waits,
        faults: vec![None, Some(Fault::Reset)],
        capacity: None,
        requests_per_connection: None,
        ended: "exit status: 0".to_owned(),
        witness: witness(),
    }
}
