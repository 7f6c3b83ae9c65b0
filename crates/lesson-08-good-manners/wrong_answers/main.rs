//! What learners hand in first to the exercises of lesson 8, and what none of
//! them may pass its check with: one program, which does what its name says.

mod circuit_breaker;
mod fifty_a_second;
mod obey_retry_after;

use std::process::ExitCode;

use ping_async::Client;
use ping_core::{Ping, Setup};
use tokio::runtime::Builder;

type Batch = fn(&[String]) -> Vec<Ping>;

const ALL: &[(&str, Batch)] = &[
    ("fifty_a_second-semaphore", fifty_a_second::semaphore),
    ("fifty_a_second-sleeps_in_task", fifty_a_second::sleeps_in_task),
    ("fifty_a_second-smaller_burst", fifty_a_second::smaller_burst),
    ("obey_retry_after-one_second", obey_retry_after::one_second),
    ("obey_retry_after-three_seconds", obey_retry_after::three_seconds),
    ("obey_retry_after-longer_backoff", obey_retry_after::longer_backoff),
    ("obey_retry_after-milliseconds", obey_retry_after::milliseconds),
    ("circuit_breaker-not_in_a_row", circuit_breaker::not_in_a_row),
    ("circuit_breaker-counts_anew", circuit_breaker::counts_anew),
    ("circuit_breaker-without_results", circuit_breaker::without_results),
    ("circuit_breaker-never_looks", circuit_breaker::never_looks),
];

fn main() -> ExitCode {
    let Some(wrong) = witnessed::called(ALL) else {
        return ExitCode::from(2);
    };
    witnessed::perform(&witnessed::twelve(), wrong)
}

/// Runs a batch on this thread.
fn on_one_thread<F: Future<Output = Vec<Ping>> + Send + 'static>(
    urls: &[String],
    batch: impl FnOnce(Client, Vec<String>) -> F,
) -> Vec<Ping> {
    let many = urls.len().try_into().expect("there are URLs");
    let client = Client::new(&Setup::new(many)).expect("a client");
    let mut builder = Builder::new_current_thread();
    let runtime = builder.enable_all().build();
    let runtime = runtime.expect("a runtime");
    let batch = runtime.spawn(batch(client, urls.to_vec()));
    runtime.block_on(batch).expect("a ping never panics")
}
