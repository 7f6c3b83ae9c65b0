//! What the queue of many machines costs: CPU time of a job and jobs a second,
//! beside one process; and whether more workers are faster.

mod panels;
mod scaling;
mod words;

use measurement::queue_cost::MachinesSummary;

use crate::Footer;
use crate::error::ChartError;
use crate::palette::Theme;
use crate::sheet::still;
use crate::svg::picture::Picture;
pub(crate) use panels::plot;
pub use words::{caption_machines, cell_name};

/// A row for each way to share the jobs without waits, with its CPU time of a
/// job and its jobs a second; beside them how many times as fast more workers
/// are with waits. What was not measured is left out.
///
/// # Errors
///
/// If nothing of it was measured.
pub fn machines(
    summary: &MachinesSummary,
    footer: &Footer,
    theme: Theme,
) -> Result<Picture, ChartError> {
    let caption = caption_machines(summary);
    still("machines", caption, plot(summary)?, footer, theme)
}
