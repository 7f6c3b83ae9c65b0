//! What learners hand in first to the exercises of lesson 5, and what none of
//! them may pass its check with: one program, which does what its name says.

mod blocked_workers;
mod input_order_tasks;
mod one_thread;

use std::process::ExitCode;

use ping_async::Client;
use ping_core::{Ping, Setup};
use tokio::runtime::Builder;

type Batch = fn(&[String]) -> Vec<Ping>;

const ALL: &[(&str, Batch)] = &[
    ("input_order_tasks-awaited_in_loop", input_order_tasks::awaited_in_loop),
    ("input_order_tasks-turned_round", input_order_tasks::turned_round),
    ("input_order_tasks-by_time", input_order_tasks::by_time),
    ("one_thread-one_worker", one_thread::one_worker),
    ("one_thread-one_by_one", one_thread::one_by_one),
    ("one_thread-a_hundred", one_thread::a_hundred),
    ("blocked_workers-yields_first", blocked_workers::yields_first),
    ("blocked_workers-awaited_in_loop", blocked_workers::awaited_in_loop),
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
