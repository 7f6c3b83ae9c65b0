//! One trial: a fresh child process does one batch of pings against the
//! server, and the record says what came of it.
//!
//! The parent schedules, reads and verifies; the child ([`inside`]) does the
//! work. They speak in lines: an order in, `READY` out, `GO` in, a
//! result out. Where the batch has a limit, the child lives on until the server
//! has nobody in flight: what a deadline leaves behind is to be seen.

mod cost;
mod host;
pub mod inside;
mod judge;
mod message;
pub(crate) mod monotonic;
mod parent;
mod python;
mod shared;
mod talk;
pub(crate) mod urls;
mod workers;

use std::time::Duration;

use measurement::record::Spec;

pub use cost::{Used, peak_rss_bytes};
pub(crate) use cost::{status_field, threads};
pub(crate) use host::{Machine, busy_ns};
pub(crate) use message::Told;
#[cfg(feature = "many-machines")]
pub(crate) use message::{FAILED, READY};
pub use parent::{Identity, Runner, Stopped};
pub use python::{LANES, Lane, find_python};
#[cfg(feature = "many-machines")]
pub(crate) use shared::{Handed, batch_of};
#[cfg(feature = "many-machines")]
pub(crate) use talk::{Talk, Whose};

/// The server's longest wait comes on top of what a ping may take.
fn longest_wait(spec: &Spec) -> Duration {
    let waits = spec.waits.list();
    Duration::from_nanos(waits.into_iter().max().unwrap_or(0))
}
