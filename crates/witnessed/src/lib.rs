//! The stage for the course's small programs, the wrong examples and the
//! exercises: it gives a batch its URLs, watches that it comes to an end, and
//! tells what the server saw.
//!
//! ```no_run
//! use std::num::NonZeroUsize;
//! use std::process::ExitCode;
//!
//! use ping_core::{Agent, Ping, Setup, ping};
//!
//! fn ping_all(agent: &Agent, urls: &[String]) -> Vec<Ping> {
//!     urls.iter().map(|url| ping(agent, url)).collect()
//! }
//!
//! fn main() -> ExitCode {
//!     witnessed::perform(&witnessed::twelve(), |urls| {
//!         let setup = Setup::new(NonZeroUsize::MIN);
//!         ping_all(&Agent::new(&setup).expect("a client"), urls)
//!     })
//! }
//! ```
//!
//! Called with URLs, such a program pings those and prints one line for each
//! ping: so it can be run before any server, by `harness witness` too. Called
//! without, it starts a server of its own and adds what that saw.

mod called;
mod perform;
mod within;

pub use called::called;
pub use perform::{GAVE_UP, perform, twelve};
pub use within::within;
