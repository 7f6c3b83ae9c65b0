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

mod asked;
mod axis;
mod bars;
mod caption;
mod chart;
mod column;
mod curve;
mod ends;
mod error;
mod finding;
mod form;
mod header;
mod key;
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

pub use caption::Caption;
pub use chart::capacity::{
    capacity, capacity_ends, caption_capacity, finding_capacity,
};
pub use chart::clients::{
    caption_clients, clients, finding_clients, has_ladder,
};
pub use chart::cpu_cost::{
    caption_cpu_cost, cpu_cost, finding_cpu_cost, found_cpu_cost,
};
pub use chart::efficiency::{
    caption_efficiency, efficiency, finding_efficiency,
};
pub use chart::exam::{caption_exam, exam};
pub use chart::latency::{caption_latency, finding_latency, latency};
pub use chart::lesson::{
    caption_lesson, explain_lesson, finding_lesson, lesson,
};
pub use chart::machines::{caption_machines, cell_name, machines};
pub use chart::memory::{caption_memory, finding_memory, found_memory, memory};
pub use chart::peers::{caption_peers, compare_peers, peer_name, peers};
pub use chart::speed_up::{caption_speed_up, finding_speed_up, speed_up};
pub use chart::trust::{caption_trust, finding_trust, trust};
pub use chart::waterfall::{
    caption_waterfall, finding_uneven, found_uneven, waterfall,
};
pub use chart::waterfall_live::{
    caption_waterfall_live, finding_book, waterfall_live,
};
pub use chart::witness::{
    Observation, caption_witness, earliest_end, finding_witness,
    witness_waterfall,
};
pub use chart::{CHARTS, Chart, Draw, Material};
pub use error::ChartError;
pub use finding::Why;
pub use finding::found::{Found, Untold};
pub use finding::levels::{few_in_flight, found_differences};
pub use palette::Theme;
pub use questions::{Question, questions};
pub use svg::picture::Picture;

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
