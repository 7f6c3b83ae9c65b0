//! Two machines and the cable between them: network namespaces and a pair of
//! veth devices. They have no names outside: the system removes them with the
//! last process in them, however that ends.

use std::env;
use std::io::{self, BufRead, BufReader, Write};
use std::process::{Child, ChildStdout, Command, Stdio};

/// Where the machine here is reached: an address that its cable does not take
/// along when it is cut. Of the range that is for tests of networks.
pub(crate) const REACHED: &str = "198.18.0.1";

const INSIDE: &str = "LESSON_12_CABLE";

/// What has to be possible.
const TRIAL: &str = "ip link set lo up && \
                     ip link add here type veth peer name there && \
                     unshare --net true";

/// How to get a network of one's own, here: as root, or as somebody who is
/// root there alone.
fn unshared() -> Option<Command> {
    let ways: [&[&str]; 2] = [&["--net"], &["--map-root-user", "--net"]];
    ways.into_iter().find_map(|way| {
        let unshare = || {
            let mut command = Command::new("unshare");
            command.args(way);
            command
        };
        let mut trial = unshare();
        trial.args(["sh", "-c", TRIAL]);
        trial.stdout(Stdio::null()).stderr(Stdio::null());
        let possible = trial.status().is_ok_and(|status| status.success());
        possible.then(unshare)
    })
}

/// Whether the test is left out, because this machine gives nobody a network
/// of his own; a line says so. In CI, too: it takes rights that a container
/// seldom has.
pub(crate) fn skipped() -> bool {
    let skipped = unshared().is_none();
    if skipped {
        let line = "skipped: no network namespaces on this machine, for us\n";
        let _ = io::stderr().write_all(line.as_bytes());
    }
    skipped
}

/// Runs that test of this program in a network of its own.
pub(crate) fn inside(test: &str) {
    let mut command = unshared().expect("tried before");
    command.arg(env::current_exe().unwrap());
    command.args(["--exact", test, "--nocapture"]).env(INSIDE, "1");
    let done = command.output().unwrap();
    let said = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "{said}");
}

pub(crate) fn is_inside() -> bool {
    env::var_os(INSIDE).is_some()
}

fn ip(args: &str) {
    let done = Command::new("ip").args(args.split(' ')).output().unwrap();
    let said = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "ip {args}: {said}");
}

/// Makes this machine one that can be reached.
pub(crate) fn here() {
    ip("link set lo up");
    ip(&format!("address add {REACHED}/32 dev lo"));
}

/// The machine far away, with its end of the cable.
pub(crate) struct Far {
    machine: Child,
    /// Kept, so that what it prints has somewhere to go.
    _out: BufReader<ChildStdout>,
}

/// What it does first: it says that it is there, waits for its end of the
/// cable, and becomes the worker.
const BOOT: &str = "echo there && read plugged && \
                    ip link set lo up && \
                    ip address add 198.18.1.2/30 dev there && \
                    ip link set there up && \
                    ip route add 198.18.0.1 via 198.18.1.1 && \
                    exec \"$@\"";

impl Far {
    /// Starts it with this program.
    pub(crate) fn start(program: &Command) -> Far {
        let mut command = Command::new("unshare");
        command.args(["--net", "sh", "-c", BOOT, "sh"]);
        command.arg(program.get_program()).args(program.get_args());
        for (name, value) in program.get_envs() {
            command.env(name, value.unwrap());
        }
        command.env_remove(INSIDE);
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut machine = command.spawn().unwrap();
        let mut out = BufReader::new(machine.stdout.take().unwrap());
        let mut line = String::new();
        out.read_line(&mut line).unwrap();
        assert_eq!(line, "there\n");
        ip("link add here type veth peer name there");
        ip(&format!("link set there netns {}", machine.id()));
        ip("address add 198.18.1.1/30 dev here");
        ip("link set here up");
        machine.stdin.take().unwrap().write_all(b"plugged\n").unwrap();
        Far { machine, _out: out }
    }

    /// Cuts the cable.
    pub(crate) fn cut(&self) {
        ip("link set here down");
    }

    /// Makes it whole again.
    pub(crate) fn mend(&self) {
        ip("link set here up");
    }

    /// Waits until its worker says that there is no more to do.
    pub(crate) fn ends(mut self) {
        let status = self.machine.wait().unwrap();
        assert!(status.success(), "{status}");
    }
}

impl Drop for Far {
    fn drop(&mut self) {
        let _ = self.machine.kill();
        let _ = self.machine.wait();
    }
}
