//! The terminal: results on standard output, progress on standard error, no
//! colour and no bar in a pipe. Nothing is printed past it.

mod bars;
mod color;
mod fold;
mod output;
mod progress;
mod waterfall;

pub use bars::bar;
pub use color::{Ink, Paint, no_color};
pub use output::{ask, copy, failed, note, reader_left, results, say};
pub use progress::Progress;
pub use waterfall::{Panel, Span, UNANSWERED, lanes, legend, waterfall};

use std::io::{self, IsTerminal};
use std::sync::mpsc::channel;
use std::thread;
use std::time::Duration;

use crate::child::listen;
use crate::interrupt::Interrupt;

/// Whether there is somebody to ask.
pub fn attended() -> bool {
    io::stdin().is_terminal() && io::stdout().is_terminal()
}

/// Says something and waits for Enter, where there is somebody to press it;
/// Ctrl-C will do, too.
pub fn pause(words: &str, interrupt: &Interrupt) {
    if !attended() {
        return;
    }
    say("");
    say(words.ink(Ink::Muted));
    let (pressed_tx, pressed) = channel();
    thread::spawn(move || {
        let _ = io::stdin().read_line(&mut String::new());
        let _ = pressed_tx.send(());
    });
    // Whoever is asked may take all the time there is.
    while let Err(listen::Silence::TooLong) =
        listen::hear(&pressed, Duration::from_secs(3600), interrupt)
    {}
}

/// A line that is written elsewhere than to the terminal, broken between its
/// words where one is as wide as usual.
pub fn folded(line: &str) -> String {
    fold::fold(line, COLUMNS).join("\n")
}

/// The lines of a paragraph, broken for the terminal and indented.
pub fn wrapped(text: &str, indent: usize) -> Vec<String> {
    let most = width().min(COLUMNS).saturating_sub(indent);
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

/// The width to draw for, in columns: the terminal's, or 80.
pub fn width() -> usize {
    if !console::user_attended() {
        return COLUMNS;
    }
    let (_, columns) = console::Term::stdout().size();
    usize::from(columns).clamp(60, 120)
}

/// The width of a terminal that nobody has made wider.
const COLUMNS: usize = 80;
