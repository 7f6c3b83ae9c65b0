//! `kill-runs [--runs N] [--seed S] [--record FILE]`: so many kill runs, with
//! a line on standard error for each and a record of all.

#[cfg(unix)]
mod asked;
#[cfg(unix)]
mod campaign;

use std::process::ExitCode;

#[cfg(unix)]
fn main() -> ExitCode {
    campaign::main()
}

#[cfg(not(unix))]
fn main() -> ExitCode {
    eprintln!("kill-runs: this system has no signals to kill with");
    ExitCode::from(2)
}
