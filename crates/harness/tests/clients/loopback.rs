//! The clients that know loopback only, the pair by hand and hyper without
//! reqwest, say what the two clients say, as far as they go.

use std::io::{self, Read, Write};
use std::num::NonZeroUsize;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::time::Duration;

use harness::strategies::{BY_HAND, Ready, find};
use measurement::ways::{WORKERS_HYPER, WORKERS_HYPER_UTIL};
use ping_core::{PingError, Reply, Setup};
use socket2::SockRef;

use crate::Both;
use crate::raw::{Nobody, Raw, read_head};

/// The clients that know loopback only, set up alike.
pub(crate) struct OnLoopback(Vec<(&'static str, Ready)>);

impl OnLoopback {
    /// How many they are.
    pub(crate) const CLIENTS: usize = 4;

    pub(crate) fn new() -> OnLoopback {
        OnLoopback::with(&Setup::new(NonZeroUsize::MIN))
    }

    fn with(setup: &Setup) -> OnLoopback {
        let hyper = [WORKERS_HYPER, WORKERS_HYPER_UTIL];
        let hyper = hyper.iter().map(|way| find(way.id).unwrap());
        let all = BY_HAND.iter().chain(hyper);
        let all: Vec<_> =
            all.map(|s| (s.way.id, s.prepare(setup).unwrap())).collect();
        assert_eq!(all.len(), OnLoopback::CLIENTS);
        OnLoopback(all)
    }

    /// What all of them say of it.
    #[track_caller]
    pub(crate) fn ping(&self, url: &str) -> Result<Reply, PingError> {
        let urls = Arc::new(vec![url.to_owned()]);
        let mut said = self.0.iter().map(|(who, ready)| {
            let mut pings = ready(&urls, NonZeroUsize::MIN);
            assert_eq!(pings.len(), 1);
            (who, pings.remove(0).result)
        });
        let (_, first) = said.next().unwrap();
        for (who, other) in said {
            match (&first, &other) {
                // The rest is in the words of a library.
                (Err(one), Err(other)) => {
                    assert_eq!(
                        one.kind(),
                        other.kind(),
                        "{who}: {url}: {other}"
                    );
                }
                _ => assert_eq!(first, other, "{who}: {url}"),
            }
        }
        first
    }

    #[track_caller]
    fn fail(&self, url: &str, kind: &str, case: &str) {
        let error = self.ping(url).expect_err(case);
        assert_eq!(error.kind(), kind, "{case}: {error}");
    }
}

#[test]
fn an_answer_is_what_it_is_to_the_clients() {
    let (both, on_loopback) = (Both::new(), OnLoopback::new());
    for answer in [
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
        "HTTP/1.1 404 Not Found\r\nCONTENT-LENGTH: 2\r\n\r\nno",
        "HTTP/1.1 200 OK\r\nConnection: Close\r\n\r\nuntil it closes",
        "HTTP/1.1 200 OK\r\n\r\nuntil it closes",
        "HTTP/1.0 200 OK\r\nContent-Length: 5\r\n\r\nhello",
        "HTTP/1.1 301 Moved\r\nLocation: /x\r\nContent-Length: 2\r\n\r\ngo",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2;a\r\nok\r\n0\r\n\r\n",
        "HTTP/1.1 204 No Content\r\n\r\n",
        "HTTP/1.1 304 Not Modified\r\n\r\n",
        "HTTP/1.1 299 \r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 200 OK\r\n\r\nhello",
    ] {
        let url = Raw::answering(answer);
        let url = url.url();
        let reply = both.ping(&url).reply(answer);
        assert_eq!(on_loopback.ping(&url), Ok(reply), "{answer}");
    }
}

#[test]
fn the_connection_ends_before_the_answer_does() {
    let on_loopback = OnLoopback::new();
    for (said, reset) in [
        ("", "reset"),
        ("HTTP/1.1 2", "reset"),
        ("HTTP/1.1 200 OK\r\nContent-Le", "reset"),
        ("HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\n", "closed_early"),
        ("HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\nhalf", "closed_early"),
        ("HTTP/1.1 103 Early Hints\r\n\r\n", "reset"),
    ] {
        let closes = Raw::answering(said);
        on_loopback.fail(&closes.url(), "closed_early", said);
        let resets = Raw::serve(|stream| {
            read_head(stream)?;
            stream.write_all(said.as_bytes())?;
            // Closing is a reset now.
            SockRef::from(&*stream).set_linger(Some(Duration::ZERO))
        });
        on_loopback.fail(&resets.url(), reset, said);
    }
    on_loopback.fail(&Nobody::there().url(), "refused", "nobody");
}

#[test]
fn what_comes_back_is_no_answer() {
    let on_loopback = OnLoopback::new();
    for said in [
        "SSH-2.0-OpenSSH_10.0\r\n\r\n",
        "\0\u{1}\u{2}\u{3}",
        "HTTP/1.1 two hundred\r\n\r\n",
        "HTTP/1.1 099 Low\r\n\r\n",
        "HTTP/2 200 OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: +2\r\n\r\nok",
        "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nno hex\r\n",
    ] {
        let server = Raw::answering(said);
        on_loopback.fail(&server.url(), "bad_reply", said);
    }
}

#[test]
fn the_time_is_up() {
    let timeout = Duration::from_millis(200);
    let setup = Setup { timeout, ..Setup::new(NonZeroUsize::MIN) };
    let on_loopback = OnLoopback::with(&setup);
    for (said, word) in [
        ("", "timeout_head"),
        ("HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\nhalf", "timeout_body"),
    ] {
        let server = Raw::serve(move |stream| {
            read_head(stream)?;
            stream.write_all(said.as_bytes())?;
            stream.set_read_timeout(Some(Duration::from_secs(10)))?;
            stream.read_to_end(&mut Vec::new()).map(drop)
        });
        on_loopback.fail(&server.url(), word, said);
    }
}

#[test]
fn what_is_not_the_test_server_is_refused() {
    let on_loopback = OnLoopback::new();
    for url in [
        "",
        "/200",
        "http://",
        "http:///200",
        "http://:1/",
        "http://127.0.0.1:99999/",
        "http://127.0.0.1:x/",
        "http://me@192.0.2.1/",
        "http://127.0.0.1:1/a b",
        "http://127.0.0.1:1/a\r\nHost: b",
        "http://[::1/",
        "http://::1/",
        "http://localhost:1/",
        "http://192.0.2.1/",
        "http://[2001:db8::1]/",
        "https://127.0.0.1:1/",
        "ftp://127.0.0.1/",
    ] {
        on_loopback.fail(url, "bad_url", url);
    }
}

#[test]
fn a_head_has_16_kib_and_a_body_64_mib() {
    let on_loopback = OnLoopback::new();
    const REST: usize = "HTTP/1.1 200 OK\r\nX: \r\n\r\n".len();
    let head = |bytes: usize| {
        let value = "x".repeat(bytes - REST);
        Raw::answering(format!("HTTP/1.1 200 OK\r\nX: {value}\r\n\r\n"))
    };
    for bytes in [REST, 1023, 1024, 1025, 15_000, 16 * 1024] {
        let reply = on_loopback.ping(&head(bytes).url()).unwrap();
        assert_eq!((reply.status, reply.bytes), (200, 0), "{bytes}");
    }
    for bytes in [16 * 1024 + 1, 1 << 20] {
        on_loopback.fail(&head(bytes).url(), "bad_reply", &bytes.to_string());
    }
    let endless = Raw::serve(|stream| {
        read_head(stream)?;
        stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n")?;
        let piece = vec![b'x'; 1 << 20];
        loop {
            stream.write_all(&piece)?;
        }
    });
    on_loopback.fail(&endless.url(), "body_too_large", "endless");
}

/// A server that answers whatever comes on a connection, and how many
/// connections there were.
fn answering_all(answer: &'static str) -> (Raw, Arc<AtomicUsize>) {
    let connections = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&connections);
    let server = Raw::serve(move |stream| -> io::Result<()> {
        counter.fetch_add(1, SeqCst);
        loop {
            read_head(stream)?;
            stream.write_all(answer.as_bytes())?;
        }
    });
    (server, connections)
}

#[test]
fn a_connection_is_kept_unless_the_answer_ends_it() {
    for (answer, kept) in [
        ("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", true),
        ("HTTP/1.1 204 No Content\r\n\r\n", true),
        ("HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok", false),
        ("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokay", false),
        (
            "HTTP/1.1 200 OK\r\nConnection: x, close\r\n\
             Content-Length: 2\r\n\r\nok",
            false,
        ),
    ] {
        let (server, connections) = answering_all(answer);
        let on_loopback = OnLoopback::new();
        for _ in 0..3 {
            on_loopback.ping(&server.url()).unwrap();
        }
        // One of each client, or one for each ping.
        let pings = if kept { 1 } else { 3 };
        let expected = pings * OnLoopback::CLIENTS;
        assert_eq!(connections.load(SeqCst), expected, "{answer}");
    }
}
