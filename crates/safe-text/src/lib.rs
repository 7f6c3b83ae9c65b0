//! What strangers wrote, made safe for where it is shown. A name in a record,
//! a reason that a server sent, a path: all may hold anything. A function a
//! medium; each takes text and gives text that is read as text there.
//!
//! | medium | function | what cannot happen |
//! | --- | --- | --- |
//! | a terminal | [`terminal::printable`], [`terminal::lines`] | a control character, a line that turns around |
//! | CSV | [`csv::cell`] | a formula, a cell that ends early |
//! | Markdown | [`markdown::escape`], [`markdown::code`] | a tag, a link, a row that ends early |
//! | HTML, SVG | [`html::escape`] | a tag, an attribute that ends early |

pub mod csv;
pub mod html;
pub mod markdown;
mod printable;
pub mod terminal;

pub use printable::{is_obeyed, printable};

#[cfg(test)]
mod tests;
