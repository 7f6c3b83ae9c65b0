//! `harness doctor`: what on this machine would disturb a measurement.
//!
//! Each file looks at one concern. What it reads of the system it gives to
//! functions that only judge: a number in, a `Finding`
//! out. What a system does not tell is said to be not available.

mod build;
mod finding;
mod frequency;
mod limits;
mod network;
mod processors;
mod server;
mod tell;

use std::process::ExitCode;
use std::time::Instant;

use anyhow::Result;

use self::server::Tried;
use crate::environment;
use crate::interrupt::{INTERRUPTED, Interrupt};
use crate::trial::Machine;

/// Looks at everything, tells what it found, and what to mend first.
///
/// # Errors
///
/// If the test server cannot be started.
pub fn doctor() -> Result<ExitCode> {
    let interrupt = Interrupt::install(|| ())?;
    // Looked at before this program does anything itself.
    let (before, began) = (Machine::now(), Instant::now());
    let environment = environment::capture(&interrupt);
    let others = processors::Others::sample();
    let tried = Tried::out(&interrupt)?;
    let host = before.until(&Machine::now());
    if interrupt.raised() {
        return Ok(ExitCode::from(INTERRUPTED));
    }
    let mut findings =
        processors::look(&environment, &host, &others, began.elapsed());
    findings.extend(frequency::look(&environment));
    findings.extend(limits::look(&environment));
    findings.extend(network::look(&environment));
    findings.extend(build::look(&environment));
    findings.extend(tried.findings());
    tell::tell(&findings);
    Ok(ExitCode::SUCCESS)
}
