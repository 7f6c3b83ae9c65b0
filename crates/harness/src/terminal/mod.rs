//! The terminal: results on standard output, progress on standard error, no
//! colour and no bar in a pipe.

mod bars;
mod color;
mod progress;
mod waterfall;

pub use bars::bar;
pub use color::{Ink, Paint, no_color};
pub use progress::Progress;
pub use waterfall::{Panel, Span, UNANSWERED, lanes, waterfall};

use std::io::{self, ErrorKind, IsTerminal, Write};
use std::process;

use crate::text::terminal::lines;

/// Prints a line of results. What a stranger wrote into it is not obeyed.
///
/// A reader that has gone away, such as `head`, is a reason to stop and not to
/// complain: the process then ends with success, as other tools do. A disk
/// that is full is a failure.
pub fn say(line: impl AsRef<str>) {
    let mut out = io::stdout().lock();
    let line = lines(line.as_ref(), console::colors_enabled());
    if let Err(error) = writeln!(out, "{line}") {
        if error.kind() == ErrorKind::BrokenPipe {
            process::exit(0);
        }
        note(format!("error: cannot write the results: {error}"));
        process::exit(1);
    }
}

/// Prints a line on standard error. Where even that cannot be written, there
/// is nobody left to tell; `eprintln!` would panic.
pub fn note(line: impl AsRef<str>) {
    let line = lines(line.as_ref(), console::colors_enabled_stderr());
    let _ = writeln!(io::stderr(), "{line}");
}

/// Whether there is somebody to ask.
pub fn attended() -> bool {
    io::stdin().is_terminal() && io::stdout().is_terminal()
}

/// Says something and waits for Enter, where there is somebody to press it.
pub fn pause(words: &str) {
    if attended() {
        say("");
        say(words.ink(Ink::Muted));
        let _ = io::stdin().read_line(&mut String::new());
    }
}

/// The lines of a paragraph, broken for the terminal and indented.
pub fn wrapped(text: &str, indent: usize) -> Vec<String> {
    let most = width().min(80).saturating_sub(indent);
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line)
                if console::measure_text_width(line)
                    + 1
                    + console::measure_text_width(word)
                    <= most =>
            {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines.into_iter().map(|line| " ".repeat(indent) + &line).collect()
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
