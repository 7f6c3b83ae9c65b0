//! A run that was read.

use crate::environment::Run;
use crate::summary::Summary;

/// A run and every number of it.
#[derive(Debug, Clone)]
pub struct RunRead {
    /// Where and how.
    pub run: Run,
    /// What it measured.
    pub summary: Summary,
}
