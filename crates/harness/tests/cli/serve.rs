use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::thread;

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

use tempfile::TempDir;
use test_server::{Control, Token};

use crate::common::{finish, harness, read_to_end, run, shell, text, until};

/// A server, and what it printed.
struct Serving {
    child: Child,
    _out: BufReader<ChildStdout>,
    printed: String,
}

impl Serving {
    fn start(args: &[&str]) -> Serving {
        Serving::of(harness(&[&["serve"], args].concat()))
    }

    fn of(mut command: Command) -> Serving {
        let mut child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("it starts");
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut printed = String::new();
        while !printed.contains("Ctrl-C ends it\n") {
            assert_ne!(out.read_line(&mut printed).unwrap(), 0, "{printed}");
        }
        Serving { child, _out: out, printed }
    }

    /// What stands behind a word on a line of its own.
    fn said(&self, word: &str) -> &str {
        let lines = self.printed.lines();
        let mut found = lines.filter_map(|line| line.strip_prefix(word));
        found.next().expect("it is said").trim()
    }

    fn url(&self) -> &str {
        self.said("pings:")
    }

    /// The address in a URL.
    fn address(&self, word: &str) -> SocketAddr {
        let url = self.said(word).strip_prefix("http://").unwrap();
        url.split('/').next().unwrap().parse().unwrap()
    }

