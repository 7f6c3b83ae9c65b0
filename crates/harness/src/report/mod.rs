//! The folder that a run leaves: its records, and everything that is drawn
//! from them.

mod csv;
mod draw;
mod drawings;
mod findings;
mod folder;
pub(crate) mod given;
#[cfg(unix)]
mod latest;
mod log;
mod page;
mod records;
mod table;
pub mod trust;
mod version;

pub use draw::{Drawn, PREDICTION, draw, read};
pub use findings::findings;
pub use folder::{Folder, write_whole};
#[cfg(unix)]
pub use latest::mark_latest;
pub use log::Log;
pub use page::heading;
pub(crate) use page::{END, Section, head, heading_of, table as html_table};
pub use records::TRIALS;
pub use table::{folded_table, plain_table, table};
