//! A program of somebody else as a child process, and what it cost by the
//! system's accounts.

mod looks;

pub(crate) use looks::Looks;

use std::fs;
use std::io::Read;
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

/// What is kept of the beginning of what it prints, bytes, and of the end.
const MOST_HEARD: usize = 4 << 20;
const LAST_HEARD: usize = 4 << 10;

/// How long the end of its output may come after its own.
const ECHO: Duration = Duration::from_secs(5);

/// What a program may use.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limits {
    pub(crate) time: Duration,
    /// Memory of all its processes, bytes.
    pub(crate) memory: Option<u64>,
}

/// How a program came to its end.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Ended {
    /// By itself.
    Alone(ExitStatus),
    /// Its time was up.
    TimeUp,
    /// It took too much memory.
    TooLarge,
}

/// What a program left.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) ended: Ended,
    pub(crate) out: Heard,
    pub(crate) err: Heard,
    pub(crate) wall_ns: u64,
    /// User and system CPU time of it and of all that it started, ns.
    pub(crate) user_ns: Option<u64>,
    pub(crate) system_ns: Option<u64>,
    pub(crate) peak_rss_bytes: Option<u64>,
    pub(crate) threads: Option<u64>,
    /// Processes that were still there when it had ended by itself.
    pub(crate) left: usize,
}

/// What a program printed.
#[derive(Debug, Default)]
pub(crate) struct Heard {
    /// The beginning of it.
    pub(crate) text: String,
    /// Its end, where that is not in `text`.
    pub(crate) tail: Option<String>,
}

/// Runs `words` to its end, in a process group of its own: Ctrl-C reaches us
/// alone. Nothing that it started lives on.
///
/// # Errors
///
/// If it cannot be started or has not ended within `limit`; [`Interrupted`]
/// after Ctrl-C.
pub(crate) fn run(
    words: &[String],
    limit: Duration,
    interrupt: &Interrupt,
) -> Result<(ExitStatus, Ran)> {
    let limits = Limits { time: limit, memory: None };
    let (ran, ()) = watch(words, limits, interrupt, None, || {})?;
    match ran.ended {
        Ended::Alone(status) => Ok((status, ran)),
        _ => Err(anyhow!("it did not end within {} s", limit.as_secs_f64())),
    }
}

/// The same, of a program that may have to be ended, and whose rests are
/// looked for in `looks`. `at_the_end` is called
/// when the program has ended or its limits are over, and what it has started
/// is still there.
///
/// # Errors
///
/// If it cannot be started; [`Interrupted`] after Ctrl-C.
pub(crate) fn watch<T>(
    words: &[String],
    limits: Limits,
    interrupt: &Interrupt,
    mut looks: Option<&mut Looks>,
    at_the_end: impl FnOnce() -> T,
) -> Result<(Ran, T)> {
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
    let ended =
        within(&mut child, limits, interrupt, &mut seen, looks.as_deref_mut());
    if let Some(looks) = looks {
        looks.forget();
    }
    let wall_ns = start.elapsed().as_nanos() as u64;
    let left = match ended {
        Ok(Ended::Alone(_)) => family.left(),
        _ => 0,
    };
    let told = at_the_end();
    if !matches!(ended, Ok(Ended::Alone(_))) {
        end_program(&mut child);
    }
    // Who is left has our pipes, and costs something, too.
    family.end();
    let cost = before.until(&Used::of_children());
    let ended = ended.map_err(|silence| match silence {
        Silence::Interrupted => anyhow::Error::new(Interrupted),
        _ => anyhow!("nobody knows how {} ended", words[0]),
    })?;
    let heard = |from: Receiver<Heard>| {
        hear(&from, ECHO, interrupt).unwrap_or_default()
    };
    let ran = Ran {
        ended,
        out: heard(out),
        err: heard(err),
        wall_ns,
        user_ns: cost.user_ns,
        system_ns: cost.system_ns,
        peak_rss_bytes: seen.peak_rss_bytes,
        threads: seen.threads,
        left,
    };
    Ok((ran, told))
}

/// Reads to the end, so that nobody waits for us, and keeps the beginning, and
/// of what is longer a little of the end.
fn gather(from: Option<impl Read + Send + 'static>) -> Receiver<Heard> {
    let (heard_tx, heard) = channel();
    thread::spawn(move || {
        let (mut kept, mut tail) = (Vec::new(), Vec::new());
        let mut piece = [0; 16 << 10];
        let mut from = from;
        while let Some(from) = &mut from
            && let Ok(length @ 1..) = from.read(&mut piece)
        {
            let room = MOST_HEARD - kept.len();
            let (first, rest) = piece[..length].split_at(length.min(room));
            kept.extend_from_slice(first);
            tail.extend_from_slice(rest);
            if tail.len() > 16 * LAST_HEARD {
                tail.drain(..tail.len() - LAST_HEARD);
            }
        }
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let tail = (!tail.is_empty()).then(|| text(&tail));
        let _ = heard_tx.send(Heard { text: text(&kept), tail });
    });
    heard
}

fn within(
    child: &mut Child,
    limits: Limits,
    interrupt: &Interrupt,
    seen: &mut Seen,
    mut looks: Option<&mut Looks>,
) -> Result<Ended, Silence> {
    let until = Instant::now() + limits.time;
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return Ok(Ended::Alone(status)),
            Ok(None) if interrupt.raised() => return Err(Silence::Interrupted),
            Ok(None) if Instant::now() >= until => return Ok(Ended::TimeUp),
            Ok(None) => {}
            Err(_) => return Err(Silence::Ended),
        }
        let look = Instant::now();
        seen.look(child.id());
        if let Some(looks) = &mut looks {
            looks.look();
        }
        let memory = seen.peak_rss_bytes.unwrap_or(0);
        if limits.memory.is_some_and(|most| memory > most) {
            return Ok(Ended::TooLarge);
        }
        thread::park_timeout(looks::pause(look.elapsed(), LOOK));
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
