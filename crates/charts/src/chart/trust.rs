//! May I believe this? How steady the trials of a run were, act by act, and how
//! far one strategy comes apart from itself.

mod panels;
mod words;

use std::collections::BTreeMap;

use measurement::record::{Act, Trial};
use measurement::summary::Summary;

use crate::Footer;
use crate::error::ChartError;
use crate::palette::Theme;
use crate::scene::Scene;
use crate::sheet::Sheet;
use crate::svg::picture::{Meta, Picture, picture};
use panels::plot;
pub(crate) use words::questions;
pub use words::{caption_trust, finding_trust};

/// Every trial of a run in the order in which they ran, over the median of its
/// like, in a strip for each act; and at its right a strategy over itself.
/// `trials` say which act each of them belongs to.
///
/// # Errors
///
/// If no trial that counts has another one of its cell.
pub fn trust(
    summary: &Summary,
    trials: &[Trial],
    footer: &Footer,
    theme: Theme,
) -> Result<Picture, ChartError> {
    let caption = caption_trust(summary);
    let acts = trials.iter().map(|trial| (trial.trial, trial.act)).collect();
    let scenes = scenes(summary, &acts, &caption.title, footer)?;
    picture(&Meta::still("trust", caption, theme), &scenes)
}

/// The wide and the narrow scene; `acts` has that of each trial.
pub(crate) fn scenes(
    summary: &Summary,
    acts: &BTreeMap<u32, Act>,
    title: &str,
    footer: &Footer,
) -> Result<[Scene; 2], ChartError> {
    let (plot, subtitle) = plot(summary, acts)?;
    Ok(Sheet { title, subtitle: &subtitle, footer }.scenes(&plot))
}
