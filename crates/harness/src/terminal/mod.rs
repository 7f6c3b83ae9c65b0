//! The terminal: results on standard output, progress on standard error, no
//! colour and no bar in a pipe.

mod bars;
mod color;
mod progress;
mod waterfall;

pub use bars::bar;
pub use color::{Ink, Paint, no_color};
pub use progress::Progress;
pub use waterfall::{Panel, Span, waterfall};

use std::io::{self, Write};

/// Prints a line of results.
///
/// A reader that has gone away, such as `head`, is a reason to stop and not to
/// complain: the process then ends with success, as other tools do.
pub fn say(line: impl AsRef<str>) {
    let mut out = io::stdout().lock();
    if writeln!(out, "{}", line.as_ref()).is_err() {
        std::process::exit(0);
    }
}

/// The width to draw for, in columns: the terminal's, or 100.
pub fn width() -> usize {
    let (_, columns) = console::Term::stdout().size();
    if console::user_attended() {
        usize::from(columns).clamp(60, 120)
    } else {
        100
    }
}
