//! Where the words about a program go.

use std::process::Stdio;

use crate::cli::Format;
use crate::terminal::{copy, note, notes, say};

/// The words are results, or they stand beside a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Voice {
    /// On standard output.
    Results,
    /// On standard error: standard output has the document alone.
    Notes,
}

impl Voice {
    pub(super) fn beside(format: Format) -> Voice {
        match format {
            Format::Text => Voice::Results,
            Format::Json => Voice::Notes,
        }
    }

    /// Says a line.
    pub(super) fn say(self, line: impl AsRef<str>) {
        match self {
            Voice::Results => say(line),
            Voice::Notes => note(line),
        }
    }

    /// The same of a path.
    pub(super) fn copy(self, line: impl AsRef<str>) {
        match self {
            Voice::Results => copy(line),
            Voice::Notes => note(line),
        }
    }

    /// Where the program's own words go.
    pub(super) fn of_the_program(self) -> Stdio {
        match self {
            Voice::Results => Stdio::inherit(),
            Voice::Notes => notes(),
        }
    }
}
