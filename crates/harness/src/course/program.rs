//! The small programs of the course: built by cargo from what stands in the
//! checkout, and run before a server of ours like anybody's program.

use std::env;
use std::ffi::OsStr;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow, bail};
use measurement::waits::Plan;
use measurement::witness::Witness;
use serde::Deserialize;

use crate::child::{self, Family, Server, kept_by, outside};
use crate::interrupt::{Interrupt, ended_by_ctrl_c};
use crate::terminal::note;
use crate::trial::threads;

/// What a program did.
#[derive(Debug)]
pub struct Performance {
    /// What the server saw of it.
    pub witness: Witness,
    /// What it printed.
    pub lines: Vec<String>,
    /// What it said on standard error.
    pub complaints: Vec<String>,
    /// The most threads that it was seen with; none where the system does not
    /// tell.
    pub threads: Option<u64>,
    /// How it ended.
    pub ended: Ended,
}

/// How a program ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// By itself, with success.
    Well,
    /// By itself, without.
    Badly,
    /// It did not, until a watchdog ended it.
    Hung,
}

/// Builds these examples of a package, with this feature of it if one is named,
/// and tells where they are, in the same order.
///
/// For the whole workspace: a package by itself asks for fewer features of its
/// dependencies, and cargo would build them again for each lesson.
///
/// # Errors
///
/// If cargo is not to be had, or cannot build them; it has said why.
pub fn build(
    root: &Path,
    package: &str,
    examples: &[&str],
    feature: Option<&str>,
    interrupt: &Interrupt,
) -> Result<Vec<PathBuf>> {
    note(format!("building {}", examples.join(" and ")));
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut words = vec![cargo.to_string_lossy().into_owned()];
    words.extend(["build", "--quiet", "--workspace"].map(str::to_owned));
    words.extend(
        ["--message-format", "json-render-diagnostics"].map(str::to_owned),
    );
    for example in examples {
        words.extend(["--example", example].map(str::to_owned));
    }
    if let Some(feature) = feature {
        words.extend(["--features".to_owned(), format!("{package}/{feature}")]);
    }
    let mut command = child::program(&words)?;
    command.current_dir(root);
    forget_cargo(&mut command);
    let asked = outside::ask(command, "cargo", BUILT_WITHIN, interrupt);
    let (status, text) = asked.context("cannot build the course's programs")?;
    // It heard Ctrl-C, too, and may have ended first.
    if ended_by_ctrl_c(status) {
        interrupt.raise();
    }
    if interrupt.raised() {
        return Err(child::Interrupted.into());
    }
    if !status.success() {
        bail!("cargo could not build it; what is wrong stands above");
    }
    let text = String::from_utf8_lossy(&text);
    let built: Vec<Artifact> = text
        .lines()
        .filter_map(|line| serde_json::from_str(line).ok())
        .collect();
    examples.iter().map(|example| executable(&built, example)).collect()
}

/// What a cargo that runs us has told us of itself would look to the build
/// scripts of some dependencies like a change, and they would build again,
/// every time.
pub fn forget_cargo(command: &mut Command) {
    for (name, _) in env::vars_os().filter(|(name, _)| told_by_cargo(name)) {
        command.env_remove(name);
    }
}

/// Whether a cargo sets this variable for what it runs. Others that begin with
/// `CARGO_` are its user's settings.
fn told_by_cargo(name: &OsStr) -> bool {
    let name = name.to_string_lossy();
    ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_"]
        .iter()
        .any(|begin| name.starts_with(begin))
        || matches!(
            &*name,
            "CARGO_CRATE_NAME"
                | "CARGO_PRIMARY_PACKAGE"
                | "CARGO_TARGET_TMPDIR"
                | "OUT_DIR"
        )
}

/// What cargo tells of something that it built.
#[derive(Deserialize)]
struct Artifact {
    target: Target,
    executable: Option<PathBuf>,
}

#[derive(Deserialize)]
struct Target {
    name: String,
}

fn executable(built: &[Artifact], example: &str) -> Result<PathBuf> {
    let mut own = built.iter().filter(|built| built.target.name == example);
    own.find_map(|built| built.executable.clone())
        .ok_or_else(|| anyhow!("cargo built no program `{example}`"))
}

