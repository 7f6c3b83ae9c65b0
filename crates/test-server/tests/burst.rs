//! More at once than the loop takes in one turn: a server that is stopped for a
//! moment finds everything that was sent meanwhile.

#![cfg(target_os = "linux")]

mod wire;

use std::io::{self, BufRead, BufReader, Write};
use std::process::{Child, Command, Stdio};

use nix::sys::signal::{Signal, kill};
use nix::sys::wait::{WaitPidFlag, waitpid};
use nix::unistd::Pid;
use test_server::{Control, Options, Token, raise_file_limit, serve};
use wire::{Wire, get};

const BURST: u64 = 3_500;

const ASKED_FOR: &str = "TEST_SERVER_OF_THE_BURST";

/// A process that ends with the test.
struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The server of the test below, a process of its own, where it is asked for.
#[test]
fn the_server() {
    if std::env::var_os(ASKED_FOR).is_none() {
        return;
    }
    serve(Options::default(), |data, control| {
        let data = data[0];
        let (asked, token) = (control.address(), control.token().as_str());
        writeln!(io::stderr(), "{data} {asked} {token}").unwrap();
    })
    .unwrap();
}

#[test]
fn all_that_was_sent_while_it_was_stopped_was_in_flight_at_once() {
    if raise_file_limit().unwrap() < BURST + 200 {
        let few = "skipped: too few open files are allowed (ulimit -n)";
        writeln!(io::stderr(), "{few}").unwrap();
        return;
    }
    let child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "the_server", "--nocapture"])
        .env(ASKED_FOR, "yes")
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut server = Server(child);
    let mut line = String::new();
    let words = server.0.stderr.take().unwrap();
    BufReader::new(words).read_line(&mut line).unwrap();
    let words: Vec<&str> = line.split_whitespace().collect();
    let token = Token::chosen(words[2]).unwrap();
    let control = Control::new(words[1].parse().unwrap(), token);
    let address = words[0].parse().unwrap();
    let mut wires: Vec<_> =
        (0..BURST).map(|_| Wire::at(address).unwrap()).collect();

    let pid = Pid::from_raw(server.0.id() as i32);
    kill(pid, Signal::SIGSTOP).unwrap();
    waitpid(pid, Some(WaitPidFlag::WUNTRACED)).unwrap();
    for wire in &mut wires {
        wire.send(get("/200"));
    }
    kill(pid, Signal::SIGCONT).unwrap();
    for wire in &mut wires {
        assert_eq!(wire.answer().status, 200);
    }
    let seen = control.witness().unwrap();
    assert_eq!((seen.requests, seen.done), (BURST, BURST));
    assert_eq!(seen.peak_in_flight, BURST);
}
