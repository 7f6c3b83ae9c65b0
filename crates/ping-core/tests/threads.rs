//! A timeout for the whole ping costs no thread per ping. The only test of
//! its process, because it counts the threads that the process starts.

use std::num::NonZeroUsize;
use std::thread;

use ping_core::{Agent, Setup, ping};
use test_server::TestServer;

/// The standard library numbers its threads as it starts them.
fn number_of_next_thread() -> u64 {
    let id = thread::spawn(|| thread::current().id()).join().unwrap();
    let text = format!("{id:?}");
    let digits = text.trim_start_matches("ThreadId(").trim_end_matches(')');
    digits.parse().expect(&text)
}

fn threads_started_by(work: impl FnOnce()) -> u64 {
    let before = number_of_next_thread();
    work();
    number_of_next_thread() - before - 1
}

#[test]
fn two_hundred_pings_start_no_thread_and_a_name_one() {
    let server = TestServer::start().unwrap();
    let agent = Agent::new(&Setup::new(NonZeroUsize::MIN)).unwrap();
    let many = |url: &str| {
        for _ in 0..200 {
            assert!(ping(&agent, url).result.is_ok(), "{url}");
        }
    };
    let address = server.url("/200");
    assert_eq!(threads_started_by(|| many(&address)), 0);
    // The look-up of a name is the one thing that cannot be given up
    // otherwise; it is done once, by whichever ping is the first.
    let name = address.replace("127.0.0.1", "localhost");
    assert_eq!(threads_started_by(|| many(&name)), 1);
    assert_eq!(threads_started_by(|| many(&name)), 0);
    assert_eq!(server.witness().requests, 600);
}