/// How long cargo may take, everything from the beginning on a slow machine
/// included.
const BUILT_WITHIN: Duration = Duration::from_secs(60 * 60);

/// How long a program of the course may take before it is ended. Their own
/// watchdog is quicker.
const PATIENCE: Duration = Duration::from_secs(15);

/// How often to look at its threads, and whether it is still there.
const GLANCE: Duration = Duration::from_millis(5);

/// Runs a program with `urls` as its arguments, before `server`, which waits
/// by `plan`.
///
/// # Errors
///
/// If it cannot be started, the server does not answer, or Ctrl-C was pressed.
pub fn perform(
    program: &Path,
    urls: &[String],
    server: &Server,
    plan: &Plan,
    interrupt: &Interrupt,
) -> Result<Performance> {
    server.reset(plan)?;
    let mut words = vec![program.to_string_lossy().into_owned()];
    words.extend(urls.iter().cloned());
    let _family = Family::adopt();
    let mut child = child::program(&words)?
        // A trap that panics is told of in one line, not in twenty.
        .env("RUST_BACKTRACE", "0")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .with_context(|| format!("cannot run {}", program.display()))?;
    let lines = child.stdout.take().map(listen);
    let complaints = child.stderr.take().map(listen);
    let (status, threads) = watch(&mut child, interrupt)?;
    Ok(Performance {
        witness: server.witness()?,
        lines: heard(lines),
        complaints: heard(complaints)
            .into_iter()
            .filter(|line| !line.trim().is_empty())
            .filter(|line| !line.starts_with("note: run with"))
            .collect(),
        threads,
        ended: match status {
            None => Ended::Hung,
            Some(status) if gave_up(status) => Ended::Hung,
            Some(status) if status.success() => Ended::Well,
            Some(_) => Ended::Badly,
        },
    })
}

/// Its own watchdog says so by its exit code.
fn gave_up(status: ExitStatus) -> bool {
    status.code() == Some(i32::from(witnessed::GAVE_UP))
}

/// Waits for its end, or ends it: its status, if it ended by itself, and the
/// most threads that it had.
fn watch(
    child: &mut Child,
    interrupt: &Interrupt,
) -> Result<(Option<ExitStatus>, Option<u64>)> {
    let limit = Instant::now() + PATIENCE;
    let mut most = None;
    loop {
        most = most.max(kept_by(child.id()).and_then(threads));
        let status = child.try_wait();
        if let Ok(Some(status)) = status {
            // Ctrl-C reaches it, too, and may reach it first.
            if ended_by_ctrl_c(status) {
                interrupt.raise();
                bail!("stopped");
            }
            return Ok((Some(status), most));
        }
        let stopped = interrupt.raised();
        if stopped || status.is_err() || Instant::now() >= limit {
            child::end_program(child);
            status.context("lost the program")?;
            if stopped {
                bail!("stopped");
            }
            return Ok((None, most));
        }
        thread::park_timeout(GLANCE);
    }
}

/// What is kept of a program that talks without end, bytes.
const MOST_HEARD: u64 = 1 << 20;

/// Listens on a thread of its own, so that a full pipe stops nobody.
fn listen(pipe: impl Read + Send + 'static) -> Receiver<Vec<String>> {
    let (heard_tx, heard_rx) = channel();
    let listener = thread::Builder::new().spawn(move || {
        let mut pipe = pipe;
        let mut kept = Vec::new();
        let _ = (&mut pipe).take(MOST_HEARD).read_to_end(&mut kept);
        let text = String::from_utf8_lossy(&kept);
        let _ = heard_tx.send(text.lines().map(str::to_owned).collect());
        let _ = io::copy(&mut pipe, &mut io::sink());
    });
    // Where the system refuses the thread, the pipe is closed, and what the
    // program says is not heard.
    drop(listener);
    heard_rx
}

/// How long the last words of a program that has ended may take. A pipe that
/// it has left to a process of its own may never end.
const LAST_WORDS: Duration = Duration::from_secs(2);

fn heard(listener: Option<Receiver<Vec<String>>>) -> Vec<String> {
    let heard = listener.and_then(|rx| rx.recv_timeout(LAST_WORDS).ok());
    heard.unwrap_or_default()
}
