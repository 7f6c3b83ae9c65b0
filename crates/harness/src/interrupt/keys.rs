//! Ctrl-C where there are no signals.

use std::io;
use std::sync::Arc;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::time::Instant;

use super::together::TOGETHER;

/// Raises `raised` and calls `first` at the first Ctrl-C, and `again` at one
/// that comes later.
pub(super) fn listen(
    raised: &Arc<AtomicBool>,
    first: impl Fn() + Send + 'static,
    again: impl Fn() + Send + 'static,
) -> io::Result<()> {
    let raised = Arc::clone(raised);
    let pressed = OnceLock::new();
    ctrlc::set_handler(move || {
        raised.store(true, SeqCst);
        match pressed.get() {
            None => {
                first();
                let _ = pressed.set(Instant::now());
            }
            Some(at) if at.elapsed() >= TOGETHER => again(),
            Some(_) => {}
        }
    })
    .map_err(io::Error::other)
}
