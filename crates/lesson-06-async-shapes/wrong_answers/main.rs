//! What learners hand in first to the exercises of lesson 6, and what none of
//! them may pass its check with: one program, which does what its name says.

mod count_polls;
mod same_peak;
mod slow_consumer;

use std::process::ExitCode;
use std::time::Duration;

use ping_async::Client;
use ping_core::{Ping, Setup};
use tokio::runtime::Builder;

type Batch = fn(&[String]) -> Vec<Ping>;

const ALL: &[(&str, Batch)] = &[
    ("same_peak-one_by_one", same_peak::one_by_one),
    ("same_peak-refilled", same_peak::refilled),
    ("same_peak-in_the_loop", same_peak::in_the_loop),
    ("slow_consumer-in_order", slow_consumer::in_order),
    ("slow_consumer-task_each", slow_consumer::task_each),
    ("slow_consumer-collected", slow_consumer::collected),
    ("count_polls-pending_only", count_polls::pending_only),
    ("count_polls-first_only", count_polls::first_only),
    ("count_polls-by_formula", count_polls::by_formula),
];

fn main() -> ExitCode {
    let Some(wrong) = witnessed::called(ALL) else {
        return ExitCode::from(2);
    };
    witnessed::perform(&witnessed::twelve(), wrong)
}

/// Runs a batch on a runtime of two workers, with the time-out of
/// `slow_consumer`.
fn on_workers<F: Future<Output = Vec<Ping>> + Send + 'static>(
    urls: &[String],
    batch: impl FnOnce(Client, Vec<String>) -> F,
) -> Vec<Ping> {
    let many = urls.len().try_into().expect("there are URLs");
    let timeout = Duration::from_millis(350);
    let setup = Setup { timeout, ..Setup::new(many) };
    let client = Client::new(&setup).expect("a client");
    let mut builder = Builder::new_multi_thread();
    let runtime = builder.worker_threads(2).enable_all().build();
    let runtime = runtime.expect("a runtime");
    let batch = runtime.spawn(batch(client, urls.to_vec()));
    runtime.block_on(batch).expect("a ping never panics")
}
