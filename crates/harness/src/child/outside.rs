//! Programs of others that we ask something: git, cargo, Python.

use std::io::{self, Read};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::channel;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow};

use super::end::end_program;
use super::listen::{GLANCE, Interrupted, Silence, hear};
use crate::interrupt::Interrupt;

#[cfg(all(test, unix))]
mod tests;

/// What is kept of a program that talks without end, bytes. What cargo says
/// of a build of all crates is a hundredth of it.
const MOST_HEARD: u64 = 64 << 20;

/// Runs `command` to its end and tells what it printed. It reads nothing.
///
/// # Errors
///
/// If it cannot be started or has not ended within `limit`; `name` says in
/// the error who was waited for. [`Interrupted`] after Ctrl-C.
pub(crate) fn ask(
    mut command: Command,
    name: &str,
    limit: Duration,
    interrupt: &Interrupt,
) -> Result<(ExitStatus, Vec<u8>)> {
    command.stdin(Stdio::null()).stdout(Stdio::piped());
    let mut child =
        command.spawn().with_context(|| format!("cannot run {name}"))?;
    let told = within(&mut child, limit, interrupt);
    told.map_err(|silence| {
        end_program(&mut child);
        match silence {
            Silence::Interrupted => anyhow::Error::new(Interrupted),
            _ => anyhow!(
                "{name} did not end within {} s and was ended; does it work \
                 when you run it yourself?",
                limit.as_secs_f64()
            ),
        }
    })
}

fn within(
    child: &mut Child,
    limit: Duration,
    interrupt: &Interrupt,
) -> Result<(ExitStatus, Vec<u8>), Silence> {
    let until = Instant::now() + limit;
    let mut stdout = child.stdout.take().ok_or(Silence::Ended)?;
    let (text_tx, text) = channel();
    thread::spawn(move || {
        let mut kept = Vec::new();
        let _ = (&mut stdout).take(MOST_HEARD).read_to_end(&mut kept);
        let _ = io::copy(&mut stdout, &mut io::sink());
        let _ = text_tx.send(kept);
    });
    let text = hear(&text, limit, interrupt)?;
    // A moment passes between the end of its output and its own.
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return Ok((status, text)),
            Ok(None) if interrupt.raised() => return Err(Silence::Interrupted),
            Ok(None) if Instant::now() < until => {
                thread::park_timeout(GLANCE / 20);
            }
            Ok(None) => return Err(Silence::TooLong),
            Err(_) => return Err(Silence::Ended),
        }
    }
}
