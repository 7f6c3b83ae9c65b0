//! The folder that a run leaves: its records, and everything that is drawn
//! from them.

mod csv;
mod draw;
mod drawings;
mod findings;
mod folder;
mod page;
mod table;
pub mod trust;

pub use draw::{Drawn, PREDICTION, draw};
pub use findings::findings;
pub use folder::{Folder, write_whole};
pub use page::heading;
pub use table::{plain_table, table};
