use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, Command, ExitStatus};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow, bail};

use super::message::FAILED;
use crate::child::listen::{Silence, hear};
use crate::child::{end, end_program, kept_by};
use crate::interrupt::Interrupt;

#[cfg(all(test, unix))]
mod tests;

/// The longest line a child may say of so many pings, bytes: several times
/// what a result takes. Whatever is longer is none.
fn longest_line(pings: usize) -> u64 {
    (1 << 20) + 2048 * pings as u64
}

/// So many lines wait to be heard; a child that says more must wait.
const UNHEARD: usize = 4;

/// A child that we talk with, line by line. It is ended when this is dropped.
pub(crate) struct Talk<'a> {
    child: Child,
    stdin: ChildStdin,
    lines: Receiver<std::io::Result<String>>,
    interrupt: &'a Interrupt,
    deadline: Instant,
    whose: Whose,
}

/// Whom we talk with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Whose {
    /// A process of the harness.
    Own,
    /// A program, through its keeper.
    Kept,
}

impl<'a> Talk<'a> {
    pub(crate) fn start(
        mut command: Command,
        interrupt: &'a Interrupt,
        watchdog: Duration,
        pings: usize,
        whose: Whose,
    ) -> Result<Talk<'a>> {
        let mut child = command.spawn().context("cannot start it")?;
        let stdin = child.stdin.take().expect("its input is piped");
        let stdout = child.stdout.take().expect("its output is piped");
        let (line_tx, lines) = sync_channel(UNHEARD);
        let deadline = Instant::now() + watchdog;
        let talk = Talk { child, stdin, lines, interrupt, deadline, whose };
        let longest = longest_line(pings);
        thread::Builder::new()
            .spawn(move || read_lines(stdout, longest, &line_tx))
            .context("cannot start a thread to hear it")?;
        Ok(talk)
    }

    /// The process number of whoever does the pings.
    pub(crate) fn performer(&self) -> Option<u32> {
        match self.whose {
            Whose::Own => Some(self.child.id()),
            Whose::Kept => kept_by(self.child.id()),
        }
    }

    pub(crate) fn say(&mut self, line: &str) -> Result<()> {
        writeln!(self.stdin, "{line}")
            .and_then(|()| self.stdin.flush())
            .map_err(|_| self.obituary())
    }

    pub(crate) fn hear(&mut self) -> Result<String> {
        self.hear_until(self.deadline)?.ok_or_else(|| {
            anyhow!("hung: ended by the watchdog without an answer")
        })
    }

    /// The next line, or none if it has not come by then.
    pub(crate) fn hear_until(
        &mut self,
        until: Instant,
    ) -> Result<Option<String>> {
        let until = until.min(self.deadline);
        let left = until.saturating_duration_since(Instant::now());
        match hear(&self.lines, left, self.interrupt) {
            Ok(line) => {
                let line = line.context("cannot hear it")?;
                if let Some(reason) = line.strip_prefix(FAILED) {
                    bail!("{}", reason.trim());
                }
                Ok(Some(line))
            }
            Err(Silence::Ended) => Err(self.obituary()),
            Err(Silence::Interrupted) => bail!("interrupted"),
            Err(Silence::TooLong) => Ok(None),
        }
    }

    /// Why it says nothing any more. A moment passes between the end of a
    /// process's output and its own.
    fn obituary(&mut self) -> anyhow::Error {
        loop {
            match self.child.try_wait() {
                Ok(Some(status)) => {
                    let cause = cause(status);
                    return anyhow!("ended before its result: {cause}");
                }
                Ok(None) if self.interrupt.raised() => {
                    return anyhow!("interrupted");
                }
                Ok(None) if Instant::now() >= self.deadline => {
                    return anyhow!("hung: it closed its output and went on");
                }
                Ok(None) => thread::park_timeout(Duration::from_millis(10)),
                Err(error) => return anyhow!("lost: {error}"),
            }
        }
    }
}

impl Drop for Talk<'_> {
    fn drop(&mut self) {
        match self.whose {
            Whose::Own => end(&mut self.child),
            Whose::Kept => end_program(&mut self.child),
        }
    }
}

fn read_lines(
    stdout: impl Read,
    longest: u64,
    lines: &SyncSender<std::io::Result<String>>,
) {
    let mut reader = BufReader::new(stdout);
    loop {
        let mut line = String::new();
        let read = (&mut reader).take(longest).read_line(&mut line);
        let said = match read {
            Ok(0) => return,
            Ok(_) => lines.send(Ok(line)),
            Err(error) => lines.send(Err(error)),
        };
        if said.is_err() {
            return;
        }
    }
}

fn cause(status: ExitStatus) -> String {
    #[cfg(unix)]
    if let Some(signal) = std::os::unix::process::ExitStatusExt::signal(&status)
    {
        return format!("killed by signal {signal}");
    }
    status.to_string()
}
