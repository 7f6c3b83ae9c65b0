//! The page of a run: one file, no script, nothing fetched; and its twin in
//! Markdown for a code host. Both say the same: what they say is gathered
//! here and in the modules beside, how it is written stands in `html` and
//! `markdown`.

mod all_numbers;
mod badge;
mod checks;
mod environment;
mod html;
mod html_tables;
mod look;
mod markdown;
mod numbers;
mod part;
mod questions;
mod section;
mod tiles;
mod view;
mod words;

pub(super) use html::html;
pub use html::{END, head};
pub use html_tables::table;
pub(super) use markdown::markdown;
pub use section::Section;

use charts::{Caption, Picture};
use measurement::environment::Run;
use measurement::record::Trial;
use measurement::summary::Summary;

use super::findings::Finding;

/// What stands on the page besides the charts.
pub(super) struct Report<'a> {
    pub(super) run: &'a Run,
    pub(super) summary: &'a Summary,
    pub(super) findings: &'a [Finding],
    /// Whose checks are counted.
    pub(super) trials: &'a [Trial],
    /// The lesson to open next, by the name of its crate; `None` after the
    /// last.
    pub(super) next_lesson: Option<&'a str>,
}

/// A chart with its words, ready for the page.
pub(super) struct Chart {
    pub(super) name: &'static str,
    pub(super) caption: Caption,
    pub(super) picture: Picture,
}

impl Report<'_> {
    /// What the page claims. What a run is about is how much faster more at
    /// once are; how long six pings take stands in the first picture.
    fn claim(&self) -> &str {
        let speed_up = |finding: &&Finding| finding.chart == Some("speed-up");
        let main = self.findings.iter().find(speed_up);
        let claim = main.or(self.findings.first());
        claim.map_or("Ping test", |finding| &finding.words)
    }
}
