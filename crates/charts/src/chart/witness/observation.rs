//! What is known of a program that ran before the server.

use std::num::NonZeroUsize;

use measurement::witness::Witness;

use crate::finding::elided;

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

impl Observation<'_> {
    /// The program's name, of some length, to begin a sentence.
    pub(super) fn program(&self) -> String {
        let name = self.program.trim();
        elided(if name.is_empty() { "The program" } else { name }, 24)
    }
}
