//! The course: what `harness lesson`, `predict` and `check` walk through.

pub mod trap;
