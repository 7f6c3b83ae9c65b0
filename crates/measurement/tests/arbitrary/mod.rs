//! Any record that a file may hold, likely or not.

use measurement::check::{Check, Flag};
use measurement::consumer::Consumer;
use measurement::distribution::Histogram;
use measurement::fault::Fault;
use measurement::hashing::Hashing;
use measurement::machines::{CutOff, Machines, Shared};
use measurement::manners::Manners;
use measurement::record::{
    Act, Cost, Histograms, Host, Measured, Outcome, Samples, Spec, Trial,
};
use measurement::waits::Waits;
use measurement::witness::{End, Stamp, Witness};
use proptest::collection::{btree_map, vec};
use proptest::prelude::*;

pub(crate) fn trial() -> impl Strategy<Value = Trial> {
    (
        (any::<u32>(), any::<u32>(), any::<u32>(), any::<u32>()),
        (any::<String>(), any::<String>(), extreme_usize()),
        (act(), any::<bool>()),
        spec(),
        outcome(),
    )
        .prop_map(
            |(
                numbers,
                (run_id, start_utc, level),
                (act, aa_twin),
                spec,
                outcome,
            )| {
                let (schema_version, trial, round, order) = numbers;
                Trial {
                    schema_version,
                    run_id,
                    trial,
                    act,
                    level,
                    round,
                    order,
                    aa_twin,
                    spec,
                    start_utc,
                    outcome,
                }
            },
        )
}

pub(crate) fn witness() -> impl Strategy<Value = Witness> {
    let times = (any::<Option<u64>>(), any::<Option<u64>>());
    let statuses = btree_map(any::<u16>(), any::<u64>(), 0..3);
    let stamps = vec(stamp(), 0..3);
    (any::<[u64; 14]>(), times, any::<[Option<u64>; 3]>(), statuses, stamps)
        .prop_map(|(counts, times, used, statuses, stamps)| Witness {
            requests: counts[0],
            distinct: counts[1],
            duplicates: counts[2],
            numbered_by_arrival: counts[3],
            connections: counts[4],
            pipelined: counts[13],
            in_flight: counts[5],
            peak_in_flight: counts[6],
            in_flight_ns: counts[7],
            first_received_ns: times.0,
            last_sent_ns: times.1,
            done: counts[8],
            aborted: counts[9],
            faulted: counts[12],
            faults: [(Fault::Reset, counts[12])].into(),
            malformed: counts[10],
            body_bytes: counts[11],
            statuses,
            cpu_ns: used[0],
            voluntary_switches: used[1],
            involuntary_switches: used[2],
            stamps,
            stamps_dropped: counts[0],
        })
}

fn stamp() -> impl Strategy<Value = Stamp> {
    (any::<[u64; 4]>(), any::<Option<u64>>(), any::<u16>(), end()).prop_map(
        |([seq, connection, received_ns, wait_ns], sent_ns, status, end)| {
            Stamp {
                seq,
                connection,
                received_ns,
                sent_ns,
                wait_ns,
                status,
                end,
            }
        },
    )
}

fn end() -> impl Strategy<Value = End> {
    let ends = [End::InFlight, End::Done, End::Aborted, End::Faulted];
    prop::sample::select(ends.to_vec())
}

fn act() -> impl Strategy<Value = Act> {
    prop::sample::select(vec![
        Act::Book,
        Act::Uneven,
        Act::NoWaits,
        Act::Sweep,
        Act::Memory,
        Act::Lesson,
        Act::Capacity,
        Act::CapacityCold,
    ])
}

fn spec() -> impl Strategy<Value = Spec> {
    let waits = prop_oneof![
        Just(Waits::None),
        Just(Waits::Book),
        Just(Waits::Uneven),
        Just(Waits::OneSlow),
        Just(Waits::BookSlow),
        any::<u64>().prop_map(Waits::Fixed),
    ];
    let strategy = prop_oneof![
        Just("sequential".to_owned()),
        Just("threads".to_owned()),
        Just("scoped-threads".to_owned()),
        Just("worker-pool".to_owned()),
        any::<String>(),
    ];
    (
        (strategy, any::<String>(), waits),
        (extreme_usize(), extreme_usize()),
        vec(any::<u16>(), 0..3),
        (any::<Option<usize>>(), any::<u64>(), any::<Option<u64>>()),
    )
        .prop_map(
            |(names, sizes, statuses, (body_bytes, nonce, limit_ns))| Spec {
                strategy: names.0,
                client: names.1,
                concurrency: sizes.0,
                requests: sizes.1,
                waits: names.2,
                statuses,
                body_bytes,
                nonce,
                limit_ns,
                consumer: nonce.is_multiple_of(13).then_some(Consumer {
                    handling_ns: nonce,
                    timeout_ns: nonce / 2,
                }),
                machines: nonce.is_multiple_of(19).then_some(Machines {
                    workers: nonce as u32,
                    tasks: !nonce as u32,
                    ack_wait_ns: nonce,
                    ack_first: nonce.is_multiple_of(2),
                    killed_at: nonce.is_multiple_of(3).then_some(nonce),
                }),
                hashing: nonce.is_multiple_of(17).then_some(Hashing {
                    share_percent: (nonce % 101) as u32,
                    hashes: !nonce as u32,
                }),
                // As arbitrary as the nonce.
                faults: match nonce % 3 {
                    0 => vec![Some(Fault::Overloaded)],
                    1 => vec![None, Some(Fault::Overloaded)],
                    _ => Vec::new(),
                },
                manners: Manners {
                    retries: nonce as u32,
                    budget_percent: nonce.is_multiple_of(5).then_some(u32::MAX),
                    per_second: None,
                    per_host: nonce.is_multiple_of(7).then_some(0),
                },
                kept_awake: match nonce % 11 {
                    0 => None,
                    some => Some(some.is_multiple_of(2)),
                },
            },
        )
}

