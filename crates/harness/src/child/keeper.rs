//! The process between us and a program: when we end, however that happens,
//! it ends the program and whatever the program has started.

use std::env;
use std::fs::File;
use std::os::unix::process::CommandExt;
use std::process::{self, Command};

use anyhow::{Context, Result};
use nix::errno::Errno;
use nix::sys::prctl;
use nix::sys::resource::{Resource, getrlimit, setrlimit};
use nix::sys::signal::{SigSet, Signal, raise};
use nix::sys::wait::{WaitPidFlag, WaitStatus, waitpid};
use nix::unistd::{
    Pid, dup2_stderr, dup2_stdin, dup2_stdout, getpgrp, getppid, setpgid,
};

use super::family::end_below;

/// Runs `words` and ends as that ends: with its exit code, or by its signal.
/// When `parent` ends, or asks for it by SIGTERM, all that is below this
/// process is killed, also what has left its session: this is its subreaper.
///
/// The program is in the process group that this process was started in, so
/// that it reads the terminal and hears Ctrl-C as if nobody stood between;
/// this process leaves it, and hears nothing of that.
///
/// # Errors
///
/// If it cannot be started.
pub fn keep(parent: u32, words: &[String]) -> Result<()> {
    let nohup =
        SigSet::thread_get_mask().is_ok_and(|m| m.contains(Signal::SIGHUP));
    // First of all: from here on nothing but SIGKILL ends it by surprise.
    SigSet::all().thread_block().context("cannot block signals")?;
    prctl::set_child_subreaper(true).context("cannot keep a family")?;
    prctl::set_pdeathsig(Signal::SIGTERM).context("cannot ask for the end")?;
    if getppid().as_raw() as u32 != parent {
        process::exit(1);
    }
    let (own, group) = (Pid::this(), getpgrp());
    if group != own {
        setpgid(own, own).context("cannot leave the process group")?;
    }
    let executable =
        env::current_exe().context("cannot find the harness's own program")?;
    let mut command = Command::new(executable);
    command.args(["program", "--kept", "--parent", &own.to_string()]);
    if nohup {
        command.arg("--nohup");
    }
    command.arg("--").args(words).process_group(group.as_raw());
    let child = command.spawn();
    let child = child.with_context(|| format!("cannot run {}", words[0]))?;
    let program = Pid::from_raw(child.id() as i32);
    // A reader of the program's output is to see its end, not ours.
    if let Ok(null) = File::options().read(true).write(true).open("/dev/null") {
        let _ = dup2_stdin(&null);
        let _ = dup2_stdout(&null);
        let _ = dup2_stderr(&null);
    }
    let mut signals = SigSet::empty();
    signals.add(Signal::SIGCHLD);
    signals.add(Signal::SIGTERM);
    loop {
        if signals.wait() != Ok(Signal::SIGCHLD) {
            end_below(&[]);
            process::exit(1);
        }
        reap(program);
    }
}

/// Buries whoever has died. If it is the program, this process follows.
fn reap(program: Pid) {
    loop {
        match waitpid(None, Some(WaitPidFlag::WNOHANG)) {
            Ok(WaitStatus::Exited(pid, code)) if pid == program => {
                process::exit(code)
            }
            Ok(WaitStatus::Signaled(pid, signal, _)) if pid == program => {
                die_by(signal)
            }
            Ok(WaitStatus::StillAlive) => return,
            Ok(_) | Err(Errno::EINTR) => {}
            // Somebody has arranged that nobody learns how it ended.
            Err(_) => process::exit(1),
        }
    }
}

/// Ends as the program did, without a core of its own.
fn die_by(signal: Signal) -> ! {
    if let Ok((_, hard)) = getrlimit(Resource::RLIMIT_CORE) {
        let _ = setrlimit(Resource::RLIMIT_CORE, 0, hard);
    }
    let _ = SigSet::all().thread_unblock();
    let _ = raise(signal);
    // A signal that Rust's programs ignore from their start: a shell does
    // not.
    let number = (signal as i32).to_string();
    let _ = Command::new("sh").args(["-c", "kill -$0 $$", &number]).exec();
    process::exit(128 + signal as i32)
}
