//! What `harness witness` tells of a program, as one document.

use serde::{Deserialize, Serialize};

use crate::claim::Claim;
use crate::expectation::Outcome;
use crate::shape::Shape;
use crate::witness::Testimony;

/// The version of [`Judgement`]. It is that of this document alone.
pub const VERSION: u32 = 1;

/// What the server saw of a program, and what follows from it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Judgement {
    /// [`VERSION`] of the writer.
    pub schema_version: u32,
    /// The exit code of `witness`.
    pub exit_code: u8,
    /// Whether the program ended without a failure.
    pub succeeded: bool,
    /// How many requests it was to have in flight; null if nobody asked.
    pub asked: Option<u64>,
    /// Whether it had; null if nobody asked.
    pub claim: Option<Claim>,
    /// From the first arrival to the last answer, ns; null if nothing was
    /// answered.
    pub makespan_ns: Option<u64>,
    /// The earliest possible end with so many in flight, ns after the first
    /// arrival; null where that is not known.
    pub earliest_end_ns: Option<u64>,
    /// That end over the makespan; null where it has no meaning.
    pub efficiency: Option<f64>,
    /// How it shared out its work.
    pub shape: Shape,
    /// What was expected of it, and what came of that.
    pub expectations: Vec<Outcome>,
    /// Where the record and the picture are.
    pub folder: String,
    /// What the server saw: without a stamp for each request, which the record
    /// has; they count as dropped.
    pub testimony: Testimony,
}
