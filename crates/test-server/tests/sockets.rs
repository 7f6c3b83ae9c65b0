//! What a client may do with its socket that HTTP does not know of.

#![cfg(target_os = "linux")]

mod wire;

use std::io::{Read, Write};
use std::net::{Shutdown, TcpStream};
use std::time::Duration;

use socket2::{Domain, Protocol, SockRef, Socket, Type};
use test_server::TestServer;
use wire::{get, witness_when};

const PATIENCE: Option<Duration> = Some(Duration::from_secs(20));

/// All of a request, with one byte of it marked as urgent: bytes are bytes,
/// and none is lost or waited for (RFC 6093). Marked or not, the rest is there
/// at once or comes later.
#[test]
fn urgent_bytes_are_bytes() {
    let server = TestServer::start().unwrap();
    let request = get("/418?sleep=1");
    let request = request.as_bytes();
    for urgent in 0..request.len() {
        let mut stream = TcpStream::connect(server.address()).unwrap();
        stream.set_read_timeout(PATIENCE).unwrap();
        let (before, rest) = request.split_at(urgent);
        let (marked, behind) = rest.split_at(1);
        stream.write_all(before).unwrap();
        SockRef::from(&stream).send_out_of_band(marked).unwrap();
        stream.write_all(behind).unwrap();
        let mut start = [0; 12];
        stream.read_exact(&mut start).unwrap();
        assert_eq!(&start, b"HTTP/1.1 418", "{urgent}");
    }
}

/// It can hear nothing any more, although its socket is still there.
#[test]
fn who_shuts_both_sides_has_given_up() {
    let server = TestServer::start().unwrap();
    let mut stream = TcpStream::connect(server.address()).unwrap();
    stream.write_all(get("/200?sleep=30000").as_bytes()).unwrap();
    witness_when(&server, |seen| seen.in_flight == 1);
    stream.shutdown(Shutdown::Both).unwrap();
    let seen = witness_when(&server, |seen| seen.in_flight == 0);
    assert_eq!((seen.aborted, seen.done), (1, 0));
    drop(stream);
}

/// MPTCP, where the system has it: the same as TCP, and a client that says no
/// more is still there.
#[test]
fn a_client_may_speak_mptcp() {
    const MPTCP: Protocol = Protocol::MPTCP;
    let server = TestServer::start().unwrap();
    for half in [false, true] {
        let socket = Socket::new(Domain::IPV4, Type::STREAM, Some(MPTCP));
        let Ok(socket) = socket else { return };
        socket.connect(&server.address().into()).unwrap();
        let mut stream = TcpStream::from(socket);
        stream.set_read_timeout(PATIENCE).unwrap();
        stream.write_all(get("/418?sleep=50").as_bytes()).unwrap();
        if half {
            stream.shutdown(Shutdown::Write).unwrap();
        }
        let mut start = [0; 12];
        stream.read_exact(&mut start).unwrap();
        assert_eq!(&start, b"HTTP/1.1 418", "half closed: {half}");
        drop(stream);
    }
}
