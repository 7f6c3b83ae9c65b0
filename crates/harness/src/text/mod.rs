//! Text of strangers and of readers, made safe to print and to keep. How it is
//! made safe for a terminal, a page or a table, `safe_text` says.
//!
//! JSON on a terminal is [`json::line`]: nothing is lost, and nothing in it is
//! obeyed. What its reader wrote may hold secrets: [`secrets::command`] masks
//! those of a command, [`ping_core::masked`] those of URLs.

pub mod json;
pub mod secrets;
