//! Kills what lesson 12 runs on, as a seed says, and counts what came of it.
//!
//! A run has three servers of a queue, worker processes, a producer and a
//! collector, and a server that is pinged. That one is the witness: its
//! counters say when a blow falls, and how many requests there were. A
//! [`Scene`] follows from a seed; [`perform`] plays it and says in a [`Run`]
//! what came of it and what should not have. The tests play one of each kind;
//! the program `kill-runs` plays a hundred and leaves a [`Record`], of which
//! [`table`] makes the page `docs/many-machines-kills.md`.
#![cfg(unix)]

mod judge;
mod order;
mod perform;
mod process;
mod record;
mod role;
mod scene;
mod stage;
mod table;

pub use perform::perform;
pub use process::{own_program, role};
pub use record::{Record, Run, SCHEMA_VERSION, Struck};
pub use scene::{Blow, Kind, SERVERS, Scene, Size, Strike};
pub use table::table;
