//! A client as a child process, and what it cost by the system's accounts.

use std::fs;
use std::io::{self, Read};
use std::process::{Child, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow};

use crate::child::listen::{Silence, hear};
use crate::child::{
    self, Family, Interrupted, children_of, end_program, kept_by,
};
use crate::interrupt::Interrupt;
use crate::trial::{Used, status_field};

/// How often to look at it: often enough to meet its peak, and a hundredth of
/// what a processor can do at most.
const LOOK: Duration = Duration::from_millis(10);

/// What is kept of what it prints, bytes.
const MOST_HEARD: u64 = 4 << 20;

/// How long the end of its output may come after its own.
const ECHO: Duration = Duration::from_secs(5);

/// What a program left that ran to its end.
#[derive(Debug)]
pub(super) struct Ran {
    pub(super) status: ExitStatus,
    pub(super) out: String,
    pub(super) err: String,
    pub(super) wall_ns: u64,
    /// User and system CPU time of it and of all that it started, ns.
    pub(super) user_ns: Option<u64>,
    pub(super) system_ns: Option<u64>,
    pub(super) peak_rss_bytes: Option<u64>,
    pub(super) threads: Option<u64>,
}

/// Runs `words` to its end, in a process group of its own: Ctrl-C reaches us
/// alone. Nothing that it started lives on.
///
/// # Errors
///
/// If it cannot be started or has not ended within `limit`; [`Interrupted`]
/// after Ctrl-C.
pub(super) fn run(
    words: &[String],
    limit: Duration,
    interrupt: &Interrupt,
) -> Result<Ran> {
    let mut command = child::program(words)?;
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    // What is on this machine is asked without a proxy, by all of them.
    command.env("NO_PROXY", "127.0.0.1").env("no_proxy", "127.0.0.1");
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    let family = Family::adopt();
    let before = Used::of_children();
    let start = Instant::now();
    let mut child =
        command.spawn().with_context(|| format!("cannot run {}", words[0]))?;
    let out = gather(child.stdout.take());
    let err = gather(child.stderr.take());
    let mut seen = Seen::default();
    let status = within(&mut child, limit, interrupt, &mut seen);
    let wall_ns = start.elapsed().as_nanos() as u64;
    if status.is_err() {
        end_program(&mut child);
    }
    // Who is left has our pipes, and costs something, too.
    family.end();
    let cost = before.until(&Used::of_children());
    let status = status.map_err(|silence| match silence {
        Silence::Interrupted => anyhow::Error::new(Interrupted),
        _ => anyhow!("it did not end within {} s", limit.as_secs_f64()),
    })?;
    let text = |from: Receiver<Vec<u8>>| {
        let heard = hear(&from, ECHO, interrupt).unwrap_or_default();
        String::from_utf8_lossy(&heard).into_owned()
    };
    Ok(Ran {
        status,
        out: text(out),
        err: text(err),
        wall_ns,
        user_ns: cost.user_ns,
        system_ns: cost.system_ns,
        peak_rss_bytes: seen.peak_rss_bytes,
        threads: seen.threads,
    })
}

/// Reads to the end, so that nobody waits for us, and keeps the beginning.
fn gather(from: Option<impl Read + Send + 'static>) -> Receiver<Vec<u8>> {
    let (text_tx, text) = channel();
    thread::spawn(move || {
        let mut kept = Vec::new();
        if let Some(mut from) = from {
            let _ = (&mut from).take(MOST_HEARD).read_to_end(&mut kept);
            let _ = io::copy(&mut from, &mut io::sink());
        }
        let _ = text_tx.send(kept);
    });
    text
}

fn within(
    child: &mut Child,
    limit: Duration,
    interrupt: &Interrupt,
    seen: &mut Seen,
) -> Result<ExitStatus, Silence> {
    let until = Instant::now() + limit;
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return Ok(status),
            Ok(None) if interrupt.raised() => return Err(Silence::Interrupted),
            Ok(None) if Instant::now() >= until => {
                return Err(Silence::TooLong);
            }
            Ok(None) => {}
            Err(_) => return Err(Silence::Ended),
        }
        seen.look(child.id());
        thread::park_timeout(LOOK);
    }
}

/// What its processes had when they were last looked at.
#[derive(Debug, Default)]
struct Seen {
    peak_rss_bytes: Option<u64>,
    threads: Option<u64>,
}

impl Seen {
    /// Each process keeps its own peak of memory, so the last look is the one
    /// that counts; it also forgets what the process was before it became the
    /// program. Of threads the most are kept: they end before it does.
    fn look(&mut self, keeper: u32) {
        let Some(program) = kept_by(keeper) else { return };
        let (mut memory, mut threads) = (0, 0);
        for process in with_children(program) {
            let path = format!("/proc/{process}/status");
            let status = fs::read_to_string(path).unwrap_or_default();
            memory += status_field(&status, "VmHWM:").unwrap_or(0) * 1024;
            threads += status_field(&status, "Threads:").unwrap_or(0);
        }
        if memory > 0 {
            self.peak_rss_bytes = Some(memory);
            self.threads = self.threads.max(Some(threads));
        }
    }
}

/// The process and all below it that its main threads have started.
fn with_children(process: u32) -> Vec<u32> {
    let mut found = vec![process];
    let mut at = 0;
    while let Some(parent) = found.get(at) {
        found.extend(children_of(*parent));
        at += 1;
    }
    found
}
