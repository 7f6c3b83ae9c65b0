//! Signals, to the real program: whoever sends two in a moment asks once, and
//! what was measured is kept.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use nix::sys::signal::Signal::{self, SIGHUP, SIGINT, SIGTERM};
use nix::sys::signal::{kill, killpg};
use nix::unistd::Pid;
use tempfile::TempDir;

use crate::common::{
    Done, HARNESS, harness, only_folder, text, until, written,
};
use crate::processes::Running;

/// Every order of two.
fn orders() -> impl Iterator<Item = [Signal; 2]> {
    const ASKING: [Signal; 3] = [SIGINT, SIGTERM, SIGHUP];
    ASKING.into_iter().flat_map(|a| ASKING.map(|b| [a, b]))
}

/// How often each order is tried: what loses some of the results loses them
/// now and then.
const TIMES: usize = 20;

/// A server that holds a request until it is told to answer.
struct Holding(TcpListener);

impl Holding {
    fn start() -> (Holding, String) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/", listener.local_addr().unwrap());
        (Holding(listener), url)
    }

    /// Waits for a request.
    fn request(&self) -> TcpStream {
        let (client, _) = self.0.accept().unwrap();
        let mut lines = BufReader::new(&client).lines();
        while !lines.next().unwrap().unwrap().is_empty() {}
        client
    }
}

fn answer(mut client: &TcpStream) {
    client
        .write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi")
        .unwrap();
}

/// Signals the program, then its whole group at once, as `timeout` does. A
/// busy machine may put this test aside between the two: then they were not at
/// once, the program may take them for two wishes, and nothing is known.
fn to_child_and_group(child: &Child, [first, second]: [Signal; 2]) -> bool {
    let pid = Pid::from_raw(child.id() as i32);
    let before = Instant::now();
    kill(pid, first).unwrap();
    killpg(pid, second).unwrap();
    before.elapsed() < Duration::from_millis(50)
}

fn in_a_group(mut command: Command) -> Child {
    command.process_group(0).stdout(Stdio::piped()).stderr(Stdio::piped());
    command.spawn().unwrap()
}

fn rest(child: Child) -> Done {
    child.wait_with_output().unwrap().into()
}

#[test]
fn two_signals_at_once_lose_no_ping() {
    let (server, url) = Holding::start();
    for order in orders() {
        for _ in 0..TIMES {
            let args = ["ping", "-n", "9", "-c", "1", &url];
            let mut child = in_a_group(harness(&args));
            let client = server.request();
            if !to_child_and_group(&child, order) {
                drop(client);
                rest(child);
                continue;
            }
            // It has heard the first. Now the second has its chance.
            let mut said = BufReader::new(child.stderr.take().unwrap());
            let mut line = String::new();
            said.read_line(&mut line).unwrap();
            assert!(line.contains("awaited"), "{order:?}: {line}");
            answer(&client);
            let done = rest(child);
            assert_eq!(done.code, Some(130), "{order:?}: {done:?}");
            let (ok, left) = ("1 request = 1 ok", "8 were never sent");
            assert!(done.out.contains(ok), "{order:?}: {done:?}");
            assert!(done.out.contains(left), "{order:?}: {done:?}");
        }
    }
}

#[test]
fn two_signals_at_once_lose_no_trial() {
    for order in orders() {
        let reports = TempDir::new().unwrap();
        let child = in_a_group(harness(&[
            "run",
            "-c",
            "1",
            "-n",
            "1",
            "--delay",
            "0ms",
            "--rounds",
            "1000",
            "--only",
            "threads",
            "--reports",
            text(reports.path()),
        ]));
        until("some trials are done", || {
            (written(reports.path())? >= 3).then_some(())
        });
        let at_once = to_child_and_group(&child, order);
        let done = rest(child);
        assert_eq!(done.code, Some(130), "{order:?}: {done:?}");
        if !at_once {
            continue;
        }
        let page = only_folder(reports.path()).join("index.html");
        assert!(page.exists(), "{order:?}: {done:?}");
    }
}

#[test]
fn two_signals_at_once_lose_no_testimony() {
    for order in orders() {
        let reports = TempDir::new().unwrap();
        let mut child = in_a_group(harness(&[
            "witness",
            "--reports",
            text(reports.path()),
            "--",
            "sh",
            "-c",
            "echo started; exec cat /dev/zero >/dev/null",
            "{url}",
        ]));
        let mut line = [0; 8];
        child.stdout.as_mut().unwrap().read_exact(&mut line).unwrap();
        assert_eq!(&line, b"started\n");
        let at_once = to_child_and_group(&child, order);
        let done = rest(child);
        assert_eq!(done.code, Some(130), "{order:?}: {done:?}");
        if !at_once {
            continue;
        }
        let record = only_folder(reports.path()).join("witness.json");
        assert!(record.exists(), "{order:?}: {done:?}");
    }
}

/// A person who means it ends it, with any of the three.
#[test]
fn the_same_signal_later_waits_for_nothing() {
    let (server, url) = Holding::start();
    for signal in [SIGINT, SIGTERM, SIGHUP] {
        let ping = Running::start(&["ping", &url]);
        let client = server.request();
        // Nobody answers: only the signals can end it.
        client.set_nonblocking(true).unwrap();
        until("it ends", || {
            ping.signal(signal);
            let ended = (&client).read(&mut [0]).ok()?;
            (ended == 0).then_some(())
        });
        let done = ping.end();
        assert_eq!((done.code, done.out.as_str()), (Some(130), ""));
    }
}

/// `nohup` is for what is to go on when its terminal closes.
#[test]
fn a_hang_up_that_was_ignored_stays_ignored() {
    let (server, url) = Holding::start();
    let script = "trap '' HUP; exec \"$0\" ping \"$1\"";
    let mut command = Command::new("sh");
    command.args(["-c", script, HARNESS, &url]);
    let ping = Running::of(command);
    let client = server.request();
    ping.signal(SIGHUP);
    answer(&client);
    let done = ping.end();
    assert_eq!(done.code, Some(0), "{done:?}");
    assert!(done.err.is_empty(), "{done:?}");
}
