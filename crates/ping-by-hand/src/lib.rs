//! A GET without a client library: which bytes are sent, and what the bytes
//! that come back are worth.
//!
//! There is no socket in here, and nothing waits: [`Request`] is text, and
//! [`Answer`] takes bytes in whatever pieces they come. So the same code serves
//! threads that block, tasks, and a loop of events, and what is left to differ
//! between them is how they wait.

mod answer;
mod request;

pub use answer::{Answer, Whole};
pub use request::Request;
