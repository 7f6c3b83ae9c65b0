//! Runs the course's small programs, the traps and the exercises: [`perform`]
//! gives a batch its URLs, ends the program if the batch hangs, and shows what
//! the server saw.
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
//! With URLs on its command line, such a program pings those and prints one
//! line for each ping: so it can be run before any server, by `harness witness`
//! too. Without, it starts a server of its own and adds what that saw.

mod called;
mod perform;
mod within;

pub use called::called;
pub use perform::{GAVE_UP, perform, twelve};
pub use within::within;
