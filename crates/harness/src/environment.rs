//! Looks at the machine, for `run.json`.

use std::fs;
use std::process::{Command, Stdio};
use std::thread;

use measurement::environment::Environment;

/// The machine and the build, as far as the system tells.
pub fn capture() -> Environment {
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
        commit: commit(),
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

/// The commit of the source that this was built from, if its folder is still
/// there.
fn commit() -> Option<String> {
    let output = Command::new("git")
        .args(["-C", env!("CARGO_MANIFEST_DIR"), "describe", "--always"])
        .args(["--dirty", "--abbrev=12", "--exclude=*"])
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()
        .ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    Some(text.trim().to_owned()).filter(|text| !text.is_empty())
}
