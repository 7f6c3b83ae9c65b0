//! The folder that a run leaves: its records, and everything that is drawn
//! from them.
//!
//! Nothing here measures, asks a server or prints: whoever has a folder of
//! records has its tables, its charts and its page with this crate alone.
//!
//! - [`Folder`] is a folder, [`Log`] its records while they are written.
//! - [`draw`] makes everything else of the records; [`read`] only sums them up.
//! - [`findings`] says what was found, [`trust`] why it may be believed.

mod by_client;
pub mod capacity;
mod columns;
mod csv;
mod draw;
mod findings;
mod folder;
pub mod given;
mod heading;
#[cfg(unix)]
mod latest;
mod log;
mod numbers;
mod page;
mod records;
pub mod trust;
pub mod usage;
mod version;

pub use by_client::by_client;
pub use columns::{Column, columns};
pub use draw::{Drawn, PREDICTION, draw, read};
pub use findings::findings;
pub use folder::{Folder, write_whole};
pub use heading::{heading, heading_of};
#[cfg(unix)]
pub use latest::mark_latest;
pub use log::Log;
pub use page::{END, Section, head, table as html_table};
pub use records::TRIALS;
