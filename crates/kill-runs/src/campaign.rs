//! The program: its arguments, its progress, its record.

use std::env;
use std::ffi::OsString;
use std::path::Path;
use std::process::{Command, ExitCode};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::thread;
use std::time::SystemTime;

use anyhow::{Context, Result, bail};
use kill_runs::{
    Kind, Record, Run, SCHEMA_VERSION, Scene, Size, own_program, perform, role,
};
use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;

use crate::asked::Asked;

/// A run of the campaign.
const SIZE: Size = Size {
    jobs: 3000,
    concurrency: 30,
    workers: 3,
    tasks: 12,
    wait_ms: 50,
    timeout_ms: 1000,
    ack_wait_ms: 2000,
};

/// Exit codes: somebody said stop; what was asked for cannot be.
const STOPPED: u8 = 130;
const USAGE: u8 = 2;

pub(crate) fn main() -> ExitCode {
    let words: Vec<OsString> = env::args_os().skip(1).collect();
    if let Some(done) = role(&words) {
        return done.map_or_else(failed, |()| ExitCode::SUCCESS);
    }
    let asked = match Asked::read(&words) {
        Ok(asked) => asked,
        Err(error) => {
            say(&format!("kill-runs: {error:#}"));
            return ExitCode::from(USAGE);
        }
    };
    campaign(&asked).unwrap_or_else(failed)
}

#[expect(clippy::needless_pass_by_value, reason = "as it comes")]
fn failed(error: anyhow::Error) -> ExitCode {
    say(&format!("kill-runs: {error:#}"));
    ExitCode::FAILURE
}

/// On standard error; nobody has to hear it.
fn say(line: &str) {
    use std::io::Write;
    let _ = writeln!(std::io::stderr(), "{line}");
}

/// Runs one after another. What was done is in the record, whenever it ends.
fn campaign(asked: &Asked) -> Result<ExitCode> {
    let program = own_program()?;
    let stop = Arc::new(AtomicBool::new(false));
    for signal in [SIGINT, SIGTERM] {
        // A second one ends it at once, and the system ends the rest.
        flag::register_conditional_shutdown(
            signal,
            STOPPED.into(),
            Arc::clone(&stop),
        )?;
        flag::register(signal, Arc::clone(&stop))?;
    }
    let mut record = Record {
        schema_version: SCHEMA_VERSION,
        began: humantime::format_rfc3339_seconds(SystemTime::now()).to_string(),
        nats_server: version()?,
        processors: thread::available_parallelism()?.get(),
        seed: asked.seed,
        size: SIZE,
        runs: Vec::new(),
    };
    for seed in asked.seed..asked.seed + asked.runs {
        let scene = Scene::of(seed, &SIZE);
        let Some(run) = perform(&program, &scene, &SIZE, &stop)
            .with_context(|| format!("run {seed}"))?
        else {
            break;
        };
        say(&line(&run));
        record.runs.push(run);
        record.write(&asked.record)?;
    }
    Ok(told(&record, &asked.record, stop.load(Relaxed)))
}

fn told(record: &Record, path: &Path, stopped: bool) -> ExitCode {
    let (runs, shown) = (record.runs.len(), path.display());
    let bad = |run: &&Run| !run.faults.is_empty() || !run.slow.is_empty();
    let bad = record.runs.iter().filter(bad).count();
    if runs > 0 {
        say(&format!("{runs} runs, {bad} broke a bound; see {shown}"));
    }
    match (stopped, bad) {
        (true, _) => ExitCode::from(STOPPED),
        (false, 0) => ExitCode::SUCCESS,
        (false, _) => ExitCode::FAILURE,
    }
}

fn line(run: &Run) -> String {
    let kinds = Kind::ALL.map(|kind| format!("{kind:?}").len());
    let width = kinds.into_iter().max().unwrap_or_default();
    let kind = format!("{:?}", run.kind);
    let falls: Vec<String> =
        run.strikes.iter().map(|s| s.requests.to_string()).collect();
    let mut line = format!(
        "{:4} {kind:width$} at {}: {} of {} jobs, {} requests, peak {}, stood \
         {} ms",
        run.seed,
        falls.join(", "),
        run.distinct,
        run.jobs,
        run.requests,
        run.peak,
        run.standstill_ms,
    );
    if let Some(redone) = run.redone_ms {
        line.push_str(&format!(", redone in {redone} ms"));
    }
    for bad in run.faults.iter().chain(&run.slow) {
        line.push_str(&format!("\n     {bad}"));
    }
    line
}

/// What the servers call themselves.
fn version() -> Result<String> {
    let Some(program) = local_nats::find() else {
        bail!(
            "there is no nats-server on this machine; install it (Debian: apt \
             install nats-server)"
        );
    };
    let output = Command::new(&program).arg("--version").output();
    let output = output
        .with_context(|| format!("cannot start {}", program.display()))?;
    let text = String::from_utf8_lossy(&output.stdout);
    Ok(text.trim().replace("nats-server: v", "nats-server "))
}
