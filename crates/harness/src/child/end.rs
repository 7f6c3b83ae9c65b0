//! Ending a child, without waiting for ever for its end.

use std::process::Child;
use std::thread;
use std::time::{Duration, Instant};

/// How long the system may take to end a process. One that waits for a broken
/// disk may never end; it is then left alone.
const BURIAL: Duration = Duration::from_secs(5);

/// Kills a child of ours.
pub(crate) fn end(child: &mut Child) {
    let _ = child.kill();
    ended_within(child, BURIAL);
}

/// Ends a program and whatever it has started.
pub(crate) fn end_program(child: &mut Child) {
    #[cfg(target_os = "linux")]
    {
        use nix::sys::signal::{Signal, kill};
        use nix::unistd::Pid;

        // Its keeper ends the whole family, and then itself.
        let keeper = Pid::from_raw(child.id() as i32);
        if matches!(child.try_wait(), Ok(None)) {
            let _ = kill(keeper, Signal::SIGTERM);
            if ended_within(child, BURIAL) {
                return;
            }
        }
    }
    end(child);
}

fn ended_within(child: &mut Child, limit: Duration) -> bool {
    let until = Instant::now() + limit;
    while let Ok(None) = child.try_wait() {
        if Instant::now() >= until {
            return false;
        }
        thread::park_timeout(Duration::from_millis(1));
    }
    true
}
