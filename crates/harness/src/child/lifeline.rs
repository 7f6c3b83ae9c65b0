/// Ties this process to the one that started it: when `parent` ends, however
/// that happens, this ends too. To be called first thing in a child.
///
/// Linux only. Elsewhere a child notices that its standard input has come to
/// an end.
pub fn die_with(parent: u32) {
    #[cfg(target_os = "linux")]
    {
        use nix::sys::{prctl, signal::Signal};

        let asked = prctl::set_pdeathsig(Signal::SIGKILL);
        // The parent may have ended before the request was made; then nobody
        // would ever send the signal.
        let still_there = std::os::unix::process::parent_id() == parent;
        if asked.is_ok() && !still_there {
            std::process::exit(1);
        }
    }
    #[cfg(not(target_os = "linux"))]
    let _ = parent;
}
