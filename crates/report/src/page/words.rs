//! Sentences that both pages have.

use measurement::environment::Run;
use measurement::quantity::number;
use measurement::summary::Summary;

use super::super::trust;

/// How many problems stand on a page.
const PROBLEMS: usize = 20;

/// The tables in plain numbers, beside the page.
pub(super) const TABLES: [&str; 2] =
    ["tables/summary.csv", "tables/memory.csv"];

/// Another one, which is no link: where a report is committed, this one is
/// too large to be.
pub(super) const REQUESTS: &str = "tables/requests.csv";

/// The numbers of a picture in plain form.
pub(super) fn csv_of(chart: &str) -> &'static str {
    let [summary, memory] = TABLES;
    if chart == "memory" { memory } else { summary }
}

/// What was measured, where, with which commit and seed.
pub(super) fn measured(run: &Run, summary: &Summary) -> String {
    let machine = &run.environment;
    let trials = number(summary.trust.trials);
    let what = match run.lesson {
        Some(lesson) => format!("Lesson {lesson}"),
        None => "The ping test".to_owned(),
    };
    let processor = machine.processor.as_deref();
    let processor = processor.map_or(String::new(), |name| format!(", {name}"));
    let count = match machine.processors {
        Some(1) => ", 1 processor".to_owned(),
        Some(count) => format!(", {count} processors"),
        None => String::new(),
    };
    format!(
        "{what}, {trials} trials on {}{processor}{count}; commit {}, seed {}",
        machine.system,
        machine.commit.as_deref().unwrap_or("not known"),
        run.seed
    )
}

/// A finding as a sentence. Most are written without a full stop, as titles
/// are; the explanations of a lesson have one.
pub(super) fn sentence(finding: &str) -> String {
    let end = if finding.ends_with('.') { "" } else { "." };
    format!("{finding}{end}")
}

/// What was wrong, a line each.
pub(super) fn problem_lines(summary: &Summary) -> Vec<String> {
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

/// What to type to draw the page again, by whoever made the run: in the checkout
/// or with an installed program.
pub(super) fn plot_again(command: &str) -> &'static str {
    if command.starts_with("harness ") {
        "harness plot DIR"
    } else {
        "cargo run -p harness -- plot DIR"
    }
}

/// Where the code of a lesson is, as text: a report may lie anywhere.
pub(super) fn source(package: &str) -> String {
    format!("crates/{package}/src/lib.rs")
}
