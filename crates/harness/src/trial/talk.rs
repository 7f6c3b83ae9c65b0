use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, Command, ExitStatus};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow, bail};

use super::message::FAILED;
use crate::interrupt::Interrupt;

#[cfg(all(test, unix))]
mod tests;

/// The longest line a child may say, bytes. A record of 100,000 pings is a
/// tenth of it.
const LINE_LIMIT: u64 = 256 * 1024 * 1024;

/// A child that we talk with, line by line. It is killed when this is dropped.
pub(super) struct Talk<'a> {
    child: Child,
    stdin: ChildStdin,
    lines: Receiver<std::io::Result<String>>,
    interrupt: &'a Interrupt,
    deadline: Instant,
}

impl<'a> Talk<'a> {
    pub(super) fn start(
        mut command: Command,
        interrupt: &'a Interrupt,
        watchdog: Duration,
    ) -> Result<Talk<'a>> {
        let mut child = command.spawn().context("cannot start it")?;
        let stdin = child.stdin.take().expect("its input is piped");
        let stdout = child.stdout.take().expect("its output is piped");
        let (line_tx, lines) = channel();
        thread::Builder::new()
            .spawn(move || read_lines(stdout, &line_tx))
            .context("cannot start a thread to hear it")?;
        let deadline = Instant::now() + watchdog;
        Ok(Talk { child, stdin, lines, interrupt, deadline })
    }

    /// Its process number.
    pub(super) fn id(&self) -> u32 {
        self.child.id()
    }

    pub(super) fn say(&mut self, line: &str) -> Result<()> {
        writeln!(self.stdin, "{line}")
            .and_then(|()| self.stdin.flush())
            .map_err(|_| self.obituary())
    }

    pub(super) fn hear(&mut self) -> Result<String> {
        self.hear_until(self.deadline)?.ok_or_else(|| {
            anyhow!("hung: ended by the watchdog without an answer")
        })
    }

    /// The next line, or none if it has not come by then.
    pub(super) fn hear_until(
        &mut self,
        until: Instant,
    ) -> Result<Option<String>> {
        let until = until.min(self.deadline);
        loop {
            // An interrupt sets a flag from another thread; a look at it ten
            // times a second is seldom enough not to disturb a trial.
            let left = until.saturating_duration_since(Instant::now());
            let step = left.min(Duration::from_millis(100));
            match self.lines.recv_timeout(step) {
                Ok(line) => {
                    let line = line.context("cannot hear it")?;
                    if let Some(reason) = line.strip_prefix(FAILED) {
                        bail!("{}", reason.trim());
                    }
                    return Ok(Some(line));
                }
                Err(RecvTimeoutError::Disconnected) => {
                    return Err(self.obituary());
                }
                Err(RecvTimeoutError::Timeout) if self.interrupt.raised() => {
                    bail!("interrupted");
                }
                Err(RecvTimeoutError::Timeout) if left.is_zero() => {
                    return Ok(None);
                }
                Err(RecvTimeoutError::Timeout) => {}
            }
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
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn read_lines(stdout: impl Read, lines: &Sender<std::io::Result<String>>) {
    let mut reader = BufReader::new(stdout);
    loop {
        let mut line = String::new();
        let read = (&mut reader).take(LINE_LIMIT).read_line(&mut line);
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
