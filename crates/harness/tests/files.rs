//! What both clients say when the process has as many open files as it may.
//! The only test of its process, whose limit it lowers.

#![cfg(unix)]

use std::fs::File;
use std::num::NonZeroUsize;

use nix::sys::resource::{Resource, getrlimit, setrlimit};
use ping_async::Client;
use ping_core::{Agent, PingError, Setup};
use test_server::TestServer;
use tokio::runtime::Builder;

#[test]
fn no_file_left_is_a_word_of_its_own() {
    let server = TestServer::start().unwrap();
    let url = server.url("/200");
    let setup = Setup::new(NonZeroUsize::MIN);
    let agent = Agent::new(&setup).unwrap();
    let client = Client::new(&setup).unwrap();
    let runtime = Builder::new_current_thread().enable_all().build().unwrap();
    let ping = || {
        let asynchronous = lesson_05_async_tasks::ping(&client, &url);
        [
            ping_core::ping(&agent, &url).result,
            runtime.block_on(asynchronous).result,
        ]
    };

    let (soft, hard) = getrlimit(Resource::RLIMIT_NOFILE).unwrap();
    setrlimit(Resource::RLIMIT_NOFILE, 64, hard).unwrap();
    let mut open = Vec::new();
    while let Ok(file) = File::open("/dev/null") {
        open.push(file);
    }
    let said = ping();
    drop(open);
    setrlimit(Resource::RLIMIT_NOFILE, soft, hard).unwrap();

    assert_eq!(said, [(); 2].map(|()| Err(PingError::TooManyFiles)));
    // And nothing is lost for good.
    assert!(ping().iter().all(Result::is_ok));
}
