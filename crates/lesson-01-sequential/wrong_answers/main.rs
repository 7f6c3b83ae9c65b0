//! What learners hand in first to the exercises of lesson 1, and what none of
//! them may pass its check with: one program, which does what its name says.

mod one_connection;
mod refused_in_the_list;

use std::process::ExitCode;

use ping_core::{Agent, Ping, Setup};

type Batch = fn(&Agent, &[String]) -> Vec<Ping>;

const ALL: &[(&str, Batch)] = &[
    ("refused_in_the_list-left_out", refused_in_the_list::left_out),
    ("refused_in_the_list-ends_there", refused_in_the_list::ends_there),
    ("refused_in_the_list-another_word", refused_in_the_list::another_word),
    ("one_connection-reads_successes", one_connection::reads_successes),
    ("one_connection-client_per_ping", one_connection::client_per_ping),
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
