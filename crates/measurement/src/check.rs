//! What voids a trial, and what only marks it.

use serde::{Deserialize, Serialize};

/// A finding that voids the trial where it does not hold.
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
