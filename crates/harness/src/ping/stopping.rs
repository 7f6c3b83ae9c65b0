use std::fs;

use anyhow::Result;
use ping_core::Watch;

use super::output::Output;
use crate::interrupt::Interrupt;
use crate::terminal::note;

/// From now on Ctrl-C stops the watch, and what was not written to its end is
/// removed where the process ends at once.
pub(super) fn stopping(watch: &Watch, output: &Output) -> Result<Interrupt> {
    let watch = watch.clone();
    let interrupt = Interrupt::install(move || {
        watch.stop();
        note("stopping; those in flight are awaited (Ctrl-C again: at once)");
    })?;
    if let Some(file) = output.unfinished() {
        interrupt.at_the_end(move || {
            let _ = fs::remove_file(file);
        });
    }
    Ok(interrupt)
}
