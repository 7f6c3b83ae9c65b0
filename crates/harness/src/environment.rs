//! Looks at the machine, for `run.json`.

use std::fs;
use std::process::Stdio;
use std::thread;
use std::time::Duration;

use measurement::environment::Environment;

use crate::called::home;
use crate::child::{self, Interrupted, outside};
use crate::interrupt::Interrupt;
use crate::terminal::note;

/// The machine and the build, as far as the system tells.
pub fn capture(interrupt: &Interrupt) -> Environment {
    let cpuinfo = read("/proc/cpuinfo").unwrap_or_default();
    let flags = field(&cpuinfo, "flags");
    Environment {
        system: format!("{} {}", std::env::consts::OS, std::env::consts::ARCH),
        kernel: read("/proc/sys/kernel/osrelease"),
        processor: field(&cpuinfo, "model name"),
        processors: thread::available_parallelism().ok().map(Into::into),
        virtual_machine: flags
            .map(|flags| flags.split_whitespace().any(|f| f == "hypervisor")),
        governor: read("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor"),
        memory_bytes: field(
            &read("/proc/meminfo").unwrap_or_default(),
            "MemTotal",
        )
        .and_then(|kib| kib.split_whitespace().next()?.parse::<u64>().ok())
        .map(|kib| kib * 1024),
        open_files: test_server::raise_file_limit().ok(),
        somaxconn: read("/proc/sys/net/core/somaxconn")
            .and_then(|number| number.parse().ok()),
        port_range: read("/proc/sys/net/ipv4/ip_local_port_range").map(
            |range| range.split_whitespace().collect::<Vec<_>>().join("–"),
        ),
        load: read("/proc/loadavg")
            .and_then(|load| load.split_whitespace().next()?.parse().ok()),
        rustc: env!("HARNESS_RUSTC").to_owned(),
        profile: env!("HARNESS_PROFILE").to_owned(),
        commit: commit(interrupt),
        crates: env!("HARNESS_CRATES").split(", ").map(str::to_owned).collect(),
    }
}

fn read(path: &str) -> Option<String> {
    Some(fs::read_to_string(path).ok()?.trim().to_owned())
}

/// The value of a line such as `MemTotal:  24 kB` or `model name : X`.
fn field(text: &str, name: &str) -> Option<String> {
    let (_, value) = text
        .lines()
        .filter_map(|line| line.split_once(':'))
        .find(|(key, _)| key.trim() == name)?;
    Some(value.trim().to_owned())
}

/// How long git may take to name a commit. On a large folder that has never
/// been looked at it needs a second or two.
const GIT_WITHIN: Duration = Duration::from_secs(10);

/// The commit of the checkout that this program belongs to; none where it is
/// installed: the folder that it was built in may have another by now.
fn commit(interrupt: &Interrupt) -> Option<String> {
    let home = home()?;
    which::which("git").ok()?;
    let words = ["git", "describe", "--always", "--dirty", "--abbrev=12"];
    let words: Vec<String> = words
        .iter()
        .chain(&["--exclude=*"])
        .map(|word| (*word).to_owned())
        .collect();
    let mut command = child::program(&words).ok()?;
    command.current_dir(home);
    command.stderr(Stdio::null());
    match outside::ask(command, "git", GIT_WITHIN, interrupt) {
        Ok((_, text)) => {
            let text = String::from_utf8(text).ok()?;
            Some(text.trim().to_owned()).filter(|text| !text.is_empty())
        }
        Err(error) if error.is::<Interrupted>() => None,
        Err(error) => {
            note(format!("note: the commit is not recorded: {error:#}"));
            None
        }
    }
}
