//! The job and the words of every lesson: send one GET, report the status and
//! the time.
//!
//! Everything that the lessons share is here, and nothing that a lesson is
//! about: this crate never does two things at once. The test for each line:
//! would a reader of lesson 4 have to open this crate to understand lesson 4's
//! own idea? Then it does not belong here.
//!
//! [`ping`] is the blocking job, on an [`Agent`]; lesson 5 writes the same ten
//! lines again with `.await`.

mod agent;
mod answer;
mod chunks;
mod dialler;
mod drain;
mod error;
mod framing;
mod host;
mod job;
mod manners;
mod masked;
mod names;
mod ping;
mod punctual;
mod room;
mod shelf;
mod strict;
mod target;
mod tls;
mod watch;

pub use agent::{Agent, OwnAgent, Setup, URL_LIMIT, USER_AGENT};
pub use chunks::Chunks;
pub use drain::{BODY_LIMIT, Drain, digest};
pub use error::{Phase, PingError};
pub use framing::{Framing, HEAD_LIMIT, HEADER_LIMIT, framing};
pub use host::{host_key, is_this_machine};
pub use job::ping;
pub use manners::{Manners, Rate};
pub use masked::{MASK, masked, masked_url};
pub use names::Names;
pub use ping::{Ping, Reply};
pub use target::Target;
pub use tls::{SetupError, rustls_config};
pub use watch::{NoRetry, Started, Watch};
