//! What thousands of clients that never read may cost. A test binary of its
//! own: the memory is the process's.

#![cfg(target_os = "linux")]

mod wire;

use socket2::{Domain, Socket, Type};
use test_server::{TestServer, raise_file_limit};
use wire::{get, witness_when};

/// The most memory that this process has held, in KiB.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM:"));
    let kib = line.unwrap().split_whitespace().nth(1).unwrap();
    kib.parse().unwrap()
}

#[test]
fn what_never_ends_and_is_never_read_takes_little_memory() {
    // Both ends of each are ours.
    let room = (raise_file_limit().unwrap() - 100) / 2;
    let many = room.min(5_500);
    let server = TestServer::start().unwrap();
    let ask = get("/200?fault=endless-body");
    let held: Vec<Socket> = (0..many)
        .map(|_| {
            let socket = Socket::new(Domain::IPV4, Type::STREAM, None).unwrap();
            // The system's own buffers are to be full soon.
            socket.set_recv_buffer_size(2048).unwrap();
            socket.connect(&server.address().into()).unwrap();
            socket.send(ask.as_bytes()).unwrap();
            socket
        })
        .collect();
    witness_when(&server, |seen| seen.requests == many);
    assert!(peak() < 64 * 1024, "{} KiB", peak());
    drop(held);
}
