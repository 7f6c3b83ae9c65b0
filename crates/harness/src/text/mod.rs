//! What strangers wrote, made safe for where it is shown. A name in a record,
//! a reason that a server sent, a path: all may hold anything. A function a
//! medium; each takes text and gives text that is read as text there.
//!
//! | medium | function | what cannot happen |
//! | --- | --- | --- |
//! | a terminal | [`terminal::printable`], [`terminal::lines`] | a control character, a line that turns around |
//! | JSON on a terminal | [`json::line`] | the same, and nothing is lost |
//! | CSV | [`csv::cell`] | a formula, a cell that ends early |
//! | Markdown | [`markdown::escape`], [`markdown::code`] | a tag, a link, a row that ends early |
//! | HTML, SVG | [`html::escape`] | a tag, an attribute that ends early |
//!
//! What its reader wrote may hold secrets: [`secrets::command`] masks those of
//! a command, [`ping_core::masked`] those of URLs.

pub mod csv;
pub mod html;
pub mod json;
pub mod markdown;
pub mod secrets;
pub mod terminal;

#[cfg(test)]
mod tests;
