//! The terminal: results on standard output, progress on standard error, no
//! colour and no bar in a pipe. Nothing is printed past it.

mod bars;
mod color;
mod fold;
mod output;
mod progress;
mod table;
mod waterfall;
mod width;

pub use bars::bar;
pub use color::{Ink, Paint, no_color};
pub use output::{ask, copy, failed, note, notes, reader_left, results, say};
pub use progress::Progress;
pub use table::{folded_table, plain_table, table};
pub use waterfall::{Panel, Span, UNANSWERED, lanes, legend, waterfall};
pub use width::{folded, width, wrapped};

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
