//! Which traps there are.

use crate::called::called;
use crate::terminal::{Ink, Paint, copy, say};

/// The command of each trap, and what it is called.
pub(in crate::course) fn list_traps(lesson: u8, traps: Vec<(String, String)>) {
    for (name, title) in traps {
        copy(format!("  {} lesson {lesson} --trap {name}", called()));
        say(format!("      {title}").ink(Ink::Muted));
    }
}
