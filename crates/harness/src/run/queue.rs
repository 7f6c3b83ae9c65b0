//! The queue that the trials of a lesson are shared over: a `nats-server` of
//! ours, for as long as the lesson runs.

use anyhow::Result;
use measurement::course::Lesson;

use crate::interrupt::Interrupt;

#[cfg(feature = "many-machines")]
pub(super) use ours::Queue;

/// Starts the queue of a lesson; none where it needs none.
///
/// # Errors
///
/// If this program was built without one, or there is no server for it here.
pub(super) fn queue_of(
    lesson: &Lesson,
    interrupt: &Interrupt,
) -> Result<Option<Queue>> {
    can_be_measured(lesson)?;
    #[cfg(feature = "many-machines")]
    if lesson.needs_queue() {
        return Queue::start(interrupt).map(Some);
    }
    let _ = interrupt;
    Ok(None)
}

/// Whether a lesson can be gone through here: not if it needs a queue and there
/// cannot be one.
///
/// # Errors
///
/// What to do then.
pub fn can_be_measured(lesson: &Lesson) -> Result<()> {
    if !lesson.needs_queue() {
        return Ok(());
    }
    #[cfg(not(feature = "many-machines"))]
    return Err(crate::usage::without_machines());
    #[cfg(feature = "many-machines")]
    ours::program().map(drop)
}

/// In a program that was built without one there is none.
#[cfg(not(feature = "many-machines"))]
#[derive(Debug)]
pub(super) enum Queue {}

#[cfg(not(feature = "many-machines"))]
impl Queue {
    /// Where it is.
    pub(in crate::run) fn url(&self) -> &str {
        match *self {}
    }
}

#[cfg(feature = "many-machines")]
mod ours {
    use std::fs::File;
    use std::path::PathBuf;
    use std::process::{Child, Stdio};
    use std::thread;
    use std::time::{Duration, Instant};

    use anyhow::{Context, Result, bail};
    use local_nats::{Config, find, free_ports, greets};
    use tempfile::TempDir;

    use crate::child::listen::Interrupted;
    use crate::child::{end_program, program as kept};
    use crate::interrupt::Interrupt;
    use crate::usage::usage;

    /// A `nats-server` on 127.0.0.1, which ends when this is dropped, and when
    /// the harness ends.
    #[derive(Debug)]
    pub(in crate::run) struct Queue {
        child: Child,
        url: String,
        _folder: TempDir,
    }

    /// How long it may take until it greets.
    const PATIENCE: Duration = Duration::from_secs(30);

    /// Where the program is.
    pub(super) fn program() -> Result<PathBuf> {
        find().ok_or_else(|| {
            usage(
                "there is no nats-server on this machine, and this lesson \
                 starts one; install it (Debian: apt install nats-server)",
            )
        })
    }

    impl Queue {
        pub(in crate::run) fn start(interrupt: &Interrupt) -> Result<Queue> {
            let program = program()?.to_string_lossy().into_owned();
            let folder =
                TempDir::new().context("cannot make a folder for it")?;
            let port = free_ports(1).context("cannot find a free port")?[0];
            let path = folder.path().join("nats.conf");
            Config::new(port, &folder.path().join("store"))
                .write(&path)
                .with_context(|| format!("cannot write {}", path.display()))?;
            let log = File::create(folder.path().join("log"))
                .context("cannot write its log")?;
            let words = ["--config".to_owned(), path.display().to_string()];
            let mut command =
                kept(&[std::slice::from_ref(&program), &words[..]].concat())?;
            command.stdin(Stdio::null()).stdout(log.try_clone()?).stderr(log);
            let child = command
                .spawn()
                .with_context(|| format!("cannot start {program}"))?;
            let url = format!("nats://127.0.0.1:{port}");
            let mut queue = Queue { child, url, _folder: folder };
            let end = Instant::now() + PATIENCE;
            while !greets(port) {
                if interrupt.raised() {
                    return Err(Interrupted.into());
                }
                let gone =
                    queue.child.try_wait().is_ok_and(|end| end.is_some());
                if gone || Instant::now() >= end {
                    let log = queue._folder.path().join("log");
                    let said = std::fs::read_to_string(log).unwrap_or_default();
                    let last = said.lines().last().unwrap_or("nothing");
                    bail!("{program} does not answer; it said: {last}");
                }
                thread::park_timeout(Duration::from_millis(5));
            }
            Ok(queue)
        }

        /// Where it is.
        pub(in crate::run) fn url(&self) -> &str {
            &self.url
        }
    }

    impl Drop for Queue {
        fn drop(&mut self) {
            end_program(&mut self.child);
        }
    }
}