/// Nothing, a little, or more than there can be.
fn extreme_usize() -> impl Strategy<Value = usize> {
    prop_oneof![Just(0), 1..100_usize, any::<usize>(), Just(usize::MAX)]
}

fn outcome() -> impl Strategy<Value = Outcome> {
    prop_oneof![
        any::<String>().prop_map(|reason| Outcome::Failed { reason }),
        measured().prop_map(|it| Outcome::Measured(Box::new(it))),
    ]
}

fn measured() -> impl Strategy<Value = Measured> {
    let check = (any::<String>(), prop::bool::weighted(0.9), any::<String>())
        .prop_map(|(name, ok, detail)| Check { name, ok, detail });
    let name = prop_oneof![Just("busy".to_owned()), any::<String>()];
    let flag = (name, any::<String>())
        .prop_map(|(name, detail)| Flag { name, detail });
    let kept = prop::option::of(
        (histogram(), histogram())
            .prop_map(|(service, sojourn)| Histograms { service, sojourn }),
    );
    (
        (any::<u64>(), prop_oneof![Just(0), any::<u64>()]),
        (kept, any::<u64>(), any::<[Option<u64>; 3]>()),
        (samples(), cost(), witness(), host()),
        (vec(check, 0..3), vec(flag, 0..3)),
    )
        .prop_map(
            |((setup_ns, makespan_ns), told, parts, (checks, flags))| {
                let (histograms, service_ns, [hold_ns, late_ns, left]) = told;
                let (samples, cost, server, host) = parts;
                Measured {
                    setup_ns,
                    makespan_ns,
                    samples,
                    histograms,
                    service_ns,
                    hold_ns,
                    late_ns,
                    left_in_flight: left,
                    cost,
                    server,
                    host,
                    checks,
                    flags,
                    arrivals: vec![service_ns],
                    // As arbitrary as its sum.
                    shared: service_ns.is_multiple_of(2).then(|| Shared {
                        worker: vec![None, Some(service_ns as u32)],
                        deliveries: vec![Some(service_ns as u32)],
                        killed_ns: service_ns.is_multiple_of(3).then_some(0),
                        cut_off: vec![CutOff {
                            ping: service_ns,
                            received_ns: service_ns as i64,
                            gone_ns: !service_ns as i64,
                        }],
                    }),
                }
            },
        )
}

/// In any order, any value any number of times.
fn histogram() -> impl Strategy<Value = Histogram> {
    vec(any::<(u64, u64)>(), 0..3).prop_map(Histogram)
}

/// Columns of any length, each.
fn samples() -> impl Strategy<Value = Samples> {
    (
        vec(any::<u64>(), 0..4),
        vec(any::<u64>(), 0..4),
        vec(any::<Option<u16>>(), 0..4),
        vec(any::<Option<i64>>(), 0..4),
        vec(any::<Option<i64>>(), 0..4),
        vec(proptest::option::of(end()), 0..4),
    )
        .prop_map(
            |(start_ns, end_ns, status, received_ns, sent_ns, ended)| Samples {
                start_ns,
                end_ns,
                status,
                received_ns,
                sent_ns,
                ended,
            },
        )
}

fn cost() -> impl Strategy<Value = Cost> {
    any::<[Option<u64>; 7]>().prop_map(|told| Cost {
        user_ns: told[0],
        system_ns: told[1],
        base_rss_bytes: told[2],
        peak_rss_bytes: told[3],
        threads: told[4],
        voluntary_switches: told[5],
        involuntary_switches: told[6],
    })
}

fn host() -> impl Strategy<Value = Host> {
    (any::<[Option<u64>; 6]>(), any::<Option<f64>>()).prop_map(
        |(told, load)| Host {
            stolen_ns: told[0],
            retransmitted_segments: told[1],
            listen_overflows: told[2],
            load,
            processors: told[3],
            others_ns: told[4],
            awake_ns: told[5],
        },
    )
}