    fn control(&self) -> Control {
        let token = Token::chosen(self.said("token:")).unwrap();
        Control::new(self.address("witness:"), token)
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn says_where_it_is_and_answers_there() {
    let serving = Serving::start(&["--wait", "uneven"]);
    let printed = &serving.printed;
    assert!(printed.contains("/404?sleep=250"), "{printed}");
    let done = run(&["ping", "-n", "3", serving.url()]);
    assert_eq!(done.code, Some(0), "{done:?}");
    assert!(done.out.contains("3 × 200"), "{}", done.out);

    // Without the token it tells nothing.
    let witness = serving.said("witness:");
    let told = run(&["ping", "--expect", "401", witness]);
    assert_eq!(told.code, Some(0), "{told:?}");
    let control = serving.control();
    assert_eq!(control.witness().unwrap().requests, 3);
    // The lines to paste say the same, and to the same address.
    let token = control.token().as_str();
    let header = format!("echo 'Authorization: Bearer {token}' | curl -H @-");
    assert_eq!(printed.matches(&header).count(), 2, "{printed}");
    assert!(printed.contains(&format!("'{witness}?stamps=0'\n")));
    assert!(
        printed
            .contains(&format!("-X POST http://{}/reset\n", control.address()))
    );
}

#[test]
fn no_two_have_the_same_token_but_one_may_be_chosen() {
    let (one, other) = (Serving::start(&[]), Serving::start(&[]));
    assert_ne!(one.control().token(), other.control().token());
    let mut command = harness(&["serve"]);
    command.env("HARNESS_TOKEN", "my-own-tests-know-it");
    let chosen = Serving::of(command);
    assert_eq!(chosen.said("token:"), "my-own-tests-know-it");
    assert_eq!(chosen.control().witness().unwrap().requests, 0);
    for bad in ["", "short", "two words, and a comma"] {
        let mut command = harness(&["serve"]);
        command.env("HARNESS_TOKEN", bad);
        let done = finish(command);
        assert_eq!(done.code, Some(2), "{done:?}");
        assert!(done.err.contains("HARNESS_TOKEN: a token has 16 to"));
    }
}

/// Neither port takes the other's last descriptor, not even where there are
/// few.
#[test]
fn a_port_that_is_full_leaves_the_other_alone() {
    let few = "ulimit -n 64; exec \"$@\"";
    let serving = Serving::of(shell(few, &["serve"]));
    let control = serving.control();
    let (pings, asks) = (serving.address("pings:"), control.address());
    let idle = |address| -> Vec<TcpStream> {
        (0..200).map(|_| TcpStream::connect(address).unwrap()).collect()
    };
    let full = idle(pings);
    let seen = || control.witness().unwrap().connections;
    // Until it has taken as many as it can.
    until("the port is full", || (seen() >= 30).then_some(()));
    for _ in 0..20 {
        let seen = seen();
        assert!((30..64).contains(&seen), "{seen}");
    }
    drop(full);
    let full = idle(asks);
    let done = run(&["ping", "-n", "20", "-c", "20", serving.url()]);
    assert!(done.out.contains("20 × 200"), "{done:?}");
    assert!(control.witness().unwrap().requests >= 20);
    drop(full);
    // Full of clients, each of whom is served in the end.
    let mut wires = idle(pings);
    for wire in &mut wires {
        let close = "Host: x\r\nConnection: close\r\n\r\n";
        write!(wire, "GET /200 HTTP/1.1\r\n{close}").unwrap();
    }
    for mut wire in wires {
        let mut answer = String::new();
        wire.read_to_string(&mut answer).unwrap();
        assert!(answer.ends_with("200 OK"), "{answer}");
    }
}

/// Whatever anybody sends to the control port, with or without the token.
#[test]
fn its_memory_stays_small() {
    let serving = Serving::start(&[]);
    let (control, token) = (serving.control(), serving.said("token:"));
    // Until there are as many stamps as there can be.
    let mut pings = TcpStream::connect(serving.address("pings:")).unwrap();
    let hundred = "GET /204 HTTP/1.1\r\nHost: x\r\n\r\n".repeat(100);
    let mut answers = pings.try_clone().unwrap();
    let reading = thread::spawn(move || {
        let mut chunk = [0; 65_536];
        while answers.read(&mut chunk).is_ok_and(|length| length > 0) {}
    });
    (0..660).for_each(|_| pings.write_all(hundred.as_bytes()).unwrap());
    until("all stamps are there", || {
        let seen = control.witness().unwrap();
        (seen.stamps.len() == 65_536 && seen.in_flight == 0).then_some(())
    });

    let address = control.address();
    let host = format!("Host: {address}");
    let shown = format!("{host}\r\nAuthorization: Bearer {token}");
    let plan = "POST /reset HTTP/1.1\r\nContent-Length";
    // Of those who may ask, no more than are told off within our patience.
    let heads = [
        (60, format!("{plan}: 16777216\r\n{host}\r\n\r\n")),
        (20, format!("{plan}: 262144\r\n{shown}\r\n\r\n")),
        (20, format!("GET /witness HTTP/1.1\r\n{shown}\r\n\r\n")),
        (60, "GET / HTTP/1.1\r\nX: ".to_owned()),
    ];
    for (many, head) in heads {
        let much = [head.as_bytes(), &[b'x'; 200_000]].concat();
        let held: Vec<_> = (0..many)
            .map(|_| {
                let mut wire = TcpStream::connect(address).unwrap();
                wire.set_nonblocking(true).unwrap();
                // As much as it takes.
                let _ = wire.write_all(&much);
                wire
            })
            .collect();
        control.witness().unwrap();
        drop(held);
    }
    let status = format!("/proc/{}/status", serving.child.id());
    let status = std::fs::read_to_string(status).unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM:"));
    let kib = line.unwrap().split_whitespace().nth(1).unwrap();
    assert!(kib.parse::<u64>().unwrap() < 64 * 1024, "{kib} KiB");
    drop((pings, serving));
    reading.join().unwrap();
}

/// Or it could forge its own testimony.
#[test]
fn a_program_that_is_watched_is_not_told_the_token() {
    let reports = TempDir::new().unwrap();
    let before = ["witness", "--reports", text(reports.path()), "--"];
    let program = ["sh", "-c", "env; : {url}"];
    let mut command = harness(&[&before[..], &program].concat());
    command.env("HARNESS_TOKEN", "a-token-not-to-be-told");
    let done = finish(command);
    assert!(done.out.contains("PATH="), "{done:?}");
    assert!(!done.out.contains("a-token-not-to-be-told"), "{done:?}");
}

#[test]
fn ends_when_it_is_told_to() {
    for signal in [Signal::SIGINT, Signal::SIGTERM] {
        let mut serving = Serving::start(&[]);
        let child = &mut serving.child;
        let err = child.stderr.take().unwrap();
        kill(Pid::from_raw(child.id() as i32), signal).unwrap();
        assert_eq!(read_to_end(err), "");
        assert_eq!(child.wait().unwrap().code(), Some(0), "{signal}");
    }
}

#[test]
fn a_port_in_use_is_named() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let done = run(&["serve", "--port", &port]);
    assert_eq!(done.code, Some(2), "{done:?}");
    assert_eq!(
        done.err,
        format!(
            "error: port {port} is in use; name another, or --port 0 for a \
             free one\n"
        )
    );
    assert_eq!(done.out, "");
}

/// Requests that wait in sockets, read or not, accepted or not, are in flight:
/// they were sent and are not answered. The server is stopped while they are
/// sent, so that none can be answered before all are there.
#[cfg(target_os = "linux")]
#[test]
fn what_waits_in_a_socket_is_in_flight() {
    use nix::sys::wait::{WaitPidFlag, WaitStatus, waitpid};

    const MANY: u64 = 64;
    let serving = Serving::start(&["--wait", "none"]);
    let control = serving.control();
    let url = serving.address("pings:");
    let request = b"GET /200 HTTP/1.1\r\nHost: x\r\n\r\n";
    let ask = || {
        let mut stream = TcpStream::connect(url).unwrap();
        stream.write_all(request).unwrap();
        stream
    };
    let answered = |stream: &mut TcpStream| {
        let mut head = [0; 12];
        stream.read_exact(&mut head).unwrap();
        assert_eq!(&head, b"HTTP/1.1 200");
    };

    for _ in 0..MANY {
        answered(&mut ask());
    }
    assert_eq!(control.witness().unwrap().peak_in_flight, 1);

    let server = Pid::from_raw(serving.child.id() as i32);
    for (number, known) in [(1, 0), (2, MANY / 2)] {
        // Some come on connections that are accepted already.
        let mut streams: Vec<TcpStream> = (0..known).map(|_| ask()).collect();
        streams.iter_mut().for_each(answered);
        kill(server, Signal::SIGSTOP).unwrap();
        let stopped = waitpid(server, Some(WaitPidFlag::WUNTRACED)).unwrap();
        assert_eq!(stopped, WaitStatus::Stopped(server, Signal::SIGSTOP));
        for stream in &mut streams {
            stream.write_all(request).unwrap();
        }
        streams.extend((known..MANY).map(|_| ask()));
        kill(server, Signal::SIGCONT).unwrap();
        streams.iter_mut().skip(known as usize).for_each(answered);
        let seen = control.witness().unwrap();
        assert_eq!(seen.peak_in_flight, MANY, "series {number}");
    }
}
