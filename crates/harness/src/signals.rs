//! What the signals of the system may do to this program. To be settled
//! before any thread is started: each inherits what was settled.

/// A file that may not grow any more becomes an error of whoever writes it:
/// `SIGXFSZ` would end the program without a word. And a hang-up that the
/// shell was told to ignore (`nohup`) stays ignored, although Ctrl-C is
/// listened for later.
pub fn settle() {
    #[cfg(unix)]
    {
        use nix::sys::signal::{SigSet, Signal};

        let mut blocked = SigSet::empty();
        blocked.add(Signal::SIGXFSZ);
        if ignored(Signal::SIGHUP) {
            blocked.add(Signal::SIGHUP);
        }
        // Fails for an invalid set only.
        let _ = blocked.thread_block();
    }
}

/// Whether whoever started this program lets it ignore that signal, as `nohup`
/// does that of a terminal that closes. Asked where the system tells.
#[cfg(unix)]
pub(crate) fn ignored(signal: nix::sys::signal::Signal) -> bool {
    let status = std::fs::read_to_string("/proc/self/status");
    let status = status.unwrap_or_default();
    let mut lines = status.lines();
    lines
        .find_map(|line| line.strip_prefix("SigIgn:"))
        .and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok())
        .is_some_and(|mask| mask >> (signal as i32 - 1) & 1 == 1)
}

/// Takes back what was settled here and blocked by a keeper: what this
/// process is about to become knows nothing of it. A hang-up that is ignored
/// stays so.
#[cfg(target_os = "linux")]
pub(crate) fn release(hang_up_too: bool) {
    use nix::sys::signal::{SigSet, Signal};

    let mut all = SigSet::all();
    if !hang_up_too {
        all.remove(Signal::SIGHUP);
    }
    let _ = all.thread_unblock();
}
