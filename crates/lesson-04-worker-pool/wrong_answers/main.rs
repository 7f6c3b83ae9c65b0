//! What learners hand in first to the exercises of lesson 4, and what none of
//! them may pass its check with: one program, which does what its name says.

mod first_500;
mod smallest_hang;
mod std_channel;

use std::process::ExitCode;

use ping_core::{Agent, Ping, Setup};

type Batch = fn(&Agent, &[String]) -> Vec<Ping>;

const ALL: &[(&str, Batch)] = &[
    ("first_500-sender_stops", first_500::sender_stops),
    ("first_500-one_stops", first_500::one_stops),
    ("first_500-loses_it", first_500::loses_it),
    ("smallest_hang-as_many_as_places", smallest_hang::as_many_as_places),
    ("smallest_hang-queues_only", smallest_hang::queues_only),
    ("smallest_hang-too_many", smallest_hang::too_many),
    ("smallest_hang-another_queue", smallest_hang::another_queue),
    ("std_channel-matched", std_channel::matched),
    ("std_channel-named_guard", std_channel::named_guard),
    ("std_channel-takes_all", std_channel::takes_all),
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
