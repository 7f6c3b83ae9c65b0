//! Tells the program what it was built with, for `run.json`.

use std::env;
use std::fs;
use std::process::Command;

/// The crates whose versions a result depends on.
const UNDER_TEST: [&str; 8] = [
    "crossbeam",
    "crossbeam-channel",
    "hyper",
    "hyper-util",
    "mio",
    "reqwest",
    "tokio",
    "ureq",
];

fn main() {
    let rustc = env::var("RUSTC").unwrap_or_else(|_| "rustc".to_owned());
    let rustc = output(&rustc, &["--version"]).unwrap_or_default();
    let level = env::var("OPT_LEVEL").unwrap_or_default();
    let assertions = env::var_os("CARGO_CFG_DEBUG_ASSERTIONS").is_some();
    println!("cargo::rustc-env=HARNESS_RUSTC={rustc}");
    println!(
        "cargo::rustc-env=HARNESS_PROFILE=opt-level {level}, debug assertions {}",
        if assertions { "on" } else { "off" }
    );
    println!("cargo::rustc-env=HARNESS_CRATES={}", versions());
    println!("cargo::rerun-if-changed=../../Cargo.lock");
    println!("cargo::rerun-if-changed=build.rs");
}

/// `name version` of each crate under test, from the lock file.
fn versions() -> String {
    let lock = fs::read_to_string("../../Cargo.lock").unwrap_or_default();
    let mut found = Vec::new();
    let mut lines = lock.lines();
    while let Some(line) = lines.next() {
        let Some(name) = quoted(line, "name = ") else { continue };
        let version = lines.next().and_then(|line| quoted(line, "version = "));
        if let Some(version) = version.filter(|_| UNDER_TEST.contains(&name)) {
            found.push(format!("{name} {version}"));
        }
    }
    found.join(", ")
}

fn quoted<'a>(line: &'a str, key: &str) -> Option<&'a str> {
    Some(line.strip_prefix(key)?.trim_matches('"'))
}

fn output(program: &str, arguments: &[&str]) -> Option<String> {
    let output = Command::new(program).args(arguments).output().ok()?;
    Some(String::from_utf8(output.stdout).ok()?.trim().to_owned())
}
