//! One run of each kind, small. The server that is pinged counts, and places
//! the blows; no clock decides.
#![cfg(unix)]

use std::path::Path;
use std::sync::atomic::AtomicBool;

use kill_runs::{Kind, Scene, Size, perform};
use local_nats::skipped;

const SIZE: Size = Size {
    jobs: 300,
    concurrency: 9,
    workers: 3,
    tasks: 4,
    wait_ms: 30,
    timeout_ms: 1000,
    ack_wait_ms: 2000,
};

/// Plays the run of this seed, which has this kind.
fn play(seed: u64, kind: Kind) {
    if skipped() {
        return;
    }
    let scene = Scene::of(seed, &SIZE);
    assert_eq!(scene.kind, kind);
    let program = Path::new(env!("CARGO_BIN_EXE_kill-runs"));
    let stop = AtomicBool::new(false);
    let run = perform(program, &scene, &SIZE, &stop).unwrap().unwrap();
    assert_eq!(run.faults, Vec::<String>::new(), "{run:#?}");
    assert_eq!(run.strikes.len(), scene.strikes.len());
}

#[test]
fn a_worker_is_killed() {
    play(10, Kind::WorkerKill);
}

#[test]
fn a_worker_is_stopped_for_longer_than_the_ack_wait() {
    play(11, Kind::WorkerPause);
}

#[test]
fn a_worker_is_told_to_end() {
    play(12, Kind::WorkerDrain);
}

#[test]
fn a_server_is_killed() {
    play(13, Kind::ServerKill);
}

#[test]
fn the_leader_is_killed() {
    play(14, Kind::LeaderKill);
}

#[test]
fn the_leader_leaves() {
    play(15, Kind::LeaderLeaves);
}

#[test]
fn the_producer_is_killed() {
    play(16, Kind::ProducerKill);
}

#[test]
fn the_collector_is_killed() {
    play(17, Kind::CollectorKill);
}

#[test]
fn all_of_them_are_killed_in_one_run() {
    play(18, Kind::Everything);
}

#[test]
fn each_worker_and_each_server_is_killed_in_turn() {
    play(19, Kind::EachInTurn);
}
