//! What learners hand in first to the exercises of lesson 12, and what none of
//! them may pass its check with: one program, which does what its name says.

mod each_worker_dies;
mod poison_job;

#[path = "../examples/own_queue/mod.rs"]
mod own_queue;

use std::process::ExitCode;

use ping_core::Ping;

type Answer = fn(&[String]) -> Vec<Ping>;

const ALL: &[(&str, Answer)] = &[
    ("each_worker_dies-ack_in_ping", each_worker_dies::ack_in_ping),
    ("each_worker_dies-never_acks", each_worker_dies::never_acks),
    ("poison_job-two_tasks", poison_job::two_tasks),
    ("poison_job-second_death", poison_job::second_death),
    ("poison_job-one_by_one", poison_job::one_by_one),
];

fn main() -> ExitCode {
    let Some(wrong) = witnessed::called(ALL) else {
        return ExitCode::from(2);
    };
    witnessed::perform(&witnessed::twelve(), wrong)
}
