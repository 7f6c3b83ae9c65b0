//! What a trial is: the order it carries out, the record it leaves, the
//! checks that void it, and the arithmetic of what it may be compared with.
//!
//! Data and arithmetic only: no clock, no file, no process, no socket. Times
//! are whole nanoseconds and sizes whole bytes, never formatted text.

pub mod agreement;
mod attempts;
pub mod bounds;
pub mod capacity;
pub mod check;
pub mod claim;
pub mod compare;
pub mod consumer;
pub mod course;
pub mod distribution;
pub mod earliest;
pub mod environment;
pub mod exam;
pub mod expectation;
pub mod fault;
mod finding;
pub mod forecast;
pub mod hashing;
pub mod judgement;
pub mod lanes;
pub mod machines;
pub mod makespan;
pub mod manners;
pub mod model;
pub mod order;
pub mod peers;
pub mod quantity;
pub mod queue_cost;
pub mod record;
pub mod runs;
pub mod shape;
pub mod speed_up;
pub mod statistics;
pub mod summary;
pub mod waits;
pub mod ways;
pub mod witness;

/// The version of every JSON document of a report folder. A reader refuses any
/// other one: version 1 had no sweep, version 2 a file for each trial, version
/// 3 other names, version 4 a forecast.
pub const SCHEMA_VERSION: u32 = 5;

/// Nanoseconds in a millisecond.
pub const MILLISECOND: u64 = 1_000_000;
