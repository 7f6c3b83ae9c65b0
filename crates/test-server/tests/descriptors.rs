//! No descriptors left. A test binary of its own: the limit is the process's.

#![cfg(unix)]

mod wire;

use std::fs::File;
use std::sync::Mutex;

use nix::sys::resource::{Resource, getrlimit, setrlimit};
use test_server::{TestServer, raise_file_limit};
use wire::{Wire, get};

/// One test at a time: the descriptors are the whole process's.
static ALL: Mutex<()> = Mutex::new(());

#[test]
fn it_tries_again_when_others_have_closed_theirs() {
    let _all = ALL.lock();
    let server = TestServer::start().unwrap();
    let (_, hard) = getrlimit(Resource::RLIMIT_NOFILE).unwrap();
    setrlimit(Resource::RLIMIT_NOFILE, 64, hard).unwrap();
    let mut files: Vec<_> =
        std::iter::from_fn(|| File::open("/dev/null").ok()).collect();
    // There is one for the client's end, and none for the server's.
    files.pop();
    let mut wire = Wire::to(&server);
    wire.send(get("/200"));
    assert!(wire.hears_nothing());
    // Nobody knocks now, and no connection is closed.
    drop(files);
    assert_eq!(wire.answer().text(), "200 OK");
    assert_eq!(raise_file_limit().unwrap(), hard);
}

#[test]
fn who_cannot_be_accepted_now_is_accepted_later() {
    let _all = ALL.lock();
    let server = TestServer::start().unwrap();
    let mut first = Wire::to(&server);
    assert_eq!(first.get("/200").status, 200);
    let (_, hard) = getrlimit(Resource::RLIMIT_NOFILE).unwrap();
    setrlimit(Resource::RLIMIT_NOFILE, 64, hard).unwrap();
    // Both ends of each connection are ours, and the clients' ends come
    // first: in the end the server has fewer than there are clients.
    let mut wires: Vec<_> =
        std::iter::from_fn(|| Wire::try_to(&server).ok()).collect();
    assert!(wires.len() > 20);
    for wire in &mut wires {
        wire.send(get("/200"));
    }
    // One leaves, and another gets in; it is answered and leaves in turn.
    drop(first);
    for mut wire in wires {
        assert_eq!(wire.answer().text(), "200 OK");
    }
    assert_eq!(raise_file_limit().unwrap(), hard);
    assert!(Wire::to(&server).get("/200").body.starts_with(b"200"));
}
