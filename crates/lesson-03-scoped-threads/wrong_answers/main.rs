//! What learners hand in first to the exercises of lesson 3, and what none of
//! them may pass its check with: one program, which does what its name says.

mod cursor;
mod every_panic;

use std::process::ExitCode;

use ping_core::{Agent, Ping, Setup};

type Batch = fn(&Agent, &[String]) -> Vec<Ping>;

const ALL: &[(&str, Batch)] = &[
    ("cursor-halves", cursor::halves),
    ("cursor-waves", cursor::waves),
    ("cursor-lock_held", cursor::lock_held),
    ("every_panic-passed_over", every_panic::passed_over),
    ("every_panic-as_str", every_panic::as_str),
    ("every_panic-debug", every_panic::debug),
];

fn main() -> ExitCode {
    let Some(wrong) = witnessed::called(ALL) else {
        return ExitCode::from(2);
    };
    witnessed::perform(&witnessed::twelve(), move |urls| {
        let many = urls.len().try_into().expect("there are URLs");
        let agent = Agent::new(&Setup::new(many)).expect("a client");
        wrong(&agent, urls)
    })
}
