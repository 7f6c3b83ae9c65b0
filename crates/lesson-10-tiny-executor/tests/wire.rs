//! What a real server does on the wire, one peculiarity after another.

use std::io::{self, Read, Write};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, Shutdown, TcpListener, TcpStream};
use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::Duration;

use lesson_10_tiny_executor::client::Client;
use lesson_10_tiny_executor::ping_all;
use ping_core::{Ping, Setup};
use socket2::SockRef;

/// A server that plays a part on each connection, by the connection's number,
/// and its URL. It is left to the end of the process.
fn serve(
    ip: impl Into<IpAddr>,
    play: impl Fn(usize, &mut TcpStream) -> io::Result<()> + Send + Sync + 'static,
) -> String {
    serve_on(TcpListener::bind((ip.into(), 0)).unwrap(), play)
}

fn serve_on(
    listener: TcpListener,
    play: impl Fn(usize, &mut TcpStream) -> io::Result<()> + Send + Sync + 'static,
) -> String {
    let url = format!("http://{}/200", listener.local_addr().unwrap());
    let play = Arc::new(play);
    thread::spawn(move || {
        for (number, stream) in listener.incoming().enumerate() {
            let (play, mut stream) = (Arc::clone(&play), stream.unwrap());
            // The client has gone, as it may.
            thread::spawn(move || drop(play(number, &mut stream)));
        }
    });
    url
}

/// Reads until the end of a head, as fast as it comes; how long it was.
fn read_head(stream: &mut TcpStream) -> io::Result<usize> {
    let (mut head, mut piece) = (Vec::new(), [0; 4096]);
    while !head.ends_with(b"\r\n\r\n") {
        let length = stream.read(&mut piece)?;
        if length == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        head.extend_from_slice(&piece[..length]);
    }
    Ok(head.len())
}

fn client(concurrency: usize) -> (Client, NonZeroUsize) {
    let concurrency = NonZeroUsize::new(concurrency).unwrap();
    let timeout = Duration::from_secs(20);
    let setup = Setup { timeout, ..Setup::new(concurrency) };
    (Client::new(&setup).unwrap(), concurrency)
}

fn ping(urls: &[String], concurrency: usize) -> Vec<Ping> {
    let (client, concurrency) = client(concurrency);
    ping_all(&client, urls, concurrency)
}

/// The body of the only ping.
fn body(url: &str) -> String {
    let mut pings = ping(&[url.to_owned()], 1);
    String::from(pings.remove(0).result.unwrap().head)
}

const OK: &[u8] = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

#[test]
fn an_answer_may_come_byte_by_byte() {
    let url = serve(Ipv4Addr::LOCALHOST, |_, stream| {
        stream.set_nodelay(true)?;
        read_head(stream)?;
        for byte in OK {
            stream.write_all(&[*byte])?;
        }
        read_head(stream).map(drop)
    });
    assert_eq!(body(&url), "ok");
}

#[test]
fn an_end_that_comes_along_with_the_last_bytes_is_seen() {
    for _ in 0..50 {
        let url = serve(Ipv4Addr::LOCALHOST, |_, stream| {
            read_head(stream)?;
            stream.write_all(b"HTTP/1.1 200 OK\r\n\r\nuntil the end")?;
            stream.shutdown(Shutdown::Write)
        });
        assert_eq!(body(&url), "until the end");
    }
}

#[test]
fn a_request_may_leave_in_pieces_and_its_answer_come_before_the_last() {
    let long = "x".repeat(65_000);
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    // So that there is no room for all of it until some of it is read.
    SockRef::from(&listener).set_recv_buffer_size(2048).unwrap();
    let url = serve_on(listener, |_, stream| {
        // And this is before anything is read.
        stream.write_all(OK)?;
        read_head(stream)?;
        read_head(stream).map(drop)
    });
    assert_eq!(body(&format!("{url}?{long}")), "ok");
}

#[test]
fn one_that_is_sent_bytes_without_end_holds_up_nobody() {
    const OTHERS: usize = 199;
    let served = AtomicUsize::new(0);
    let url = serve(Ipv4Addr::LOCALHOST, move |number, stream| {
        read_head(stream)?;
        if number == 0 {
            // Until all others have their answers.
            let piece = "HTTP/1.1 102 Wait\r\n\r\n".repeat(5000);
            while served.load(SeqCst) < OTHERS {
                stream.write_all(piece.as_bytes())?;
            }
            return stream.write_all(OK);
        }
        loop {
            stream.write_all(OK)?;
            served.fetch_add(1, SeqCst);
            read_head(stream)?;
        }
    });
    let pings = ping(&vec![url; OTHERS + 1], 2);
    for ping in pings {
        assert_eq!(ping.result.unwrap().status, 200);
    }
}

#[test]
fn what_was_closed_meanwhile_is_dialled_again_and_sent_once() {
    let (tell, ended) = mpsc::channel();
    let url = serve(Ipv4Addr::LOCALHOST, move |_, stream| {
        read_head(stream)?;
        stream.write_all(OK)?;
        // Closes without a word of it in the head.
        stream.shutdown(Shutdown::Both)?;
        tell.send(()).map_err(io::Error::other)
    });
    let (client, one) = client(1);
    for _ in 0..20 {
        let pings = ping_all(&client, std::slice::from_ref(&url), one);
        assert_eq!(pings[0].result.as_ref().unwrap().status, 200);
        ended.recv().unwrap();
    }
    assert!(ended.try_recv().is_err(), "more requests than pings");
}

#[test]
fn a_stale_connection_costs_a_ping_and_never_two_requests() {
    let requests = Arc::new(AtomicUsize::new(0));
    let seen = Arc::clone(&requests);
    let url = serve(Ipv4Addr::LOCALHOST, move |_, stream| {
        for _ in 0..2 {
            read_head(stream)?;
            seen.fetch_add(1, SeqCst);
            stream.write_all(OK)?;
        }
        // Takes the third, and says nothing.
        read_head(stream)?;
        seen.fetch_add(1, SeqCst);
        Ok(())
    });
    let pings = ping(&vec![url; 9], 1);
    assert_eq!(requests.load(SeqCst), 9);
    let failed = pings.iter().filter(|ping| ping.result.is_err()).count();
    assert_eq!(failed, 3, "{pings:?}");
}

#[test]
fn an_address_of_ipv6_and_a_name_are_hosts_like_any_other() {
    let answers = |_, stream: &mut TcpStream| {
        read_head(stream)?;
        stream.write_all(OK)
    };
    let v4 = serve(Ipv4Addr::LOCALHOST, answers);
    // It may have `::1`, where nobody listens, before 127.0.0.1.
    assert_eq!(body(&v4.replace("127.0.0.1", "localhost")), "ok");
    if TcpListener::bind((Ipv6Addr::LOCALHOST, 0)).is_ok() {
        assert_eq!(body(&serve(Ipv6Addr::LOCALHOST, answers)), "ok");
    }
}
