//! The program's own children, found and ended from outside.

use std::collections::HashMap;
use std::fs;
use std::io::{BufRead, BufReader};
use std::net::{Ipv4Addr, SocketAddr};
use std::process::{Child, Command, Stdio};

use measurement::witness::Witness;
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use test_server::{Control, Token};

use crate::common::{Done, harness, read_to_end, until};

/// What opens the control ports of its servers, so that the tests can ask.
const TOKEN: &str = "chosen-by-the-tests";

/// The program at work in the background.
pub(crate) struct Running {
    child: Child,
}

impl Running {
    /// Starts it with these arguments.
    pub(crate) fn start(args: &[&str]) -> Running {
        Running::of(harness(args))
    }

    /// Starts this command in the background.
    pub(crate) fn of(mut command: Command) -> Running {
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        command.env("HARNESS_TOKEN", TOKEN);
        Running { child: command.spawn().expect("it starts") }
    }

    /// Reads a line of its results, and no more, as `head -1` does.
    pub(crate) fn reader_leaves(&mut self) {
        let out = self.child.stdout.take().expect("it is read once");
        let mut line = String::new();
        BufReader::new(out).read_line(&mut line).expect("it says something");
        assert!(line.ends_with('\n'), "{line}");
    }

    /// The process number of its child that was started with `subcommand`.
    /// There is one server a round and one child a trial.
    pub(crate) fn child(&self, subcommand: &str) -> Option<Pid> {
        let own = self.child.id();
        let list = format!("/proc/{own}/task/{own}/children");
        let children = fs::read_to_string(list).ok()?;
        let of_it = |pid: &&str| {
            fs::read_to_string(format!("/proc/{pid}/cmdline"))
                .is_ok_and(|line| line.split('\0').nth(1) == Some(subcommand))
        };
        let pid = children.split_whitespace().find(of_it)?;
        pid.parse().ok().map(Pid::from_raw)
    }

    /// Waits until a trial is in its middle: the server holds so many of its
    /// requests.
    pub(crate) fn in_flight(&self, requests: u64) {
        until("a trial is in its middle", || {
            let seen = witness_of(self.child("server-process")?)?;
            // What waits at the gate of the warm-up has no wait of its own.
            let of_a_trial = seen.stamps.iter().all(|stamp| stamp.wait_ns > 0);
            (seen.in_flight == requests && of_a_trial).then_some(())
        });
    }

    /// Sends it a signal.
    pub(crate) fn signal(&self, signal: Signal) {
        send(Pid::from_raw(self.child.id() as i32), signal);
    }

    /// Whether it has ended by now.
    pub(crate) fn ended(&self) -> Option<()> {
        let path = format!("/proc/{}/stat", self.child.id());
        let about = fs::read_to_string(path).ok()?;
        about.rsplit_once(") ")?.1.starts_with('Z').then_some(())
    }

    /// Waits for its end, and for that of every process that it started: they
    /// all hold its standard error.
    pub(crate) fn end(mut self) -> Done {
        let out = self.child.stdout.take();
        let err = self.child.stderr.take();
        let out = out.map(read_to_end).unwrap_or_default();
        let err = err.map(read_to_end).unwrap_or_default();
        let code = self.child.wait().expect("it was started").code();
        Done { code, out, err }
    }
}

impl Drop for Running {
    /// A test that fails leaves nothing behind either.
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Sends a signal.
pub(crate) fn send(process: Pid, signal: Signal) {
    kill(process, signal).expect("it is still there");
}

/// What the server process says at its control port.
fn witness_of(server: Pid) -> Option<Witness> {
    let token = Token::chosen(TOKEN).expect("it is a good one");
    listening(server)
        .into_iter()
        .find_map(|port| Control::new(port, token.clone()).witness().ok())
}

/// The addresses that a process listens on, the last opened first: that of
/// the witness comes after that of the pings.
fn listening(process: Pid) -> Vec<SocketAddr> {
    // sl local_address rem_address st ... inode; 0A is LISTEN.
    let table = fs::read_to_string("/proc/net/tcp").unwrap_or_default();
    let ports: HashMap<String, u16> = table
        .lines()
        .filter_map(|line| {
            let words: Vec<&str> = line.split_whitespace().collect();
            let (_, port) = words.get(1)?.split_once(':')?;
            let port = u16::from_str_radix(port, 16).ok()?;
            let listens = *words.get(3)? == "0A";
            listens.then(|| (format!("socket:[{}]", words[9]), port))
        })
        .collect();
    let open = fs::read_dir(format!("/proc/{process}/fd"));
    let mut found: Vec<(u32, u16)> = open
        .into_iter()
        .flatten()
        .filter_map(|entry| {
            let path = entry.ok()?.path();
            let number = path.file_name()?.to_str()?.parse().ok()?;
            let socket = fs::read_link(&path).ok()?;
            Some((number, *ports.get(socket.to_str()?)?))
        })
        .collect();
    found.sort_unstable();
    let address = |(_, port)| SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    found.into_iter().rev().map(address).collect()
}
