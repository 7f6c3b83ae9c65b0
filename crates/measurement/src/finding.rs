//! What is found of a trial, with a name and its figures.

use serde::{Deserialize, Serialize};

/// A finding that voids the trial where it does not hold. What was answered,
/// sent and counted may do so, and what arithmetic forbids; that a trial took
/// long never does, or what is left would be the quick ones.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Check {
    /// Its name, such as `seen-equals-sent`.
    pub name: String,
    /// Whether it holds.
    pub ok: bool,
    /// The figures that it compared, in words.
    pub detail: String,
}

/// A finding that marks a trial and keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flag {
    /// Its name, such as `dialled`.
    pub name: String,
    /// The figures behind it, in words.
    pub detail: String,
}

impl Flag {
    /// Whether it says that the machine disturbed the trial.
    pub fn disturbs(&self) -> bool {
        disturbs(&self.name)
    }
}

/// Whether a flag of this name says that the machine disturbed the trial. The
/// others say what the client or the server did.
pub fn disturbs(name: &str) -> bool {
    matches!(name, "stolen" | "busy" | "retransmission")
}

pub(crate) fn check(name: &str, ok: bool, detail: String) -> Check {
    Check { name: name.to_owned(), ok, detail }
}

pub(crate) fn flag(name: &str, detail: String) -> Flag {
    Flag { name: name.to_owned(), detail }
}
