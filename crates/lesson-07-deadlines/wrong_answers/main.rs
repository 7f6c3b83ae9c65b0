//! What learners hand in first to the exercises of lesson 7, and what none of
//! them may pass its check with: one program, which does what its name says.

mod cancel_blocking;
mod hedge;
mod whole_batch;

use std::process::ExitCode;

use ping_async::Client;
use ping_core::{Ping, Setup};
use tokio::runtime::Builder;

type Batch = fn(&[String]) -> Vec<Ping>;

const ALL: &[(&str, Batch)] = &[
    ("whole_batch-looks_before", whole_batch::looks_before),
    ("whole_batch-one_try", whole_batch::one_try),
    ("whole_batch-around_all", whole_batch::around_all),
    ("cancel_blocking-watch_stopped", cancel_blocking::watch_stopped),
    ("cancel_blocking-client_dropped", cancel_blocking::client_dropped),
    ("cancel_blocking-after_the_scope", cancel_blocking::after_the_scope),
    ("hedge-retry", hedge::retry),
    ("hedge-both_at_once", hedge::both_at_once),
    ("hedge-second_only", hedge::second_only),
    ("hedge-loser_kept", hedge::loser_kept),
];

fn main() -> ExitCode {
    let Some(wrong) = witnessed::called(ALL) else {
        return ExitCode::from(2);
    };
    witnessed::perform(&witnessed::twelve(), wrong)
}

/// Runs a batch on a runtime of two workers.
fn on_workers<F: Future<Output = Vec<Ping>> + Send + 'static>(
    urls: &[String],
    batch: impl FnOnce(Client, Vec<String>) -> F,
) -> Vec<Ping> {
    let many = urls.len().try_into().expect("there are URLs");
    let client = Client::new(&Setup::new(many)).expect("a client");
    let mut builder = Builder::new_multi_thread();
    let runtime = builder.worker_threads(2).enable_all().build();
    let runtime = runtime.expect("a runtime");
    let batch = runtime.spawn(batch(client, urls.to_vec()));
    runtime.block_on(batch).expect("a ping never panics")
}
