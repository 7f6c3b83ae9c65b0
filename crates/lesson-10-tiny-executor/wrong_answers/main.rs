//! What learners hand in first to the exercises of lesson 10, and what none of
//! them may pass its check with: one program, which does what its name says.

mod sleep;
mod timeout;

use std::num::NonZeroUsize;
use std::process::ExitCode;
use std::task::Context;

use lesson_10_tiny_executor::client::Client;
use ping_core::{Ping, Setup};

type Batch = fn(&[String]) -> Vec<Ping>;

const ALL: &[(&str, Batch)] = &[
    ("sleep-no_pause", sleep::no_pause),
    ("sleep-two_tasks", sleep::two_tasks),
    ("sleep-looks_at_the_clock", sleep::looks_at_the_clock),
    ("timeout-afterwards", timeout::afterwards),
    ("timeout-of_the_batch", timeout::of_the_batch),
];

fn main() -> ExitCode {
    let Some(wrong) = witnessed::called(ALL) else {
        return ExitCode::from(2);
    };
    witnessed::perform(&witnessed::twelve(), wrong)
}

/// A client for so many tasks.
fn client(tasks: usize) -> Client {
    let tasks = NonZeroUsize::new(tasks).expect("some tasks");
    Client::new(&Setup::new(tasks)).expect("a client")
}

/// Runs these tasks to their end.
fn run(client: &Client, tasks: impl Iterator<Item = impl Future>) {
    let mut tasks: Vec<_> = tasks.map(|task| Some(Box::pin(task))).collect();
    let wakers = client.reactor().wakers(tasks.len());
    let mut left = tasks.len();
    while left > 0 {
        let number = client.reactor().next();
        let Some(task) = &mut tasks[number] else { continue };
        let mut context = Context::from_waker(&wakers[number]);
        if task.as_mut().poll(&mut context).is_ready() {
            tasks[number] = None;
            left -= 1;
        }
    }
}
