//! Three signals ask a program to stop. Who sends two kinds, or one kind twice
//! in a moment, does not mean more by it.

use std::collections::BTreeSet;
use std::io;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::thread;
use std::time::Instant;

use nix::sys::signal::Signal;
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::flag;
use signal_hook::iterator::Signals;

use super::together::TOGETHER;
use crate::signals::ignored;

/// Raises `raised` at each of them, calls `first` at the first, and `again`
/// when a kind comes back later.
pub(super) fn listen(
    raised: &Arc<AtomicBool>,
    first: impl Fn() + Send + 'static,
    again: impl Fn() + Send + 'static,
) -> io::Result<()> {
    let mut asking = vec![SIGINT, SIGTERM];
    if !ignored(Signal::SIGHUP) {
        asking.push(SIGHUP);
    }
    for signal in &asking {
        // In the handler itself: who asks the flag next sees it.
        flag::register(*signal, Arc::clone(raised))?;
    }
    let mut signals = Signals::new(&asking)?;
    thread::Builder::new().name("signals".to_owned()).spawn(move || {
        let mut heard = BTreeSet::new();
        loop {
            let came: Vec<i32> = signals.wait().collect();
            if came.iter().any(|signal| heard.contains(signal)) {
                again();
            }
            if came.is_empty() {
                continue;
            }
            if heard.is_empty() {
                first();
            }
            heard.extend(came);
            // All that is there at the end of the moment was sent in it,
            // however late this thread has its turn.
            let mut known = 0;
            while known < heard.len() {
                known = heard.len();
                a_moment();
                heard.extend(signals.pending());
            }
        }
    })?;
    Ok(())
}

fn a_moment() {
    let end = Instant::now() + TOGETHER;
    while let Some(left) = end.checked_duration_since(Instant::now()) {
        thread::park_timeout(left);
    }
}
