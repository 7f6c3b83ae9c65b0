//! A process for each ping in hand: the way of languages whose threads cannot
//! compute at once.
//!
//! The parent tells each process one URL a line, and hears one line for it. A
//! process has its own memory, client and connections, and what it fetched
//! stays there: only numbers come back.

use std::io::{self, BufRead, BufReader, Write};
use std::num::NonZeroUsize;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use ping_core::{Agent, Ping, PingError, Reply, ping};

use crate::work::hashed;

/// Pings every URL by `concurrency` processes, each started with the command
/// that `program` makes, which is to end up in [`serve`]. All have ended when
/// this returns, so that the system has counted what they cost.
///
/// Where a process cannot be started, fewer do it all; without any it is all
/// [`PingError::NoThread`]. One that dies leaves one ping that says so.
///
/// # Panics
///
/// If a ping does, which it never should.
pub fn ping_all(
    program: &(dyn Fn() -> Command + Sync),
    urls: &[String],
    concurrency: NonZeroUsize,
) -> Vec<Ping> {
    let next = AtomicUsize::new(0);
    let take = || urls.get(next.fetch_add(1, Ordering::Relaxed));
    let work = || {
        let mut pings = Vec::new();
        let Ok(mut worker) = Worker::start(program()) else { return pings };
        while let Some(url) = take() {
            let (ping, alive) = worker.ping(url);
            pings.push(ping);
            if !alive {
                break;
            }
        }
        pings
    };
    let mut pings: Vec<Ping> = thread::scope(|scope| {
        let spawn = |_| thread::Builder::new().spawn_scoped(scope, work).ok();
        let threads = 0..concurrency.get().min(urls.len());
        let threads: Vec<_> = threads.map_while(spawn).collect();
        let joined = threads.into_iter().map(|thread| thread.join());
        joined.flat_map(|pings| pings.expect("a ping never panics")).collect()
    });
    while let Some(url) = take() {
        let why = "no process is there for it".to_owned();
        pings.push(Ping::unstarted(url, PingError::NoThread(why)));
    }
    pings
}

/// The other side: reads URLs, a line each, pings them one after another, hashes
/// each body so many times, and writes a line for each, until the input ends.
///
/// # Errors
///
/// If nobody speaks or listens any more.
pub fn serve(
    input: impl BufRead,
    mut output: impl Write,
    agent: &Agent,
    hashes: u32,
) -> io::Result<()> {
    for url in input.lines() {
        let ping = hashed(ping(agent, &url?), hashes);
        let ns = ping.elapsed.as_nanos();
        match ping.result {
            Ok(Reply { status, bytes, digest, .. }) => {
                writeln!(output, "{ns} {status} {bytes} {digest}")?;
            }
            Err(error) => {
                let words = error.to_string().replace('\n', " ");
                writeln!(output, "{ns} {words}")?;
            }
        }
        output.flush()?;
    }
    Ok(())
}

/// A process that pings.
struct Worker {
    process: Child,
    /// None when it is to end.
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
}

impl Worker {
    fn start(mut command: Command) -> io::Result<Worker> {
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut process = command.spawn()?;
        let output = process.stdout.take().expect("it is piped");
        let input = process.stdin.take();
        Ok(Worker { process, input, output: BufReader::new(output) })
    }

    /// The ping, and whether the process is there for more.
    fn ping(&mut self, url: &str) -> (Ping, bool) {
        let started = Instant::now();
        let said = self.ask(url);
        let told = said.as_deref().ok().and_then(told);
        let alive = told.is_some();
        let gone = || {
            let why = "the process that had it has ended".to_owned();
            (started.elapsed(), Err(PingError::Other(why)))
        };
        let (elapsed, result) = told.unwrap_or_else(gone);
        let url = url.to_owned();
        (Ping { url, started, elapsed, result, retried: false }, alive)
    }

    fn ask(&mut self, url: &str) -> io::Result<String> {
        let input = self.input.as_mut().ok_or(io::ErrorKind::BrokenPipe)?;
        // A line is one URL, whatever is in it.
        writeln!(input, "{}", url.replace(['\r', '\n'], " "))?;
        let mut line = String::new();
        self.output.read_line(&mut line)?;
        Ok(line)
    }
}

impl Drop for Worker {
    /// Its input ends, and so does it.
    fn drop(&mut self) {
        drop(self.input.take());
        let _ = self.process.wait();
    }
}

/// What a line says: how long the ping took, and what came of it.
fn told(line: &str) -> Option<(Duration, Result<Reply, PingError>)> {
    let (ns, words) = line.strip_suffix('\n')?.split_once(' ')?;
    let elapsed = Duration::from_nanos(ns.parse().ok()?);
    let mut numbers = words.split(' ').map(str::parse);
    let (status, bytes, digest) =
        (numbers.next()?, numbers.next(), numbers.next());
    let reply = match (status, bytes, digest) {
        (Ok(status), Some(Ok(bytes)), Some(Ok(digest))) => Ok(Reply {
            status: u16::try_from(status).ok()?,
            bytes,
            digest,
            head: Box::default(),
            retry_after: None,
        }),
        _ => Err(PingError::Other(words.to_owned())),
    };
    Some((elapsed, reply))
}
