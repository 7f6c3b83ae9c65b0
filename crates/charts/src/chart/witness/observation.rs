//! What the picture of a program is drawn of.

use std::num::NonZeroUsize;

use measurement::witness::Witness;

/// A program that ran before the server.
#[derive(Debug, Clone, Copy)]
pub struct Observation<'a> {
    /// What the server saw of it.
    pub witness: &'a Witness,
    /// Its name.
    pub program: &'a str,
    /// How many requests it was asked to have in flight, if anybody asked.
    pub asked: Option<NonZeroUsize>,
}
