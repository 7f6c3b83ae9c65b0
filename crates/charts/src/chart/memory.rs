//! What one more ping in flight takes of memory: a bar for each way, split
//! into the waiter and the client library.

mod bars;
mod finding;
mod words;

use measurement::record::Act;
use measurement::summary::{Memory, Row, Summary};

use crate::Footer;
use crate::error::ChartError;
use crate::palette::Theme;
use crate::plot::Plot;
use crate::sheet::still;
use crate::svg::picture::Picture;
use bars::plot;
pub use finding::{finding_memory, found_memory};
pub use words::caption_memory;
pub(crate) use words::questions;

/// What one more ping in flight takes of the client's memory, and what ten
/// thousand would take.
///
/// # Errors
///
/// If no strategy has trials that count at two levels, if the system does not
/// tell their memory, or if there are more than eight strategies.
pub fn memory(
    summary: &Summary,
    footer: &Footer,
    theme: Theme,
) -> Result<Picture, ChartError> {
    let caption = caption_memory(summary);
    still("memory", caption, drawing(summary)?, footer, theme)
}

/// The panels, and what was measured.
pub(crate) fn drawing(summary: &Summary) -> Result<(Plot, String), ChartError> {
    Ok(plot(&drawn(summary)?))
}

/// More strategies than this are a table.
const MOST_ROWS: usize = 8;

/// What can be drawn.
fn drawn(summary: &Summary) -> Result<Vec<&Memory>, ChartError> {
    let finite = |memory: &&Memory| {
        let slope = memory.slope_bytes.median;
        slope.is_finite() && memory.base_bytes.is_finite()
    };
    let rows: Vec<&Memory> = summary.memory.iter().filter(finite).collect();
    match rows.len() {
        0 => {
            let of_act = summary.of_act(Act::Memory);
            let mut rows = of_act.flat_map(|batch| &batch.rows);
            let untold =
                |row: &Row| row.valid > 0 && row.peak_rss_bytes.is_none();
            Err(match rows.any(untold) {
                true => ChartError::NotTold { what: "resident memory" },
                false => ChartError::NothingMeasured,
            })
        }
        count if count > MOST_ROWS => {
            let limit = MOST_ROWS;
            Err(ChartError::TooManyStrategies { count, limit })
        }
        _ => Ok(rows),
    }
}
