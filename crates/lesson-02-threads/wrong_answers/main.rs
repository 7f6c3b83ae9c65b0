//! What learners hand in first to the exercises of lesson 2, and what none of
//! them may pass its check with: one program, which does what its name says.

mod in_waves;
mod input_order;
mod no_thread_left;

use std::process::ExitCode;
use std::thread::{self, JoinHandle};

use ping_core::{Agent, Ping, Setup, ping};

type Batch = fn(&Agent, &[String]) -> Vec<Ping>;

const ALL: &[(&str, Batch)] = &[
    ("input_order-join_in_loop", input_order::join_in_loop),
    ("input_order-turned_round", input_order::turned_round),
    ("input_order-by_time", input_order::by_time),
    ("no_thread_left-left_out", no_thread_left::left_out),
    ("no_thread_left-on_this_one", no_thread_left::on_this_one),
    ("no_thread_left-another_word", no_thread_left::another_word),
    ("in_waves-join_in_loop", in_waves::join_in_loop),
    ("in_waves-four_waves", in_waves::four_waves),
    ("in_waves-one_more", in_waves::one_more),
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

/// A thread for one ping.
fn spawn(agent: &Agent, url: &str) -> JoinHandle<Ping> {
    let (agent, url) = (agent.clone(), url.to_owned());
    thread::spawn(move || ping(&agent, &url))
}
