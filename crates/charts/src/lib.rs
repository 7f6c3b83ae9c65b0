//! Records in, SVG out.
//!
//! Each chart is made in two steps. Its *layout* turns records into a
//! `Scene`: marks and labels with positions, nothing but data, which is
//! what the tests look at. plotters draws the scene, and a backend of ours
//! writes it as the SVG that a page can use: with a title and a description,
//! colours by class, a dark side, and dashes.
//!
//! Every chart has two forms, a wide one and a narrow one for telephones, each
//! an SVG of its own: shrinking the wide one to a third would shrink its text
//! too.
//!
//! Pure: no clock, no files, no processes. The same records give the same
//! bytes.

mod axis;
mod book_bars;
mod both_ends;
mod caption;
mod chart;
mod column;
mod cpu_cost;
mod curve;
mod ends;
mod error;
mod finding;
mod form;
mod frame;
mod header;
mod key;
mod lesson;
mod memory;
mod palette;
mod picked;
mod plot;
mod points;
mod processors;
mod questions;
mod scale;
mod scene;
mod sheet;
mod strategy;
mod svg;
mod text_width;
mod waterfall;
mod waterfall_live;
mod witness_waterfall;

pub use book_bars::book_bars;
pub use caption::costs::{caption_cpu_cost, caption_memory};
pub use caption::{
    Caption, caption_book_bars, caption_waterfall, caption_waterfall_live,
    caption_witness,
};
pub use chart::efficiency::{
    caption_efficiency, efficiency, finding_efficiency,
};
pub use chart::latency::{caption_latency, finding_latency, latency};
pub use chart::speed_up::{caption_speed_up, finding_speed_up, speed_up};
pub use chart::trust::{caption_trust, finding_trust, trust};
pub use cpu_cost::cpu_cost;
pub use error::ChartError;
pub use finding::Why;
pub use finding::book::{finding_book, finding_live};
pub use finding::cpu_cost::{finding_cpu_cost, found_cpu_cost};
pub use finding::found::{Found, Untold};
pub use finding::levels::{few_in_flight, found_differences};
pub use finding::memory::{finding_memory, found_memory};
pub use finding::uneven::{finding_uneven, found_uneven};
pub use finding::witness::finding_witness;
pub use lesson::{caption_lesson, explain_lesson, finding_lesson, lesson};
pub use memory::memory;
pub use palette::Theme;
pub use questions::{Question, questions};
pub use svg::picture::Picture;
pub use waterfall::waterfall;
pub use waterfall_live::waterfall_live;
pub use witness_waterfall::witness_waterfall;

use measurement::quantity;

#[cfg(test)]
#[path = "../tests/fixture/mod.rs"]
mod fixture;
#[cfg(test)]
mod scene_tests;

/// What stands small at the bottom of a chart: where the data is from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Footer {
    /// One line, such as the run and its number of rounds.
    pub text: String,
}
