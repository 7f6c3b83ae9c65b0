//! Agents of their own: what they keep for themselves, and what they leave.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::num::NonZeroUsize;
use std::sync::mpsc;
use std::thread;

use ping_core::{Agent, Setup, ping};
use test_server::TestServer;

fn agent() -> Agent {
    Agent::new(&Setup::new(NonZeroUsize::MIN)).unwrap()
}

#[test]
fn the_next_one_finds_the_connection_of_the_last_one() {
    let server = TestServer::start().unwrap();
    let agent = agent();
    for _ in 0..5 {
        assert!(ping(&agent.own(), &server.url("/200")).result.is_ok());
    }
    assert_eq!(server.witness().connections, 1);
}

#[test]
fn two_at_a_time_have_two_connections() {
    let server = TestServer::start().unwrap();
    let agent = agent();
    let (one, other) = (agent.own(), agent.own());
    for agent in [&one, &other, &one, &other] {
        assert!(ping(agent, &server.url("/200")).result.is_ok());
    }
    assert_eq!(server.witness().connections, 2);
}

#[test]
fn an_idle_connection_is_looked_at_before_it_is_used() {
    // After its answer the server sends what nobody asked for, or hangs up.
    for rest in [&b"surplus"[..], b""] {
        let server = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/", server.local_addr().unwrap());
        let (go_on, told) = mpsc::channel();
        let (done, is_done) = mpsc::channel();
        let serve = move || {
            for _ in 0..2 {
                let (mut stream, _) = server.accept().unwrap();
                assert!(stream.read(&mut [0; 1024]).unwrap() > 0);
                let answer = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
                stream.write_all(answer).unwrap();
                told.recv().unwrap();
                stream.write_all(rest).unwrap();
                drop(stream);
                done.send(()).unwrap();
            }
        };
        let server = thread::spawn(serve);
        let agent = agent();
        for _ in 0..2 {
            let ping = ping(&agent, &url);
            assert!(ping.result.is_ok(), "{ping}");
            go_on.send(()).unwrap();
            is_done.recv().unwrap();
        }
        server.join().unwrap();
    }
}

#[test]
fn a_long_body_is_read_whole_in_a_room_that_grows() {
    let server = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/", server.local_addr().unwrap());
    let body: Vec<u8> = (0..300_000_u32).map(|i| (i % 251) as u8).collect();
    let sent = body.clone();
    let serve = move || {
        let (mut stream, _) = server.accept().unwrap();
        assert!(stream.read(&mut [0; 1024]).unwrap() > 0);
        let head = format!(
            "HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n",
            sent.len()
        );
        stream.write_all(head.as_bytes()).unwrap();
        stream.write_all(&sent).unwrap();
    };
    let server = thread::spawn(serve);
    let reply = ping(&agent(), &url).result.unwrap();
    assert_eq!(reply.digest, ping_core::digest(&body));
    server.join().unwrap();
}
