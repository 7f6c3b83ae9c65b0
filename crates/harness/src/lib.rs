//! The harness: runs every lesson against the test server, proves that each
//! did the same work, and draws what happened.
//!
//! `main` is the table of contents. [`strategies`] lists the lessons,
//! [`trial`] runs one of them in a process of its own, [`run`] arranges trials
//! into acts, [`report`] keeps and draws them; [`witness`] and [`ping`] are
//! for programs and URLs of the reader's own. [`doctor`] looks at the machine,
//! and [`cheats`] at the checks.

pub mod cheats;
pub mod child;
pub mod cli;
pub mod clock;
mod control;
pub mod course;
pub mod doctor;
pub mod duration;
pub mod environment;
pub mod interrupt;
pub mod limits;
pub mod ping;
pub mod plot;
pub mod report;
pub mod run;
pub mod serve;
pub mod strategies;
pub mod terminal;
pub mod trial;
pub mod usage;
pub mod witness;
