//! The book's six URLs as bars, beside the figures of the book.

pub(crate) mod layout;

use measurement::statistics::Estimate;
use measurement::summary::{Batch, Row};

use crate::Footer;
use crate::caption::caption_book_bars;
use crate::error::ChartError;
use crate::palette::Theme;
use crate::svg::picture::{Meta, Picture, picture};
use layout::layout;

/// More rows than this are a table.
const MOST_ROWS: usize = 12;

/// A bar for each strategy of the book's batch, as long as it took, with the
/// book's own two figures and what the server saw at once.
///
/// # Errors
///
/// If no strategy has a trial that counts, or there are more than twelve.
pub fn book_bars(
    batch: &Batch,
    footer: &Footer,
    theme: Theme,
) -> Result<Picture, ChartError> {
    let caption = caption_book_bars(batch);
    let scenes = layout(batch, &rows(batch)?, footer);
    let meta = Meta::still("book-bars", caption, theme);
    picture(&meta, &scenes)
}

/// The rows that were measured, each with its time.
pub(crate) fn rows(
    batch: &Batch,
) -> Result<Vec<(&Row, &Estimate)>, ChartError> {
    let rows: Vec<(&Row, &Estimate)> = batch
        .rows
        .iter()
        .filter_map(|row| Some((row, row.makespan_ns.as_ref()?)))
        .collect();
    match rows.len() {
        0 => Err(ChartError::NothingMeasured),
        count if count > MOST_ROWS => {
            let limit = MOST_ROWS;
            Err(ChartError::TooManyStrategies { count, limit })
        }
        _ => Ok(rows),
    }
}
