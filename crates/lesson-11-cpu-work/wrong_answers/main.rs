//! What learners hand in first to the exercises of lesson 11, and what none of
//! them may pass its check with: one program, which does what its name says.

mod hashers;
mod heartbeat;

use std::process::ExitCode;
use std::time::{Duration, Instant};

use lesson_11_cpu_work::work::hashed;
use ping_core::Ping;

type Batch = fn(&[String]) -> Vec<Ping>;

const ALL: &[(&str, Batch)] = &[
    ("hashers-bounded", hashers::bounded),
    ("hashers-one_fetcher", hashers::one_fetcher),
    ("hashers-thread_each", hashers::thread_each),
    ("heartbeat-yields_first", heartbeat::yields_first),
    ("heartbeat-spawned", heartbeat::spawned),
    ("heartbeat-not_awaited", heartbeat::not_awaited),
];

fn main() -> ExitCode {
    let Some(wrong) = witnessed::called(ALL) else {
        return ExitCode::from(2);
    };
    witnessed::perform(&witnessed::twelve(), wrong)
}

/// Hashes for so long.
fn hash_for(time: Duration, mut ping: Ping) -> Ping {
    let start = Instant::now();
    while start.elapsed() < time {
        ping = hashed(ping, 1000);
    }
    ping
}
