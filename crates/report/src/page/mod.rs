//! The page of a run: one file, no script, nothing fetched; and its twin in
//! Markdown for a code host. Both say the same: what they say is gathered
//! here and in [`section`], how it is written stands in `html` and `markdown`.

mod checks;
mod environment;
mod html;
mod markdown;
mod section;

pub(super) use html::html;
pub use html::{END, head, table};
pub(super) use markdown::markdown;
pub use section::Section;

use charts::{Caption, Picture};
use measurement::environment::Run;
use measurement::record::Trial;
use measurement::summary::Summary;

use super::trust;

/// What stands on the page besides the charts.
pub(super) struct Report<'a> {
    pub(super) run: &'a Run,
    pub(super) summary: &'a Summary,
    pub(super) findings: &'a [String],
    /// Whose checks are counted.
    pub(super) trials: &'a [Trial],
}

/// A chart with its words, ready for the page.
pub(super) struct Chart {
    pub(super) name: &'static str,
    pub(super) caption: Caption,
    pub(super) picture: Picture,
    /// The lesson to open next, by the name of its crate; none after the last.
    pub(super) lesson: Option<String>,
}

/// The tables in plain numbers, beside the page.
const TABLES: [&str; 2] = ["tables/summary.csv", "tables/memory.csv"];

/// Another one, which is no link: where a report is committed, this one is
/// too large to be.
const REQUESTS: &str = "tables/requests.csv";

/// How many problems stand on a page.
const PROBLEMS: usize = 20;

/// Report folders lie in `reports/`, two levels below the workspace.
const METHODOLOGY: &str = "../../docs/methodology.md";

fn source_link(package: &str) -> String {
    format!("../../crates/{package}/src/lib.rs")
}

/// A finding as a sentence. Most are written without a full stop, as titles
/// are; the explanations of a lesson have one.
fn sentence(finding: &str) -> String {
    let end = if finding.ends_with('.') { "" } else { "." };
    format!("{finding}{end}")
}

/// What was wrong, a line each.
fn problem_lines(summary: &Summary) -> Vec<String> {
    let problems = trust::problems(&summary.trust);
    let more = problems.len().checked_sub(PROBLEMS);
    let mut lines: Vec<String> = problems
        .take(PROBLEMS)
        .map(|(trial, problem)| format!("Trial {trial}: {problem}"))
        .collect();
    if let Some(more @ 1..) = more {
        lines.push(format!("and {more} more, in summary.json"));
    }
    lines
}
